//! What was run, at the end: each step with its seconds, and what went wrong or was not done.

use super::Outcome;

/// A step that was run.
pub(super) struct Row<'s> {
    pub(super) name: &'s str,
    pub(super) seconds: f32,
    pub(super) outcome: Outcome,
}

/// Whether any step failed.
pub(super) fn failed(rows: &[Row<'_>]) -> bool {
    rows.iter()
        .any(|row| matches!(row.outcome, Outcome::Failed(_)))
}

/// The table, and a line that says how it ended.
pub(super) fn text(rows: &[Row<'_>]) -> String {
    let width = rows.iter().map(|row| row.name.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut out = format!("\n{:width$}  {:>7}\n", "step", "seconds");
    for row in rows {
        let told = match &row.outcome {
            Outcome::Passed => String::new(),
            Outcome::Skipped(reason) => format!("  skipped: {reason}"),
            Outcome::Failed(_) => "  failed".to_owned(),
        };
        out += &format!("{:width$}  {:>7.1}{told}\n", row.name, row.seconds);
    }
    let total: f32 = rows.iter().map(|row| row.seconds).sum();
    out += &format!("{:width$}  {total:>7.1}\n\n", "total");
    let count =
        |wanted: fn(&Outcome) -> bool| rows.iter().filter(|row| wanted(&row.outcome)).count();
    let passed = count(|outcome| *outcome == Outcome::Passed);
    let skipped = count(|outcome| matches!(outcome, Outcome::Skipped(_)));
    out += &format!(
        "steps: {passed} passed, {} failed, {skipped} skipped\n",
        rows.len() - passed - skipped
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_its_seconds_and_its_outcome() {
        let row = |name, seconds, outcome| Row {
            name,
            seconds,
            outcome,
        };
        let rows = [
            row("format", 1.25, Outcome::Passed),
            row(
                "oldest compiler",
                0.0,
                Outcome::Skipped("none here".to_owned()),
            ),
            row("tests", 100.0, Outcome::Failed(vec!["cargo".to_owned()])),
        ];
        assert_eq!(
            text(&rows),
            "\nstep             seconds\n\
             format               1.2\n\
             oldest compiler      0.0  skipped: none here\n\
             tests              100.0  failed\n\
             total              101.2\n\n\
             steps: 1 passed, 1 failed, 1 skipped\n"
        );
        assert!(failed(&rows));
        assert!(!failed(&rows[..2]));
    }
}
