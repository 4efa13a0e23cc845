//! The step `approvals`: each entry stands for a finding, and its last day is not over.

use dockseal_codegen::review::Review;

use super::report::{Problem, Step};
use crate::approvals::{Approval, Approvals, Origin, PATH, command, later};

pub(super) const NAME: &str = "approvals";

/// What the entries are held against.
#[derive(Clone, Copy)]
pub(super) enum Against<'r> {
    /// Nothing: the reason is told in the steps that need a base.
    Nothing,
    /// The change, and what changed since the last release, if there was one.
    Change {
        review: &'r Review,
        since_release: Option<&'r Review>,
    },
}

/// Holds the entries against their findings.
pub(super) fn step(approvals: &Approvals, against: Against<'_>) -> Step {
    let here = || {
        let entries = approvals.entries.iter();
        entries.filter(|entry| entry.origin != Origin::Dropped)
    };
    let problems = here().filter_map(|entry| problem(entry, approvals, against));
    let added = here().filter(|entry| entry.origin == Origin::Added);
    let notes = match against {
        Against::Nothing => Vec::new(),
        Against::Change { .. } => added.map(note).collect(),
    };
    let detail = match here().count() {
        0 => "there are none".to_owned(),
        number => format!("{number} in {PATH}"),
    };
    Step::judged(NAME, problems.collect(), detail).with_notes(notes)
}

/// An approval that the change brings along is part of what has to be reviewed.
fn note(entry: &Approval) -> String {
    let until = entry.expires.map(|day| format!(", until {day}"));
    format!(
        "this change approves {} ({}, {}) as {}{}: {}",
        entry.fingerprint,
        entry.rule,
        entry.api,
        entry.reason.text(),
        until.unwrap_or_default(),
        entry.note
    )
}

fn problem(entry: &Approval, approvals: &Approvals, against: Against<'_>) -> Option<Problem> {
    let today = approvals.today;
    let at = |problem: Problem| Some(problem.at(PATH, entry.line));
    if entry.is_expired(today) {
        let anew = command(
            &entry.fingerprint,
            Some(entry.reason),
            Some(&entry.note),
            Some(later(today)),
        );
        return at(Problem::new(
            "approval-expired",
            format!(
                "the approval of {} ({}, {}) is over; today is {today}",
                entry.fingerprint, entry.rule, entry.api
            ),
            format!("delete the entry; if it is still needed: {anew}"),
        ));
    }
    let Against::Change {
        review,
        since_release,
    } = against
    else {
        return None;
    };
    let reviews = std::iter::once(review).chain(since_release);
    let mut findings = reviews.flat_map(|review| &review.findings);
    let Some(finding) = findings.find(|finding| finding.fingerprint == entry.fingerprint) else {
        // What was approved before this change may have been merged long ago; only a release that
        // has it proves that it is of no use any more.
        let judged = entry.origin == Origin::Added || since_release.is_some();
        return judged
            .then(|| {
                Problem::new(
                    "approval-unused",
                    format!(
                        "{} ({}, {}) approves nothing that changed",
                        entry.fingerprint, entry.rule, entry.api
                    ),
                    "delete the entry; the findings and their fingerprints: cargo xtask diff",
                )
            })
            .and_then(at);
    };
    let (message, remedy) = entry.disagreement(finding, today)?;
    let help = format!("write `{remedy}`");
    at(Problem::new("approval-malformed", message, help))
}
