//! What a verdict means for the caller under an HTTP status, and for the decision to send again.

use std::time::Duration;

use http::StatusCode;

use super::*;
use crate::outcome::End;
use crate::reply::{Advice, CallError, Cause, NotSent, Unknown, read_reply};
use crate::send::PrepareError;
use crate::taobao_top::ProtocolCallback;

/// A failure that is known to be of a class.
fn of_class(class: Class) -> Failure {
    Failure {
        code: "E".to_owned(),
        known: Some(Box::leak(Box::new(ErrorRow { class, ..ROW }))),
        ..Failure::default()
    }
}

/// How a call ended, in one word.
fn ended(verdict: Verdict, status: StatusCode) -> String {
    let api = api(ENVELOPE);
    match CallError::judged(&api, verdict, "reply", status, Some("text/html")) {
        Ok(reply) => reply.to_owned(),
        Err(CallError::NotSent(_)) => "not sent".to_owned(),
        Err(CallError::Throttled { failure, wait }) => {
            format!("throttled {} {} {wait:?}", failure.code, failure.message)
        }
        Err(CallError::Rejected(failure)) => format!("rejected {}", failure.code),
        Err(CallError::Duplicate(failure)) => format!("duplicate {}", failure.code),
        Err(CallError::Partial { failure, reply }) => format!("partial {} {reply}", failure.code),
        Err(CallError::Unknown(unknown)) => match unknown.cause {
            Cause::Lost(_) => "lost".to_owned(),
            Cause::Status(status) => format!("unknown {status}"),
            Cause::Vendor(failure) => format!("unknown {}", failure.code),
        },
        Err(CallError::BadReply(bad)) => format!(
            "bad reply {} {:?} {}",
            bad.status, bad.content_type, bad.error
        ),
    }
}

fn broken() -> Verdict {
    read(&api(ENVELOPE), "<html>").0
}

const BROKEN: &str =
    "bad reply 200 Some(\"text/html\") (message): expected a reply, found something else";

#[test]
fn each_class_of_failure_is_one_end() {
    for (class, end) in [
        (Class::Rejected, "rejected E"),
        (Class::Clock, "rejected E"),
        (Class::Signature, "rejected E"),
        (Class::Throttled, "throttled E  None"),
        (Class::Duplicate, "duplicate E"),
        (Class::Provider, "unknown E"),
    ] {
        let told = ended(Verdict::Failed(of_class(class)), StatusCode::OK);
        assert_eq!(told, end, "{class:?}");
    }
    let unknown = Failure {
        known: None,
        ..of_class(Class::Provider)
    };
    assert_eq!(
        ended(Verdict::Failed(unknown), StatusCode::OK),
        "rejected E"
    );
}

#[test]
fn each_other_verdict_is_one_end() {
    let failure = || of_class(Class::Rejected);
    for (verdict, end) in [
        (Verdict::Success, "reply"),
        (Verdict::Partial(failure()), "partial E reply"),
        (Verdict::Pending(failure()), "unknown E"),
        (broken(), BROKEN),
    ] {
        assert_eq!(ended(verdict, StatusCode::OK), end);
    }
}

#[test]
fn a_status_of_the_server_overrules_all_but_the_vendor_s_own_code() {
    let failure = |code: &str| Failure {
        code: code.to_owned(),
        message: "m".to_owned(),
        ..Failure::default()
    };
    for (status, end) in [
        (StatusCode::OK, None),
        (StatusCode::NOT_FOUND, None),
        (
            StatusCode::TOO_MANY_REQUESTS,
            Some("throttled 429 too many requests None"),
        ),
        (StatusCode::INTERNAL_SERVER_ERROR, Some("unknown 500")),
        (StatusCode::BAD_GATEWAY, Some("unknown 502")),
    ] {
        let without_code: [(Verdict, &str); 4] = [
            (Verdict::Success, "reply"),
            (Verdict::Failed(failure("")), "rejected "),
            (Verdict::Partial(failure("E")), "partial E reply"),
            (Verdict::Pending(failure("E")), "unknown E"),
        ];
        for (verdict, otherwise) in without_code {
            assert_eq!(ended(verdict, status), end.unwrap_or(otherwise), "{status}");
        }
        assert_eq!(ended(Verdict::Failed(failure("E")), status), "rejected E");
    }
    assert_eq!(
        ended(broken(), StatusCode::SERVICE_UNAVAILABLE),
        "unknown 503"
    );
}

#[test]
fn each_end_is_sent_again_or_not_as_its_kind() {
    let rejected = |class| CallError::Rejected(Box::new(of_class(class)));
    let failure = || Box::new(of_class(Class::Rejected));
    let unknown = Unknown {
        cause: Cause::Status(502),
        advice: Advice::of(ProcessUpload::API),
    };
    let wait = Some(Duration::from_secs(9));
    let bad = CallError::judged(&api(ENVELOPE), broken(), "reply", StatusCode::OK, None);
    for (error, end) in [
        (
            CallError::NotSent(NotSent::Connect("refused".to_owned())),
            End::NotSent,
        ),
        (CallError::NotSent(NotSent::Held), End::Final),
        (
            CallError::NotSent(NotSent::Prepare(PrepareError::Address)),
            End::Final,
        ),
        (
            CallError::Throttled {
                failure: failure(),
                wait,
            },
            End::Throttled(wait),
        ),
        (
            CallError::Throttled {
                failure: failure(),
                wait: None,
            },
            End::Throttled(None),
        ),
        (rejected(Class::Clock), End::Clock),
        (rejected(Class::Rejected), End::Final),
        (rejected(Class::Signature), End::Final),
        (CallError::Duplicate(failure()), End::Final),
        (
            CallError::Partial {
                failure: failure(),
                reply: Box::new("reply"),
            },
            End::Final,
        ),
        (CallError::Unknown(Box::new(unknown)), End::Open),
        (bad.unwrap_err(), End::Open),
    ] {
        assert_eq!(error.end(), end, "{error}");
    }
}

#[test]
fn a_named_wait_is_handed_on() {
    let failure = Failure {
        message: "This ban will last for 25 more seconds".to_owned(),
        ..of_class(Class::Throttled)
    };
    assert_eq!(
        ended(Verdict::Failed(failure), StatusCode::OK),
        "throttled E This ban will last for 25 more seconds Some(26s)"
    );
}

#[test]
fn a_success_without_what_the_caller_is_after_is_a_bad_reply() {
    let read = |body: &str| read_reply::<ProcessUpload>(StatusCode::OK, None, body.as_bytes());
    let made = r#"{"status":0,"data":{"process_id":1,"process_no":"P","message":"","status":0}}"#;
    assert_eq!(read(made).unwrap().process_no, "P");
    let Err(CallError::BadReply(bad)) = read(r#"{"status":0}"#) else {
        panic!("not a bad reply");
    };
    assert_eq!((bad.status, bad.content_type), (200, None));
    let told = read_reply::<ProtocolCallback>(
        StatusCode::OK,
        None,
        br#"{"result":{"success":true,"model":true},"request_id":"r"}"#,
    );
    assert_eq!(told.unwrap().request_id.as_deref(), Some("r"));
}
