//! The step `provenance`: schemas and the documents that they were transcribed from change together.
//!
//! A place of a message that changes cites a row, and the row's document changed with it, unless the
//! change mends a transcription. A row that changes takes the schemas that cite it along.

use std::collections::{BTreeMap, BTreeSet};

use dockseal_codegen::review::{Direction, Finding, Review, Wire};
use dockseal_codegen::{Citation, SourceFile, citations};
use serde_json::Value;

use super::report::{Problem, Step};
use crate::approvals::{Approvals, Reason, subject};
use crate::changes::Fragment;
use crate::record::line_at;
use crate::sources::{Entry, Lock};

pub(super) const NAME: &str = "provenance";

const LOCK: &str = "schemas/sources.lock";

/// One side: its lock, and who cites what.
pub(super) struct Side<'f> {
    files: &'f [SourceFile],
    lock: Lock,
    citations: Vec<Citation>,
}

/// What states the cause of a finding.
#[derive(Clone, Copy)]
pub(super) struct Causes<'a> {
    pub(super) approvals: &'a Approvals,
    pub(super) fragments: &'a [Fragment],
}

impl<'f> Side<'f> {
    pub(super) fn read(files: &'f [SourceFile]) -> Result<Self, String> {
        let lock = match file(files, "sources.lock") {
            None => Ok(Lock::default()),
            Some(bytes) => Lock::parse(&String::from_utf8_lossy(bytes)),
        };
        Ok(Self {
            files,
            lock: lock.map_err(|error| {
                format!(
                    "{LOCK} cannot be read: {error}\n  help: make it anew from the documents: cargo xtask sources PAGE --write"
                )
            })?,
            citations: citations(files),
        })
    }

    /// The citations by what they speak for: a property of a file, or the whole file.
    fn places(&self) -> BTreeMap<Place<'_>, Vec<&Citation>> {
        let mut places: BTreeMap<Place<'_>, Vec<&Citation>> = BTreeMap::new();
        for citation in &self.citations {
            let pointer = citation.pointer.as_str();
            let (place, _) = pointer.rsplit_once("/x-row").unwrap_or_default();
            let place = (citation.path.as_str(), place);
            places.entry(place).or_default().push(citation);
        }
        places
    }

    /// The hash of a row that is cited.
    fn hash(&self, citation: &Citation) -> Option<&str> {
        let (table, number) = citation.row.rsplit_once('/')?;
        let document = self.lock.documents.get(&citation.document)?;
        let number: usize = number.parse().ok()?;
        let row = document.tables.get(table)?.get(number.checked_sub(1)?)?;
        Some(row)
    }

    /// What stands at a place, its citations apart.
    fn said(&self, (path, pointer): Place<'_>) -> Option<Value> {
        let root: Value = serde_json::from_slice(file(self.files, path)?).ok()?;
        let mut said = root.pointer(pointer)?.clone();
        let members = said.as_object_mut()?;
        members.remove("x-row");
        members.remove("x-source");
        if let Some(shared) = self.shared(path, &root, members.get("$ref")) {
            members.insert("$ref".to_owned(), shared);
        }
        Some(said)
    }

    /// The shared scalar that a property refers to: what it says, the property says.
    fn shared(&self, path: &str, root: &Value, reference: Option<&Value>) -> Option<Value> {
        let (name, pointer) = reference?.as_str()?.split_once('#')?;
        let target = if name.is_empty() {
            root.pointer(pointer).cloned()
        } else {
            let (directory, _) = path.split_once('/')?;
            let beside = file(self.files, &format!("{directory}/{name}"))?;
            let beside: Value = serde_json::from_slice(beside).ok()?;
            beside.pointer(pointer).cloned()
        };
        // An object has fields of its own, which cite rows of their own.
        target.filter(|target| target.get("properties").is_none())
    }
}

/// File below `schemas/`, and JSON Pointer.
type Place<'s> = (&'s str, &'s str);

fn file<'f>(files: &'f [SourceFile], path: &str) -> Option<&'f [u8]> {
    let found = files.iter().find(|file| file.path == path)?;
    Some(&found.bytes)
}

/// Holds both sides against each other.
pub(super) fn step(base: &Side<'_>, head: &Side<'_>, review: &Review, causes: Causes<'_>) -> Step {
    let mut problems = changed_without_source(base, head, review, causes);
    problems.extend(source_changed_schema_not(base, head, review));
    Step::judged(NAME, problems, summary(review))
}

/// `3 of 3 rows cited`: places of messages that changed, and those among them that cite a row.
pub(super) fn summary(review: &Review) -> String {
    let place = |finding: &Finding| {
        let place = &finding.location;
        (place.path.clone(), place.pointer.clone())
    };
    let all: BTreeSet<_> = transcribed(review).map(place).collect();
    let cited = transcribed(review).filter(|finding| finding.source.is_some());
    let cited: BTreeSet<_> = cited.map(place).collect();
    match all.len() {
        0 => "no message changed".to_owned(),
        all => format!("{} of {all} rows cited", cited.len()),
    }
}

/// Findings that say something else than a document did: of messages, and of settings that cite it.
fn transcribed(review: &Review) -> impl Iterator<Item = &Finding> {
    let findings = review.findings.iter();
    findings.filter(|finding| {
        finding.wire > Wire::Docs && (finding.flow.is_some() || finding.source.is_some())
    })
}

fn changed_without_source<'s>(
    base: &'s Side<'_>,
    head: &'s Side<'_>,
    review: &Review,
    causes: Causes<'_>,
) -> Vec<Problem> {
    let problems = transcribed(review).filter_map(|finding| {
        let stated = causes.of(finding);
        let (message, help) = match &finding.source {
            None if stated.is_empty() => (
                format!("{} changed, and cites no row", place(finding)),
                "cite the row with `x-row`, or state the cause in a fragment: cargo xtask diff --write-changelog".to_owned(),
            ),
            None => return None,
            Some(source) => {
                let entry = |side: &'s Side<'_>| side.lock.documents.get(&source.document);
                if differs(entry(base), entry(head)) || stated.contains(&Reason::TranscriptionFix)
                {
                    return None;
                }
                (
                    format!(
                        "{} changed, and {}#{}, which it cites, did not",
                        place(finding),
                        source.document,
                        source.row
                    ),
                    format!(
                        "if the document changed, bring its rows in: cargo xtask sources PAGE --name {} --write; if it was transcribed wrongly, say so: cargo xtask diff --write-changelog, with cause = \"transcription-fix\"",
                        source.document
                    ),
                )
            }
        };
        let problem = Problem::new("changed-without-source", message, help);
        let location = &finding.location;
        let line = if location.base {
            location.head.map_or(0, |(line, _)| line)
        } else {
            location.line
        };
        let problem = problem.at(format!("schemas/{}", location.path), line);
        Some(problem.pointing(&location.pointer))
    });
    let mut problems: Vec<_> = problems.collect();
    // A shared definition is found once for each message that it reaches.
    let mut told = BTreeSet::new();
    problems.retain(|problem| told.insert((problem.path.clone(), problem.pointer.clone())));
    problems
}

/// `request of process.Process.upload, /num (数量)`
pub(super) fn place(finding: &Finding) -> String {
    let half = match finding.direction {
        Direction::Both => "settings",
        direction => direction.text(),
    };
    let inside = if finding.flow.is_some() {
        &finding.path
    } else {
        &finding.location.pointer
    };
    let mut text = format!("{half} of {}", subject(finding));
    if !inside.is_empty() {
        text.push_str(&format!(", {inside}"));
    }
    if let Some(term) = &finding.term {
        text.push_str(&format!(" ({term})"));
    }
    text
}

/// Whether anything that a lock says of the rows of a document changed.
fn differs(old: Option<&Entry>, new: Option<&Entry>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => old.sha256 != new.sha256 || old.tables != new.tables,
        (old, new) => old.is_some() != new.is_some(),
    }
}

/// Properties that say what they said, although a row that they cite says something else.
fn source_changed_schema_not(base: &Side<'_>, head: &Side<'_>, review: &Review) -> Vec<Problem> {
    let before = base.places();
    let mut problems = Vec::new();
    for (place, now) in head.places() {
        let Some(before) = before.get(&place) else {
            continue;
        };
        let known: Vec<_> = before.iter().filter_map(|row| base.hash(row)).collect();
        let is_new = |row: &&&Citation| head.hash(row).is_some_and(|hash| !known.contains(&hash));
        let Some(row) = now.iter().find(is_new) else {
            continue;
        };
        let follows = base.said(place) != head.said(place)
            || transcribed(review).any(|finding| cites(finding, row));
        if !follows {
            problems.push(unfollowed(head, row));
        }
    }
    problems
}

fn cites(finding: &Finding, row: &Citation) -> bool {
    let source = finding.source.as_ref();
    source.is_some_and(|source| source.document == row.document && source.row == row.row)
}

fn unfollowed(head: &Side<'_>, citation: &Citation) -> Problem {
    let Citation { document, row, .. } = citation;
    let message = format!("{document}#{row} changed, and the schema that cites it did not");
    let help = "transcribe what the row says now; if it means nothing for the schema, say so there in `x-note`";
    let bytes = file(head.files, &citation.path).unwrap_or_default();
    Problem::new("source-changed-schema-not", message, help)
        .at(
            format!("schemas/{}", citation.path),
            line_at(bytes, citation.span.start),
        )
        .pointing(&citation.pointer)
}

impl Causes<'_> {
    /// The causes that approvals and new fragments state of a finding.
    fn of(self, finding: &Finding) -> Vec<Reason> {
        let fragments = self.fragments.iter().filter(|fragment| {
            fragment.added && fragment.fingerprints.contains(&finding.fingerprint)
        });
        let approvals = self.approvals.of(finding).into_iter();
        let stated = fragments.map(|fragment| fragment.cause);
        stated.chain(approvals.map(|entry| entry.reason)).collect()
    }
}
