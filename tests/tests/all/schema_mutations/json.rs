//! JSON that keeps the order of members, to be edited and written again.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value. Scalars are kept as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Json {
    Scalar(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(crate) fn read(text: &str) -> Json {
        serde_json::from_str(text).unwrap()
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<i64> {
        match self {
            Json::Scalar(text) => text.parse().ok(),
            _ => None,
        }
    }

    pub(crate) fn members(&self) -> &[(String, Json)] {
        match self {
            Json::Object(members) => members,
            _ => &[],
        }
    }

    pub(crate) fn elements(&self) -> &[Json] {
        match self {
            Json::List(elements) => elements,
            _ => &[],
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        self.members()
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    pub(crate) fn at(&self, pointer: &str) -> Option<&Json> {
        tokens(pointer)
            .iter()
            .try_fold(self, |json, token| match json {
                Json::List(elements) => elements.get(token.parse::<usize>().ok()?),
                _ => json.get(token),
            })
    }

    fn at_mut(&mut self, pointer: &str) -> Option<&mut Json> {
        tokens(pointer)
            .iter()
            .try_fold(self, |json, token| match json {
                Json::List(elements) => elements.get_mut(token.parse::<usize>().ok()?),
                Json::Object(members) => members
                    .iter_mut()
                    .find(|(name, _)| name == token)
                    .map(|(_, value)| value),
                _ => None,
            })
    }

    /// The same with another value in a place.
    pub(crate) fn put(&self, pointer: &str, value: Json) -> Json {
        let mut json = self.clone();
        *json.at_mut(pointer).unwrap() = value;
        json
    }

    /// The same object with a member set, in its place or at the end.
    pub(crate) fn with(&self, key: &str, value: Json) -> Json {
        let mut members = self.members().to_vec();
        match members.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => members.push((key.to_owned(), value)),
        }
        Json::Object(members)
    }

    /// On lines of its own for each member and element.
    pub(crate) fn pretty(&self) -> String {
        let mut out = String::new();
        self.write_lines(&mut out, 0);
        out.push('\n');
        out
    }

    fn write_lines(&self, out: &mut String, depth: usize) {
        let (open, close, count) = match self {
            Json::List(elements) if !elements.is_empty() => ("[", "]", elements.len()),
            Json::Object(members) if !members.is_empty() => ("{", "}", members.len()),
            _ => {
                out.push_str(&self.to_string());
                return;
            }
        };
        out.push_str(open);
        for n in 0..count {
            out.push_str(if n == 0 { "\n" } else { ",\n" });
            out.push_str(&"  ".repeat(depth + 1));
            match self {
                Json::Object(members) => {
                    let (key, value) = &members[n];
                    out.push_str(&Json::Text(key.clone()).to_string());
                    out.push_str(": ");
                    value.write_lines(out, depth + 1);
                }
                other => other.elements()[n].write_lines(out, depth + 1),
            }
        }
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
        out.push_str(close);
    }

    /// The same object without a member.
    pub(crate) fn without(&self, key: &str) -> Json {
        let members = self.members().iter().filter(|(name, _)| name != key);
        Json::Object(members.cloned().collect())
    }
}

/// A text that is JSON.
pub(crate) fn json(text: &str) -> Json {
    Json::read(text)
}

/// The tokens of a JSON Pointer.
pub(crate) fn tokens(pointer: &str) -> Vec<String> {
    let tokens = pointer.split('/').skip(1);
    tokens
        .map(|token| token.replace("~1", "/").replace("~0", "~"))
        .collect()
}

/// A pointer to a member or an element.
pub(crate) fn below(pointer: &str, token: impl fmt::Display) -> String {
    let token = token.to_string().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{token}")
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Json::Scalar(text) => out.write_str(text),
            Json::Text(text) => out.write_str(&quoted(text)),
            Json::List(elements) => {
                let elements: Vec<_> = elements.iter().map(Json::to_string).collect();
                write!(out, "[{}]", elements.join(", "))
            }
            Json::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(key, value)| format!("{}: {value}", quoted(key)))
                    .collect();
                write!(out, "{{{}}}", members.join(", "))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Scalar("null".to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Scalar(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element()? {
            elements.push(element);
        }
        Ok(Json::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}
