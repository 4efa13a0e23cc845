//! `batch` of a stock-in line: its rows, and what they come to.

use serde_json::value::RawValue;

use super::{json, line};
use crate::object::path::Path;
use crate::receiver::{Batch, Condition, Refusal};
use crate::{BeijingDate, BeijingTime};

/// The members of a row, in the order in which they are checked.
const ROW: [&str; 6] = [
    "batchCode",
    "produceCode",
    "productDate",
    "expireDate",
    "inventoryType",
    "actualQty",
];

/// The batches of a line.
#[derive(Default)]
pub(super) struct Batches {
    /// Those with a quantity.
    pub(super) kept: Vec<Batch>,
    /// What they come to: the good, the defective.
    pub(super) sums: [i64; 2],
    /// The quantity with which one of the sums left the range, if one did.
    pub(super) too_many: Option<Refusal>,
}

/// Reads the batches of a line: none, one object, or an array of objects.
pub(super) fn read(value: Option<&RawValue>, of: &Path<'_>) -> Result<Batches, Refusal> {
    let mut batches = Batches::default();
    let Some(value) = value.filter(|value| !json::is_none(value)) else {
        return Ok(batches);
    };
    let place = Path::Key(of, "batch");
    if value.get().starts_with('{') {
        batches.add(value, &place)?;
        return Ok(batches);
    }
    let rows = json::elements(value).ok_or_else(|| {
        line::malformed(
            &place,
            "these are no batches; send an array of objects, or one object",
        )
    })?;
    for (index, row) in rows.into_iter().enumerate() {
        batches.add(row, &Path::Index(&place, index))?;
    }
    Ok(batches)
}

impl Batches {
    fn add(&mut self, row: &RawValue, place: &Path<'_>) -> Result<(), Refusal> {
        let batch = read_row(row, place)?;
        if batch.quantity == 0 {
            return Ok(());
        }
        let [normal, defective] = &mut self.sums;
        let sum = match batch.condition {
            Condition::Normal => normal,
            Condition::Defective => defective,
        };
        match sum.checked_add(batch.quantity) {
            Some(added) => *sum = added,
            None if self.too_many.is_none() => {
                self.too_many = Some(line::too_many(&Path::Key(place, "actualQty")));
            }
            None => {}
        }
        self.kept.push(batch);
        Ok(())
    }
}

fn read_row(row: &RawValue, place: &Path<'_>) -> Result<Batch, Refusal> {
    let [
        batch_code,
        produce_code,
        product_date,
        expire_date,
        inventory_type,
        actual_qty,
    ] = json::members(row, &ROW).ok_or_else(|| line::not_an_object(place))?;
    Ok(Batch {
        batch_code: line::code(batch_code, place, "batchCode")?,
        produce_code: line::code(produce_code, place, "produceCode")?,
        product_date: date(product_date, place, "productDate")?,
        expire_date: date(expire_date, place, "expireDate")?,
        condition: condition(inventory_type),
        quantity: line::count(actual_qty, place, "actualQty")?.ok_or_else(|| {
            line::malformed(
                &Path::Key(place, "actualQty"),
                "the batch has no quantity; send an integer",
            )
        })?,
    })
}

/// A day, or a time of it, as it was sent; none when absent, empty or all zeros.
fn date(value: Option<&RawValue>, of: &Path<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Some(value) = value.filter(|value| !json::is_none(value)) else {
        return Ok(None);
    };
    match json::text(value) {
        Some(text) if matches!(&*text, "0000-00-00" | "0000-00-00 00:00:00") => Ok(None),
        Some(text) if is_date(&text) => Ok(Some(text.into_owned())),
        _ => Err(line::malformed(
            &Path::Key(of, name),
            "this is no date; send one that exists, written like 2025-01-31 or 2025-01-31 10:00:00",
        )),
    }
}

fn is_date(text: &str) -> bool {
    text.parse::<BeijingDate>().is_ok() || text.parse::<BeijingTime>().is_ok()
}

fn condition(inventory_type: Option<&RawValue>) -> Condition {
    match inventory_type.and_then(json::text) {
        Some(text) if text == "CC" => Condition::Defective,
        _ => Condition::Normal,
    }
}
