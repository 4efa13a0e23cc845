//! `dockseal sign find` on the other three gateways: each mistake is made here by hand, with a bare
//! digest over a text put together in the test, and has to be found by its name.

use crate::program::{form, found, hex, ids, md5, sign};
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;

// Enterprise: length-name:length-value;… + secret.

const ENTERPRISE: &[(&str, &str)] = &[
    ("sid", "test2"),
    ("appkey", "test2-xx"),
    ("timestamp", "1470042310"),
    ("remark", "加急 a&b"),
];

#[track_caller]
fn found_in_enterprise(text: &str, expected: &[&str]) {
    found(
        "wangdian-enterprise",
        &form(ENTERPRISE),
        "ent-secret",
        &md5(format!("{text}ent-secret")),
        expected,
    );
}

#[test]
fn length_counted_in_utf8_bytes() {
    found_in_enterprise(
        "06-appkey:0008-test2-xx;06-remark:0010-加急 a&b;03-sid:0005-test2;09-timestamp:0010-1470042310",
        &["length-in-bytes"],
    );
}

#[test]
fn length_counted_in_utf16_units() {
    let pairs = [("sid", "test2"), ("remark", "𠮷")];
    let got = md5("06-remark:0002-𠮷;03-sid:0005-test2ent-secret");
    found(
        "wangdian-enterprise",
        &form(&pairs),
        "ent-secret",
        &got,
        &["length-in-utf16"],
    );
}

#[test]
fn lengths_without_leading_zeros() {
    found_in_enterprise(
        "6-appkey:8-test2-xx;6-remark:6-加急 a&b;3-sid:5-test2;9-timestamp:10-1470042310",
        &["length-without-zeros"],
    );
}

#[test]
fn values_encoded_before_signing() {
    let with = |remark: &str| {
        format!(
            "06-appkey:0008-test2-xx;06-remark:{:04}-{remark};03-sid:0005-test2;09-timestamp:0010-1470042310",
            remark.len()
        )
    };
    found_in_enterprise(
        &with("%E5%8A%A0%E6%80%A5+a%26b"),
        &["url-encoded", "url-encoded-java"],
    );
    found_in_enterprise(&with("%e5%8a%a0%e6%80%a5+a%26b"), &["url-encoded-lower"]);
    found_in_enterprise(
        &with("%E5%8A%A0%E6%80%A5%20a%26b"),
        &["url-encoded-20", "url-encoded-js"],
    );
    found_in_enterprise(
        &with("%e5%8a%a0%e6%80%a5%20a%26b"),
        &["url-encoded-20-lower"],
    );
}

#[test]
fn values_encoded_twice_while_sending() {
    let twice = form(&[("sid", "test2"), ("remark", "a%20b")]);
    found(
        "wangdian-enterprise",
        &twice,
        "ent-secret",
        &md5("06-remark:0003-a b;03-sid:0005-test2ent-secret"),
        &["double-encoded"],
    );
}

#[test]
fn sorted_without_regard_to_case() {
    let pairs = form(&[
        ("sid", "test2"),
        ("Zone", "1"),
        ("bill", "2"),
        ("appkey", "k"),
    ]);
    let got = md5("06-appkey:0001-k;04-bill:0001-2;03-sid:0005-test2;04-Zone:0001-1ent-secret");
    found(
        "wangdian-enterprise",
        &pairs,
        "ent-secret",
        &got,
        &["sorted-ignoring-case"],
    );
}

#[test]
fn older_signature_signed_with_the_rest() {
    let pairs = form(&[("appkey", "k"), ("sid", "test2"), ("sign", "old")]);
    let got = md5("06-appkey:0001-k;03-sid:0005-test2;04-sign:0003-oldent-secret");
    let run = sign(
        "find",
        "wangdian-enterprise",
        &pairs,
        "ent-secret",
        &["--json", "--got", &got],
    );
    assert_eq!(ids(&run), ["sign-included"], "{}", run.seen());
}

#[test]
fn the_parameters_at_fault_are_named() {
    let got = md5(
        "06-appkey:0008-test2-xx;06-remark:0010-加急 a&b;03-sid:0005-test2;09-timestamp:0010-1470042310ent-secret",
    );
    let run = sign(
        "find",
        "wangdian-enterprise",
        &form(ENTERPRISE),
        "ent-secret",
        &["--got", &got],
    );
    assert!(
        run.out.contains("instead of characters in remark\n"),
        "{}",
        run.out
    );
}

// TOP: md5(secret text secret), HMAC of the text; upper case; blank values left out.

fn top(method: &str, blank: &str) -> Vec<(&'static str, String)> {
    let pairs = [
        ("method", "m"),
        ("app_key", "k9"),
        ("timestamp", "2025-11-22 08:00:00"),
        ("format", "json"),
        ("v", "2.0"),
        ("simplify", "true"),
        ("sign_method", method),
        ("partner_id", "sdk"),
        ("note", blank),
        ("process_do", "{}"),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect()
}

fn sorted_text(pairs: &[(&str, String)]) -> String {
    let mut pairs: Vec<_> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    pairs.sort();
    pairs
        .into_iter()
        .flat_map(|(name, value)| [(*name).to_owned(), value.clone()])
        .collect()
}

#[track_caller]
fn found_in_top(method: &str, got: &str, expected: &[&str]) {
    let pairs = top(method, "");
    let pairs: Vec<_> = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    found(
        "taobao-top",
        &form(&pairs),
        "top-secret",
        &got.to_uppercase(),
        expected,
    );
}

#[test]
fn system_parameters_left_out() {
    for name in ["format", "v", "simplify", "partner_id", "sign_method"] {
        let pairs: Vec<_> = top("md5", "")
            .into_iter()
            .filter(|(known, _)| *known != name)
            .collect();
        let got = md5(format!("top-secret{}top-secret", sorted_text(&pairs)));
        found_in_top(
            "md5",
            &got,
            &[&format!("{}-not-signed", name.replace('_', "-"))],
        );
    }
}

#[test]
fn business_parameters_not_signed() {
    let pairs: Vec<_> = top("md5", "")
        .into_iter()
        .filter(|(name, _)| *name != "process_do")
        .collect();
    found_in_top(
        "md5",
        &md5(format!("top-secret{}top-secret", sorted_text(&pairs))),
        &["business-not-signed"],
    );
}

#[test]
fn another_digest_than_the_one_named() {
    let text = sorted_text(&top("hmac-sha256", ""));
    found_in_top(
        "hmac-sha256",
        &md5(format!("top-secret{text}top-secret")),
        &["hash-md5"],
    );
    found_in_top(
        "hmac-sha256",
        &md5(format!("{text}top-secret")),
        &["hash-md5-legacy"],
    );
    let text = sorted_text(&top("md5", ""));
    let hmac = Hmac::<Md5>::new_from_slice(b"top-secret")
        .unwrap()
        .chain_update(text)
        .finalize()
        .into_bytes();
    found_in_top("md5", &hex(&hmac), &["hash-hmac-md5"]);
}

#[test]
fn key_of_the_hmac_with_an_ampersand() {
    let text = sorted_text(&top("hmac", ""));
    let hmac = Hmac::<Md5>::new_from_slice(b"top-secret&")
        .unwrap()
        .chain_update(text)
        .finalize()
        .into_bytes();
    found_in_top("hmac", &hex(&hmac), &["secret-ampersand"]);
}

#[test]
fn empty_value_kept() {
    let text = sorted_text(&top("md5", "")).replace("partner_id", "notepartner_id");
    found_in_top(
        "md5",
        &md5(format!("top-secret{text}top-secret")),
        &["empty-kept"],
    );
}

#[test]
fn time_stamp_signed_in_utc() {
    let text = sorted_text(&top("md5", "")).replace("08:00:00", "00:00:00");
    found_in_top(
        "md5",
        &md5(format!("top-secret{text}top-secret")),
        &["stamp-utc"],
    );
}

#[test]
fn name_equals_value_joined_by_ampersands() {
    let mut pairs: Vec<_> = top("md5", "")
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    pairs.sort();
    let text: Vec<_> = pairs
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    found_in_top(
        "md5",
        &md5(format!("top-secret{}top-secret", text.join("&"))),
        &["joined-as-query"],
    );
}

// OMS: UPPER(md5(UPPER(md5(text)) + token)).

#[track_caller]
fn found_in_oms(request: &str, got: &str, expected: &[&str]) {
    found(
        "shopex-oms",
        request,
        "oms-token",
        &got.to_uppercase(),
        expected,
    );
}

#[test]
fn inner_digest_in_lower_case_or_missing() {
    let request = form(&[("method", "wms.x"), ("node_id", "1")]);
    found_in_oms(
        &request,
        &md5(format!("{}oms-token", md5("methodwms.xnode_id1"))),
        &["inner-digest-lower"],
    );
    found_in_oms(
        &request,
        &md5("methodwms.xnode_id1oms-token"),
        &["inner-digest-missing"],
    );
}

#[test]
fn list_positions_ordered_as_numbers() {
    let letters = "abcdefghijkl";
    let items: Vec<_> = letters
        .chars()
        .zip(0..)
        .map(|(letter, at)| format!("l%5B{at}%5D={letter}"))
        .collect();
    let text: String = letters
        .chars()
        .zip(0..)
        .flat_map(|(letter, at)| [at.to_string(), letter.to_string()])
        .collect();
    let got = md5(format!(
        "{}oms-token",
        md5(format!("l{text}methodm")).to_uppercase()
    ));
    found_in_oms(
        &format!("method=m&{}", items.join("&")),
        &got,
        &["list-order-numeric"],
    );
}

#[test]
fn empty_value_dropped() {
    let request = form(&[("method", "m"), ("remark", "")]);
    let got = md5(format!("{}oms-token", md5("methodm").to_uppercase()));
    let run = sign(
        "find",
        "shopex-oms",
        &request,
        "oms-token",
        &["--json", "--got", &got.to_uppercase()],
    );
    assert!(
        ids(&run).contains(&"empty-dropped".to_owned()),
        "{}",
        run.seen()
    );
}
