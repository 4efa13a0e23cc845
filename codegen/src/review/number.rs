//! Numbers as JSON writes them, of any size, compared exactly: `1e2` is `100` is `100.0`.

use std::cmp::Ordering;

use crate::json::{Node, Value};

/// A number: its significant digits, and how many places they are moved to the left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Number {
    pub(crate) fn of(node: &Node) -> Option<Number> {
        match &node.value {
            Value::Number(text) => Number::read(text),
            _ => None,
        }
    }

    /// A number in JSON's notation; none when its exponent is beyond counting.
    pub(crate) fn read(text: &str) -> Option<Number> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_end_matches('0');
        let moved = i64::try_from(all.len() - digits.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        let digits = digits.trim_start_matches('0').to_owned();
        let zero = digits.is_empty();
        Some(Number {
            negative: negative && !zero,
            exponent: if zero {
                0
            } else {
                i64::from(exponent) - places + moved
            },
            digits,
        })
    }

    pub(crate) fn is_integral(&self) -> bool {
        self.exponent >= 0
    }

    /// The number times ten to the `scale`, if that is a whole number of moderate size.
    pub(crate) fn scaled(&self, scale: i64) -> Option<i128> {
        let zeros = usize::try_from(self.exponent.checked_add(scale)?).ok()?;
        if self.digits.len() + zeros > 36 {
            return None;
        }
        let value: i128 = format!("0{}{}", self.digits, "0".repeat(zeros))
            .parse()
            .ok()?;
        Some(if self.negative { -value } else { value })
    }

    /// How many digits follow the point.
    pub(crate) fn scale(&self) -> i64 {
        (-self.exponent).max(0)
    }

    /// The whole numbers nearest to it, below and above.
    pub(crate) fn neighbours(&self) -> Option<(i128, i128)> {
        if self.is_integral() {
            let value = self.scaled(0)?;
            return Some((value, value));
        }
        let scale = self.scale();
        let unit = 10_i128.checked_pow(u32::try_from(scale).ok()?)?;
        let below = self.scaled(scale)?.div_euclid(unit);
        Some((below, below + 1))
    }

    fn magnitude(&self, other: &Number) -> Ordering {
        let top = |number: &Number| {
            let length = i64::try_from(number.digits.len()).unwrap_or(i64::MAX);
            number.exponent.saturating_add(length)
        };
        match (self.digits.is_empty(), other.digits.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            // Of the same height, text order is number order: no trailing zeros are left.
            (false, false) => top(self)
                .cmp(&top(other))
                .then_with(|| self.digits.cmp(&other.digits)),
        }
    }
}

impl From<i128> for Number {
    fn from(value: i128) -> Number {
        Number::read(&value.to_string()).unwrap_or(Number {
            negative: false,
            digits: String::new(),
            exponent: 0,
        })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use super::*;

    fn number(text: &str) -> Number {
        Number::read(text).unwrap()
    }

    #[test]
    fn spellings_of_one_number_are_equal() {
        for text in ["100", "1e2", "100.0", "1.00E+2", "1000e-1"] {
            assert_eq!(number(text), number("100"), "{text}");
        }
        for text in ["-0", "0.0", "0e7", "-0.00"] {
            assert_eq!(number(text), number("0"), "{text}");
        }
    }

    #[test]
    fn order_is_exact_where_floats_are_not() {
        let sorted = [
            "-1e400",
            "-10000000000000000000000001",
            "-1e25",
            "-0.1",
            "0",
            "1e-400",
            "0.1",
            "0.10000000000000000000001",
            "9007199254740992",
            "9007199254740993",
            "1e400",
        ];
        assert!(sorted.is_sorted_by(|a, b| number(a) < number(b)));
    }

    #[test]
    fn neighbours_are_the_whole_numbers_around() {
        assert_eq!(number("1.5").neighbours(), Some((1, 2)));
        assert_eq!(number("-1.5").neighbours(), Some((-2, -1)));
        assert_eq!(number("2.0").neighbours(), Some((2, 2)));
        assert_eq!(number("1e400").neighbours(), None);
    }
}
