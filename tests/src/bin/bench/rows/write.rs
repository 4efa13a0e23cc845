//! Values to JSON text: the table-driven writer against serde's derive on equal types.

use std::error::Error;

use dockseal::Described;

use crate::contest::Contest;
use crate::payloads::{SIZES, order, push};
use crate::table::Table;
use crate::twins::{Item, Upload};

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    for size in SIZES {
        let ours = order(size);
        let json = ours.to_json();
        let theirs: Upload = serde_json::from_str(&json)?;
        if serde_json::to_string(&theirs)? != json {
            return Err("the twins of an order do not write the same".into());
        }
        let outcome = contest.hold(|| ours.to_json(), || serde_json::to_string(&theirs))?;
        table.row(format!("write/{size}"), "production order", outcome);
    }
    for size in SIZES {
        let ours = push(size)?.item.unwrap_or_default();
        let json = serde_json::to_string(&ours)?;
        let theirs: Vec<Item> = serde_json::from_str(&json)?;
        if serde_json::to_string(&theirs)? != json {
            return Err("the twins of a push's lines do not write the same".into());
        }
        let outcome = contest.hold(
            || serde_json::to_string(&ours),
            || serde_json::to_string(&theirs),
        )?;
        table.row(format!("write/{size}"), "lines of a stock-in push", outcome);
    }
    Ok(())
}
