//! The intermediate representation: what the schemas mean, as plain data.
//!
//! Built by the passes in `lower`, read by the emitter in `emit`. No tokens, no
//! IO, no spans: every name is resolved, every keyword has become a shape, a rule or documentation.
//! It prints with `{:#?}` for tests.
#![allow(
    missing_docs,
    reason = "names and types say it where nothing is written"
)]
#![allow(
    clippy::struct_excessive_bools,
    reason = "independent facts, not states"
)]

mod api;
mod gateway;
mod types;

pub use api::{Api, Effect, Example, Inner, Output, Pager};
pub use gateway::{
    Algorithm, BeyondBmp, Business, Case, Class, Credential, Digest, Direction, Endpoint, Envelope,
    ErrorRow, Escape, Gateway, Layout, Need, Parameter, Place, SecretPlace, Sign, Source, Split,
    Stamp, Timestamp, Transport,
};
pub use types::{Bound, Enum, Field, Forms, ObjectRule, Rule, Shape, Struct, Type, Value, Variant};

/// Everything one run generates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ir {
    /// In order of their directory names.
    pub gateways: Vec<Gateway>,
}
