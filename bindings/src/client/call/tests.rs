//! One call, told what came of each attempt: nothing is sent, and no test waits.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

use super::*;
use crate::api::Pager;
use crate::client::settings::Settings;
use crate::gateway::{Class, ErrorRow, Place};
use crate::object::Blank as _;
use crate::outcome::Policy;
use crate::reply::Failure;
use crate::wangdian_enterprise::{Credentials, GATEWAY, StockinRefundPush, StockinRefundPushReply};

mod ends;
mod waits;

type Error = CallError<&'static str>;

const SECOND: Duration = Duration::from_secs(1);

/// No wait between attempts, a minute for all of them.
fn settings() -> Settings {
    Settings {
        policy: Policy {
            attempts: 4,
            backoff: Duration::ZERO,
            throttled: 30 * SECOND,
            deadline: 60 * SECOND,
            ..Policy::default()
        },
        attempt_timeout: 7 * SECOND,
        ..Settings::default()
    }
}

fn account(settings: Settings) -> Account {
    let credentials = Credentials::new("sid", "key", "secret").unwrap();
    let keys = AsRef::<crate::Keys>::as_ref(&credentials).clone();
    Account::new(keys, settings, "http://127.0.0.1/openapi2".parse().unwrap())
}

/// A request whose repeat is harmless.
fn request() -> StockinRefundPush {
    let mut examples = StockinRefundPush::API.examples.iter();
    let example = examples.find_map(|example| example.request).unwrap();
    StockinRefundPush::from_wire(example.as_bytes()).unwrap()
}

/// The call can go on: one attempt is made.
fn attempt(call: &mut Call<'_>) -> Attempt {
    let Step::Place(_) = call.step::<&str>() else {
        panic!("no place is asked for");
    };
    call.placed::<&str>(true).unwrap().expect("an attempt")
}

fn answer(body: &str) -> Answer {
    Answer {
        status: StatusCode::OK,
        headers: http::HeaderMap::new(),
        body: body.as_bytes().to_vec(),
    }
}

/// Makes an attempt that ends with this error.
fn fail(call: &mut Call<'_>, error: &Error) -> Option<Error> {
    attempt(call);
    let ended = call.ended(Ok(answer("")), |_, _, _| Err::<(), _>(error.clone()));
    ended.map(|end| end.unwrap_err())
}

/// Makes an attempt that gets lost on the way.
fn lose(call: &mut Call<'_>) -> Option<Error> {
    attempt(call);
    let lost = Err(Trouble::Lost("reset".to_owned()));
    call.ended(lost, |_, _, _| Ok::<_, Error>(()))
        .map(|end| end.unwrap_err())
}

/// Makes an attempt that does not leave this machine.
fn refuse(call: &mut Call<'_>) -> Option<Error> {
    attempt(call);
    let refused = Err(Trouble::NotSent("refused".to_owned()));
    call.ended(refused, |_, _, _| Ok::<_, Error>(()))
        .map(|end| end.unwrap_err())
}

#[allow(clippy::unnecessary_box_returns, reason = "an end has it in a box")]
fn failure(class: Class) -> Box<Failure> {
    let row = ErrorRow {
        code: None,
        sub_code: None,
        text: None,
        class,
        wait: None,
        meaning: "",
        meaning_zh: "",
        hint: "",
        hint_zh: "",
    };
    Box::new(Failure {
        code: "E".to_owned(),
        known: Some(Box::leak(Box::new(row))),
        ..Failure::default()
    })
}

fn rejected(class: Class) -> Error {
    CallError::Rejected(failure(class))
}

fn throttled(wait: Option<Duration>) -> Error {
    let failure = failure(Class::Throttled);
    CallError::Throttled { failure, wait }
}

/// What a reply that is none is judged as.
fn bad_reply() -> Error {
    let api = StockinRefundPush::API;
    let mut reply = StockinRefundPushReply::blank();
    let verdict = crate::reply::judge(api, &mut reply, b"{}");
    CallError::judged(api, verdict, "", StatusCode::OK, None).unwrap_err()
}

fn advice() -> Advice {
    Advice::of(StockinRefundPush::API).with_request(&request())
}
