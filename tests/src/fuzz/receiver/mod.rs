//! A receiver from the raw body to its reply: the body as it came, and signed as its sender would.
//!
//! An input holds up to four bodies, one a line, which are pushed one after the other into one inbox.

mod inbox;
mod log;

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use dockseal::BeijingTime;
use dockseal::form::{FormValue, decode, encode_pairs};
use dockseal::receiver::{Answer, NodeTokens, Outcome, Receipt, Receiver, Refusal, Settings};
use dockseal::shopex_oms::GATEWAY;
use dockseal::sign::{self, Options, Param, SecretString};
use serde::Deserialize;

use self::inbox::Memory;
use super::form::flatten;

pub(super) const WORDS: &[&str] = &[
    "&",
    "=",
    "\n",
    "%5B",
    "%5D",
    "%7B",
    "%7D",
    "%22",
    "%2C",
    "%3A",
    "[0]",
    "[]",
    "node_id=",
    "sign=",
    "method=wms.stockin.status_update",
    "method=wms.transferorder.update",
    "stockin_bn=",
    "status=FINISH",
    "status=PARTIN",
    "item=",
    "product_bn",
    "normal_num",
    "defective_num",
    "batch",
    "actualQty",
    "extendProps=",
    "operate_time=2025-01-31+10%3A00%3A00",
    "task=",
    "order_code=",
    "order_status=",
    "5ECRET-V4LUE",
    "\\u0000",
    "\\ud800",
    "9223372036854775807",
    "1e2",
    "flag=erpapi",
    "timestamp=",
];

const NODE: &str = "N100";
const TOKEN: &str = "t0ken-of-the-fuzzed-node";

/// What inputs put where it must not be shown.
const SECRET: &str = "5ECRET-V4LUE";

pub(super) fn body(data: &[u8]) {
    let inbox = Memory::default();
    let tokens = || NodeTokens::by_node_id().with(NODE, TOKEN);
    let receiver = Receiver::new(inbox.clone(), tokens());
    let mut settings = Settings::default();
    settings.explain = true;
    let explains = Receiver::new(inbox.clone(), tokens()).with_settings(settings);

    for line in data.split(|byte| *byte == b'\n').take(4) {
        pushed(&receiver, &inbox, line);
        if let Some(signed) = signed(line) {
            pushed(&receiver, &inbox, signed.as_bytes());
            pushed(&explains, &inbox, signed.as_bytes());
        }
    }
}

/// One body twice: both replies are well-formed and equal, and the second changes nothing.
fn pushed(receiver: &Receiver, inbox: &Memory, body: &[u8]) {
    let first = received(receiver, body);
    let after = inbox.documents();
    let second = received(receiver, body);
    assert_eq!(second.body, first.body, "the same body has the same reply");
    assert_eq!(inbox.documents(), after, "a repeat has no effect");
    match (&first.outcome, &second.outcome) {
        (
            Outcome::Taken { push, .. } | Outcome::Repeated { push },
            Outcome::Repeated { push: again },
        ) => {
            assert_eq!(push, again);
        }
        (Outcome::Refused(one), Outcome::Refused(two)) => assert_eq!(one, two),
        (one, two) => panic!("{one:?}, then {two:?}"),
    }
}

fn received(receiver: &Receiver, body: &[u8]) -> Answer {
    let (answer, said) = log::during(|| ready(receiver.receive(body, now())));
    let envelope: Envelope = serde_json::from_str(&answer.body).expect("a reply is its envelope");
    let is_refused = matches!(answer.outcome, Outcome::Refused(_));
    assert_eq!(envelope.rsp, if is_refused { "fail" } else { "succ" });
    assert!(!envelope.msg.is_empty());
    assert_eq!(envelope.msg_code.is_some(), is_refused);
    assert_eq!(envelope.data.is_some(), !is_refused);

    let shown = format!("{said}{answer:?}{receiver:?}");
    assert!(!shown.contains(TOKEN), "the token is shown");
    if is_refused && !is_in_a_name(body) {
        assert!(!said.contains(SECRET), "a value is in the log: {said}");
        assert!(
            !answer.body.contains(SECRET),
            "a value is in the reply: {}",
            answer.body
        );
    }
    answer
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    rsp: String,
    msg: String,
    msg_code: Option<String>,
    data: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Names are shown, and so are the node and the method that a sender claims.
fn is_in_a_name(body: &[u8]) -> bool {
    let Ok(pairs) = decode(body, &Settings::default().limits) else {
        return body
            .windows(SECRET.len())
            .any(|part| part == SECRET.as_bytes());
    };
    let shown = |name: &str| matches!(name, "node_id" | "method");
    pairs
        .iter()
        .any(|(name, value)| name.contains(SECRET) || shown(name) || has_name(value))
}

fn has_name(value: &FormValue) -> bool {
    match value {
        FormValue::Text(_) => false,
        FormValue::List(items) => items.iter().any(has_name),
        FormValue::Map(pairs) => pairs
            .iter()
            .any(|(key, value)| key.contains(SECRET) || has_name(value)),
    }
}

/// The parameters of a body as the known node would push them; none where they cannot be pushed.
fn signed(body: &[u8]) -> Option<String> {
    let mut pairs = decode(body, &Settings::default().limits).ok()?;
    pairs.retain(|(name, _)| name != "sign" && name != "node_id");
    pairs.push(("node_id".to_owned(), FormValue::Text(NODE.to_owned())));
    if pairs.iter().all(|(name, _)| name != "method") {
        let method = FormValue::Text("wms.stockin.status_update".to_owned());
        pairs.push(("method".to_owned(), method));
    }
    let mut params: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| !GATEWAY.scheme.omit.contains(&name.as_str()))
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let token = SecretString::from(TOKEN);
    let sign = sign::compute(&GATEWAY.scheme, &Options::default(), &mut params, &token).ok()?;
    let mut flat = Vec::new();
    for (name, value) in &pairs {
        if !flatten(name, value, &mut flat) {
            return None;
        }
    }
    flat.push(("sign".to_owned(), sign.as_str()));
    let mut signed = String::new();
    encode_pairs(flat, &mut signed);
    Some(signed)
}

/// What parameters mean, whoever sent them.
pub(super) fn understood(
    method: &str,
    parameters: &[(String, FormValue)],
) -> Result<Receipt, Refusal> {
    let receiver = Receiver::new(Arc::new(Memory::default()), NodeTokens::by_node_id());
    ready(receiver.understand(method, parameters, now()))
}

fn now() -> BeijingTime {
    "2025-01-31 10:00:00".parse().expect("a time")
}

/// Nothing here waits for anything.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a receiver in memory waits for nothing"),
    }
}
