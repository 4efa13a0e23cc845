//! `application/x-www-form-urlencoded`: the bodies and queries of all four gateways.
//!
//! Out: pairs in, encoded text appended to the caller's buffer ([`encode_pairs`]). In: a raw body in,
//! named values out ([`decode`]), where names with brackets make lists and maps as PHP makes them.

mod decode;
mod encode;
mod tree;

use std::fmt;

pub use self::decode::{FormError, Limit, Limits, decode};
pub use self::encode::{encode, encode_pairs};

use crate::sign::Value;

/// A value of a decoded form.
#[derive(Clone, PartialEq, Eq)]
pub enum FormValue {
    /// The decoded text.
    Text(String),
    /// Nested values whose keys are exactly 0, 1, 2, ... in this order.
    List(Vec<FormValue>),
    /// Nested values under other keys, in order of first appearance.
    Map(Vec<(String, FormValue)>),
}

impl FormValue {
    /// The text, if it is one.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::List(_) | Self::Map(_) => None,
        }
    }
}

/// Shows the form of the value, never its text.
impl fmt::Debug for FormValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => f.write_str("Text(..)"),
            Self::List(items) => f.debug_list().entries(items).finish(),
            Self::Map(pairs) => f
                .debug_map()
                .entries(pairs.iter().map(|(k, v)| (k, v)))
                .finish(),
        }
    }
}

/// As the receiver signs it.
impl<'a> From<&'a FormValue> for Value<'a> {
    fn from(value: &'a FormValue) -> Self {
        match value {
            FormValue::Text(text) => Value::Text(text),
            FormValue::List(items) => Value::List(items.iter().map(Value::from).collect()),
            FormValue::Map(pairs) => Value::Map(
                pairs
                    .iter()
                    .map(|(key, item)| (key.as_str(), item.into()))
                    .collect(),
            ),
        }
    }
}
