//! The program behind `cargo xtask conformance receiver`: its last line and its exit codes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_conformance"))
        .arg("receiver")
        .args(files)
        .output()
        .unwrap()
}

fn cases(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("receiver-cases")
        .join(name)
}

/// The output, and the exit code.
fn ending(output: &Output) -> (String, Option<i32>) {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (text, output.status.code())
}

#[test]
fn cases_that_all_pass_end_with_0() {
    let (text, code) = ending(&run(&[&cases("assemble.jsonl"), &cases("http.jsonl")]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.ends_with(" passed, 0 failed\n"), "{text}");
}

#[test]
fn a_case_that_fails_is_named_and_ends_with_1() {
    let right = fs::read_to_string(cases("stockin.jsonl")).unwrap();
    let wrong = right.replace(
        "\"stockin_type\":\"PURCHASE\"",
        "\"stockin_type\":\"ALLCOATE\"",
    );
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("wrong-cases.jsonl");
    fs::write(&file, wrong).unwrap();
    let (text, code) = ending(&run(&[&file]));
    assert_eq!(code, Some(1), "{text}");
    let failed: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("FAILED "))
        .collect();
    let (last, others) = (text.lines().last().unwrap(), failed.len());
    assert!(
        last.ends_with(&format!(" passed, {others} failed")),
        "{last}"
    );
    let place = ": /stockin_type: expected \"ALLCOATE\", got \"PURCHASE\"";
    assert!(failed.iter().any(|line| line.ends_with(place)), "{text}");
}

#[test]
fn a_file_that_cannot_be_read_ends_with_2_even_if_a_case_fails() {
    let nowhere = cases("nowhere.jsonl");
    let (text, code) = ending(&run(&[
        &nowhere,
        &cases("assemble.jsonl"),
        &cases("README.md"),
    ]));
    assert_eq!(code, Some(2), "{text}");
    assert!(text.starts_with("error: cannot read "), "{text}");
    assert!(text.contains("FAILED "), "{text}");
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(cases("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "jsonl") {
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            let name = case.get("name").unwrap().as_str().unwrap().to_owned();
            assert!(names.insert(name.clone()), "{name} in {}", path.display());
        }
    }
    assert!(names.len() > 300, "{}", names.len());
}
