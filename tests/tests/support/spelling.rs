//! The one place that says which differences between two schemas are mere spelling.
//!
//! Both sides come here with references in place. What is made equal:
//!
//! | difference | why it says nothing |
//! |---|---|
//! | annotations and `x-` keywords | they do not decide what is valid |
//! | order in `type`, `required`, `enum`, `anyOf` | sets |
//! | `type: [T]` and `type: T`; `required: []` and none; `additionalProperties: true` and none; `minItems: 0`, `minLength: 0` and none; `true` and `{}` | the same set of instances |
//! | `allOf` of one schema and its members in place | the same set of instances |
//! | bounds of a decimal that admits numbers: stated or implied by `x-decimal` | the table holds digits and derives them |

use serde_json::{Map, Value, json};

use super::schemas::types;

/// A schema without anything that only spells.
pub fn normal(schema: &Value) -> Value {
    let Value::Object(members) = schema else {
        return if *schema == true {
            json!({})
        } else {
            schema.clone()
        };
    };
    let mut out = Map::new();
    for (keyword, value) in members {
        let value = match keyword.as_str() {
            "title" | "description" | "$schema" => continue,
            name if name.starts_with("x-") => continue,
            "additionalProperties" if *value == true => continue,
            "required" if *value == json!([]) => continue,
            "minItems" | "minLength" if *value == 0 => continue,
            "properties" => value
                .as_object()
                .unwrap()
                .iter()
                .map(|(name, schema)| (name.clone(), normal(schema)))
                .collect(),
            "items" | "contentSchema" => normal(value),
            "prefixItems" => value.as_array().unwrap().iter().map(normal).collect(),
            "anyOf" => sorted(value.as_array().unwrap().iter().map(normal).collect()),
            "required" | "enum" => sorted(value.as_array().unwrap().clone()),
            "type" => match value.as_array().map(Vec::as_slice) {
                Some([only]) => only.clone(),
                Some(names) => sorted(names.to_vec()),
                None => value.clone(),
            },
            "allOf" => match value.as_array().map(Vec::as_slice) {
                Some([only]) => {
                    out.extend(normal(only).as_object().unwrap().clone());
                    continue;
                }
                _ => value.as_array().unwrap().iter().map(normal).collect(),
            },
            _ => value.clone(),
        };
        out.insert(keyword.clone(), value);
    }
    bounds(schema, &mut out);
    out.into()
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_key(Value::to_string);
    values.into()
}

/// States what `x-decimal` implies for JSON numbers.
fn bounds(schema: &Value, out: &mut Map<String, Value>) {
    let Some(shape) = schema.get("x-decimal") else {
        return;
    };
    if types(schema).contains(&"number") {
        let digits = shape["precision"].as_u64().unwrap() - shape["scale"].as_u64().unwrap();
        let limit = format!("1{}", "0".repeat(usize::try_from(digits).unwrap()));
        for (keyword, sign) in [("exclusiveMaximum", ""), ("exclusiveMinimum", "-")] {
            let limit = serde_json::from_str(&format!("{sign}{limit}")).unwrap();
            out.entry(keyword).or_insert(limit);
        }
    }
}
