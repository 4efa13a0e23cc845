//! The inbox on a PostgreSQL server: what every inbox does, and what only this one can meet.
//!
//! `DOCKSEAL_POSTGRES` names a server that tests may use, such as `postgres://me@localhost/test`;
//! without it they are skipped. Each test has a schema of its own, which goes with it.
#![cfg(feature = "postgres")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

#[path = "../suite/mod.rs"]
mod suite;

mod faults;
mod numbers;
mod place;
mod processes;
mod proxy;
mod tables;

suite::behaviours!(place::Schema);
