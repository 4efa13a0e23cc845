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

use serde::de::{DeserializeSeed, Deserializer, Error};

use super::path::Path;
use super::{Layout, Object, Table, Value, scalar};
use crate::RawJson;
use object::{ObjectVisitor, OnlyArgument};

mod error;
mod form;
mod number;
mod object;
mod plain;
mod value;

pub use error::{DecodeError, Problem};
pub use form::from_form;
pub(crate) use object::{Found, Seen, missing};
pub(crate) use value::read_text_field;

/// Bytes of a broken message that an error keeps.
pub const EXCERPT: usize = 8 * 1024;

/// So many problems are named; what follows in the same lists and objects is then passed over, so
/// that an error is no larger than a few messages, however many values were wrong.
pub const MOST_PROBLEMS: usize = 1000;

/// Fills a blank value from JSON text.
///
/// # Errors
/// See [`DecodeError`]; the value is then incomplete and should be thrown away.
pub fn from_json(value: &mut (dyn Object + 'static), json: &[u8]) -> Result<(), DecodeError> {
    let mut problems = Vec::new();
    let mut visitor = ObjectVisitor {
        object: value,
        path: &Path::Root,
        problems: &mut problems,
    };
    let read = std::str::from_utf8(json).map(|text| plain::read(text, visitor.again()));
    if !matches!(read, Ok(Ok(()))) {
        visitor.problems.clear();
        if let Err(error) = read_all(json, visitor) {
            problems.push(syntax(&Path::Root, &error));
        }
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
    let only = OnlyArgument(ObjectVisitor {
        object: request,
        path: &Path::Index(&Path::Root, 0),
        problems: &mut problems,
    });
    if let Err(error) = read_all(json, only) {
        problems.push(syntax(&Path::Root, &error));
    }
    finish(problems, json)
}

fn read_all<'de>(
    json: &'de [u8],
    seed: impl DeserializeSeed<'de, Value = ()>,
) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    seed.deserialize(&mut deserializer)?;
    deserializer.end()
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
    let visitor = ObjectVisitor {
        object: value,
        path: &Path::Root,
        problems: &mut problems,
    };
    visitor.deserialize(deserializer)?;
    match finish(problems, &[]) {
        Ok(()) => Ok(()),
        Err(error) => Err(D::Error::custom(error)),
    }
}

/// Whether so much is wrong that the rest need not be read.
pub(crate) fn is_enough(problems: &[Problem]) -> bool {
    problems.len() >= MOST_PROBLEMS
}

/// An error if there were problems.
pub(crate) fn finish(problems: Vec<Problem>, message: &[u8]) -> Result<(), DecodeError> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(error(problems, message))
    }
}

fn error(problems: Vec<Problem>, message: &[u8]) -> DecodeError {
    let readable = std::str::from_utf8(message)
        .ok()
        .and_then(|text| RawJson::parse(text).ok());
    let excerpt = String::from_utf8_lossy(message.get(..EXCERPT).unwrap_or(message)).into_owned();
    DecodeError {
        problems,
        readable,
        excerpt,
    }
}

/// A problem that names what was wanted at a place.
pub(crate) fn problem(path: &Path<'_>, value: &Value, found: &'static str) -> Problem {
    Problem::new(path.pointer(), scalar::expected(value), found)
}

fn syntax(path: &Path<'_>, error: &serde_json::Error) -> Problem {
    let expected = format!("JSON ({error})");
    let found = if error.is_eof() {
        "a text that ends too early"
    } else {
        "something else"
    };
    Problem::of_syntax(path.pointer(), expected, found)
}

/// The error for a message that is not what was asked for at all.
pub(crate) fn not_a_reply(message: &[u8]) -> DecodeError {
    error(
        vec![Problem::of_syntax(
            String::new(),
            "a reply".to_owned(),
            "something else",
        )],
        message,
    )
}

/// The error for a message without a member that it needs.
pub(crate) fn absent(table: &'static Table, member: &str, message: &[u8]) -> DecodeError {
    let path = Path::Key(&Path::Root, member);
    let field = table.fields.iter().find(|field| field.name == member);
    let expected = field.map_or("a value", |field| scalar::expected(&field.value));
    absent_at(path.pointer(), expected, message)
}

/// As [`absent`], for any place.
pub(crate) fn absent_at(pointer: String, expected: &str, message: &[u8]) -> DecodeError {
    error(vec![Problem::new(pointer, expected, "nothing")], message)
}
