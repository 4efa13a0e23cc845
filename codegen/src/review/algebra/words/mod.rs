//! A set of values in words: what a schema of lost values says, as far as it can be read at a glance.

mod scalar;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

pub(super) use self::scalar::MAX_PARTS;
use self::scalar::{Schema, amount, barred, count, join, numbers, only, texts, value_words};
use super::bundle::{CONTENT, TEXT};
use super::document::{resolve, types};
use super::shape::{TYPES, same};

/// Schemas are described this deep.
const MAX_DEPTH: usize = 12;

/// Describes the values of `lost`, which all are values of `from`: what both say goes without saying.
pub(super) fn words(lost: &Value, from: &Value) -> Option<String> {
    let definitions = |side: &Value| side.get("$defs").and_then(Value::as_object).cloned();
    let writer = Writer {
        lost: &definitions(lost).unwrap_or_default(),
        from: &definitions(from).unwrap_or_default(),
    };
    writer.write(lost, Some(from), MAX_DEPTH)
}

/// The definitions of both.
struct Writer<'s> {
    lost: &'s Map<String, Value>,
    from: &'s Map<String, Value>,
}

impl Writer<'_> {
    fn write(&self, lost: &Value, from: Option<&Value>, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        if self.unchanged(lost, from) {
            return Some("every value".to_owned());
        }
        let from = from.map(|from| resolve(from, self.from));
        let from = from.map(|from| branch(from, lost));
        let schema = match resolve(lost, self.lost) {
            Value::Bool(true) => return Some("any value".to_owned()),
            Value::Object(schema) => schema,
            _ => return None,
        };
        if let Some(value) = schema.get("const") {
            return Some(value_words(&[value]));
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            let values: Vec<&Value> = values.iter().collect();
            return Some(value_words(&values));
        }
        if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
            only(schema, &["anyOf"])?;
            let mut parts: Vec<String> = Vec::new();
            for branch in branches {
                let part = self.write(branch, from, depth)?;
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
            return (parts.len() <= MAX_PARTS).then(|| join(&parts, "or"));
        }
        match types(schema).as_slice() {
            [] => {
                only(schema, &[])?;
                Some("any value".to_owned())
            }
            ["string"] => texts(schema),
            ["integer"] => numbers(schema, "whole numbers"),
            ["number"] => numbers(schema, "numbers"),
            ["array"] => self.lists(schema, from, depth),
            ["object"] => self.objects(schema, from, depth),
            types => {
                only(schema, &["type"])?;
                if types.len() <= MAX_PARTS {
                    let kinds: Option<Vec<String>> = types.iter().map(|t| plural(t)).collect();
                    return Some(join(&kinds?, "or"));
                }
                let other = TYPES
                    .into_iter()
                    .filter(|t| !types.contains(t) && *t != "integer");
                let other: Option<Vec<String>> = other.map(plural).collect();
                Some(format!("anything but {}", join(&other?, "and")))
            }
        }
    }

    /// Whether what was lost says nothing that was not said before.
    fn unchanged(&self, lost: &Value, from: Option<&Value>) -> bool {
        from.is_some_and(|from| {
            let (lost, from) = (resolve(lost, self.lost), resolve(from, self.from));
            same(lost, self.lost, from, self.from, &mut BTreeSet::new())
        })
    }

    fn lists(&self, schema: &Schema, from: Option<&Value>, depth: usize) -> Option<String> {
        let before = |keyword: &str| from.and_then(|from| from.get(keyword));
        let limits = (count(schema, "minItems"), count(schema, "maxItems"));
        // What was so before is not what was lost.
        let rules: Vec<(&str, &Value)> = schema
            .iter()
            .map(|(keyword, rule)| (keyword.as_str(), rule))
            .filter(|(keyword, _)| !keyword.starts_with('$'))
            .filter(|(keyword, _)| !matches!(*keyword, "type" | "minItems" | "maxItems"))
            .filter(|(keyword, rule)| !self.unchanged(rule, before(keyword)))
            .collect();
        match rules.as_slice() {
            [] => Some(match limits {
                (_, Some(0)) => "the empty list".to_owned(),
                (Some(1), None) => "lists that are not empty".to_owned(),
                (min, max) => format!("lists{}", amount(min, max, "element")),
            }),
            [("contains", held)] => Some(inside("*", &self.write(held, before("items"), depth)?)),
            [("prefixItems", Value::Array(first))] => {
                let before = |n: usize| before("prefixItems").and_then(|list| list.get(n));
                let changed = first.iter().enumerate();
                let changed: Vec<(usize, &Value)> = changed
                    .filter(|(n, rule)| !self.unchanged(rule, before(*n)))
                    .collect();
                match changed.as_slice() {
                    [(n, rule)] => {
                        let inner = self.write(rule, before(*n), depth)?;
                        Some(inside(&n.to_string(), &inner))
                    }
                    _ => None,
                }
            }
            [("allOf", rules)] if rules.pointer("/0/not/uniqueItems").is_some() => {
                Some("lists with equal elements".to_owned())
            }
            _ => None,
        }
    }

    fn objects(&self, schema: &Schema, from: Option<&Value>, depth: usize) -> Option<String> {
        only(
            schema,
            &[
                "type",
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "propertyNames",
                "minProperties",
                "maxProperties",
                "not",
            ],
        )?;
        let was = |keyword: &str| from.and_then(|from| from.get(keyword));
        let before = |name: &str| was("properties").and_then(|members| members.get(name));
        let members = schema.get("properties").and_then(Value::as_object);
        let (mut narrowed, mut with, mut clauses) = (Vec::new(), Vec::new(), Vec::new());
        for (name, rule) in members.into_iter().flatten() {
            if *rule == Value::Bool(false) {
                clauses.push(format!("without `{name}`"));
            } else if !self.unchanged(rule, before(name)) {
                narrowed.push((name, self.write(rule, before(name), depth)?));
            }
        }
        let required_before = names(was("required"));
        for name in names(schema.get("required")) {
            if !required_before.contains(&name) && !narrowed.iter().any(|(n, _)| *n == name) {
                with.push(format!("`{name}`"));
            }
        }
        if !with.is_empty() {
            clauses.insert(0, format!("with {}", join(&with, "and")));
        }
        if let Some(rule) = barred(schema) {
            only(rule, &["propertyNames"])?;
            clauses.push("with other members".to_owned());
        }
        let (min, max) = (
            count(schema, "minProperties"),
            count(schema, "maxProperties"),
        );
        if [min, max] != ["minProperties", "maxProperties"].map(|limit| was(limit)?.as_u64()) {
            clauses.push(amount(min, max, "member").trim_start().to_owned());
        }
        clauses.retain(|clause| !clause.is_empty());
        match (narrowed.as_slice(), clauses.len()) {
            ([], 0) => Some("objects".to_owned()),
            ([], 1..=2) if with.len() <= MAX_PARTS => {
                Some(format!("objects {}", join(&clauses, "and")))
            }
            ([(name, inner)], 0) => Some(inside(name, inner)),
            _ => None,
        }
    }
}

/// Values of a part: `` `detail_list/*/num`: numbers above 100 ``.
pub(super) fn inside(part: &str, inner: &str) -> String {
    match inner.strip_prefix('`') {
        // The JSON in a text is at the place of the text.
        _ if [CONTENT, TEXT].contains(&part) => inner.to_owned(),
        Some(rest) if !rest.contains(" or `") => format!("`{part}/{rest}"),
        _ => format!("`{part}`: {inner}"),
    }
}

/// The branch of a choice that has the type of what was lost of it.
fn branch<'s>(from: &'s Value, lost: &Value) -> &'s Value {
    let branches = from.get("anyOf").and_then(Value::as_array);
    let alike =
        |branch: &&Value| lost.get("type").is_some() && branch.get("type") == lost.get("type");
    branches
        .and_then(|branches| branches.iter().find(alike))
        .unwrap_or(from)
}

fn names(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).collect()
}

fn plural(kind: &str) -> Option<String> {
    let word = match kind {
        "null" => "null",
        "boolean" => "true or false",
        "integer" => "whole numbers",
        "number" => "numbers",
        "string" => "texts",
        "array" => "lists",
        "object" => "objects",
        _ => return None,
    };
    Some(word.to_owned())
}
