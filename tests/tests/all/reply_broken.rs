//! Replies that are none, or less than they should be: what is broken says where, as a JSON Pointer,
//! and nothing of what came is lost. No outcome is guessed.

use dockseal::http::StatusCode;
use dockseal::reply::{BadReply, CallError, Cause};
use dockseal::shopex_oms::StockinStatusUpdate;
use dockseal::taobao_top::ProtocolCallback;
use dockseal::wangdian_enterprise::StockinRefundPush;
use dockseal::wangdian_flagship::ProcessUpload;
use serde_json::Value;

use crate::reply::{read_reply, read_whole};

#[test]
fn an_enterprise_reply_without_its_code_is_no_success() {
    for empty in ["{}", "[]", r#"{"message":""}"#, r#"{"message":"系统错误"}"#] {
        let Err(CallError::BadReply(BadReply { error, .. })) =
            read_reply::<StockinRefundPush>(empty.as_bytes())
        else {
            panic!("{empty}");
        };
        assert_eq!(
            error.problems[0].to_string(),
            "/code: expected an integer, found nothing"
        );
    }
}

#[test]
fn a_push_reply_without_rsp_is_neither_success_nor_refusal() {
    for empty in [
        "{}",
        "[]",
        r#"{"rsp":""}"#,
        r#"{"error":"boom"}"#,
        r#"{"msg":"boom"}"#,
    ] {
        let told = read_reply::<StockinStatusUpdate>(empty.as_bytes());
        let Err(CallError::BadReply(BadReply { error, .. })) = told else {
            panic!("{empty}: {told:?}");
        };
        assert_eq!(error.problems[0].pointer, "/rsp");
    }
}

#[test]
fn a_push_that_was_taken_and_is_not_done_yet_is_open() {
    let told = read_reply::<StockinStatusUpdate>(br#"{"rsp":"running","msg":"queued"}"#);
    assert!(matches!(told, Err(CallError::Unknown(_))), "{told:?}");
}

#[test]
fn under_a_server_error_only_the_vendor_s_code_is_believed() {
    let read = |body: &str| {
        dockseal::reply::read_reply::<ProcessUpload>(
            StatusCode::BAD_GATEWAY,
            Some("application/json"),
            body.as_bytes(),
        )
    };
    for between in [
        r#"{"message":"An invalid response was received from the upstream server"}"#,
        "{}",
        "<html>",
    ] {
        let told = read(between);
        let Err(CallError::Unknown(unknown)) = told else {
            panic!("{between}: {told:?}");
        };
        assert_eq!(unknown.cause, Cause::Status(502));
    }
    let told = read(r#"{"status":6,"message":"ip"}"#);
    assert!(matches!(told, Err(CallError::Rejected(_))), "{told:?}");
}

#[test]
fn too_many_requests_is_a_throttle_whatever_the_body_is() {
    for body in ["<html>", "", r#"{"message":"slow down"}"#] {
        let told = dockseal::reply::read_reply::<StockinRefundPush>(
            StatusCode::TOO_MANY_REQUESTS,
            None,
            body.as_bytes(),
        );
        assert!(matches!(told, Err(CallError::Throttled { .. })), "{told:?}");
    }
}

#[test]
fn only_a_text_that_begins_with_the_limit_is_a_throttle() {
    let read = |message: &str| {
        read_reply::<ProcessUpload>(format!(r#"{{"status":100,"message":"{message}"}}"#).as_bytes())
    };
    let told = read("订单备注:超过每分钟最大值不合法");
    assert!(matches!(told, Err(CallError::Rejected(_))), "{told:?}");
    let told = read(" 超过每分钟最大调用频率限制，请稍后重试");
    assert!(matches!(told, Err(CallError::Throttled { .. })), "{told:?}");
}

#[test]
fn a_fault_on_the_vendor_s_side_leaves_the_effect_open() {
    for message in ["invalid http status 502", "Db Error"] {
        let body = format!(r#"{{"status":100,"message":"{message}"}}"#);
        let told = read_reply::<ProcessUpload>(body.as_bytes());
        let Err(CallError::Unknown(unknown)) = told else {
            panic!("{message}: {told:?}");
        };
        assert!(!unknown.advice.repeat_is_harmless);
    }
}

#[test]
fn a_failure_without_a_word_is_no_refusal() {
    for body in [r#"{"error_response":"x"}"#, r#"{"error_response":{}}"#] {
        let told = read_reply::<ProtocolCallback>(body.as_bytes());
        assert!(matches!(told, Err(CallError::BadReply(_))), "{told:?}");
    }
}

#[test]
fn a_flagship_reply_without_status_and_data_is_no_success() {
    for empty in [
        "{}",
        "[]",
        r#"{"message":"","data":null}"#,
        r#"{"data":[]}"#,
    ] {
        let Err(CallError::BadReply(BadReply { error, .. })) =
            read_whole::<ProcessUpload>(empty.as_bytes())
        else {
            panic!("{empty}");
        };
        assert_eq!(error.problems[0].pointer, "/status");
    }
}

#[test]
fn broken_replies_say_where_and_keep_what_came() {
    for (body, pointers) in [
        (r#"{"status":0,"data":"text"}"#, &["/data"][..]),
        (
            r#"{"status":0,"data":{"process_id":"x","process_no":"P","message":"","status":0}}"#,
            &["/data/process_id"],
        ),
        (
            r#"{"status":0,"data":{"process_no":["P"],"message":"","status":{}}}"#,
            &["/data/process_no", "/data/status", "/data/process_id"],
        ),
        (r#"{"status":[0],"data":null}"#, &["/status"]),
        (r#"{"status":0}"#, &["/data/status"]),
    ] {
        let Err(CallError::BadReply(BadReply { error, .. })) =
            read_reply::<ProcessUpload>(body.as_bytes())
        else {
            panic!("{body}");
        };
        let found: Vec<_> = error
            .problems
            .iter()
            .map(|problem| problem.pointer.as_str())
            .collect();
        assert_eq!(found, pointers, "{body}");
        let readable: Value = error.readable.unwrap().read().unwrap();
        assert_eq!(readable, serde_json::from_str::<Value>(body).unwrap());
        assert_eq!(error.excerpt, body);
    }
}

#[test]
fn what_is_no_reply_at_all_is_kept_as_an_excerpt_of_eight_kibibytes() {
    let long = format!(
        "<html><body>{}</body></html>",
        "502 Bad Gateway 网关错误 ".repeat(900)
    );
    for body in [
        "",
        " ",
        "null",
        "7",
        "OK",
        "<html><body>502</body></html>",
        "{\"status\":0,\"data\":{\"process_id\":1",
        &long,
    ] {
        let Err(CallError::BadReply(BadReply { error, .. })) =
            read_reply::<ProcessUpload>(body.as_bytes())
        else {
            panic!("{body}");
        };
        assert!(!error.problems.is_empty());
        let start: String = error.excerpt.trim_end_matches('\u{fffd}').to_owned();
        assert!(body.starts_with(&start), "{start}");
        assert!(error.excerpt.len() <= 8 * 1024 + 3);
        assert!(body.len() > 8 * 1024 || error.excerpt == body);
        assert!(!format!("{error:?} {error}").contains("网关"));
    }
    let broken = read_reply::<ProtocolCallback>(
        "<alibaba_x_response><result><success>maybe</success></result></alibaba_x_response>"
            .as_bytes(),
    );
    let Err(CallError::BadReply(BadReply { error, .. })) = broken else {
        panic!("{broken:?}")
    };
    assert_eq!(error.problems[0].pointer, "/result/success");
}

#[test]
fn a_server_error_without_an_answer_of_the_gateway_leaves_the_outcome_open() {
    for (status, body) in [(502, "<html>Bad Gateway</html>"), (500, ""), (504, "{}")] {
        let status = StatusCode::from_u16(status).unwrap();
        let told = dockseal::reply::read_reply::<ProcessUpload>(status, None, body.as_bytes());
        let Err(CallError::Unknown(unknown)) = told else {
            panic!("{told:?}");
        };
        assert_eq!(unknown.cause, Cause::Status(status.as_u16()));
    }
    let answer = br#"{"status":100,"message":"x"}"#;
    let told = dockseal::reply::read_reply::<ProcessUpload>(StatusCode::BAD_GATEWAY, None, answer);
    assert!(matches!(told, Err(CallError::Rejected(_))));
}
