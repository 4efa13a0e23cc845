//! What the set algebra does not know of patterns: which of two takes more.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::review::language::{Inclusion, compare};

/// So many pairs of patterns are compared.
const MAX_PAIRS: usize = 100;

/// Writes beside each pattern the wider ones that the other document has, and patterns that take the
/// same texts in the same way. The documents mean what they meant.
pub(super) fn relate(one: &mut Value, other: &mut Value) {
    let (mut mine, mut theirs) = (BTreeSet::new(), BTreeSet::new());
    visit(one, &mut |schema| mine.extend(pattern(schema)));
    visit(other, &mut |schema| theirs.extend(pattern(schema)));
    let mut same: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wider: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // A pattern that both have needs no help, but one that only one has may lie within it.
    let pairs = mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
    let pairs = pairs.filter(|(a, b)| !(theirs.contains(*a) && mine.contains(*b)));
    for (a, b) in pairs.take(MAX_PAIRS) {
        match compare(a, b) {
            Inclusion::Equal => {
                same.insert(b, a);
            }
            Inclusion::Narrower => wider.entry(b).or_default().push(a),
            Inclusion::Wider => wider.entry(a).or_default().push(b),
            Inclusion::Differs | Inclusion::Unclear => {}
        }
    }
    let mut write = |schema: &mut Map<String, Value>| {
        let Some(pattern) = pattern(schema) else {
            return;
        };
        let implied = wider.get(pattern.as_str()).into_iter().flatten();
        let implied: Vec<Value> = implied.map(|wider| json!({ "pattern": wider })).collect();
        if let Some(other) = same.get(pattern.as_str()) {
            schema.insert("pattern".to_owned(), json!(other));
        }
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
