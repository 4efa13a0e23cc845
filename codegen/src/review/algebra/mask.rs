//! Two schemas compared at one value only: what is inside of it is taken for equal.

use serde_json::{Map, Value, json};

use super::bundle::{Bundle, resolve, types};

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

fn hide(old: &mut Value, new: &mut Value) {
    let (Value::Object(old), Value::Object(new)) = (old, new) else {
        return;
    };
    for keyword in ["properties", "patternProperties"] {
        if let (Some(old), Some(new)) = (members(old, keyword), members(new, keyword)) {
            for (name, schema) in old {
                if let Some(other) = new.get_mut(name) {
                    equal(schema, other);
                }
            }
        }
    }
    if let (Some(Value::Array(old)), Some(Value::Array(new))) =
        (old.get_mut("prefixItems"), new.get_mut("prefixItems"))
    {
        for (schema, other) in old.iter_mut().zip(new) {
            equal(schema, other);
        }
    }
    // Whether there is anything else at all is a rule of this value, what it is is not.
    for keyword in [
        "items",
        "unevaluatedItems",
        "additionalProperties",
        "unevaluatedProperties",
    ] {
        if let (Some(schema), Some(other)) = (old.get_mut(keyword), new.get_mut(keyword))
            && schema.is_object()
            && other.is_object()
        {
            equal(schema, other);
        }
    }
}

fn equal(schema: &mut Value, other: &mut Value) {
    *schema = json!(true);
    *other = json!(true);
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
