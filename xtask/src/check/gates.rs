//! The steps that need a base: what changed, and whether all that a change has to bring along is
//! there.

use std::collections::BTreeMap;
use std::path::Path;

use dockseal_codegen::review::{Bump, Finding, Review, Wire};
use jiff::civil::Date;

use super::approved::Against;
use super::files::unreadable;
use super::provenance::Causes;
use super::report::{Outcome, Problem, Step};
use super::version::{self, Released, Version};
use super::{approved, fragments, provenance};
use crate::approvals::{self, Approvals, command, later};
use crate::changes::{self, Fragment};
use crate::diff::base::ends;
use crate::diff::frame::{Facts, Frame};
use crate::diff::git::Repository;
use crate::diff::options::{Axis, Output, Sides};
use crate::diff::run::{Compared, compare};
use crate::tree;

pub(super) const DIFF: &str = "diff";

/// How a change is judged.
#[derive(Clone, Copy)]
pub(super) struct Demands<'a> {
    /// Compared with this; with the default branch when it is not named.
    pub(super) base: Option<&'a str>,
    pub(super) output: &'a Output,
    /// A release is made of it.
    pub(super) release: bool,
    /// The day by which approvals are judged.
    pub(super) today: Date,
}

/// What came of it, for the reports.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) steps: Vec<Step>,
    pub(super) review: Review,
    pub(super) frame: Frame,
}

/// Runs the steps on a repository, whose schemas other steps could read or not.
pub(super) fn judge(repository: &Repository, readable: bool, demands: Demands<'_>) -> Judged {
    let sides = against(demands.base, false);
    match ends(repository, &sides) {
        Ok(_) => {}
        Err(error) if demands.base.is_some() => {
            return unjudged(Some(repository.root()), &error, demands);
        }
        Err(error) => {
            return no_base(Some(repository.root()), &error, demands);
        }
    }
    if !readable {
        let error = "the change cannot be judged until the schemas can be read\n  help: mend what the step `schemas` found";
        return unjudged(Some(repository.root()), error, demands);
    }
    compare(&sides, "schemas")
        .and_then(|compared| change(compared, demands))
        .unwrap_or_else(|error| unjudged(Some(repository.root()), &error, demands))
}

/// What can be said where nothing can be compared: the shape of what people wrote, if it is known
/// where that is.
pub(super) fn without_base(root: Option<&Path>, reason: &str, demands: Demands<'_>) -> Judged {
    let skipped = |name| Step::skipped(name, reason);
    let [approvals, changelog] = match root {
        None => [approved::NAME, fragments::NAME].map(skipped),
        Some(root) => {
            let entries = std::fs::read(root.join(approvals::PATH)).ok();
            let (approvals, malformed) = read_approvals([None, entries], demands.today);
            let (_, unread) = read_fragments(&BTreeMap::new(), root);
            [
                malformed.unwrap_or_else(|| approved::step(&approvals, Against::Nothing)),
                unread.unwrap_or_else(|| skipped(fragments::NAME)),
            ]
        }
    };
    Judged {
        steps: vec![
            skipped(DIFF),
            approvals,
            changelog,
            skipped(provenance::NAME),
            skipped(version::NAME),
        ],
        frame: Frame {
            unreviewed: true,
            ..Frame::default()
        },
        ..Judged::default()
    }
}

/// There is nothing to compare with, and nobody asked for it.
pub(super) fn no_base(root: Option<&Path>, error: &str, demands: Demands<'_>) -> Judged {
    let mut judged = without_base(root, "there is no base, as diff says", demands);
    if let Some(diff) = judged.steps.first_mut() {
        *diff = Step::skipped(DIFF, error.replace("\n  help: ", "; "));
    }
    judged
}

/// The comparison itself failed.
pub(super) fn unjudged(root: Option<&Path>, error: &str, demands: Demands<'_>) -> Judged {
    let mut judged = without_base(root, "until the change can be judged", demands);
    if let Some(diff) = judged.steps.first_mut() {
        *diff = unreadable(DIFF, error);
    }
    judged
}

fn change(compared: Compared, demands: Demands<'_>) -> Result<Judged, String> {
    let repository = &compared.repository;
    let (approvals, malformed) = read_approvals(compared.both(approvals::PATH)?, demands.today);
    let before = repository.files(&compared.ends.base.hash, changes::DIRECTORY)?;
    let (fragments, unread) = read_fragments(&before, repository.root());
    let release = last_release(repository, demands.release);
    let review = &compared.review;
    let against = Against::Change {
        review,
        since_release: release
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .map(|(_, review)| review),
    };
    let mut frame = compared.frame(demands.output, &approvals)?;
    let steps = vec![
        meaning(review, &frame, demands.today),
        malformed.unwrap_or_else(|| approved::step(&approvals, against)),
        unread.unwrap_or_else(|| fragments::step(&fragments, review)),
        documents(&compared, &approvals, &fragments),
        grown(repository, &release, demands.release),
    ];
    frame.facts = Facts {
        needs: needed(&release, review),
        changelog: changelog(&steps, &fragments),
        provenance: Some(provenance::summary(review)),
        ..Facts::default()
    };
    Ok(Judged {
        steps,
        review: compared.review,
        frame,
    })
}

/// The sides to compare: with the merge base of a commit, or with that commit as it is.
fn against(base: Option<&str>, exact: bool) -> Sides {
    Sides {
        base: base.map(str::to_owned),
        exact,
        head: "worktree".to_owned(),
        since_release: false,
        axis: Axis::Both,
        only: None,
    }
}

/// The approvals of both sides; a step that failed, and no approvals, where they are malformed.
fn read_approvals([base, head]: [Option<Vec<u8>>; 2], today: Date) -> (Approvals, Option<Step>) {
    match Approvals::read(base.as_deref(), head.as_deref(), today) {
        Ok(approvals) => (approvals, None),
        Err(malformed) => {
            let problem = Problem::malformed("approval-malformed", malformed);
            let entries = Vec::new();
            let step = Step::unjudged(approved::NAME, problem);
            (Approvals { entries, today }, Some(step))
        }
    }
}

/// The fragments of the work tree; a step that failed, and none, where one is malformed.
fn read_fragments(base: &BTreeMap<String, Vec<u8>>, root: &Path) -> (Vec<Fragment>, Option<Step>) {
    let directory = root.join(changes::DIRECTORY);
    let failed = |problem| (Vec::new(), Some(Step::unjudged(fragments::NAME, problem)));
    let head = if directory.is_dir() {
        tree::read(&directory, &[""])
    } else {
        Ok(BTreeMap::new())
    };
    match head.map(|head| changes::read(base, &head)) {
        Ok(Ok(fragments)) => (fragments, None),
        Ok(Err(malformed)) => failed(Problem::malformed("changelog-malformed", malformed)),
        Err(error) => (Vec::new(), Some(unreadable(fragments::NAME, &error))),
    }
}

/// The last release and what changed since, if there was one; or why nobody can tell.
type LastRelease = Result<Option<(String, Review)>, String>;

fn last_release(repository: &Repository, release: bool) -> LastRelease {
    // A commit that is being released may have its tag already.
    let from = if release && repository.has("HEAD^")? {
        "HEAD^"
    } else {
        "HEAD"
    };
    let tag = match repository.last_release(from) {
        Ok(tag) => tag,
        Err(_) if !repository.is_shallow()? => return Ok(None),
        Err(error) => return Err(error),
    };
    let sides = against(Some(&format!("refs/tags/{tag}")), true);
    let review = compare(&sides, "schemas")?.review;
    Ok(Some((tag, review)))
}

/// The step of the review itself: what fails of it.
fn meaning(review: &Review, frame: &Frame, today: Date) -> Step {
    let fails = review
        .findings
        .iter()
        .filter(|finding| frame.fails(finding));
    let problems = fails.map(|finding| failing(finding, frame, today));
    let detail = match review.findings.len() {
        0 => format!("nothing changed its meaning since {}", frame.base),
        _ => format!("{} since {}", frame.tally(review), frame.base),
    };
    Step::judged(DIFF, problems.collect(), detail).with_notes(frame.notes.clone())
}

fn failing(finding: &Finding, frame: &Frame, today: Date) -> Problem {
    let message = format!(
        "{}: {} ({})",
        provenance::place(finding),
        finding.rule.title,
        finding.severity.text()
    );
    let expires = (finding.severity == Wire::Breaking).then(|| later(today));
    let help = format!(
        "if it is meant: {}; what it is: cargo xtask diff --explain {}",
        command(&finding.fingerprint, None, None, expires),
        finding.rule.id
    );
    let place = frame.place(finding);
    let mut problem = Problem::new(finding.rule.id, message, help).at(place.path, place.line);
    problem.column = place.column;
    problem
}

fn documents(compared: &Compared, approvals: &Approvals, fragments: &[Fragment]) -> Step {
    let base = provenance::Side::read(&compared.base);
    let head = provenance::Side::read(&compared.head);
    let causes = Causes {
        approvals,
        fragments,
    };
    match (base, head) {
        (Ok(base), Ok(head)) => provenance::step(&base, &head, &compared.review, causes),
        (_, Err(error)) => unreadable(provenance::NAME, &error),
        (Err(_), Ok(_)) => {
            let reason = "the lock of the base cannot be read";
            Step::skipped(provenance::NAME, reason)
        }
    }
}

fn grown(repository: &Repository, release: &LastRelease, demanded: bool) -> Step {
    match release {
        Ok(Some((tag, review))) => {
            let manifest = std::fs::read_to_string(repository.root().join(version::MANIFEST));
            let released = Released { tag, review };
            version::step(manifest.ok().as_deref(), released, demanded)
        }
        // Nothing is left out: there is nothing to compare with.
        Ok(None) => {
            let detail = "nothing was released yet: there is no tag `v*`".to_owned();
            Step::judged(version::NAME, Vec::new(), detail)
        }
        Err(error) if demanded => unreadable(version::NAME, error),
        Err(error) => Step::skipped(version::NAME, error.replace("\n  help: ", "; ")),
    }
}

/// The version that a release of the change has to have, if it has any effect.
fn needed(release: &LastRelease, review: &Review) -> Option<String> {
    let (tag, since) = release.as_ref().ok()?.as_ref()?;
    let bump = since.bump().max(review.bump());
    let last = Version::of_tag(tag)?;
    (review.bump() > Bump::None).then(|| last.after(bump).to_string())
}

/// What the first line of a report says of the changelog.
fn changelog(steps: &[Step], fragments: &[Fragment]) -> Option<String> {
    let step = steps.iter().find(|step| step.name == fragments::NAME)?;
    let missing = |problem: &Problem| problem.id == "changelog-missing";
    Some(match step.outcome {
        Outcome::Failed if step.problems.iter().any(missing) => "missing".to_owned(),
        Outcome::Passed(_) if fragments.iter().any(|fragment| fragment.added) => {
            "present".to_owned()
        }
        Outcome::Passed(_) => "not needed".to_owned(),
        _ => "wrong".to_owned(),
    })
}
