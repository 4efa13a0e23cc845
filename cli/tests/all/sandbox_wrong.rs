//! What a request of the wrong shape, account or method is told, in the vendor's form.

use crate::support::{
    self, Draft, ENTERPRISE, FLAGSHIP, STOCKIN, TOP, example_json, keys, now, told,
};
use dockseal::GATEWAYS;
use dockseal_cli::sandbox::{Outcome, Sandbox};
use serde_json::json;

#[test]
fn unknown_accounts_and_other_credentials_are_told_apart() {
    let sandbox = Sandbox::builder().start().unwrap();
    let with =
        |method, name: &str, value: &str| Draft::example(method, now()).system(name, Some(value));
    for (draft, code, says, kind, pointer) in [
        (
            with(FLAGSHIP, "sid", "nobody"),
            json!(1),
            "sid is not exists",
            "unknown-account",
            "/sid",
        ),
        (
            with(FLAGSHIP, "key", "other"),
            json!(1),
            "app auth fail",
            "credential",
            "/key",
        ),
        (
            with(FLAGSHIP, "salt", "other"),
            json!(1),
            "app auth fail",
            "credential",
            "/salt",
        ),
        (
            with(ENTERPRISE, "sid", "nobody"),
            json!("40"),
            "卖家账号不存在",
            "unknown-account",
            "/sid",
        ),
        (
            with(ENTERPRISE, "appkey", "other"),
            json!("40"),
            "接口账号错误",
            "credential",
            "/appkey",
        ),
        (
            with(TOP, "app_key", "1"),
            json!(29),
            "Invalid App Key",
            "unknown-account",
            "/app_key",
        ),
        (
            with(TOP, "session", "other"),
            json!(27),
            "Invalid Session",
            "credential",
            "/session",
        ),
        (
            with(STOCKIN, "node_id", "1"),
            json!("E_PARAM"),
            "节点不存在",
            "unknown-account",
            "/node_id",
        ),
        (
            with(STOCKIN, "certi_id", "1"),
            json!("E_PARAM"),
            "certi_id",
            "credential",
            "/certi_id",
        ),
        (
            with(FLAGSHIP, "v", "2.0"),
            json!(8),
            "1.0",
            "constant",
            "/v",
        ),
        (with(TOP, "v", "1.0"), json!(33), "2.0", "constant", "/v"),
        (
            with(STOCKIN, "flag", "other"),
            json!("E_PARAM"),
            "erpapi",
            "constant",
            "/flag",
        ),
    ] {
        told(&sandbox, &draft, &code, says, kind, Some(pointer));
    }
}

#[test]
fn missing_system_parameters_are_named() {
    let sandbox = Sandbox::builder().start().unwrap();
    let without = |method, name: &str| Draft::example(method, now()).system(name, None);
    for (draft, code, pointer) in [
        (without(FLAGSHIP, "v"), json!(2), "/v"),
        (without(FLAGSHIP, "salt"), json!(2), "/salt"),
        (without(ENTERPRISE, "appkey"), json!("41"), "/appkey"),
        (without(TOP, "method"), json!(21), "/method"),
        (without(TOP, "app_key"), json!(28), "/app_key"),
        (without(TOP, "timestamp"), json!(30), "/timestamp"),
        (without(TOP, "sign_method"), json!(40), "/sign_method"),
        (without(STOCKIN, "node_id"), json!("E_PARAM"), "/node_id"),
        (without(STOCKIN, "certi_id"), json!("E_PARAM"), "/certi_id"),
    ] {
        let name = pointer.trim_start_matches('/');
        told(
            &sandbox,
            &draft,
            &code,
            name,
            "missing-parameter",
            Some(pointer),
        );
    }
    let mut unsigned = Draft::example(TOP, now());
    unsigned.sign = Some(String::new());
    told(
        &sandbox,
        &unsigned,
        &json!(24),
        "sign",
        "missing-parameter",
        Some("/sign"),
    );
}

#[test]
fn unknown_methods_are_answered_in_the_vendors_form() {
    let sandbox = Sandbox::builder().start().unwrap();
    for (method, code, words) in [
        (FLAGSHIP, json!(100), "接口不存在"),
        (ENTERPRISE, json!("40"), "接口不存在"),
        (TOP, json!(22), "Invalid Method"),
        (STOCKIN, json!("E_PARAM"), "接口不存在"),
    ] {
        let api = support::api(method).api();
        let draft = Draft::new(
            api.gateway,
            "no.such.method",
            example_json(method),
            keys(api.gateway.name),
            now(),
        );
        told(&sandbox, &draft, &code, words, "no-such-method", None);
        assert_eq!(
            sandbox.requests().pop().unwrap().method.as_deref(),
            Some("no.such.method")
        );
    }
}

#[test]
fn another_content_type_or_verb_is_named() {
    let sandbox = Sandbox::builder().start().unwrap();
    for (method, content_type, code) in [
        (FLAGSHIP, "application/x-www-form-urlencoded", json!(1)),
        (ENTERPRISE, "application/json", json!("40")),
        (STOCKIN, "application/json", json!("E_PARAM")),
    ] {
        let mut draft = Draft::example(method, now());
        content_type.clone_into(&mut draft.content_type);
        told(&sandbox, &draft, &code, content_type, "content-type", None);
    }
    let mut top = Draft::example(TOP, now());
    "multipart/form-data".clone_into(&mut top.content_type);
    let answer = top.send(&sandbox);
    assert!(
        answer.text().contains("<error_response>") && answer.text().contains("<code>41</code>"),
        "{}",
        answer.text()
    );
    let mut put = Draft::example(FLAGSHIP, now());
    put.verb = "PUT";
    told(&sandbox, &put, &json!(1), "POST", "http-method", None);
}

#[test]
fn nothing_that_is_sent_breaks_the_sandbox() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut random = fastrand::Rng::with_seed(3);
    for gateway in GATEWAYS {
        for _ in 0..50 {
            let body: Vec<u8> = std::iter::repeat_with(|| random.u8(..)).take(200).collect();
            let path = gateway.transport.path.replace("{method}", "x.php");
            let request =
                http::Request::post(format!("{}{path}?a=%ff&b[", sandbox.base_url(gateway.name)))
                    .header("content-type", gateway.transport.content_type)
                    .body(body.into())
                    .unwrap();
            assert_eq!(support::send(&sandbox, &request).unwrap().status, 200);
        }
    }
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|seen| matches!(seen.outcome, Outcome::Refused(_)))
    );
}
