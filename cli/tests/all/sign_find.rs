//! `dockseal sign find` on the flagship gateway: each mistake is made here by hand, with a bare MD5
//! over a text put together in the test, and has to be found by its name.

use crate::program::{found, ids, md5, post, sign};

// Flagship: secret + Σ name value + secret, the body under the name body.

const FLAGSHIP_SECRET: &str = "testsecret:testsalt";
const BODY: &str = r#"[{"no":"a/b","remark":"加急"}]"#;

fn flagship(body: &str) -> String {
    post(
        "sid=shop&key=appkey1&salt=testsalt&method=x.Y.z&timestamp=438393600&v=1.0&sign=0",
        "application/json",
        body,
    )
}

fn flagship_text(body: &str) -> String {
    format!("body{body}keyappkey1methodx.Y.zsalttestsaltsidshoptimestamp438393600v1.0")
}

#[track_caller]
fn found_in_flagship(got: &str, expected: &[&str]) {
    found(
        "wangdian-flagship",
        &flagship(BODY),
        FLAGSHIP_SECRET,
        got,
        expected,
    );
}

#[test]
fn secret_and_salt_not_split() {
    found_in_flagship(
        &md5(format!(
            "testsecret:testsalt{}testsecret:testsalt",
            flagship_text(BODY)
        )),
        &["secret-not-split"],
    );
}

#[test]
fn secret_and_salt_swapped() {
    found_in_flagship(
        &md5(format!("testsalt{}testsalt", flagship_text(BODY))),
        &["salt-as-secret"],
    );
}

#[test]
fn application_key_used_as_secret() {
    found_in_flagship(
        &md5(format!("appkey1{}appkey1", flagship_text(BODY))),
        &["key-as-secret"],
    );
}

#[test]
fn secret_missing_at_the_end_at_the_start_and_at_both() {
    found_in_flagship(
        &md5(format!("testsecret{}", flagship_text(BODY))),
        &["secret-only-before"],
    );
    found_in_flagship(
        &md5(format!("{}testsecret", flagship_text(BODY))),
        &["secret-only-behind"],
    );
    found_in_flagship(
        &md5(flagship_text(BODY)),
        &["secret-empty", "secret-missing"],
    );
}

#[test]
fn line_feed_behind_the_secret() {
    found_in_flagship(
        &md5(format!("testsecret\n{}testsecret\n", flagship_text(BODY))),
        &["secret-newline"],
    );
}

#[test]
fn body_not_signed() {
    let text = "keyappkey1methodx.Y.zsalttestsaltsidshoptimestamp438393600v1.0";
    found_in_flagship(
        &md5(format!("testsecret{text}testsecret")),
        &["body-not-signed"],
    );
}

#[test]
fn body_put_last() {
    let text = format!("keyappkey1methodx.Y.zsalttestsaltsidshoptimestamp438393600v1.0body{BODY}");
    found_in_flagship(&md5(format!("testsecret{text}testsecret")), &["body-last"]);
}

#[test]
fn parameters_signed_in_the_order_of_sending() {
    let text = format!("sidshopkeyappkey1salttestsaltmethodx.Y.ztimestamp438393600v1.0body{BODY}");
    found_in_flagship(&md5(format!("testsecret{text}testsecret")), &["unsorted"]);
}

#[test]
fn upper_case_digest() {
    let right = md5(format!("testsecret{}testsecret", flagship_text(BODY)));
    found_in_flagship(&right.to_uppercase(), &["case"]);
}

#[test]
fn slashes_escaped_in_the_signed_json_only() {
    let body = r#"[{"no":"a\/b","remark":"加急"}]"#;
    found_in_flagship(
        &md5(format!("testsecret{}testsecret", flagship_text(body))),
        &["json-slashes-escaped"],
    );
}

#[test]
fn unicode_escaped_in_the_signed_json_only() {
    let body = r#"[{"no":"a/b","remark":"\u52a0\u6025"}]"#;
    found_in_flagship(
        &md5(format!("testsecret{}testsecret", flagship_text(body))),
        &["json-unicode-escaped"],
    );
}

#[test]
fn json_written_anew_by_python_for_signing() {
    let body = r#"[{"no": "a/b", "remark": "\u52a0\u6025"}]"#;
    found_in_flagship(
        &md5(format!("testsecret{}testsecret", flagship_text(body))),
        &["json-python"],
    );
}

#[test]
fn json_compacted_for_signing_only() {
    let sent = flagship("[ {\"no\" : 1.50} ]");
    let got = md5(format!(
        "testsecret{}testsecret",
        flagship_text("[{\"no\":1.50}]")
    ));
    let run = sign(
        "find",
        "wangdian-flagship",
        &sent,
        FLAGSHIP_SECRET,
        &["--json", "--got", &got],
    );
    assert_eq!(ids(&run).first().map(String::as_str), Some("json-compact"));
}

#[test]
fn argument_signed_without_its_array() {
    let body = r#"{"no":"a/b","remark":"加急"}"#;
    found_in_flagship(
        &md5(format!("testsecret{}testsecret", flagship_text(body))),
        &["json-unwrapped"],
    );
}

#[test]
fn signed_time_stamp_in_plain_unix_seconds_and_in_milliseconds() {
    let with = |stamp: &str| {
        let text = flagship_text(BODY).replace("438393600", stamp);
        md5(format!("testsecret{text}testsecret"))
    };
    found_in_flagship(&with("1763740800"), &["stamp-not-subtracted"]);
    found_in_flagship(&with("1763740800000"), &["stamp-milliseconds"]);
}

#[test]
fn text_signed_as_gbk() {
    let (before, behind) = (
        "testsecretbody[{\"no\":\"a/b\",\"remark\":\"",
        "\"}]keyappkey1methodx.Y.zsalttestsaltsidshoptimestamp438393600v1.0testsecret",
    );
    // 加急
    let text = [
        before.as_bytes(),
        &[0xBC, 0xD3, 0xBC, 0xB1],
        behind.as_bytes(),
    ]
    .concat();
    found_in_flagship(&md5(text), &["charset-gbk"]);
}

#[test]
fn two_mistakes_at_once() {
    let body = r#"[{"no":"a\/b","remark":"加急"}]"#;
    let got = md5(format!("{}testsecret", flagship_text(body)));
    found_in_flagship(&got, &["json-slashes-escaped+secret-only-behind"]);
    let text = "keyappkey1methodx.Y.zsalttestsaltsidshoptimestamp438393600v1.0";
    let got = md5(format!("testsecret:testsalt{text}testsecret:testsalt"));
    found_in_flagship(&got, &["body-not-signed+secret-not-split"]);
}

// What the search says.

#[test]
fn the_request_carries_the_signature_in_question_itself() {
    let got = md5(format!("testsalt{}testsalt", flagship_text(BODY)));
    let request = flagship(BODY).replace("sign=0", &format!("sign={got}"));
    let run = sign("find", "wangdian-flagship", &request, FLAGSHIP_SECRET, &[]);
    assert_eq!(run.code, 0);
    assert!(
        run.out
            .contains("✓ salt-as-secret: secret and salt were swapped"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("tried ") && run.out.contains(" variants"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("expected"), "{}", run.out);
    let run = sign(
        "find",
        "wangdian-flagship",
        &request,
        FLAGSHIP_SECRET,
        &["--lang", "zh"],
    );
    assert!(
        run.out.contains("secret 与 salt 用反了") && run.out.contains("已尝试"),
        "{}",
        run.out
    );
}

#[test]
fn nothing_found_ends_with_code_5_and_a_right_signature_with_0() {
    let nothing = "0".repeat(32);
    let run = sign(
        "find",
        "wangdian-flagship",
        &flagship(BODY),
        FLAGSHIP_SECRET,
        &["--got", &nothing],
    );
    assert_eq!(run.code, 5, "{}", run.seen());
    assert!(run.out.contains("no known mistake"), "{}", run.out);
    let right = md5(format!("testsecret{}testsecret", flagship_text(BODY)));
    let run = sign(
        "find",
        "wangdian-flagship",
        &flagship(BODY),
        FLAGSHIP_SECRET,
        &["--got", &right],
    );
    assert_eq!(run.code, 0);
    assert!(run.out.contains("the signature is right"), "{}", run.out);
}

#[test]
fn the_first_half_of_the_secret_is_enough() {
    let got = md5(format!(
        "testsecret:testsalt{}testsecret:testsalt",
        flagship_text(BODY)
    ));
    found(
        "wangdian-flagship",
        &flagship(BODY),
        "testsecret",
        &got,
        &["secret-not-split"],
    );
}
