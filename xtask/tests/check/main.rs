//! `cargo xtask check` on repositories of its own: each gate passes what it should, and stops what it
//! should.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod approvals;
mod base;
mod changelog;
mod provenance;
mod repo;
mod steps;
mod version;
