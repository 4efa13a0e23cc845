//! The texts that carry numbers and times: their canonical patterns.
//!
//! The pattern says to every JSON Schema validator what the shape says to us. So it must be one of
//! the shape's own, letter by letter; it is consumed here and becomes no rule.

use super::kind::Kind;
use super::value::At;
use crate::code::Code;
use crate::diagnostic::{Problem, Problems};
use crate::json;
use crate::model::Schema;
use crate::model::shape::{Decimal, Time};

/// One spelling of a shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pattern: String,
    /// The empty text, or the zero time, stands for absence.
    pub(super) blank: bool,
    /// No minus sign.
    pub(super) unsigned: bool,
}

const DAY: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const CLOCK: &str = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";

pub(super) fn integer() -> Vec<Form> {
    number("[0-9]{1,18}")
}

pub(super) fn decimal(decimal: Decimal) -> Vec<Form> {
    let Decimal { precision, scale } = decimal;
    let fraction = if scale == 0 {
        String::new()
    } else {
        format!("(\\.[0-9]{{1,{scale}}})?")
    };
    // `Decimal(4,4)` still has its zero before the point.
    let whole = precision.saturating_sub(scale).max(1);
    number(&format!("[0-9]{{1,{whole}}}{fraction}"))
}

fn number(digits: &str) -> Vec<Form> {
    let form = |blank, unsigned| {
        let sign = if unsigned { "" } else { "-?" };
        let pattern = if blank {
            format!("^({sign}{digits})?$")
        } else {
            format!("^{sign}{digits}$")
        };
        Form {
            pattern,
            blank,
            unsigned,
        }
    };
    vec![
        form(false, false),
        form(true, false),
        form(false, true),
        form(true, true),
    ]
}

pub(super) fn time(time: Time) -> Vec<Form> {
    let (value, zero) = match time {
        Time::DateTime => (format!("{DAY} {CLOCK}"), "0000-00-00 00:00:00"),
        Time::Date => (DAY.to_owned(), "0000-00-00"),
    };
    vec![
        Form {
            pattern: format!("^{value}$"),
            blank: false,
            unsigned: false,
        },
        Form {
            pattern: format!("^({value}|{zero})?$"),
            blank: true,
            unsigned: false,
        },
    ]
}

/// What a pattern of numbers or times admits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facts {
    Number(Digits),
    Time { time: Time, blank: bool },
}

/// The digits of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digits {
    /// At most so many before the point.
    pub(crate) whole: u32,
    /// At most so many after it.
    pub(crate) scale: u32,
    pub(crate) unsigned: bool,
    pub(crate) blank: bool,
}

/// The facts of a pattern, if it is letter by letter one of those above.
pub(crate) fn facts(pattern: &str) -> Option<Facts> {
    for shape in [Time::DateTime, Time::Date] {
        if let Some(form) = time(shape).iter().find(|form| form.pattern == pattern) {
            return Some(Facts::Time {
                time: shape,
                blank: form.blank,
            });
        }
    }
    let mut counts = pattern.split("[0-9]{1,").skip(1).map(|rest| {
        let count = rest.split_once('}')?.0;
        count.parse::<u32>().ok()
    });
    let (whole, scale) = (counts.next()??, counts.next().unwrap_or(Some(0))?);
    let shape = Decimal {
        precision: whole.checked_add(scale)?,
        scale,
    };
    let forms = decimal(shape);
    let form = forms.iter().find(|form| form.pattern == pattern)?;
    Some(Facts::Number(Digits {
        whole,
        scale,
        unsigned: form.unsigned,
        blank: form.blank,
    }))
}

/// Finds which form the schema's pattern is. A required value cannot be blank.
pub(super) fn consume(
    schema: &Schema,
    kind: Kind,
    forms: Vec<Form>,
    at: At<'_>,
    problems: &mut Problems,
) -> Option<Form> {
    let right = forms
        .iter()
        .find(|form| form.blank != at.required && !form.unsigned)
        .map(|form| json::quoted(&form.pattern))
        .unwrap_or_default();
    let Some(pattern) = &schema.rules.pattern else {
        problems.report(
            Code::PatternMissing,
            schema.opening(),
            format!(
                "{} is carried by text here, but has no pattern",
                kind.name()
            ),
            format!("add `\"pattern\": {right}`"),
        );
        return None;
    };
    let Some(form) = forms.into_iter().find(|form| form.pattern == pattern.value) else {
        problems.push(Problem::new(
            Code::PatternForeign,
            pattern.place,
            format!("this is not the pattern of {}", kind.name()),
            format!("write `\"pattern\": {right}`"),
        ));
        return None;
    };
    if form.blank && at.required {
        problems.push(
            Problem::new(
                Code::BlankRequired,
                pattern.place,
                "the pattern admits an empty text, but the value is always there",
                format!("make the property optional, or write `\"pattern\": {right}`"),
            )
            .also(at.used, "the value is"),
        );
        return None;
    }
    Some(form)
}
