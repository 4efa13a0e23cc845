//! What a change of schemas means: for traffic, for programs, for the version.
//!
//! Two trees of schema files flow in, one [`Review`] comes out. [`walk`] names each change by a
//! [`Rule`] and its place; [`settings`] does the same for what stands around the messages. [`algebra`]
//! judges the places once more as sets of values, [`surface`] compares the public interface of the
//! bindings, and [`judge`] brings the opinions together, so that no disagreement goes unseen.

mod finding;
mod rule;
mod rules;
mod verdict;

pub use finding::{Answer, Because, Citation, Example, Finding, Item, Judged, Location, Review};
pub use rule::{Rule, Sense};
pub use rules::{RULES, rule};
pub use verdict::{Bump, Direction, Flow, Reading, Rust, Wire};

mod algebra;
mod change;
mod language;
mod settings;
mod surface;
mod tree;
mod walk;
