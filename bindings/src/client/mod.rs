//! Clients that call a gateway over HTTP: [`Client`] for async programs (feature `client`), and
//! [`blocking::Client`] with the same surface (feature `blocking`).
//!
//! In: a typed request, a method's name with raw JSON, or a type known only at run time. Out: the
//! reply, or the one other way in which the call ended, a [`CallError`](crate::CallError).
//!
//! ```no_run
//! # #[cfg(feature = "client")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use dockseal::wangdian_flagship::{Client, Credentials, ProcessUpload, ProcessUploadDetail};
//! use dockseal::{CallError, Decimal};
//!
//! let client = Client::new(Credentials::new("sid", "key", "secret:salt")?)?;
//! let order = ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 1, vec![
//!     ProcessUploadDetail::new("RAW-01", Decimal::new(25, 1)),
//!     ProcessUploadDetail::new("GOODS-01", 1).with_is_product(true),
//! ]);
//! match client.call(&order).await {
//!     Ok(made) => println!("{}", made.process_no),
//!     Err(CallError::Partial { failure, .. }) => println!("made, but {failure}"),
//!     Err(CallError::Unknown(unknown)) => println!("{unknown}"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What a client does for a call
//!
//! | step | where it is decided |
//! |---|---|
//! | wait until the gateway's "too often" is over, for the client's own rate and for a free place | the settings |
//! | stamp the time and sign, after all waiting | [`prepare`](crate::prepare) |
//! | send once, within the time limit of an attempt | here |
//! | say what the reply means | [`reply`](crate::reply) |
//! | send again or not | [`outcome::next`](crate::outcome::next) |
//!
//! The deadline of the [`Policy`](crate::outcome::Policy) bounds all of it, waits included. Nothing
//! that has no idempotency field is sent again once a byte has left, and nothing below this module
//! sends on its own: no redirect is followed, no connection's failure is mended in silence. Once an
//! attempt has left the effect of a call open, a later attempt that did nothing does not hide it.
//!
//! A client is cheap to clone, and clones share its limits. Accounts share nothing, unless
//! `with_credentials` hands on the connections of one client to another account.
//!
//! # Traces
//!
//! Each call is a `tracing` span `dockseal.call` whose fields follow the OpenTelemetry conventions:
//! the gateway's host and path, the HTTP status, the number of re-sends, the vendor's codes, and as
//! `error.type` how the call ended. Query, body, credentials and signature are in no span and no
//! event. Below this crate, `ureq` writes whole addresses, signatures included, to `log` at level
//! trace; leave that level off for it.

mod account;
mod any;
#[cfg(feature = "client")]
mod asynchronous;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod call;
mod pages;
mod settings;
mod trace;
mod wire;

pub use any::AnyGateway;
#[cfg(feature = "client")]
pub use asynchronous::{Client, Pages};
pub use builder::{Build, Builder};
pub use pages::PagesError;
pub use settings::{SettingError, Settings, Wrong};
