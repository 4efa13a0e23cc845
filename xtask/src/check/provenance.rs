//! The step `provenance`: schemas and the documents that they were transcribed from change together.
//!
//! A place of a message that changes cites a row, and the row's document changed with it, unless the
//! change mends a transcription. A row that changes takes the schemas that cite it along.

use std::collections::BTreeSet;

use dockseal_codegen::review::{Direction, Finding, Review, Wire};
use dockseal_codegen::{Citation, SourceFile, citations};
use serde_json::Value;

use super::report::{Problem, Step};
use crate::approvals::{Approvals, Reason, subject};
use crate::changes::Fragment;
use crate::record::line_at;
use crate::sources::{Entry, Lock, exchanged};

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

    fn citing(&self, document: &str, row: &str) -> impl Iterator<Item = &Citation> {
        let cites = move |known: &&Citation| known.document == document && known.row == row;
        self.citations.iter().filter(cites)
    }

    /// What a citation speaks for, without the citation itself and without notes on where it is
    /// from: the property, or the whole file.
    fn cited(&self, citation: &Citation) -> Option<Value> {
        let root: Value = serde_json::from_slice(file(self.files, &citation.path)?).ok()?;
        let (place, _) = citation.pointer.split_once("/x-row").unwrap_or_default();
        let mut cited = root.pointer(place)?.clone();
        let members = cited.as_object_mut()?;
        members.remove("x-row");
        members.remove("x-source");
        Some(cited)
    }
}

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

fn changed_without_source(
    base: &Side<'_>,
    head: &Side<'_>,
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
                let entry = |side: &Side<'_>| side.lock.documents.get(&source.document).cloned();
                let (old, new) = (entry(base), entry(head));
                if differs(old.as_ref(), new.as_ref()) || stated.contains(&Reason::TranscriptionFix)
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
    let rows = |entry: Option<&Entry>| entry.map(|e| (e.sha256.clone(), e.tables.clone()));
    rows(old) != rows(new)
}

fn source_changed_schema_not(base: &Side<'_>, head: &Side<'_>, review: &Review) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, new) in &head.lock.documents {
        let Some(old) = base.lock.documents.get(name) else {
            continue;
        };
        for (table, rows) in &new.tables {
            let known = old.tables.get(table).map_or(&[][..], Vec::as_slice);
            for (before, now) in exchanged(known, rows) {
                let (before, now) = (format!("{table}/{before}"), format!("{table}/{now}"));
                let follows = follows(base, head, (name, &before, &now))
                    || transcribed(review).any(|finding| cites(finding, name, [&before, &now]));
                if !follows {
                    problems.push(unfollowed(head, name, &now));
                }
            }
        }
    }
    problems
}

/// Whether what cites a row that changed says something else now.
fn follows(base: &Side<'_>, head: &Side<'_>, (document, before, now): (&str, &str, &str)) -> bool {
    let old: Vec<_> = base
        .citing(document, before)
        .map(|c| base.cited(c))
        .collect();
    let new: Vec<_> = head.citing(document, now).map(|c| head.cited(c)).collect();
    old != new
}

fn cites(finding: &Finding, document: &str, rows: [&str; 2]) -> bool {
    let source = finding.source.as_ref();
    source.is_some_and(|source| source.document == document && rows.contains(&source.row.as_str()))
}

fn unfollowed(head: &Side<'_>, document: &str, row: &str) -> Problem {
    let message = format!("{document}#{row} changed, and the schema that cites it did not");
    let help = "transcribe what the row says now; if it means nothing for the schema, say so there in `x-note`";
    let problem = Problem::new("source-changed-schema-not", message, help);
    match head.citing(document, row).next() {
        Some(citation) => {
            let bytes = file(head.files, &citation.path).unwrap_or_default();
            let line = line_at(bytes, citation.span.start);
            let problem = problem.at(format!("schemas/{}", citation.path), line);
            problem.pointing(&citation.pointer)
        }
        None => problem.at(LOCK, 0),
    }
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
