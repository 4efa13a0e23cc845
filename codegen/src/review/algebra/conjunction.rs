//! Several schemas of the same value as one.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::decimal::Decimal;
use super::document::DEFINITIONS;

type Schema = Map<String, Value>;

/// Keywords that mean something only together: not to be mixed with those of another schema.
const FAMILIES: [&[&str]; 5] = [
    &["items", "prefixItems"],
    &["contains", "minContains", "maxContains"],
    &["if", "then", "else"],
    &["patternProperties", "additionalProperties"],
    &["unevaluatedItems", "unevaluatedProperties", "$dynamicRef"],
];

/// Brings schemas together. Those that cannot be mixed are left over.
pub(super) fn conjoin(schemas: Vec<Schema>) -> (Schema, Vec<Schema>) {
    let mut whole = Schema::new();
    let mut rest = Vec::new();
    // Members first: what is left over is then no object that has to be closed.
    for schema in schemas {
        match mix(&whole, &schema) {
            Some(mixed) => whole = mixed,
            None => rest.push(schema),
        }
    }
    (whole, rest)
}

fn mix(one: &Schema, other: &Schema) -> Option<Schema> {
    if one.is_empty() || one == other {
        return Some(other.clone());
    }
    if other.is_empty() {
        return Some(one.clone());
    }
    let has = |schema: &Schema, family: &[&str]| family.iter().any(|k| schema.contains_key(*k));
    for family in FAMILIES {
        if has(one, family) && has(other, family) {
            return None;
        }
    }
    // What is said of all other members depends on which have a schema of their own.
    let others = |schema: &Schema| {
        ["additionalProperties", "unevaluatedProperties"]
            .into_iter()
            .any(|k| schema.get(k).is_some_and(|rule| *rule != Value::Bool(true)))
    };
    if (others(one) && other.contains_key("properties"))
        || (others(other) && one.contains_key("properties"))
    {
        return None;
    }
    let mut mixed = one.clone();
    for (keyword, rule) in other {
        let rule = match mixed.get(keyword) {
            Some(said) if said != rule => both(keyword, said, rule)?,
            _ => rule.clone(),
        };
        mixed.insert(keyword.clone(), rule);
    }
    Some(mixed)
}

/// One rule for two of the same keyword.
fn both(keyword: &str, one: &Value, other: &Value) -> Option<Value> {
    match keyword {
        "properties" => {
            let mut members = one.as_object()?.clone();
            for (name, schema) in other.as_object()? {
                let schema = match members.get(name) {
                    Some(said) if said != schema => json!({ "allOf": [said, schema] }),
                    _ => schema.clone(),
                };
                members.insert(name.clone(), schema);
            }
            Some(Value::Object(members))
        }
        "required" => {
            let names = one.as_array()?.iter().chain(other.as_array()?);
            let names: BTreeSet<&str> = names.filter_map(Value::as_str).collect();
            Some(json!(names))
        }
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
            let later = Decimal::of(one)? < Decimal::of(other)?;
            Some(if later { other } else { one }.clone())
        }
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
            let later = Decimal::of(one)? > Decimal::of(other)?;
            Some(if later { other } else { one }.clone())
        }
        "uniqueItems" => Some(json!(true)),
        _ => None,
    }
}

/// Keywords whose schemas are about the same value.
const SAME_VALUE: [&str; 7] = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else"];

/// Whether no reference leads back to itself while it is still about the same value: such a schema
/// says nothing, and to follow it never ends.
pub(super) fn ends(schema: &Value, definitions: &Map<String, Value>) -> bool {
    let mut ended = BTreeSet::new();
    let mut roots: Vec<&Value> = vec![schema];
    roots.extend(definitions.values());
    roots
        .into_iter()
        .all(|schema| follow(schema, definitions, &mut ended, &mut Vec::new()))
}

/// A chain of references has at most this many links.
const MAX_CHAIN: usize = 64;

fn follow<'s>(
    schema: &'s Value,
    definitions: &'s Map<String, Value>,
    ended: &mut BTreeSet<&'s str>,
    path: &mut Vec<&'s str>,
) -> bool {
    let Value::Object(keywords) = schema else {
        return true;
    };
    if let Some(name) = keywords.get("$ref").and_then(Value::as_str) {
        if path.contains(&name) || path.len() > MAX_CHAIN {
            return false;
        }
        if !ended.contains(name) {
            let target = name
                .strip_prefix(DEFINITIONS)
                .and_then(|n| definitions.get(n));
            path.push(name);
            if !target.is_some_and(|target| follow(target, definitions, ended, path)) {
                return false;
            }
            path.pop();
            ended.insert(name);
        }
    }
    let direct = SAME_VALUE.into_iter().filter_map(|k| keywords.get(k));
    let dependent = keywords.get("dependentSchemas").and_then(Value::as_object);
    let schemas = direct.chain(dependent.into_iter().flat_map(Map::values));
    let schemas: Vec<&Value> = schemas
        .flat_map(|rule| {
            rule.as_array()
                .map_or_else(|| vec![rule], |list| list.iter().collect())
        })
        .collect();
    schemas
        .into_iter()
        .all(|schema| follow(schema, definitions, ended, path))
}
