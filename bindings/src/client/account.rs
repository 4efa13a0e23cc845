//! What the calls of one account share: its credentials, its limits, and what was learnt from the
//! gateway.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use governor::clock::Clock as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use http::Uri;
use jiff::Timestamp;

use super::settings::Settings;
use crate::Keys;
use crate::reply::Failure;
use crate::send::Options;

const MINUTE: Duration = Duration::from_secs(60);

pub(super) struct Account {
    pub(super) keys: Keys,
    pub(super) settings: Settings,
    pub(super) base: Uri,
    pub(super) options: Options,
    /// Methods that the gateway called too often.
    gates: Mutex<HashMap<String, Gate>>,
    limiter: Option<DefaultDirectRateLimiter>,
    skew: Mutex<Skew>,
}

/// A method is left alone until then.
struct Gate {
    until: Instant,
    failure: Box<Failure>,
}

#[derive(Default)]
struct Skew {
    seconds: Option<i64>,
    told: bool,
}

impl Account {
    pub(super) fn new(keys: Keys, settings: Settings, base: Uri) -> Account {
        let options = Options {
            base: Some(base.to_string()),
            validation: settings.validation,
            unit: settings.unit,
            ..Options::default()
        };
        Account {
            limiter: settings.calls_per_minute.and_then(limiter),
            keys,
            settings,
            base,
            options,
            gates: Mutex::default(),
            skew: Mutex::default(),
        }
    }

    /// Another account with the same settings, and none of what was learnt.
    pub(super) fn of(&self, keys: Keys) -> Account {
        let settings = Settings {
            alias: None,
            ..self.settings.clone()
        };
        Account::new(keys, settings, self.base.clone())
    }

    /// The `Debug` of a client: nothing that belongs to the account.
    pub(super) fn describe(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("gateway", &self.keys.gateway().name)
            .field("host", &self.base.host())
            .field("alias", &self.settings.alias)
            .finish_non_exhaustive()
    }

    /// How long a method is to be left alone, and what the gateway said.
    pub(super) fn gate(&self, method: &str, now: Instant) -> Option<(Duration, Box<Failure>)> {
        let gates = lock(&self.gates);
        let gate = gates.get(method)?;
        let wait = gate.until.saturating_duration_since(now);
        (!wait.is_zero()).then(|| (wait, gate.failure.clone()))
    }

    /// Leaves a method alone for so long.
    pub(super) fn close_gate(
        &self,
        method: &str,
        now: Instant,
        wait: Duration,
        failure: Box<Failure>,
    ) {
        let Some(until) = now.checked_add(wait) else {
            return;
        };
        let mut gates = lock(&self.gates);
        gates.retain(|_, gate| gate.until > now);
        gates.insert(method.to_owned(), Gate { until, failure });
    }

    /// Takes a turn of the account's rate, or says how long there is none.
    pub(super) fn turn(&self) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else {
            return Ok(());
        };
        let turn = limiter.check();
        turn.map_err(|none| none.wait_time_from(limiter.clock().now()))
    }

    /// Seconds by which the gateway's clock is ahead of this machine's.
    pub(super) fn skew(&self) -> Option<i64> {
        lock(&self.skew).seconds
    }

    /// Learns from a reply's `Date`; one that cannot be read says nothing.
    pub(super) fn learn_date(&self, date: &str) {
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        let Ok(there) = parser.parse_timestamp(date) else {
            return;
        };
        let seconds = there.as_second() - Timestamp::now().as_second();
        let mut skew = lock(&self.skew);
        skew.seconds = Some(seconds);
        let window = self.keys.gateway().window.map(u64::from);
        if window.is_some_and(|window| seconds.unsigned_abs() > window / 2) && !skew.told {
            skew.told = true;
            tracing::warn!(
                seconds,
                "the clock of this machine differs from the gateway's by more than half of what it allows"
            );
        }
    }
}

/// Evenly spread, so that no minute has more, wherever it begins.
fn limiter(calls: u32) -> Option<DefaultDirectRateLimiter> {
    let quota = Quota::with_period(MINUTE / calls)?;
    Some(RateLimiter::direct(quota.allow_burst(NonZeroU32::MIN)))
}

/// What a panic elsewhere left behind is still a clock or a map.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
