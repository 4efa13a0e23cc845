//! One value: lists, structs, JSON inside text, and scalars, which [`scalar`] understands.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use super::number::{NUMBER, RAW, RawSeed};
use super::object::ObjectVisitor;
use super::{Found, Problem, is_enough, plain, problem, syntax};
use crate::RawJson;
use crate::object::path::Path;
use crate::object::scalar::{self, Scalar};
use crate::object::{Elements, Kind, Layout, Object, Slot, Value};

/// Where a value goes. Its slot is taken only once there is a value.
pub(super) enum Target<'a> {
    Field(&'a mut (dyn Object + 'static), usize),
    Element(&'a mut (dyn Elements + 'static)),
}

impl Target<'_> {
    fn slot(&mut self) -> Slot<'_> {
        match self {
            Target::Field(object, index) => object.slot(*index),
            Target::Element(list) => list.push(),
        }
    }
}

/// What the visitor is looking at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// A value as the schema says it travels.
    Outer,
    /// The inside of JSON text.
    Inner,
    /// A number, or what came instead of it.
    Number,
    /// serde_json's map around a value's own text.
    Raw,
}

/// Reads one value.
pub(super) struct ValueVisitor<'a> {
    pub(super) target: Target<'a>,
    pub(super) value: &'static Value,
    pub(super) path: &'a Path<'a>,
    pub(super) problems: &'a mut Vec<Problem>,
    pub(super) mode: Mode,
}

impl<'de> DeserializeSeed<'de> for ValueVisitor<'_> {
    type Value = Found;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<Found, D::Error> {
        if self.value.json_text && self.mode == Mode::Outer {
            return deserializer.deserialize_any(self);
        }
        match self.value.kind {
            Kind::Json => {
                let raw = <RawJson as serde::Deserialize>::deserialize(deserializer)?;
                Ok(self.json(raw))
            }
            // Wherever a number may stand for the value, it is read by its own text.
            Kind::Text | Kind::Boolean | Kind::Integer | Kind::Decimal { .. } | Kind::Enum(_) => {
                self.mode = Mode::Number;
                deserializer.deserialize_newtype_struct(NUMBER, self)
            }
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl ValueVisitor<'_> {
    fn json(mut self, raw: RawJson) -> Found {
        if raw.is_null() {
            return Found::Absent;
        }
        match self.target.slot() {
            Slot::Json(place) => {
                *place = raw;
                Found::Present
            }
            _ => self.broken("JSON"),
        }
    }

    pub(super) fn broken(self, found: &'static str) -> Found {
        self.problems.push(problem(self.path, self.value, found));
        Found::Broken
    }

    #[inline]
    pub(super) fn scalar(mut self, scalar: Scalar<'_>, name: &'static str) -> Found {
        if self.value.json_text && self.mode == Mode::Outer {
            return match scalar {
                Scalar::Text("") | Scalar::Null => Found::Absent,
                Scalar::Text(text) => self.json_text(text),
                _ => self.broken(name),
            };
        }
        match scalar::fill(self.value, scalar, || self.target.slot()) {
            Found::Broken if self.value.one_or_many => {
                let read: Result<Found, std::convert::Infallible> =
                    self.only_element(|element| Ok(element.scalar(scalar, name)));
                read.unwrap_or(Found::Broken)
            }
            Found::Broken => self.broken(name),
            found => found,
        }
    }

    /// Reads the JSON text inside a string.
    fn json_text(self, text: &str) -> Found {
        read_json_text(self.target, self.value, self.path, self.problems, text)
    }

    /// Reads the fields of a struct.
    fn fields<E>(
        mut self,
        read: impl FnOnce(ObjectVisitor<'_>) -> Result<(), E>,
    ) -> Result<Found, E> {
        let Slot::Object(object) = self.target.slot() else {
            return Ok(Found::Broken);
        };
        read(ObjectVisitor {
            object,
            path: self.path,
            problems: self.problems,
        })?;
        Ok(Found::Present)
    }

    /// Reads the elements of a list.
    fn elements<'de, A: SeqAccess<'de>>(
        mut self,
        value: &'static Value,
        mut seq: A,
    ) -> Result<Found, A::Error> {
        let Slot::List(list) = self.target.slot() else {
            return Ok(Found::Broken);
        };
        list.clear();
        let mut index = 0;
        loop {
            if is_enough(self.problems) {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Found::Broken);
            }
            let path = &Path::Index(self.path, index);
            let element = ValueVisitor {
                target: Target::Element(&mut *list),
                value,
                path,
                problems: &mut *self.problems,
                mode: Mode::Outer,
            };
            match seq.next_element_seed(element)? {
                None => return Ok(Found::Present),
                Some(Found::Absent) => self.problems.push(problem(path, value, "nothing")),
                Some(_) => {}
            }
            index += 1;
        }
    }

    /// Reads a list that stands inside an object as its only member.
    fn wrapped_list<'de, A: MapAccess<'de>>(mut self, mut map: A) -> Result<Found, A::Error> {
        let mut found = Found::Broken;
        let mut members = 0;
        while map.next_key::<IgnoredAny>()?.is_some() {
            members += 1;
            if members == 1 {
                let list = ValueVisitor {
                    mode: Mode::Inner,
                    ..self.again()
                };
                found = map.next_value_seed(list)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        match members {
            1 => Ok(found),
            _ => Ok(self.broken("an object")),
        }
    }

    /// The same visitor, lent.
    fn again(&mut self) -> ValueVisitor<'_> {
        let target = match &mut self.target {
            Target::Field(object, index) => Target::Field(&mut **object, *index),
            Target::Element(list) => Target::Element(&mut **list),
        };
        ValueVisitor {
            target,
            value: self.value,
            path: self.path,
            problems: &mut *self.problems,
            mode: self.mode,
        }
    }

    /// Reads a value that stands where a list of it should.
    fn only_element<E>(
        mut self,
        read: impl FnOnce(ValueVisitor<'_>) -> Result<Found, E>,
    ) -> Result<Found, E> {
        let (Kind::List(value), Slot::List(list)) = (self.value.kind, self.target.slot()) else {
            return Ok(Found::Broken);
        };
        list.clear();
        read(ValueVisitor {
            target: Target::Element(list),
            value,
            path: self.path,
            problems: self.problems,
            mode: Mode::Outer,
        })
    }
}

/// Reads JSON text that travels inside another text: a JSON string, a form parameter.
fn read_json_text(
    target: Target<'_>,
    value: &'static Value,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
    text: &str,
) -> Found {
    let before = problems.len();
    let mut visitor = ValueVisitor {
        target,
        value,
        path,
        problems,
        mode: Mode::Inner,
    };
    if let Ok(found) = plain::read(text, visitor.again()) {
        return found;
    }
    visitor.problems.truncate(before);
    let mut deserializer = serde_json::Deserializer::from_slice(text.as_bytes());
    match visitor
        .again()
        .deserialize(&mut deserializer)
        .and_then(|found| deserializer.end().map(|()| found))
    {
        Ok(found) => found,
        Err(error) => {
            visitor.problems.push(syntax(path, &error));
            Found::Broken
        }
    }
}

/// Fills one field from a form parameter or an XML text.
pub(crate) fn read_text_field(
    object: &mut (dyn Object + 'static),
    index: usize,
    text: &str,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Found {
    let Some(field) = object.table().fields.get(index) else {
        return Found::Absent;
    };
    let visitor = ValueVisitor {
        target: Target::Field(object, index),
        value: &field.value,
        path,
        problems,
        mode: Mode::Outer,
    };
    match field.value.kind {
        Kind::Json => visitor.json(RawJson::string(text)),
        _ => visitor.scalar(Scalar::Text(text), "text"),
    }
}

impl<'de> Visitor<'de> for ValueVisitor<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(scalar::expected(self.value))
    }

    fn visit_unit<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Absent)
    }

    fn visit_none<E: Error>(self) -> Result<Found, E> {
        Ok(Found::Absent)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Found, E> {
        Ok(self.scalar(Scalar::Boolean(value), "true or false"))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Found, E> {
        Ok(self.scalar(Scalar::Integer(value), "a number"))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Found, E> {
        match i64::try_from(value) {
            Ok(value) => Ok(self.scalar(Scalar::Integer(value), "a number")),
            Err(_) => Ok(self.scalar(Scalar::Number(&value.to_string()), "a number")),
        }
    }

    /// Only a format that has lost a number's text comes here; what a float cannot hold exactly in
    /// 15 digits is refused rather than guessed.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Found, E> {
        let text = value.to_string();
        if text.bytes().filter(u8::is_ascii_digit).count() > 15 {
            return Ok(self.broken("a number that was rounded"));
        }
        Ok(self.scalar(Scalar::Number(&text), "a number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Found, E> {
        Ok(self.scalar(Scalar::Text(text), "text"))
    }

    /// A number's own text, and nothing else.
    fn visit_bytes<E: Error>(self, text: &[u8]) -> Result<Found, E> {
        match std::str::from_utf8(text) {
            Ok(text) if self.mode == Mode::Number => {
                Ok(self.scalar(Scalar::Number(text), "a number"))
            }
            _ => Err(E::invalid_type(Unexpected::Bytes(text), &self)),
        }
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        mut self,
        deserializer: D,
    ) -> Result<Found, D::Error> {
        if self.mode == Mode::Number {
            self.mode = Mode::Raw;
            return deserializer.deserialize_newtype_struct(RAW, self);
        }
        self.mode = Mode::Inner;
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        match self.value.kind {
            Kind::List(element) => self.elements(element, seq),
            Kind::Object(table) if table.layout == Layout::Positional => {
                self.fields(|object| object.visit_seq(seq))
            }
            kind => {
                let empty = seq.next_element::<IgnoredAny>()?.is_none();
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                // PHP writes an empty object as an empty list.
                if empty && matches!(kind, Kind::Object(_)) {
                    return Ok(Found::Absent);
                }
                Ok(self.broken("a list"))
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        if self.mode == Mode::Raw {
            map.next_key::<IgnoredAny>()?;
            return map.next_value_seed(RawSeed(self));
        }
        match self.value.kind {
            Kind::Object(_) => self.fields(|object| object.visit_map(map)),
            Kind::List(_) if self.value.one_or_many => {
                self.only_element(|element| element.visit_map(map))
            }
            Kind::List(_) if self.mode == Mode::Outer => self.wrapped_list(map),
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(self.broken("an object"))
            }
        }
    }
}
