//! Schemas that stand alone, as documents.

use serde_json::{Map, Value};

/// Where references lead.
pub(super) const DEFINITIONS: &str = "#/$defs/";
/// A schema that stands alone.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    /// The schema itself, its references followed.
    pub(super) schema: Value,
    /// What `#/$defs/...` leads to.
    pub(super) definitions: Map<String, Value>,
    pub(super) seen: Seen,
}

impl Bundle {
    /// A schema of the bundle with the definitions that it reaches.
    pub(super) fn document(&self, schema: &Value) -> Value {
        let mut document = schema.clone();
        if let Value::Object(keywords) = &mut document {
            let reached = reached(schema, &self.definitions);
            if !reached.is_empty() {
                keywords.insert("$defs".to_owned(), Value::Object(reached));
            }
        }
        document
    }

    /// The schema itself, where another one only refers to it.
    pub(super) fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        resolve(schema, &self.definitions)
    }
}

/// What a bundle tells of itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// It has texts whose JSON was made visible.
    pub(super) content: bool,
    /// It takes more than the schema does: the JSON inside of texts is not looked at.
    pub(super) loose: bool,
    /// Some objects could not be closed.
    pub(super) unclosed: bool,
}

/// The definitions that a schema leads to.
pub(super) fn reached(schema: &Value, definitions: &Map<String, Value>) -> Map<String, Value> {
    let mut reached = Map::new();
    let mut next = vec![schema];
    while let Some(value) = next.pop() {
        let target = value.get("$ref").and_then(Value::as_str);
        let name = target.and_then(|target| target.strip_prefix(DEFINITIONS));
        if let Some((name, schema)) = name.and_then(|name| definitions.get_key_value(name))
            && reached.insert(name.clone(), schema.clone()).is_none()
        {
            next.push(schema);
        }
        match value {
            Value::Array(elements) => next.extend(elements),
            Value::Object(members) => next.extend(members.values()),
            _ => {}
        }
    }
    reached
}

/// The definition that a schema refers to, if it does nothing else.
pub(super) fn resolve<'s>(schema: &'s Value, definitions: &'s Map<String, Value>) -> &'s Value {
    let mut schema = schema;
    // A reference never leads back to itself: the bundle was refused otherwise.
    while let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let alone = schema
            .as_object()
            .is_some_and(|keywords| keywords.len() == 1);
        let target = name
            .strip_prefix(DEFINITIONS)
            .and_then(|n| definitions.get(n));
        match target {
            Some(target) if alone => schema = target,
            _ => break,
        }
    }
    schema
}

/// The types that a schema names.
pub(super) fn types(schema: &Map<String, Value>) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// How deep a value nests.
pub(super) fn levels(value: &Value) -> usize {
    match value {
        Value::Array(elements) => elements.iter().map(levels).max().unwrap_or(0) + 1,
        Value::Object(members) => members.values().map(levels).max().unwrap_or(0) + 1,
        _ => 0,
    }
}
