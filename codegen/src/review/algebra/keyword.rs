//! The keywords of JSON Schema, by what they hold.

use serde_json::Value;

use super::decimal;
use crate::json::{Node, Value as Json};
use crate::review::tree::At;

/// What a keyword holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// No schema.
    Rule,
    /// The schema of another value.
    Schema,
    Schemas,
    Members,
    /// Schemas that are conditions, or hold on conditions: they stay as written.
    Condition,
    Conditions,
}

/// What decides whether a value is valid; all else is annotation. Combinations are not among it.
pub(super) const KEYWORDS: [(&str, Holds); 35] = [
    ("type", Holds::Rule),
    ("enum", Holds::Rule),
    ("const", Holds::Rule),
    ("multipleOf", Holds::Rule),
    ("minimum", Holds::Rule),
    ("maximum", Holds::Rule),
    ("exclusiveMinimum", Holds::Rule),
    ("exclusiveMaximum", Holds::Rule),
    ("minLength", Holds::Rule),
    ("maxLength", Holds::Rule),
    ("pattern", Holds::Rule),
    ("minItems", Holds::Rule),
    ("maxItems", Holds::Rule),
    ("uniqueItems", Holds::Rule),
    ("minContains", Holds::Rule),
    ("maxContains", Holds::Rule),
    ("minProperties", Holds::Rule),
    ("maxProperties", Holds::Rule),
    ("required", Holds::Rule),
    ("dependentRequired", Holds::Rule),
    ("items", Holds::Schema),
    ("prefixItems", Holds::Schemas),
    ("unevaluatedItems", Holds::Schema),
    ("properties", Holds::Members),
    ("patternProperties", Holds::Members),
    ("additionalProperties", Holds::Schema),
    ("unevaluatedProperties", Holds::Schema),
    ("contains", Holds::Condition),
    ("propertyNames", Holds::Condition),
    ("not", Holds::Condition),
    ("if", Holds::Condition),
    ("then", Holds::Condition),
    ("else", Holds::Condition),
    ("dependentSchemas", Holds::Conditions),
    ("$dynamicRef", Holds::Rule),
];

/// Schemas of the same value of which one, or one at least, holds.
pub(super) const CHOICES: [&str; 2] = ["anyOf", "oneOf"];

/// Whether a reference is all that a schema says.
pub(super) fn alone(node: &Node) -> bool {
    let said = |key: &str| {
        CHOICES.contains(&key)
            || matches!(key, "allOf" | "contentSchema")
            || KEYWORDS.iter().any(|(keyword, _)| *keyword == key)
    };
    !node.members().iter().any(|member| said(&member.key))
}

/// The schemas of a list that a keyword holds.
pub(super) fn elements<'t>(at: At<'t>, keyword: &str) -> impl Iterator<Item = At<'t>> + use<'t> {
    let list = at.get(keyword).map_or(&[][..], |list| list.node.elements());
    list.iter().map(move |node| at.part(node))
}

/// A value as it is, unless it has a number that would not stay exact.
pub(crate) fn plain(node: &Node) -> Option<Value> {
    Some(match &node.value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(text) => Value::Number(decimal::exact(text)?),
        Json::Text(text) => Value::String(text.clone()),
        Json::List(elements) => Value::Array(elements.iter().map(plain).collect::<Option<_>>()?),
        Json::Object(members) => {
            let members = members.iter().rev();
            let members = members.map(|m| Some((m.key.clone(), plain(&m.node)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
    })
}
