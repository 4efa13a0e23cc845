//! JSON to values: one serde visitor over the tables, lenient where the gateways are.
//!
//! Problems do not stop the reading: each is noted with its place, the rest is still read, and all
//! are reported together. Unknown fields are kept. A repeated field counts with its last value.
//!
//! What the gateways really send where a document says "integer", "decimal" or "time":
//!
//! | kind | also read |
//! |---|---|
//! | text | numbers and booleans, as their text |
//! | integer | text; a fraction of zeros (`"12.0"`, `1e2`); `""` is absent |
//! | boolean | `1`, `0`, and these or `true`, `false` as text; `""` is absent |
//! | decimal | text and numbers alike, exactly; `""` is absent |
//! | time, day | `""`, `0000-00-00` and `0000-00-00 00:00:00` are absent |
//! | enum | as its integers or texts; `""` is absent unless the document names it |
//! | object | `""` and `[]` are absent |
//! | list | `""` is absent; a list inside an object of one member is that list |
//! | JSON text | the value itself; `""` is absent |
//!
//! `null` is absent everywhere. Nothing else is read, and no number passes through a float.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::path::Path;
use super::{Layout, Object, Table, Value, scalar};
use crate::RawJson;
use value::{Mode, Target, ValueVisitor};

mod error;
mod form;
mod value;

pub use error::{DecodeError, Problem};
pub use form::from_form;
pub(crate) use value::read_text_field;

/// Bytes of a broken message that an error keeps.
const EXCERPT: usize = 8 * 1024;

/// Fills a blank value from JSON text.
///
/// # Errors
/// See [`DecodeError`]; the value is then incomplete and should be thrown away.
pub fn from_json(value: &mut (dyn Object + 'static), json: &[u8]) -> Result<(), DecodeError> {
    let mut problems = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let read = read_object(value, &mut deserializer, &Path::Root, &mut problems)
        .and_then(|()| deserializer.end());
    if let Err(error) = read {
        problems.push(syntax(&Path::Root, &error));
    }
    finish(problems, json)
}

/// Fills a blank request from JSON text as it travels: an array where arguments are positional,
/// even if the request is the only one of them.
///
/// # Errors
/// As [`from_json`].
pub fn request(
    positional: bool,
    request: &mut (dyn Object + 'static),
    json: &[u8],
) -> Result<(), DecodeError> {
    if !positional || request.table().layout == Layout::Positional {
        return from_json(request, json);
    }
    let mut problems = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let only = OnlyArgument(ObjectVisitor { object: request, path: &Path::Index(&Path::Root, 0), problems: &mut problems });
    let read = (&mut deserializer).deserialize_any(only).and_then(|()| deserializer.end());
    if let Err(error) = read {
        problems.push(syntax(&Path::Root, &error));
    }
    finish(problems, json)
}

/// Anything else than what is wanted: noted without its value, which serde's own error would show.
macro_rules! refuse_scalars {
    () => {
        fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
            self.refuse("true or false");
            Ok(())
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
            self.refuse("a text");
            Ok(())
        }

        fn visit_unit<E: Error>(self) -> Result<(), E> {
            self.refuse("null");
            Ok(())
        }
    };
}

/// The single argument of a positional request.
struct OnlyArgument<'a>(ObjectVisitor<'a>);

impl<'de> Visitor<'de> for OnlyArgument<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of one argument")
    }

    refuse_scalars!();

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        pass_over(map)?;
        self.refuse("an object");
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if seq.next_element_seed(self)?.is_none() {
            return Err(A::Error::custom("a list of one argument, found an empty one"));
        }
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("a list of one argument, found more")),
        }
    }
}

impl OnlyArgument<'_> {
    fn refuse(self, found: &'static str) {
        let expected = "a list of one argument".to_owned();
        self.0.problems.push(Problem { pointer: String::new(), expected, found });
    }
}

fn pass_over<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

impl<'de> DeserializeSeed<'de> for OnlyArgument<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

/// Fills a blank value from any serde format.
///
/// # Errors
/// The format's own, or all problems of the value in one.
pub fn deserialize<'de, D: Deserializer<'de>>(
    value: &mut (dyn Object + 'static),
    deserializer: D,
) -> Result<(), D::Error> {
    let mut problems = Vec::new();
    read_object(value, deserializer, &Path::Root, &mut problems)?;
    match finish(problems, &[]) {
        Ok(()) => Ok(()),
        Err(error) => Err(D::Error::custom(error)),
    }
}

/// An error if there were problems.
pub(crate) fn finish(problems: Vec<Problem>, message: &[u8]) -> Result<(), DecodeError> {
    if problems.is_empty() { Ok(()) } else { Err(error(problems, message)) }
}

fn error(problems: Vec<Problem>, message: &[u8]) -> DecodeError {
    let readable = std::str::from_utf8(message).ok().and_then(|text| RawJson::parse(text).ok());
    let excerpt = String::from_utf8_lossy(message.get(..EXCERPT).unwrap_or(message)).into_owned();
    DecodeError { problems, readable, excerpt }
}

/// A problem that names what was wanted at a place.
pub(crate) fn problem(path: &Path<'_>, value: &Value, found: &'static str) -> Problem {
    Problem { pointer: path.pointer(), expected: scalar::expected(value).to_owned(), found }
}

fn syntax(path: &Path<'_>, error: &serde_json::Error) -> Problem {
    let expected = format!("JSON ({error})");
    let found = if error.is_eof() { "a text that ends too early" } else { "something else" };
    Problem { pointer: path.pointer(), expected, found }
}

fn read_object<'de, D: Deserializer<'de>>(
    object: &mut (dyn Object + 'static),
    deserializer: D,
    path: &Path<'_>,
    problems: &mut Vec<Problem>,
) -> Result<(), D::Error> {
    deserializer.deserialize_any(ObjectVisitor { object, path, problems })
}

/// Reads the members of a struct, by name or by position.
struct ObjectVisitor<'a> {
    object: &'a mut (dyn Object + 'static),
    path: &'a Path<'a>,
    problems: &'a mut Vec<Problem>,
}

impl ObjectVisitor<'_> {
    fn refuse(self, found: &'static str) {
        let expected = match self.object.table().layout {
            Layout::Named => "an object",
            Layout::Positional => "a list of arguments",
        };
        self.problems.push(Problem { pointer: self.path.pointer(), expected: expected.to_owned(), found });
    }
}

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    refuse_scalars!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.object.table();
        if table.layout == Layout::Positional {
            pass_over(map)?;
            self.refuse("an object");
            return Ok(());
        }
        let mut seen = Seen::default();
        let mut next = 0;
        while let Some(key) = map.next_key_seed(KeySeed { table, next })? {
            match key {
                Key::Known(index) => {
                    next = index + 1;
                    let Some(field) = table.fields.get(index) else { continue };
                    let found = map.next_value_seed(ValueVisitor {
                        target: Target::Field(self.object, index),
                        value: &field.value,
                        path: &Path::Key(self.path, field.name),
                        problems: self.problems,
                        mode: Mode::Outer,
                    })?;
                    seen.note(index, found);
                }
                Key::Unknown(name) => {
                    let raw: RawJson = map.next_value()?;
                    self.object.extra_mut().insert(name, raw);
                }
            }
        }
        missing(table, &seen, self.path, self.problems);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let table = self.object.table();
        if table.layout == Layout::Named {
            // PHP writes an empty object as an empty list.
            if seq.next_element::<IgnoredAny>()?.is_some() {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                self.refuse("a list");
                return Ok(());
            }
        }
        let mut seen = Seen::default();
        for (index, field) in table.fields.iter().enumerate() {
            let found = seq.next_element_seed(ValueVisitor {
                target: Target::Field(self.object, index),
                value: &field.value,
                path: &Path::Index(self.path, index),
                problems: self.problems,
                mode: Mode::Outer,
            })?;
            let Some(found) = found else { break };
            seen.note(index, found);
        }
        let mut beyond = table.fields.len();
        while let Some(raw) = seq.next_element::<RawJson>()? {
            self.object.extra_mut().insert(beyond.to_string(), raw);
            beyond += 1;
        }
        missing(table, &seen, self.path, self.problems);
        Ok(())
    }
}

/// Notes every required field that was not there.
pub(crate) fn missing(table: &Table, seen: &Seen, path: &Path<'_>, problems: &mut Vec<Problem>) {
    for (index, field) in table.fields.iter().enumerate() {
        if field.required && !seen.has(index) {
            let path = match table.layout {
                Layout::Named => Path::Key(path, field.name),
                Layout::Positional => Path::Index(path, index),
            };
            problems.push(problem(&path, &field.value, "nothing"));
        }
    }
}

/// Which fields of a struct have been found; any number of fields.
#[derive(Default)]
pub(crate) struct Seen {
    first: u128,
    rest: Vec<usize>,
}

impl Seen {
    pub(crate) fn note(&mut self, index: usize, found: Found) {
        if found == Found::Absent {
            return;
        }
        match u32::try_from(index).ok().and_then(|bit| 1_u128.checked_shl(bit)) {
            Some(bit) => self.first |= bit,
            None => self.rest.push(index),
        }
    }

    fn has(&self, index: usize) -> bool {
        match u32::try_from(index).ok().and_then(|bit| 1_u128.checked_shl(bit)) {
            Some(bit) => self.first & bit != 0,
            None => self.rest.contains(&index),
        }
    }
}

/// Whether a value was there. A broken one was: it is not reported as missing too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Present,
    Absent,
    Broken,
}

enum Key {
    Known(usize),
    Unknown(String),
}

struct KeySeed {
    table: &'static Table,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.table.position(name, self.next) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(name.to_owned()),
        })
    }
}

/// The error for a message that is not what was asked for at all.
pub(crate) fn not_a_reply(message: &[u8]) -> DecodeError {
    error(vec![Problem { pointer: String::new(), expected: "a reply".to_owned(), found: "something else" }], message)
}

/// The error for a message without a member that it needs.
pub(crate) fn absent(table: &'static Table, member: &str, message: &[u8]) -> DecodeError {
    let path = Path::Key(&Path::Root, member);
    let field = table.fields.iter().find(|field| field.name == member);
    let expected = field.map_or("a value", |field| scalar::expected(&field.value));
    error(vec![Problem { pointer: path.pointer(), expected: expected.to_owned(), found: "nothing" }], message)
}
