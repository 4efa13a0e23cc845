//! Serde's way into a generated struct: the same JSON, by any serializer.

use serde::Serialize;
use serde::ser::{Error, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::{Escape, Writer, decimal_text};
use crate::digits::Digits;
use crate::object::{Code, Elements, Field, Kind, Layout, Object, Value, View};

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

fn positional<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let fields = object.table().fields;
    let count = super::json::arguments(object);
    let mut seq = serializer.serialize_seq(Some(count))?;
    for (index, field) in fields.iter().enumerate().take(count) {
        seq.serialize_element(&Shown::of(object.get(index), field))?;
    }
    seq.end()
}

/// A value with what the schema says of it.
struct Shown<'a> {
    view: View<'a>,
    value: &'a Value,
}

impl<'a> Shown<'a> {
    fn of(view: View<'a>, field: &'a Field) -> Self {
        Shown {
            view,
            value: &field.value,
        }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.value.json_text && !matches!(self.view, View::Absent) {
            let mut writer = Writer::new(Escape::Raw);
            writer.inner(self.view, self.value);
            return serializer.serialize_str(&writer.finish());
        }
        match self.view {
            View::Absent => serializer.serialize_unit(),
            View::Text(text) => serializer.serialize_str(text),
            View::Integer(number) => integer(number, self.value, serializer),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Decimal(decimal) => {
                let text = decimal_text(decimal, self.value);
                if self.value.as_text {
                    return serializer.serialize_str(text.as_str());
                }
                let raw: &RawValue =
                    serde_json::from_str(text.as_str()).map_err(S::Error::custom)?;
                raw.serialize(serializer)
            }
            View::DateTime(time) => serializer.serialize_str(Digits::time(time).as_str()),
            View::Date(day) => serializer.serialize_str(Digits::date(day).as_str()),
            View::Enum(code) => match code.code() {
                Code::Integer(number) => integer(number, self.value, serializer),
                Code::Text(text) => serializer.serialize_str(text),
            },
            View::Object(object) => self::serialize(object, serializer),
            View::List(list) => elements(list, self.value, serializer),
            View::Json(raw) => raw.serialize(serializer),
        }
    }
}

fn integer<S: Serializer>(number: i64, value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    if value.as_text {
        serializer.serialize_str(Digits::of(number).as_str())
    } else {
        serializer.serialize_i64(number)
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
        })?;
    }
    seq.end()
}
