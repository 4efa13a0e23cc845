//! Beijing time: what all four gateways mean by a date, whatever zone this process runs in.
//!
//! The zone is fixed at +08:00. It differs from the civil time of Shanghai only in the summers of
//! 1986 to 1991, which no gateway's data reaches.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

/// Seconds of +08:00.
const OFFSET: i64 = 8 * 3600;

/// 1970-01-01 00:00:00 UTC in +08:00.
const EPOCH: DateTime = jiff::civil::datetime(1970, 1, 1, 8, 0, 0, 0);

/// A second of Beijing time, written `2025-01-31 10:00:00`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BeijingTime(DateTime);

/// A day of Beijing time, written `2025-01-31`.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BeijingDate(Date);

/// A text that is not a time or a day, or one that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {expected}")]
pub struct TimeError {
    expected: &'static str,
}

const NOT_A_TIME: TimeError = TimeError {
    expected: "time of the form 2025-01-31 10:00:00",
};
const NOT_A_DAY: TimeError = TimeError {
    expected: "date of the form 2025-01-31",
};

impl BeijingTime {
    /// The present second.
    #[must_use]
    pub fn now() -> BeijingTime {
        BeijingTime::from_unix(Timestamp::now().as_second()).unwrap_or_default()
    }

    /// From year, month, day, hour, minute, second.
    ///
    /// # Errors
    /// There is no such second.
    pub fn new(
        year: i16,
        month: i8,
        day: i8,
        hour: i8,
        minute: i8,
        second: i8,
    ) -> Result<Self, TimeError> {
        if !(1..=9999).contains(&year) {
            return Err(NOT_A_TIME);
        }
        DateTime::new(year, month, day, hour, minute, second, 0)
            .map(BeijingTime)
            .map_err(|_| NOT_A_TIME)
    }

    /// From seconds since 1970-01-01 00:00:00 UTC.
    ///
    /// # Errors
    /// The second lies outside the years 1 to 9999.
    pub fn from_unix(seconds: i64) -> Result<BeijingTime, TimeError> {
        // Not by way of a time stamp: that ends a day before the year 9999 does.
        let time = EPOCH
            .checked_add(SignedDuration::from_secs(seconds))
            .map_err(|_| NOT_A_TIME)?;
        if (1..=9999).contains(&time.year()) {
            Ok(BeijingTime(time))
        } else {
            Err(NOT_A_TIME)
        }
    }

    /// Seconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub fn unix(self) -> i64 {
        let epoch = jiff::civil::date(1970, 1, 1);
        let days = i64::from(self.0.date().since(epoch).map_or(0, |span| span.get_days()));
        let time = self.0.time();
        days * 86_400
            + i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second())
            - OFFSET
    }

    /// Its day.
    #[must_use]
    pub fn date(self) -> BeijingDate {
        BeijingDate(self.0.date())
    }
}

impl BeijingDate {
    /// From year, month and day.
    ///
    /// # Errors
    /// There is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Result<BeijingDate, TimeError> {
        if !(1..=9999).contains(&year) {
            return Err(NOT_A_DAY);
        }
        Date::new(year, month, day)
            .map(BeijingDate)
            .map_err(|_| NOT_A_DAY)
    }
}

impl FromStr for BeijingTime {
    type Err = TimeError;

    /// Reads `2025-01-31 10:00:00`, every digit written out.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let Some((day, [b' ', time @ ..])) = text.as_bytes().split_at_checked(10) else {
            return Err(NOT_A_TIME);
        };
        let (Some((year, month, day)), Some((hour, minute, second))) = (ymd(day), hms(time)) else {
            return Err(NOT_A_TIME);
        };
        BeijingTime::new(year, month, day, hour, minute, second)
    }
}

impl FromStr for BeijingDate {
    type Err = TimeError;

    /// Reads `2025-01-31`, every digit written out.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let (year, month, day) = ymd(text.as_bytes()).ok_or(NOT_A_DAY)?;
        BeijingDate::new(year, month, day)
    }
}

/// The numbers of `2025-01-31`.
fn ymd(text: &[u8]) -> Option<(i16, i8, i8)> {
    let (century, text) = text.split_at_checked(2)?;
    let (year, month, day) = three(text, b'-')?;
    Some((i16::from(two(century)?) * 100 + i16::from(year), month, day))
}

/// The numbers of `10:00:00`.
fn hms(text: &[u8]) -> Option<(i8, i8, i8)> {
    three(text, b':')
}

/// Three numbers of two digits between separators.
fn three(text: &[u8], separator: u8) -> Option<(i8, i8, i8)> {
    let [first @ .., before, tens, ones, after, third, fourth] = text else {
        return None;
    };
    let is_separated = *before == separator && *after == separator;
    let numbers = (two(first)?, two(&[*tens, *ones])?, two(&[*third, *fourth])?);
    is_separated.then_some(numbers)
}

/// The number of two digits.
fn two(digits: &[u8]) -> Option<i8> {
    let [tens, ones] = digits else { return None };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| byte - b'0');
    i8::try_from(digit(tens)? * 10 + digit(ones)?).ok()
}

impl fmt::Display for BeijingTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, time) = (self.date(), self.0.time());
        write!(
            f,
            "{day} {:02}:{:02}:{:02}",
            time.hour(),
            time.minute(),
            time.second()
        )
    }
}

impl fmt::Display for BeijingDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}

impl fmt::Debug for BeijingTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for BeijingDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl BeijingTime {
    /// As it is written, without a formatter.
    pub(crate) fn to_ascii(self) -> [u8; 19] {
        let [y0, y1, y2, y3, _, m0, m1, _, d0, d1] = self.date().to_ascii();
        let time = self.0.time();
        let [[h0, h1], [i0, i1], [s0, s1]] =
            [time.hour(), time.minute(), time.second()].map(|part| pair(part.into()));
        [
            y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b' ', h0, h1, b':', i0, i1, b':', s0, s1,
        ]
    }
}

impl BeijingDate {
    /// As it is written, without a formatter.
    pub(crate) fn to_ascii(self) -> [u8; 10] {
        let [[y0, y1], [y2, y3]] = [self.0.year() / 100, self.0.year() % 100].map(pair);
        let [[m0, m1], [d0, d1]] = [self.0.month(), self.0.day()].map(|part| pair(part.into()));
        [y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1]
    }
}

/// The two digits of a number from 0 to 99.
fn pair(number: i16) -> [u8; 2] {
    let number = u8::try_from(number).unwrap_or_default();
    [b'0' + number / 10, b'0' + number % 10]
}

impl From<BeijingTime> for std::time::SystemTime {
    fn from(time: BeijingTime) -> Self {
        let seconds = time.unix();
        let distance = std::time::Duration::from_secs(seconds.unsigned_abs());
        if seconds < 0 {
            Self::UNIX_EPOCH - distance
        } else {
            Self::UNIX_EPOCH + distance
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn text_and_seconds_agree_at_the_edges_of_days_and_years() {
        for (seconds, text) in [
            (1_325_347_200, "2012-01-01 00:00:00"),
            (1_325_347_199, "2011-12-31 23:59:59"),
            (0, "1970-01-01 08:00:00"),
            (-28_801, "1969-12-31 23:59:59"),
            (1_582_991_999, "2020-02-29 23:59:59"),
            (253_402_271_999, "9999-12-31 23:59:59"),
            (-62_135_625_600, "0001-01-01 00:00:00"),
        ] {
            let time = BeijingTime::from_unix(seconds).unwrap();
            assert_eq!(time.to_string(), text);
            assert_eq!(text.parse::<BeijingTime>().unwrap(), time);
            assert_eq!(time.unix(), seconds);
        }
    }

    #[test]
    fn seconds_outside_of_the_years_are_refused() {
        for seconds in [253_402_272_000, -62_135_625_601, i64::MAX, i64::MIN] {
            assert!(BeijingTime::from_unix(seconds).is_err(), "{seconds}");
        }
    }

    #[test]
    fn texts_that_are_not_a_second_are_refused() {
        for text in [
            "",
            "2025-01-01",
            "2025-1-1 00:00:00",
            "2025-02-30 00:00:00",
            "2025-01-01 24:00:00",
            "2025-01-01 23:59:60",
            "0000-00-00 00:00:00",
            "2025-01-01T00:00:00",
            "2025-01-01 00:00:00 ",
            "+025-01-01 00:00:00",
            "２０２５-01-01 00:00:00",
        ] {
            assert!(text.parse::<BeijingTime>().is_err(), "{text}");
        }
    }
}
