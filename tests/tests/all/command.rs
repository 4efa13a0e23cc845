//! The `xtask` program itself: what it prints and how it ends when its input is broken.
//!
//! Exit codes: 1 when something is wrong with what was read, 2 when it could not be read.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

use crate::spawn;
use serde_json::Value;

const FLAGSHIP: &str = "wangdian-flagship/process.Process.upload.json";
const ENTERPRISE: &str = "wangdian-enterprise/stockin_refund_push.json";

/// Three mistakes of three kinds in two files.
fn break_schemas(schemas: &Path) {
    let flagship = schemas.join(FLAGSHIP);
    spawn::edit(&flagship, r#""x-api": {"#, r#""x-apii": 1, "x-api": {"#);
    spawn::edit(
        &flagship,
        r##""reply": { "$ref": "#/$defs/ProcessUploadReply" }"##,
        r##""reply": { "$ref": "#/$defs/Lost" }"##,
    );
    spawn::edit(
        &schemas.join(ENTERPRISE),
        r#""x-api": {"#,
        r#""title": "again", "x-api": {"#,
    );
}

fn check(schemas: &Path, more: &[&str]) -> spawn::Outcome {
    let arguments = ["check".as_ref(), "--schemas".as_ref(), schemas.as_os_str()];
    spawn::xtask(arguments.into_iter().chain(more.iter().map(OsStr::new)))
}

#[test]
fn broken_schemas_give_every_problem_in_one_run_and_write_nothing() {
    let (directory, schemas) = spawn::scratch_with_schemas("broken");
    break_schemas(&schemas);
    let out = directory.join("generated");
    let run = spawn::generate(&schemas, &out, &[]);
    assert_eq!(run.code, Some(1));
    assert!(!out.exists(), "something was written");
    for part in [
        "error[D010]: ",
        "x-apii",
        "error[D031]: ",
        "error[D007]: ",
        &format!("{FLAGSHIP}:6:3\n"),
        &format!("/{ENTERPRISE}:"),
        "^^^",
        "= pointer: /properties/reply",
        "= help: ",
    ] {
        assert!(run.stderr.contains(part), "no {part:?} in\n{}", run.stderr);
    }
    assert!(
        run.stderr
            .ends_with("error: 3 problems in the schemas; nothing was written\n"),
        "{}",
        run.stderr
    );
    assert_eq!(run.stdout, "");
}

#[test]
fn existing_bindings_are_left_alone_by_broken_schemas() {
    let (directory, schemas) = spawn::scratch_with_schemas("broken-later");
    let out = directory.join("generated");
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
    let before = spawn::read_tree(&out);
    break_schemas(&schemas);
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(1));
    assert_eq!(spawn::read_tree(&out), before);
}

#[test]
fn diagnostics_as_json_are_one_object_a_line_on_standard_output() {
    let (directory, schemas) = spawn::scratch_with_schemas("broken-json");
    break_schemas(&schemas);
    for run in [
        spawn::generate(&schemas, &directory.join("out"), &["--json"]),
        check(&schemas, &["--json"]),
    ] {
        assert_eq!(run.code, Some(1));
        let lines: Vec<Value> = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(lines.len(), 3, "{}", run.stdout);
        for line in &lines {
            for member in ["code", "path", "pointer", "message", "help"] {
                assert!(line[member].is_string(), "{member} of {line}");
            }
            assert!(line["line"].is_u64() && line["column"].is_u64(), "{line}");
        }
    }
}

#[test]
fn schemas_that_cannot_be_read_end_with_two() {
    let directory = spawn::scratch("unreadable");
    for missing in [directory.join("nowhere"), directory.clone()] {
        for run in [
            spawn::generate(&missing, &directory.join("out"), &[]),
            check(&missing, &[]),
        ] {
            assert_eq!(run.code, Some(2), "{}", run.stderr);
            assert!(
                run.stderr.contains(missing.to_str().unwrap()),
                "{}",
                run.stderr
            );
        }
    }
    let (directory, schemas) = spawn::scratch_with_schemas("unwritable");
    spawn::write(
        &directory.join("out"),
        "a file where the directory should be",
    );
    let run = spawn::generate(&schemas, &directory.join("out"), &[]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}

#[test]
fn bytes_that_are_no_text_and_an_empty_file_are_problems_not_crashes() {
    let (directory, schemas) = spawn::scratch_with_schemas("no-text");
    fs::write(schemas.join(FLAGSHIP), b"\xC4\xE3\xBA\xC3").unwrap();
    fs::write(schemas.join(ENTERPRISE), b"").unwrap();
    let run = spawn::generate(&schemas, &directory.join("out"), &[]);
    assert_eq!(run.code, Some(1));
    for part in ["error[D003]", "error[D005]", FLAGSHIP, ENTERPRISE] {
        assert!(run.stderr.contains(part), "no {part:?} in\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("panicked"));
}

#[test]
fn the_repository_s_own_schemas_pass_the_check() {
    let run = spawn::xtask(["check"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(run.stdout, "schemas checked: nothing found\n");
}

/// Name, an edit of the flagship API's schema, and what the check has to say of it.
const FINDINGS: &[(&str, &str, &str, &[&str])] = &[
    (
        "missing-citation",
        r#", "x-row": "param/6""#,
        "",
        &["error[D101]", "error[D094]", "param/6", "sources.lock"],
    ),
    (
        "double-citation",
        r#""x-row": "param/6""#,
        r#""x-row": "param/7""#,
        &["error[D093]", "param/7", "error[D094]"],
    ),
    (
        "unknown-row",
        r#""x-row": "param/6""#,
        r#""x-row": "param/66""#,
        &["error[D092]", "param/66", "error[D094]"],
    ),
    (
        "other-document",
        r#""sha256": "ee8a"#,
        r#""sha256": "0000"#,
        &["error[D095]"],
    ),
    (
        "broken-example",
        r#""process_count": "1","#,
        r#""process_count": "one","#,
        &[
            "the example breaks its own schema",
            "/examples/0/request/0/process_count",
        ],
    ),
];

#[test]
fn the_check_finds_wrong_citations_and_broken_examples() {
    for (name, from, to, expected) in FINDINGS {
        let (_, schemas) = spawn::scratch_with_schemas(&format!("check-{name}"));
        spawn::edit(&schemas.join(FLAGSHIP), from, to);
        let run = check(&schemas, &[]);
        assert_eq!(run.code, Some(1), "{name}: {}", run.stderr);
        for part in *expected {
            assert!(
                run.stderr.contains(part),
                "{name}: no {part:?} in\n{}",
                run.stderr
            );
        }
        let json = check(&schemas, &["--json"]);
        for line in json.stdout.lines() {
            assert!(serde_json::from_str::<Value>(line).unwrap()["message"].is_string());
        }
        assert_eq!(
            json.stdout.lines().count(),
            expected
                .iter()
                .filter(|p| p.starts_with("error["))
                .count()
                .max(1),
            "{name}: {}",
            json.stdout
        );
    }
}

#[test]
fn an_unknown_keyword_of_our_own_kind_is_found_with_the_one_that_was_meant() {
    let (_, schemas) = spawn::scratch_with_schemas("check-keyword");
    spawn::edit(
        &schemas.join(FLAGSHIP),
        r#""x-sensitive": true, "x-row": "param/3""#,
        r#""x-sensitve": true, "x-row": "param/3""#,
    );
    let run = check(&schemas, &[]);
    assert_eq!(run.code, Some(1));
    for part in ["error[D010]", "x-sensitve", "x-sensitive"] {
        assert!(run.stderr.contains(part), "no {part:?} in\n{}", run.stderr);
    }
}

#[test]
fn the_demo_calls_and_its_examples_are_shown_on_request() {
    let demo = spawn::xtask(["demo"]);
    assert_eq!(demo.code, Some(0), "{}", demo.stderr);
    assert!(
        demo.stdout.trim_end().ends_with("as expected"),
        "{}",
        demo.stdout
    );

    let page = spawn::xtask(["demo", "--examples", "process.Process.upload"]);
    assert_eq!(page.code, Some(0), "{}", page.stderr);
    assert!(
        page.stdout.trim_end().ends_with("0 surprises"),
        "{}",
        page.stdout
    );
    assert_eq!(
        spawn::xtask(["demo", "--examples", "no.such.method"]).code,
        Some(2)
    );
}

#[test]
fn help_of_every_command_has_an_example_and_its_exit_codes() {
    for command in [
        "generate",
        "check",
        "demo",
        "test",
        "conformance sign",
        "conformance receiver",
        "conformance diff",
        "bench receiver",
        "diff",
        "release-notes",
        "sources",
    ] {
        let run = spawn::xtask(command.split(' ').chain(["--help"]));
        assert_eq!(run.code, Some(0));
        assert!(
            run.stdout
                .contains(&format!("Example: cargo xtask {command}")),
            "{}",
            run.stdout
        );
        assert!(
            command == "test" || run.stdout.contains("Exit codes: 0"),
            "{}",
            run.stdout
        );
    }
    let unknown = spawn::xtask(["generat"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.stderr.contains("generate"), "{}", unknown.stderr);
}

fn conformance(files: &[&Path]) -> spawn::Outcome {
    let arguments = ["conformance", "sign"].map(OsStr::new);
    spawn::xtask(
        arguments
            .into_iter()
            .chain(files.iter().map(|file| file.as_os_str())),
    )
}

#[test]
fn conformance_passes_the_vectors_and_names_each_one_that_fails() {
    let vectors = spawn::repository().join("tests/vectors/wangdian-enterprise.jsonl");
    let all = fs::read_to_string(&vectors).unwrap();
    let count = all.lines().count();
    let passed = conformance(&[&vectors]);
    assert_eq!(passed.code, Some(0), "{}", passed.stderr);
    assert_eq!(passed.stdout, format!("{count} passed, 0 failed\n"));

    let mut lines: Vec<String> = all.lines().take(3).map(str::to_owned).collect();
    let mut wrong: Value = serde_json::from_str(&lines[1]).unwrap();
    wrong["secret"] = "another".into();
    lines[1] = wrong.to_string();
    lines.push("not a case".to_owned());
    let file = spawn::scratch("conformance").join("wrong.jsonl");
    spawn::write(&file, &lines.join("\n"));
    let failed = conformance(&[&file]);
    assert_eq!(failed.code, Some(1));
    assert!(
        failed.stdout.contains(wrong["name"].as_str().unwrap()),
        "{}",
        failed.stdout
    );
    assert!(
        failed.stdout.contains("wrong.jsonl:4: "),
        "{}",
        failed.stdout
    );
    assert!(
        failed.stdout.ends_with("2 passed, 2 failed\n"),
        "{}",
        failed.stdout
    );
    assert!(!failed.stdout.contains("another"), "{}", failed.stdout);
}

#[test]
fn conformance_ends_with_two_when_a_file_is_missing() {
    let missing = spawn::scratch("conformance-missing").join("no.jsonl");
    let run = conformance(&[&missing]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.stdout.contains("no.jsonl") && run.stdout.ends_with("0 passed, 0 failed\n"),
        "{}",
        run.stdout
    );
}
