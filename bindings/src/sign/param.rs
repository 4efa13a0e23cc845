//! The pairs that are signed: borrowed names and values.

use std::fmt;

/// One parameter of a message.
pub struct Param<'a> {
    /// Name as sent, decoded.
    pub name: &'a str,
    /// Value as sent, decoded.
    pub value: Value<'a>,
    /// The value is a secret (a salt, a session): masked in every dry run.
    pub secret: bool,
}

/// The value of a parameter, or of a member inside it.
///
/// Senders sign texts. The other forms are what a receiver can meet: names with brackets become
/// lists and maps, and the OMS signs booleans and integers as PHP writes them.
pub enum Value<'a> {
    /// Signed as it is.
    Text(&'a str),
    /// Keys are the positions in decimal, sorted as texts: 0, 1, 10, 11, 2.
    List(Vec<Value<'a>>),
    /// In any order; signed in byte order of the keys.
    Map(Vec<(&'a str, Value<'a>)>),
    /// Left out, name and all.
    Null,
    /// Signed as `1` or `0`.
    Bool(bool),
    /// Signed in decimal.
    Integer(i64),
}

impl<'a> Param<'a> {
    /// A parameter that may be shown in a dry run.
    pub fn new(name: &'a str, value: impl Into<Value<'a>>) -> Self {
        Self {
            name,
            value: value.into(),
            secret: false,
        }
    }

    /// A parameter whose value is masked in every dry run.
    pub fn secret(name: &'a str, value: impl Into<Value<'a>>) -> Self {
        Self {
            name,
            value: value.into(),
            secret: true,
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl fmt::Debug for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Param")
            .field("name", &self.name)
            .field("value", &self.value)
            .field("secret", &self.secret)
            .finish()
    }
}

/// Shows the form of the value, never its text.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(..)",
            Self::List(_) => "List(..)",
            Self::Map(_) => "Map(..)",
            Self::Null => "Null",
            Self::Bool(_) => "Bool(..)",
            Self::Integer(_) => "Integer(..)",
        })
    }
}
