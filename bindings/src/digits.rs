//! Short texts of numbers and times, made on the stack: where the text goes next, it is copied once.

use rust_decimal::Decimal;

use crate::{BeijingDate, BeijingTime};

/// Room for the longest: the sign, 29 digits, the point and a zero before it.
const ROOM: usize = 32;

/// What 19 digits can hold is the most that a `u64` holds in whole digits.
const NINETEEN_DIGITS: u128 = 10_u128.pow(19);

/// A text of digits, signs and separators.
pub(crate) struct Digits {
    // Written from the end; what is not written yet is zeros.
    bytes: [u8; ROOM],
    start: usize,
}

impl Digits {
    /// Plain decimal.
    pub(crate) fn of(number: i64) -> Digits {
        let mut digits = Digits::padded(number.unsigned_abs(), 1);
        if number < 0 {
            digits.push_front([b'-']);
        }
        digits
    }

    /// At least `width` digits, with leading zeros; more when the number has more.
    pub(crate) fn padded(number: u64, width: usize) -> Digits {
        let mut digits = Digits::none();
        digits.prepend(number);
        digits.widen(width);
        digits
    }

    /// A decimal with all the places that it has, as its `Display` writes it.
    pub(crate) fn decimal(decimal: &Decimal) -> Digits {
        let mut digits = Digits::none();
        let mantissa = decimal.mantissa().unsigned_abs();
        if let Ok(mantissa) = u64::try_from(mantissa) {
            digits.prepend(mantissa);
        } else {
            let [high, low] = [mantissa / NINETEEN_DIGITS, mantissa % NINETEEN_DIGITS];
            digits.prepend(u64::try_from(low).unwrap_or_default());
            digits.widen(19);
            digits.prepend(u64::try_from(high).unwrap_or_default());
        }
        let places = usize::try_from(decimal.scale()).unwrap_or_default();
        if places > 0 {
            digits.widen(places + 1);
            digits.point(places);
        }
        if decimal.is_sign_negative() {
            digits.push_front([b'-']);
        }
        digits
    }

    /// `2025-01-31 10:00:00`.
    pub(crate) fn time(time: BeijingTime) -> Digits {
        Digits::text(&time.to_ascii())
    }

    /// `2025-01-31`.
    pub(crate) fn date(day: BeijingDate) -> Digits {
        Digits::text(&day.to_ascii())
    }

    pub(crate) fn as_str(&self) -> &str {
        let digits = self.bytes.get(self.start..).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }

    fn none() -> Digits {
        Digits {
            bytes: [b'0'; ROOM],
            start: ROOM,
        }
    }

    fn text<const LENGTH: usize>(text: &[u8; LENGTH]) -> Digits {
        let mut digits = Digits::none();
        digits.push_front(*text);
        digits
    }

    /// At least one digit.
    fn prepend(&mut self, mut number: u64) {
        while number >= 100 {
            self.push_front(pair(number % 100));
            number /= 100;
        }
        if number >= 10 {
            self.push_front(pair(number));
        } else {
            let [_, digit] = pair(number);
            self.push_front([digit]);
        }
    }

    fn widen(&mut self, width: usize) {
        self.start = self.start.min(ROOM.saturating_sub(width));
    }

    /// Puts a point before the last `places` digits.
    fn point(&mut self, places: usize) {
        let end = ROOM.saturating_sub(places);
        let Some(start) = self.start.checked_sub(1) else {
            return;
        };
        if let Some([whole @ .., last]) = self.bytes.get_mut(start..end) {
            // The first byte is not in use yet.
            let mut before = *last;
            for byte in whole.iter_mut().rev() {
                std::mem::swap(byte, &mut before);
            }
            *last = b'.';
            self.start = start;
        }
    }

    fn push_front<const LENGTH: usize>(&mut self, text: [u8; LENGTH]) {
        let free = self.bytes.get_mut(..self.start).unwrap_or_default();
        if let Some(place) = free.last_chunk_mut() {
            *place = text;
            self.start -= LENGTH;
        }
    }
}

/// The two digits of a number below a hundred.
fn pair(number: u64) -> [u8; 2] {
    let number = u8::try_from(number).unwrap_or_default();
    [b'0' + number / 10, b'0' + number % 10]
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::Digits;
    use crate::{BeijingDate, BeijingTime};

    #[test]
    fn numbers_are_written_as_format_would() {
        for number in [0, 1, -1, 9, 10, 42, -500, i64::MAX, i64::MIN] {
            assert_eq!(Digits::of(number).as_str(), number.to_string());
        }
    }

    #[test]
    fn widths_are_minimum_widths() {
        for number in [0, 5, 42, 99, 100, 9_999, 10_000, u64::MAX] {
            assert_eq!(Digits::padded(number, 2).as_str(), format!("{number:02}"));
            assert_eq!(Digits::padded(number, 4).as_str(), format!("{number:04}"));
        }
    }

    #[test]
    fn decimals_are_written_as_format_would() {
        let most = Decimal::MAX.mantissa();
        let edge = i128::from(u64::MAX);
        let nineteen = 10_i128.pow(19);
        let mantissas = [
            0,
            1,
            9,
            10,
            12_345,
            edge,
            edge + 1,
            nineteen - 1,
            nineteen,
            nineteen * 10 + 7,
            most,
        ];
        for scale in 0..=28 {
            for mantissa in mantissas {
                for mantissa in [mantissa, -mantissa] {
                    let mut decimal = Decimal::from_i128_with_scale(mantissa, scale);
                    assert_eq!(Digits::decimal(&decimal).as_str(), decimal.to_string());
                    decimal.set_sign_negative(true);
                    assert_eq!(Digits::decimal(&decimal).as_str(), decimal.to_string());
                }
            }
        }
    }

    #[test]
    fn times_and_days_are_written_as_format_would() {
        for unix in [0, -62_135_625_600, 1_582_991_999, 253_402_271_999] {
            let time = BeijingTime::from_unix(unix).unwrap_or_default();
            assert_eq!(Digits::time(time).as_str(), time.to_string());
            assert_eq!(Digits::date(time.date()).as_str(), time.date().to_string());
        }
        let (time, day) = (BeijingTime::default(), BeijingDate::default());
        assert_eq!(Digits::time(time).as_str(), time.to_string());
        assert_eq!(Digits::date(day).as_str(), day.to_string());
    }
}
