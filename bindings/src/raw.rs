//! JSON that is kept as its own text: [`RawJson`], and [`Extra`] for fields that no schema knows.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

/// Fields that are found again by looking at each.
const FEW: usize = 16;

/// Any JSON value as the text it was written in: nothing is rounded, reordered or lost.
#[derive(Clone)]
pub struct RawJson(Box<RawValue>);

impl RawJson {
    /// Checks and keeps JSON text.
    ///
    /// # Errors
    /// The text is not JSON.
    pub fn parse(text: &str) -> Result<RawJson, RawError> {
        RawValue::from_string(text.to_owned())
            .map(RawJson)
            .map_err(RawError::at)
    }

    /// A JSON string.
    #[must_use]
    pub fn string(text: &str) -> RawJson {
        let mut quoted = Vec::with_capacity(text.len() + 2);
        // Writing a str into a Vec cannot fail; the fallback is never reached.
        match serde_json::to_writer(&mut quoted, text).map(|()| String::from_utf8(quoted)) {
            Ok(Ok(quoted)) => {
                RawValue::from_string(quoted).map_or_else(|_| RawJson::default(), RawJson)
            }
            _ => RawJson::default(),
        }
    }

    /// The text, without white space around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// Reads it as another type, for example a generated one or `serde_json::Value`.
    ///
    /// # Errors
    /// It is not of that type.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, RawError> {
        serde_json::from_str(self.as_str()).map_err(RawError::at)
    }

    /// The text of a JSON string; none for anything else.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        if self.as_str().starts_with('"') {
            self.read().ok()
        } else {
            None
        }
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_str() == "null"
    }
}

/// JSON that is malformed, or of another type than asked for. Tells the place, never the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the JSON that was asked for, at line {line} column {column}")]
pub struct RawError {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
}

impl RawError {
    #[allow(
        clippy::needless_pass_by_value,
        reason = "it is what `map_err` hands over"
    )]
    fn at(error: serde_json::Error) -> RawError {
        RawError {
            line: error.line(),
            column: error.column(),
        }
    }
}

impl Default for RawJson {
    /// `null`.
    fn default() -> Self {
        RawJson(RawValue::NULL.to_owned())
    }
}

impl PartialEq for RawJson {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for RawJson {}

impl std::fmt::Debug for RawJson {
    /// Its kind and length only: it can hold buyer data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.as_str().bytes().next() {
            Some(b'{') => "object",
            Some(b'[') => "array",
            Some(b'"') => "string",
            Some(b't' | b'f') => "boolean",
            Some(b'n') => "null",
            _ => "number",
        };
        write!(f, "RawJson({kind}, {} bytes)", self.as_str().len())
    }
}

impl From<Box<RawValue>> for RawJson {
    fn from(raw: Box<RawValue>) -> Self {
        RawJson(raw)
    }
}

/// Fields that the schema does not know, in the order in which they came.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(Vec<(String, RawJson)>);

impl Extra {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawJson> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// Sets a field, replacing its earlier value.
    pub fn insert(&mut self, name: impl Into<String>, value: RawJson) {
        let name = name.into();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets fields in this order: as [`insert`](Extra::insert) for each of them, but in linear time,
    /// since a message may have as many unknown fields as it has bytes.
    pub(crate) fn append(&mut self, fields: Vec<(String, RawJson)>) {
        if self.0.len() + fields.len() <= FEW {
            for (name, value) in fields {
                self.insert(name, value);
            }
            return;
        }
        let all = std::mem::take(&mut self.0).into_iter().chain(fields);
        let mut places = HashMap::<String, usize>::new();
        for (name, value) in all {
            let place = places.get(&name).copied();
            if let Some((_, old)) = place.and_then(|place| self.0.get_mut(place)) {
                *old = value;
            } else {
                places.insert(name.clone(), self.0.len());
                self.0.push((name, value));
            }
        }
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the schema knew every field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Debug for Extra {
    /// Names only: values can hold buyer data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

impl<'de> serde::Deserialize<'de> for RawJson {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <Box<RawValue> as serde::Deserialize>::deserialize(deserializer).map(RawJson::from)
    }
}

impl serde::Serialize for RawJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Extra, RawJson};

    #[test]
    fn fields_in_one_go_are_those_set_one_by_one() {
        for count in [3, 40] {
            let name = |number: usize| format!("f{}", number * 7 % (count / 2 + 1));
            let fields =
                || (0..count).map(|number| (name(number), RawJson::string(&name(number + 1))));
            let mut by_one = Extra::default();
            by_one.insert("f1", RawJson::default());
            let mut at_once = by_one.clone();
            fields().for_each(|(name, value)| by_one.insert(name, value));
            at_once.append(fields().collect());
            assert!(at_once == by_one, "{count}: {at_once:?} and {by_one:?}");
            assert!(at_once.len() < count);
        }
    }
}
