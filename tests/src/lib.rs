//! What the tests and the programs of this crate share.

pub mod conformance;
pub mod demo;
#[cfg(feature = "fuzz")]
pub mod fuzz;
pub mod invented;
pub mod nested;
