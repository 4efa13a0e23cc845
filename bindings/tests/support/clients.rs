//! Both clients behind one face, so that each case is written once.

use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

use dockseal::api::{AnyApi, Request};
use dockseal::client::{SettingError, Settings};
use dockseal::gateway::Marker;
use dockseal::object::Object;
use dockseal::outcome::Policy;
use dockseal::taobao_top::{self, ProtocolCallback, TaobaoTop};
use dockseal::wangdian_enterprise::{self, StockinRefundPush, WangdianEnterprise};
use dockseal::wangdian_flagship::{self, ProcessUpload, WangdianFlagship};
use dockseal::{CallError, RawJson, blocking, client};
use tokio::runtime::Runtime;

pub enum Client<G> {
    Async(client::Client<G>, Arc<Runtime>),
    Blocking(blocking::Client<G>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Async,
    Blocking,
}

pub const BOTH: [Kind; 2] = [Kind::Async, Kind::Blocking];

/// Plays a case with both clients.
pub fn both(case: impl Fn(Kind)) {
    for kind in BOTH {
        eprintln!("{kind:?}");
        case(kind);
    }
}

impl<G: Marker> Client<G> {
    pub fn build(
        kind: Kind,
        credentials: G::Credentials,
        settings: Settings,
    ) -> Result<Self, SettingError> {
        Ok(match kind {
            Kind::Async => {
                let built = client::Client::builder(credentials)
                    .settings(settings)
                    .build()?;
                Client::Async(built, runtime())
            }
            Kind::Blocking => Client::Blocking(
                blocking::Client::builder(credentials)
                    .settings(settings)
                    .build()?,
            ),
        })
    }

    pub fn call<R>(&self, request: &R) -> Result<R::Output, CallError<R::Reply>>
    where
        R: Request<Gateway = G>,
        R::Reply: Debug,
    {
        match self {
            Client::Async(client, runtime) => runtime.block_on(client.call(request)),
            Client::Blocking(client) => client.call(request),
        }
    }

    pub fn call_whole<R>(&self, request: &R) -> Result<R::Reply, CallError<R::Reply>>
    where
        R: Request<Gateway = G>,
        R::Reply: Debug,
    {
        match self {
            Client::Async(client, runtime) => runtime.block_on(client.call_whole(request)),
            Client::Blocking(client) => client.call_whole(request),
        }
    }

    pub fn with_credentials(&self, credentials: G::Credentials) -> Self {
        match self {
            Client::Async(client, runtime) => {
                Client::Async(client.with_credentials(credentials), Arc::clone(runtime))
            }
            Client::Blocking(client) => Client::Blocking(client.with_credentials(credentials)),
        }
    }
}

impl<G> Client<G> {
    pub fn call_any(
        &self,
        api: &dyn AnyApi,
        request: &dyn Object,
    ) -> Result<Box<dyn Object>, CallError<Box<dyn Object>>> {
        match self {
            Client::Async(client, runtime) => runtime.block_on(client.call_any(api, request)),
            Client::Blocking(client) => client.call_any(api, request),
        }
    }

    pub fn call_raw(&self, method: &str, json: &str) -> Result<RawJson, CallError<RawJson>> {
        match self {
            Client::Async(client, runtime) => runtime.block_on(client.call_raw(method, json)),
            Client::Blocking(client) => client.call_raw(method, json),
        }
    }

    pub fn skew(&self) -> Option<i64> {
        match self {
            Client::Async(client, _) => client.skew(),
            Client::Blocking(client) => client.skew(),
        }
    }
}

pub fn runtime() -> Arc<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    Arc::new(builder.worker_threads(2).enable_all().build().unwrap())
}

/// Settings with which no test waits long.
pub fn quick(url: String) -> Settings {
    let mut settings = Settings::default();
    settings.base_url = Some(url);
    settings.connect_timeout = Duration::from_secs(2);
    settings.attempt_timeout = Duration::from_secs(3);
    settings.policy = policy(4, Duration::from_millis(5));
    settings
}

pub fn policy(attempts: u32, backoff: Duration) -> Policy {
    let mut policy = Policy::default();
    policy.attempts = attempts;
    policy.backoff = backoff;
    policy.deadline = Duration::from_secs(10);
    policy
}

pub fn flagship(kind: Kind, settings: Settings) -> Client<WangdianFlagship> {
    Client::build(kind, flagship_account(), settings).unwrap()
}

pub fn enterprise(kind: Kind, settings: Settings) -> Client<WangdianEnterprise> {
    Client::build(kind, enterprise_account(), settings).unwrap()
}

pub fn top(kind: Kind, settings: Settings) -> Client<TaobaoTop> {
    Client::build(kind, top_account(), settings).unwrap()
}

pub fn flagship_account() -> wangdian_flagship::Credentials {
    wangdian_flagship::Credentials::new(
        "sid-of-flagship",
        "key-of-flagship",
        "hidden-secret:hidden-salt",
    )
    .unwrap()
}

pub fn enterprise_account() -> wangdian_enterprise::Credentials {
    wangdian_enterprise::Credentials::new("sid-of-enterprise", "key-of-enterprise", "hidden-secret")
        .unwrap()
}

pub fn top_account() -> taobao_top::Credentials {
    let account = taobao_top::Credentials::new("key-of-top", "hidden-secret").unwrap();
    account.with_session("hidden-session").unwrap()
}

/// Makes something, and has no field that makes a repeat harmless.
pub fn keyless() -> ProcessUpload {
    example()
}

/// Makes something once, however often it is sent.
pub fn keyed() -> StockinRefundPush {
    example()
}

/// The same, of a third gateway.
pub fn callback() -> ProtocolCallback {
    example()
}

/// The document's example.
fn example<R: Request>() -> R {
    let json = R::API
        .examples
        .iter()
        .find_map(|example| example.request)
        .unwrap();
    R::from_wire(json.as_bytes()).unwrap()
}

/// The document's successful reply.
pub fn good<R: Request>() -> &'static str {
    R::API
        .examples
        .iter()
        .find_map(|example| example.reply)
        .unwrap()
}
