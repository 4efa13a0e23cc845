//! Two ways to do the same, measured in turn, so that what the machine does besides falls on both.
//!
//! Measured is the processor time of this thread: while the machine runs something else, it stands.

use std::error::Error;
use std::hint::black_box;

use rustix::time::{ClockId, clock_gettime};

use super::figures::Spread;

/// How long one measurement lasts at least, so that the clock's own cost and grain do not count.
const SLICE: f64 = 0.002;

/// What both sides came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    /// Seconds of one run of ours.
    pub(super) ours: Spread,
    /// Seconds of one run of theirs.
    pub(super) theirs: Spread,
    /// Ours by theirs, of each round.
    pub(super) ratio: Spread,
}

impl Outcome {
    /// Of measurements in seconds, round by round.
    pub(super) fn of(rounds: &[(f64, f64)]) -> Result<Outcome, Box<dyn Error>> {
        let spread = |one: fn(&(f64, f64)) -> f64| {
            Spread::quartiles(rounds.iter().map(one)).ok_or("there were no rounds")
        };
        Ok(Outcome {
            ours: spread(|round| round.0)?,
            theirs: spread(|round| round.1)?,
            ratio: spread(|round| round.0 / round.1)?,
        })
    }
}

/// How contests are held.
pub(super) struct Contest {
    rounds: u32,
}

impl Contest {
    pub(super) fn new(rounds: u32) -> Contest {
        Contest { rounds }
    }

    pub(super) fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Measures two ways in turn, after a warm-up. What they return is kept from being optimized
    /// away, and its release is measured with it.
    pub(super) fn hold<A, B>(
        &self,
        mut ours: impl FnMut() -> A,
        mut theirs: impl FnMut() -> B,
    ) -> Result<Outcome, Box<dyn Error>> {
        let (n, m) = (enough(&mut ours), enough(&mut theirs));
        let mut rounds = Vec::new();
        for round in 0..self.rounds {
            // Whoever comes second may find the caches as the first left them.
            let pair = if round % 2 == 0 {
                let first = seconds(n, &mut ours);
                (first, seconds(m, &mut theirs))
            } else {
                let first = seconds(m, &mut theirs);
                (seconds(n, &mut ours), first)
            };
            rounds.push(pair);
        }
        Outcome::of(&rounds)
    }
}

/// How many runs fill a slice.
fn enough<T>(run: &mut impl FnMut() -> T) -> u32 {
    let mut count = 1_u32;
    loop {
        if seconds(count, run) * f64::from(count) >= SLICE || count > 1 << 24 {
            return count;
        }
        count *= 2;
    }
}

/// Seconds of one run, the mean of a slice.
fn seconds<T>(count: u32, run: &mut impl FnMut() -> T) -> f64 {
    let started = processor_time();
    for _ in 0..count {
        black_box(run());
    }
    (processor_time() - started) / f64::from(count)
}

/// Seconds that this thread has run.
#[allow(clippy::cast_precision_loss, reason = "exact for a hundred days")]
fn processor_time() -> f64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}
