//! Two schemas compared at one value only: what is inside of it is taken for equal.

use std::mem;

use serde_json::{Map, Value, json};

use super::document::{Bundle, resolve, types};

/// Takes the inner schemas that both sides have for equal. That there is one still counts.
pub(super) fn mask(old: &mut Bundle, new: &mut Bundle) {
    let (old_definitions, new_definitions) = (old.definitions.clone(), new.definitions.clone());
    hide(&mut old.schema, &mut new.schema);
    let one = one_or_many(&old.schema, &old_definitions);
    let other = one_or_many(&new.schema, &new_definitions);
    if let (Some(mut one), Some(mut other)) = (one, other) {
        hide(&mut one, &mut other);
        for (schema, list) in [(&mut old.schema, one), (&mut new.schema, other)] {
            if let Some(choice) = schema.get_mut("anyOf") {
                *choice = json!([list, { "not": { "type": "array" } }]);
            }
        }
    }
}

/// Two inner schemas, and the step that leads to them.
pub(super) type Inner = (String, Value, Value);

/// Takes the inner schemas at the same place for equal, and gives them.
pub(super) fn hide(old: &mut Value, new: &mut Value) -> Vec<Inner> {
    let mut inner = Vec::new();
    let (Value::Object(old), Value::Object(new)) = (old, new) else {
        return inner;
    };
    let mut equal = |step: &str, schema: &mut Value, other: &mut Value| {
        let (schema, other) = (
            mem::replace(schema, json!(true)),
            mem::replace(other, json!(true)),
        );
        inner.push((step.to_owned(), schema, other));
    };
    // What holds for all others is the same place only if the others are the same.
    let same_names =
        ["properties", "patternProperties"].map(|k| names(old, k) == names(new, k)) == [true; 2];
    let same_length = length(old) == length(new);
    for keyword in ["properties", "patternProperties"] {
        if let (Some(old), Some(new)) = (members(old, keyword), members(new, keyword)) {
            for (name, schema) in old {
                if let Some(other) = new.get_mut(name) {
                    equal(name, schema, other);
                }
            }
        }
    }
    if let (Some(Value::Array(old)), Some(Value::Array(new))) =
        (old.get_mut("prefixItems"), new.get_mut("prefixItems"))
    {
        for (n, (schema, other)) in old.iter_mut().zip(new).enumerate() {
            equal(&n.to_string(), schema, other);
        }
    }
    // Whether there is anything else at all is a rule of this value, what it is is not.
    for (keyword, alike) in [
        ("items", same_length),
        ("unevaluatedItems", same_length),
        ("additionalProperties", same_names),
        ("unevaluatedProperties", same_names),
    ] {
        if let (Some(schema), Some(other)) = (old.get_mut(keyword), new.get_mut(keyword))
            && alike
            && schema.is_object()
            && other.is_object()
        {
            equal("*", schema, other);
        }
    }
    inner
}

fn names<'s>(schema: &'s Map<String, Value>, keyword: &str) -> Vec<&'s String> {
    let members = schema.get(keyword).and_then(Value::as_object);
    members.into_iter().flat_map(Map::keys).collect()
}

fn length(schema: &Map<String, Value>) -> usize {
    schema
        .get("prefixItems")
        .and_then(Value::as_array)
        .map_or(0, Vec::len)
}

fn members<'s>(
    schema: &'s mut Map<String, Value>,
    keyword: &str,
) -> Option<&'s mut Map<String, Value>> {
    schema.get_mut(keyword)?.as_object_mut()
}

/// The list of a choice between a list and its element.
fn one_or_many(schema: &Value, definitions: &Map<String, Value>) -> Option<Value> {
    let branches = schema.get("anyOf")?.as_array()?;
    let [one, other] = branches.as_slice() else {
        return None;
    };
    let mut branches = [one, other].map(|branch| resolve(branch, definitions));
    let list = |schema: &Value| {
        let types = schema.as_object().map(types);
        types.is_some_and(|types| types == ["array"]) && schema.get("items").is_some()
    };
    branches.sort_by_key(|branch| !list(branch));
    match branches {
        [many, one] if list(many) && !list(one) => Some(many.clone()),
        _ => None,
    }
}
