//! Where the text to be signed goes: into a digest, or onto paper for a dry run.

/// Receives the text to be signed, piece by piece.
pub(super) trait Sink {
    /// Takes a piece of the text.
    fn text(&mut self, text: &str);

    /// Takes a piece of a secret parameter's value.
    fn secret(&mut self, name: &str, text: &str) {
        let _ = name;
        self.text(text);
    }
}

/// The decimal text of a number, on the stack.
pub(super) struct Decimal {
    // 20 digits for a u64, one more for the sign.
    digits: [u8; 21],
    start: usize,
}

impl Decimal {
    /// Plain decimal.
    pub(super) fn of(number: i64) -> Self {
        let mut decimal = Self::write(number.unsigned_abs(), 1);
        if number < 0 {
            decimal.push_front(b'-');
        }
        decimal
    }

    /// At least `width` digits, with leading zeros; more when the number has more.
    pub(super) fn padded(number: usize, width: usize) -> Self {
        // usize is never wider than 64 bits on a platform that Rust has.
        Self::write(u64::try_from(number).unwrap_or(u64::MAX), width)
    }

    pub(super) fn as_str(&self) -> &str {
        let digits = self.digits.get(self.start..).unwrap_or_default();
        std::str::from_utf8(digits).unwrap_or_default()
    }

    fn write(mut number: u64, width: usize) -> Self {
        let mut decimal = Self {
            digits: [0; 21],
            start: 21,
        };
        for written in 0.. {
            if number == 0 && written >= width {
                break;
            }
            // The remainder is below ten.
            let digit = u8::try_from(number % 10).unwrap_or_default();
            decimal.push_front(b'0' + digit);
            number /= 10;
        }
        decimal
    }

    fn push_front(&mut self, byte: u8) {
        let Some(start) = self.start.checked_sub(1) else {
            return;
        };
        if let Some(place) = self.digits.get_mut(start) {
            *place = byte;
            self.start = start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn numbers_are_written_as_format_would() {
        for number in [0, 1, -1, 9, 10, 42, -500, i64::MAX, i64::MIN] {
            assert_eq!(Decimal::of(number).as_str(), number.to_string());
        }
    }

    #[test]
    fn widths_are_minimum_widths() {
        for number in [0, 5, 42, 99, 100, 9_999, 10_000, usize::MAX] {
            assert_eq!(Decimal::padded(number, 2).as_str(), format!("{number:02}"));
            assert_eq!(Decimal::padded(number, 4).as_str(), format!("{number:04}"));
        }
    }
}
