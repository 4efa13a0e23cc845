//! The replies of a method, made from what its schema says and the examples of its document.
//!
//! - A new document gets the document's first example, with numbers in sequence.
//! - Members of that example that repeat the request's own numbers repeat those of this request.
//! - A request that has the words of one of the other examples in any of its texts is answered with
//!   that example: `remark` 审核失败 makes a flagship order whose audit fails.

use dockseal::BeijingTime;
use dockseal::api::Api;
use dockseal::gateway::{Class, Direction, Gateway};
use dockseal::object::write::{self, Escape};
use dockseal::object::{Kind, Object, ObjectRule, Table, View};
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::wrong::Wrong;

/// Stands for the words of an API's inner failure, for callers who cannot type them.
pub(super) const AUDIT_FAIL: &str = "AUDIT-FAIL";

/// The form parameter by which a push says that it is a repetition; no document has it.
const TASK: &str = "task";

/// An example reply that is not the usual one.
pub(super) struct Example {
    pub(super) reply: Value,
    /// It is wrapped in the root of a failure.
    pub(super) failed: bool,
    /// The envelope says success, its inside does not.
    pub(super) partial: bool,
}

/// What makes a later request a repetition of this one.
pub(super) fn identity(api: &Api, request: &dyn Object, parameters: &Parameters) -> Option<String> {
    match (api.idempotency, api.gateway.direction) {
        (Some(pointer), _) => text_at(request, pointer),
        (None, Direction::Push) => parameters.text(TASK).map(str::to_owned),
        (None, Direction::Call) => None,
    }
}

/// Whether a repetition is refused; otherwise it gets the first reply again.
pub(super) fn refuses_repetition(api: &Api) -> bool {
    api.idempotency.is_some()
        && api
            .gateway
            .errors
            .iter()
            .any(|row| row.class == Class::Duplicate)
}

/// The usual reply.
pub(super) fn usual(api: &Api) -> Value {
    replies(api).next().unwrap_or(Value::Object(Map::new()))
}

/// The example reply whose words the request has.
pub(super) fn spoken(api: &Api, request: &dyn Object) -> Option<Example> {
    let texts = write::to_json(request, Escape::Raw);
    replies(api)
        .skip(1)
        .map(|reply| example(api, reply))
        .find(|example| {
            let words = words(api, example);
            words.is_some_and(|words| texts.contains(&words))
                || (example.partial && texts.contains(AUDIT_FAIL))
        })
}

/// What the gateway says of something that was done before; none if it has no words for it.
pub(super) fn duplicate(gateway: &Gateway) -> Option<Example> {
    let apis = dockseal::APIS
        .iter()
        .map(|api| api.api())
        .filter(|api| api.gateway.name == gateway.name);
    apis.flat_map(|api| replies(api).map(|reply| example(api, reply)))
        .find(|example| says_duplicate(gateway, &example.reply))
}

/// Whether a reply says that it was done before.
pub(super) fn says_duplicate(gateway: &Gateway, reply: &Value) -> bool {
    let mut rows = gateway
        .errors
        .iter()
        .filter(|row| row.class == Class::Duplicate)
        .filter_map(|row| row.text);
    let texts = gateway
        .envelope
        .message
        .iter()
        .filter_map(|name| reply.get(*name)?.as_str());
    let texts: Vec<&str> = texts.collect();
    rows.any(|row| texts.iter().any(|text| text.contains(row)))
}

/// The document's own text for a request that lacks its number.
pub(super) fn document_text(api: &Api, request: &dyn Object, wrong: &Wrong) -> Option<String> {
    if !matches!(wrong, Wrong::Invalid(_)) {
        return None;
    }
    let numbers = numbers(request);
    let given =
        |name: &&str| text_at(request, &format!("/{name}")).is_some_and(|text| !text.is_empty());
    if numbers.is_empty() || numbers.iter().any(given) {
        return None;
    }
    let message = api.gateway.envelope.message.first()?;
    replies(api).find_map(|reply| {
        reply
            .get(*message)?
            .as_str()
            .filter(|text| text.ends_with("必填"))
            .map(str::to_owned)
    })
}

/// The same reply with enum values that no document names, except `status`, the member that says
/// success; with numbers as text.
pub(super) fn with_new_values(status: Option<&str>, table: &Table, reply: &Value) -> Value {
    let Value::Object(members) = reply else {
        return reply.clone();
    };
    let renewed = members.iter().map(|(name, value)| {
        let kind = table
            .fields
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.value.kind);
        let value = match (kind, value) {
            (Some(Kind::Object(inside)), value) => with_new_values(None, inside, value),
            (Some(Kind::Enum(_)), Value::Number(_)) => 99.into(),
            (Some(Kind::Enum(_)), _) if status != Some(name) => "NEW_VALUE".into(),
            (_, Value::Number(number)) => number.to_string().into(),
            (_, other) => other.clone(),
        };
        (name.clone(), value)
    });
    Value::Object(renewed.collect())
}

/// The same reply with fields that no document names, in every object.
pub(super) fn with_new_fields(reply: &Value) -> Value {
    let Value::Object(members) = reply else {
        return reply.clone();
    };
    let mut members: Map<String, Value> = members
        .iter()
        .map(|(name, value)| (name.clone(), with_new_fields(value)))
        .collect();
    members.insert(
        "sandbox_new_field".to_owned(),
        serde_json::json!({ "since": "2030-01-01", "list": [1, "2"] }),
    );
    Value::Object(members)
}

/// The replies of the document's examples.
fn replies(api: &Api) -> impl Iterator<Item = Value> {
    api.examples
        .iter()
        .filter_map(|example| example.reply)
        .filter_map(|reply| serde_json::from_str(reply).ok())
}

/// Takes an example apart: TOP's failures have a root.
fn example(api: &Api, reply: Value) -> Example {
    let inside = api
        .gateway
        .envelope
        .failure_root
        .and_then(|root| reply.get(root));
    let partial = api.inner.is_some_and(|inner| {
        let status = reply.pointer(inner.status).map(plain);
        status.is_some_and(|status| !inner.success.contains(&status.as_str()))
    });
    match inside {
        Some(inside) => Example {
            reply: inside.clone(),
            failed: true,
            partial: false,
        },
        None => Example {
            reply,
            failed: false,
            partial,
        },
    }
}

/// What an example reply says, in the vendor's finest words.
fn words(api: &Api, example: &Example) -> Option<String> {
    let envelope = &api.gateway.envelope;
    let inner = api
        .inner
        .filter(|_| example.partial)
        .and_then(|inner| inner.message);
    let inner = inner.and_then(|pointer| example.reply.pointer(pointer));
    let sub = envelope
        .sub_message
        .and_then(|name| example.reply.get(name));
    let mut plain = envelope
        .message
        .iter()
        .filter_map(|name| example.reply.get(*name))
        .filter(|text| text.is_string());
    let text = inner.or(sub).or_else(|| plain.next())?.as_str()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The fields of which the request has to have one: the first of each group that its schema names.
fn numbers(request: &dyn Object) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for rule in request.table().rules {
        let ObjectRule::AnyOfRequired(groups) = rule else {
            continue;
        };
        for name in groups.iter().filter_map(|group| group.first()) {
            if !names.contains(name) {
                names.push(name);
            }
        }
    }
    names
}

/// A reply with the numbers of this request and of the document that it made.
pub(super) fn numbered(value: &Value, request: &dyn Object, count: u64, now: BeijingTime) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let is_field = |name: &String| {
        request
            .table()
            .fields
            .iter()
            .any(|field| field.name == name)
    };
    if !members.is_empty() && members.keys().all(is_field) {
        return repeated(members, request);
    }
    let numbered = members.iter().map(|(name, value)| {
        let value = match value {
            Value::Number(number) if name.ends_with("_id") && number.as_u64() != Some(0) => {
                count.into()
            }
            Value::String(text) if name.ends_with("_no") => number(text, count, now).into(),
            Value::String(_) if name.ends_with("_id") => format!("sandbox{count:08}").into(),
            other => numbered(other, request, count, now),
        };
        (name.clone(), value)
    });
    Value::Object(numbered.collect())
}

/// The request's own numbers, as far as they were given.
fn repeated(members: &Map<String, Value>, request: &dyn Object) -> Value {
    let numbers = numbers(request);
    let names = if numbers.is_empty() {
        members.keys().map(String::as_str).collect()
    } else {
        numbers
    };
    let given = names.into_iter().filter_map(|name| {
        let text = text_at(request, &format!("/{name}")).filter(|text| !text.is_empty())?;
        Some((name.to_owned(), text.into()))
    });
    Value::Object(given.collect())
}

/// `PS2021113010` to the day and the number of this document.
fn number(example: &str, count: u64, now: BeijingTime) -> String {
    let prefix: String = example
        .chars()
        .take_while(|c| !c.is_ascii_digit())
        .collect();
    format!(
        "{prefix}{}{count:04}",
        now.date().to_string().replace('-', "")
    )
}

/// The text at a pointer of field names.
fn text_at(object: &dyn Object, pointer: &str) -> Option<String> {
    let (name, rest) = match pointer.strip_prefix('/')?.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (pointer.strip_prefix('/')?, None),
    };
    let index = object
        .table()
        .fields
        .iter()
        .position(|field| field.name == name)?;
    match (object.get(index), rest) {
        (View::Object(inside), Some(rest)) => text_at(inside, &format!("/{rest}")),
        (View::Text(text), None) => Some(text.to_owned()),
        (View::Integer(value), None) => Some(value.to_string()),
        _ => None,
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
