//! Every keyword of every real schema is edited, one at a time and both ways: the review says
//! something about each edit, at its place, for each message that it reaches, and what it says is
//! what the table in [`expect`] foresees.
//!
//! A sample is judged: the first edit of each kind of each keyword, and every so many of the others.
//! `DOCKSEAL_MUTANTS=FILE` judges all of them, and writes every disagreement to the file.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "our own files"
)]

pub(crate) mod edits;
mod expect;
pub(crate) mod json;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::spawn;
use dockseal_codegen::SourceFile;
use dockseal_codegen::review::{Axis, Direction, Finding, Review, Wire, review};

use edits::{Edit, edits};
use expect::{Means, meaning};
use json::Json;
use places::{Files, Role, Roles, roles};

/// Every so many mutants is also judged for programs; that takes longer.
const PROGRAMS: usize = 12;
/// Of mutants like one that was judged, every so many is.
const ONE_IN: usize = 60;

/// The files of one gateway, which know nothing of the others.
struct Side {
    lock: String,
    files: Files,
    roles: Roles,
}

/// One edit of one file.
struct Mutant<'a> {
    side: &'a Side,
    file: &'a str,
    edit: Edit,
}

fn sides() -> Vec<Side> {
    let tree = spawn::read_tree(&spawn::repository().join("schemas"));
    let mut gateways: BTreeMap<&str, Files> = BTreeMap::new();
    for (path, text) in &tree {
        if let Some((gateway, _)) = path.split_once('/').filter(|_| path.ends_with(".json")) {
            let files = gateways.entry(gateway).or_default();
            files.insert(path.clone(), Json::read(text));
        }
    }
    let sides = gateways.into_values().map(|files| Side {
        lock: tree["sources.lock"].clone(),
        roles: roles(&files),
        files,
    });
    sides.collect()
}

impl Side {
    fn sources(&self, edited: Option<(&str, &Json)>) -> Vec<SourceFile> {
        let file = |path: &str, text: String| SourceFile {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        };
        let mut sources = vec![file("sources.lock", self.lock.clone())];
        for (path, root) in &self.files {
            let root = match edited {
                Some((edited, root)) if edited == path => root,
                _ => root,
            };
            sources.push(file(path, root.to_string()));
        }
        sources
    }
}

impl Mutant<'_> {
    fn name(&self) -> String {
        let edit = &self.edit;
        format!("{} {} {} {}", self.file, edit.schema, edit.word, edit.kind)
    }

    /// What is wrong with the review of this mutant, in lines.
    fn judge(&self, programs: bool) -> Vec<String> {
        let old = self.side.sources(None);
        let new = self.side.sources(Some((self.file, &self.edit.root)));
        let axis = if programs && dockseal_codegen::lower(&new).is_ok() {
            Axis::Both
        } else {
            Axis::Wire
        };
        let Some(means) = meaning(&self.edit.word, self.edit.kind) else {
            return vec![format!("{}: no expectation", self.name())];
        };
        let both = catch_unwind(AssertUnwindSafe(|| {
            (review(&old, &new, axis), review(&new, &old, axis))
        }));
        let (there, back) = match both {
            Ok((Ok(there), Ok(back))) => (there, back),
            Ok((there, back)) => {
                let said =
                    [there, back].map(|side| side.err().map(|side| side.diagnostics.to_string()));
                return vec![format!("{}: not judged: {said:?}", self.name())];
            }
            Err(_) => return vec![format!("{}: panics", self.name())],
        };
        let mut wrong = self.expected(&there, means, "");
        wrong.extend(self.expected(&back, means.undone(), " undone"));
        wrong.extend(self.mirrored(&there, &back));
        wrong
    }

    /// The messages that the edit reaches.
    fn reached(&self) -> Option<&BTreeSet<Role>> {
        let place = (self.file.to_owned(), self.edit.schema.clone());
        self.side.roles.get(&place)
    }

    fn expected(&self, review: &Review, means: Means, undone: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut complain = |role: Option<&Role>, what: &str, findings: &[&Finding]| {
            let role = role.map_or("both".to_owned(), |role| {
                let part = if role.reply { "reply" } else { "request" };
                format!("{part} of {}", role.method)
            });
            let said: Vec<_> = findings.iter().map(|finding| shown(finding)).collect();
            wrong.push(format!(
                "{}{undone}, {role}: {what}; said {said:?}",
                self.name()
            ));
        };
        let Some(roles) = self.reached() else {
            let findings: Vec<_> = review.findings.iter().collect();
            if !findings.iter().any(|finding| self.is_here(finding)) {
                complain(None, "nothing at the place", &findings);
            }
            // What no message reaches has no traffic; a setting has one of its own.
            let allowed = if self.edit.word.starts_with('/') {
                means.allowed(true)
            } else {
                &[Wire::Docs]
            };
            let worst = findings.iter().map(|finding| finding.wire).max();
            if worst.is_some_and(|worst| !allowed.contains(&worst)) {
                complain(None, &format!("{means:?} foresees {allowed:?}"), &findings);
            }
            return wrong;
        };
        for role in roles {
            let findings: Vec<_> = of(review, role).collect();
            if !findings.iter().any(|finding| self.is_here(finding)) {
                complain(Some(role), "nothing at the place", &findings);
            }
            let worst = findings
                .iter()
                .map(|finding| finding.wire)
                .max()
                .unwrap_or(Wire::Docs);
            if !means.allowed(role.sent).contains(&worst) {
                let foresees = format!("{means:?} foresees {:?}", means.allowed(role.sent));
                complain(Some(role), &foresees, &findings);
            }
        }
        wrong
    }

    /// A finding points to the edited place, into it, or between it and the schema that has it; of
    /// several conditions of presence any may be named.
    fn is_here(&self, finding: &Finding) -> bool {
        let pointer = &finding.location.pointer;
        let schema = self.edit.schema.split("/allOf/").next().unwrap();
        finding.location.path == self.file
            && self.edit.places.iter().any(|place| {
                within(pointer, place)
                    || (within(place, pointer) && within(pointer, schema))
                    || (place.contains("/allOf/") && within(pointer, &format!("{schema}/allOf")))
            })
    }

    /// The edit undone is told by the opposite rules, message by message.
    fn mirrored(&self, there: &Review, back: &Review) -> Vec<String> {
        let mut wrong = Vec::new();
        let everybody = self.reached().into_iter().flatten().map(Some);
        for role in everybody.chain([None]) {
            let rules = |review: &Review, opposite: bool| -> BTreeSet<&str> {
                let findings = review.findings.iter().filter(|finding| match role {
                    Some(role) => is_of(finding, role),
                    None => finding.direction == Direction::Both,
                });
                findings
                    .map(|finding| {
                        if opposite {
                            finding.rule.opposite
                        } else {
                            finding.rule.id
                        }
                    })
                    .collect()
            };
            let (expected, got) = (rules(there, true), rules(back, false));
            if expected != got {
                wrong.push(format!(
                    "{} undone: the opposites are {expected:?}, said {got:?}",
                    self.name()
                ));
            }
        }
        wrong
    }
}

fn of<'r>(review: &'r Review, role: &Role) -> impl Iterator<Item = &'r Finding> {
    review
        .findings
        .iter()
        .filter(move |finding| is_of(finding, role))
}

fn is_of(finding: &Finding, role: &Role) -> bool {
    let direction = if role.reply {
        Direction::Reply
    } else {
        Direction::Request
    };
    finding.direction == direction && finding.api.as_deref() == Some(&role.method)
}

fn within(pointer: &str, place: &str) -> bool {
    pointer
        .strip_prefix(place)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn shown(finding: &Finding) -> String {
    format!(
        "{} {} {}{}",
        finding.rule.id,
        finding.wire.text(),
        finding.location.pointer,
        if finding.undecided { " undecided" } else { "" }
    )
}

#[test]
fn every_edit_of_every_keyword_is_found_in_both_directions_and_undone() {
    let sides = sides();
    let mut mutants = Vec::new();
    for side in &sides {
        for (file, root) in &side.files {
            let edits = edits(root).into_iter().filter(|edit| edit.root != *root);
            mutants.extend(edits.map(|edit| Mutant { side, file, edit }));
        }
    }
    let all = mutants.len();
    let report = std::env::var_os("DOCKSEAL_MUTANTS");
    if report.is_none() {
        let mut seen = BTreeSet::new();
        let mut n = 0;
        mutants.retain(|mutant| {
            n += 1;
            let edit = &mutant.edit;
            let setting = edit.word.starts_with('/');
            let kind = if setting { "" } else { edit.kind };
            seen.insert((edit.word.clone(), kind)) || n % ONE_IN == 0
        });
    }
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(mutant) = mutants.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let n = next.load(Ordering::Relaxed);
                    let found = mutant.judge(n.is_multiple_of(PROGRAMS));
                    wrong.lock().unwrap().extend(found);
                }
            });
        }
    });
    println!(
        "proof schema changes: {} of {all} mutants, each both ways",
        mutants.len()
    );
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort_unstable();
    if let Some(path) = report {
        std::fs::write(path, wrong.join("\n")).unwrap();
    }
    assert!(all > 2_000, "{all} mutants are too few");
    let first = wrong.iter().take(50).fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").unwrap();
        text
    });
    assert!(wrong.is_empty(), "{} disagreements:\n{first}", wrong.len());
}
