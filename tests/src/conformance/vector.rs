//! One vector: a line of a vector file, read and checked.

use std::fmt;

use dockseal::sign::Value;
use serde_json::{Map, Value as Json};

/// One case, owned.
pub(super) struct Vector {
    pub(super) name: String,
    pub(super) gateway: String,
    pub(super) secret: String,
    pub(super) params: Vec<(String, Datum)>,
    pub(super) body: Option<String>,
    pub(super) sign_method: Option<String>,
    pub(super) sign: String,
    pub(super) sign_utf16: Option<String>,
    pub(super) sign_bytes: Option<String>,
}

/// A parameter's value, owned.
pub(super) enum Datum {
    Text(String),
    List(Vec<Datum>),
    Map(Vec<(String, Datum)>),
    Null,
    Bool(bool),
    Integer(i64),
}

/// Why a line holds no case.
pub(super) struct Malformed(String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Vector {
    pub(super) fn parse(line: &[u8]) -> Result<Self, Malformed> {
        let json = serde_json::from_slice(line)
            .map_err(|error| Malformed(format!("not a JSON text: {error}")))?;
        let Json::Object(members) = json else {
            return Err(Malformed("expected a JSON object".to_owned()));
        };
        Ok(Self {
            name: required(&members, "name")?,
            gateway: required(&members, "gateway")?,
            secret: required(&members, "secret")?,
            params: pairs(members.get("params").unwrap_or(&Json::Null), "params")?,
            body: optional(&members, "body")?,
            sign_method: optional(&members, "sign_method")?,
            sign: required(&members, "sign")?,
            sign_utf16: optional(&members, "sign_utf16")?,
            sign_bytes: optional(&members, "sign_bytes")?,
        })
    }
}

fn required(members: &Map<String, Json>, member: &str) -> Result<String, Malformed> {
    optional(members, member)?.ok_or_else(|| Malformed(format!("no member {member:?}")))
}

fn optional(members: &Map<String, Json>, member: &str) -> Result<Option<String>, Malformed> {
    match members.get(member) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Malformed(format!("{member:?} is not a text"))),
    }
}

fn pairs(json: &Json, place: &str) -> Result<Vec<(String, Datum)>, Malformed> {
    let expected = || Malformed(format!("{place:?} is not a list of [name, value] pairs"));
    let Json::Array(items) = json else {
        return Err(expected());
    };
    items
        .iter()
        .map(|item| match item.as_array().map(Vec::as_slice) {
            Some([Json::String(name), value]) => Ok((name.clone(), datum(value, name)?)),
            _ => Err(expected()),
        })
        .collect()
}

fn datum(json: &Json, name: &str) -> Result<Datum, Malformed> {
    match json {
        Json::String(text) => Ok(Datum::Text(text.clone())),
        Json::Null => Ok(Datum::Null),
        Json::Bool(value) => Ok(Datum::Bool(*value)),
        Json::Number(number) => number.as_i64().map(Datum::Integer).ok_or_else(|| {
            Malformed(format!(
                "the value of {name:?} is a number that only a text can hold exactly"
            ))
        }),
        Json::Array(items) => items
            .iter()
            .map(|item| datum(item, name))
            .collect::<Result<_, _>>()
            .map(Datum::List),
        Json::Object(members) => match members.get("map") {
            Some(map) if members.len() == 1 => pairs(map, name).map(Datum::Map),
            _ => Err(Malformed(format!(
                "the value of {name:?} is an object without \"map\""
            ))),
        },
    }
}

impl<'a> From<&'a Datum> for Value<'a> {
    fn from(datum: &'a Datum) -> Self {
        match datum {
            Datum::Text(text) => Value::Text(text),
            Datum::List(items) => Value::List(items.iter().map(Value::from).collect()),
            Datum::Map(pairs) => Value::Map(
                pairs
                    .iter()
                    .map(|(key, item)| (key.as_str(), item.into()))
                    .collect(),
            ),
            Datum::Null => Value::Null,
            Datum::Bool(value) => Value::Bool(*value),
            Datum::Integer(number) => Value::Integer(*number),
        }
    }
}
