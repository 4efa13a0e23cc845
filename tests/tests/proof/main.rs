//! What is promised of every API that the crate lists, tried on cases that nobody wrote down: types
//! that come back as they went, signatures, decimals, times, lenient reading, and verdicts.
//!
//! `cargo test` runs a quick form. `DOCKSEAL_CASES` says how many cases each proof runs instead, a
//! number such as 1000000, which wants `--release`. Each proof prints what it ran and its seed;
//! `DOCKSEAL_SEED` runs that seed again. Nothing here names an API: another one is proved by itself.
#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod cases;
mod decimals;
mod inputs;
mod instances;
mod lenient;
mod meaning;
mod messages;
mod places;
mod python;
mod requests;
mod signatures;
mod times;
mod types;
mod validators;
mod xml;
mod zones;

#[path = "../support/mod.rs"]
mod support;
