//! Which member is the code, which the text, and how members of every kind read.

use super::*;

#[test]
fn the_first_member_that_says_something_is_the_code_and_the_text() {
    let api = api(Envelope {
        code: &["code", "errno"],
        message: &["msg", "reason"],
        ..ENVELOPE
    });
    for (body, meaning) in [
        (
            r#"{"status":"no","code":"1","errno":"2","msg":"a","reason":"b"}"#,
            "Rejected: 1 a",
        ),
        (
            r#"{"status":"no","code":" ","errno":"2","msg":" ","reason":"b"}"#,
            "Rejected: 2 b",
        ),
        (
            r#"{"status":"no","code":null,"errno":2,"msg":{},"reason":"b"}"#,
            "Rejected: 2 b",
        ),
        (
            r#"{"status":"no","errno":-2,"msg":true}"#,
            "Rejected: -2 true",
        ),
        (
            r#"{"status":"no","errno":[2],"msg":[],"reason":"b"}"#,
            "Rejected: b",
        ),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn a_member_that_may_be_both_is_a_code_only_if_it_looks_like_one() {
    let api = api(ENVELOPE);
    let code = |text: &str| failed(&api, &format!(r#"{{"status":"no","text":"{text}"}}"#)).code;
    for is_code in ["4003", "E_SIGN", "isv.bad-sign:7", "0"] {
        assert_eq!(code(is_code), is_code);
    }
    for is_text in ["Fatal error", "签名错误", "E_SIGN!", "a,b"] {
        assert_eq!(code(is_text), "", "{is_text}");
    }
    // A member that is never the text is a code whatever it looks like.
    assert_eq!(
        failed(&api, r#"{"status":"no","code":"参数 错误"}"#).code,
        "参数 错误"
    );
}

#[test]
fn a_member_of_any_kind_reads_as_its_text() {
    for (name, json, text) in [
        ("status", r#""x""#, "x"),
        ("count", "7", "7"),
        ("fee", "1.50", "1.50"),
        ("done", "true", "true"),
        ("at", r#""2025-01-31 10:00:00""#, "2025-01-31 10:00:00"),
        ("day", r#""2025-01-31""#, "2025-01-31"),
        ("mode", "1", "1"),
        ("mode", "30", "30"),
        ("any", r#""x""#, "x"),
        ("any", "-1.0", "-1.0"),
        ("any", "false", "false"),
        ("new", r#""x""#, "x"),
        ("new", "12", "12"),
        ("new", "true", "true"),
    ] {
        let api = api(Envelope {
            status: Some(name),
            code: Box::leak(Box::new([name])),
            ..ENVELOPE
        });
        let body = format!(r#"{{"{name}":{json}}}"#);
        assert_eq!(failed(&api, &body).code, text, "{body}");
    }
}

#[test]
fn a_member_with_members_is_no_text() {
    for (name, json) in [
        ("data", r#"{"state":"x"}"#),
        ("list", r#"["x"]"#),
        ("any", r#"{"a":1}"#),
        ("any", "[1]"),
        ("new", r#"{"a":1}"#),
        ("new", "null"),
    ] {
        let api = api(Envelope {
            status: Some(name),
            code: &[],
            ..ENVELOPE
        });
        let told = told(&api, &format!(r#"{{"{name}":{json},"msg":"bad"}}"#));
        assert!(
            told.starts_with(&format!("unreadable: /{name}: ")),
            "{told}"
        );
    }
}

#[test]
fn a_pointer_leads_through_objects_to_a_text() {
    let (_, reply) = read(
        &api(ENVELOPE),
        r#"{"status":"ok","data":{"state":"done","new":2},"list":["x"]}"#,
    );
    let at = |pointer: &str| crate::reply::at(&reply, pointer);
    assert_eq!(at("/data/state").as_deref(), Some("done"));
    assert_eq!(at("/data/new").as_deref(), Some("2"));
    assert_eq!(at("/status").as_deref(), Some("ok"));
    for nowhere in [
        "",
        "status",
        "/data",
        "/list",
        "/data/code",
        "/list/0",
        "/status/x",
    ] {
        assert_eq!(at(nowhere), None, "{nowhere}");
    }
}
