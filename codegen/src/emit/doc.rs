//! Doc comments: meaning, type, limits, default and source of each type and field.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Bound, Field, ObjectRule, Rule, Shape, Value};

/// Lines as doc attributes. The leading space is what a written comment has.
pub(super) fn attributes(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// A Chinese term, its English sentence, and the notes.
pub(super) fn opening(title: &str, description: &str, notes: &[String]) -> Vec<String> {
    let mut lines = vec![match (title, description) {
        (title, "") => escape(title),
        ("", description) => escape(description),
        (title, description) => format!("{}: {}", escape(title), escape(description)),
    }];
    for note in notes {
        lines.push(String::new());
        lines.push(format!("Note: {}", escape(note)));
    }
    lines
}

/// What a field means and what it may hold.
pub(super) fn field(field: &Field) -> Vec<String> {
    let mut facts = vec![format!("`{}`", field.wire), kind(&field.value)];
    facts.push(if field.required {
        "required".to_owned()
    } else {
        "optional".to_owned()
    });
    facts.extend(limits(&field.value));
    if field.value.json_text {
        facts.push("travels as JSON text".to_owned());
    }
    if field.value.sensitive {
        facts.push("hidden in `Debug`".to_owned());
    }
    if let Some(default) = &field.default {
        facts.push(format!("server default `{default}`"));
    }
    if !field.rows.is_empty() {
        let rows: Vec<_> = field.rows.iter().map(|row| format!("`{row}`")).collect();
        facts.push(format!("row {}", rows.join(", ")));
    }
    let mut lines = opening(&field.title, &field.description, &field.notes);
    lines.insert(1, String::new());
    lines.insert(2, facts.join(" · "));
    lines
}

/// A rule over several fields.
pub(super) fn object_rule(rule: &ObjectRule) -> String {
    match rule {
        ObjectRule::AnyOfRequired(groups) => {
            let groups: Vec<_> = groups
                .iter()
                .map(|group| format!("`{}`", group.join("` and `")))
                .collect();
            format!("Needs {}.", groups.join(" or "))
        }
        ObjectRule::DependentRequired(first, others) => {
            format!("With `{first}`, needs `{}`.", others.join("` and `"))
        }
    }
}

fn kind(value: &Value) -> String {
    match &value.shape {
        Shape::Text => "text".to_owned(),
        Shape::Integer => "integer".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Decimal { precision, scale } => format!("decimal({precision},{scale})"),
        Shape::DateTime => "Beijing time `Y-m-d H:i:s`".to_owned(),
        Shape::Date => "date `Y-m-d`".to_owned(),
        Shape::Enum(_) => "open enum".to_owned(),
        Shape::Object(_) => "object".to_owned(),
        Shape::List(element) => format!("list of {}", kind(element)),
        Shape::Json => "any JSON".to_owned(),
    }
}

fn limits(value: &Value) -> Vec<String> {
    value.rules.iter().filter_map(limit).collect()
}

fn limit(rule: &Rule) -> Option<String> {
    Some(match rule {
        Rule::MinLength(1) => "not empty".to_owned(),
        Rule::MinLength(limit) => format!("at least {limit} characters"),
        Rule::MaxLength(limit) => format!("at most {limit} characters"),
        Rule::MaxBytes(limit) => format!("at most {limit} UTF-8 bytes"),
        Rule::Pattern(pattern) => format!("matches `{pattern}`"),
        Rule::Minimum(bound) => format!("at least {}", number(*bound)),
        Rule::Maximum(bound) => format!("at most {}", number(*bound)),
        Rule::ExclusiveMinimum(bound) => format!("above {}", number(*bound)),
        Rule::ExclusiveMaximum(bound) => format!("below {}", number(*bound)),
        Rule::Known => return None,
        Rule::Const(text) => format!("always `{text}`"),
        Rule::MinItems(1) => "at least 1 element".to_owned(),
        Rule::MinItems(limit) => format!("at least {limit} elements"),
        Rule::MaxItems(limit) => format!("at most {limit} elements"),
        Rule::UniqueItems => "no element twice".to_owned(),
    })
}

/// A bound in digits.
fn number(bound: Bound) -> String {
    let digits = bound.units.unsigned_abs().to_string();
    let sign = if bound.units < 0 { "-" } else { "" };
    let scale = usize::try_from(bound.scale).unwrap_or_default();
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

/// Text that rustdoc would take for a link or a tag.
pub(super) fn escape(text: &str) -> String {
    text.replace('[', "\\[")
        .replace(']', "\\]")
        .replace('<', "&lt;")
}
