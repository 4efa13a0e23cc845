//! Small values that a schema takes, most likely: whoever needs to be sure asks a validator.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::decimal::Decimal;
use super::shape::{Shape, shapes};
use crate::review::language;

/// Values nest at most this deep.
const MAX_DEPTH: usize = 12;
/// A list that is made up has at most this many elements.
pub(super) const MAX_ELEMENTS: usize = 300;

/// The smallest value that comes to mind.
pub(super) fn sample(schema: &Value, definitions: &Map<String, Value>) -> Option<Value> {
    Sampler { definitions }.value(schema, MAX_DEPTH)
}

/// A value of each shape and type.
pub(super) fn samples(schema: &Value, definitions: &Map<String, Value>) -> Vec<Value> {
    let sampler = Sampler { definitions };
    let shapes = shapes(schema, definitions);
    let shapes = shapes
        .iter()
        .flat_map(|shape| sampler.all(shape, MAX_DEPTH));
    shapes.collect()
}

struct Sampler<'s> {
    definitions: &'s Map<String, Value>,
}

impl Sampler<'_> {
    fn value(&self, schema: &Value, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let shapes = shapes(schema, self.definitions);
        shapes.iter().find_map(|shape| {
            // A text reads best, and null says least.
            let values = self.all(shape, depth);
            let best = values.iter().find(|v| v.is_string());
            let best = best.or(values.iter().find(|v| !v.is_null()));
            best.or(values.first()).cloned()
        })
    }

    fn all(&self, shape: &Shape<'_>, depth: usize) -> Vec<Value> {
        let types = shape.types();
        if let Some(values) = shape.values() {
            return values
                .into_iter()
                .filter(|v| types.contains(&kind(v)))
                .cloned()
                .collect();
        }
        let value = |kind: &&str| match *kind {
            "null" => Some(Value::Null),
            "boolean" => Some(json!(true)),
            "integer" => number(shape, true),
            "number" => number(shape, false),
            "string" => text(shape),
            "array" => self.list(shape, depth),
            _ => self.object(shape, depth),
        };
        types.iter().filter_map(value).collect()
    }

    fn list(&self, shape: &Shape<'_>, depth: usize) -> Option<Value> {
        let contained = shape.each("contains").next().map(|schema| {
            let wanted = shape.each("minContains").next().and_then(Value::as_u64);
            (
                schema,
                usize::try_from(wanted.unwrap_or(1)).unwrap_or(usize::MAX),
            )
        });
        let wanted = contained.map_or(0, |(_, wanted)| wanted);
        let length = shape.at_least("minItems").max(wanted);
        if length > MAX_ELEMENTS {
            return None;
        }
        let mut elements = Vec::new();
        for n in 0..length {
            let element = match contained {
                Some((schema, wanted)) if n < wanted => {
                    json!({ "allOf": [schema, shape.element(n)] })
                }
                _ => shape.element(n),
            };
            elements.push(self.value(&element, depth)?);
        }
        if shape.each("uniqueItems").any(|rule| *rule == json!(true)) {
            elements = self.distinct(shape, length)?;
        }
        Some(Value::Array(elements))
    }

    /// Elements of which no two are equal.
    fn distinct(&self, shape: &Shape<'_>, length: usize) -> Option<Vec<Value>> {
        let schema = shape.element(0);
        let mut pool: Vec<Value> = Vec::new();
        for shape in shapes(&schema, self.definitions) {
            pool.extend(self.all(&shape, 2));
            let (from, to) = (shape.at_least("minLength"), shape.at_most("maxLength"));
            if shape.types().contains(&"string") && shape.values().is_none() {
                let texts = (from..from + length).filter(|n| to.is_none_or(|to| *n <= to));
                pool.extend(texts.filter_map(|n| {
                    language::example(&shape.patterns(), &[], n, Some(n)).map(Value::String)
                }));
            }
            if let Some(first) = number(&shape, true) {
                let first = Decimal::of(&first);
                let next = |n| first?.shifted(i128::try_from(n).ok()?, 0)?.value();
                pool.extend((1..length).filter_map(next));
            }
        }
        let mut seen = BTreeSet::new();
        pool.retain(|value| seen.insert(value.to_string()));
        pool.truncate(length);
        (pool.len() == length).then_some(pool)
    }

    fn object(&self, shape: &Shape<'_>, depth: usize) -> Option<Value> {
        let mut names: Vec<&str> = shape.required().into_iter().collect();
        let mut at = 0;
        while let Some(name) = names.get(at) {
            let needs = shape
                .each("dependentRequired")
                .filter_map(|rule| rule.get(*name));
            let needs: Vec<&str> = needs
                .filter_map(Value::as_array)
                .flatten()
                .filter_map(Value::as_str)
                .filter(|name| !names.contains(name))
                .collect();
            names.extend(needs);
            at += 1;
        }
        let mut members = Map::new();
        for name in names {
            members.insert(name.to_owned(), self.value(&shape.member(name), depth)?);
        }
        let least = shape.at_least("minProperties");
        let known = shape.members();
        let made_up = ('a'..='z').map(|c| c.to_string());
        for name in known.into_iter().map(str::to_owned).chain(made_up) {
            if members.len() >= least {
                break;
            }
            if !members.contains_key(&name)
                && let Some(value) = self.value(&shape.member(&name), depth)
            {
                members.insert(name, value);
            }
        }
        (members.len() >= least).then_some(Value::Object(members))
    }
}

/// The type of a value.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) if Decimal::of(value).is_some_and(Decimal::is_whole) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A text that is none of those that are barred: a longer one, if need be.
fn text(shape: &Shape<'_>) -> Option<Value> {
    let (min, max) = (shape.at_least("minLength"), shape.at_most("maxLength"));
    let barred = shape.barred_values();
    let (patterns, refused) = (shape.patterns(), shape.barred_patterns());
    let longer = min..min.saturating_add(barred.len());
    let longer = longer.map(|length| language::example(&patterns, &refused, length, max));
    let shortest = [language::example(&patterns, &refused, min, max)];
    let mut texts = shortest
        .into_iter()
        .chain(longer)
        .flatten()
        .map(Value::String);
    texts.find(|text| !barred.contains(&text))
}

fn number(shape: &Shape<'_>, whole: bool) -> Option<Value> {
    let zero = Decimal::of(&json!(0))?;
    // One unit past a limit that is excluded, and one of its last digit for a fraction.
    let past = |limit: Option<Decimal>, units: i128| {
        limit.and_then(|limit| limit.shifted(units, if whole { 0 } else { limit.scale() + 1 }))
    };
    let low = [
        shape.most("minimum"),
        past(shape.most("exclusiveMinimum"), 1),
    ];
    let high = [
        shape.least("maximum"),
        past(shape.least("exclusiveMaximum"), -1),
    ];
    let low = low
        .into_iter()
        .flatten()
        .reduce(|a, b| if b > a { b } else { a });
    let high = high
        .into_iter()
        .flatten()
        .reduce(|a, b| if b < a { b } else { a });
    let start = match (low, high) {
        (Some(low), _) if low > zero => low,
        (_, Some(high)) if high < zero => high,
        _ => zero,
    };
    let step = shape.each("multipleOf").find_map(Decimal::of);
    let step = if whole {
        step.or_else(|| zero.shifted(1, 0))
    } else {
        step
    };
    let found = match step {
        None => start,
        Some(step) => {
            let found = start.up_to_multiple(step)?;
            match high {
                Some(high) if found > high => found.shifted(-1, 0)?.floor()?,
                _ => found,
            }
        }
    };
    let barred = shape.barred_values();
    let beside = (0_i128..).take(barred.len() + 1);
    let mut numbers = beside.filter_map(|n| match step {
        Some(step) => found.plus(step.multiplied(n)?)?.value(),
        None => found.shifted(n, 0)?.value(),
    });
    numbers.find(|number| !barred.contains(&number))
}
