//! Single values, read leniently: the rules are in the documentation of [`read`](super::read).

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::read::Found;
use super::{Code, EnumTable, Kind, Slot, Value};
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

/// Understands a single value as the schema's kind and puts it into its slot, which is taken only
/// if there is a value; [`Found::Broken`] if it is something else.
#[inline]
pub(crate) fn fill<'s>(
    value: &Value,
    scalar: Scalar<'_>,
    slot: impl FnOnce() -> Slot<'s>,
) -> Found {
    macro_rules! put {
        ($read:expr, $kind:ident) => {
            match $read {
                None => Found::Broken,
                Some(read) => match slot() {
                    Slot::$kind(place) => {
                        *place = read;
                        Found::Present
                    }
                    _ => Found::Broken,
                },
            }
        };
    }
    match scalar {
        Scalar::Null => return Found::Absent,
        Scalar::Text("") if !keeps_empty_text(value) => return Found::Absent,
        _ => {}
    }
    match value.kind {
        // Mostly text is text: no detour for the number that it can be as well.
        Kind::Text => match scalar {
            Scalar::Text(text) => put!(Some(text.to_owned()), Text),
            other => put!(Some(text(other).into_owned()), Text),
        },
        Kind::Integer => put!(integer(scalar), Integer),
        Kind::Boolean => put!(boolean(scalar), Boolean),
        Kind::Decimal { .. } => put!(decimal(scalar), Decimal),
        Kind::DateTime | Kind::Date if is_zero_time(scalar) => Found::Absent,
        Kind::DateTime => put!(time(scalar), DateTime),
        Kind::Date => put!(day(scalar), Date),
        Kind::Enum(table) => code(table, scalar, slot),
        Kind::Object(_) | Kind::List(_) | Kind::Json => Found::Broken,
    }
}

/// What a reader should have found, for messages.
pub(crate) fn expected(value: &Value) -> &'static str {
    if value.json_text {
        return "JSON text";
    }
    match value.kind {
        Kind::Enum(table) if is_of_integers(table) => "an integer",
        Kind::Text | Kind::Enum(_) => "text",
        Kind::Integer => "an integer",
        Kind::Boolean => "true or false",
        Kind::Decimal { .. } => "a decimal",
        Kind::DateTime => "a time like 2025-01-31 10:00:00",
        Kind::Date => "a date like 2025-01-31",
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
        Scalar::Number(text) => short(text).or_else(|| number(text)),
        Scalar::Text(text) => {
            short(text).or_else(|| is_plain(text).then(|| number(text)).flatten())
        }
        _ => None,
    }
}

/// An exact decimal of a few digits, in one go; none for anything longer or unusual.
fn short(text: &str) -> Option<Decimal> {
    let (digits, sign) = match text.as_bytes() {
        [b'-', digits @ ..] => (digits, -1),
        digits => (digits, 1),
    };
    if digits.len() > 18 {
        return None;
    }
    let (mut units, mut scale) = (0_i64, None);
    for byte in digits {
        match (byte, &mut scale) {
            (b'0'..=b'9', scale) => {
                units = units * 10 + i64::from(byte - b'0');
                if let Some(scale) = scale {
                    *scale += 1;
                }
            }
            (b'.', scale @ None) => *scale = Some(0),
            _ => return None,
        }
    }
    // The sign of a zero would be lost, and a point has digits on both sides.
    let is_usual = units != 0 && scale != Some(0) && digits.first() != Some(&b'.');
    is_usual.then(|| Decimal::try_new(units * sign, scale.unwrap_or(0)).ok())?
}

/// An exact decimal from a JSON number's text; none where a decimal would have to round.
#[inline]
pub(super) fn number(text: &str) -> Option<Decimal> {
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

/// How vendors write a time that is none.
fn is_zero_time(scalar: Scalar<'_>) -> bool {
    matches!(scalar, Scalar::Text("0000-00-00 00:00:00" | "0000-00-00"))
}

fn time(scalar: Scalar<'_>) -> Option<BeijingTime> {
    match scalar {
        Scalar::Text(text) => text.parse().ok(),
        _ => None,
    }
}

fn day(scalar: Scalar<'_>) -> Option<BeijingDate> {
    match scalar {
        // A day written with its midnight loses nothing.
        Scalar::Text(text) => text.strip_suffix(" 00:00:00").unwrap_or(text).parse().ok(),
        _ => None,
    }
}

fn code<'s>(table: &EnumTable, scalar: Scalar<'_>, slot: impl FnOnce() -> Slot<'s>) -> Found {
    let text;
    let code = if is_of_integers(table) {
        integer(scalar).map(Code::Integer)
    } else {
        text = self::text(scalar);
        Some(Code::Text(&text))
    };
    if let Some(code) = code
        && let Slot::Enum(place) = slot()
        && place.set(code)
    {
        Found::Present
    } else {
        Found::Broken
    }
}

fn is_of_integers(table: &EnumTable) -> bool {
    let first = table.variants.first().map(|row| row.code);
    matches!(first, Some(Code::Integer(_)))
}
