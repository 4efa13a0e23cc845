//! What the tests and the programs of this crate share.

pub mod conformance;
pub mod demo;
pub mod invented;
