//! What failures and ends say to people, in English and in Chinese.

use std::time::Duration;

use http::StatusCode;

use super::*;
use crate::api::Effect;
use crate::object::Object as _;
use crate::reply::{Advice, CallError, Cause, NotSent, Unknown};
use crate::send::PrepareError;

fn failure() -> Failure {
    Failure {
        code: "E".to_owned(),
        sub_code: Some("s".to_owned()),
        message: "bad".to_owned(),
        sub_message: Some("worse".to_owned()),
        request_id: Some("7".to_owned()),
        known: None,
    }
}

#[test]
fn a_failure_says_the_vendor_s_words_and_then_what_is_known() {
    let known = Failure {
        known: Some(&ROW),
        ..failure()
    };
    assert_eq!(failure().to_string(), "E s bad worse");
    assert_eq!(failure().zh(), "E s bad worse");
    assert_eq!(known.to_string(), "E s bad worse — meaning; hint");
    assert_eq!(known.zh(), "E s bad worse — 含义；提示");
    let short = Failure {
        code: String::new(),
        sub_code: None,
        sub_message: Some(String::new()),
        ..failure()
    };
    assert_eq!(short.to_string(), "bad");
    assert_eq!(
        format!("{known:?}"),
        r#"Failure { code: "E", sub_code: Some("s"), message: "bad", sub_message: Some("worse"), request_id: Some("7"), .. }"#
    );
}

#[test]
fn the_class_is_the_known_one_or_else_rejected() {
    const CLOCK: ErrorRow = ErrorRow {
        class: Class::Clock,
        ..ROW
    };
    let known = Failure {
        known: Some(&CLOCK),
        ..failure()
    };
    assert_eq!(
        (failure().class(), known.class()),
        (Class::Rejected, Class::Clock)
    );
}

#[test]
fn the_wait_is_the_text_s_with_one_second_more_or_else_the_known_one() {
    const WAIT: ErrorRow = ErrorRow {
        wait: Some(300),
        ..ROW
    };
    let told = |message: &str, sub_message: Option<&str>, known| {
        let failure = Failure {
            message: message.to_owned(),
            sub_message: sub_message.map(str::to_owned),
            known,
            ..Failure::default()
        };
        failure.wait().map(|wait| wait.as_secs())
    };
    let ban = "This ban will last for 25 more seconds";
    assert_eq!(told("", Some(ban), Some(&WAIT)), Some(26));
    assert_eq!(told(ban, None, Some(&WAIT)), Some(26));
    assert_eq!(told("1 more second", None, None), Some(2));
    assert_eq!(told("0 more seconds", None, None), Some(1));
    assert_eq!(told("for7 more seconds", None, None), Some(8));
    assert_eq!(told("请等 30 more seconds", None, None), Some(31));
    // The finer text counts, if there is one.
    assert_eq!(told(ban, Some("wait"), None), None);
    for none in [
        "",
        "later",
        "some more seconds",
        " more seconds",
        "25 more",
        "4294967295 more seconds",
    ] {
        assert_eq!(told(none, None, None), None, "{none}");
        assert_eq!(told(none, None, Some(&WAIT)), Some(300), "{none}");
        assert_eq!(told(none, None, Some(&ROW)), None, "{none}");
    }
}

fn advising(effect: Effect, idempotency: Option<&'static str>) -> Advice {
    Advice::of(&Api {
        method: "m",
        effect,
        idempotency,
        ..api(ENVELOPE)
    })
}

#[test]
fn advice_says_whether_the_same_may_be_sent_again_and_why() {
    for (effect, key, harmless, english, chinese) in [
        (
            Effect::Create,
            None,
            false,
            "m has no idempotency field: do not send it again before a query shows that it had no effect",
            "m 没有幂等字段，切勿直接重发；请先查询单据是否已生成",
        ),
        (
            Effect::Update,
            Some("/status"),
            true,
            "m may be sent again with the same /status",
            "m 可按相同的 /status 重发",
        ),
        (
            Effect::Read,
            None,
            true,
            "m only reads and may be sent again",
            "m 只读，可重发",
        ),
    ] {
        let advice = advising(effect, key);
        assert_eq!(advice.repeat_is_harmless, harmless);
        assert_eq!(
            (advice.to_string().as_str(), &*advice.zh()),
            (english, chinese)
        );
    }
}

#[test]
fn advice_names_the_value_that_makes_a_repeat_harmless() {
    let (_, request) = read(&api(ENVELOPE), r#"{"status":"ok","data":{"code":"N1"}}"#);
    let advice = advising(Effect::Create, Some("/data/code")).with_request(&request);
    assert_eq!(advice.key_value.as_deref(), Some("N1"));
    assert_eq!(
        advice.to_string(),
        "m may be sent again with the same /data/code (N1)"
    );
    assert_eq!(advice.zh(), "m 可按相同的 /data/code (N1) 重发");
    let advice = advising(Effect::Create, None).with_request(&request);
    assert_eq!(advice.key_value, None);
    assert_eq!(request.table().name, "Reply");
}

#[test]
#[allow(clippy::too_many_lines, reason = "a row for each end")]
fn every_end_says_what_happened_in_both_languages() {
    let boxed = || Box::new(failure());
    let unknown = |cause| {
        CallError::Unknown(Box::new(Unknown {
            cause,
            advice: advising(Effect::Read, None),
        }))
    };
    let bad = |content_type| {
        let verdict = read(&api(ENVELOPE), "{}").0;
        CallError::judged(
            &api(ENVELOPE),
            verdict,
            "reply",
            StatusCode::OK,
            content_type,
        )
        .expect_err("no reply")
    };
    let wait = Some(Duration::from_secs(9));
    let prepare = PrepareError::Address;
    let (english, chinese) = (prepare.to_string(), prepare.zh());
    for (error, english, chinese) in [
        (
            CallError::NotSent(NotSent::Prepare(prepare)),
            &*english,
            &*chinese,
        ),
        (
            CallError::NotSent(NotSent::Connect("refused".to_owned())),
            "not sent: no connection: refused",
            "未发送，无法连接：refused",
        ),
        (
            CallError::NotSent(NotSent::Held),
            "not sent: held back by the client's limits until the deadline",
            "未发送：客户端限流，截止时间前未轮到",
        ),
        (
            CallError::Throttled {
                failure: boxed(),
                wait,
            },
            "throttled: E s bad worse",
            "限流，请等待 9 秒：E s bad worse",
        ),
        (
            CallError::Throttled {
                failure: boxed(),
                wait: None,
            },
            "throttled: E s bad worse",
            "限流：E s bad worse",
        ),
        (
            CallError::Rejected(boxed()),
            "rejected: E s bad worse",
            "被拒绝：E s bad worse",
        ),
        (
            CallError::Duplicate(boxed()),
            "duplicate: E s bad worse",
            "重复：E s bad worse",
        ),
        (
            CallError::Partial {
                failure: boxed(),
                reply: Box::new("reply"),
            },
            "partial: E s bad worse",
            "部分成功，请先查看再处理：E s bad worse",
        ),
        (
            unknown(Cause::Lost("reset".to_owned())),
            "outcome unknown: no complete answer: reset; m only reads and may be sent again",
            "结果未知：未收到完整应答（reset）；m 只读，可重发",
        ),
        (
            unknown(Cause::Status(502)),
            "outcome unknown: HTTP status 502 without an answer of the gateway; m only reads and may be sent again",
            "结果未知：HTTP 状态 502，并非网关应答；m 只读，可重发",
        ),
        (
            unknown(Cause::Vendor(failure())),
            "outcome unknown: E s bad worse; m only reads and may be sent again",
            "结果未知：E s bad worse；m 只读，可重发",
        ),
        (
            bad(Some("text/html")),
            "bad reply: HTTP status 200, text/html: /status: expected text, found nothing",
            "应答无法识别（HTTP 200）：/status：应为文本，实为缺失",
        ),
        (
            bad(None),
            "bad reply: HTTP status 200, no content type: /status: expected text, found nothing",
            "应答无法识别（HTTP 200）：/status：应为文本，实为缺失",
        ),
    ] {
        assert_eq!(
            (error.to_string().as_str(), &*error.zh()),
            (english, chinese)
        );
    }
}
