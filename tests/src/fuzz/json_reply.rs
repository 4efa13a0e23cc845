//! JSON as every message of every API: read leniently, written, read back; nothing unknown is lost.

use std::fmt;

use dockseal::http::StatusCode;
use dockseal::object::{Layout, Object};
use dockseal::reply::{judge, read_any};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::messages::{all, replies, told};

pub(super) const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\u0000",
    "\\ud83d\\ude00",
    "\\",
    "null",
    "true",
    "false",
    "-1",
    "1e2",
    "0.10",
    "\"\"",
    "\"0000-00-00 00:00:00\"",
    "\"2025-01-31 10:00:00\"",
    "{}",
    "[]",
    "\"status\":",
    "\"code\":",
    "\"data\":",
    "\"message\":",
    "\"rsp\":",
    "\"succ\"",
    "\"fail\"",
    "error_response",
    "_response",
    "\"process_no\":",
    "\"detail_list\":",
    "\"item\":",
    "\"num\":",
    "12345678901234567890123456789012345",
    "99999999999999999999",
];

pub(super) fn body(data: &[u8]) {
    for message in all() {
        match message.read(data) {
            Ok(value) => {
                message.is_read_back(&*value);
                unknown_is_kept(&*value, data);
            }
            Err(error) => told(&error, data),
        }
    }
    for message in replies() {
        let api = message.api;
        let mut reply = api.blank_reply();
        let verdict = judge(api.api(), &mut *reply, data);
        let mut once_more = api.blank_reply();
        assert_eq!(
            judge(api.api(), &mut *once_more, data),
            verdict,
            "a reply means one thing"
        );
        if let Err(error) = read_any(api, StatusCode::OK, None, data) {
            assert!(!error.to_string().is_empty() && !error.zh().is_empty());
        }
    }
}

/// Every member that the table does not name is there with its own text; of a repeated one the last.
fn unknown_is_kept(value: &dyn Object, data: &[u8]) {
    let table = value.table();
    let Ok(Members(members)) = serde_json::from_slice(data) else {
        return;
    };
    if table.layout == Layout::Positional {
        return;
    }
    let known = |name: &str| table.fields.iter().any(|field| field.name == name);
    for (name, _) in members.iter().filter(|(name, _)| !known(name)) {
        let last = members
            .iter()
            .rfind(|(other, _)| other == name)
            .map(|(_, raw)| raw.get());
        assert_eq!(
            value.extra().get(name).map(dockseal::RawJson::as_str),
            last,
            "{name:?}"
        );
    }
    assert!(
        value
            .extra()
            .iter()
            .all(|(name, _)| members.iter().any(|(known, _)| known == name))
    );
}

/// The members of an object as they stand in the text.
struct Members<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(All)
    }
}
