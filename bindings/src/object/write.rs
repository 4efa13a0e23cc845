//! Values to JSON text and to form parameters, driven by the tables.
//!
//! Our own messages are written by `json`, straight into one text. Serde's way, for whatever else a
//! user serializes a value into, is [`serialize`]; both write the same JSON.

mod escape;
mod json;
mod serde;

use std::borrow::Cow;

use rust_decimal::Decimal;

pub use self::serde::serialize;

use self::json::Writer;
use super::{Code, Field, Kind, Object, Value, View};
use crate::RawJson;
use crate::digits::Digits;

/// How JSON text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// UTF-8 as it is.
    Raw,
    /// `\uXXXX` for everything outside ASCII.
    Ascii,
}

/// A struct as JSON text.
#[must_use]
pub fn to_json(object: &dyn Object, escape: Escape) -> String {
    let mut writer = Writer::new(escape);
    writer.object(object);
    writer.finish()
}

/// A struct as JSON text, as the only element of an array.
pub(crate) fn to_json_array(object: &dyn Object, escape: Escape) -> String {
    let mut writer = Writer::new(escape);
    writer.array(object);
    writer.finish()
}

/// One field as JSON text, as it stands in its struct.
pub(crate) fn field_to_json(view: View<'_>, field: &Field) -> String {
    let mut writer = Writer::new(Escape::Raw);
    writer.value(view, &field.value);
    writer.finish()
}

/// The form parameters of a request: one for each of its present fields, in schema order.
#[must_use]
pub fn to_form(object: &dyn Object, escape: Escape) -> Vec<(&str, Cow<'_, str>)> {
    let mut pairs = Vec::with_capacity(object.table().fields.len());
    for (index, field) in object.table().fields.iter().enumerate() {
        if let Some(text) = form_text(object.get(index), &field.value, escape) {
            pairs.push((field.name, text));
        }
    }
    for (name, raw) in object.extra().iter() {
        pairs.push((name, raw_text(raw)));
    }
    pairs
}

fn form_text<'a>(view: View<'a>, value: &Value, escape: Escape) -> Option<Cow<'a, str>> {
    Some(match view {
        View::Absent => return None,
        View::Text(text) => text.into(),
        View::Integer(number) => Digits::of(number).as_str().to_owned().into(),
        View::Boolean(true) => "true".into(),
        View::Boolean(false) => "false".into(),
        View::Decimal(decimal) => decimal_text(decimal, value).as_str().to_owned().into(),
        View::DateTime(time) => Digits::time(time).as_str().to_owned().into(),
        View::Date(day) => Digits::date(day).as_str().to_owned().into(),
        View::Enum(code) => match code.code() {
            Code::Integer(number) => Digits::of(number).as_str().to_owned().into(),
            Code::Text(text) => text.into(),
        },
        View::Json(raw) => raw_text(raw),
        View::Object(_) | View::List(_) => {
            let mut writer = Writer::new(escape);
            writer.inner(view, value);
            writer.finish().into()
        }
    })
}

/// A text as itself, any other JSON as it is written.
fn raw_text(raw: &RawJson) -> Cow<'_, str> {
    raw.as_text()
        .map_or_else(|| raw.as_str().into(), Cow::Owned)
}

/// Zeros beyond the scale that the schema allows are not written; they say nothing.
fn decimal_text(decimal: &Decimal, value: &Value) -> Digits {
    match value.kind {
        Kind::Decimal { scale, .. } if decimal.scale() > scale => {
            Digits::decimal(&decimal.normalize())
        }
        _ => Digits::decimal(decimal),
    }
}
