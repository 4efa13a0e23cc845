//! The client that blocks the thread of its caller.

mod pages;
mod places;
mod wire;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::thread::sleep;

use http::StatusCode;

pub use self::pages::Pages;
use self::places::Places;
use self::wire::Wire;
use super::account::Account;
use super::any::{AnyGateway, RawCall};
use super::builder::{Build, Builder, Parts};
use super::call::{Call, Step, Task};
use super::settings::SettingError;
use crate::api::{AnyApi, Request};
use crate::gateway::Marker;
use crate::object::Object;
use crate::reply::{CallError, read_any, read_reply, read_whole};
use crate::{Keys, RawJson};

/// Calls one gateway with one account, and blocks the thread until the call is over.
///
/// Cheap to clone; clones share connections and limits.
pub struct Client<G = AnyGateway> {
    wire: Wire,
    account: Arc<Account>,
    places: Arc<Places>,
    gateway: PhantomData<fn() -> G>,
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "a caller hands its credentials over"
)]
impl<G: Marker> Client<G> {
    /// A client with the usual settings.
    ///
    /// # Errors
    /// The gateway has no address of its own: use the [`builder`](Client::builder).
    pub fn new(credentials: G::Credentials) -> Result<Self, SettingError> {
        Self::builder(credentials).build()
    }

    /// A client with other settings.
    pub fn builder(credentials: G::Credentials) -> Builder<Self> {
        Builder::new(credentials.as_ref().clone())
    }

    /// A client for another account, with the same settings and connections; the accounts share
    /// neither limits nor their alias in traces.
    #[must_use]
    pub fn with_credentials(&self, credentials: G::Credentials) -> Self {
        self.with_keys(credentials.as_ref().clone())
    }

    /// Calls the gateway: the part of the reply that a caller is after.
    ///
    /// # Errors
    /// The call did not end well: see [`CallError`].
    pub fn call<R>(&self, request: &R) -> Result<R::Output, CallError<R::Reply>>
    where
        R: Request<Gateway = G>,
        R::Reply: fmt::Debug,
    {
        self.run(Task::typed(request), read_reply::<R>)
    }

    /// Calls the gateway: the whole reply.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub fn call_whole<R>(&self, request: &R) -> Result<R::Reply, CallError<R::Reply>>
    where
        R: Request<Gateway = G>,
        R::Reply: fmt::Debug,
    {
        self.run(Task::typed(request), read_whole::<R>)
    }
}

impl Client<AnyGateway> {
    /// A client of the gateway that the account belongs to, for programs that learn it at run time.
    pub fn any(keys: Keys) -> Builder<Self> {
        Builder::new(keys)
    }
}

impl<G> Client<G> {
    /// As [`with_credentials`](Client::with_credentials), for accounts known at run time. One of
    /// another gateway sends nothing: every call ends as not sent.
    #[must_use]
    pub fn with_keys(&self, keys: Keys) -> Self {
        Self::over(self.wire.clone(), self.account.of(keys))
    }

    /// Calls an API that is known only at run time: the whole reply.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub fn call_any(
        &self,
        api: &dyn AnyApi,
        request: &dyn Object,
    ) -> Result<Box<dyn Object>, CallError<Box<dyn Object>>> {
        self.run(
            Task::object(api.api(), request),
            |status, content_type, body| read_any(api, status, content_type, body),
        )
    }

    /// Calls any method with raw JSON, whether it has a schema or not: the reply's members, out of
    /// the wrapping that the gateway gives them.
    ///
    /// `json` is the body where the gateway takes JSON (the array of arguments, for the flagship);
    /// elsewhere an object whose members become form parameters. Nothing is validated, and since
    /// nothing is known of the method, it is never sent again once a byte has left.
    ///
    /// # Errors
    /// As [`call`](Client::call).
    pub fn call_raw(&self, method: &str, json: &str) -> Result<RawJson, CallError<RawJson>> {
        let call = RawCall::new(self.account.keys.gateway(), method, json)?;
        self.run(call.task(), |status, content_type, body| {
            call.read(status, content_type, body)
        })
    }

    /// Seconds by which the gateway's clock was ahead of this machine's at the latest reply; none
    /// before the first. Time stamps are not corrected by it.
    #[must_use]
    pub fn skew(&self) -> Option<i64> {
        self.account.skew()
    }

    fn run<T, E: fmt::Debug>(
        &self,
        task: Task<'_>,
        read: impl Fn(StatusCode, Option<&str>, &[u8]) -> Result<T, CallError<E>>,
    ) -> Result<T, CallError<E>> {
        let mut call = Call::new(&self.account, task);
        let span = call.span().clone();
        let _entered = span.enter();
        loop {
            match call.step() {
                Step::Wait(time) => sleep(time),
                Step::Place(limit) => {
                    let place = self.places.acquire(limit);
                    if let Some(attempt) = call.placed(place.is_some())? {
                        let sent = self.wire.send(attempt);
                        drop(place);
                        if let Some(end) = call.ended(sent, &read) {
                            return end;
                        }
                    }
                }
                Step::Over(error) => return Err(error),
            }
        }
    }

    fn over(wire: Wire, account: Account) -> Self {
        Client {
            wire,
            places: Arc::new(Places::new(account.settings.max_in_flight)),
            account: Arc::new(account),
            gateway: PhantomData,
        }
    }
}

impl<G> Build for Client<G> {
    fn build(keys: Keys, Parts(checked): Parts) -> Result<Self, SettingError> {
        let wire = Wire::new(&checked)?;
        Ok(Self::over(
            wire,
            Account::new(keys, checked.settings, checked.base),
        ))
    }
}

impl<G> Clone for Client<G> {
    fn clone(&self) -> Self {
        Client {
            wire: self.wire.clone(),
            account: Arc::clone(&self.account),
            places: Arc::clone(&self.places),
            gateway: PhantomData,
        }
    }
}

impl<G> fmt::Debug for Client<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.account.describe("Client", f)
    }
}
