//! JSON that is kept as its own text: [`RawJson`], and [`Extra`] for fields that no schema knows.

use std::collections::HashMap;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

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
#[derive(Clone, Default)]
pub struct Extra {
    fields: Vec<(String, RawJson)>,
    /// Where names stand in `fields`, once there are more than [`FEW`].
    #[expect(
        clippy::box_collection,
        reason = "every struct has one of these, nearly always empty"
    )]
    places: Option<Box<HashMap<String, usize>>>,
}

/// So many fields are found soonest by looking at each; a stranger can send a million of them.
const FEW: usize = 16;

impl Extra {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawJson> {
        let (_, value) = self.fields.get(self.place(name)?)?;
        Some(value)
    }

    /// Sets a field, replacing its earlier value.
    pub fn insert(&mut self, name: impl Into<String>, value: RawJson) {
        let name = name.into();
        match self
            .place(&name)
            .and_then(|place| self.fields.get_mut(place))
        {
            Some((_, old)) => *old = value,
            None => self.push(name, value),
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        match &self.places {
            Some(places) => places.get(name).copied(),
            None => self.fields.iter().position(|(known, _)| known == name),
        }
    }

    fn push(&mut self, name: String, value: RawJson) {
        if let Some(places) = &mut self.places {
            places.insert(name.clone(), self.fields.len());
        }
        self.fields.push((name, value));
        if self.places.is_none() && self.fields.len() > FEW {
            let names = self.fields.iter().map(|(name, _)| name.clone());
            self.places = Some(Box::new(names.zip(0..).collect()));
        }
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawJson)> {
        self.fields
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.fields.len()
    }

    /// Whether the schema knew every field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

impl Eq for Extra {}

impl std::fmt::Debug for Extra {
    /// Names only: values can hold buyer data.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.fields.iter().map(|(name, _)| name))
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
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{Extra, FEW, RawJson};

    #[test]
    fn fields_are_found_and_replaced_however_many_there_are() {
        let mut extra = Extra::default();
        for round in ["1", "2"] {
            for number in 0..3 * FEW {
                extra.insert(format!("f{number}"), RawJson::parse(round).unwrap());
                let found = extra.get(&format!("f{number}")).unwrap();
                assert_eq!(found.as_str(), round);
            }
            assert!(extra.get("f").is_none());
        }
        assert_eq!(extra.len(), 3 * FEW);
        let names: Vec<_> = extra.iter().map(|(name, _)| name.to_owned()).collect();
        let sent: Vec<_> = (0..3 * FEW).map(|number| format!("f{number}")).collect();
        assert_eq!(names, sent, "in the order in which they came");
    }
}
