//! Exact integers from the text of a number; nothing passes through a float.

/// The integer that a number stands for, if it is one in the range of `i64`.
///
/// `text` is a number as JSON writes it. `10.0`, `1e2` and `-100e-2` are integers, `1.5` is none.
pub(super) fn of_number(text: &str) -> Option<i64> {
    // Nearly always it is written plainly.
    text.parse().ok().or_else(|| of_decimal(text))
}

fn of_decimal(text: &str) -> Option<i64> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));

    // The number is `significant` times ten to the `scale`.
    let all = [whole, fraction].concat();
    let significant = all.trim_matches('0');
    if significant.is_empty() {
        return Some(0);
    }
    let zeros_behind = all.len() - all.trim_end_matches('0').len();
    let scale = of_exponent(exponent)?
        .checked_sub(length(fraction.len())?)?
        .checked_add(length(zeros_behind)?)?;
    // A fraction is left, or there are more digits than any i64 has.
    if !(0..=18).contains(&scale) {
        return None;
    }
    let zeros = "0".repeat(usize::try_from(scale).ok()?);
    [sign, significant, &zeros].concat().parse().ok()
}

/// The integer that a text stands for: digits, a sign before them or not, zeros as a fraction or not.
pub(super) fn of_text(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_integer = !whole.is_empty()
        && whole.bytes().all(|byte| byte.is_ascii_digit())
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0');
    // A sign or a digit begins it, as `parse` wants it.
    let end = text.find('.').unwrap_or(text.len());
    if is_integer {
        text.get(..end)?.parse().ok()
    } else {
        None
    }
}

fn of_exponent(text: &str) -> Option<i64> {
    text.parse().ok()
}

fn length(length: usize) -> Option<i64> {
    i64::try_from(length).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{of_number, of_text};

    #[test]
    fn numbers_are_integers_by_value_whatever_way_they_are_written() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("-0.000e99", 0),
            ("0e-99999999999999999999", 0),
            ("10", 10),
            ("10.0", 10),
            ("1e2", 100),
            ("1E+2", 100),
            ("100e-2", 1),
            ("-1.50e1", -15),
            ("0.000001e6", 1),
            ("9007199254740993", 9_007_199_254_740_993),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("9223372036854775807", i64::MAX),
            ("922337203685477580.70e1", i64::MAX),
            ("-9223372036854775808", i64::MIN),
            ("-9.223372036854775808e18", i64::MIN),
            ("1000000000000000000", 1_000_000_000_000_000_000),
        ] {
            assert_eq!(of_number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn fractions_and_numbers_out_of_range_are_no_integers() {
        for text in [
            "10.5",
            "1e-1",
            "15e-1",
            "9223372036854775808",
            "-9223372036854775809",
            "9.3e18",
            "1e19",
            "1e400",
            "1e-400",
            "1e99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert_eq!(of_number(text), None, "{text}");
        }
    }

    #[test]
    fn texts_are_digits_and_a_fraction_of_zeros_at_most() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("00.00", 0),
            ("-2.0", -2),
            ("007", 7),
            ("00000000000000000000000000000012", 12),
            ("9223372036854775807.000", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(of_text(text), Some(value), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "10.",
            ".0",
            "-.0",
            "+5",
            "--5",
            " 5",
            "5 ",
            "1e2",
            "1.5",
            "1,000",
            "0x1A",
            "1.0.0",
            "１",
            "9223372036854775808",
            "NaN",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
