//! Receipts for programs that read: as they were written, on one line.

use dockseal::receiver::Receipt;
use serde_json::Value;
use serde_json::value::RawValue;

/// The receipt's own text, so that its numbers stay as they are written.
pub(super) fn raw(receipt: &Receipt) -> Option<Box<RawValue>> {
    RawValue::from_string(receipt.to_json()).ok()
}

/// The identifiers that are there, by their names.
pub(super) fn named(names: [&str; 2], values: &[Option<impl AsRef<str>>; 2]) -> Value {
    let pairs = names.into_iter().zip(values);
    pairs
        .filter_map(|(name, value)| Some((name.to_owned(), value.as_ref()?.as_ref().into())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
