//! What a value means where a schema wants a kind of value: the table of lenient reading in the
//! documentation of `dockseal::object::read`, written down once more from its text.

use dockseal::object::View;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::places::Kind;
use crate::support::leaf::Kind as Leaf;

/// What a value means.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// It is not read.
    Refused,
    Absent,
    Text(String),
    Integer(i64),
    Boolean(bool),
    Decimal(Exact),
    Time(String),
    Day(String),
    /// Any JSON, as its own text.
    Json(String),
    /// A struct or a list is there.
    Present,
    /// Further digits than a decimal has: refused, or exactly this.
    AtMost(Box<Meaning>),
}

/// A value as it came, if it is not `null`.
enum Came {
    Boolean(bool),
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<Value>),
}

/// What this JSON text means in a place of that kind; `full` is a valid value of the place.
pub fn meaning(kind: Kind, json: &str, full: &Value) -> Meaning {
    let Ok(raw) = serde_json::from_str::<&RawValue>(json) else {
        return Meaning::Refused;
    };
    let raw = raw.get().trim();
    if raw == "null" {
        return Meaning::Absent;
    }
    if let Kind::Single(Leaf::Json, _) = kind {
        return Meaning::Json(raw.to_owned());
    }
    // Half a surrogate pair is JSON by its grammar and no text.
    let Some(came) = came(raw) else {
        return Meaning::Refused;
    };
    match kind {
        Kind::Single(leaf, names_blank) => single(leaf, names_blank, &came),
        Kind::Object => object(&came),
        Kind::List => list(&came),
        Kind::InnerList => inner_list(&came),
        Kind::OneOrMany => match came {
            Came::Object(_) => Meaning::Present,
            other => list(&other),
        },
        Kind::JsonText => json_text(&came, full),
    }
}

fn came(raw: &str) -> Option<Came> {
    let value = || serde_json::from_str::<Value>(raw).ok();
    Some(match raw.bytes().next()? {
        b't' => Came::Boolean(true),
        b'f' => Came::Boolean(false),
        b'"' => Came::Text(serde_json::from_str(raw).ok()?),
        b'[' => Came::List(value()?.as_array()?.clone()),
        b'{' => Came::Object(value()?.as_object()?.values().cloned().collect()),
        _ => Came::Number(raw.to_owned()),
    })
}

fn single(leaf: Leaf, names_blank: bool, came: &Came) -> Meaning {
    if let (Came::Text(text), false) = (came, leaf == Leaf::Text || names_blank)
        && text.is_empty()
    {
        return Meaning::Absent;
    }
    let understood = match leaf {
        Leaf::Text | Leaf::TextEnum => text(came).map(Meaning::Text),
        Leaf::Integer | Leaf::IntegerEnum => integer(came),
        Leaf::Boolean => boolean(came).map(Meaning::Boolean),
        Leaf::Decimal => decimal(came),
        Leaf::DateTime | Leaf::Date => time(leaf, came),
        Leaf::Json => None,
    };
    understood.unwrap_or(Meaning::Refused)
}

/// "numbers and booleans, as their text"
fn text(came: &Came) -> Option<String> {
    match came {
        Came::Text(text) | Came::Number(text) => Some(text.clone()),
        Came::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// "text; a fraction of zeros (`"12.0"`, `1e2`)"
fn integer(came: &Came) -> Option<Meaning> {
    let (exact, fits) = number(came)?;
    let whole = exact.integer().map(Meaning::Integer);
    if fits {
        whole
    } else {
        whole.map(|whole| Meaning::AtMost(whole.into()))
    }
}

/// "text and numbers alike, exactly"
fn decimal(came: &Came) -> Option<Meaning> {
    let (exact, fits) = number(came)?;
    let decimal = Meaning::Decimal(exact);
    Some(if fits {
        decimal
    } else {
        Meaning::AtMost(decimal.into())
    })
}

/// A number, and whether a decimal has room for its digits. In a text it is written plainly.
fn number(came: &Came) -> Option<(Exact, bool)> {
    match came {
        Came::Number(text) => Some((Exact::of(text)?, fits(text))),
        Came::Text(text) if is_plain(text) => Some((Exact::of(text)?, fits(text))),
        _ => None,
    }
}

/// `-?digits(.digits)?`
fn is_plain(text: &str) -> bool {
    let mut rest = text.strip_prefix('-').unwrap_or(text);
    for part in 0..2 {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        rest = &rest[digits..];
        match (digits, rest.strip_prefix('.')) {
            (0, _) => return false,
            (_, Some(fraction)) if part == 0 => rest = fraction,
            _ => break,
        }
    }
    rest.is_empty()
}

/// "`1`, `0`, and these or `true`, `false` as text"
fn boolean(came: &Came) -> Option<bool> {
    match came {
        Came::Boolean(truth) => Some(*truth),
        Came::Number(text) if text == "1" => Some(true),
        Came::Number(text) if text == "0" => Some(false),
        Came::Text(text) if text == "1" || text == "true" => Some(true),
        Came::Text(text) if text == "0" || text == "false" => Some(false),
        _ => None,
    }
}

/// "`""`, `0000-00-00` and `0000-00-00 00:00:00` are absent"; a day may have its midnight.
fn time(leaf: Leaf, came: &Came) -> Option<Meaning> {
    let Came::Text(text) = came else { return None };
    if text == "0000-00-00" || text == "0000-00-00 00:00:00" {
        return Some(Meaning::Absent);
    }
    let day = |text: &str| is_day(text).then(|| text.to_owned());
    if leaf == Leaf::Date {
        return day(text.strip_suffix(" 00:00:00").unwrap_or(text)).map(Meaning::Day);
    }
    let (date, clock) = text.split_at_checked(10)?;
    let clock = clock.strip_prefix(' ')?;
    day(date)?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    (hour < 24 && minute < 60 && second < 60).then(|| Meaning::Time(text.clone()))
}

fn is_day(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, '-', [4, 2, 2]) else {
        return false;
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        _ => 0,
    };
    year > 0 && (1..=longest).contains(&day)
}

fn numbers(text: &str, separator: char, widths: [usize; 3]) -> Option<[u32; 3]> {
    let parts: Vec<&str> = text.split(separator).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    let right = |(part, width): (&&str, &usize)| {
        part.len() == *width && part.chars().all(|c| c.is_ascii_digit())
    };
    parts
        .iter()
        .zip(&widths)
        .all(right)
        .then(|| parts.map(|part| part.parse().unwrap()))
}

/// "`""` and `[]` are absent"
fn object(came: &Came) -> Meaning {
    match came {
        Came::Object(_) => Meaning::Present,
        Came::Text(text) if text.is_empty() => Meaning::Absent,
        Came::List(items) if items.is_empty() => Meaning::Absent,
        _ => Meaning::Refused,
    }
}

/// "`""` is absent; a list inside an object of one member is that list"
fn list(came: &Came) -> Meaning {
    match came {
        Came::List(_) => Meaning::Present,
        Came::Text(text) if text.is_empty() => Meaning::Absent,
        Came::Object(members) => match &members[..] {
            [Value::Array(_)] => Meaning::Present,
            // What stands for no list does so in there, too.
            [Value::Null] => Meaning::Absent,
            [Value::String(text)] if text.is_empty() => Meaning::Absent,
            _ => Meaning::Refused,
        },
        _ => Meaning::Refused,
    }
}

/// Only the Taobao platform wraps its lists, in replies and not in JSON text.
fn inner_list(came: &Came) -> Meaning {
    match came {
        Came::Object(_) => Meaning::Refused,
        other => list(other),
    }
}

/// "the value itself; `""` is absent"
fn json_text(came: &Came, full: &Value) -> Meaning {
    let inside: Value = serde_json::from_str(full.as_str().unwrap()).unwrap();
    let kind = if inside.is_array() {
        Kind::InnerList
    } else {
        Kind::Object
    };
    match came {
        Came::Text(text) if text.is_empty() => Meaning::Absent,
        Came::Text(text) => meaning(kind, text, &inside),
        Came::List(_) | Came::Object(_) if kind == Kind::InnerList => list(came),
        Came::List(_) | Came::Object(_) => object(came),
        _ => Meaning::Refused,
    }
}

/// A number without rounding: digits times ten to the `exponent`, no zero at either end.
#[derive(Clone, Debug, PartialEq)]
pub struct Exact {
    negative: bool,
    digits: String,
    exponent: i64,
}

impl Exact {
    /// From `-?digits(.digits)?(e[+-]?digits)?`.
    pub fn of(text: &str) -> Option<Exact> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let magnitude = mantissa.strip_prefix('-');
        let (whole, fraction) = magnitude
            .unwrap_or(mantissa)
            .split_once('.')
            .unwrap_or((magnitude.unwrap_or(mantissa), ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_end_matches('0');
        let zeros = i64::try_from(all.len() - digits.len()).ok()?;
        let digits = digits.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Exact {
                negative: false,
                digits,
                exponent: 0,
            });
        }
        let exponent = exponent.parse::<i64>().ok()?.checked_add(zeros)?;
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Exact {
            negative: magnitude.is_some(),
            digits,
            exponent,
        })
    }

    /// As `-?digits(.digits)?`.
    pub fn plain(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or(0).min(100));
        let length = i64::try_from(self.digits.len()).unwrap();
        match -self.exponent {
            _ if self.digits.is_empty() => "0".to_owned(),
            ..=0 => format!("{sign}{}{}", self.digits, zeros(self.exponent)),
            scale if scale < length => {
                let (whole, fraction) = self
                    .digits
                    .split_at(usize::try_from(length - scale).unwrap());
                format!("{sign}{whole}.{fraction}")
            }
            scale => format!("{sign}0.{}{}", zeros(scale - length), self.digits),
        }
    }

    fn integer(&self) -> Option<i64> {
        let zeros = usize::try_from(self.exponent)
            .ok()
            .filter(|zeros| *zeros < 20)?;
        let sign = if self.negative { "-" } else { "" };
        let digits = if self.digits.is_empty() {
            "0"
        } else {
            &self.digits
        };
        format!("{sign}{digits}{}", "0".repeat(zeros)).parse().ok()
    }
}

/// Whether a decimal of 28 digits has room for all that are written.
fn fits(text: &str) -> bool {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let whole = whole.trim_start_matches(['-', '0']).len();
    let Ok(exponent) = exponent.parse::<i16>() else {
        return false;
    };
    let scale = i64::try_from(fraction.len()).unwrap() - i64::from(exponent);
    let digits = i64::try_from(whole + fraction.len()).unwrap() + (-scale).max(0);
    digits <= 28 && scale <= 28
}

impl Meaning {
    /// Whether that is what was read into a place; `None` if reading failed there.
    pub fn is(&self, found: Option<View<'_>>) -> bool {
        match (self, found) {
            (Meaning::Refused, None)
            | (Meaning::Absent, Some(View::Absent))
            | (Meaning::Present, Some(View::Object(_) | View::List(_))) => true,
            (Meaning::AtMost(exactly), found) => found.is_none() || exactly.is(found),
            (Meaning::Text(text), Some(View::Text(found))) => text == found,
            (Meaning::Text(text), Some(View::Enum(found))) => *text == found.code().to_string(),
            (Meaning::Integer(number), Some(View::Integer(found))) => *number == found,
            (Meaning::Integer(number), Some(View::Enum(found))) => {
                number.to_string() == found.code().to_string()
            }
            (Meaning::Boolean(truth), Some(View::Boolean(found))) => *truth == found,
            (Meaning::Decimal(exact), Some(View::Decimal(found))) => {
                Exact::of(&found.to_string()).as_ref() == Some(exact)
            }
            (Meaning::Time(text), Some(View::DateTime(found))) => *text == found.to_string(),
            (Meaning::Day(text), Some(View::Date(found))) => *text == found.to_string(),
            (Meaning::Json(text), Some(View::Json(found))) => text == found.as_str(),
            _ => false,
        }
    }
}
