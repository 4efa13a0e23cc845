//! One value against the rules of its row. Nothing is allocated until something is broken.

use rust_decimal::Decimal;

use super::rule;
use super::unique::repeated;
use super::violation::Broken;
use super::{Bound, Code, Elements, Forms, Kind, Rule, Value, View};

/// Whether a look is enough, as for most values; the others are inspected.
#[inline]
pub(super) fn is_fine(view: View<'_>, value: &Value) -> bool {
    match (view, value.kind) {
        (View::Absent, _) => true,
        (View::Text(text), _) => value.rules.iter().all(|rule| match *rule {
            Rule::MinLength(limit) => limit == 1 && !text.is_empty(),
            Rule::MaxLength(limit) => above(text.len(), limit).is_none(),
            _ => false,
        }),
        (View::Decimal(decimal), Kind::Decimal { precision, scale }) => {
            value.rules.is_empty() && is_short(decimal, precision, scale)
        }
        _ => false,
    }
}

/// What breaks the rule, if anything does. A rule on a value of another kind is kept.
pub(super) fn breaks(rule: &Rule, view: View<'_>) -> Option<Broken> {
    match *rule {
        Rule::MinLength(limit) => {
            let text = text(view)?;
            // No character has more than four bytes, so most texts need no counting.
            below(text.len() / 4, limit)?;
            below(text.chars().count(), limit).map(|actual| Broken::TooShort { limit, actual })
        }
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
pub(super) fn digits(decimal: &Decimal, precision: u32, scale: u32) -> Option<Broken> {
    if is_short(decimal, precision, scale) {
        return None;
    }
    let limit = precision.saturating_sub(scale);
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
    let whole = plain.trunc().mantissa().unsigned_abs();
    let actual = whole.checked_ilog10().map_or(0, |log| log + 1);
    (actual > limit).then_some(Broken::TooManyDigits { limit, actual })
}

/// Whether all digits together are no more than may stand before the point, as they mostly are.
fn is_short(decimal: &Decimal, precision: u32, scale: u32) -> bool {
    let limit = precision.saturating_sub(scale);
    let digits = u64::try_from(decimal.mantissa().unsigned_abs());
    decimal.scale() <= scale
        && digits.is_ok_and(|digits| digits.checked_ilog10().is_none_or(|log| log < limit))
}

/// What any JSON must be here, if it is not that.
pub(super) fn wrong_form(json: &str, forms: Forms) -> Option<&'static str> {
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
