//! What was measured, and what is made of it: rates, percentiles, medians.

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

/// The middle of some values, and the range that they span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    /// None of no values.
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Option<Spread> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let (least, most) = (*values.first()?, *values.last()?);
        let upper = *values.get(values.len() / 2)?;
        let lower = *values.get((values.len() - 1) / 2)?;
        Some(Spread {
            median: f64::midpoint(lower, upper),
            least,
            most,
        })
    }
}

/// A count as a number to reckon with.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::Spread;

    #[test]
    fn the_median_is_the_middle_value_or_lies_between_the_two_in_the_middle() {
        let median = |values: &[f64]| {
            let spread = Spread::of(values.iter().copied())?;
            Some(format!(
                "{} {} {}",
                spread.least, spread.median, spread.most
            ))
        };
        assert_eq!(median(&[3.0, 1.0, 2.5]).as_deref(), Some("1 2.5 3"));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]).as_deref(), Some("1 2.5 4"));
        assert_eq!(median(&[7.0]).as_deref(), Some("7 7 7"));
        assert_eq!(median(&[]), None);
    }
}
