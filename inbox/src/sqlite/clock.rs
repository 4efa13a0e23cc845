//! Times as the database keeps them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dockseal::BeijingTime;

use super::trouble::Trouble;

/// Milliseconds since 1970-01-01 UTC.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, milliseconds)
}

/// A duration in milliseconds, rounded up: what is due is never early.
pub(super) fn milliseconds(of: Duration) -> i64 {
    i64::try_from(of.as_nanos().div_ceil(1_000_000)).unwrap_or(i64::MAX)
}

/// From seconds since 1970-01-01 UTC.
pub(super) fn time(seconds: i64) -> Result<BeijingTime, Trouble> {
    BeijingTime::from_unix(seconds)
        .map_err(|error| Trouble::because("a stored time is wrong", error))
}
