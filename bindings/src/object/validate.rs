//! The rules of the schemas, checked on values. Nothing is allocated until something is broken.

use rust_decimal::Decimal;

use super::path::Path;
use super::rule;
use super::violation::{Broken, Severity, Violation};
use super::{
    BeyondBmp, Bound, Code, Elements, Field, Forms, Kind, Layout, Object, ObjectRule, Rule, Table,
    Value, View,
};

/// Every violation and warning of a value, in schema order.
pub(crate) fn inspect(object: &dyn Object) -> Vec<Violation> {
    let mut found = Vec::new();
    inspect_object(object, &Path::Root, &mut found);
    found
}

fn inspect_object(object: &dyn Object, path: &Path<'_>, found: &mut Vec<Violation>) {
    let table = object.table();
    for (index, field) in table.fields.iter().enumerate() {
        let view = object.get(index);
        if matches!(view, View::Absent) {
            continue;
        }
        let path = match table.layout {
            Layout::Named => Path::Key(path, field.name),
            Layout::Positional => Path::Index(path, index),
        };
        let place = Place {
            table,
            field,
            path: &path,
            index,
        };
        inspect_value(view, &field.value, &place, found);
    }
    for rule in table.rules {
        inspect_rule(rule, object, path, found);
    }
    if table.closed {
        for (name, _) in object.extra().iter() {
            let path = Path::Key(path, name);
            found.push(of_object(table, &path, Broken::UnknownField));
        }
    }
}

/// A value's place in the message and in the schema.
struct Place<'a> {
    table: &'static Table,
    field: &'static Field,
    path: &'a Path<'a>,
    /// Of the field.
    index: usize,
}

impl Place<'_> {
    fn violation(&self, broken: Broken, severity: Severity) -> Violation {
        let schema = match self.table.layout {
            Layout::Named => format!("{}/properties/{}", self.table.location, self.field.name),
            Layout::Positional => format!("{}/prefixItems/{}", self.table.location, self.index),
        };
        Violation {
            pointer: self.path.pointer(),
            title: self.field.title,
            broken,
            severity,
            schema,
        }
    }
}

fn inspect_value(
    view: View<'_>,
    value: &'static Value,
    place: &Place<'_>,
    found: &mut Vec<Violation>,
) {
    for rule in value.rules {
        if let Some(broken) = breaks(rule, view) {
            found.push(place.violation(broken, Severity::Error));
        }
    }
    match (view, value.kind) {
        (View::Text(text), _) => warn_of_characters(text, place, found),
        (View::Decimal(decimal), Kind::Decimal { precision, scale }) => {
            found.extend(
                digits(decimal, precision, scale)
                    .map(|broken| place.violation(broken, Severity::Error)),
            );
        }
        (View::Object(object), _) => inspect_object(object, place.path, found),
        (View::List(list), Kind::List(element)) => {
            for index in 0..list.count() {
                let path = Path::Index(place.path, index);
                let place = Place {
                    path: &path,
                    ..*place
                };
                inspect_value(list.element(index), element, &place, found);
            }
        }
        (View::Json(raw), _) => {
            if let Some(expected) = wrong_form(raw.as_str(), value.forms) {
                found.push(place.violation(Broken::WrongForm { expected }, Severity::Error));
            }
        }
        _ => {}
    }
}

fn warn_of_characters(text: &str, place: &Place<'_>, found: &mut Vec<Violation>) {
    let broken = match place.table.beyond_bmp {
        BeyondBmp::Allow => return,
        BeyondBmp::Refused => Broken::BeyondBmp,
        BeyondBmp::Miscounted => Broken::Miscounted,
    };
    // Four-byte characters in UTF-8 are exactly those beyond the plane.
    if text.bytes().any(|byte| byte >= 0xF0) {
        found.push(place.violation(broken, Severity::Warning));
    }
}

/// What breaks the rule, if anything does. A rule on a value of another kind is kept.
fn breaks(rule: &Rule, view: View<'_>) -> Option<Broken> {
    match *rule {
        Rule::MinLength(limit) => below(text(view)?.chars().count(), limit)
            .map(|actual| Broken::TooShort { limit, actual }),
        Rule::MaxLength(limit) => {
            let text = text(view)?;
            // No text has more characters than bytes, so most need no counting.
            above(text.len(), limit)?;
            above(text.chars().count(), limit).map(|actual| Broken::TooLong { limit, actual })
        }
        Rule::MaxBytes(limit) => {
            above(text(view)?.len(), limit).map(|actual| Broken::TooManyBytes { limit, actual })
        }
        Rule::Pattern(pattern) => {
            (!rule::matches(pattern, text(view)?)).then_some(Broken::Mismatch { pattern })
        }
        Rule::Const(expected) => (text(view)? != expected).then_some(Broken::NotConst { expected }),
        Rule::Minimum(bound) => {
            ordered(view, bound, Decimal::lt).map(|limit| Broken::BelowMinimum { limit })
        }
        Rule::Maximum(bound) => {
            ordered(view, bound, Decimal::gt).map(|limit| Broken::AboveMaximum { limit })
        }
        Rule::ExclusiveMinimum(bound) => {
            ordered(view, bound, Decimal::le).map(|limit| Broken::NotAbove { limit })
        }
        Rule::ExclusiveMaximum(bound) => {
            ordered(view, bound, Decimal::ge).map(|limit| Broken::NotBelow { limit })
        }
        Rule::Known => unknown(view),
        Rule::MinItems(limit) => {
            below(list(view)?.count(), limit).map(|actual| Broken::TooFewItems { limit, actual })
        }
        Rule::MaxItems(limit) => {
            above(list(view)?.count(), limit).map(|actual| Broken::TooManyItems { limit, actual })
        }
        Rule::UniqueItems => repeated(list(view)?),
    }
}

/// A text, or an enum's value that is one.
fn text(view: View<'_>) -> Option<&str> {
    match view {
        View::Text(text) => Some(text),
        View::Enum(value) => match value.code() {
            Code::Text(text) => Some(text),
            Code::Integer(_) => None,
        },
        _ => None,
    }
}

fn list(view: View<'_>) -> Option<&dyn Elements> {
    if let View::List(list) = view {
        Some(list)
    } else {
        None
    }
}

fn below(actual: usize, limit: u32) -> Option<usize> {
    (u64::try_from(actual).is_ok_and(|actual| actual < u64::from(limit))).then_some(actual)
}

fn above(actual: usize, limit: u32) -> Option<usize> {
    (u64::try_from(actual).is_ok_and(|actual| actual > u64::from(limit))).then_some(actual)
}

/// The bound as text, if the value stands in the forbidden order to it.
fn ordered(
    view: View<'_>,
    bound: Bound,
    forbidden: fn(&Decimal, &Decimal) -> bool,
) -> Option<String> {
    let limit = bound.decimal()?;
    let value = match view {
        View::Integer(value) => Decimal::from(value),
        View::Decimal(value) => *value,
        _ => return None,
    };
    forbidden(&value, &limit).then(|| limit.to_string())
}

fn unknown(view: View<'_>) -> Option<Broken> {
    let View::Enum(value) = view else { return None };
    if value.is_known() {
        return None;
    }
    let allowed = value
        .table()
        .variants
        .iter()
        .map(|row| row.code.to_string())
        .collect();
    Some(Broken::NotNamed { allowed })
}

/// Zeros beyond the scale say nothing and are not written, so they do not count as decimals.
fn digits(decimal: &Decimal, precision: u32, scale: u32) -> Option<Broken> {
    let plain = if decimal.scale() > scale {
        decimal.normalize()
    } else {
        *decimal
    };
    if plain.scale() > scale {
        return Some(Broken::TooManyDecimals {
            limit: scale,
            actual: plain.scale(),
        });
    }
    let limit = precision.saturating_sub(scale);
    let whole = plain.trunc().mantissa().unsigned_abs();
    let actual = whole.checked_ilog10().map_or(0, |log| log + 1);
    (actual > limit).then_some(Broken::TooManyDigits { limit, actual })
}

fn repeated(list: &dyn Elements) -> Option<Broken> {
    let texts: Vec<String> = (0..list.count())
        .map(|index| text_of(list.element(index)))
        .collect();
    let mut seen = std::collections::HashMap::new();
    texts.iter().enumerate().find_map(|(index, text)| {
        let first = *seen.entry(text).or_insert(index);
        (first != index).then_some(Broken::Repeated {
            first,
            second: index,
        })
    })
}

/// A text that is equal exactly for equal elements of one list.
fn text_of(view: View<'_>) -> String {
    match view {
        View::Absent => String::new(),
        View::Text(text) => text.to_owned(),
        View::Integer(value) => value.to_string(),
        View::Boolean(value) => value.to_string(),
        View::Decimal(value) => value.normalize().to_string(),
        View::DateTime(time) => time.to_string(),
        View::Date(day) => day.to_string(),
        View::Enum(value) => value.code().to_string(),
        View::Object(object) => super::write::to_json(object, super::write::Escape::Raw),
        View::List(list) => (0..list.count())
            .map(|index| text_of(list.element(index)) + "\u{1f}")
            .collect(),
        View::Json(raw) => raw.as_str().to_owned(),
    }
}

/// What any JSON must be here, if it is not that.
fn wrong_form(json: &str, forms: Forms) -> Option<&'static str> {
    let form = match json.bytes().next() {
        Some(b'"') => Forms::STRING,
        Some(b'{') => Forms::OBJECT,
        Some(b'[') => Forms::ARRAY,
        Some(b'n') => return None,
        Some(b't' | b'f') => Forms::USUAL,
        _ => Forms::NUMBER,
    };
    if forms == Forms::USUAL || (form != Forms::USUAL && forms.has(form)) {
        return None;
    }
    let admits = |form| forms.has(form);
    Some(
        match (
            admits(Forms::STRING),
            admits(Forms::ARRAY),
            admits(Forms::OBJECT),
        ) {
            (true, true, true) => "text, a list or an object",
            (true, true, false) => "text or a list",
            (true, false, true) => "text or an object",
            (false, true, true) => "a list or an object",
            (false, true, false) => "a list",
            (false, false, true) => "an object",
            _ => "of another type",
        },
    )
}

fn inspect_rule(
    rule: &ObjectRule,
    object: &dyn Object,
    path: &Path<'_>,
    found: &mut Vec<Violation>,
) {
    let table = object.table();
    let present = |name: &str| {
        let index = table.fields.iter().position(|field| field.name == name);
        index.is_some_and(|index| !matches!(object.get(index), View::Absent))
    };
    match rule {
        ObjectRule::AnyOfRequired(groups) => {
            if !groups
                .iter()
                .any(|group| group.iter().all(|name| present(name)))
            {
                found.push(of_object(table, path, Broken::NoneOf { groups }));
            }
        }
        ObjectRule::DependentRequired(first, others) => {
            if !present(first) {
                return;
            }
            for missing in others.iter().filter(|name| !present(name)) {
                found.push(of_object(
                    table,
                    path,
                    Broken::MissingWith {
                        present: first,
                        missing,
                    },
                ));
            }
        }
    }
}

fn of_object(table: &'static Table, path: &Path<'_>, broken: Broken) -> Violation {
    Violation {
        pointer: path.pointer(),
        title: table.title,
        broken,
        severity: Severity::Error,
        schema: table.location.to_owned(),
    }
}
