//! The program, its sandbox and the clients, as their users meet them.
//!
//! One program, so that it is linked once.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on should stop there"
)]

mod call;
mod client_captured;
mod client_faults;
mod client_outcomes;
mod clients;
mod demo;
mod doctor;
mod examples;
mod export_openapi;
mod program;
mod push;
#[cfg(unix)]
mod receive;
mod sandbox;
mod sandbox_faults;
mod sandbox_fields;
mod sandbox_handmade;
mod sandbox_sign;
mod sandbox_state;
#[cfg(unix)]
mod sandbox_verb;
mod sandbox_wrong;
mod sign;
mod sign_find;
mod sign_find_others;
mod sign_usage;
mod support;
mod verbs;
