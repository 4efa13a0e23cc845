//! A time stamp read back to an instant, and the doubts that its size raises.

use dockseal::BeijingTime;
use dockseal::gateway::Stamp;

use crate::language::Said;

/// Larger numbers are milliseconds: as seconds they are the year 5138.
const MILLISECONDS: i64 = 100_000_000_000;
/// Unix seconds of September 2001: what is smaller has been counted from elsewhere.
const SMALLEST: i64 = 1_000_000_000;
/// Unix seconds of 2012 in Beijing, from which one of the gateways counts.
pub(super) const YEAR_2012: i64 = 1_325_347_200;

/// A time stamp that was understood.
pub(super) struct Reading {
    /// Unix seconds.
    pub(super) unix: i64,
    /// Why the gateway may read it otherwise.
    pub(super) doubt: Option<Said>,
}

/// Reads a time stamp as its sender meant it; none if it is no time at all.
pub(super) fn read(stamp: Stamp, text: &str) -> Option<Reading> {
    let certain = |unix| Some(Reading { unix, doubt: None });
    let doubtful = |unix, en: &'static str, zh: &'static str| {
        Some(Reading {
            unix,
            doubt: Some(Said::new(en, zh)),
        })
    };
    let number = text.parse::<i64>().ok();
    match (stamp, number) {
        (Stamp::DateTime, None) => certain(text.parse::<BeijingTime>().ok()?.unix()),
        // This gateway takes milliseconds too.
        (Stamp::DateTime, Some(number)) if number >= MILLISECONDS => certain(number / 1000),
        (Stamp::DateTime, Some(number)) => doubtful(
            number,
            "it should be written as 2025-01-31 10:00:00 in Beijing time",
            "应写成北京时间 2025-01-31 10:00:00",
        ),
        (Stamp::Seconds { .. }, None) => None,
        (Stamp::Seconds { .. }, Some(number)) if number >= MILLISECONDS => doubtful(
            number / 1000,
            "these are milliseconds; the gateway wants seconds",
            "这是毫秒，网关要求秒",
        ),
        (Stamp::Seconds { since }, Some(number)) if since > 0 && number >= since => doubtful(
            number,
            "this is plain unix time; 1325347200 has to be subtracted",
            "这是未减去 1325347200 的 unix 时间",
        ),
        (Stamp::Seconds { since: 0 }, Some(number)) if number < SMALLEST => doubtful(
            number + YEAR_2012,
            "too small for unix seconds; 1325347200 seems to have been subtracted",
            "小于合理的 unix 秒数，疑似多减了 1325347200",
        ),
        (Stamp::Seconds { since }, Some(number)) => certain(number + since),
    }
}
