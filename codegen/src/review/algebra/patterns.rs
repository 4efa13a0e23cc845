//! What the set algebra does not know of patterns: which of two takes more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::effort::Effort;
use crate::review::language::{self, Inclusion};

/// So many pairs of patterns are compared.
const MAX_PAIRS: usize = 60;

/// Writes beside each pattern the wider ones that the other document has, and patterns that take the
/// same texts in the same way. The documents mean what they meant; they stay as they are where that
/// would cost too much.
pub(super) fn relate(one: &mut Value, other: &mut Value, effort: &Effort) {
    let (mut mine, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    visit(one, &mut |schema| mine.extend(pattern(schema)));
    visit(other, &mut |schema| theirs.extend(pattern(schema)));
    let mut same: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wider: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let (before, after) = (one.clone(), other.clone());
    let mut pairs = Vec::new();
    beside(&before, &after, &mut pairs);
    // A pattern that both have needs no help, but one that only one has may lie within it.
    let all = mine
        .iter()
        .flat_map(|a| theirs.iter().map(move |b| (a.as_str(), b.as_str())));
    pairs.extend(all.filter(|(a, b)| !(theirs.contains(*a) && mine.contains(*b))));
    let mut known = BTreeSet::new();
    pairs.retain(|(a, b)| a != b && known.insert((*a, *b)));
    pairs.truncate(MAX_PAIRS);
    if !effort.affords_patterns(pairs.len()) {
        return;
    }
    for (a, b) in pairs {
        match language::compare(a, b) {
            Inclusion::Equal => {
                same.insert(a.max(b), a.min(b));
            }
            Inclusion::Narrower => wider.entry(b).or_default().push(a),
            Inclusion::Wider => wider.entry(a).or_default().push(b),
            Inclusion::Differs | Inclusion::Unclear => {}
        }
    }
    let name = |pattern: &str| {
        let mut name = pattern.to_owned();
        while let Some(smaller) = same.get(name.as_str()) {
            (*smaller).clone_into(&mut name);
        }
        name
    };
    let mut write = |schema: &mut Map<String, Value>| {
        let Some(pattern) = pattern(schema) else {
            return;
        };
        let implied = wider.get(pattern.as_str()).into_iter().flatten();
        let implied: Vec<Value> = implied.map(|w| json!({ "pattern": name(w) })).collect();
        schema.insert("pattern".to_owned(), json!(name(&pattern)));
        if !implied.is_empty() {
            let all = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(all) = all {
                all.extend(implied);
            }
        }
    };
    visit(one, &mut write);
    visit(other, &mut write);
}

fn pattern(schema: &Map<String, Value>) -> Option<String> {
    Some(schema.get("pattern")?.as_str()?.to_owned())
}

/// Pairs of patterns that stand at the same place.
fn beside<'s>(one: &'s Value, other: &'s Value, pairs: &mut Vec<(&'s str, &'s str)>) {
    match (one, other) {
        (Value::Array(one), Value::Array(other)) => {
            for (one, other) in one.iter().zip(other) {
                beside(one, other, pairs);
            }
        }
        (Value::Object(one), Value::Object(other)) => {
            let pattern = |schema: &'s Map<String, Value>| schema.get("pattern")?.as_str();
            pairs.extend(pattern(one).zip(pattern(other)));
            for (key, value) in one {
                if let Some(beside_it) = other.get(key) {
                    beside(value, beside_it, pairs);
                }
            }
        }
        _ => {}
    }
}

/// Calls for each object that may be a schema: all but those inside of values.
fn visit(value: &mut Value, call: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(|value| visit(value, call)),
        Value::Object(members) => {
            for (keyword, value) in members.iter_mut() {
                if !matches!(keyword.as_str(), "enum" | "const") {
                    visit(value, call);
                }
            }
            call(members);
        }
        _ => {}
    }
}
