//! Valid instances of a schema: one full message, the smallest ones, and every other admitted value
//! of every field in an otherwise full message.

use serde_json::{Map, Value, json};

use super::leaf;

/// Valid instances, the full one first.
pub fn samples(schema: &Value) -> Vec<Value> {
    if let Some(inner) = schema.get("contentSchema") {
        return samples(inner)
            .iter()
            .map(|inside| json!(inside.to_string()))
            .collect();
    }
    if schema.get("properties").is_some() {
        return objects(schema);
    }
    if let Some(first) = schema["prefixItems"].as_array() {
        return arguments(schema, first);
    }
    if let Some(items) = schema.get("items") {
        return lists(schema, items);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().flat_map(samples).collect();
    }
    leaf::good(schema)
}

/// The full instance.
pub fn full(schema: &Value) -> Value {
    samples(schema).swap_remove(0)
}

/// The names in a list of names.
pub fn names(list: &Value) -> Vec<&str> {
    list.as_array()
        .map(|names| names.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default()
}

/// The choices of an object: of each list, one group of names has to be there.
pub fn choices(schema: &Value) -> Vec<Vec<Vec<&str>>> {
    let several = schema["allOf"].as_array().into_iter().flatten();
    let lists = several
        .chain([schema])
        .filter_map(|place| place["anyOf"].as_array());
    lists
        .map(|groups| {
            groups
                .iter()
                .map(|group| names(&group["required"]))
                .collect()
        })
        .collect()
}

fn objects(schema: &Value) -> Vec<Value> {
    let properties = schema["properties"].as_object().unwrap();
    let all: Map<String, Value> = properties
        .iter()
        .map(|(name, schema)| (name.clone(), full(schema)))
        .collect();
    let only = |wanted: &[&str]| -> Value {
        all.iter()
            .filter(|(name, _)| wanted.contains(&name.as_str()))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let required = names(&schema["required"]);
    let mut found = vec![Value::from(all.clone())];
    let choices = choices(schema);
    let firsts = choices.iter().filter_map(|groups| groups.first()).flatten();
    let least: Vec<&str> = required.iter().chain(firsts).copied().collect();
    found.push(only(&least));
    for (place, groups) in choices.iter().enumerate() {
        for group in groups.iter().skip(1) {
            let others = choices
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != place);
            let mut wanted = required.clone();
            wanted.extend(others.filter_map(|(_, groups)| groups.first()).flatten());
            wanted.extend(group);
            found.push(only(&wanted));
        }
    }
    for (name, schema) in properties {
        for value in samples(schema).into_iter().skip(1) {
            let mut instance = all.clone();
            instance.insert(name.clone(), value);
            found.push(instance.into());
        }
    }
    if schema["additionalProperties"] != false {
        let mut instance = all;
        instance.insert(
            "a_field_from_tomorrow".to_owned(),
            json!({ "b": [1, null] }),
        );
        found.push(instance.into());
    }
    found
}

fn arguments(schema: &Value, first: &[Value]) -> Vec<Value> {
    let all: Vec<Value> = first.iter().map(full).collect();
    let needed = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
    let mut found: Vec<Value> = (needed..=all.len())
        .rev()
        .map(|count| all[..count].to_vec().into())
        .collect();
    for (index, schema) in first.iter().enumerate() {
        for value in samples(schema).into_iter().skip(1) {
            let mut instance = all.clone();
            instance[index] = value;
            found.push(instance.into());
        }
    }
    found
}

fn lists(schema: &Value, items: &Value) -> Vec<Value> {
    let least = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
    let elements = samples(items);
    let mut found = vec![json!(vec![elements[0].clone(); least.max(1)])];
    found.push(json!(vec![elements[0].clone(); least]));
    for element in elements.iter().skip(1) {
        let mut list = vec![elements[0].clone(); least.max(1)];
        list[0] = element.clone();
        found.push(list.into());
    }
    found.push(elements.into());
    found
}
