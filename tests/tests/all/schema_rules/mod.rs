//! Each rule has an edit of our own schemas that it names, and what the review says of that edit is
//! kept in every form in `golden/review/`; `UPDATE=1` writes these files anew. What the dialect cannot
//! say is shown by a pair of plain schemas.

mod repository;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::spawn;
use dockseal_codegen::SourceFile;
use dockseal_codegen::review::{Axis, Flow, RULES, Reading, compare, review};
use serde_json::Value;

use crate::schema_mutations::edits::{Edit, edits};
use crate::schema_mutations::json::Json;
use repository::Repository;
use rows::{EDITS, PLAIN, Row};

/// Schemas by path.
type Schemas = Vec<(String, Json)>;

fn schemas(gateway: &str) -> Schemas {
    let tree = spawn::read_tree(&spawn::repository().join("schemas"));
    let prefix = format!("{gateway}/");
    let files = tree
        .into_iter()
        .filter(|(path, _)| path.starts_with(&prefix));
    files
        .map(|(path, text)| (path, Json::read(&text)))
        .collect()
}

/// The schemas before and after the edit of a row.
fn sides(row: &Row) -> Option<(Schemas, Schemas)> {
    let old = schemas(row.file.split('/').next().unwrap());
    let mut new = old.clone();
    match new.iter_mut().find(|(path, _)| path == row.file) {
        Some((_, root)) if row.word == "file" => {
            let _ = root;
            let gone = |path: &String| row.file.ends_with("gateway.json") || path == row.file;
            new.retain(|(path, _)| !gone(path));
        }
        Some((_, root)) => {
            let is_it = |edit: &Edit| {
                (edit.schema == row.schema || edit.places.iter().any(|at| at == row.schema))
                    && edit.word == row.word
                    && edit.kind == row.kind
                    && edit.root != *root
            };
            *root = edits(root).into_iter().find(is_it)?.root;
        }
        None => panic!("no file {}", row.file),
    }
    Some(if row.undone { (new, old) } else { (old, new) })
}

fn sources(schemas: &Schemas) -> Vec<SourceFile> {
    let files = schemas.iter().map(|(path, root)| SourceFile {
        path: path.clone(),
        bytes: root.pretty().into_bytes(),
    });
    files.collect()
}

/// What the generator does not take is judged for traffic alone.
fn axis(old: &Schemas, new: &Schemas) -> Axis {
    let taken = [old, new].map(|side| dockseal_codegen::lower(&sources(side)).is_ok());
    if taken == [true, true] {
        Axis::Both
    } else {
        Axis::Wire
    }
}

#[test]
fn every_rule_has_a_pair_of_schemas_that_it_names() {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let named = EDITS
        .iter()
        .map(|row| row.rule)
        .chain(PLAIN.iter().map(|plain| plain.rule));
    for rule in named {
        *rows.entry(rule).or_default() += 1;
    }
    let rules: BTreeSet<&str> = RULES
        .iter()
        .copied()
        .flatten()
        .map(|rule| rule.id)
        .collect();
    let missing: Vec<_> = rules
        .iter()
        .filter(|rule| !rows.contains_key(**rule))
        .collect();
    let strange: Vec<_> = rows
        .iter()
        .filter(|(rule, count)| !rules.contains(**rule) || **count != 1)
        .collect();
    assert!(
        missing.is_empty() && strange.is_empty(),
        "missing {missing:?}, strange {strange:?}"
    );
}

#[test]
fn every_edit_is_named_by_its_rule() {
    let mut wrong = String::new();
    for row in EDITS {
        let Some((old, new)) = sides(row) else {
            writeln!(wrong, "no such edit: {row:?}").unwrap();
            continue;
        };
        let said = review(&sources(&old), &sources(&new), axis(&old, &new)).unwrap();
        let rules: BTreeSet<_> = said
            .findings
            .iter()
            .map(|finding| finding.rule.id)
            .collect();
        if !rules.contains(row.rule) {
            writeln!(wrong, "{row:?} is named {rules:?}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_the_dialect_cannot_say_is_named_in_plain_schemas() {
    let mut wrong = String::new();
    for plain in PLAIN {
        assert!(!plain.reason.is_empty(), "{}", plain.rule);
        let Some((old, new)) = plain.pair else {
            continue;
        };
        for (flow, old, new) in [(Flow::Sent, old, new), (Flow::Received, old, new)] {
            // Some rules are about members and arguments that a plain schema always admits.
            let rules: Vec<_> = [Reading::Plain, flow.reading()]
                .into_iter()
                .flat_map(|reading| compare(old, new, reading, flow).unwrap().rules)
                .map(|rule| rule.id)
                .collect();
            if !rules.contains(&plain.rule) {
                writeln!(
                    wrong,
                    "{} {flow:?}: {old} => {new} is named {rules:?}",
                    plain.rule
                )
                .unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The part of a report that speaks of a rule; the whole where it is for people.
fn part(kind: &str, text: &str, rule: &str) -> String {
    let list = |list: &Value, member: &str| -> String {
        let elements = list.as_array().unwrap().iter();
        let found: Vec<_> = elements.filter(|element| element[member] == rule).collect();
        serde_json::to_string_pretty(&found).unwrap()
    };
    match kind {
        "json" => list(
            &serde_json::from_str::<Value>(text).unwrap()["findings"],
            "rule",
        ),
        "sarif" => {
            let value: Value = serde_json::from_str(text).unwrap();
            list(&value["runs"][0]["results"], "ruleId")
        }
        _ => text.to_owned(),
    }
}

#[test]
fn what_is_said_of_each_rule_is_kept_in_every_form() {
    let repository = Repository::new();
    let golden = spawn::repository().join("tests/golden/review");
    let mut failures = String::new();
    for row in EDITS {
        let (old, new) = sides(row).unwrap();
        let axis = if axis(&old, &new) == Axis::Both {
            "both"
        } else {
            "wire"
        };
        repository.base(&old);
        repository.write(&new);
        let mut actual = format!("{row}\n");
        for (kind, text) in repository.reports(axis) {
            let text = part(kind, &text, row.rule);
            // JUnit and annotations are about what fails.
            if matches!(kind, "text" | "json" | "sarif") {
                assert!(
                    text.contains(row.rule),
                    "{} is not in {kind}:\n{text}",
                    row.rule
                );
            }
            write!(actual, "\n=== {kind}\n{}\n", text.trim_end()).unwrap();
        }
        let file = golden.join(format!("{}.txt", row.rule));
        if std::env::var_os("UPDATE").is_some() {
            spawn::write(&file, &actual);
        }
        let expected = std::fs::read_to_string(&file)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if actual != expected {
            writeln!(failures, "{}:\n{actual}", row.rule).unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_kept_text_belongs_to_a_rule() {
    let kept = spawn::read_tree(&spawn::repository().join("tests/golden/review"));
    let expected: BTreeSet<_> = EDITS
        .iter()
        .map(|row| format!("{}.txt", row.rule))
        .collect();
    assert!(kept.keys().eq(&expected), "{:?}", kept.keys());
}
