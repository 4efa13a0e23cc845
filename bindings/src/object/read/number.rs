//! Values by their own text, so that no number passes through a float.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

use super::Found;
use super::value::{Mode, ValueVisitor};
use crate::object::scalar::Scalar;

/// serde_json hands out a value's own text to whoever asks for a newtype struct of this name, which
/// is how its `RawValue` works. Other formats ignore the name, and numbers then come as they are.
pub(super) const RAW: &str = "$serde_json::private::RawValue";

/// What [`plain`](super::plain) is asked for first: other formats ignore this name as well.
pub(super) const NUMBER: &str = "$dockseal::Number";

/// Takes the text out of serde_json's map around it.
pub(super) struct RawSeed<'a>(pub(super) ValueVisitor<'a>);

impl<'de> DeserializeSeed<'de> for RawSeed<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for RawSeed<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value's own text")
    }

    fn visit_str<E: Error>(self, raw: &str) -> Result<Found, E> {
        self.0.raw_text(raw)
    }
}

impl ValueVisitor<'_> {
    /// Reads a JSON value from its own text.
    fn raw_text<E: Error>(mut self, raw: &str) -> Result<Found, E> {
        self.mode = Mode::Inner;
        Ok(match raw.bytes().next() {
            Some(b'"') => {
                let inner = raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default();
                if inner.contains('\\') {
                    let text: String = serde_json::from_str(raw).map_err(E::custom)?;
                    self.scalar(Scalar::Text(&text), "text")
                } else {
                    self.scalar(Scalar::Text(inner), "text")
                }
            }
            Some(b't') => self.scalar(Scalar::Boolean(true), "true or false"),
            Some(b'f') => self.scalar(Scalar::Boolean(false), "true or false"),
            Some(b'n') => self.scalar(Scalar::Null, "null"),
            Some(b'[') => self.broken("a list"),
            Some(b'{') => self.broken("an object"),
            _ => self.scalar(Scalar::Number(raw), "a number"),
        })
    }
}
