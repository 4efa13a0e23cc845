//! The structural walker: two schemas of one value, step by step, each change by its rule and place.

use super::change::Difference;
use super::tree::{At, Tree};
use super::verdict::Reading;

/// Everything that changed between two schemas, in order of places; inner values after outer ones.
pub(crate) fn walk<'t>(
    _old: (&'t Tree<'t>, At<'t>),
    _new: (&'t Tree<'t>, At<'t>),
    _reading: Reading,
) -> Vec<Difference<'t>> {
    Vec::new()
}
