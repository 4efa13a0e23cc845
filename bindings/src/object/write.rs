//! Values to JSON text and to form parameters, driven by the tables.

use rust_decimal::Decimal;
use serde::Serialize;
use serde::ser::{Error, SerializeMap, SerializeSeq, Serializer};

use super::{Code, Elements, Field, Kind, Layout, Object, Value, View};
use crate::RawJson;

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
    json_of(&Whole(object), escape)
}

/// One field as JSON text, as it stands in its struct.
pub(crate) fn field_to_json(view: View<'_>, field: &Field) -> String {
    json_of(&Shown::of(view, field), Escape::Raw)
}

/// The form parameters of a request: one for each of its present fields, in schema order.
#[must_use]
pub fn to_form(object: &dyn Object, escape: Escape) -> Vec<(&str, String)> {
    let mut pairs = Vec::with_capacity(object.table().fields.len());
    for (index, field) in object.table().fields.iter().enumerate() {
        let view = object.get(index);
        if let Some(text) = form_text(view, &field.value, escape) {
            pairs.push((field.name, text));
        }
    }
    for (name, raw) in object.extra().iter() {
        pairs.push((
            name,
            raw.as_text().unwrap_or_else(|| raw.as_str().to_owned()),
        ));
    }
    pairs
}

fn form_text(view: View<'_>, value: &Value, escape: Escape) -> Option<String> {
    Some(match view {
        View::Absent => return None,
        View::Text(text) => text.to_owned(),
        View::Integer(value) => value.to_string(),
        View::Boolean(value) => value.to_string(),
        View::Decimal(decimal) => decimal_text(decimal, value),
        View::DateTime(time) => time.to_string(),
        View::Date(day) => day.to_string(),
        View::Enum(code) => code.code().to_string(),
        View::Json(raw) => raw.as_text().unwrap_or_else(|| raw.as_str().to_owned()),
        View::Object(_) | View::List(_) => json_of(
            &Shown {
                view,
                value,
                inner: true,
            },
            escape,
        ),
    })
}

fn json_of<T: Serialize>(value: &T, escape: Escape) -> String {
    let mut out = Vec::with_capacity(256);
    // Tables write no map with keys other than text and a Vec takes every byte, so this cannot fail.
    let _ = match escape {
        Escape::Raw => value.serialize(&mut serde_json::Serializer::new(&mut out)),
        Escape::Ascii => value.serialize(&mut serde_json::Serializer::with_formatter(
            &mut out,
            AsciiFormatter,
        )),
    };
    String::from_utf8(out).unwrap_or_default()
}

/// Writes `\uXXXX`, in surrogate pairs where needed, for every character outside ASCII.
struct AsciiFormatter;

impl serde_json::ser::Formatter for AsciiFormatter {
    fn write_string_fragment<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> std::io::Result<()> {
        let mut units = [0_u16; 2];
        let mut rest = fragment;
        while let Some(at) = rest.find(|c: char| !c.is_ascii()) {
            let (ascii, wide) = rest.split_at(at);
            writer.write_all(ascii.as_bytes())?;
            let Some(c) = wide.chars().next() else { break };
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = wide.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }

    /// JSON that is kept as its own text has such characters only inside its strings.
    fn write_raw_fragment<W: ?Sized + std::io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> std::io::Result<()> {
        self.write_string_fragment(writer, fragment)
    }
}

/// Serde's way into a generated struct.
///
/// # Errors
/// The format's own.
pub fn serialize<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    match object.table().layout {
        Layout::Named => named(object, serializer),
        Layout::Positional => positional(object, serializer),
    }
}

fn named<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (index, field) in object.table().fields.iter().enumerate() {
        let view = object.get(index);
        if !matches!(view, View::Absent) {
            map.serialize_entry(field.name, &Shown::of(view, field))?;
        }
    }
    for (name, raw) in object.extra().iter() {
        map.serialize_entry(name, raw)?;
    }
    map.end()
}

/// Arguments by position: an absent one before a present one is `null`, absent ones at the end are
/// left out.
fn positional<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let fields = object.table().fields;
    let count = (0..fields.len())
        .rev()
        .find(|&index| !matches!(object.get(index), View::Absent))
        .map_or(0, |last| last + 1);
    let mut seq = serializer.serialize_seq(Some(count))?;
    for (index, field) in fields.iter().enumerate().take(count) {
        seq.serialize_element(&Shown::of(object.get(index), field))?;
    }
    seq.end()
}

/// A struct, for serde_json.
struct Whole<'a>(&'a dyn Object);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// A value with what the schema says of it.
struct Shown<'a> {
    view: View<'a>,
    value: &'a Value,
    /// We are inside the string that carries JSON text.
    inner: bool,
}

impl<'a> Shown<'a> {
    fn of(view: View<'a>, field: &'a Field) -> Self {
        Shown {
            view,
            value: &field.value,
            inner: false,
        }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.value.json_text && !self.inner && !matches!(self.view, View::Absent) {
            let inside = Shown {
                view: self.view,
                value: self.value,
                inner: true,
            };
            return serializer.serialize_str(&json_of(&inside, Escape::Raw));
        }
        match self.view {
            View::Absent => serializer.serialize_unit(),
            View::Text(text) => serializer.serialize_str(text),
            View::Integer(value) if self.value.as_text => serializer.collect_str(&value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Decimal(decimal) => decimal_value(decimal, self.value, serializer),
            View::DateTime(time) => serializer.collect_str(&time),
            View::Date(day) => serializer.collect_str(&day),
            View::Enum(code) => match code.code() {
                Code::Integer(value) if self.value.as_text => serializer.collect_str(&value),
                Code::Integer(value) => serializer.serialize_i64(value),
                Code::Text(text) => serializer.serialize_str(text),
            },
            View::Object(object) => self::serialize(object, serializer),
            View::List(list) => elements(list, self.value, serializer),
            View::Json(raw) => raw.serialize(serializer),
        }
    }
}

fn elements<S: Serializer>(
    list: &dyn Elements,
    value: &Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let Kind::List(element) = value.kind else {
        return Err(S::Error::custom("a list whose table is not one"));
    };
    let mut seq = serializer.serialize_seq(Some(list.count()))?;
    for index in 0..list.count() {
        seq.serialize_element(&Shown {
            view: list.element(index),
            value: element,
            inner: false,
        })?;
    }
    seq.end()
}

fn decimal_value<S: Serializer>(
    decimal: &Decimal,
    value: &Value,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = decimal_text(decimal, value);
    if value.as_text {
        return serializer.serialize_str(&text);
    }
    match RawJson::parse(&text) {
        Ok(raw) => raw.serialize(serializer),
        Err(error) => Err(S::Error::custom(error)),
    }
}

/// Zeros beyond the scale that the schema allows are not written; they say nothing.
fn decimal_text(decimal: &Decimal, value: &Value) -> String {
    match value.kind {
        Kind::Decimal { scale, .. } if decimal.scale() > scale => decimal.normalize().to_string(),
        _ => decimal.to_string(),
    }
}
