//! Texts, numbers and listed values in words.

use serde_json::{Map, Value};

use super::super::show;

/// More clauses about one value are not read at a glance.
pub(in crate::review::algebra) const MAX_PARTS: usize = 4;
/// So many values are listed.
const MAX_VALUES: usize = 6;
/// A pattern that is longer is not shown.
const MAX_PATTERN: usize = 60;

pub(super) type Schema = Map<String, Value>;

pub(super) fn value_words(values: &[&Value]) -> String {
    match values {
        [Value::Null] => return "null".to_owned(),
        [Value::String(text)] if text.is_empty() => return "the empty text".to_owned(),
        [Value::Array(elements)] if elements.is_empty() => return "the empty list".to_owned(),
        [Value::Object(members)] if members.is_empty() => return "the empty object".to_owned(),
        _ => {}
    }
    let mut shown: Vec<String> = values.iter().take(MAX_VALUES).map(|v| show(v)).collect();
    let more = values.len() - shown.len();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    let noun = if values.len() == 1 { "value" } else { "values" };
    format!("the {noun} {}", join(&shown, "and"))
}

pub(super) fn texts(schema: &Schema) -> Option<String> {
    only(
        schema,
        &["type", "minLength", "maxLength", "pattern", "not", "allOf"],
    )?;
    let (min, max) = (count(schema, "minLength"), count(schema, "maxLength"));
    let mut said = match (min, max) {
        (None | Some(0), Some(0)) => "the empty text".to_owned(),
        (Some(1), None) => "texts that are not empty".to_owned(),
        (min, max) => format!("texts{}", amount(min, max, "character")),
    };
    let mut clauses = Vec::new();
    let mut rules = vec![schema];
    rules.extend(parts(schema));
    for rule in rules {
        for (matches, rule) in [("match", Some(rule)), ("do not match", barred(rule))] {
            let pattern = rule
                .and_then(|rule| rule.get("pattern"))
                .and_then(Value::as_str);
            let Some(pattern) = pattern else {
                continue;
            };
            (pattern.chars().count() <= MAX_PATTERN).then_some(())?;
            clauses.push(format!("{matches} `{pattern}`"));
        }
        if let Some(values) = barred(rule).and_then(|rule| rule.get("enum")?.as_array()) {
            let values: Vec<&Value> = values.iter().collect();
            said.push_str(&format!(" other than {}", value_words(&values)));
        }
        let known = |rule: &Schema| {
            rule.keys()
                .all(|k| matches!(k.as_str(), "pattern" | "enum"))
        };
        barred(rule).is_none_or(known).then_some(())?;
    }
    if !clauses.is_empty() {
        said.push_str(&format!(" that {}", join(&clauses, "and")));
    }
    (clauses.len() <= MAX_PARTS).then_some(said)
}

pub(super) fn numbers(schema: &Schema, noun: &str) -> Option<String> {
    only(
        schema,
        &[
            "type",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "not",
        ],
    )?;
    let number = |keyword| schema.get(keyword).map(Value::to_string);
    let low = number("minimum").map(|n| (n, false));
    let low = low.or_else(|| number("exclusiveMinimum").map(|n| (n, true)));
    let high = number("maximum").map(|n| (n, false));
    let high = high.or_else(|| number("exclusiveMaximum").map(|n| (n, true)));
    let mut said = noun.to_owned();
    said.push_str(&match (low, high) {
        (None, None) => String::new(),
        (Some((low, false)), Some((high, false))) => format!(" from {low} to {high}"),
        (Some((low, open)), None) => format!(" {} {low}", if open { "above" } else { "from" }),
        (None, Some((high, open))) => format!(" {} {high}", if open { "below" } else { "up to" }),
        (Some((low, after)), Some((high, before))) => {
            let after = if after { "above" } else { "from" };
            let before = if before { "below" } else { "up to" };
            format!(" {after} {low} and {before} {high}")
        }
    });
    if let Some(step) = number("multipleOf") {
        said.push_str(&format!(" that are multiples of {step}"));
    }
    match barred(schema) {
        None => {}
        Some(rule) if rule.get("multipleOf").is_some_and(|step| *step == 1) => {
            said.push_str(" with a fraction");
        }
        Some(rule) => {
            only(rule, &["multipleOf"])?;
            let and = if schema.contains_key("multipleOf") {
                "and"
            } else {
                "that are"
            };
            said.push_str(&format!(
                " {and} no multiples of {}",
                rule.get("multipleOf")?
            ));
        }
    }
    Some(said)
}

/// ` of 21 to 40 characters`
pub(super) fn amount(min: Option<u64>, max: Option<u64>, noun: &str) -> String {
    let one = |n: u64| {
        if n == 1 {
            noun.to_owned()
        } else {
            format!("{noun}s")
        }
    };
    match (min.unwrap_or(0), max) {
        (0, None) => String::new(),
        (min, None) => format!(" of {min} {} or more", one(min)),
        (min, Some(max)) if min == max => format!(" of {max} {}", one(max)),
        (0, Some(max)) => format!(" of at most {max} {}", one(max)),
        (min, Some(max)) => format!(" of {min} to {max} {}", one(max)),
    }
}

pub(super) fn count(schema: &Schema, keyword: &str) -> Option<u64> {
    schema.get(keyword)?.as_u64()
}

pub(super) fn barred(schema: &Schema) -> Option<&Schema> {
    schema.get("not")?.as_object()
}

pub(super) fn parts(schema: &Schema) -> impl Iterator<Item = &Schema> {
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter();
    parts.flatten().filter_map(Value::as_object)
}

/// Whether a schema says nothing that would be left out.
pub(super) fn only(schema: &Schema, keywords: &[&str]) -> Option<()> {
    let known = |keyword: &String| keyword.starts_with('$') || keywords.contains(&keyword.as_str());
    schema.keys().all(known).then_some(())
}

pub(super) fn join(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
