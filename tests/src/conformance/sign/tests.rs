//! The given vectors pass, and what does not pass is told.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::path::Path;

use super::super::cases;
use super::*;

fn run(lines: &str) -> (Outcome, String) {
    let (mut outcome, mut out) = (Outcome::default(), Vec::new());
    let file = Path::new("cases.jsonl");
    cases::run_lines(file, lines.as_bytes(), super::run, &mut outcome, &mut out).unwrap();
    (outcome, String::from_utf8(out).unwrap())
}

fn counts(passed: usize, failed: usize) -> Outcome {
    Outcome {
        passed,
        failed,
        unreadable: 0,
    }
}

const OMS_CASE: &str = r#"{"name":"n","gateway":"shopex-oms","secret":"d0f8a3token","params":[["ab","c"]],"sign":"D69C64B218E04EA9E30177C14A46E189","source":"?"}"#;

#[test]
fn every_given_vector_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors");
    let files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    let mut out = Vec::new();
    let outcome = sign(&files, &mut out).unwrap();
    assert_eq!(String::from_utf8(out).unwrap(), "156 passed, 0 failed\n");
    assert_eq!(outcome, counts(156, 0));
}

#[test]
fn a_case_may_hold_other_members_and_blank_lines_are_no_cases() {
    assert_eq!(
        run(&format!("\u{FEFF}{OMS_CASE}\r\n\n  \n{OMS_CASE}")),
        (counts(2, 0), String::new())
    );
}

#[test]
fn another_signature_is_shown_beside_the_expected_one() {
    let (outcome, out) = run(&OMS_CASE.replace("\"D69C", "\"d69c"));
    assert_eq!(outcome, counts(0, 1));
    assert_eq!(
        out,
        "FAILED n: sign: expected d69c64B218E04EA9E30177C14A46E189, got D69C64B218E04EA9E30177C14A46E189\n"
    );
}

#[test]
fn a_case_with_several_wrong_signatures_fails_once() {
    let (outcome, out) = run(
        r#"{"name":"n","gateway":"wangdian-enterprise","secret":"s","params":[],"sign":"1","sign_utf16":"2","sign_bytes":"3"}"#,
    );
    assert_eq!(outcome, counts(0, 1));
    let members: Vec<_> = out
        .lines()
        .filter_map(|line| line.split(": ").nth(1))
        .collect();
    assert_eq!(members, ["sign", "sign_utf16", "sign_bytes"]);
}

#[test]
fn a_line_that_holds_no_case_is_named_by_its_place() {
    let lines = [
        "{",
        "[]",
        r#"{"name":"n"}"#,
        r#"{"name":"n","gateway":"g","secret":"s","params":[["a"]],"sign":""}"#,
        r#"{"name":"n","gateway":"g","secret":"s","params":[["a",1.5]],"sign":""}"#,
        r#"{"name":"n","gateway":"g","secret":"s","params":[["a",{"b":"c"}]],"sign":""}"#,
    ];
    let (outcome, out) = run(&lines.join("\n"));
    assert_eq!(outcome, counts(0, lines.len()));
    for (line, number) in out.lines().zip(1..) {
        assert!(
            line.starts_with(&format!("FAILED cases.jsonl:{number}: ")),
            "{line}"
        );
    }
}

#[test]
fn what_cannot_be_signed_fails_with_its_reason() {
    let unknown = OMS_CASE.replace("shopex-oms", "jd");
    assert_eq!(
        run(&unknown),
        (
            counts(0, 1),
            "FAILED n: unknown gateway \"jd\"\n".to_owned()
        )
    );
    let nested = OMS_CASE
        .replace("shopex-oms", "taobao-top")
        .replace("\"c\"", "[]");
    let (outcome, out) = run(&nested);
    assert_eq!(outcome, counts(0, 1));
    assert!(out.contains("is a list or a map"), "{out}");
}

#[test]
fn values_are_read_as_the_server_signs_them() {
    let values = r#"["ab",{"map":[["c",["",null,true,7]],["d",null]]}]"#;
    let case = OMS_CASE.replace(r#"["ab","c"]"#, values);
    let flat = OMS_CASE.replace(r#"["ab","c"]"#, r#"["abc02137",""]"#);
    let got = |case: &str| run(case).1.split("got ").nth(1).map(ToOwned::to_owned);
    assert_eq!(got(&case), got(&flat));
    assert!(got(&case).is_some());
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_others_are_still_checked() {
    let mut out = Vec::new();
    let outcome = sign(&[PathBuf::from("no/such/file.jsonl")], &mut out).unwrap();
    assert_eq!(
        outcome,
        Outcome {
            unreadable: 1,
            ..Outcome::default()
        }
    );
    let out = String::from_utf8(out).unwrap();
    assert!(
        out.starts_with("error: cannot read no/such/file.jsonl: "),
        "{out}"
    );
    assert!(out.ends_with("0 passed, 0 failed\n"), "{out}");
}
