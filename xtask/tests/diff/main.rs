//! `cargo xtask diff` on repositories that are made for it: what it compares, and how it fails.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod fails;
mod reports;
mod repository;
mod sides;
