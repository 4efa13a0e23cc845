//! Keywords to rules.

use super::kind::Kind;
use crate::code::Code;
use crate::diagnostic::{Problem, Problems};
use crate::ir::{Bound, Rule};
use crate::model::Schema;
use crate::model::rules::LengthUnit;
use crate::model::shape::Decimal;
use crate::source::{Place, Spanned};

/// `minLength`, `maxLength` with its unit.
pub(super) fn lengths(schema: &Schema, problems: &mut Problems) -> Vec<Rule> {
    let rules = &schema.rules;
    let bytes = match (rules.length_unit, rules.max_length) {
        (Some(unit), None) => {
            problems.report(
                Code::NotApplicable,
                unit.place,
                "`x-length-unit` without `maxLength`",
                "add `maxLength`, or delete the unit",
            );
            false
        }
        (unit, _) => unit.is_some_and(|unit| unit.value == LengthUnit::Bytes),
    };
    // Validators count characters, which are never more than the bytes: a limit in bytes is the
    // stricter of the two.
    check_counts(rules.min_length, rules.max_length, problems);
    let max = rules.max_length.map(|max| {
        if bytes {
            Rule::MaxBytes(max.value)
        } else {
            Rule::MaxLength(max.value)
        }
    });
    rules
        .min_length
        .map(|min| Rule::MinLength(min.value))
        .into_iter()
        .chain(max)
        .collect()
}

/// The rules of a text.
pub(super) fn text(schema: &Schema, problems: &mut Problems) -> Vec<Rule> {
    let mut rules = lengths(schema, problems);
    if let Some(pattern) = &schema.rules.pattern {
        if let Err(error) = regex_lite::Regex::new(&pattern.value) {
            problems.report(
                Code::BadPattern,
                pattern.place,
                format!("the pattern does not compile: {error}"),
                "use the syntax that all regular expressions share: classes, groups, counts, ^ and $",
            );
        }
        rules.push(Rule::Pattern(pattern.value.clone()));
    }
    rules.extend(
        schema
            .rules
            .constant
            .iter()
            .map(|text| Rule::Const(text.value.clone())),
    );
    rules
}

/// `minItems`, `maxItems`, `uniqueItems`.
pub(super) fn items(schema: &Schema, problems: &mut Problems) -> Vec<Rule> {
    let rules = &schema.rules;
    check_counts(rules.min_items, rules.max_items, problems);
    let unique = rules.unique_items.filter(|unique| unique.value);
    let min = rules.min_items.map(|min| Rule::MinItems(min.value));
    let max = rules.max_items.map(|max| Rule::MaxItems(max.value));
    min.into_iter()
        .chain(max)
        .chain(unique.map(|_| Rule::UniqueItems))
        .collect()
}

fn check_counts(min: Option<Spanned<u32>>, max: Option<Spanned<u32>>, problems: &mut Problems) {
    if let (Some(min), Some(max)) = (min, max)
        && min.value > max.value
    {
        empty_range(min.place, max.place, problems);
    }
}

fn empty_range(min: Place, max: Place, problems: &mut Problems) {
    problems.push(
        Problem::new(
            Code::EmptyRange,
            min,
            "the lower limit is above the upper one: nothing fits",
            "exchange or correct them",
        )
        .also(max, "the upper limit is"),
    );
}

/// How a number is written, as far as its bounds are concerned.
#[derive(Clone, Copy)]
pub(super) struct Written {
    /// As text too, which a numeric bound does not bind.
    pub(super) text: bool,
    /// Its pattern has no minus sign.
    pub(super) unsigned: bool,
    pub(super) decimal: Option<Decimal>,
}

type MakeRule = fn(Bound) -> Rule;

/// The four numeric bounds. Those that the shape implies become no rule.
pub(super) fn bounds(
    schema: &Schema,
    kind: Kind,
    written: Written,
    problems: &mut Problems,
) -> Vec<Rule> {
    let words = &schema.rules;
    let zero = Bound { units: 0, scale: 0 };
    let mut rules = Vec::new();
    if written.unsigned {
        rules.push(Rule::Minimum(zero));
    }
    let limit = written.decimal.and_then(implied_limit);
    let (above, below) = (
        limit.map(|limit| Bound {
            units: -limit.units,
            ..limit
        }),
        limit,
    );
    let all: [(_, MakeRule, _); 4] = [
        (
            words.minimum,
            Rule::Minimum,
            written.unsigned.then_some(zero),
        ),
        (words.exclusive_minimum, Rule::ExclusiveMinimum, above),
        (words.maximum, Rule::Maximum, None),
        (words.exclusive_maximum, Rule::ExclusiveMaximum, below),
    ];
    for (bound, rule, implied) in all {
        let Some(bound) = bound else { continue };
        if Some(bound.value) == implied {
            continue;
        }
        if written.text {
            report_not_implied(bound.place, kind, limit, problems);
        } else if kind == Kind::Integer && bound.value.scale > 0 {
            problems.report(
                Code::BadBound,
                bound.place,
                "the bound of an integer has a fraction",
                "write a whole number",
            );
        } else {
            rules.push(rule(bound.value));
        }
    }
    check_bounds(schema, problems);
    rules
}

/// What a decimal stays below by its digits alone.
fn implied_limit(decimal: Decimal) -> Option<Bound> {
    let digits = decimal.precision.saturating_sub(decimal.scale);
    Some(Bound {
        units: 10_i64.checked_pow(digits)?,
        scale: 0,
    })
}

fn report_not_implied(place: Place, kind: Kind, limit: Option<Bound>, problems: &mut Problems) {
    let implied = match limit {
        Some(Bound { units, .. }) => {
            format!("`exclusiveMinimum` -{units}, `exclusiveMaximum` {units}, and ")
        }
        None => String::new(),
    };
    problems.report(
        Code::BoundNotImplied,
        place,
        format!("{} is also carried by text, which this bound does not bind", kind.name()),
        format!(
            "a validator would let the text pass; keep what the pattern implies ({implied}`minimum` 0 with an unsigned pattern) and put others into `x-note`"
        ),
    );
}

fn check_bounds(schema: &Schema, problems: &mut Problems) {
    let rules = &schema.rules;
    let lowest = [(rules.minimum, false), (rules.exclusive_minimum, true)];
    let highest = [(rules.maximum, false), (rules.exclusive_maximum, true)];
    for (min, min_excluded) in lowest {
        for (max, max_excluded) in highest {
            let (Some(min), Some(max)) = (min, max) else {
                continue;
            };
            let order = compare(min.value, max.value);
            if order.is_gt() || (order.is_eq() && (min_excluded || max_excluded)) {
                empty_range(min.place, max.place, problems);
            }
        }
    }
}

/// Exact: eighteen digits and eighteen places fit an `i128`.
fn compare(a: Bound, b: Bound) -> std::cmp::Ordering {
    let scale = a.scale.max(b.scale);
    let widen = |bound: Bound| {
        i128::from(bound.units).saturating_mul(10_i128.saturating_pow(scale - bound.scale))
    };
    widen(a).cmp(&widen(b))
}
