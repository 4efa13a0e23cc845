//! What a right request is answered with, and what the sandbox says of itself.

use crate::support::{
    self, Draft, ENTERPRISE, FLAGSHIP, STOCKIN, TOP, TRANSFER, example, get, keys, prepared, send,
};
use dockseal::BeijingTime;
use dockseal_cli::sandbox::{ACCOUNTS, Clock, Outcome, Sandbox, SandboxError};

#[test]
fn every_example_of_every_document_is_accepted() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut sent = 0;
    for any in dockseal::APIS {
        let api = any.api();
        for json in api.examples.iter().filter_map(|example| example.request) {
            let request = prepared(
                &sandbox,
                api.method,
                json,
                &keys(api.gateway.name),
                BeijingTime::now(),
            );
            let answer = send(&sandbox, &request).unwrap();
            assert_eq!(answer.status, 200);
            sent += 1;
            let seen = sandbox.requests().pop().unwrap();
            assert_eq!(
                seen.outcome,
                Outcome::Accepted,
                "{}: {}",
                api.method,
                answer.text()
            );
            assert_eq!(
                (seen.gateway, seen.method.as_deref()),
                (Some(api.gateway.name), Some(api.method))
            );
            assert_eq!(seen.number, sent);
        }
    }
    assert_eq!(sandbox.count(), sent);
    assert!(sent >= 8, "{sent}");
}

#[test]
fn the_replies_are_those_of_the_documents() {
    let now = BeijingTime::new(2025, 1, 31, 10, 0, 0).unwrap();
    let sandbox = Sandbox::builder().clock(Clock::fixed(now)).start().unwrap();
    let reply = |method| {
        Draft::example(method, now)
            .send(&sandbox)
            .json()
            .to_string()
    };
    assert_eq!(
        reply(FLAGSHIP),
        r#"{"data":{"message":"","process_id":1,"process_no":"PS202501310001","status":0},"status":0}"#
    );
    assert_eq!(reply(ENTERPRISE), r#"{"code":0,"message":"succeed"}"#);
    assert_eq!(
        reply(TOP),
        r#"{"request_id":"sandbox00000001","result":{"model":true,"success":true}}"#
    );
    assert_eq!(
        reply(STOCKIN),
        r#"{"data":{"stockin_bn":"I20250101001"},"msg":"入库单状态更新成功","rsp":"succ"}"#
    );
    assert_eq!(
        reply(TRANSFER),
        r#"{"data":{"order_code":"TRF20250101001"},"msg":"转储单状态更新成功","rsp":"succ"}"#
    );
}

#[test]
fn the_reply_to_a_push_has_the_numbers_that_were_given() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut draft = Draft::example(STOCKIN, BeijingTime::now());
    draft
        .form
        .push(("entry_order_id".to_owned(), "W1".to_owned()));
    assert_eq!(
        draft.send(&sandbox).json()["data"].to_string(),
        r#"{"entry_order_id":"W1","stockin_bn":"I20250101001"}"#
    );
    draft.form.retain(|(name, _)| name != "stockin_bn");
    assert_eq!(
        draft.send(&sandbox).json()["data"].to_string(),
        r#"{"entry_order_id":"W1"}"#
    );
}

#[test]
fn an_order_with_the_words_of_the_document_fails_its_audit() {
    let now = BeijingTime::new(2025, 1, 31, 10, 0, 0).unwrap();
    let sandbox = Sandbox::builder().clock(Clock::fixed(now)).start().unwrap();
    let with = |text: &str| {
        Draft::example(FLAGSHIP, now)
            .replace("\"admin\"", text)
            .send(&sandbox)
            .json()
    };
    for (text, number) in [
        (r#""admin","remark":"请审核失败""#, "PS202501310001"),
        (r#""审核失败""#, "PS202501310002"),
        (
            r#""admin","is_check":true,"bom_name":"AUDIT-FAIL""#,
            "PS202501310003",
        ),
    ] {
        let reply = with(text);
        assert_eq!(
            (&reply["status"], &reply["data"]["status"]),
            (&0.into(), &20.into())
        );
        assert_eq!(
            (&reply["data"]["process_id"], &reply["data"]["process_no"]),
            (&0.into(), &number.into())
        );
        assert_eq!(reply["data"]["message"], "审核失败");
        assert_eq!(sandbox.requests().pop().unwrap().outcome, Outcome::Partial);
    }
}

#[test]
fn every_failing_example_comes_when_a_request_has_its_words() {
    let sandbox = Sandbox::builder().start().unwrap();
    let now = BeijingTime::now();
    let refused = Draft::example(FLAGSHIP, now)
        .replace("\"admin\"", "\"员工 admin1 不存在/已停用/无生产员角色\"");
    assert_eq!(
        refused.send(&sandbox).text(),
        r#"{"message":"员工 admin1 不存在/已停用/无生产员角色","status":100}"#
    );
    // 1231 is among others the source_type, whose field is free text.
    let inner = Draft::example(TOP, now)
        .replace(r#""source_type":"1231""#, r#""source_type":"参数错误""#)
        .send(&sandbox);
    assert_eq!(
        (
            &inner.json()["result"]["success"],
            &inner.json()["result"]["err_code"]
        ),
        (&false.into(), &"PARAM_ERROR".into())
    );
    let outer = Draft::example(TOP, now)
        .replace(r#""source_type":"1231""#, r#""source_type":"非法参数""#)
        .send(&sandbox);
    assert_eq!(
        outer.json()["error_response"]["sub_code"],
        "isv.invalid-parameter"
    );
    // What failed inside was not taken, and may be sent again.
    assert_eq!(
        Draft::example(TOP, now).send(&sandbox).json()["result"]["success"],
        true
    );
}

#[test]
fn top_answers_in_the_form_that_is_asked_for() {
    let sandbox = Sandbox::builder().start().unwrap();
    let ask = |format: Option<&str>, simplify: Option<&str>| {
        Draft::example(TOP, BeijingTime::now())
            .system("format", format)
            .system("simplify", simplify)
            .send(&sandbox)
    };
    let simple = ask(Some("json"), Some("true"));
    assert_eq!(simple.json()["result"]["success"], true);
    let wrapped = ask(Some("json"), None);
    assert_eq!(
        wrapped.json()["alibaba_wdk_protocol_callback_response"]["result"]["success"],
        true
    );
    for xml in [ask(Some("xml"), Some("true")), ask(None, None)] {
        assert!(
            xml.text()
                .contains("<alibaba_wdk_protocol_callback_response>"),
            "{}",
            xml.text()
        );
        assert!(xml.text().contains("<success>true</success>"));
        assert!(xml.header("content-type").unwrap().starts_with("text/xml"));
    }
}

#[test]
fn every_digest_of_top_is_verified() {
    let sandbox = Sandbox::builder().start().unwrap();
    for digest in ["md5", "hmac", "hmac-sha256"] {
        let draft = Draft::example(TOP, BeijingTime::now()).system("sign_method", Some(digest));
        assert_eq!(
            draft.send(&sandbox).json()["result"]["success"],
            true,
            "{digest}"
        );
    }
}

#[test]
fn parameters_may_stand_in_the_query_or_in_the_form() {
    let sandbox = Sandbox::builder().start().unwrap();
    let request = Draft::example(TOP, BeijingTime::now()).request(&sandbox);
    let (url, query) = request
        .uri()
        .to_string()
        .split_once('?')
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let body = format!("{query}&{}", std::str::from_utf8(request.body()).unwrap());
    let all_in_form = http::Request::post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body.into());
    assert_eq!(
        send(&sandbox, &all_in_form.unwrap()).unwrap().json()["result"]["success"],
        true
    );
}

#[test]
fn the_sandbox_shows_itself() {
    let sandbox = Sandbox::builder().start().unwrap();
    send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    let page = get(&sandbox, "/_sandbox/").json();
    assert_eq!(page["accounts"].as_array().unwrap().len(), ACCOUNTS.len());
    assert_eq!(page["apis"].as_array().unwrap().len(), dockseal::APIS.len());
    assert_eq!(page["state"][0]["documents"], 1);
    assert_eq!(
        (
            &page["requests"]["count"],
            &page["requests"]["latest"][0]["outcome"]
        ),
        (&1.into(), &"accepted".into())
    );
    assert_eq!(get(&sandbox, "/elsewhere").status, 404);
}

#[test]
fn every_answer_has_the_date_of_the_sandboxs_clock() {
    let now = BeijingTime::new(2025, 1, 31, 10, 0, 0).unwrap();
    let sandbox = Sandbox::builder().clock(Clock::fixed(now)).start().unwrap();
    let request = prepared(
        &sandbox,
        STOCKIN,
        support::example_json(STOCKIN),
        &keys("shopex-oms"),
        now,
    );
    for answer in [
        send(&sandbox, &request).unwrap(),
        get(&sandbox, "/_sandbox/"),
        get(&sandbox, "/nowhere"),
    ] {
        assert_eq!(answer.header("date"), Some("Fri, 31 Jan 2025 02:00:00 GMT"));
    }
}

#[test]
fn a_connection_carries_several_requests() {
    use std::io::{Read, Write};
    let sandbox = Sandbox::builder().start().unwrap();
    let request = support::bytes_of(&example(&sandbox, FLAGSHIP), "");
    let request = String::from_utf8(request)
        .unwrap()
        .replace("connection: close\r\n", "");
    let mut stream = support::connect(&sandbox);
    for id in 1..=3 {
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = vec![0; 4096];
        let length = stream.read(&mut bytes).unwrap();
        assert_eq!(
            support::parse(&bytes[..length]).json()["data"]["process_id"],
            id
        );
    }
}

#[test]
fn it_starts_and_stops_inside_async_code_too() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let sandbox = Sandbox::builder().start().unwrap();
        let port = sandbox.address().port();
        sandbox.stop();
        let sandbox = Sandbox::builder().port(port).start().unwrap();
        let taken = Sandbox::builder().port(port).start().unwrap_err();
        assert!(
            taken.to_string().contains(&port.to_string())
                && matches!(taken, SandboxError::Port { .. })
        );
        drop(sandbox);
    });
}
