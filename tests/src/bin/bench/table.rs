//! The rows of a run for people and as JSON, each with its verdict.

use std::fmt;
use std::io::IsTerminal;

use serde_json::{Value, json};

use super::budgets::Budgets;
use super::contest::{Contest, Outcome};
use super::figures::Spread;

/// What was measured so far.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Row>,
    claims: Vec<Claim>,
}

/// Two sides of a measure.
struct Row {
    /// By which the budget is found: `build/10`, or `build` for all sizes.
    key: String,
    /// What was measured: `production order`.
    subject: &'static str,
    outcome: Outcome,
    most: Option<f64>,
}

/// A single figure that is no ratio of times.
struct Claim {
    key: String,
    /// What it counts, with its unit.
    subject: String,
    value: f64,
    most: Option<f64>,
}

impl Table {
    /// Says on a terminal what is measured now.
    #[allow(clippy::unused_self, reason = "the table is what progresses")]
    pub(super) fn progress(&self, name: &str) {
        if std::io::stderr().is_terminal() {
            anstream::eprintln!("measuring {name} ...");
        }
    }

    /// A row; `key` finds its budget, whole or before its `/`.
    pub(super) fn row(&mut self, key: impl Into<String>, subject: &'static str, outcome: Outcome) {
        self.rows.push(Row {
            key: key.into(),
            subject,
            outcome,
            most: None,
        });
    }

    /// A figure that is no ratio of times, such as allocations or bytes.
    pub(super) fn claim(&mut self, key: impl Into<String>, subject: impl Into<String>, value: f64) {
        self.claims.push(Claim {
            key: key.into(),
            subject: subject.into(),
            value,
            most: None,
        });
    }

    /// Holds all rows against their budgets.
    pub(super) fn judge(&mut self, budgets: &Budgets) {
        for row in &mut self.rows {
            row.most = budgets.most(&row.key);
        }
        for claim in &mut self.claims {
            claim.most = budgets.most(&claim.key);
        }
    }

    pub(super) fn is_within_budget(&self) -> bool {
        self.missed().is_empty()
    }

    /// What is not within its budget, in words.
    pub(super) fn missed(&self) -> Vec<String> {
        let rows = self.rows.iter().filter_map(|row| {
            let (most, got) = (row.most?, row.outcome.ratio.median);
            let name = format!("{} {}", row.key, row.subject);
            (got > most).then(|| format!("{name} is {got:.2}, at most {most} is allowed"))
        });
        let claims = self.claims.iter().filter_map(|claim| {
            let (most, got) = (claim.most?, claim.value);
            let name = format!("{} {}", claim.key, claim.subject);
            (got > most).then(|| format!("{name} is {got}, at most {most} is allowed"))
        });
        rows.chain(claims).collect()
    }

    pub(super) fn to_json(&self, contest: &Contest) -> Value {
        let rows = self.rows.iter().map(|row| {
            json!({
                "row": row.key,
                "subject": row.subject,
                "ours_seconds": spread(row.outcome.ours),
                "theirs_seconds": spread(row.outcome.theirs),
                "ratio": spread(row.outcome.ratio),
                "most": row.most,
                "within_budget": row.most.is_none_or(|most| row.outcome.ratio.median <= most),
            })
        });
        let claims = self.claims.iter().map(|claim| {
            json!({
                "figure": claim.key,
                "subject": claim.subject,
                "value": claim.value,
                "most": claim.most,
                "within_budget": claim.most.is_none_or(|most| claim.value <= most),
            })
        });
        json!({
            "rounds": contest.rounds(),
            "rows": rows.collect::<Vec<_>>(),
            "figures": claims.collect::<Vec<_>>(),
            "within_budget": self.is_within_budget(),
        })
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.rows.is_empty() {
            writeln!(
                f,
                "{:<16} {:<30} {:>9} {:>9}  ratio (quartiles)   budget",
                "row", "of", "ours", "theirs"
            )?;
        }
        for row in &self.rows {
            let Outcome {
                ours,
                theirs,
                ratio,
            } = row.outcome;
            let range = format!("({:.2} to {:.2})", ratio.least, ratio.most);
            write!(
                f,
                "{:<16} {:<30} {:>9} {:>9}  {:>4.2} {range:<14}",
                row.key,
                row.subject,
                time(ours.median),
                time(theirs.median),
                ratio.median,
            )?;
            verdict(f, ratio.median, row.most)?;
        }
        for claim in &self.claims {
            let value = if claim.value.fract() == 0.0 {
                format!("{}", claim.value)
            } else {
                format!("{:.2}", claim.value)
            };
            write!(f, "{:<16} {:<58} {value:>8} ", claim.key, claim.subject)?;
            verdict(f, claim.value, claim.most)?;
        }
        Ok(())
    }
}

fn verdict(f: &mut fmt::Formatter<'_>, got: f64, most: Option<f64>) -> fmt::Result {
    match most {
        None => writeln!(f, " -"),
        Some(most) if got > most => writeln!(f, " <= {most}: OVER BUDGET"),
        Some(most) => writeln!(f, " <= {most}: ok"),
    }
}

/// Seconds with three digits and a unit that fits.
fn time(seconds: f64) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    let fits = units.iter().find(|(unit, _)| seconds >= *unit);
    let (unit, name) = fits.copied().unwrap_or((1e-9, "ns"));
    let value = seconds / unit;
    let decimals = if value < 10.0 {
        2
    } else {
        usize::from(value < 100.0)
    };
    format!("{value:.decimals$} {name}")
}

fn spread(spread: Spread) -> Value {
    json!({ "median": spread.median, "lower_quartile": spread.least, "upper_quartile": spread.most })
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_have_three_digits_and_the_unit_that_fits() {
        let shown = [2.0, 0.0123, 0.000_4, 0.000_002_5, 1e-10].map(time);
        assert_eq!(shown, ["2.00 s", "12.3 ms", "400 µs", "2.50 µs", "0.10 ns"]);
    }
}
