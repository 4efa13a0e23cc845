//! The demo as people start it: complete, the same every time, without a secret, and honest when an
//! example is not what it should be.

use dockseal::api::{AnyApi, Api, Effect, Example, Request};
use dockseal::object::{Blank, Object};
use dockseal::wangdian_flagship::{GATEWAY, ProcessUpload, ProcessUploadReply};
use dockseal_tests::demo::{self, Outcome};

/// What is shown on a terminal without colours.
fn shown(apis: &[&dyn AnyApi]) -> (String, Outcome) {
    let mut out = Vec::new();
    let outcome = demo::run(apis, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    (anstream::adapter::strip_str(&text).to_string(), outcome)
}

#[test]
fn every_api_is_shown_with_its_method_and_title() {
    let (text, outcome) = shown(dockseal::APIS);
    for (method, title) in [
        ("process.Process.upload", "生产单推送"),
        ("stockin_refund_push.php", "创建退货入库单"),
        ("alibaba.wdk.protocol.callback", "加工计划回执"),
        ("wms.transferorder.update", "转储单状态更新"),
        ("wms.stockin.status_update", "入库单状态更新"),
    ] {
        assert!(
            text.contains(&format!("━━ {method}  {title} ━━")),
            "{method}"
        );
    }
    assert_eq!(outcome.surprises, Vec::<String>::new());
    assert_eq!(outcome.exit_code(), 0);
}

#[test]
fn the_last_line_counts_what_was_shown() {
    let (text, outcome) = shown(dockseal::APIS);
    let last = text.lines().last().unwrap();
    assert_eq!(last, outcome.to_string());
    let examples = || dockseal::APIS.iter().flat_map(|any| any.api().examples);
    let requests = examples()
        .filter(|example| example.request.is_some())
        .count();
    let replies = examples().filter(|example| example.reply.is_some()).count();
    assert_eq!(
        last,
        format!(
            "5 APIs of 4 gateways: {requests} requests signed and verified, {replies} replies understood, 0 surprises"
        )
    );
    assert_eq!(text.matches("\n   verified ").count(), requests);
    assert_eq!(text.matches("\n── reply ").count(), replies);
}

#[test]
fn every_run_writes_the_same_bytes() {
    assert_eq!(shown(dockseal::APIS), shown(dockseal::APIS));
}

#[test]
fn no_secret_is_shown_and_each_that_travels_has_its_mark() {
    let (text, _) = shown(dockseal::APIS);
    // A long text is cut into lines; what is cut must not hide anything.
    let text = text.replace("\n   ↳ ", "");
    for secret in [
        "testsecret",
        "testsalt",
        "testappsecret",
        "testsession",
        "testtoken",
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
    for mark in ["&salt=‹salt›&", "&session=‹session›&", "‹secret›"] {
        assert!(text.contains(mark), "{mark}");
    }
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    let (text, _) = shown(dockseal::APIS);
    for line in text.lines() {
        // Every character here beyond the punctuation blocks is drawn two columns wide.
        let columns: usize = line
            .chars()
            .map(|c| if c >= '\u{2E80}' { 2 } else { 1 })
            .sum();
        assert!(columns <= 100, "{columns}: {line}");
    }
}

#[test]
fn methods_are_chosen_by_name_and_unknown_ones_are_answered_with_a_list() {
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    let methods = |asked: &[&str]| {
        let chosen = demo::choose(dockseal::APIS, &names(asked));
        chosen.map(|apis| apis.iter().map(|any| any.api().method).collect::<Vec<_>>())
    };
    assert_eq!(methods(&[]).unwrap().len(), 5);
    assert_eq!(
        methods(&["process.Process.upload", "wms.transferorder.update"]).unwrap(),
        ["wms.transferorder.update", "process.Process.upload"]
    );
    let error = methods(&["process.upload", "process.Process.upload"])
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("no API has the method \"process.upload\"; there are:\n"),
        "{error}"
    );
    assert_eq!(error.lines().count(), 6);
    assert!(
        error.contains("\n  process.Process.upload         生产单推送"),
        "{error}"
    );
}

/// An API whose examples are given by a test.
struct Given(&'static Api);

impl AnyApi for Given {
    fn api(&self) -> &'static Api {
        self.0
    }
    fn blank_request(&self) -> Box<dyn Object> {
        Box::new(ProcessUpload::blank())
    }
    fn blank_reply(&self) -> Box<dyn Object> {
        Box::new(ProcessUploadReply::blank())
    }
}

const fn api(examples: &'static [Example]) -> Api {
    Api {
        gateway: GATEWAY,
        method: "test.method",
        title: "测试",
        description: "For tests.",
        effect: Effect::Create,
        idempotency: None,
        positional: true,
        inner: ProcessUpload::API.inner,
        pager: None,
        schema: "test.json",
        examples,
    }
}

const GOOD_REPLY: &str =
    r#"{"status":0,"data":{"process_id":1,"process_no":"P","message":"","status":0}}"#;

/// What the demo says of an example, as surprises and as text.
fn said(api: &'static Api) -> (Vec<String>, String) {
    let (text, outcome) = shown(&[&Given(api)]);
    assert_eq!(outcome.exit_code(), 1);
    assert_eq!(text.lines().last().unwrap(), outcome.to_string());
    for surprise in &outcome.surprises {
        assert!(surprise.starts_with("test.method: "), "{surprise}");
    }
    (outcome.surprises, text)
}

#[test]
fn a_request_that_cannot_be_read_fails_the_demo() {
    static API: Api = api(&[Example {
        request: Some(r#"[{"out_warehouse_no":{}}]"#),
        reply: Some(GOOD_REPLY),
    }]);
    let (surprises, text) = said(&API);
    assert_eq!(surprises.len(), 1);
    let surprise = surprises.first().unwrap();
    assert!(
        surprise.contains("the request cannot be read: /0/out_warehouse_no: expected"),
        "{surprise}"
    );
    assert!(text.ends_with(
        "1 API of 1 gateway: 0 requests signed and verified, 1 reply understood, 1 surprise\n"
    ));
}

#[test]
fn a_request_that_breaks_its_schema_is_shown_in_both_languages_and_not_sent() {
    static API: Api = api(&[Example {
        request: Some(
            r#"[{"out_warehouse_no":"","in_warehouse_no":"B","operator_name":"C","producer_no":"D",
                "process_count":1,"detail_list":[]}]"#,
        ),
        reply: Some(GOOD_REPLY),
    }]);
    let (surprises, text) = said(&API);
    assert_eq!(
        surprises,
        ["test.method: the request breaks its schema, so it is not sent"]
    );
    assert!(
        text.contains("/out_warehouse_no 出库仓库编号: must not be empty\n"),
        "{text}"
    );
    assert!(text.contains("出库仓库编号：不能为空\n"), "{text}");
    assert!(text.contains("0 elements, at least 1 needed"), "{text}");
    assert!(!text.contains("HTTP/1.1"), "{text}");
}

#[test]
fn a_reply_that_cannot_be_read_fails_the_demo() {
    static API: Api = api(&[Example {
        request: Some(
            r#"[{"out_warehouse_no":"A","in_warehouse_no":"B","operator_name":"C","producer_no":"D",
                "process_count":1,"detail_list":[{"spec_no":"S","num":"1.5"}]}]"#,
        ),
        reply: Some(r#"{"status":0,"data":7}"#),
    }]);
    let (surprises, text) = said(&API);
    assert_eq!(surprises.len(), 1);
    let surprise = surprises.first().unwrap();
    assert!(
        surprise.contains("the reply cannot be read: /data: expected"),
        "{surprise}"
    );
    assert!(
        text.contains("1 request signed and verified, 0 replies understood"),
        "{text}"
    );
}

#[test]
fn an_api_without_examples_fails_the_demo() {
    static API: Api = api(&[]);
    let (surprises, _) = said(&API);
    assert_eq!(
        surprises,
        [
            "test.method: no example has a request",
            "test.method: no example has a reply"
        ]
    );
}
