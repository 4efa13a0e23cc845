//! What replies mean, on a gateway whose envelope has every member and can be set as a case needs it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    dead_code,
    unreachable_pub,
    reason = "a test may stop, and its types are public, as generated ones are"
)]

use rust_decimal::Decimal;

use crate::api::{Api, Inner, Request as _};
use crate::gateway::{Class, Envelope, ErrorRow, Gateway};
use crate::object::Blank as _;
use crate::reply::{Failure, Verdict, judge};
use crate::wangdian_flagship::{GATEWAY, ProcessUpload};
use crate::{BeijingDate, BeijingTime, Extra, RawJson};

mod codes;
mod ends;
mod known;
mod roots;
mod verdicts;
mod words;

#[derive(Clone, PartialEq)]
struct Reply {
    status: Option<String>,
    count: Option<i64>,
    fee: Option<Decimal>,
    done: Option<bool>,
    at: Option<BeijingTime>,
    day: Option<BeijingDate>,
    mode: Option<Mode>,
    any: Option<RawJson>,
    data: Option<Data>,
    list: Option<Vec<String>>,
    extra: Extra,
}

crate::object! {
    Reply = Table::new("Reply", "应答", "test#/$defs/Reply");
    status: optional("status", "状态", text(&[]));
    count: optional("count", "次数", integer(&[]));
    fee: optional("fee", "费用", decimal(19, 4, &[]));
    done: optional("done", "完成", boolean(&[]));
    at: optional("at", "时间", datetime(&[]));
    day: optional("day", "日期", date(&[]));
    mode: optional("mode", "方式", enumeration(Mode::TABLE, &[]));
    any: optional("any", "任意", json(&[]));
    data: optional("data", "数据", object(<Data as Described>::TABLE, &[]));
    list: optional("list", "列表", list(&text(&[]), &[]));
}

#[derive(Clone, PartialEq)]
struct Data {
    state: Option<String>,
    code: Option<String>,
    text: Option<String>,
    extra: Extra,
}

crate::object! {
    Data = Table::new("Data", "数据", "test#/$defs/Data");
    state: optional("state", "状态", text(&[]));
    code: optional("code", "编码", text(&[]));
    text: optional("text", "说明", text(&[]));
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    Slow,
    Quick,
    Unknown(i64),
}

crate::open_enum! {
    integer Mode, "方式", "test#/$defs/Mode";
    Slow = 0, "slow", "慢";
    Quick = 1, "quick", "快";
}

/// Members whose names are not in the reply's table are looked for among the unknown ones.
const ENVELOPE: Envelope = Envelope {
    root: None,
    failure_root: None,
    status: Some("status"),
    success: &["ok"],
    pending: &["busy"],
    status_may_lack: false,
    code: &["code", "text"],
    message: &["msg", "text"],
    sub_code: Some("sub_code"),
    sub_message: Some("sub_msg"),
    request_id: Some("id"),
    data: Some("data"),
};

/// A row that fits everything.
const ROW: ErrorRow = ErrorRow {
    code: None,
    sub_code: None,
    text: None,
    class: Class::Rejected,
    wait: None,
    meaning: "meaning",
    meaning_zh: "含义",
    hint: "hint",
    hint_zh: "提示",
};

const INNER: Inner = Inner {
    status: "/data/state",
    success: &["done"],
    code: Some("/data/code"),
    message: Some("/data/text"),
};

/// An API of a gateway with this envelope.
fn api(envelope: Envelope) -> Api {
    of(Gateway {
        envelope,
        errors: &[],
        ..*GATEWAY
    })
}

/// An API of a gateway that knows these failures.
fn knowing(errors: &'static [ErrorRow]) -> Api {
    of(Gateway {
        envelope: ENVELOPE,
        errors,
        ..*GATEWAY
    })
}

/// An API with an outcome inside.
fn inside(inner: Inner) -> Api {
    Api {
        inner: Some(inner),
        ..api(ENVELOPE)
    }
}

fn of(gateway: Gateway) -> Api {
    Api {
        gateway: Box::leak(Box::new(gateway)),
        inner: None,
        ..*ProcessUpload::API
    }
}

/// What a body means, with the reply that it filled.
fn read(api: &Api, body: &str) -> (Verdict, Reply) {
    let mut reply = Reply::blank();
    let verdict = judge(api, &mut reply, body.as_bytes());
    (verdict, reply)
}

/// What a body means, in one line.
fn told(api: &Api, body: &str) -> String {
    match read(api, body).0 {
        Verdict::Success => "success".to_owned(),
        Verdict::Partial(failure) => format!("partial: {failure}"),
        Verdict::Failed(failure) => format!("{:?}: {failure}", failure.class()),
        Verdict::Pending(failure) => format!("pending: {failure}"),
        Verdict::Unreadable(error) => format!("unreadable: {error}"),
    }
}

/// The failure that a body means.
fn failed(api: &Api, body: &str) -> Failure {
    match read(api, body).0 {
        Verdict::Failed(failure) => failure,
        other => panic!("{body}: {other:?}"),
    }
}

const NO_REPLY: &str = "unreadable: (message): expected a reply, found something else";
