//! JSON text to values: the table-driven reader against serde's derive on equal types.

use std::error::Error;

use dockseal::Described;
use dockseal::form::FormValue;
use dockseal::wangdian_flagship::ProcessUpload;

use crate::contest::Contest;
use crate::forms::received;
use crate::payloads::{SIZES, order, push};
use crate::table::Table;
use crate::twins::{Item, Upload};

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    for size in SIZES {
        let json = order(size).to_json();
        let read = || ProcessUpload::from_json(json.as_bytes());
        let derived = || serde_json::from_slice::<Upload>(json.as_bytes());
        if read()?.to_json() != json || serde_json::to_string(&derived()?)? != json {
            return Err("an order and its twin do not read the same".into());
        }
        let outcome = contest.hold(read, derived)?;
        table.row(format!("parse/{size}"), "production order", outcome);
    }
    for size in SIZES {
        let json = serde_json::to_string(&push(size)?.item)?;
        let form = [("item".to_owned(), FormValue::Text(json.clone()))];
        let read = || received(&form);
        let derived = || serde_json::from_str::<Vec<Item>>(&json);
        if serde_json::to_string(&read()?.item)? != json
            || serde_json::to_string(&derived()?)? != json
        {
            return Err("a push's lines and their twins do not read the same".into());
        }
        let outcome = contest.hold(read, derived)?;
        table.row(format!("parse/{size}"), "lines of a stock-in push", outcome);
    }
    Ok(())
}
