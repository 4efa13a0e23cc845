//! What stands around the messages: settings of an API and of a gateway, by a table of places.

use super::change::Change;
use super::tree::{At, Tree};

/// Changes of everything in an API's file but its messages and definitions.
pub(crate) fn api<'t>(_old: (&'t Tree<'t>, At<'t>), _new: (&'t Tree<'t>, At<'t>)) -> Vec<Change> {
    Vec::new()
}

/// Changes of everything in a gateway's file but its definitions.
pub(crate) fn gateway<'t>(
    _old: (&'t Tree<'t>, At<'t>),
    _new: (&'t Tree<'t>, At<'t>),
) -> Vec<Change> {
    Vec::new()
}
