//! Typed, validated, signed bindings to the order and warehouse gateways of Chinese e-commerce.
//! 旺店通、淘宝开放平台与 ShopeX OMS 接口的类型化、可校验、自动签名的 Rust 绑定。
#![warn(missing_docs)]

// Generated code names this crate as its users do.
extern crate self as dockseal;

pub mod api;
pub mod form;
pub mod gateway;
pub mod object;
pub mod reply;
pub mod send;
pub mod sign;

// Laid out by the generator, which rustfmt must not undo.
#[rustfmt::skip]
mod generated;
mod keys;
mod raw;
mod secret;
mod time;

pub use generated::*;
pub use keys::Keys;
pub use object::Described;
pub use raw::{Extra, RawJson};
pub use secrecy::SecretString;
pub use secret::CredentialError;
pub use rust_decimal::Decimal;
pub use time::{BeijingDate, BeijingTime, TimeError};

#[cfg(feature = "schema")]
#[doc(hidden)]
pub use schemars;
#[doc(hidden)]
pub use serde;
