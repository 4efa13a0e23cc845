//! The receiver over real sockets, with a real inbox: what hostile, slow and broken senders get, and
//! what reaches the handler.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod connections;
mod handler;
mod large;
mod lookups;
mod refusals;
mod slow;
mod stop;
mod support;
