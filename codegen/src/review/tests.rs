//! The review as a whole, on edits of the repository's own schemas.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::fs;
use std::path::Path;

use super::{Axis, Finding, Wire, review};
use crate::SourceFile;

const ENTERPRISE: &str = "wangdian-enterprise/stockin_refund_push.json";
const TRANSFER: &str = "shopex-oms/wms.transferorder.update.json";

/// The repository's own schema files.
fn schemas() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let mut files = Vec::new();
    for gateway in fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        for file in fs::read_dir(&gateway).into_iter().flatten() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "json") {
                files.push(SourceFile {
                    bytes: fs::read(&path).unwrap(),
                    path: path
                        .strip_prefix(&root)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .to_owned(),
                });
            }
        }
    }
    files
}

/// With one text in a file replaced by another.
fn edited(files: &[SourceFile], path: &str, old: &str, new: &str) -> Vec<SourceFile> {
    let mut files = files.to_vec();
    let file = files.iter_mut().find(|file| file.path == path).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains(old), "{path} has no {old}");
    file.bytes = text.replacen(old, new, 1).into_bytes();
    files
}

fn findings(old: &[SourceFile], new: &[SourceFile]) -> Vec<Finding> {
    review(old, new, Axis::Wire).unwrap().findings
}

#[test]
fn of_several_uses_of_a_definition_the_worst_one_speaks() {
    let code = r#""$defs": {
    "code": { "type": "string", "maxLength": 40 },"#;
    let old = edited(&schemas(), ENTERPRISE, "\"$defs\": {", code);
    for free_first in [true, false] {
        let mut old = old.clone();
        for (name, free) in [
            ("logistics_code", free_first),
            ("logistics_no", !free_first),
        ] {
            let held = format!(
                "\"{name}\": {{ \"pattern\": \"^[A-Z]{{3}}$\", \"$ref\": \"#/$defs/code\", \"x-was\":"
            );
            let free = if free {
                format!("\"{name}\": {{ \"$ref\": \"#/$defs/code\", \"x-was\":")
            } else {
                held
            };
            old = edited(
                &old,
                ENTERPRISE,
                &format!("\"{name}\": {{"),
                &format!("{free} {{}},"),
            );
        }
        let new = edited(
            &old,
            ENTERPRISE,
            "\"maxLength\": 40 },",
            "\"maxLength\": 40, \"minLength\": 1 },",
        );
        let found = findings(&old, &new);
        let wire: Vec<_> = found
            .iter()
            .map(|finding| (finding.rule.id, finding.wire))
            .collect();
        assert_eq!(
            wire,
            [("min-length-tightened", Wire::Breaking)],
            "{free_first}"
        );
    }
}

#[test]
fn an_api_that_moved_is_compared_although_another_takes_its_file() {
    let old = schemas();
    let mut new = edited(
        &old,
        TRANSFER,
        "\"method\": \"wms.transferorder.update\"",
        "\"method\": \"wms.other\"",
    );
    let mut moved = old
        .iter()
        .find(|file| file.path == TRANSFER)
        .unwrap()
        .clone();
    moved.path = "shopex-oms/wms.z.json".to_owned();
    new.push(moved);
    let rules: Vec<_> = findings(&old, &new)
        .iter()
        .map(|f| (f.api.clone().unwrap(), f.rule.id))
        .collect();
    assert_eq!(rules, [("wms.other".to_owned(), "api-added")]);
}
