//! What one measurement of a row under load came to: its rate, its percentiles, its processor time.

use std::time::Duration;

use super::cpu::Watch;

/// One measurement.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// Done in a second.
    pub(super) rate: f64,
    /// The time that half of them stayed below, in milliseconds.
    pub(super) p50: f64,
    /// The time that 99 of 100 stayed below, in milliseconds.
    pub(super) p99: f64,
    /// Processor time of each, that of the sender included, in microseconds.
    pub(super) cpu: Option<f64>,
    /// How many there were.
    pub(super) count: usize,
}

impl Measured {
    pub(super) fn new(mut times: Vec<Duration>, watch: &Watch) -> Measured {
        let (length, cpu) = watch.stop();
        times.sort_unstable();
        let count = times.len();
        let percentile = |percent: usize| {
            let place = (count * percent / 100).min(count.saturating_sub(1));
            times
                .get(place)
                .map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        Measured {
            rate: number(count) / length.as_secs_f64(),
            p50: percentile(50),
            p99: percentile(99),
            cpu: cpu.map(|cpu| cpu.as_secs_f64() * 1e6 / number(count)),
            count,
        }
    }
}

/// A count as a number to reckon with.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
