//! The cases of the repository pass, and what does not pass is told with its place.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::path::Path;

use super::*;

fn run(lines: &str) -> (Outcome, String) {
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    let (mut outcome, mut out) = (Outcome::default(), Vec::new());
    cases::run_lines(
        Path::new("cases.jsonl"),
        lines.as_bytes(),
        |line| super::run(&runtime, line),
        &mut outcome,
        &mut out,
    )
    .unwrap();
    (outcome, String::from_utf8(out).unwrap())
}

fn counts(passed: usize, failed: usize) -> Outcome {
    Outcome {
        passed,
        failed,
        unreadable: 0,
    }
}

/// What is told of a case that fails, without its name.
fn told(case: &str) -> String {
    let (outcome, out) = run(case);
    assert_eq!(outcome, counts(0, 1), "{out}");
    let told = out.strip_prefix("FAILED ").unwrap().trim_end();
    told.split_once(": ").unwrap().1.to_owned()
}

/// A case that passes, with one text in it replaced.
fn but(case: &str, from: &str, to: &str) -> String {
    assert_eq!(run(case), (counts(1, 0), String::new()));
    assert!(case.contains(from), "{from}");
    case.replace(from, to)
}

const STOCKIN: &str = r#"{"name":"stockin/a","params":{"stockin_bn":"I1","status":"PARTIN","item":"[{\"product_bn\":\"A\",\"normal_num\":10.0}]"},"config":{},"expect":{"ok":{"items":[{"product_bn":"A","normal_num":10,"defective_num":0,"batches":[],"lines":[{"product_bn":"A","normal_num":10.0}]}],"stockin_bn":"I1","entry_order_id":null,"status":"PARTIN","stockin_type":"PURCHASE","warehouse":null,"operate_time":"default","remark":null,"arrival_no":null,"extend_props":null}}}"#;
const REFUSED: &str = r#"{"name":"stockin/b","params":{"stockin_bn":"I1","status":"PARTIN","item":"[1]"},"config":{},"expect":{"error":{"code":"E_PARAM","msg":"参数不符合规范","pointer":"/item/0"}}}"#;
const TRANSFER: &str = r#"{"name":"transfer/a","params":{"order_code":"T1","order_status":"NEW","create_time":"2025-01-01 10:00:00"},"config":{},"expect":{"ok":{"order_code":"T1","erp_order_code":null,"status":"NEW","from_warehouse_code":null,"to_warehouse_code":null,"out_order_code":null,"in_order_code":null,"out_confirm_time":null,"in_confirm_time":null,"create_time":"2025-01-01 10:00:00","owner_code":null,"extend_props":null,"items":[]}}}"#;
const SEQUENCE: &str = r#"{"name":"sequence/a","token_by_node":{"N1":"t"},"config":{},"steps":[{"params":{"node_id":"N1","method":"wms.stockin.status_update","timestamp":"1","stockin_bn":"I1","entry_order_id":"E1","status":"PARTIN","extendProps":{"a":["x","y"]}},"expect":{"reply":{"rsp":"succ","msg":"入库单状态更新成功","data":{"entry_order_id":"E1","stockin_bn":"I1"}},"store":[{"kind":"stockin","node_id":"N1","document":{"stockin_bn":"I1","entry_order_id":"E1","status":"PARTIN","stockin_type":"PURCHASE","warehouse":null,"operate_time":"default","remark":null,"arrival_no":null,"extend_props":{"a":["x","y"]},"items":[]}}]}},{"params":{"node_id":"nobody","method":"wms.stockin.status_update","timestamp":"1","stockin_bn":"I1","status":"PARTIN"},"expect":{"reply":{"rsp":"fail","msg":"节点不存在","msg_code":"E_PARAM"},"error":{"code":"E_PARAM","msg":"节点不存在"},"store":[{"kind":"stockin","node_id":"N1","document":{"stockin_bn":"I1","entry_order_id":"E1","status":"PARTIN","stockin_type":"PURCHASE","warehouse":null,"operate_time":"default","remark":null,"arrival_no":null,"extend_props":{"a":["x","y"]},"items":[]}}]}}]}"#;
const HTTP: &str = r#"{"name":"http/a","token_by_node":{"N1":"t"},"config":{},"body":"node_id=N1&node_id=N1","expect":{"reply":{"rsp":"fail","msg":"参数不符合规范","msg_code":"E_PARAM"},"error":{"code":"E_PARAM","msg":"参数不符合规范","pointer":"/node_id"},"store":[]}}"#;
const ASSEMBLE: &str = r#"{"name":"assemble/a","params":{"b":[true,null,{"y":0,"x":"-"}],"a":"","sign":"?"},"token":"tok","assembled":"ab012x-y0","sign":"A8216A69395FFF6102556FA7D0DA6B45"}"#;

#[test]
fn every_case_of_the_repository_passes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("receiver-cases");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    let mut out = Vec::new();
    let outcome = receiver(&files, &mut out).unwrap();
    assert_eq!(
        String::from_utf8(out).unwrap(),
        format!("{} passed, 0 failed\n", outcome.passed)
    );
    assert_eq!(outcome.unreadable, 0);
}

#[test]
fn the_kind_of_a_case_is_told_by_its_members_whatever_its_name() {
    for case in [STOCKIN, REFUSED, TRANSFER, SEQUENCE, HTTP, ASSEMBLE] {
        for name in ["", "x/y", "assemble", "http/a"] {
            let (before, after) = case.split_once("\",").unwrap();
            let (start, _) = before.rsplit_once('"').unwrap();
            let renamed = format!("{start}\"{name}\",{after}");
            assert_eq!(run(&renamed), (counts(1, 0), String::new()), "{renamed}");
        }
    }
    let nothing = r#"{"name":"","params":{"status":"X"},"expect":{"error":{"code":"E_PARAM","msg":"入库单号必填"}}}"#;
    assert_eq!(run(nothing), (counts(1, 0), String::new()));
    let transfer = nothing.replace("入库单", "转储单");
    assert_eq!(run(&transfer), (counts(1, 0), String::new()));
}

#[test]
fn another_document_is_told_by_its_first_different_place() {
    let case = but(STOCKIN, r#""normal_num":10,"#, r#""normal_num":"10","#);
    assert_eq!(told(&case), r#"/items/0/normal_num: expected "10", got 10"#);
    let case = but(STOCKIN, "10.0}]}]", "10}]}]");
    assert_eq!(
        told(&case),
        "/items/0/lines/0/normal_num: expected 10, got 10.0"
    );
    let case = but(STOCKIN, r#""remark":null,"#, "");
    assert_eq!(told(&case), "/remark: expected nothing, got null");
    let case = but(TRANSFER, r#""items":[]"#, r#""items":[],"more":1"#);
    assert_eq!(told(&case), "/more: expected 1, got nothing");
}

#[test]
fn a_default_time_is_the_time_of_receiving_and_no_other() {
    let case = but(
        TRANSFER,
        r#"create_time":"2025-01-01 10:00:00","owner"#,
        r#"create_time":"default","owner"#,
    );
    assert_eq!(
        told(&case),
        r#"/create_time: expected "default", got "2025-01-01 10:00:00""#
    );
}

#[test]
fn a_refusal_is_compared_with_its_place_only_where_that_is_stated() {
    let case = REFUSED.replace(r#","pointer":"/item/0""#, "");
    assert_eq!(run(&case), (counts(1, 0), String::new()));

    let elsewhere = told(&but(REFUSED, "/item/0", "/item/1"));
    let start = r#"/error/pointer: expected "/item/1", got "/item/0": "#;
    assert!(elsewhere.starts_with(start), "{elsewhere}");

    let other = told(&but(REFUSED, "E_PARAM", "E_STATE"));
    let start = r#"/error/code: expected "E_STATE", got "E_PARAM": "#;
    assert!(other.starts_with(start), "{other}");
}

#[test]
fn a_document_in_place_of_a_refusal_is_told_and_the_other_way_round() {
    let document = told(&but(REFUSED, "[1]", "[]"));
    assert!(document.ends_with(", got a document"), "{document}");
    let refused = told(&but(
        STOCKIN,
        r#""status":"PARTIN","item""#,
        r#""status":"","item""#,
    ));
    let start = "expected a document, got 参数不符合规范 (E_PARAM at /status";
    assert!(refused.starts_with(start), "{refused}");
}

#[test]
fn a_step_that_goes_wrong_is_told_by_its_number() {
    let case = but(SEQUENCE, "节点不存在\",\"msg_code", "?\",\"msg_code");
    assert_eq!(
        told(&case),
        r#"step 2: /reply/msg: expected "?", got "节点不存在""#
    );
    let case = but(
        SEQUENCE,
        r#""msg":"节点不存在"},"store""#,
        r#""msg":"!"},"store""#,
    );
    let told_of = told(&case);
    let start = r#"step 2: /error/msg: expected "!", got "节点不存在": "#;
    assert!(told_of.starts_with(start), "{told_of}");
    let case = but(
        SEQUENCE,
        r#"["x","y"]},"items":[]}}]}}]}"#,
        r#"["x"]},"items":[]}}]}}]}"#,
    );
    assert_eq!(
        told(&case),
        r#"step 2: /store/0/document/extend_props/a/1: expected nothing, got "y""#
    );
}

#[test]
fn another_signature_or_text_to_sign_is_told() {
    let case = but(ASSEMBLE, "ab012x-y0", "ab012y0x-");
    assert_eq!(
        told(&case),
        r#"/assembled: expected "ab012y0x-", got "ab012x-y0""#
    );
    let case = but(ASSEMBLE, "A821", "????");
    assert_eq!(
        told(&case),
        r#"/sign: expected "????6A69395FFF6102556FA7D0DA6B45", got "A8216A69395FFF6102556FA7D0DA6B45""#
    );
}

#[test]
fn a_line_that_holds_no_case_is_named_by_its_place() {
    let lines = [
        "{",
        "[]",
        "{}",
        r#"{"name":"n"}"#,
        r#"{"name":"n","params":{}}"#,
        r#"{"name":"stockin/a","params":{}}"#,
        r#"{"name":"stockin/a","params":{"stockin_bn":1},"expect":{"ok":{}}}"#,
        r#"{"name":"n","steps":[]}"#,
        r#"{"name":"n","token_by_node":{"N1":1},"steps":[]}"#,
        r#"{"name":"n","token_by_node":{},"steps":[{}]}"#,
        r#"{"name":"n","token_by_node":{},"steps":[{"params":{"a":{}}}]}"#,
        r#"{"name":"n","token_by_node":{},"body":"","expect":{}}"#,
        r#"{"name":"n","token_by_node":{},"body":"","config":{"asns":"A1"},"expect":{}}"#,
        r#"{"name":"n","assembled":"","params":{"a":1.5},"token":"","sign":""}"#,
    ];
    let (outcome, out) = run(&lines.join("\n"));
    assert_eq!(outcome, counts(0, lines.len()), "{out}");
    for (line, number) in out.lines().zip(1..) {
        let start = format!("FAILED cases.jsonl:{number}: ");
        assert!(line.starts_with(&start), "{line}");
    }
}

#[test]
fn a_file_that_cannot_be_read_or_holds_no_case_is_told_and_the_others_are_still_run() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = manifest.join("receiver-cases/assemble.jsonl");
    // A folder is no file, and a file of blank lines holds no case.
    let blank = std::env::temp_dir().join(format!("dockseal-blank-{}.jsonl", std::process::id()));
    std::fs::write(&blank, "\n \n").unwrap();
    let mut out = Vec::new();
    let outcome = receiver(&[manifest.to_path_buf(), blank.clone(), cases], &mut out).unwrap();
    std::fs::remove_file(&blank).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!((outcome.failed, outcome.unreadable), (0, 2), "{out}");
    assert!(outcome.passed > 0);
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(out.starts_with("error: cannot read "), "{out}");
    assert_eq!(
        lines.get(1),
        Some(&format!("error: no case in {}", blank.display()).as_str())
    );
}
