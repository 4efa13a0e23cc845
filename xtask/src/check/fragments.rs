//! The step `changelog`: every finding that users should hear of is named by a fragment.

use std::collections::BTreeMap;

use dockseal_codegen::review::{Bump, Finding, Review};

use super::report::{Problem, Step};
use crate::approvals::subject;
use crate::changes::{DIRECTORY, Fragment, is_news};
use crate::generate::count;

pub(super) const NAME: &str = "changelog";

const DRAFT: &str = "cargo xtask diff --write-changelog";

/// Holds the fragments of the change against its findings. Those that were there before speak of
/// changes that were merged before.
pub(super) fn step(fragments: &[Fragment], review: &Review) -> Step {
    let added: Vec<&Fragment> = fragments.iter().filter(|fragment| fragment.added).collect();
    let mut problems = missing(&added, review);
    for fragment in &added {
        problems.extend(mismatches(fragment, review));
    }
    let detail = match added.len() {
        0 => "nothing to tell".to_owned(),
        number => count(number, "new fragment"),
    };
    Step::judged(NAME, problems, detail)
}

/// One problem for each API.
fn missing(added: &[&Fragment], review: &Review) -> Vec<Problem> {
    let mut untold: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    let told = |finding: &Finding| {
        let mut named = added.iter().flat_map(|fragment| &fragment.fingerprints);
        named.any(|fingerprint| *fingerprint == finding.fingerprint)
    };
    let news = review.findings.iter().filter(|finding| is_news(finding));
    for finding in news.filter(|finding| !told(finding)) {
        let about = (finding.gateway.as_str(), subject(finding));
        untold.entry(about).or_default().push(finding);
    }
    let problems = untold.into_iter().map(|((_, subject), findings)| {
        let fingerprints: Vec<_> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        let first = findings.first().map(|finding| &finding.location);
        let message = format!(
            "{subject}: no fragment in {DIRECTORY} names {} ({})",
            count(findings.len(), "finding"),
            listed(&fingerprints)
        );
        let problem = Problem::new("changelog-missing", message, format!("draft one: {DRAFT}"));
        match first {
            Some(place) if !place.base => problem.at(format!("schemas/{}", place.path), place.line),
            _ => problem,
        }
    });
    problems.collect()
}

/// `a, b, c and 4 more`
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown: Vec<_> = names.iter().take(SHOWN).copied().collect();
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}

fn mismatches(fragment: &Fragment, review: &Review) -> Vec<Problem> {
    let found = |fingerprint: &String| {
        let mut findings = review.findings.iter();
        findings.find(|finding| finding.fingerprint == *fingerprint)
    };
    let unknown = fragment.fingerprints.iter().filter(|f| found(f).is_none());
    let mut problems: Vec<_> = unknown
        .map(|fingerprint| {
            let message = format!("no finding of this change has the fingerprint {fingerprint}");
            let help = format!(
                "delete it from `fingerprints`, or delete the file and draft it anew: {DRAFT}"
            );
            Problem::new("changelog-mismatch", message, help).at(&fragment.path, 0)
        })
        .collect();
    let findings = fragment.fingerprints.iter().filter_map(found);
    let needed = findings.map(|finding| finding.bump).max();
    if let Some(needed) = needed.filter(|needed| *needed > fragment.bump) {
        let message = format!(
            "`bump` says {}, the findings that it names need {}",
            fragment.bump.text(),
            Bump::text(needed)
        );
        let help = format!("write `bump = \"{}\"`", needed.text());
        problems.push(Problem::new("changelog-mismatch", message, help).at(&fragment.path, 0));
    }
    problems
}
