//! What a wrong signature or a wrong time is told, on the wire and in the log.

use crate::support::{
    Draft, ENTERPRISE, FLAGSHIP, STOCKIN, TOP, TRANSFER, keys, logged, now, told,
};
use dockseal::sign::{self, LengthUnit};
use dockseal::{BeijingTime, Keys};
use dockseal_cli::sandbox::{Outcome, Sandbox};
use serde_json::json;

#[test]
fn a_bad_signature_is_explained_in_the_log_with_secrets_masked() {
    let (sandbox, log) = logged(Sandbox::builder());
    for (method, code) in [
        (FLAGSHIP, json!(1)),
        (ENTERPRISE, json!("40")),
        (TOP, json!(25)),
        (STOCKIN, json!("E_SIGN")),
        (TRANSFER, json!("E_SIGN")),
    ] {
        let mut draft = Draft::example(method, now());
        draft.sign = Some("0123456789abcdef0123456789abcdef".to_owned());
        told(&sandbox, &draft, &code, "签名", "signature", None);
        let entry = log.recv().unwrap();
        let details = entry
            .details
            .iter()
            .flat_map(|line| [&*line.en, &*line.zh])
            .collect::<Vec<_>>()
            .join("\n");
        assert!(
            details.contains("to sign   ") && details.contains("待签名"),
            "{details}"
        );
        assert!(
            details.contains("received  ") && details.contains("012345…(32)"),
            "{details}"
        );
        for (name, value) in dockseal_cli::sandbox::account(draft.gateway.name)
            .unwrap()
            .values
        {
            let secret = ["appsecret", "app_secret", "token", "session"].contains(name);
            assert!(
                !(secret && value.split(':').any(|part| details.contains(part))),
                "{name} in {details}"
            );
        }
        assert!(
            !details.contains("0123456789"),
            "no signature is shown whole: {details}"
        );
        assert!(!format!("{:?}", entry.seen).contains("to sign"));
    }
}

#[test]
fn the_oms_says_a_wrong_signature_in_its_own_words() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut draft = Draft::example(STOCKIN, now());
    draft.sign = Some("X".to_owned());
    let reply = draft.send(&sandbox).json();
    assert_eq!(
        (
            &reply["rsp"],
            &reply["msg"],
            &reply["msg_code"],
            &reply["data"]
        ),
        (
            &"fail".into(),
            &"签名错误".into(),
            &"E_SIGN".into(),
            &"".into()
        )
    );
}

/// The sign that this mistake makes.
fn mistaken(
    draft: &Draft,
    keys: &Keys,
    unit: LengthUnit,
    secret: Option<&str>,
    body: bool,
) -> String {
    let scheme = &draft.gateway.scheme;
    let mut params: Vec<_> = draft
        .system
        .iter()
        .chain(&draft.form)
        .map(|(name, value)| sign::Param::new(name, value))
        .collect();
    params.extend(
        scheme
            .body
            .filter(|_| body)
            .map(|name| sign::Param::new(name, &draft.body)),
    );
    let secret = secret.map_or_else(|| keys.secret().unwrap().clone(), Into::into);
    let options = sign::Options {
        unit,
        ..sign::Options::default()
    };
    sign::compute(scheme, &options, &mut params, &secret)
        .unwrap()
        .to_string()
}

#[test]
fn common_mistakes_in_signing_are_named() {
    let (sandbox, log) = logged(Sandbox::builder());
    let flagship = || Draft::example(FLAGSHIP, now());
    let enterprise = || Draft::example(ENTERPRISE, now()).replace("\"yjwl04\"", "\"圆通\"");
    let (of_flagship, of_enterprise) = (keys("wangdian-flagship"), keys("wangdian-enterprise"));
    let cases = [
        (
            flagship(),
            &of_flagship,
            LengthUnit::CodePoints,
            Some("sandbox-secret:sandbox-salt"),
            true,
            "split it at the colon",
        ),
        (
            flagship(),
            &of_flagship,
            LengthUnit::CodePoints,
            Some("sandbox-salt"),
            true,
            "the salt signed",
        ),
        (
            flagship(),
            &of_flagship,
            LengthUnit::CodePoints,
            None,
            false,
            "the body was not signed",
        ),
        (
            enterprise(),
            &of_enterprise,
            LengthUnit::Utf8Bytes,
            None,
            true,
            "counted in bytes",
        ),
    ];
    for (mut draft, keys, unit, secret, body, expected) in cases {
        draft.sign = Some(mistaken(&draft, keys, unit, secret, body));
        draft.send(&sandbox);
        let entry = log.recv().unwrap();
        assert!(
            entry.seen.reason.as_ref().unwrap().en.contains(expected),
            "{:?}",
            entry.seen.reason
        );
        let differs = entry
            .details
            .iter()
            .any(|line| line.en.starts_with("differs   at character"));
        assert_eq!(differs, secret.is_none(), "{:?}", entry.details);
    }
    let mut upper = flagship();
    upper.sign =
        Some(mistaken(&upper, &of_flagship, LengthUnit::CodePoints, None, true).to_uppercase());
    upper.send(&sandbox);
    assert!(
        log.recv()
            .unwrap()
            .seen
            .reason
            .unwrap()
            .en
            .contains("letter case")
    );
}

fn at(seconds: i64) -> BeijingTime {
    BeijingTime::from_unix(now().unix() + seconds).unwrap()
}

#[test]
fn the_window_of_the_clock_is_exact_and_eight_hours_are_explained() {
    for (method, window, code) in [
        (FLAGSHIP, 120, json!(7)),
        (ENTERPRISE, 300, json!("40")),
        (TOP, 600, json!(31)),
    ] {
        let fixed = now();
        let sandbox = Sandbox::builder()
            .clock(dockseal_cli::sandbox::Clock::fixed(fixed))
            .start()
            .unwrap();
        let at = |seconds: i64| {
            Draft::example(
                method,
                BeijingTime::from_unix(fixed.unix() + seconds).unwrap(),
            )
        };
        for inside in [-window, window] {
            at(inside).send(&sandbox);
            assert_ne!(
                sandbox.requests().pop().unwrap().outcome,
                Outcome::Refused("clock"),
                "{method} {inside}"
            );
        }
        told(
            &sandbox,
            &at(window + 1),
            &code,
            &format!("快 {} 秒", window + 1),
            "clock",
            None,
        );
        told(
            &sandbox,
            &at(-window - 1),
            &code,
            &format!("慢 {} 秒", window + 1),
            "clock",
            None,
        );
        told(&sandbox, &at(-28_800), &code, "8 小时", "clock", None);
        let reason = sandbox.requests().pop().unwrap().reason.unwrap();
        assert!(
            reason.en.contains("28800 s behind") && reason.en.contains("8 hours"),
            "{}",
            reason.en
        );
    }
    // Nobody looks at the time stamp of a push.
    let sandbox = Sandbox::builder().start().unwrap();
    assert_eq!(
        Draft::example(STOCKIN, at(-86_400)).send(&sandbox).json()["rsp"],
        "succ"
    );
}

#[test]
fn a_time_stamp_of_another_form_is_refused_and_top_takes_milliseconds() {
    let sandbox = Sandbox::builder().start().unwrap();
    let stamp = |method, text: &str| Draft::example(method, now()).system("timestamp", Some(text));
    told(
        &sandbox,
        &stamp(FLAGSHIP, "2025-01-31 10:00:00"),
        &json!(1),
        "For input string",
        "time-stamp",
        Some("/timestamp"),
    );
    told(
        &sandbox,
        &stamp(ENTERPRISE, "yesterday"),
        &json!("40"),
        "timestamp",
        "time-stamp",
        Some("/timestamp"),
    );
    told(
        &sandbox,
        &stamp(TOP, "2025-01-31T10:00:00Z"),
        &json!(31),
        "timestamp",
        "time-stamp",
        Some("/timestamp"),
    );
    let millis = format!("{}000", now().unix());
    assert_eq!(
        stamp(TOP, &millis).send(&sandbox).json()["result"]["success"],
        true
    );
}

#[test]
fn top_refuses_in_the_form_that_is_asked_for() {
    let sandbox = Sandbox::builder().start().unwrap();
    let ask = |format: &str, simplify: &str| {
        let mut draft = Draft::example(TOP, now())
            .system("format", Some(format))
            .system("simplify", Some(simplify));
        draft.sign = Some("X".to_owned());
        draft.send(&sandbox)
    };
    for json in [ask("json", "true"), ask("json", "false")] {
        let failure = &json.json()["error_response"];
        assert_eq!(
            (&failure["code"], &failure["sub_code"]),
            (&25.into(), &"isv.invalid-signature".into())
        );
        assert!(failure["request_id"].is_string());
    }
    let xml = ask("xml", "true");
    for part in [
        "<error_response>",
        "<code>25</code>",
        "<sub_code>isv.invalid-signature</sub_code>",
        "<sub_msg>签名不一致",
    ] {
        assert!(xml.text().contains(part), "{}", xml.text());
    }
    assert!(ask("yaml", "true").text().contains("<code>23</code>"));
}
