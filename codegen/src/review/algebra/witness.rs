//! Values on which two schemas disagree, seen by a validator to be so.
//!
//! Candidates come from the limits and lists of both schemas, from the inside out: a difference of a
//! member makes one of its object. Nothing is believed that a validator does not confirm.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::{Map, Value, json};

use super::bundle::{CONTENT, TEXT};
use super::decimal::Decimal;
use super::document::{Bundle, reached};
use super::sample::{MAX_ELEMENTS, sample, samples};
use super::shape::{Shape, same, shapes};
use crate::review::language;

/// Schemas are searched this deep.
const MAX_DEPTH: usize = 16;
/// So many pairs of schemas are searched.
const MAX_PAIRS: usize = 200;
/// So many candidates are tried for each pair.
const MAX_CANDIDATES: usize = 1_000;
/// So many members of an object are tried one by one.
const MAX_VARIED: usize = 100;
/// So many names are made up, of patterns and of pairs of them.
const MAX_NAMES: usize = 20;
/// So many differences of an inner schema are carried outward.
const MAX_FOUND: usize = 4;

/// The smallest value that one schema takes and the other does not, of those that are found. `own` is
/// the other one as far as its own keywords go; they have to refuse the value, too.
pub(super) fn find(
    needed: &Bundle,
    given: &Bundle,
    own: &Bundle,
    lost: Option<&Value>,
) -> Option<Value> {
    let mut search = Search {
        needed: &needed.definitions,
        given: &given.definitions,
        pairs: 0,
        found: BTreeMap::new(),
    };
    let mut candidates = lost.map_or_else(Vec::new, lost_samples);
    candidates.extend(search.candidates(&needed.schema, &given.schema, MAX_DEPTH));
    let takes = validator(&needed.schema, &needed.definitions)?;
    let refuses = validator(&given.schema, &given.definitions)?;
    let own = validator(&own.schema, &own.definitions)?;
    let differs =
        |value: &Value| takes.is_valid(value) && !refuses.is_valid(value) && !own.is_valid(value);
    smallest(candidates).into_iter().map(truthful).find(differs)
}

/// A value as it is on the wire.
pub(super) fn decode(value: &Value) -> Value {
    match value {
        Value::Object(members) => match members.get(CONTENT) {
            Some(inner) => Value::String(decode(inner).to_string()),
            None => members
                .iter()
                .map(|(name, v)| (name.clone(), decode(v)))
                .collect(),
        },
        Value::Array(elements) => elements.iter().map(decode).collect(),
        value => value.clone(),
    }
}

/// The same value, with texts that are the JSON that they hold.
fn truthful(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, v)| (name, truthful(v)));
            let mut members: Map<String, Value> = members.collect();
            if let (Some(inner), true) = (members.get(CONTENT), members.contains_key(TEXT)) {
                let text = decode(inner).to_string();
                members.insert(TEXT.to_owned(), Value::String(text));
            }
            Value::Object(members)
        }
        Value::Array(elements) => elements.into_iter().map(truthful).collect(),
        value => value,
    }
}

/// Values of the schema of what was lost.
fn lost_samples(lost: &Value) -> Vec<Value> {
    let definitions = lost.get("$defs").and_then(Value::as_object).cloned();
    samples(lost, &definitions.unwrap_or_default())
}

pub(super) fn validator(schema: &Value, definitions: &Map<String, Value>) -> Option<Validator> {
    let definitions = reached(schema, definitions);
    let document = json!({ "allOf": [schema], "$defs": definitions });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .with_pattern_options(PatternOptions::regex())
        .build(&document)
        .ok()
}

/// Each value once, the smallest first.
fn smallest(values: Vec<Value>) -> Vec<Value> {
    let mut values: Vec<(usize, String, Value)> = values
        .into_iter()
        .map(|value| (value.to_string(), value))
        .map(|(text, value)| (text.len(), text, value))
        .collect();
    values.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    values.dedup_by(|a, b| a.1 == b.1);
    values.into_iter().map(|(.., value)| value).collect()
}

struct Search<'s> {
    needed: &'s Map<String, Value>,
    given: &'s Map<String, Value>,
    pairs: usize,
    /// What was found for schemas inside, by their text.
    found: BTreeMap<(String, String), Vec<Value>>,
}

impl Search<'_> {
    /// Values that the one schema takes and the other does not.
    fn differences(&mut self, needed: &Value, given: &Value, depth: usize) -> Vec<Value> {
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        if same(needed, self.needed, given, self.given, &mut BTreeSet::new()) {
            return Vec::new();
        }
        let key = (needed.to_string(), given.to_string());
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        // A schema inside of itself adds nothing that is smaller.
        self.found.insert(key.clone(), Vec::new());
        let takes = validator(needed, self.needed);
        let (Some(takes), Some(refuses)) = (takes, validator(given, self.given)) else {
            return Vec::new();
        };
        let candidates = self.candidates(needed, given, depth);
        let candidates = smallest(candidates).into_iter().map(truthful);
        let differs = |value: &Value| takes.is_valid(value) && !refuses.is_valid(value);
        let found: Vec<Value> = candidates.filter(differs).take(MAX_FOUND).collect();
        self.found.insert(key, found.clone());
        found
    }

    fn candidates(&mut self, needed: &Value, given: &Value, depth: usize) -> Vec<Value> {
        self.pairs += 1;
        if self.pairs > MAX_PAIRS {
            return Vec::new();
        }
        let mut found = vec![
            json!(null),
            json!(false),
            json!(true),
            json!(0),
            json!(0.5),
            json!(""),
            json!([]),
            json!({}),
        ];
        found.extend(samples(needed, self.needed));
        found.extend(samples(given, self.given));
        let (all, others) = (shapes(needed, self.needed), shapes(given, self.given));
        let limits: Vec<&Shape<'_>> = all.iter().chain(&others).collect();
        for shape in &limits {
            found.extend(shape.values().into_iter().flatten().cloned());
            found.extend(shape.barred_values().into_iter().cloned());
        }
        found.extend(numbers(&limits));
        for shape in &all {
            let types = shape.types();
            if types.contains(&"string") {
                found.extend(texts(shape, &limits, &others));
            }
            if types.contains(&"array") {
                found.extend(self.lists(shape, &limits, &others, depth));
            }
            if types.contains(&"object") {
                found.extend(self.objects(shape, &others, depth));
            }
        }
        found.truncate(MAX_CANDIDATES);
        found
    }

    fn lists(
        &mut self,
        shape: &Shape<'_>,
        limits: &[&Shape<'_>],
        others: &[Shape<'_>],
        depth: usize,
    ) -> Vec<Value> {
        let mut lengths = counts(limits, ["minItems", "maxItems"]);
        lengths.extend([1, 2]);
        let prefix = |shape: &&Shape<'_>| {
            shape
                .each("prefixItems")
                .filter_map(Value::as_array)
                .map(Vec::len)
                .max()
        };
        let first = limits
            .iter()
            .filter_map(prefix)
            .max()
            .unwrap_or(0)
            .min(MAX_ELEMENTS);
        lengths.extend([first, first + 1]);
        lengths.retain(|length| *length <= MAX_ELEMENTS);
        let plain: Vec<Option<Value>> = (0..=first)
            .map(|n| sample(&shape.element(n), self.needed))
            .collect();
        let filled = |length: usize| -> Option<Vec<Value>> {
            (0..length)
                .map(|n| plain.get(n.min(first)).cloned().flatten())
                .collect()
        };
        let mut found: Vec<Value> = lengths
            .into_iter()
            .filter_map(filled)
            .map(Value::Array)
            .collect();
        let least = shape.at_least("minItems").min(MAX_ELEMENTS);
        for n in 0..=first {
            let mut inner = Vec::new();
            for other in others {
                inner.extend(self.differences(&shape.element(n), &other.element(n), depth));
            }
            let Some(list) = filled(least.max(n + 1)) else {
                continue;
            };
            for element in inner {
                let mut list = list.clone();
                if let Some(place) = list.get_mut(n) {
                    *place = element;
                }
                found.push(Value::Array(list));
            }
        }
        found
    }

    fn objects(&mut self, shape: &Shape<'_>, others: &[Shape<'_>], depth: usize) -> Vec<Value> {
        let mut names: BTreeSet<&str> = shape.members();
        names.extend(others.iter().flat_map(Shape::members));
        let made_up = made_up_names(&names, shape, others);
        names.extend(made_up.iter().map(String::as_str));
        let members = names.iter().map(|name| {
            let value = sample(&shape.member(name), self.needed);
            (*name, value)
        });
        let members: Vec<(&str, Option<Value>)> = members.collect();
        let minimal: Map<String, Value> = shape
            .required()
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), sample(&shape.member(name), self.needed)?)))
            .collect();
        let full: Map<String, Value> = members
            .iter()
            .filter_map(|(name, value)| Some(((*name).to_owned(), value.clone()?)))
            .collect();
        let mut inner: Vec<(&str, Value)> = Vec::new();
        for (name, other) in names
            .iter()
            .flat_map(|n| others.iter().map(move |o| (n, o)))
        {
            let values = self.differences(&shape.member(name), &other.member(name), depth);
            inner.extend(values.into_iter().map(|value| (*name, value)));
        }
        // Each of them makes an object as large as all: of very many, those that have to be there.
        let required: BTreeSet<&str> = others.iter().flat_map(Shape::required).collect();
        let few = members.len() <= MAX_VARIED;
        let varied = |name: &str| few || required.contains(name) || minimal.contains_key(name);
        let varied: Vec<&(&str, Option<Value>)> = members
            .iter()
            .filter(|(name, _)| varied(name))
            .take(MAX_VARIED)
            .collect();
        let mut found = Vec::new();
        let all = inner.len();
        for (base, most) in [(minimal, all), (full, if few { all } else { MAX_FOUND })] {
            let inner = inner.iter().take(most);
            found.extend(inner.map(|(name, value)| with(&base, name, value)));
            for (name, value) in varied.iter().copied() {
                found.extend(value.as_ref().map(|value| with(&base, name, value)));
                let mut without = base.clone();
                if without.remove(*name).is_some() {
                    found.push(Value::Object(without));
                }
            }
            found.push(Value::Object(base));
        }
        found
    }
}

/// Names of members that neither side names: any, and those that patterns tell apart.
fn made_up_names(known: &BTreeSet<&str>, shape: &Shape<'_>, others: &[Shape<'_>]) -> Vec<String> {
    let mine = shape.member_patterns();
    let theirs: BTreeSet<&str> = others.iter().flat_map(Shape::member_patterns).collect();
    let any = ('a'..='z').map(|c| c.to_string());
    let mut names: Vec<String> = any
        .filter(|name| !known.contains(name.as_str()))
        .take(1)
        .collect();
    for pattern in mine.union(&theirs).take(MAX_NAMES) {
        names.extend(language::example(&[pattern], &[], 0, None));
    }
    let pairs = mine
        .iter()
        .flat_map(|own| theirs.iter().map(move |t| (own, t)));
    for (own, pattern) in pairs.take(MAX_NAMES) {
        names.extend(language::example(&[own, pattern], &[], 0, None));
        names.extend(language::example(&[own], &[pattern], 0, None));
    }
    names
}

fn with(base: &Map<String, Value>, name: &str, value: &Value) -> Value {
    let mut members = base.clone();
    members.insert(name.to_owned(), value.clone());
    Value::Object(members)
}

/// The numbers that two keywords name, and those beside them.
fn counts(limits: &[&Shape<'_>], keywords: [&str; 2]) -> BTreeSet<usize> {
    let named = limits.iter().flat_map(|shape| {
        keywords
            .into_iter()
            .flat_map(|keyword| shape.each(keyword))
            .filter_map(Value::as_u64)
    });
    let named = named.filter_map(|n| usize::try_from(n).ok());
    named
        .flat_map(|n| [n.saturating_sub(1), n, n.saturating_add(1)])
        .collect()
}

/// Texts of the lengths that either side names, and those that a pattern of the other refuses.
fn texts(shape: &Shape<'_>, limits: &[&Shape<'_>], others: &[Shape<'_>]) -> Vec<Value> {
    let (patterns, mut barred) = (shape.patterns(), shape.barred_patterns());
    let (min, max) = (shape.at_least("minLength"), shape.at_most("maxLength"));
    let inside = |length: &usize| *length >= min && max.is_none_or(|max| *length <= max);
    let lengths = counts(limits, ["minLength", "maxLength"]);
    let mut found: Vec<String> = lengths
        .into_iter()
        .filter(inside)
        .filter_map(|length| language::example(&patterns, &barred, length, Some(length)))
        .collect();
    let refused: BTreeSet<&str> = others.iter().flat_map(Shape::patterns).collect();
    for pattern in refused {
        barred.push(pattern);
        found.extend(language::example(&patterns, &barred, min, max));
        barred.pop();
    }
    found.into_iter().map(Value::String).collect()
}

/// The numbers that limits and steps name, and those beside them.
fn numbers(limits: &[&Shape<'_>]) -> Vec<Value> {
    let mut found = Vec::new();
    for shape in limits {
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            for limit in shape.each(keyword).filter_map(Decimal::of) {
                let finer = limit.scale() + 1;
                let beside = [(0, 0), (-1, 0), (1, 0), (-1, finer), (1, finer)];
                let beside = beside
                    .into_iter()
                    .filter_map(|(n, scale)| limit.shifted(n, scale));
                found.extend(beside.flat_map(|n| [Some(n), n.floor()]).flatten());
            }
        }
        let steps = shape.each("multipleOf").filter_map(Decimal::of);
        found.extend(steps.flat_map(|step| multiples(step, limits)));
    }
    found.into_iter().filter_map(Decimal::value).collect()
}

/// The first multiples of a step, and those at the limits.
fn multiples(step: Decimal, limits: &[&Shape<'_>]) -> Vec<Decimal> {
    let limits = limits.iter().flat_map(|shape| {
        let keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
        keywords
            .into_iter()
            .flat_map(|keyword| shape.each(keyword))
            .filter_map(Decimal::of)
    });
    let at_limits = limits.filter_map(|limit| limit.up_to_multiple(step));
    let first = (1..=12).filter_map(|n| step.multiplied(n));
    at_limits.chain(first).collect()
}
