//! What has to hold for any bytes: one plain function for each reader, run by cargo-fuzz, by proptest
//! and by the ordinary tests alike.
//!
//! A body asserts: it says what is true of the result, and stops where that is not so. The oracles
//! beside them are written apart from the code that they judge.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a body stops where what it says does not hold"
)]

mod decimal;
mod form;
mod json_reply;
mod messages;
pub mod mutate;
mod number;
mod receiver;
mod review;
mod schema;
pub mod seeds;
mod sign;
mod time;
mod xml_reply;

/// A body with what a fuzzer needs to begin.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name on the command line, and of its program and folders in `tests/fuzz/`.
    pub name: &'static str,
    /// What it tries, for `--help`.
    pub about: &'static str,
    /// Stops where a property does not hold.
    pub body: fn(&[u8]),
    /// Pieces that its inputs are made of.
    pub words: &'static [&'static str],
    /// Bytes of the largest input that is worth trying.
    pub most: usize,
}

/// All bodies.
pub const TARGETS: &[Target] = &[
    Target {
        name: "form",
        about: "form bodies: read, written again, read again; limits hold",
        body: form::body,
        words: form::WORDS,
        most: 4096,
    },
    Target {
        name: "json_reply",
        about: "JSON of every message: what was read is written and read back the same",
        body: json_reply::body,
        words: json_reply::WORDS,
        most: 4096,
    },
    Target {
        name: "xml_reply",
        about: "XML replies: as JSON ones; a reply that was cut off is never one",
        body: xml_reply::body,
        words: xml_reply::WORDS,
        most: 4096,
    },
    Target {
        name: "time",
        about: "dates and times against a calendar of their own",
        body: time::body,
        words: time::WORDS,
        most: 64,
    },
    Target {
        name: "decimal",
        about: "numbers of all readers against arithmetic on texts",
        body: decimal::body,
        words: decimal::WORDS,
        most: 256,
    },
    Target {
        name: "schema",
        about: "schema files: bindings or diagnostics with places, the same each time",
        body: schema::body,
        words: schema::WORDS,
        most: 8192,
    },
    Target {
        name: "review",
        about: "two schemas compared, both ways",
        body: review::body,
        words: review::WORDS,
        most: 1024,
    },
    Target {
        name: "receiver",
        about: "form bodies to replies: every push has one, a repeat has the same",
        body: receiver::body,
        words: receiver::WORDS,
        most: 8192,
    },
    Target {
        name: "sign",
        about: "names and values under every scheme: a signature that verifies, or a typed error",
        body: sign::body,
        words: sign::WORDS,
        most: 4096,
    },
];

/// The target of that name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
