//! JSON as the cases need it: members keep their order, integers stay apart from fractions.

use std::fmt;

use dockseal::form::FormValue;
use dockseal::sign::{Param, Value};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::cases::Malformed;

/// A JSON value, owned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    Null,
    Bool(bool),
    Integer(i64),
    /// An integer above the range of `i64`.
    Large(u64),
    /// A number with a fraction part or an exponent.
    Fraction(f64),
    Text(String),
    List(Vec<Datum>),
    /// In the order of the text; a repeated key keeps its first place and its last value.
    Map(Vec<(String, Datum)>),
}

impl Datum {
    pub(super) fn parse(json: &[u8]) -> Result<Self, Malformed> {
        serde_json::from_slice(json).map_err(|error| Malformed(format!("not a JSON text: {error}")))
    }

    /// The pairs of a map; none for anything else.
    pub(super) fn as_map(&self) -> Option<&[(String, Datum)]> {
        match self {
            Self::Map(pairs) => Some(pairs),
            _ => None,
        }
    }

    pub(super) fn as_list(&self) -> Option<&[Datum]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A member of a map; none when there is none, or this is no map.
    pub(super) fn get(&self, member: &str) -> Option<&Datum> {
        let (_, value) = self.as_map()?.iter().find(|(known, _)| known == member)?;
        Some(value)
    }

    /// A member that has to be a text.
    pub(super) fn text(&self, member: &str) -> Result<&str, Malformed> {
        self.optional_text(member)?
            .ok_or_else(|| Malformed(format!("no member {member:?}")))
    }

    /// A member that may be absent or `null`, and is a text otherwise.
    pub(super) fn optional_text(&self, member: &str) -> Result<Option<&str>, Malformed> {
        match self.get(member) {
            None | Some(Self::Null) => Ok(None),
            Some(Self::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Malformed(format!("{member:?} is not a text"))),
        }
    }

    /// A member that has to be a map.
    pub(super) fn map(&self, member: &str) -> Result<&[(String, Datum)], Malformed> {
        self.get(member)
            .and_then(Self::as_map)
            .ok_or_else(|| Malformed(format!("{member:?} is not an object")))
    }

    /// As a form decodes to: texts, lists and maps only.
    pub(super) fn to_form(&self, name: &str) -> Result<FormValue, Malformed> {
        match self {
            Self::Text(text) => Ok(FormValue::Text(text.clone())),
            Self::List(items) => {
                let items = items.iter().map(|item| item.to_form(name));
                items.collect::<Result<_, _>>().map(FormValue::List)
            }
            Self::Map(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, item)| Ok((key.clone(), item.to_form(name)?)));
                pairs.collect::<Result<_, _>>().map(FormValue::Map)
            }
            _ => Err(Malformed(format!(
                "{name:?} holds a value that no form can: only texts, objects and arrays can be sent"
            ))),
        }
    }

    /// As it is signed.
    pub(super) fn to_value(&self, name: &str) -> Result<Value<'_>, Malformed> {
        Ok(match self {
            Self::Text(text) => Value::Text(text),
            Self::List(items) => {
                let items = items.iter().map(|item| item.to_value(name));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            Self::Map(pairs) => {
                let pairs = pairs
                    .iter()
                    .map(|(key, item)| Ok((key.as_str(), item.to_value(name)?)));
                Value::Map(pairs.collect::<Result<_, _>>()?)
            }
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Integer(number) => Value::Integer(*number),
            Self::Large(_) | Self::Fraction(_) => {
                return Err(Malformed(format!(
                    "the value of {name:?} is a number that only a text can hold exactly"
                )));
            }
        })
    }
}

/// The members of a map as the parameters of a message.
pub(super) fn params(pairs: &[(String, Datum)]) -> Result<Vec<Param<'_>>, Malformed> {
    pairs
        .iter()
        .map(|(name, value)| Ok(Param::new(name, value.to_value(name)?)))
        .collect()
}

/// As JSON text, for people to read.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Large(number) => write!(f, "{number}"),
            // With its fraction part: 10.0.
            Self::Fraction(number) => write!(f, "{number:?}"),
            Self::Text(text) => quoted(text, f),
            Self::List(items) => {
                f.write_str("[")?;
                for (position, item) in items.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { "," })?;
                    item.fmt(f)?;
                }
                f.write_str("]")
            }
            Self::Map(pairs) => {
                f.write_str("{")?;
                for (position, (key, value)) in pairs.iter().enumerate() {
                    f.write_str(if position == 0 { "" } else { "," })?;
                    quoted(key, f)?;
                    f.write_str(":")?;
                    value.fmt(f)?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Datum;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Datum, E> {
        Ok(Datum::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Datum, E> {
        Ok(Datum::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Datum, E> {
        Ok(Datum::Integer(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Datum, E> {
        Ok(i64::try_from(number).map_or(Datum::Large(number), Datum::Integer))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Datum, E> {
        Ok(Datum::Fraction(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Datum, E> {
        Ok(Datum::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Datum, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Datum::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Datum, A::Error> {
        let mut map: Vec<(String, Datum)> = Vec::new();
        while let Some((key, value)) = members.next_entry::<String, Datum>()? {
            match map.iter_mut().find(|(known, _)| *known == key) {
                Some((_, old)) => *old = value,
                None => map.push((key, value)),
            }
        }
        Ok(Datum::Map(map))
    }
}
