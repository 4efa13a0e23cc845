//! Soundness: no value contradicts an answer, and every example is what it says.

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use super::opine;
use crate::review::algebra::{Depth, Opinion};
use crate::review::finding::Answer::{No, Yes};
use crate::review::verdict::{Flow, Reading};

const NAMES: [&str; 3] = ["a", "b", "c"];

/// A small schema out of the keywords that the dialect has.
fn schemas() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => texts(),
        2 => numbers(),
        1 => values(),
        1 => subsequence(vec!["string", "integer", "number", "null", "boolean"], 1..3)
            .prop_map(|types| json!({ "type": types })),
        1 => Just(json!({})),
        1 => Just(json!({ "type": "object" })),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            3 => objects(inner.clone()),
            2 => lists(inner.clone()),
            1 => one_or_many(inner.clone()),
            1 => tuples(inner),
        ]
    })
}

fn texts() -> impl Strategy<Value = Value> {
    let patterns = [
        "^[a-z]*$",
        "^[a-z]{2}",
        "a",
        "^[0-9]{1,2}$",
        "^\\d$",
        "^[ab]+$",
    ];
    let rules = (
        proptest::option::of(0_u8..3),
        proptest::option::of(0_u8..4),
        proptest::option::weighted(0.4, select(patterns.to_vec())),
        any::<bool>(),
    );
    rules.prop_map(|(min, max, pattern, null)| {
        let mut schema = Map::new();
        let types = if null {
            json!(["string", "null"])
        } else {
            json!("string")
        };
        schema.insert("type".to_owned(), types);
        schema.extend(min.map(|n| ("minLength".to_owned(), json!(n))));
        schema.extend(max.map(|n| ("maxLength".to_owned(), json!(n))));
        schema.extend(pattern.map(|p| ("pattern".to_owned(), json!(p))));
        Value::Object(schema)
    })
}

fn numbers() -> impl Strategy<Value = Value> {
    let limits = || proptest::option::of((select(vec![-1.0, 0.0, 0.5, 1.0, 3.0]), any::<bool>()));
    (any::<bool>(), limits(), limits()).prop_map(|(whole, low, high)| {
        let mut schema = Map::new();
        let kind = if whole { "integer" } else { "number" };
        schema.insert("type".to_owned(), json!(kind));
        let name = |limit: &str, open| {
            if open {
                format!("exclusive{limit}")
            } else {
                limit.to_lowercase()
            }
        };
        schema.extend(low.map(|(n, open)| (name("Minimum", open), json!(n))));
        schema.extend(high.map(|(n, open)| (name("Maximum", open), json!(n))));
        Value::Object(schema)
    })
}

fn values() -> impl Strategy<Value = Value> {
    let values = vec![json!("a"), json!("ab"), json!("1"), json!(1), json!(2)];
    prop_oneof![
        subsequence(values, 1..4).prop_map(|values| json!({ "enum": values })),
        select(vec!["a", "b"]).prop_map(|value| json!({ "const": value })),
    ]
}

fn objects(inner: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let members = proptest::collection::vec(proptest::option::weighted(0.7, inner), 3);
    let names = || subsequence(NAMES.to_vec(), 0..3);
    let others = select(vec![None, None, Some(false), Some(true)]);
    let groups = any::<u8>();
    (members, names(), names(), others, groups).prop_map(
        |(members, required, needs, others, groups)| {
            let members = NAMES
                .iter()
                .zip(members)
                .filter_map(|(name, schema)| Some(((*name).to_owned(), schema?)));
            let members: Map<String, Value> = members.collect();
            let mut schema = json!({ "type": "object", "properties": members });
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
            if let Some(others) = others {
                schema["additionalProperties"] = json!(others);
            }
            if groups % 4 == 0 && !needs.is_empty() {
                schema["dependentRequired"] = json!({ "a": needs });
            }
            if groups % 5 == 0 {
                schema["anyOf"] = json!([{ "required": ["a"] }, { "required": ["b", "c"] }]);
            }
            schema
        },
    )
}

fn lists(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let limits = || proptest::option::weighted(0.4, 0_u8..3);
    (inner, limits(), limits(), any::<u8>()).prop_map(|(items, min, max, unique)| {
        let mut schema = json!({ "type": "array", "items": items });
        for (keyword, limit) in [("minItems", min), ("maxItems", max)] {
            if let Some(limit) = limit {
                schema[keyword] = json!(limit);
            }
        }
        if unique % 6 == 0 {
            schema["uniqueItems"] = json!(true);
        }
        schema
    })
}

fn one_or_many(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    inner.prop_map(|schema| json!({ "anyOf": [{ "type": "array", "items": schema }, schema] }))
}

fn tuples(inner: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    (inner, 0_u8..2).prop_map(|(schema, min)| {
        json!({ "type": "array", "prefixItems": [schema], "items": false, "minItems": min })
    })
}

/// A schema and another version of it: one keyword less, more or other, or something else entirely.
fn pairs() -> impl Strategy<Value = (Value, Value)> {
    let edited =
        (schemas(), schemas(), any::<prop::sample::Index>()).prop_map(|(schema, other, at)| {
            let mut places = Vec::new();
            pointers(&schema, String::new(), &mut places);
            let mut edited = schema.clone();
            if let Some(place) = edited.pointer_mut(at.get::<String>(&places)) {
                *place = other;
            }
            (schema, edited)
        });
    prop_oneof![3 => edited, 1 => (schemas(), schemas())]
}

/// Where a schema has schemas inside.
fn pointers(schema: &Value, at: String, found: &mut Vec<String>) {
    for keyword in ["properties", "anyOf", "prefixItems"] {
        let inner = schema.get(keyword);
        for (name, inner) in inner.and_then(Value::as_object).into_iter().flatten() {
            pointers(inner, format!("{at}/{keyword}/{name}"), found);
        }
        if let (Some(inner), "prefixItems") = (inner.and_then(|list| list.get(0)), keyword) {
            pointers(inner, format!("{at}/{keyword}/0"), found);
        }
    }
    if let Some(inner) = schema.get("items").filter(|inner| inner.is_object()) {
        pointers(inner, format!("{at}/items"), found);
    }
    found.push(at);
}

/// Values to try: all small ones of some depth.
fn universe() -> Vec<Value> {
    let scalars = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(-1),
        json!(0.5),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!("abc"),
        json!("1"),
        json!("12"),
        json!("A"),
        json!("aaaa"),
    ];
    let some = [
        json!(null),
        json!(1),
        json!("a"),
        json!("abc"),
        json!("1"),
        json!([]),
        json!(["a"]),
        json!({}),
        json!({ "a": "a" }),
    ];
    let mut values = scalars.to_vec();
    values.push(json!([]));
    values.push(json!({}));
    for one in &scalars {
        values.push(json!([one]));
        values.push(json!([one, one]));
        values.extend(NAMES.map(|name| json!({ name: one })));
        values.extend(NAMES.map(|name| json!({ "a": { name: one } })));
        values.extend(NAMES.map(|name| json!([{ name: one }])));
        for other in &some {
            values.push(json!([one, other]));
            values.push(json!({ "a": one, "b": other }));
            values.push(json!({ "b": one, "c": other }));
            values.push(json!({ "a": one, "b": other, "c": other }));
            values.push(json!({ "a": one, "x": other }));
        }
    }
    values
}

/// What the reading makes of a value, said in another way than by rewriting schemas.
struct Judge {
    schema: Value,
    validator: Validator,
    reading: Reading,
}

impl Judge {
    fn of(schema: &Value, reading: Reading) -> Judge {
        let mut schema = schema.clone();
        if reading == Reading::Open {
            reopen(&mut schema);
        }
        Judge {
            validator: jsonschema::validator_for(&schema).unwrap(),
            schema,
            reading,
        }
    }

    fn takes(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
            && (self.reading != Reading::Closed || !strange(&self.schema, value))
    }
}

fn reopen(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.remove("additionalProperties");
            members.values_mut().for_each(reopen);
        }
        Value::Array(elements) => elements.iter_mut().for_each(reopen),
        _ => {}
    }
}

/// Whether a value has a member that no schema for it names.
fn strange(schema: &Value, value: &Value) -> bool {
    if let (Some(members), Some(object)) = (schema.get("properties"), value.as_object()) {
        return object.iter().any(|(name, value)| {
            members
                .get(name)
                .is_none_or(|schema| strange(schema, value))
        });
    }
    if let Some(elements) = value.as_array() {
        let first = schema.pointer("/prefixItems/0").or(schema.get("items"));
        if let Some(first) = first {
            return elements.iter().any(|element| strange(first, element));
        }
    }
    let branches = schema.get("anyOf").and_then(Value::as_array);
    branches.is_some_and(|branches| {
        branches.iter().all(|branch| {
            let takes = jsonschema::validator_for(branch).unwrap().is_valid(value);
            !takes || strange(branch, value)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_contradicts_an_answer(
        (old, new) in pairs(),
        reading in select(vec![Reading::Closed, Reading::Open, Reading::Plain]),
        flow in select(vec![Flow::Sent, Flow::Received]),
    ) {
        let said = opine(&old.to_string(), &new.to_string(), flow, reading, Depth::Whole);
        let (old, new) = (Judge::of(&old, reading), Judge::of(&new, reading));
        let (needed, given) = match flow {
            Flow::Sent => (old, new),
            Flow::Received => (new, old),
        };
        if said.answer == Yes {
            for value in universe() {
                prop_assert!(!needed.takes(&value) || given.takes(&value), "{value}");
            }
        }
        agrees(&said, &needed, &given, flow)?;
        let masked = opine(
            &if flow == Flow::Sent { &needed } else { &given }.schema.to_string(),
            &if flow == Flow::Sent { &given } else { &needed }.schema.to_string(),
            flow,
            reading,
            Depth::Masked,
        );
        agrees(&masked, &needed, &given, flow)?;
    }
}

/// An example is one side's and not the other's.
fn agrees(said: &Opinion, needed: &Judge, given: &Judge, flow: Flow) -> Result<(), TestCaseError> {
    if let Some(example) = &said.example {
        let value: Value = serde_json::from_str(&example.value).unwrap();
        prop_assert_eq!(said.answer, No);
        prop_assert_eq!(example.was_valid, flow == Flow::Sent);
        prop_assert!(needed.takes(&value), "{} is not taken", value);
        prop_assert!(!given.takes(&value), "{} is taken by both", value);
    }
    Ok(())
}
