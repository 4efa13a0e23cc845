//! The schema of a message, with its fields in the document's order and its values explained.
//!
//! What is valid is said by the schema that the crate itself derives from its types; this adds the
//! words that `dockseal schema` shows, and an order.

use dockseal::object::schema::object_schema;
use dockseal::object::{EnumTable, Kind, Rule, Table, Value};
use dockseal::schemars::SchemaGenerator;
use serde_json::{Map, Value as Json};

use super::ordered::{Members, Node};

/// What stands before the other keywords, in this order.
const FIRST: [&str; 4] = ["title", "description", "type", "properties"];

/// The derived schema of a struct.
pub(super) fn derived(table: &'static Table) -> Map<String, Json> {
    match object_schema(table, &mut SchemaGenerator::default()).to_value() {
        Json::Object(members) => members,
        _ => Map::new(),
    }
}

/// The schema of a reply.
pub(super) fn schema(table: &'static Table) -> Node {
    object(table, derived(table))
}

/// A derived schema of a struct in the order of its table.
fn object(table: &'static Table, mut schema: Map<String, Json>) -> Node {
    let mut properties = Members::new();
    if let Some(Json::Object(mut named)) = schema.remove("properties") {
        for field in table.fields {
            if let Some(property) = named.remove(field.name) {
                properties.push((field.name.into(), value(&field.value, property)));
            }
        }
    }
    let made = vec![("properties".into(), Node::Object(properties))];
    with_rest(made, schema)
}

/// The schema of a field or an element.
pub(super) fn value(of: &'static Value, schema: Json) -> Node {
    let Json::Object(mut schema) = schema else {
        return Node::Plain(schema);
    };
    let mut members = Members::new();
    if of.json_text {
        let words = "JSON text. 值为 JSON 文本。";
        members.push(("description".into(), words.into()));
        if let Some(Json::Object(content)) = schema.remove("contentSchema") {
            members.push(("contentSchema".into(), inside(of, content)));
        }
        return with_rest(members, schema);
    }
    inside(of, schema)
}

/// The same, whatever it travels in.
fn inside(of: &'static Value, mut schema: Map<String, Json>) -> Node {
    let mut members = Members::new();
    match of.kind {
        Kind::Object(table) => return object(table, schema),
        Kind::List(element) => {
            if let Some(Json::Array(forms)) = schema.remove("anyOf") {
                // The list, or its only element.
                let mut forms = forms.into_iter();
                let list = forms.next().map(|list| match list {
                    Json::Object(list) => listed(element, list),
                    other => Node::Plain(other),
                });
                let only = forms.map(|only| value(element, only));
                let forms = list.into_iter().chain(only).collect();
                members.push(("anyOf".into(), Node::List(forms)));
            } else {
                return listed(element, schema);
            }
        }
        Kind::Enum(table) => {
            let closed = of.rules.iter().any(|rule| matches!(rule, Rule::Known));
            members.push(("description".into(), values(table, closed).into()));
        }
        _ => {}
    }
    with_rest(members, schema)
}

fn listed(element: &'static Value, mut schema: Map<String, Json>) -> Node {
    let mut members = Members::new();
    if let Some(items) = schema.remove("items") {
        members.push(("items".into(), value(element, items)));
    }
    with_rest(members, schema)
}

/// The members made here and those that stay as they are, well-known ones first.
fn with_rest(mut made: Members, rest: Map<String, Json>) -> Node {
    made.extend(
        rest.into_iter()
            .map(|(name, value)| (name.into(), value.into())),
    );
    let rank = |name: &str| {
        FIRST
            .iter()
            .position(|first| *first == name)
            .unwrap_or(FIRST.len())
    };
    made.sort_by_key(|(name, _)| rank(name));
    Node::Object(made)
}

/// The values of an enum and what each means.
fn values(table: &EnumTable, closed: bool) -> String {
    let known: Vec<_> = table
        .variants
        .iter()
        .map(|row| format!("`{}` {} {}", row.code, row.label_zh, row.label))
        .collect();
    let others = if closed {
        ""
    } else {
        "; others may come 可能有其他取值"
    };
    format!("{}{others}", known.join("; "))
}
