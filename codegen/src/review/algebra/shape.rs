//! What a schema asks of a value at one go: references followed, conjunctions brought together, one
//! branch taken of each choice.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::decimal::Decimal;
use super::document::{DEFINITIONS, types};
use crate::review::language::takes;

/// Types in the order in which values are tried.
pub(super) const TYPES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];
/// A schema is taken apart into at most this many shapes.
const MAX_SHAPES: usize = 16;
/// References and combinations lead at most this deep within one value.
const MAX_STEPS: usize = 40;

/// Keywords that hold together. What is inside of `not` is there where it is a simple rule.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape<'s> {
    rules: Vec<&'s Map<String, Value>>,
    barred: Vec<&'s Map<String, Value>>,
}

/// The shapes of a schema, its branches in order.
pub(super) fn shapes<'s>(schema: &'s Value, definitions: &'s Map<String, Value>) -> Vec<Shape<'s>> {
    expand(schema, definitions, vec![Shape::default()], MAX_STEPS)
}

/// The shapes with what a schema asks added to each.
fn expand<'s>(
    schema: &'s Value,
    definitions: &'s Map<String, Value>,
    shapes: Vec<Shape<'s>>,
    steps: usize,
) -> Vec<Shape<'s>> {
    let (Value::Object(keywords), Some(steps)) = (schema, steps.checked_sub(1)) else {
        // What takes no value has no shape; one that is too deep is left out.
        return if *schema == Value::Bool(true) {
            shapes
        } else {
            Vec::new()
        };
    };
    let mut shapes = shapes;
    for shape in &mut shapes {
        shape.rules.push(keywords);
        shape
            .barred
            .extend(keywords.get("not").and_then(Value::as_object));
    }
    let reference = keywords.get("$ref").and_then(Value::as_str);
    if let Some(target) = reference.and_then(|name| name.strip_prefix(DEFINITIONS)) {
        let target = definitions.get(target).unwrap_or(&Value::Null);
        shapes = expand(target, definitions, shapes, steps);
    }
    for schema in list(keywords, "allOf") {
        shapes = expand(schema, definitions, shapes, steps);
    }
    for choice in ["anyOf", "oneOf"] {
        if keywords.contains_key(choice) {
            let branches = list(keywords, choice).iter();
            let branches = branches.flat_map(|b| expand(b, definitions, shapes.clone(), steps));
            shapes = branches.take(MAX_SHAPES).collect();
        }
    }
    if let (Some(_), Some(then)) = (keywords.get("if"), keywords.get("then")) {
        let without = shapes.clone();
        shapes = expand(then, definitions, shapes, steps);
        shapes.extend(without);
        shapes.truncate(MAX_SHAPES);
    }
    shapes
}

fn list<'s>(keywords: &'s Map<String, Value>, keyword: &str) -> &'s [Value] {
    keywords
        .get(keyword)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

impl<'s> Shape<'s> {
    /// Every rule of a keyword.
    pub(super) fn each(&self, keyword: &str) -> impl Iterator<Item = &'s Value> {
        self.rules
            .iter()
            .filter_map(move |rules| rules.get(keyword))
    }

    /// The greatest of a keyword's numbers: what a lower limit comes to.
    pub(super) fn most(&self, keyword: &str) -> Option<Decimal> {
        let numbers = self.each(keyword).filter_map(Decimal::of);
        numbers.reduce(|a, b| if b > a { b } else { a })
    }

    /// The least of a keyword's numbers: what an upper limit comes to.
    pub(super) fn least(&self, keyword: &str) -> Option<Decimal> {
        let numbers = self.each(keyword).filter_map(Decimal::of);
        numbers.reduce(|a, b| if b < a { b } else { a })
    }

    /// A lower limit that counts something.
    pub(super) fn at_least(&self, keyword: &str) -> usize {
        self.each(keyword).filter_map(count).max().unwrap_or(0)
    }

    /// An upper limit that counts something.
    pub(super) fn at_most(&self, keyword: &str) -> Option<usize> {
        self.each(keyword).filter_map(count).min()
    }

    /// The types that it may have.
    pub(super) fn types(&self) -> Vec<&'static str> {
        let takes = |t: &&str| {
            self.rules
                .iter()
                .filter(|rules| rules.contains_key("type"))
                .all(|rules| {
                    let types = types(rules);
                    types.contains(t) || *t == "integer" && types.contains(&"number")
                })
        };
        let barred = |t: &&str| {
            self.barred
                .iter()
                .any(|rules| rules.len() == 1 && types(rules).contains(t))
        };
        TYPES
            .into_iter()
            .filter(takes)
            .filter(|t| !barred(t))
            .collect()
    }

    /// The only values that it may have, if they are listed.
    pub(super) fn values(&self) -> Option<Vec<&'s Value>> {
        let mut lists = self.each("enum").filter_map(Value::as_array);
        let mut constants = self.each("const");
        let first: Vec<&Value> = match constants.next() {
            Some(constant) => vec![constant],
            None => lists.next()?.iter().collect(),
        };
        let rest: Vec<&Vec<Value>> = lists.collect();
        let others: Vec<&Value> = constants.collect();
        let holds = |value: &&Value| {
            rest.iter().all(|list| list.contains(value)) && others.iter().all(|o| o == value)
        };
        Some(first.into_iter().filter(holds).collect())
    }

    /// Values that are listed as those that it may not have.
    pub(super) fn barred_values(&self) -> Vec<&'s Value> {
        let lists = self
            .barred
            .iter()
            .filter_map(|rules| rules.get("enum")?.as_array());
        let constants = self.barred.iter().filter_map(|rules| rules.get("const"));
        lists.flatten().chain(constants).collect()
    }

    /// Patterns that a text matches.
    pub(super) fn patterns(&self) -> Vec<&'s str> {
        self.each("pattern").filter_map(Value::as_str).collect()
    }

    /// Patterns that it does not match.
    pub(super) fn barred_patterns(&self) -> Vec<&'s str> {
        let barred = self.barred.iter().filter_map(|rules| rules.get("pattern"));
        barred.filter_map(Value::as_str).collect()
    }

    /// Members that have to be there, in order.
    pub(super) fn required(&self) -> BTreeSet<&'s str> {
        let lists = self.each("required").filter_map(Value::as_array).flatten();
        lists.filter_map(Value::as_str).collect()
    }

    /// Members that are named, required or not.
    pub(super) fn members(&self) -> BTreeSet<&'s str> {
        let named = self.each("properties").filter_map(Value::as_object);
        let named = named.flat_map(Map::keys).map(String::as_str);
        named.chain(self.required()).collect()
    }

    /// The schema of a member.
    pub(super) fn member(&self, name: &str) -> Value {
        let mut schemas = Vec::new();
        for rules in &self.rules {
            let members = |keyword| rules.get(keyword).and_then(Value::as_object);
            let named = members("properties").and_then(|members| members.get(name));
            let matching = members("patternProperties").into_iter().flatten();
            let matching = matching.filter(|(pattern, _)| takes(pattern, name) == Some(true));
            let before = schemas.len();
            schemas.extend(named.into_iter().chain(matching.map(|(_, schema)| schema)));
            if schemas.len() == before {
                let others = ["additionalProperties", "unevaluatedProperties"];
                schemas.extend(others.into_iter().find_map(|keyword| rules.get(keyword)));
            }
        }
        all(schemas.into_iter())
    }

    /// Patterns of names that have a schema.
    pub(super) fn member_patterns(&self) -> BTreeSet<&'s str> {
        let rules = self.each("patternProperties").filter_map(Value::as_object);
        rules.flat_map(Map::keys).map(String::as_str).collect()
    }

    /// The schema of an element.
    pub(super) fn element(&self, index: usize) -> Value {
        let schemas = self.rules.iter().filter_map(|rules| {
            let first = rules.get("prefixItems").and_then(|list| list.get(index));
            first.or_else(|| rules.get("items"))
        });
        all(schemas)
    }
}

fn count(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

/// One schema for several that hold together.
fn all<'s>(schemas: impl Iterator<Item = &'s Value>) -> Value {
    let mut schemas: Vec<&Value> = schemas.collect();
    match (schemas.pop(), schemas.is_empty()) {
        (None, _) => json!(true),
        (Some(one), true) => one.clone(),
        (Some(last), false) => {
            schemas.push(last);
            json!({ "allOf": schemas })
        }
    }
}

/// Whether two schemas are the same, whatever their definitions are called.
pub(super) fn same(
    one: &Value,
    definitions: &Map<String, Value>,
    other: &Value,
    others: &Map<String, Value>,
    assumed: &mut BTreeSet<(String, String)>,
) -> bool {
    match (one, other) {
        (Value::Object(a), Value::Object(b)) => {
            if let (Some(Value::String(x)), Some(Value::String(y))) = (a.get("$ref"), b.get("$ref"))
                && a.len() == 1
                && b.len() == 1
            {
                if !assumed.insert((x.clone(), y.clone())) {
                    return true;
                }
                let x = x
                    .strip_prefix(DEFINITIONS)
                    .and_then(|name| definitions.get(name));
                let y = y
                    .strip_prefix(DEFINITIONS)
                    .and_then(|name| others.get(name));
                return match (x, y) {
                    (Some(x), Some(y)) => same(x, definitions, y, others, assumed),
                    _ => false,
                };
            }
            a.len() == b.len()
                && a.iter().all(|(key, x)| {
                    b.get(key)
                        .is_some_and(|y| same(x, definitions, y, others, assumed))
                })
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len()
                && a.iter()
                    .zip(b)
                    .all(|(x, y)| same(x, definitions, y, others, assumed))
        }
        (a, b) => a == b,
    }
}
