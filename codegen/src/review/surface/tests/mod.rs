//! Surfaces of edits of the repository's own schemas.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod blamed;
mod compared;

use std::fs;
use std::path::Path;

use super::*;
use crate::review::finding::{Finding, Location};
use crate::review::rules::{self, api, compose, gateway, list, object, value, words};
use crate::review::verdict::{Bump, Direction};
use crate::review::{Rule, Wire};

const UPLOAD: &str = "wangdian-flagship/process.Process.upload.json";
const FLAGSHIP: &str = "wangdian-flagship/gateway.json";
const REFUND: &str = "wangdian-enterprise/stockin_refund_push.json";
const ENTERPRISE: &str = "wangdian-enterprise/gateway.json";

/// Rows of the schemas that tests edit.
const NO_1: &str = r#""type": "string", "minLength": 1, "x-row": "param/1""#;
const NO_2: &str = r#""type": "string", "minLength": 1, "x-row": "param/2""#;
const REQUIRED: &str = r#""required": ["out_warehouse_no", "in_warehouse_no", "#;
const INTEGER: &str = r#""integer": {
      "type": ["integer", "string"],
      "pattern": "^-?[0-9]{1,18}$",
      "x-wire": "string"
    }"#;

fn schemas() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut files = Vec::new();
    for gateway in ["wangdian-enterprise", "wangdian-flagship"] {
        for file in fs::read_dir(root.join(gateway)).unwrap() {
            let file = file.unwrap().path();
            let path = file.strip_prefix(&root).unwrap();
            files.push(SourceFile {
                path: path.to_str().unwrap().replace('\\', "/"),
                bytes: fs::read(&file).unwrap(),
            });
        }
    }
    files
}

/// The repository's schemas with one text in place of another, everywhere in a file.
fn edited(path: &str, edits: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files = schemas();
    let file = files.iter_mut().find(|file| file.path == path).unwrap();
    let mut text = String::from_utf8(file.bytes.clone()).unwrap();
    for (from, to) in edits {
        assert!(text.contains(from), "{path} has no {from}");
        text = text.replacen(from, to, 1);
    }
    file.bytes = text.into_bytes();
    files
}

fn between(old: &[SourceFile], new: &[SourceFile]) -> Surface {
    compare(old, new).unwrap_or_else(|unlowered| panic!("{}", unlowered.diagnostics))
}

fn edit(path: &str, edits: &[(&str, &str)]) -> Surface {
    between(&schemas(), &edited(path, edits))
}

/// `+ name`, `- name` and `~ name`, with what it does to programs.
fn told(surface: &Surface) -> Vec<(String, Rust)> {
    let items = surface.items.iter().map(|placed| {
        let sign = match (&placed.item.old, &placed.item.new) {
            (None, _) => "+",
            (_, None) => "-",
            _ => "~",
        };
        (format!("{sign} {}", placed.item.name), placed.rust)
    });
    items.collect()
}

fn expect(surface: &Surface, items: &[(&str, Rust)]) {
    let items: Vec<_> = items
        .iter()
        .map(|(name, rust)| ((*name).to_owned(), *rust))
        .collect();
    assert_eq!(told(surface), items);
}

fn finding(rule: &'static Rule, path: &str, pointer: &str) -> Finding {
    Finding {
        rule,
        gateway: path.split('/').next().unwrap().to_owned(),
        api: Some("a.method".to_owned()),
        direction: Direction::Request,
        flow: None,
        path: String::new(),
        term: None,
        location: Location {
            path: path.to_owned(),
            pointer: pointer.to_owned(),
            line: 1,
            column: 1,
            base: false,
            head: None,
        },
        old: None,
        new: None,
        wire: Wire::Compatible,
        rust: Rust::Patch,
        severity: Wire::Compatible,
        bump: Bump::Patch,
        items: Vec::new(),
        algebra: None,
        undecided: false,
        lost: None,
        example: None,
        source: None,
        affects: Vec::new(),
        fingerprint: String::new(),
    }
}

fn says(finding: Finding, old: &str, new: &str) -> Finding {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Finding {
        old: text(old),
        new: text(new),
        ..finding
    }
}

/// Names of the items of each finding after they were given out.
fn given(surface: &Surface, mut findings: Vec<Finding>) -> Vec<(&'static str, Rust, Vec<String>)> {
    attribute(surface, &mut findings);
    let names = |finding: &Finding| finding.items.iter().map(|item| item.name.clone()).collect();
    findings
        .iter()
        .map(|finding| (finding.rule.id, finding.rust, names(finding)))
        .collect()
}

fn row(rule: &Rule, rust: Rust, names: &[&str]) -> (&'static str, Rust, Vec<String>) {
    let names = names
        .iter()
        .map(|name| format!("wangdian_flagship::{name}"));
    (rules::rule(rule.id).unwrap().id, rust, names.collect())
}
