//! The second opinion: schemas as sets of values.

use super::finding::{Answer, Example};
use super::tree::{At, Tree};
use super::verdict::{Flow, Reading};

/// A schema of one side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side<'t> {
    pub(crate) tree: &'t Tree<'t>,
    pub(crate) at: At<'t>,
}

/// How deep schemas are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Members and elements are taken for equal: their own differences have places of their own.
    Masked,
    /// With everything inside.
    Whole,
}

/// What the algebra says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opinion {
    /// Does what has to be valid stay valid? Sent: the new schema covers the old; received: the old
    /// covers the new.
    pub(crate) answer: Answer,
    /// The values that do not, in words.
    pub(crate) lost: Option<String>,
    /// One of them, which a validator confirmed.
    pub(crate) example: Option<Example>,
}

/// Compares two schemas of one value.
pub(crate) fn opinion(
    _old: Side<'_>,
    _new: Side<'_>,
    _flow: Flow,
    _reading: Reading,
    _depth: Depth,
) -> Opinion {
    Opinion {
        answer: Answer::Unknown,
        lost: None,
        example: None,
    }
}
