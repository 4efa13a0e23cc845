//! Exact decimals from JSON numbers, by their own text, against the same from JSON strings: lines of
//! a returns order, three decimals to one short text.

use std::error::Error;

use dockseal::Decimal;
use dockseal::Described;
use dockseal::wangdian_enterprise::StockinRefundInfo;

use crate::contest::Contest;
use crate::payloads::SIZES;
use crate::table::Table;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    for size in SIZES {
        let (numbers, texts) = (returned(size, ""), returned(size, "\""));
        let from_numbers = || StockinRefundInfo::from_json(numbers.as_bytes());
        let from_texts = || StockinRefundInfo::from_json(texts.as_bytes());
        if from_numbers()?.to_json() != from_texts()?.to_json() {
            return Err("a number and a string do not read as the same decimal".into());
        }
        let outcome = contest.hold(from_numbers, from_texts)?;
        table.row(format!("decimal/{size}"), "number against string", outcome);
    }
    Ok(())
}

/// A returns order as JSON, with `quote` around each decimal.
fn returned(lines: usize, quote: &str) -> String {
    let line = |number: i64| {
        let decimal = |units, scale| format!("{quote}{}{quote}", Decimal::new(units, scale));
        format!(
            r#"{{"spec_no":"{number}","stockin_num":{},"stockin_price":{},"tax":{}}}"#,
            decimal(number * 17 + 12_345, 4),
            decimal(number * 1_000_003 + 999_999_999_999, 4),
            decimal(13, 2),
        )
    };
    let lines: Vec<String> = (1_i64..).take(lines).map(line).collect();
    format!(
        r#"{{"refund_no":"TK1","outer_no":"1","warehouse_no":"1","detail_list":[{}]}}"#,
        lines.join(",")
    )
}
