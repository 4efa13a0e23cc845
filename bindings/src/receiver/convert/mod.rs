//! From decoded parameters to a receipt: every check of the business parameters.
//!
//! Members that an interface does not use are neither read nor checked. The first check that fails
//! ends the reading: numbers, status, times, other texts, then the lines from first to last.

mod batch;
mod fields;
mod integer;
mod json;
mod line;
mod merge;
mod stockin;
mod transfer;

use self::fields::Fields;
pub(crate) use self::merge::Merge;
pub(crate) use self::stockin::add_counts;
use super::arrival::Line;
use super::{Kind, Receipt, Refusal, Settings};
use crate::BeijingTime;
use crate::form::FormValue;

/// A push that passed every check.
pub(crate) struct Draft {
    /// What it says. The type of a stock-in is `PURCHASE` while the look-ups have not been asked.
    pub(crate) receipt: Receipt,
    /// The counts of a stock-in's lines, in order.
    pub(crate) lines: Vec<Line>,
    /// The type of the stock-in is open: `OTHER` if the number is an ASN's and no purchase order's.
    pub(crate) is_type_open: bool,
}

/// Reads the parameters of a push; `now` stands in for a time that was not sent.
pub(crate) fn read(
    kind: Kind,
    parameters: &[(String, FormValue)],
    settings: &Settings,
    now: BeijingTime,
) -> Result<Draft, Refusal> {
    let fields = Fields(parameters);
    match kind {
        Kind::Stockin => stockin::read(fields, settings, now),
        Kind::Transfer => transfer::read(fields, now),
    }
}
