//! Invalid instances of a schema: for every keyword of every subschema, a full message in which that
//! keyword alone is broken.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::schemas::types;
use super::{leaf, samples};

/// A message with one fault.
pub struct Mutant {
    /// Where in the inlined schema the broken keyword stands.
    pub at: String,
    /// The keyword.
    pub keyword: &'static str,
    /// The message.
    pub value: Value,
    /// The leniency by which we read it all the same: a row of the table in `scalar.rs`.
    pub lenient: Option<&'static str>,
}

/// Keywords that a message can break.
const ASSERTIONS: &[&str] = &[
    "type",
    "required",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "uniqueItems",
    "anyOf",
    "dependentRequired",
    "additionalProperties",
    "x-decimal",
    "x-time",
    "contentMediaType",
];

/// Every keyword instance of a schema, as pointer and keyword.
pub fn constraints(schema: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    note(schema, "", &mut found);
    found
}

fn note(schema: &Value, at: &str, found: &mut BTreeSet<(String, String)>) {
    for (keyword, value) in schema.as_object().unwrap() {
        let at_keyword = format!("{at}/{keyword}");
        match keyword.as_str() {
            "properties" => {
                for (name, schema) in value.as_object().unwrap() {
                    note(schema, &format!("{at_keyword}/{name}"), found);
                }
            }
            // The places beyond the arguments.
            "items" if value == false => {
                found.insert((at.to_owned(), "items".to_owned()));
            }
            "items" | "contentSchema" => note(value, &at_keyword, found),
            "prefixItems" => {
                for (index, schema) in value.as_array().unwrap().iter().enumerate() {
                    note(schema, &format!("{at_keyword}/{index}"), found);
                }
            }
            "allOf" => {
                found.insert((at.to_owned(), "anyOf".to_owned()));
            }
            "anyOf" if value[0].get("required").is_none() => {
                for (index, schema) in value.as_array().unwrap().iter().enumerate() {
                    note(schema, &format!("{at_keyword}/{index}"), found);
                }
            }
            // Text alone carries a length in decimals, which the pattern states.
            "x-decimal" if !types(schema).contains(&"number") => {}
            "x-enum" => {}
            _ => {
                assert!(
                    ASSERTIONS.contains(&keyword.as_str()),
                    "{at_keyword}: teach the mutants this keyword"
                );
                found.insert((at.to_owned(), keyword.clone()));
            }
        }
    }
}

/// All mutants of a message.
pub fn mutants(schema: &Value) -> Vec<Mutant> {
    of(schema, "", false)
}

fn of(schema: &Value, at: &str, absent: bool) -> Vec<Mutant> {
    let mutant = |keyword, value, lenient| Mutant {
        at: at.to_owned(),
        keyword,
        value,
        lenient,
    };
    let if_absent = |name| if absent { Some(name) } else { None };
    if let Some(inner) = schema.get("contentSchema") {
        let mut found = vec![
            mutant("type", json!(7), None),
            mutant("type", json!(null), if_absent("null")),
            mutant("contentMediaType", json!("{"), None),
            mutant("contentMediaType", json!("text"), None),
            mutant("contentMediaType", json!("[] []"), None),
            mutant("contentMediaType", json!(""), if_absent("JSON text")),
            mutant("type", samples::full(inner), Some("JSON text")),
        ];
        let at = format!("{at}/contentSchema");
        found.extend(of(inner, &at, absent).into_iter().map(|inside| Mutant {
            value: json!(inside.value.to_string()),
            ..inside
        }));
        return found;
    }
    if schema.get("properties").is_some() {
        return of_object(schema, at, absent);
    }
    if let Some(arguments) = schema["prefixItems"].as_array() {
        return of_arguments(schema, arguments, at);
    }
    if let Some(items) = schema.get("items") {
        return of_list(schema, items, at, absent);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        let mut found = Vec::new();
        for (index, choice) in choices.iter().enumerate() {
            let all = of(choice, &format!("{at}/anyOf/{index}"), absent);
            // The other choice admits these types.
            found.extend(all.into_iter().filter(|mutant| {
                let value = &mutant.value;
                let inside = !mutant.at.ends_with(&format!("/anyOf/{index}"));
                inside || mutant.keyword != "type" || !(value.is_array() || value.is_object())
            }));
        }
        return found;
    }
    let bad = leaf::bad(schema, absent).into_iter();
    bad.map(|bad| mutant(bad.keyword, bad.value, bad.lenient))
        .collect()
}

fn of_object(schema: &Value, at: &str, absent: bool) -> Vec<Mutant> {
    let full = samples::full(schema);
    let mutant = |keyword, value, lenient| Mutant {
        at: at.to_owned(),
        keyword,
        value,
        lenient,
    };
    let if_absent = |name| if absent { Some(name) } else { None };
    // An empty list in the place of the whole message is an empty message.
    let needs = schema.get("required").is_some() || !samples::choices(schema).is_empty();
    let empty = at.is_empty() && !needs;
    let mut found = vec![
        mutant("type", json!(7), None),
        mutant("type", json!(true), None),
        mutant("type", json!("text"), None),
        mutant("type", json!([1]), None),
        mutant("type", json!(null), if_absent("null")),
        mutant("type", json!(""), if_absent("object")),
        mutant(
            "type",
            json!([]),
            if absent || empty {
                Some("object")
            } else {
                None
            },
        ),
    ];
    let without = |names: &[&str]| {
        let mut instance = full.clone();
        let members = instance.as_object_mut().unwrap();
        members.retain(|name, _| !names.contains(&name.as_str()));
        instance
    };
    let required = samples::names(&schema["required"]);
    for name in &required {
        found.push(mutant("required", without(&[name]), None));
    }
    for groups in samples::choices(schema) {
        let names: Vec<_> = groups.concat();
        found.push(mutant("anyOf", without(&names), None));
    }
    if schema["additionalProperties"] == false {
        let mut instance = full.clone();
        instance["a_field_from_tomorrow"] = json!(1);
        found.push(mutant("additionalProperties", instance, None));
    }
    for (name, property) in schema["properties"].as_object().unwrap() {
        let at = format!("{at}/properties/{name}");
        for inside in of(property, &at, !required.contains(&name.as_str())) {
            let mut instance = full.clone();
            instance[name] = inside.value;
            found.push(Mutant {
                value: instance,
                ..inside
            });
        }
    }
    found
}

fn of_arguments(schema: &Value, arguments: &[Value], at: &str) -> Vec<Mutant> {
    let full: Vec<Value> = arguments.iter().map(samples::full).collect();
    let mutant = |keyword, value| Mutant {
        at: at.to_owned(),
        keyword,
        value,
        lenient: None,
    };
    let mut found = vec![
        mutant("type", json!({})),
        mutant("type", json!("text")),
        mutant("type", json!(null)),
    ];
    let needed = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
    if needed > 0 {
        found.push(mutant("minItems", full[..needed - 1].to_vec().into()));
    }
    let mut more = full.clone();
    more.push(json!(1));
    found.push(mutant("items", more.into()));
    for (index, argument) in arguments.iter().enumerate() {
        for inside in of(
            argument,
            &format!("{at}/prefixItems/{index}"),
            index >= needed,
        ) {
            let mut instance = full.clone();
            instance[index] = inside.value;
            found.push(Mutant {
                value: instance.into(),
                ..inside
            });
        }
    }
    found
}

fn of_list(schema: &Value, items: &Value, at: &str, absent: bool) -> Vec<Mutant> {
    let full = samples::full(schema);
    let mutant = |keyword, value, lenient| Mutant {
        at: at.to_owned(),
        keyword,
        value,
        lenient,
    };
    let if_absent = |name| if absent { Some(name) } else { None };
    let mut found = vec![
        mutant("type", json!(7), None),
        mutant("type", json!("text"), None),
        mutant("type", json!({ "z": 7 }), None),
        mutant("type", json!(null), if_absent("null")),
        mutant("type", json!(""), if_absent("list")),
    ];
    let list = full.as_array().unwrap();
    if let Some(least) = schema["minItems"].as_u64() {
        let fewer = usize::try_from(least).unwrap() - 1;
        found.push(mutant("minItems", list[..fewer].to_vec().into(), None));
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        let more = usize::try_from(most).unwrap() + 1;
        found.push(mutant("maxItems", vec![list[0].clone(); more].into(), None));
    }
    if schema["uniqueItems"] == true {
        found.push(mutant("uniqueItems", vec![list[0].clone(); 2].into(), None));
    }
    for inside in of(items, &format!("{at}/items"), false) {
        let mut list = list.clone();
        list[0] = inside.value;
        found.push(Mutant {
            value: list.into(),
            ..inside
        });
    }
    found
}
