//! What some measurements of one thing come to: their middle and their range.

/// The middle of some values, and the range that they span.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) least: f64,
    pub(super) most: f64,
}

impl Spread {
    /// With the whole range; none of no values.
    pub(super) fn of(values: impl IntoIterator<Item = f64>) -> Option<Spread> {
        Spread::without(0, values)
    }

    /// With the range of the middle half: one round in a hundred that something else disturbed says
    /// nothing.
    pub(super) fn quartiles(values: impl IntoIterator<Item = f64>) -> Option<Spread> {
        Spread::without(4, values)
    }

    /// Leaves one of `each` values out of the range at either end.
    fn without(each: usize, values: impl IntoIterator<Item = f64>) -> Option<Spread> {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let cut = values.len().checked_div(each).unwrap_or(0);
        let least = *values.get(cut)?;
        let most = *values.get(values.len().checked_sub(cut + 1)?)?;
        let upper = *values.get(values.len() / 2)?;
        let lower = *values.get((values.len() - 1) / 2)?;
        Some(Spread {
            median: f64::midpoint(lower, upper),
            least,
            most,
        })
    }
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

    #[test]
    fn quartiles_leave_a_quarter_of_the_values_out_at_either_end() {
        let spread = Spread::quartiles((0..101).map(f64::from));
        let range = spread.map(|spread| format!("{} {}", spread.least, spread.most));
        assert_eq!(range.as_deref(), Some("25 75"));
        assert!(Spread::quartiles([1.0]).is_some());
    }
}
