//! The value of a number as text, by nothing but moving digits: the oracle of the number readers.

/// A number's value: its digits without zeros at either end, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    digits: String,
    /// The power of ten of the last digit.
    exponent: i128,
}

/// Where a number stands in JSON's grammar, exponents allowed or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Grammar {
    /// `-?int frac? exp?`.
    Json,
    /// `-?digits(.digits)?`, zeros in front allowed.
    Plain,
}

impl Number {
    /// None where the text is no number of that grammar.
    pub(super) fn parse(text: &str, grammar: Grammar) -> Option<Number> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
            Some(_) if grammar == Grammar::Plain => return None,
            Some((mantissa, exponent)) => (mantissa, self::exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) if are_digits(fraction) => (whole, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        let zero_in_front = whole.len() > 1 && whole.starts_with('0');
        if !are_digits(whole) || zero_in_front && grammar == Grammar::Json {
            return None;
        }
        let all = format!("{whole}{fraction}");
        let significant = all.trim_end_matches('0');
        let zeros = i128::try_from(all.len() - significant.len()).ok()?;
        let digits = significant.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Number {
                negative: false,
                digits,
                exponent: 0,
            });
        }
        let exponent = exponent - i128::try_from(fraction.len()).ok()? + zeros;
        Some(Number {
            negative,
            digits,
            exponent,
        })
    }

    /// The integer that it is, if it is one of 64 bits.
    pub(super) fn as_i64(&self) -> Option<i64> {
        let zeros = usize::try_from(self.exponent)
            .ok()
            .filter(|zeros| *zeros <= 19)?;
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}0{}{}", self.digits, "0".repeat(zeros))
            .parse()
            .ok()
    }
}

/// Whether a text as it is written, without exponent, has room in 96 bits and 28 decimals.
pub(super) fn has_room(text: &str) -> bool {
    const MOST: &str = "79228162514264337593543950335";
    let plain = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    fraction.len() <= 28
        && are_digits(&all)
        && (digits.len() < MOST.len() || digits.len() == MOST.len() && digits <= MOST)
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// An exponent so large that its value cannot matter is cut to one that is large too.
fn exponent(text: &str) -> Option<i128> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if !are_digits(digits) {
        return None;
    }
    let digits = digits.trim_start_matches('0');
    let size = if digits.len() > 30 {
        10_i128.pow(30)
    } else {
        format!("0{digits}").parse().ok()?
    };
    Some(sign * size)
}
