//! Every fault of the sandbox, met by both clients: how the call ends, how often it was sent, and how
//! often it took effect.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, TcpListener};
use std::thread;
use std::time::{Duration, Instant};

use crate::clients::{
    self, BOTH, Kind, WELL, both, client, effects, ending, example, outcomes, quick,
};
use dockseal::CallError;
use dockseal::api::Typed;
use dockseal::client::Settings;
use dockseal::taobao_top::{ProtocolCallback, TaobaoTop};
use dockseal::wangdian_enterprise::{StockinRefundPush, WangdianEnterprise};
use dockseal::wangdian_flagship::{ProcessUpload, WangdianFlagship};
use dockseal_cli::sandbox::{Fault, Outcome, Running, Sandbox};

/// How a call ends, how often it is sent, how often it takes effect.
type End = (&'static str, u64, usize);

/// What a fault that strikes the first attempt comes to for the flagship, whose method has no key;
/// for the enterprise edition, which refuses a second push; and for TOP, which repeats its reply.
#[rustfmt::skip]
const STRUCK_ONCE: [(Fault, End, End, End); 18] = [
    (Fault::ResetBefore,      ("unknown", 1, 0),   (WELL, 2, 1),        (WELL, 2, 1)),
    (Fault::ResetDuring,      ("unknown", 1, 0),   (WELL, 2, 1),        (WELL, 2, 1)),
    (Fault::ResetAfter,       ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Truncated,        ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Slow,             ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Stall,            ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Html502,          ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::LoginPage,        ("bad reply", 1, 0), (WELL, 2, 1),        (WELL, 2, 1)),
    (Fault::WrongContentType, (WELL, 1, 1),        (WELL, 1, 1),        (WELL, 1, 1)),
    // Only the enterprise edition has words for it.
    (Fault::DuplicateAnswer,  (WELL, 1, 1),        ("duplicate", 1, 1), (WELL, 1, 1)),
    // Only TOP asks for a wait that fits the deadline.
    (Fault::Throttled,        ("throttled", 1, 0), ("throttled", 1, 0), (WELL, 2, 1)),
    // Only the flagship has a code of its own for it that its clients can tell from others.
    (Fault::ClockOff,         ("clock", 1, 0),     ("rejected", 1, 0),  ("rejected", 1, 0)),
    (Fault::Gzip,             (WELL, 1, 1),        (WELL, 1, 1),        (WELL, 1, 1)),
    (Fault::GzipBomb,         ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Endless,          ("unknown", 1, 1),   ("duplicate", 2, 1), (WELL, 2, 1)),
    (Fault::Redirect,         ("bad reply", 1, 0), (WELL, 2, 1),        (WELL, 2, 1)),
    (Fault::NewField,         (WELL, 1, 1),        (WELL, 1, 1),        (WELL, 1, 1)),
    // An inner status that no document names is no success.
    (Fault::NewEnum,          ("partial", 1, 1),   (WELL, 1, 1),        (WELL, 1, 1)),
];

/// The same where it strikes every attempt, for those that are sent again.
#[rustfmt::skip]
const STRUCK_ALWAYS: [(Fault, End, End); 11] = [
    (Fault::ResetBefore, ("unknown", 3, 0),   ("unknown", 3, 0)),
    (Fault::ResetDuring, ("unknown", 3, 0),   ("unknown", 3, 0)),
    (Fault::ResetAfter,  ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::Truncated,   ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::Slow,        ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::Stall,       ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::Html502,     ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::LoginPage,   ("bad reply", 3, 0), ("bad reply", 3, 0)),
    (Fault::Redirect,    ("bad reply", 3, 0), ("bad reply", 3, 0)),
    (Fault::GzipBomb,    ("unknown", 3, 1),   ("unknown", 3, 1)),
    (Fault::Endless,     ("unknown", 3, 1),   ("unknown", 3, 1)),
];

const CAP: usize = 64 << 10;

fn tune(settings: &mut Settings) {
    settings.attempt_timeout = Duration::from_millis(700);
    settings.reply_cap = CAP;
    settings.policy.attempts = 3;
}

fn flagship(kind: Kind, sandbox: &Running) -> &'static str {
    let client = client::<WangdianFlagship>(kind, sandbox, tune);
    ending(&client.call(&example::<ProcessUpload>()))
}

fn enterprise(kind: Kind, sandbox: &Running) -> &'static str {
    let client = client::<WangdianEnterprise>(kind, sandbox, tune);
    ending(&client.call(&example::<StockinRefundPush>()))
}

fn top(kind: Kind, sandbox: &Running) -> &'static str {
    let client = client::<TaobaoTop>(kind, sandbox, tune);
    ending(&client.call(&example::<ProtocolCallback>()))
}

type Call = fn(Kind, &Running) -> &'static str;

/// How calls end that are not as the table says, each against a sandbox of its own and all at once.
fn differences(
    cases: impl IntoIterator<Item = (Fault, &'static str, Call, End)>,
    strike: fn(&Running, Fault),
) -> Vec<String> {
    let play = |kind, (fault, name, call, wanted): (Fault, &str, Call, End)| {
        let sandbox = Sandbox::builder().start().unwrap();
        strike(&sandbox, fault);
        let end = call(kind, &sandbox);
        let really = (end, sandbox.count(), effects(&sandbox));
        assert!(!outcomes(&sandbox).contains(&Outcome::Strayed), "{fault}");
        (really != wanted)
            .then(|| format!("{fault}, {name}, {kind:?}: {really:?} instead of {wanted:?}"))
    };
    let cases: Vec<_> = cases.into_iter().collect();
    thread::scope(|scope| {
        let pairs = BOTH
            .into_iter()
            .flat_map(|kind| cases.iter().map(move |case| (kind, *case)));
        let games: Vec<_> = pairs
            .map(|(kind, case)| scope.spawn(move || play(kind, case)))
            .collect();
        games
            .into_iter()
            .filter_map(|game| game.join().unwrap())
            .collect()
    })
}

#[test]
fn a_fault_of_the_first_attempt_ends_as_its_kind_demands() {
    let listed: BTreeSet<_> = STRUCK_ONCE.iter().map(|row| row.0.name()).collect();
    assert_eq!(
        listed,
        Fault::ALL.iter().map(|fault| fault.name()).collect()
    );
    let cases = STRUCK_ONCE
        .iter()
        .flat_map(|(fault, keyless, refusing, repeating)| {
            [
                (*fault, "flagship", flagship as Call, *keyless),
                (*fault, "enterprise", enterprise as Call, *refusing),
                (*fault, "top", top as Call, *repeating),
            ]
        });
    let found = differences(cases, |sandbox, fault| sandbox.plan([Some(fault)]));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_fault_of_every_attempt_ends_with_the_attempts_and_takes_effect_once() {
    let cases = STRUCK_ALWAYS
        .iter()
        .flat_map(|(fault, refusing, repeating)| {
            [
                (*fault, "enterprise", enterprise as Call, *refusing),
                (*fault, "top", top as Call, *repeating),
            ]
        });
    let found = differences(cases, |sandbox, fault| sandbox.inject([fault.into()]));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_has_no_key_is_sent_once_whatever_strikes_always() {
    let cases =
        STRUCK_ONCE.map(|(fault, keyless, ..)| (fault, "flagship", flagship as Call, keyless));
    let found = differences(cases, |sandbox, fault| sandbox.inject([fault.into()]));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_refused_connection_is_tried_again_until_exactly_one_request_is_accepted() {
    both(|kind| {
        let port = {
            let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            free.local_addr().unwrap().port()
        };
        let start = thread::spawn(move || {
            thread::sleep(Duration::from_millis(150));
            Sandbox::builder().port(port).start().unwrap()
        });
        let keys = dockseal_cli::sandbox::account("wangdian-flagship")
            .unwrap()
            .keys();
        let mut settings = quick(format!("http://127.0.0.1:{port}/openapi"));
        settings.policy.attempts = 100;
        settings.policy.backoff = Duration::from_millis(20);
        settings.policy.backoff_limit = Duration::from_millis(20);
        let client = clients::any_client(kind, keys.unwrap(), settings);
        let end = client.call_any(&Typed::<ProcessUpload>::new(), &example::<ProcessUpload>());
        assert_eq!(ending(&end), WELL);
        assert_eq!(outcomes(&start.join().unwrap()), [Outcome::Accepted]);
    });
}

#[test]
fn an_unknown_end_says_whether_and_by_what_a_repeat_is_safe() {
    both(|kind| {
        let sandbox = Sandbox::builder().fault(Fault::ResetAfter).start().unwrap();
        let end =
            client::<WangdianFlagship>(kind, &sandbox, tune).call(&example::<ProcessUpload>());
        let Err(CallError::Unknown(unknown)) = end else {
            panic!("{end:?}")
        };
        assert!(!unknown.advice.repeat_is_harmless);
        assert!(
            unknown.to_string().contains("do not send it again"),
            "{unknown}"
        );

        let end = client::<WangdianEnterprise>(kind, &sandbox, tune)
            .call(&example::<StockinRefundPush>());
        let Err(CallError::Unknown(unknown)) = end else {
            panic!("{end:?}")
        };
        assert!(unknown.advice.repeat_is_harmless);
        assert_eq!(unknown.advice.key_value.as_deref(), Some("ghs"));
    });
}

#[test]
fn an_open_end_is_not_hidden_by_a_later_attempt_that_did_nothing() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        sandbox.plan([Some(Fault::ResetAfter), Some(Fault::Throttled)]);
        assert_eq!(enterprise(kind, &sandbox), "unknown");
        assert_eq!(outcomes(&sandbox), [Outcome::Accepted, Outcome::Throttled]);
    });
}

#[test]
fn a_slow_answer_costs_no_more_than_the_time_for_attempts_and_the_whole_call() {
    both(|kind| {
        let sandbox = Sandbox::builder().fault(Fault::Slow).start().unwrap();
        let begun = Instant::now();
        let client = client::<TaobaoTop>(kind, &sandbox, |settings| {
            settings.attempt_timeout = Duration::from_millis(400);
            settings.policy.attempts = 100;
            settings.policy.deadline = Duration::from_secs(1);
        });
        assert_eq!(
            ending(&client.call(&example::<ProtocolCallback>())),
            "unknown"
        );
        let took = begun.elapsed();
        assert!(took < Duration::from_millis(1500), "{took:?}");
        let sends = sandbox.count();
        assert!((2..=4).contains(&sends), "{sends}");
        assert_eq!(effects(&sandbox), 1);
    });
}

#[test]
fn fields_and_values_that_no_document_names_are_kept() {
    both(|kind| {
        let sandbox = Sandbox::builder().start().unwrap();
        sandbox.plan([Some(Fault::NewField), Some(Fault::NewEnum)]);
        let client = client::<WangdianFlagship>(kind, &sandbox, tune);
        let made = client.call(&example::<ProcessUpload>()).unwrap();
        assert!(made.extra.get("sandbox_new_field").is_some());
        let end = client.call(&example::<ProcessUpload>());
        let Err(CallError::Partial { reply, failure }) = end else {
            panic!("{end:?}")
        };
        assert_eq!(
            (failure.code.as_str(), reply.data.unwrap().process_id),
            ("99", 2)
        );
    });
}
