//! The clients against a server that fails in every way that is known of, both clients by the same
//! cases. Each case says how many requests the server got.
#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::field_reassign_with_default,
    reason = "a test may stop"
)]

#[path = "../support/mod.rs"]
mod support;

mod account;
mod broken;
mod connection;
mod limits;
mod replies;
mod run_time;
mod secure;
mod settings;
mod traces;
