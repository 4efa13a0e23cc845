//! What the envelope and the inside of a reply say together.

use super::*;

#[test]
fn the_status_alone_decides_between_success_failure_and_not_yet() {
    let api = api(ENVELOPE);
    for (body, meaning) in [
        (r#"{"status":"ok"}"#, "success"),
        (r#"{"status":"ok","code":"E","msg":"bad"}"#, "success"),
        (r#"{"status":"busy","msg":"queued"}"#, "pending: queued"),
        (r#"{"status":"no","msg":"bad"}"#, "Rejected: bad"),
        (r#"{"status":"OK","msg":"bad"}"#, "Rejected: bad"),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn a_failure_without_a_word_is_no_reply_and_one_word_is_enough() {
    let api = api(ENVELOPE);
    for (body, meaning) in [
        (r#"{"status":"no"}"#, NO_REPLY),
        (r#"{"status":"no","id":"7"}"#, NO_REPLY),
        (r#"{"status":"no","msg":" ","code":""}"#, NO_REPLY),
        (r#"{"status":"no","code":"E"}"#, "Rejected: E"),
        (r#"{"status":"no","msg":"bad"}"#, "Rejected: bad"),
        (r#"{"status":"no","sub_code":"s"}"#, "Rejected: s"),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn a_failure_keeps_everything_that_the_gateway_said() {
    let body = r#"{"status":"no","code":"E","msg":"bad","sub_code":"s","sub_msg":"worse","id":7}"#;
    assert_eq!(
        failed(&api(ENVELOPE), body),
        Failure {
            code: "E".to_owned(),
            sub_code: Some("s".to_owned()),
            message: "bad".to_owned(),
            sub_message: Some("worse".to_owned()),
            request_id: Some("7".to_owned()),
            known: None,
        }
    );
}

#[test]
fn a_reply_without_its_status_is_none_where_it_has_to_be_there() {
    let api = api(ENVELOPE);
    let absent = "unreadable: /status: expected text, found nothing";
    for body in [
        "{}",
        r#"{"status":""}"#,
        r#"{"status":null}"#,
        r#"{"msg":"bad"}"#,
        r#"{"data":{}}"#,
        r#"{"msg":"bad","data":{}}"#,
    ] {
        assert_eq!(told(&api, body), absent, "{body}");
    }
}

#[test]
fn where_the_status_may_lack_data_mean_success_and_a_text_alone_failure() {
    let api = api(Envelope {
        status_may_lack: true,
        ..ENVELOPE
    });
    let absent = "unreadable: /status: expected text, found nothing";
    for (body, meaning) in [
        (r#"{"data":{}}"#, "success"),
        (r#"{"data":{},"msg":"fine"}"#, "success"),
        (r#"{"msg":"bad"}"#, "Rejected: bad"),
        (r#"{"msg":"bad","data":null}"#, "Rejected: bad"),
        (r#"{"status":"no","msg":"bad","data":{}}"#, "Rejected: bad"),
        (r#"{"msg":" "}"#, absent),
        (r#"{"code":"E"}"#, absent),
        ("{}", absent),
        (
            r#"{"msg":"bad","count":"x"}"#,
            "unreadable: /count: expected an integer, found text",
        ),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn data_that_the_schema_does_not_know_are_data_unless_they_are_null() {
    let api = api(Envelope {
        status_may_lack: true,
        data: Some("rows"),
        ..ENVELOPE
    });
    let absent = "unreadable: /status: expected text, found nothing";
    for (body, meaning) in [
        (r#"{"rows":[]}"#, "success"),
        (r#"{"rows":null}"#, absent),
        (r#"{"data":{}}"#, absent),
        ("{}", absent),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn a_text_that_ends_too_early_proves_nothing() {
    let api = api(ENVELOPE);
    for body in [
        "",
        "<html>",
        r#"{"status":"ok""#,
        r#"{"status":"no","msg":"bad""#,
        r#"{"status":"busy""#,
        r#"{"status":"ok"} and more"#,
    ] {
        assert!(told(&api, body).starts_with("unreadable: "), "{body}");
    }
}

#[test]
fn a_broken_field_spoils_a_success_and_not_a_failure() {
    let api = api(ENVELOPE);
    for (body, meaning) in [
        (
            r#"{"status":"ok","count":"x"}"#,
            "unreadable: /count: expected an integer, found text",
        ),
        (
            r#"{"status":"no","msg":"bad","count":"x"}"#,
            "Rejected: bad",
        ),
        (
            r#"{"status":"busy","msg":"queued","count":"x"}"#,
            "pending: queued",
        ),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}

#[test]
fn only_the_inside_says_that_a_call_went_well() {
    let absent = "unreadable: /data/state: expected a value, found nothing";
    for (body, meaning) in [
        (r#"{"status":"ok","data":{"state":"done"}}"#, "success"),
        (r#"{"status":"ok"}"#, absent),
        (r#"{"status":"ok","data":{}}"#, absent),
        (
            r#"{"status":"ok","data":{"state":"no","code":"E","text":"bad"}}"#,
            "partial: E bad",
        ),
        // The status stands in for a code that is not there.
        (r#"{"status":"ok","data":{"state":"no"}}"#, "partial: no"),
        (
            r#"{"status":"no","msg":"refused","data":{"state":"done"}}"#,
            "Rejected: refused",
        ),
    ] {
        assert_eq!(told(&inside(INNER), body), meaning, "{body}");
    }
    let wordless = Inner {
        code: None,
        message: None,
        ..INNER
    };
    let body = r#"{"status":"ok","data":{"state":"no","code":"E","text":"bad"}}"#;
    assert_eq!(told(&inside(wordless), body), "partial: no");
}

#[test]
fn the_reply_is_filled_whatever_it_means() {
    let (verdict, reply) = read(
        &inside(INNER),
        r#"{"status":"ok","count":3,"data":{"state":"no"},"new":1}"#,
    );
    assert!(matches!(verdict, Verdict::Partial(_)));
    assert_eq!((reply.count, reply.extra.len()), (Some(3), 1));
}
