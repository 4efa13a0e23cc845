//! What all verbs have in common, and the verbs that list: `methods` and `schema`.

use crate::program::{command, finish, run};

#[test]
fn every_verb_has_help_with_an_example_and_exit_codes() {
    for verb in [
        &["demo"][..],
        &["call"],
        &["push"],
        &["sandbox"],
        &["doctor"],
        &["methods"],
        &["schema"],
        &["receive"],
        &["inbox", "ls"],
        &["inbox", "show"],
        &["inbox", "replay"],
        &["inbox", "export"],
        &["export", "openapi"],
        &["sign", "explain"],
        &["sign", "verify"],
        &["sign", "find"],
    ] {
        let run = run(&[verb, &["--help"]].concat());
        assert_eq!(run.code, 0);
        for part in ["Example", "Exit codes: 0 ", "--json", "--lang"] {
            assert!(run.out.contains(part), "{verb:?}: {part} is missing");
        }
    }
}

#[test]
fn a_command_line_that_does_not_parse_is_json_where_json_was_asked_for() {
    for wrong in [&["--json", "bogus"][..], &["call", "--json"]] {
        let run = run(wrong);
        assert_eq!(run.code, 2);
        let told: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(told["exit"], "usage");
    }
    assert_eq!(run(&["bogus"]).out, "");
}

#[test]
fn methods_lists_every_api_once() {
    let run = run(&["methods"]);
    assert_eq!(run.out.lines().count(), dockseal::APIS.len() + 1);
    for known in dockseal::APIS {
        let api = known.api();
        let line = run
            .out
            .lines()
            .find(|line| line.contains(&format!(" {} ", api.method)))
            .unwrap();
        assert!(
            line.starts_with(api.gateway.name)
                && line.contains(api.title)
                && line.ends_with(api.schema),
            "{line}"
        );
    }
}

#[test]
fn methods_takes_a_part_of_any_name() {
    for (filter, count) in [("flagship", 1), ("旺店通", 2), ("STOCKIN", 2), ("加工", 1)] {
        let json = run(&["methods", filter, "--json"]).json();
        assert_eq!(json.as_array().unwrap().len(), count, "{filter}");
    }
    let none = run(&["methods", "no-such-thing"]);
    assert_eq!(
        (none.code, none.out.as_str()),
        (1, "no method fits: no-such-thing\n")
    );
}

#[test]
fn schema_shows_every_field_of_both_messages() {
    for known in dockseal::APIS {
        let run = run(&["schema", known.api().method]);
        assert_eq!(run.code, 0);
        for table in [known.blank_request().table(), known.blank_reply().table()] {
            for field in table.fields {
                let line = run
                    .out
                    .lines()
                    .find(|line| line.split_whitespace().next() == Some(field.name));
                assert!(
                    line.is_some_and(|line| line.contains(field.title)),
                    "{} of {}",
                    field.name,
                    known.api().method
                );
            }
        }
    }
}

#[test]
fn schema_indents_nested_fields_and_states_limits() {
    let run = run(&["schema", "process.Process.upload"]);
    let line = |name: &str| {
        run.out
            .lines()
            .find(|line| line.trim_start().starts_with(name))
            .unwrap()
    };
    assert!(line("detail_list ").contains("list of object"));
    assert!(line("spec_no ").starts_with("  spec_no") && line("spec_no ").contains("yes"));
    assert!(line("num ").contains("decimal(19,4)"));
    let zh = self::run(&["schema", "process.Process.upload", "--lang", "zh"]);
    assert!(
        zh.out.contains("对象列表") && zh.out.contains("必填"),
        "{}",
        zh.out
    );
}

#[test]
fn schema_as_json_is_json_schema() {
    let json = run(&["schema", "stockin_refund_push.php", "--json"]).json();
    assert_eq!(json["method"], "stockin_refund_push.php");
    assert_eq!(json["request"]["type"], "object");
    assert!(json["reply"]["properties"]["code"].is_object());
}

#[test]
fn an_unknown_method_is_answered_with_the_nearest() {
    let run = run(&["schema", "process.Process.uplaod"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("did you mean process.Process.upload?"),
        "{}",
        run.err
    );
    let json = self::run(&["schema", "process.Process.uplaod", "--json", "--lang", "zh"]).json();
    assert_eq!(json["help"], "是否为 process.Process.upload？");
    assert_eq!(json["exit"], "usage");
}

#[test]
fn the_language_is_that_of_the_locale_unless_it_is_chosen() {
    let with = |arguments: &[&str]| {
        let mut command = command(arguments);
        command.env("LC_ALL", "zh_CN.UTF-8");
        finish(command, b"").out
    };
    assert!(with(&["methods"]).starts_with("网关"));
    assert!(with(&["methods", "--lang", "en"]).starts_with("gateway"));
}

#[test]
fn a_pipe_has_no_colour() {
    let run = run(&["methods"]);
    assert!(!run.out.contains('\u{1B}'));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::Stdio;
    let mut command = command(&["schema", "process.Process.upload"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn no_verb_and_an_unknown_verb_are_usage_errors() {
    assert_eq!(run(&[]).code, 2);
    assert_eq!(run(&["frobnicate"]).code, 2);
}
