//! The receiver over real sockets, with a real inbox: what hostile, slow and broken senders get, and
//! what reaches the handler.

mod connections;
mod handler;
mod large;
mod lookups;
mod refusals;
mod slow;
mod stop;
mod support;
