//! How strict a receiver is.

use std::time::Duration;

use crate::form::Limits;

/// How strict a receiver is. The defaults are the decided rules.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Settings {
    /// Appends the pointer and the reason of a refusal to `msg`: for the time of an integration.
    /// Off by default.
    pub explain: bool,
    /// Requires all nine system parameters rather than `node_id`, `method` and `sign`. Off by
    /// default.
    pub strict: bool,
    /// How far `timestamp` may lie from the present, either way. Not looked at by default.
    pub window: Option<Duration>,
    /// The OMS has the warehouse module: a stock-in number that begins with `DC` is `WAREHOUSE`.
    /// Off by default.
    pub warehouse_module: bool,
    /// What happens to a push that would count again what another push counted already.
    pub repeats: Repeats,
    /// What of a form is read before it is refused: 2 MiB, 1,000 pairs and 64 brackets in a name by
    /// default.
    pub limits: Limits,
}

/// What happens to a stock-in push whose business parameters equal those of an earlier one, and
/// which is no retransmission: its time stamp is another.
///
/// The document says that pushes in part add up, so that both may be meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeats {
    /// Both count, as the document says.
    #[default]
    Accumulate,
    /// The second is answered as success and kept without effect until somebody decides.
    Quarantine,
    /// The second is answered as success and has no effect.
    Drop,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            explain: false,
            strict: false,
            window: None,
            warehouse_module: false,
            repeats: Repeats::default(),
            limits: Limits {
                body: 2 << 20,
                pairs: 1000,
                depth: 64,
                ..Limits::DEFAULT
            },
        }
    }
}
