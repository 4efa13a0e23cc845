//! Both clients against a sandbox: a client of a test account, and one word for how a call ended.

// The face that both clients have in the tests of dockseal itself.
#[allow(dead_code, reason = "those tests need more of it")]
#[path = "../../../../bindings/tests/support/clients.rs"]
mod face;

use std::fmt::Debug;

use dockseal::api::Request;
use dockseal::client::{AnyGateway, Settings};
use dockseal::gateway::{Class, Marker};
use dockseal::object::read;
use dockseal::reply::Failure;
use dockseal::{CallError, CredentialError, Keys, blocking, client};
use dockseal_cli::sandbox::{Outcome, Running, account};

pub use face::{BOTH, Client, Kind, both, quick, runtime};

/// How a call that ended well is called; the others have the names of [`ending`].
pub const WELL: &str = "well";

/// A client of the usual test account.
pub fn client<G: Marker>(
    kind: Kind,
    sandbox: &Running,
    tune: impl FnOnce(&mut Settings),
) -> Client<G> {
    let gateway = G::GATEWAY.name;
    let keys = account(gateway).unwrap().keys().unwrap();
    let credentials: Result<G::Credentials, CredentialError> = keys.try_into();
    let mut settings = quick(sandbox.base_url(gateway));
    tune(&mut settings);
    Client::build(kind, credentials.unwrap(), settings).unwrap()
}

/// A client that learns its gateway from the account.
pub fn any_client(kind: Kind, keys: Keys, settings: Settings) -> Client<AnyGateway> {
    match kind {
        Kind::Async => Client::Async(
            client::Client::any(keys)
                .settings(settings)
                .build()
                .unwrap(),
            runtime(),
        ),
        Kind::Blocking => Client::Blocking(
            blocking::Client::any(keys)
                .settings(settings)
                .build()
                .unwrap(),
        ),
    }
}

/// The document's first example.
pub fn example<R: Request>() -> R {
    let json = R::API.examples.iter().find_map(|example| example.request);
    let mut request = R::blank();
    read::request(R::API.positional, &mut request, json.unwrap().as_bytes()).unwrap();
    request
}

/// How a call ended, in a word.
pub fn ending<T, E: Debug>(end: &Result<T, CallError<E>>) -> &'static str {
    match end {
        Ok(_) => WELL,
        Err(CallError::NotSent(_)) => "not sent",
        Err(CallError::Throttled { .. }) => "throttled",
        Err(CallError::Rejected(failure)) => match failure.class() {
            Class::Clock => "clock",
            Class::Signature => "signature",
            _ => "rejected",
        },
        Err(CallError::Duplicate(_)) => "duplicate",
        Err(CallError::Partial { .. }) => "partial",
        Err(CallError::Unknown(_)) => "unknown",
        Err(CallError::BadReply(_)) => "bad reply",
        Err(other) => panic!("a new kind of end: {other:?}"),
    }
}

/// What the gateway said, of an end in which it said something.
pub fn failure<T, E: Debug>(end: &Result<T, CallError<E>>) -> Option<&Failure> {
    match end {
        Err(CallError::Throttled { failure, .. } | CallError::Partial { failure, .. }) => {
            Some(failure)
        }
        Err(CallError::Rejected(failure) | CallError::Duplicate(failure)) => Some(failure),
        _ => None,
    }
}

/// What became of each request that the sandbox saw.
pub fn outcomes(sandbox: &Running) -> Vec<Outcome> {
    let seen = sandbox.requests();
    assert_eq!(seen.len() as u64, sandbox.count());
    seen.into_iter().map(|seen| seen.outcome).collect()
}

/// How many requests took effect.
pub fn effects(sandbox: &Running) -> usize {
    let counts = |outcome: &Outcome| matches!(outcome, Outcome::Accepted | Outcome::Partial);
    outcomes(sandbox).into_iter().filter(counts).count()
}
