//! What the rooms hold together: one program, so that it is linked once.
//!
//! Tests that measure their own process, and those that a feature builds, are programs beside it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that cannot go on should stop there"
)]

mod change;
mod client_pages;
mod command;
mod config;
mod demo;
mod derive;
mod determinism;
mod every_keyword;
mod inbox_command;
mod kill;
mod limits;
mod location;
mod pages;
mod plain_reader;
mod public_api;
mod readme;
mod receiver_cases;
mod receiver_web;
mod reply;
mod reply_broken;
mod roundtrip;
mod rust_semver;
mod schema;
mod schema_cases;
mod schema_hostile;
mod schema_mutations;
mod schema_rules;
mod secrets;
mod served;
mod sixth_api;
mod spawn;
#[path = "../support/mod.rs"]
mod support;
mod verdict;
mod wire;
mod wms_client;
