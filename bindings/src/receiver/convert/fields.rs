//! The parameters of a push, each read as what the documents say it is.

use serde::Serialize;
use serde::ser::Serializer;

use super::json;
use crate::form::FormValue;
use crate::receiver::{Kind, Refusal};
use crate::{BeijingTime, RawJson};

/// The decoded parameters of a push.
#[derive(Clone, Copy)]
pub(super) struct Fields<'p>(pub(super) &'p [(String, FormValue)]);

impl<'p> Fields<'p> {
    /// A text, if the parameter was sent.
    pub(super) fn text(self, name: &str) -> Result<Option<&'p str>, Refusal> {
        match self.get(name) {
            None => Ok(None),
            Some(FormValue::Text(text)) => Ok(Some(text)),
            Some(FormValue::List(_) | FormValue::Map(_)) => Err(Refusal::malformed(
                format!("/{name}"),
                "this parameter is a text; send one value, without brackets in its name",
            )),
        }
    }

    /// A text that is not empty.
    pub(super) fn given(self, name: &str) -> Result<Option<&'p str>, Refusal> {
        Ok(self.text(name)?.filter(|text| !text.is_empty()))
    }

    /// A text of its own, for storing.
    pub(super) fn owned(self, name: &str) -> Result<Option<String>, Refusal> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    /// The two numbers of a document, of which one has to be given.
    pub(super) fn identifiers(self, kind: Kind) -> Result<[Option<String>; 2], Refusal> {
        let [first, second] = kind.identifiers();
        let numbers = [self.given(first)?, self.given(second)?];
        if numbers == [None, None] {
            Err(kind.unnumbered().at(format!("/{first}")))
        } else {
            Ok(numbers.map(|number| number.map(str::to_owned)))
        }
    }

    /// The first of two parameters that is not empty, and its name; the first one's when both are.
    pub(super) fn either<'n>(
        self,
        first: &'n str,
        second: &'n str,
    ) -> Result<(&'n str, &'p str), Refusal> {
        match (self.given(first)?, self.given(second)?) {
            (Some(text), _) => Ok((first, text)),
            (None, Some(text)) => Ok((second, text)),
            (None, None) => Ok((first, "")),
        }
    }

    /// A time; none when it was not sent, or empty, or all zeros.
    pub(super) fn time(self, name: &str) -> Result<Option<BeijingTime>, Refusal> {
        match self.text(name)? {
            None | Some("" | "0000-00-00 00:00:00") => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| {
                Refusal::malformed(
                    format!("/{name}"),
                    "this is no time; send one that exists, written like 2025-01-31 10:00:00",
                )
            }),
        }
    }

    /// What else the two sides agreed on: nested parameters or JSON text as JSON, other text as text.
    pub(super) fn extend_props(self) -> Option<RawJson> {
        match self.get("extendProps")? {
            FormValue::Text(text) if text.is_empty() => None,
            FormValue::Text(text) => Some(match json::parse_nested(text) {
                Some(value) => RawJson::from(value.to_owned()),
                None => RawJson::string(text),
            }),
            // Texts under texts: writing them cannot fail.
            nested => serde_json::value::to_raw_value(&Nested(nested))
                .ok()
                .map(RawJson::from),
        }
    }

    fn get(self, name: &str) -> Option<&'p FormValue> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value)
    }
}

/// A nested parameter as JSON.
struct Nested<'p>(&'p FormValue);

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            FormValue::Text(text) => serializer.serialize_str(text),
            FormValue::List(items) => serializer.collect_seq(items.iter().map(Nested)),
            FormValue::Map(pairs) => {
                serializer.collect_map(pairs.iter().map(|(key, value)| (key, Nested(value))))
            }
        }
    }
}
