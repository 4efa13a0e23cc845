//! Typed, validated, signed bindings to the order and warehouse gateways of Chinese e-commerce.
//! 旺店通、淘宝开放平台与 ShopeX OMS 接口的类型化、可校验、自动签名的 Rust 绑定。
//!
//! | module | gateway | who calls whom |
//! |---|---|---|
//! | [`wangdian_flagship`] | 旺店通旗舰版 | we call the vendor |
//! | [`wangdian_enterprise`] | 旺店通企业版 | we call the vendor |
//! | [`taobao_top`] | 淘宝开放平台 | we call the vendor |
//! | [`shopex_oms`] | ShopeX OMS erpapi | a WMS pushes, an OMS receives |
//!
//! # From a typed request to a signed one, and from the reply to its meaning
//!
//! A request is an ordinary struct: `new` takes the fields that the vendor's document requires,
//! `with_x` sets the others. [`prepare`] checks it against the schema, stamps the time, signs, and
//! hands out an [`http::Request`] for any HTTP client. [`read_reply`] takes the body that came back
//! and returns the part a caller is after, or the one way in which the call ended otherwise.
//!
//! ```
//! use dockseal::wangdian_flagship::{Credentials, ProcessUpload, ProcessUploadDetail};
//! use dockseal::http::StatusCode;
//! use dockseal::{BeijingTime, CallError, Decimal, Options, prepare, read_reply};
//!
//! let credentials = Credentials::new("sid", "key", "secret:salt")?;
//! let order = ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 1, vec![
//!     ProcessUploadDetail::new("RAW-01", Decimal::new(25, 1)),
//!     ProcessUploadDetail::new("GOODS-01", 1).with_is_product(true),
//! ]);
//!
//! let request = prepare(&order, &credentials, BeijingTime::now(), &Options::default())?;
//! let request = request.into_http();
//! assert_eq!(request.uri().host(), Some("wdt.wangdian.cn"));
//!
//! // Send it with any HTTP client; this is what came back.
//! let body = r#"{"status":0,"data":{"process_id":317,"process_no":"PS2021113010","status":0,"message":""}}"#;
//! match read_reply::<ProcessUpload>(StatusCode::OK, None, body.as_bytes()) {
//!     Ok(made) => assert_eq!(made.process_no, "PS2021113010"),
//!     Err(CallError::Partial { failure, reply }) => eprintln!("made, but {failure}: {reply:?}"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a request breaks
//!
//! [`validate`](Described::validate) names every broken rule at once, with its JSON Pointer, its
//! limit and its place in the schema, in English and in Chinese; never the value.
//!
//! ```
//! use dockseal::Described;
//! use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadDetail};
//!
//! let line = ProcessUploadDetail::new("", dockseal::Decimal::new(123_456, 5));
//! let order = ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 1, vec![line]);
//! let broken = order.validate().unwrap_err().0;
//! assert_eq!(broken[0].to_string(), "/detail_list/0/spec_no 商家编码: must not be empty");
//! assert_eq!(broken[1].zh(), "/detail_list/0/num 数量：小数部分 5 位，最多 4 位，请先舍入");
//! ```
//!
//! # What is exact
//!
//! Quantities and money are [`Decimal`]s, read from the JSON number's own text; times are
//! [`BeijingTime`], whatever zone the process runs in; enums keep values that the document does not
//! name; fields that the schema does not know are kept in `extra`. What else is read leniently is
//! listed in [`object::read`].
//!
//! # What strangers send
//!
//! Replies and pushes are read within limits: the module [`limits`] lists each, what happens beyond it,
//! and the test that shows it.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `client` | `client::Client` and an alias `Client` in each gateway's module, for async programs |
//! | `blocking` | `blocking::Client` and an alias `BlockingClient` |
//! | `config` | accounts and limits from a TOML file and the environment |
//! | `receiver` | `receiver::Receiver`: the side of the OMS, without a web framework |
//! | `axum` | `receiver::router` and `receiver::serve`: the same on the web |
//! | `schema` | `schemars::JsonSchema` for every generated type |
//!
//! Without features the crate has all types and all signing, and no HTTP client.
//! What each feature compiles, and why, is listed in [`dependencies`].
#![warn(missing_docs)]

// Generated code names this crate as its users do.
extern crate self as dockseal;

mod aliases;
pub mod api;
#[cfg(any(feature = "client", feature = "blocking"))]
pub mod client;
#[cfg(feature = "config")]
pub mod config;
#[cfg(doc)]
#[doc = include_str!("../docs/dependencies.md")]
pub mod dependencies {}
pub mod form;
pub mod gateway;
#[cfg(doc)]
#[doc = include_str!("../docs/limits.md")]
pub mod limits {}
pub mod object;
pub mod outcome;
pub mod pages;
#[cfg(feature = "receiver")]
pub mod receiver;
pub mod reply;
pub mod send;
pub mod sign;

// Laid out by the generator, which rustfmt must not undo.
#[rustfmt::skip]
mod generated;
mod digits;
mod keys;
mod raw;
mod secret;
mod time;

#[cfg(feature = "blocking")]
pub use client::blocking;
pub use generated::*;
pub use keys::Keys;
pub use object::Described;
pub use raw::{Extra, RawError, RawJson};
pub use reply::{CallError, read_reply};
pub use rust_decimal::Decimal;
pub use secrecy::SecretString;
pub use secret::CredentialError;
pub use send::{Options, prepare};
pub use time::{BeijingDate, BeijingTime, TimeError};

#[cfg(feature = "schema")]
#[doc(hidden)]
pub use schemars;
#[doc(hidden)]
pub use serde;

/// The HTTP types of requests and replies.
pub use http;

// The code of the two README files is compiled with the documentation's tests.
#[cfg(all(doctest, feature = "client", feature = "blocking"))]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(all(doctest, feature = "client", feature = "blocking"))]
#[doc = include_str!("../../README.zh-CN.md")]
struct ReadmeZh;
