//! Reading and checking every rule against reading alone.

use std::error::Error;

use dockseal::Described;
use dockseal::object::read::DecodeError;
use dockseal::wangdian_flagship::ProcessUpload;

use crate::contest::{Contest, Outcome};
use crate::forms::{form, received};
use crate::payloads::{SIZES, order, push};
use crate::table::Table;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    for size in SIZES {
        let json = order(size).to_json();
        let outcome = hold(contest, || ProcessUpload::from_json(json.as_bytes()))?;
        table.row(format!("validate/{size}"), "production order", outcome);
    }
    for size in SIZES {
        let form = form(&push(size)?)?;
        let outcome = hold(contest, || received(&form))?;
        table.row(format!("validate/{size}"), "stock-in push", outcome);
    }
    Ok(())
}

fn hold<T: Described>(
    contest: &Contest,
    read: impl Fn() -> Result<T, DecodeError>,
) -> Result<Outcome, Box<dyn Error>> {
    let checked = || {
        let value = read();
        let valid = value.as_ref().is_ok_and(|value| value.validate().is_ok());
        (value, valid)
    };
    if !checked().1 {
        return Err("what is valid is not found to be".into());
    }
    contest.hold(checked, &read)
}
