//! What a reply may be wrapped in, as JSON and as XML.

use super::*;

const WRAPPED: Envelope = Envelope {
    root: Some("{method}_response"),
    failure_root: Some("error_response"),
    ..ENVELOPE
};

const FAILURES_WRAPPED: Envelope = Envelope {
    root: None,
    ..WRAPPED
};

const SUCCESSES_WRAPPED: Envelope = Envelope {
    failure_root: None,
    ..WRAPPED
};

#[test]
fn the_only_member_whose_name_says_so_is_the_reply() {
    for envelope in [WRAPPED, SUCCESSES_WRAPPED] {
        let api = api(envelope);
        for body in [
            r#"{"a_response":{"status":"ok","count":1}}"#,
            r#"{"another_response":{"status":"ok","count":1}}"#,
            r#"{"status":"ok","count":1}"#,
            "\u{FEFF}{\"status\":\"ok\",\"count\":1}",
        ] {
            let (verdict, reply) = read(&api, body);
            assert_eq!(
                (verdict, reply.count),
                (Verdict::Success, Some(1)),
                "{body}"
            );
        }
    }
    // Beside another member it is none, and neither is a member of another name.
    let api = api(WRAPPED);
    for body in [
        r#"{"a_response":{"status":"ok"},"more":1}"#,
        r#"{"a_reply":{"status":"ok"}}"#,
    ] {
        assert_eq!(
            told(&api, body),
            "unreadable: /status: expected text, found nothing",
            "{body}"
        );
    }
}

#[test]
fn nothing_is_unwrapped_where_the_gateway_wraps_nothing() {
    let api = api(ENVELOPE);
    for body in [
        r#"{"a_response":{"status":"ok"}}"#,
        r#"{"error_response":{"code":"E","msg":"bad"}}"#,
    ] {
        assert_eq!(
            told(&api, body),
            "unreadable: /status: expected text, found nothing"
        );
    }
}

#[test]
fn a_failure_in_its_root_is_one_whatever_stands_beside_it() {
    for envelope in [WRAPPED, FAILURES_WRAPPED] {
        let api = api(envelope);
        for body in [
            r#"{"error_response":{"code":"E","msg":"bad"}}"#,
            r#"{"error_response":{"code":"E","msg":"bad"},"id":"7"}"#,
            r#"{"a":1,"error_response":{"code":"E","msg":"bad"},"z":1}"#,
            r#"{"error_response":{"code":"E","msg":"bad","status":"ok"}}"#,
            r#"{"error_response":{"code":"E","msg":"bad","count":"x"}}"#,
        ] {
            assert_eq!(told(&api, body), "Rejected: E bad", "{body}");
        }
        assert_eq!(told(&api, r#"{"error_response":{}}"#), NO_REPLY);
    }
}

#[test]
fn an_empty_root_of_a_failure_is_none() {
    let body = r#"{"error_response":null,"a_response":{"status":"ok"}}"#;
    assert_eq!(told(&api(WRAPPED), body), "success");
}

#[test]
fn xml_is_a_reply_only_in_the_root_of_one() {
    for envelope in [WRAPPED, SUCCESSES_WRAPPED] {
        let api = api(envelope);
        for body in [
            "<a_response><status>ok</status><count>1</count></a_response>",
            " \n<a_response><status>ok</status><count>1</count></a_response>",
            "\u{FEFF}<?xml version=\"1.0\"?><a_response><status>ok</status><count>1</count></a_response>",
        ] {
            let (verdict, reply) = read(&api, body);
            assert_eq!(
                (verdict, reply.count),
                (Verdict::Success, Some(1)),
                "{body}"
            );
        }
        let page = "<html><status>ok</status><msg>bad</msg></html>";
        assert_eq!(told(&api, page), NO_REPLY);
        let broken = told(&api, "<a_response><status>no</status><msg>bad</msg>");
        assert!(broken.starts_with("unreadable: "), "{broken}");
    }
}

#[test]
fn xml_is_no_reply_of_a_gateway_without_roots() {
    for body in [
        "<a_response><status>ok</status></a_response>",
        "<error_response><code>E</code><msg>bad</msg></error_response>",
        "<html><msg>bad</msg></html>",
        "<",
    ] {
        assert_eq!(told(&api(ENVELOPE), body), NO_REPLY, "{body}");
    }
    // A gateway that wraps only its failures.
    let api = api(FAILURES_WRAPPED);
    let body = "<a_response><status>ok</status></a_response>";
    assert_eq!(told(&api, body), NO_REPLY);
}

#[test]
fn a_failure_in_xml_is_the_failure_that_it_is_in_json() {
    let xml = "<error_response><code>E</code><msg>bad</msg><sub_code>s</sub_code></error_response>";
    let json = r#"{"error_response":{"code":"E","msg":"bad","sub_code":"s"}}"#;
    for envelope in [WRAPPED, FAILURES_WRAPPED] {
        let api = api(envelope);
        assert_eq!(failed(&api, xml), failed(&api, json));
    }
}
