//! Numbers of schemas of a moderate size, to reckon with exactly.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use crate::review::number::Number as Exact;

/// So many digits survive every way through a binary fraction.
const EXACT_DIGITS: usize = 15;

/// A number for a document, unless it would become another one there.
pub(super) fn exact(text: &str) -> Option<Number> {
    let number: Number = serde_json::from_str(text).ok()?;
    let digits = text.split(['e', 'E']).next()?;
    let digits = digits.trim_start_matches(['-', '0', '.']).bytes();
    let digits = digits.filter(u8::is_ascii_digit).count();
    (number.is_i64() || number.is_u64() || digits <= EXACT_DIGITS).then_some(number)
}

/// A decimal number: units of 10 to the power of minus `scale`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decimal {
    units: i128,
    scale: u32,
}

impl Decimal {
    pub(super) fn of(value: &Value) -> Option<Decimal> {
        match value {
            Value::Number(number) => Decimal::parse(&number.to_string()),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Decimal> {
        let number = Exact::read(text)?;
        Some(Decimal {
            units: number.scaled(number.scale())?,
            scale: u32::try_from(number.scale()).ok()?,
        })
    }

    fn times(self, power: u32) -> Option<Decimal> {
        let units = self.units.checked_mul(10_i128.checked_pow(power)?)?;
        Some(Decimal { units, ..self })
    }

    /// The same number with more digits after the point.
    fn scaled(self, scale: u32) -> Option<Decimal> {
        let finer = self.times(scale.checked_sub(self.scale)?)?;
        Some(Decimal { scale, ..finer })
    }

    pub(super) fn is_whole(self) -> bool {
        10_i128
            .checked_pow(self.scale)
            .is_some_and(|one| self.units % one == 0)
    }

    /// The number so many units of that scale away.
    pub(super) fn shifted(self, units: i128, scale: u32) -> Option<Decimal> {
        let finer = self.scaled(scale.max(self.scale))?;
        let step = Decimal { units, scale }.scaled(finer.scale)?;
        let units = finer.units.checked_add(step.units)?;
        Some(Decimal { units, ..finer })
    }

    pub(super) fn plus(self, other: Decimal) -> Option<Decimal> {
        self.shifted(other.units, other.scale)
    }

    /// The greatest whole number that is not greater.
    pub(super) fn floor(self) -> Option<Decimal> {
        let one = 10_i128.checked_pow(self.scale)?;
        Some(Decimal {
            units: self.units.div_euclid(one),
            scale: 0,
        })
    }

    /// The least multiple of a step that is not less.
    pub(super) fn up_to_multiple(self, step: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(step.scale);
        let (this, step) = (self.scaled(scale)?, step.scaled(scale)?);
        (step.units > 0).then_some(())?;
        let steps = this.units.div_euclid(step.units);
        let steps = steps + i128::from(this.units.rem_euclid(step.units) > 0);
        Some(Decimal {
            units: steps.checked_mul(step.units)?,
            scale,
        })
    }

    pub(super) fn multiplied(self, by: i128) -> Option<Decimal> {
        let units = self.units.checked_mul(by)?;
        Some(Decimal { units, ..self })
    }

    pub(super) fn scale(self) -> u32 {
        self.scale
    }

    pub(super) fn value(self) -> Option<Value> {
        exact(&self.to_string()).map(Value::Number)
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = format!(
            "{:0>1$}",
            self.units.unsigned_abs(),
            self.scale as usize + 1
        );
        let (whole, fraction) = digits.split_at(digits.len() - self.scale as usize);
        let fraction = fraction.trim_end_matches('0');
        let sign = if self.units < 0 { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        let scale = self.scale.max(other.scale);
        let (one, other) = (self.scaled(scale)?, other.scaled(scale)?);
        Some(one.units.cmp(&other.units))
    }
}
