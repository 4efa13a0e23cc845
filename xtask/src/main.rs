//! Placeholder.
mod conformance;

fn main() {}
