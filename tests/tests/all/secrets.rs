//! No secret, no signature and no sensitive value in anything that is printed by accident.
//!
//! Each test plants one word in every place that must not be shown, brings about every error there
//! is, and searches what `Debug` and `Display` say of it.

use std::fmt::{Debug, Display};

use dockseal::api::Request;
use dockseal::form::{self, Limits};
use dockseal::http::StatusCode;
use dockseal::reply::{CallError, read_reply};
use dockseal::send::{Options, PrepareError, Validation, dry_run, prepare};
use dockseal::sign::{self, Param};
use dockseal::{BeijingTime, CredentialError, Described, Keys, RawJson, SecretString};
use dockseal::{shopex_oms, taobao_top, wangdian_enterprise, wangdian_flagship};
use serde_json::Value;

/// Planted where nothing may show it.
const WORD: &str = "hunter2";

/// Fails if a text shows the word.
fn clean(what: &str, text: &str) {
    assert!(
        !text.contains(WORD),
        "{what} shows the planted word: {text}"
    );
}

fn clean_error(what: &str, error: &(impl Debug + Display)) {
    clean(what, &format!("{error} {error:?} {error:#?}"));
}

fn now() -> BeijingTime {
    BeijingTime::new(2024, 1, 2, 3, 4, 5).unwrap()
}

fn validating(validation: Validation) -> Options {
    let mut options = Options::default();
    options.validation = validation;
    options
}

/// An account of each gateway, the word in all that is secret.
fn accounts() -> Vec<(Box<dyn Debug>, Keys)> {
    let flagship = wangdian_flagship::Credentials::new("sid", "key", "hunter2a:hunter2b").unwrap();
    let enterprise = wangdian_enterprise::Credentials::new("sid", "key", WORD).unwrap();
    let top = taobao_top::Credentials::new("key", WORD)
        .unwrap()
        .with_session("hunter2s")
        .unwrap();
    let mut oms = Keys::new(shopex_oms::GATEWAY);
    for row in shopex_oms::GATEWAY.credentials {
        let text = row
            .allowed
            .first()
            .copied()
            .unwrap_or(if row.secret { WORD } else { "node" });
        oms.set(row.name, text.to_owned()).unwrap();
    }
    let keys = |keys: &dyn AsRef<Keys>| keys.as_ref().clone();
    vec![
        (
            Box::new(flagship.clone()) as Box<dyn Debug>,
            keys(&flagship),
        ),
        (Box::new(enterprise.clone()), keys(&enterprise)),
        (Box::new(top.clone()), keys(&top)),
        (Box::new(oms.clone()), oms),
    ]
}

fn account(gateway: &str) -> Keys {
    accounts()
        .into_iter()
        .map(|(_, keys)| keys)
        .find(|keys| keys.gateway().name == gateway)
        .unwrap()
}

#[test]
fn every_gateway_says_which_of_its_credentials_are_secret_and_prints_none() {
    for (credentials, keys) in accounts() {
        let gateway = keys.gateway();
        assert!(
            gateway.credentials.iter().any(|row| row.secret),
            "{}",
            gateway.name
        );
        clean(
            gateway.name,
            &format!("{credentials:?} {credentials:#?} {keys:?} {keys:#?}"),
        );
        clean(gateway.name, &format!("{:?}", keys.secret().unwrap()));
    }
}

#[test]
fn refused_credentials_are_not_shown() {
    for gateway in dockseal::GATEWAYS {
        for row in gateway.credentials {
            for text in [
                " hunter2",
                "hunter2\u{200B}",
                "hunter2:",
                ":hunter2",
                "hunter2 :hunter2",
            ] {
                let mut keys = Keys::new(gateway);
                if let Err(error) = keys.set(row.name, text.to_owned()) {
                    clean_error(row.name, &error);
                    clean(row.name, &error.zh());
                }
                clean(row.name, &format!("{keys:?}"));
            }
        }
    }
    let error = taobao_top::Credentials::new("key", WORD)
        .unwrap()
        .with_format("hunter2")
        .unwrap_err();
    assert!(matches!(error, CredentialError::NotAllowed { .. }));
    clean_error("an allowed value", &error);
}

#[test]
fn a_signed_request_prints_neither_its_signature_nor_what_it_carries() {
    for api in dockseal::APIS {
        let gateway = api.api().gateway;
        for example in api.api().examples {
            let Some(json) = example.request else {
                continue;
            };
            let mut request = api.blank_request();
            dockseal::object::read::request(api.api().positional, &mut *request, json.as_bytes())
                .unwrap();
            let keys = account(gateway.name);
            let options = validating(Validation::Off);
            let signed =
                dockseal::send::prepare_any(api.api(), &*request, &keys, now(), &options).unwrap();
            let shown = format!("{signed:?} {signed:#?}");
            clean("a signed request", &shown);
            let (uri, body) = (signed.http().uri().to_string(), signed.http().body());
            let pairs = format!("{}&{}", uri, String::from_utf8(body.to_vec()).unwrap());
            let sign = format!("{}=", gateway.scheme.parameter);
            let signature = pairs
                .split(['&', '?'])
                .find_map(|pair| pair.strip_prefix(&sign))
                .unwrap();
            assert!(
                signature.len() >= 32 && !shown.contains(signature),
                "{shown}"
            );
            assert!(!shown.contains(json), "{shown}");

            let text = dry_run(api.api(), &*request, &keys, now(), &options).unwrap();
            clean("a dry run", &text);
            assert!(
                text.contains('‹')
                    || gateway
                        .scheme
                        .digests
                        .iter()
                        .any(|d| d.secret == sign::SecretPlace::Key),
                "{text}"
            );
        }
    }
}

/// Fills every text of an example with the word, and names every field that nobody knows after it.
fn plant(json: &str) -> Value {
    fn fill(value: &mut Value) {
        match value {
            Value::String(text) if text.starts_with(['[', '{']) => {
                let mut inner: Value = serde_json::from_str(text).unwrap();
                fill(&mut inner);
                *text = inner.to_string();
            }
            Value::String(text) if !text.starts_with(|c: char| c.is_ascii_digit()) => {
                WORD.clone_into(text);
            }
            Value::Array(list) => list.iter_mut().for_each(fill),
            Value::Object(members) => members.values_mut().for_each(fill),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(json).unwrap();
    fill(&mut value);
    value
}

#[test]
fn violations_never_show_the_value_that_breaks_a_rule() {
    let mut found = 0;
    for api in dockseal::APIS {
        for json in api
            .api()
            .examples
            .iter()
            .filter_map(|example| example.request)
        {
            let mut request = api.blank_request();
            let json = plant(json).to_string().replace(WORD, &WORD.repeat(200));
            // What cannot be read stays blank; the rest is what the rules are about.
            let read = dockseal::object::read::request(
                api.api().positional,
                &mut *request,
                json.as_bytes(),
            );
            if let Err(error) = read {
                clean_error("a decode error", &error);
            }
            for violation in dockseal::object::inspect(&*request) {
                found += 1;
                clean(
                    "a violation",
                    &format!("{violation} {violation:?} {}", violation.zh()),
                );
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn sensitive_fields_are_redacted_however_deep_they_are() {
    let order =
        wangdian_flagship::ProcessUpload::new("a", "b", WORD, "d", 1, Vec::new()).with_remark(WORD);
    let mut order = order;
    order.extra.insert("unknown", RawJson::string(WORD));
    let shown = format!("{order:?} {order:#?}");
    clean("a request", &shown);
    assert!(shown.contains("operator_name: [redacted]"), "{shown}");

    let credentials =
        wangdian_flagship::Credentials::new("sid", "key", "hunter2a:hunter2b").unwrap();
    let error = prepare(&order, &credentials, now(), &Options::default()).unwrap_err();
    assert!(matches!(error, PrepareError::Invalid(_)));
    clean_error("a refused request", &error);
    let warned = validating(Validation::Warn);
    let signed = prepare(&order, &credentials, now(), &warned).unwrap();
    clean(
        "its violations",
        &format!("{signed:?} {:?}", signed.findings()),
    );
}

#[test]
fn text_that_cannot_be_read_is_not_echoed() {
    for json in [
        r#"{"operator_name":["hunter2"],"process_count":"hunter2","total_fee":"hunter2","is_check":"hunter2","detail_list":"hunter2"}"#,
        r#"{"type":"hunter2","detail_list":[{"num":"hunter2","is_product":"hunter2"},"hunter2"]}"#,
        r#"{"remark":"hunter2"#,
        r#"["hunter2"]"#,
        "hunter2",
    ] {
        let error = wangdian_flagship::ProcessUpload::from_json(json.as_bytes()).unwrap_err();
        clean_error("a decode error", &error);
        let error = wangdian_flagship::ProcessUpload::from_wire(json.as_bytes()).unwrap_err();
        clean_error("a decode error", &error);
        let error = serde_json::from_str::<wangdian_flagship::ProcessUpload>(json).unwrap_err();
        clean_error("a serde error", &error);
    }
    for text in ["hunter2", "2024-02-30 hunter2"] {
        clean_error("a time error", &text.parse::<BeijingTime>().unwrap_err());
        clean_error(
            "a date error",
            &text.parse::<dockseal::BeijingDate>().unwrap_err(),
        );
    }
    clean_error("a JSON error", &RawJson::parse("{hunter2}").unwrap_err());
    clean("raw JSON", &format!("{:?}", RawJson::string(WORD)));
}

/// Every way in which a call can end badly, of one API.
fn ends<R: Request>(bodies: &[&str]) -> Vec<CallError<R::Reply>>
where
    R::Reply: Debug,
    R::Output: Debug,
{
    bodies
        .iter()
        .map(|body| read_reply::<R>(StatusCode::OK, None, body.as_bytes()).unwrap_err())
        .collect()
}

#[test]
fn ends_of_a_call_show_the_vendor_s_words_and_nothing_else_of_the_reply() {
    let errors = ends::<wangdian_flagship::ProcessUpload>(&[
        r#"{"status":1,"message":"no","data":{"process_no":"hunter2"},"buyer":"hunter2"}"#,
        r#"{"status":100,"message":"超过每分钟最大调用频率","buyer":"hunter2"}"#,
        r#"{"status":4,"message":"db","buyer":"hunter2"}"#,
        r#"{"status":0,"data":{"process_id":1,"process_no":"P","status":20,"message":"m","buyer":"hunter2"}}"#,
        r#"{"status":0,"data":"hunter2"}"#,
        r#"{"status":0,"buyer":"hunter2"}"#,
        "<html>hunter2</html>",
    ]);
    let kinds = errors.iter().map(|error| match error {
        CallError::Rejected(_) => "rejected",
        CallError::Throttled { .. } => "throttled",
        CallError::Unknown(_) => "unknown",
        CallError::Partial { .. } => "partial",
        CallError::BadReply(_) => "bad",
        _ => "other",
    });
    let kinds: Vec<_> = kinds.collect();
    assert_eq!(
        kinds,
        [
            "rejected",
            "throttled",
            "unknown",
            "partial",
            "bad",
            "bad",
            "bad"
        ]
    );
    for error in &errors {
        clean_error("a call's end", error);
    }
    let duplicate = r#"{"code":"40","message":"外部单号已存在,不能重复推送","buyer":"hunter2"}"#;
    for error in &ends::<wangdian_enterprise::StockinRefundPush>(&[duplicate]) {
        clean_error("a duplicate", error);
    }
}

#[test]
fn signing_and_verifying_never_show_a_value_or_the_right_signature() {
    let secret = SecretString::from(WORD);
    for gateway in dockseal::GATEWAYS {
        let options = sign::Options::default();
        let broken: [Vec<Param<'_>>; 3] = [
            vec![Param::new("", WORD)],
            vec![Param::new("a", WORD), Param::new("a", WORD)],
            vec![Param::secret("名", WORD)],
        ];
        for mut params in broken {
            let error = sign::sign(&gateway.scheme, &options, &mut params, &secret).unwrap_err();
            clean_error(gateway.name, &error);
            clean(gateway.name, &error.zh());
            clean(gateway.name, &format!("{params:?}"));
        }
        let mut params = [Param::new("a", WORD)];
        let right = sign::sign(&gateway.scheme, &options, &mut params, &secret).unwrap();
        assert!(!format!("{right:?}").contains(right.as_str()));
        let error =
            sign::verify(&gateway.scheme, &options, &mut params, &secret, WORD).unwrap_err();
        clean_error(gateway.name, &error);
        assert!(!format!("{error} {error:?} {}", error.zh()).contains(right.as_str()));
        let digest = sign::Options {
            digest: Some("none"),
            tail: Some(WORD),
            ..options
        };
        clean(gateway.name, &format!("{digest:?}"));
        clean_error(
            gateway.name,
            &sign::sign(&gateway.scheme, &digest, &mut params, &secret).unwrap_err(),
        );
    }
}

#[test]
fn a_refused_form_is_not_shown() {
    for body in [
        "a=hunter2&a=hunter2",
        "a=hunter2%FF",
        "a=hunter2&a[b]=hunter2",
    ] {
        clean_error(
            "a form error",
            &form::decode(body.as_bytes(), &Limits::DEFAULT).unwrap_err(),
        );
    }
    let pairs = form::decode(b"a=hunter2&b[]=hunter2&c[d]=hunter2", &Limits::DEFAULT).unwrap();
    clean("a form", &format!("{pairs:?}"));
}
