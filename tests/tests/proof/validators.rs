//! Our verdict against that of the `jsonschema` crate, on arbitrary instances of every message and on
//! instances with faults at several arbitrary places.
//!
//! Where a schema admits an instance we have to. Where we admit more, it is by the table of lenient
//! reading: the instance is written anew as the schema has it, by that table's words (`meaning.rs`),
//! and then both verdicts have to be the same.

use dockseal::api::Api;
use serde_json::{Map, Value};

use crate::cases::{Dice, count, ran};
use crate::instances::{mutate, valid};
use crate::meaning::{Meaning, meaning};
use crate::places::single_kind;
use crate::support::compare::{Side, blank, violations};
use crate::support::judge::Judge;
use crate::support::samples;
use crate::support::schemas::{Schemas, types};

/// Why we refuse the message, if we do: it cannot be read, or breaks a rule.
fn ours(api: &Api, side: Side, message: &Value) -> Vec<String> {
    let mut value = blank(api, side);
    match side.read(api, value.as_mut(), &message.to_string()) {
        Err(error) => vec![error.to_string()],
        Ok(()) => violations(value.as_ref())
            .iter()
            .map(ToString::to_string)
            .collect(),
    }
}

#[test]
fn both_verdicts_are_the_same() {
    let schemas = Schemas::load();
    let cases = count(1_200);
    for any in dockseal::APIS {
        let api = any.api();
        let judges = [Side::Request, Side::Reply]
            .map(|side| (side, Judge::new(&schemas, api.schema, side.pointer())));
        let mut tally = Tally::default();
        for case in 0..cases {
            let mut dice = Dice::of_case(case);
            // Requests have the longer schemas.
            let (side, judge) = &judges[usize::from(dice.one_in(4))];
            tally.judge(api, *side, judge, case, &mut dice);
        }
        let Tally {
            admitted,
            lenient,
            refused,
            open,
        } = tally;
        assert!(
            admitted > 0 && refused > 0 && open * 50 < cases,
            "{}: {open} open",
            api.method
        );
        let what = format!(
            "instances and mutants of {}: {admitted} admitted, {lenient} by leniency, {refused} refused, {open} open",
            api.method
        );
        ran("validators", cases, &what);
    }
}

/// How instances were judged.
#[derive(Default)]
struct Tally {
    admitted: usize,
    lenient: usize,
    refused: usize,
    /// With more digits than we promise to read, or read for now in another way than we promise.
    open: usize,
}

impl Tally {
    fn judge(&mut self, api: &Api, side: Side, judge: &Judge, case: usize, dice: &mut Dice) {
        let mut instance = valid(&judge.schema, dice);
        let faults = dice.below(4);
        let said = |instance: &Value| {
            format!(
                "{instance}\nof {} {side:?}, which jsonschema blames for {:?}, and we for {:?}\n\
                 with {faults} faults, case {case} of DOCKSEAL_SEED={}",
                api.method,
                judge.blames(instance),
                ours(api, side, instance),
                crate::cases::seed()
            )
        };
        assert!(judge.accepts(&instance), "{}", said(&instance));
        for _ in 0..faults {
            mutate(&judge.schema, &mut instance, dice);
        }
        let strict = match whole(&judge.schema, &instance) {
            Strict::Open => {
                self.open += 1;
                return;
            }
            Strict::Value(strict) => judge.accepts(&strict),
            Strict::Absent | Strict::Refused => false,
        };
        let verdict = ours(api, side, &instance).is_empty();
        let admitted = judge.accepts(&instance);
        // What the schema has for a value may stand for none, and then be missed.
        let known = verdict || !admitted || has_nothing(&instance);
        assert!(known, "{}", said(&instance));
        assert_eq!(verdict, strict, "{}", said(&instance));
        match (verdict, admitted) {
            (true, true) => self.admitted += 1,
            (true, false) => self.lenient += 1,
            _ => self.refused += 1,
        }
    }
}

/// Whether some value of it stands for none.
fn has_nothing(instance: &Value) -> bool {
    let text = instance.to_string().replace('\\', "");
    ["\"\"", "\"0000-00-00", "null", "[]"]
        .iter()
        .any(|nothing| text.contains(nothing))
}

/// An instance as its schema has it.
enum Strict {
    Value(Value),
    Absent,
    Refused,
    Open,
}

/// A whole message, which cannot be absent; PHP writes an empty one as an empty list.
fn whole(schema: &Value, message: &Value) -> Strict {
    if let (Some(arguments), Value::Array(given)) = (schema["prefixItems"].as_array(), message)
        && let ([only], [argument]) = (&arguments[..], &given[..])
    {
        return match whole(only, argument) {
            Strict::Value(argument) => Strict::Value(vec![argument].into()),
            other => other,
        };
    }
    match message {
        Value::Array(items) if items.is_empty() && schema.get("properties").is_some() => {
            Strict::Value(Map::new().into())
        }
        message => strict(schema, message),
    }
}

fn strict(schema: &Value, value: &Value) -> Strict {
    let blank = value.as_str().is_some_and(str::is_empty);
    if value.is_null() {
        return Strict::Absent;
    }
    if let Some(inner) = schema.get("contentSchema") {
        return match value {
            _ if blank => Strict::Absent,
            Value::String(text) => match serde_json::from_str::<Value>(text) {
                // Lists are wrapped in replies, never in JSON text.
                Ok(Value::Object(_)) if inner.get("items").is_some() => Strict::Refused,
                Ok(inside) => as_text(strict(inner, &inside)),
                Err(_) => Strict::Refused,
            },
            Value::Array(_) | Value::Object(_) => as_text(strict(inner, value)),
            _ => Strict::Refused,
        };
    }
    let of_type = |wanted: &str| {
        let choices = schema["anyOf"].as_array().into_iter().flatten();
        choices.into_iter().find(|choice| choice["type"] == wanted)
    };
    if let (Some(list), Some(only)) = (of_type("array"), of_type("object")) {
        return match value {
            _ if blank => Strict::Absent,
            Value::Array(items) => elements(&list["items"], items),
            Value::Object(_) => strict(only, value),
            _ => Strict::Refused,
        };
    }
    if let Some(properties) = schema["properties"].as_object() {
        return match value {
            _ if blank => Strict::Absent,
            Value::Array(items) if items.is_empty() => Strict::Absent,
            Value::Object(given) => members(properties, given),
            _ => Strict::Refused,
        };
    }
    if let Some(arguments) = schema["prefixItems"].as_array() {
        let Value::Array(given) = value else {
            return Strict::Refused;
        };
        return arguments_of(schema, arguments, given);
    }
    if let Some(items) = schema.get("items") {
        return match value {
            _ if blank => Strict::Absent,
            Value::Array(given) => elements(items, given),
            Value::Object(given) => match given.values().collect::<Vec<_>>()[..] {
                [Value::Array(given)] => elements(items, given),
                [Value::Null] => Strict::Absent,
                [Value::String(text)] if text.is_empty() => Strict::Absent,
                _ => Strict::Refused,
            },
            _ => Strict::Refused,
        };
    }
    single(schema, value)
}

fn as_text(inside: Strict) -> Strict {
    match inside {
        Strict::Value(inside) => Strict::Value(inside.to_string().into()),
        other => other,
    }
}

fn members(properties: &Map<String, Value>, given: &Map<String, Value>) -> Strict {
    let (mut found, mut open) = (Map::new(), false);
    for (name, value) in given {
        match properties.get(name).map(|schema| strict(schema, value)) {
            None => drop(found.insert(name.clone(), value.clone())),
            Some(Strict::Value(value)) => drop(found.insert(name.clone(), value)),
            Some(Strict::Absent) => {}
            Some(Strict::Open) => open = true,
            Some(Strict::Refused) => return Strict::Refused,
        }
    }
    if open {
        Strict::Open
    } else {
        Strict::Value(found.into())
    }
}

fn elements(schema: &Value, given: &[Value]) -> Strict {
    let (mut found, mut open) = (Vec::new(), false);
    for value in given {
        match strict(schema, value) {
            Strict::Value(value) => found.push(value),
            Strict::Open => open = true,
            Strict::Absent | Strict::Refused => return Strict::Refused,
        }
    }
    if open {
        Strict::Open
    } else {
        Strict::Value(found.into())
    }
}

fn arguments_of(schema: &Value, arguments: &[Value], given: &[Value]) -> Strict {
    let needed = usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap();
    let (mut found, mut open) = (Vec::new(), false);
    for (index, value) in given.iter().enumerate() {
        let Some(schema) = arguments.get(index) else {
            found.push(value.clone());
            continue;
        };
        match strict(schema, value) {
            Strict::Value(value) => found.push(value),
            Strict::Open => open = true,
            Strict::Refused => return Strict::Refused,
            Strict::Absent if index < needed => return Strict::Refused,
            // One that may be left out stands for itself.
            Strict::Absent => found.push(samples::full(schema)),
        }
    }
    if open {
        Strict::Open
    } else {
        Strict::Value(found.into())
    }
}

fn single(schema: &Value, value: &Value) -> Strict {
    let is = |name| types(schema).contains(&name);
    let admitted = |number: String| {
        if is("string") {
            Value::from(number)
        } else {
            serde_json::from_str(&number).unwrap()
        }
    };
    // A schema's integers have no end; ours are of 64 bits.
    let beyond =
        value.as_i64().is_none() && value.as_f64().is_some_and(|number| number.fract() == 0.0);
    Strict::Value(
        match meaning(single_kind(schema), &value.to_string(), value) {
            Meaning::Refused if beyond && is("integer") => return Strict::Open,
            Meaning::Refused => return Strict::Refused,
            Meaning::Absent => return Strict::Absent,
            Meaning::AtMost(_) => return Strict::Open,
            Meaning::Present | Meaning::Json(_) => value.clone(),
            Meaning::Text(text) | Meaning::Time(text) | Meaning::Day(text) => text.into(),
            Meaning::Boolean(truth) => truth.into(),
            Meaning::Integer(number) if is("integer") => number.into(),
            Meaning::Integer(number) => admitted(number.to_string()),
            Meaning::Decimal(exact) => admitted(exact.plain()),
        },
    )
}
