//! Single values, read leniently: the rules are in the documentation of [`read`](super::read).

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Code, Kind, Slot, Value};
use crate::{BeijingDate, BeijingTime};

/// A single value as it came.
#[derive(Clone, Copy)]
pub(crate) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    /// A JSON number's own text.
    Number(&'a str),
    Text(&'a str),
}

/// A value that was understood.
pub(crate) enum Read {
    Absent,
    Text(String),
    Integer(i64),
    Boolean(bool),
    Decimal(Decimal),
    DateTime(BeijingTime),
    Date(BeijingDate),
}

/// Understands a single value as the schema's kind; none if it is something else.
pub(crate) fn read(value: &Value, scalar: Scalar<'_>) -> Option<Read> {
    if let Scalar::Null = scalar {
        return Some(Read::Absent);
    }
    if let (Scalar::Text(""), false) = (scalar, keeps_empty_text(value)) {
        return Some(Read::Absent);
    }
    match value.kind {
        Kind::Text => Some(Read::Text(text(scalar).into_owned())),
        Kind::Integer => integer(scalar).map(Read::Integer),
        Kind::Boolean => boolean(scalar).map(Read::Boolean),
        Kind::Decimal { .. } => decimal(scalar).map(Read::Decimal),
        Kind::DateTime => time(scalar),
        Kind::Date => day(scalar),
        Kind::Enum(table) => match table.variants.first().map(|row| row.code) {
            Some(Code::Integer(_)) => integer(scalar).map(Read::Integer),
            _ => Some(Read::Text(text(scalar).into_owned())),
        },
        Kind::Object(_) | Kind::List(_) | Kind::Json => None,
    }
}

/// Puts what was read into its slot; false if the slot is of another kind.
pub(crate) fn store(slot: Slot<'_>, read: Read) -> bool {
    match (slot, read) {
        (Slot::Text(place), Read::Text(value)) => *place = value,
        (Slot::Integer(place), Read::Integer(value)) => *place = value,
        (Slot::Boolean(place), Read::Boolean(value)) => *place = value,
        (Slot::Decimal(place), Read::Decimal(value)) => *place = value,
        (Slot::DateTime(place), Read::DateTime(value)) => *place = value,
        (Slot::Date(place), Read::Date(value)) => *place = value,
        (Slot::Enum(place), Read::Integer(value)) => return place.set(Code::Integer(value)),
        (Slot::Enum(place), Read::Text(value)) => return place.set(Code::Text(&value)),
        _ => return false,
    }
    true
}

/// What a reader should have found, for messages.
pub(crate) fn expected(value: &Value) -> &'static str {
    if value.json_text {
        return "JSON text";
    }
    match value.kind {
        Kind::Text => "text",
        Kind::Integer => "an integer",
        Kind::Boolean => "true or false",
        Kind::Decimal { .. } => "a decimal",
        Kind::DateTime => "a time like 2025-01-31 10:00:00",
        Kind::Date => "a date like 2025-01-31",
        Kind::Enum(table) => match table.variants.first().map(|row| row.code) {
            Some(Code::Integer(_)) => "an integer",
            _ => "text",
        },
        Kind::Object(_) => "an object",
        Kind::List(_) => "a list",
        Kind::Json => "JSON",
    }
}

fn keeps_empty_text(value: &Value) -> bool {
    match value.kind {
        Kind::Text | Kind::Json => true,
        Kind::Enum(table) => table.variants.iter().any(|row| row.code == Code::Text("")),
        _ => false,
    }
}

fn text(scalar: Scalar<'_>) -> Cow<'_, str> {
    match scalar {
        Scalar::Text(text) | Scalar::Number(text) => text.into(),
        Scalar::Integer(value) => value.to_string().into(),
        Scalar::Boolean(true) => "true".into(),
        Scalar::Boolean(false) => "false".into(),
        Scalar::Null => "".into(),
    }
}

fn boolean(scalar: Scalar<'_>) -> Option<bool> {
    match scalar {
        Scalar::Boolean(value) => Some(value),
        Scalar::Integer(1) | Scalar::Text("true" | "1") | Scalar::Number("1") => Some(true),
        Scalar::Integer(0) | Scalar::Text("false" | "0") | Scalar::Number("0") => Some(false),
        _ => None,
    }
}

fn integer(scalar: Scalar<'_>) -> Option<i64> {
    match scalar {
        Scalar::Integer(value) => Some(value),
        Scalar::Number(text) => text.parse().ok().or_else(|| integral(text)),
        Scalar::Text(text) if is_plain(text) => text.parse().ok().or_else(|| integral(text)),
        _ => None,
    }
}

/// The integer that a decimal text such as `12.0` or `1e2` stands for.
fn integral(text: &str) -> Option<i64> {
    let value = number(text)?;
    if value.fract().is_zero() {
        i64::try_from(value.trunc().mantissa()).ok()
    } else {
        None
    }
}

fn decimal(scalar: Scalar<'_>) -> Option<Decimal> {
    match scalar {
        Scalar::Integer(value) => Some(Decimal::from(value)),
        Scalar::Number(text) => number(text),
        Scalar::Text(text) if is_plain(text) => number(text),
        _ => None,
    }
}

/// An exact decimal from a JSON number's text; none where a decimal would have to round.
fn number(text: &str) -> Option<Decimal> {
    if let Some(at) = text.find(['e', 'E']) {
        let (digits, exponent) = (text.get(..at)?, text.get(at + 1..)?);
        let exponent: i32 = exponent.parse().ok()?;
        return scaled(Decimal::from_str_exact(digits).ok()?, exponent);
    }
    Decimal::from_str_exact(text).ok()
}

/// `value` times ten to the `exponent`, exactly.
fn scaled(value: Decimal, exponent: i32) -> Option<Decimal> {
    let scale = i32::try_from(value.scale()).ok()?.checked_sub(exponent)?;
    if scale >= 0 {
        return Decimal::try_from_i128_with_scale(value.mantissa(), scale.unsigned_abs()).ok();
    }
    let factor = 10_i128.checked_pow(scale.unsigned_abs())?;
    Decimal::try_from_i128_with_scale(value.mantissa().checked_mul(factor)?, 0).ok()
}

/// `-?digits(.digits)?`: the only way in which a number is written as text.
fn is_plain(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn time(scalar: Scalar<'_>) -> Option<Read> {
    match scalar {
        Scalar::Text("0000-00-00 00:00:00" | "0000-00-00") => Some(Read::Absent),
        Scalar::Text(text) => text.parse().ok().map(Read::DateTime),
        _ => None,
    }
}

fn day(scalar: Scalar<'_>) -> Option<Read> {
    match scalar {
        Scalar::Text("0000-00-00 00:00:00" | "0000-00-00") => Some(Read::Absent),
        // A day written with its midnight loses nothing.
        Scalar::Text(text) => text
            .strip_suffix(" 00:00:00")
            .unwrap_or(text)
            .parse()
            .ok()
            .map(Read::Date),
        _ => None,
    }
}
