//! What time the sandbox thinks it is, and how HTTP writes it.

use std::fmt;
use std::sync::Arc;

use dockseal::BeijingTime;

/// Seconds by which Beijing is ahead of UTC.
pub(super) const BEIJING: i64 = 8 * 3600;

/// The sandbox's clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> BeijingTime + Send + Sync>);

impl Clock {
    /// The clock of this machine.
    #[must_use]
    pub fn system() -> Clock {
        Clock::of(BeijingTime::now)
    }

    /// The clock of this machine, so many seconds ahead, or behind where negative.
    #[must_use]
    pub fn offset(seconds: i64) -> Clock {
        Clock::of(move || shifted(BeijingTime::now(), seconds))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn fixed(now: BeijingTime) -> Clock {
        Clock::of(move || now)
    }

    /// Any clock.
    pub fn of(now: impl Fn() -> BeijingTime + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    pub(super) fn now(&self) -> BeijingTime {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

/// A time so many seconds later; the same time where there is none.
pub(super) fn shifted(time: BeijingTime, seconds: i64) -> BeijingTime {
    BeijingTime::from_unix(time.unix().saturating_add(seconds)).unwrap_or(time)
}

/// The value of a `Date` header: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub(super) fn http_date(now: BeijingTime) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let text = shifted(now, -BEIJING).to_string();
    let mut parts = text.split(['-', ' ']);
    let [year, month, day, time] = std::array::from_fn(|_| parts.next().unwrap_or_default());
    let month = month
        .parse::<usize>()
        .ok()
        .and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    // 1970 began on a Thursday.
    let weekday = usize::try_from(now.unix().div_euclid(86_400).rem_euclid(7))
        .ok()
        .and_then(|day| DAYS.get(day));
    format!(
        "{}, {day} {} {year} {time} GMT",
        weekday.copied().unwrap_or_default(),
        month.copied().unwrap_or_default()
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use dockseal::BeijingTime;

    use super::http_date;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        for (seconds, text) in [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (1_709_164_799, "Wed, 28 Feb 2024 23:59:59 GMT"),
            (1_763_740_800, "Fri, 21 Nov 2025 16:00:00 GMT"),
        ] {
            assert_eq!(http_date(BeijingTime::from_unix(seconds).unwrap()), text);
        }
    }
}
