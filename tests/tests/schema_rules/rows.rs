//! The edit that shows each rule, and the rules that our schemas cannot show.

use std::fmt;

/// An edit of a real schema: the one of this kind of a keyword of a schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) rule: &'static str,
    pub(crate) file: &'static str,
    pub(crate) schema: &'static str,
    /// The keyword; `file` for the file as a whole.
    pub(crate) word: &'static str,
    pub(crate) kind: &'static str,
    /// The edit is undone: from edited to real.
    pub(crate) undone: bool,
}

impl fmt::Display for Row {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let undone = if self.undone { ", undone" } else { "" };
        write!(out, "{}#{}: {} {}{undone}", self.file, self.schema, self.word, self.kind)
    }
}

/// A rule that our schemas cannot show.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) rule: &'static str,
    /// Why they cannot.
    pub(crate) reason: &'static str,
    /// Two plain schemas that show it; none where only the review itself can come to it.
    pub(crate) pair: Option<(&'static str, &'static str)>,
}
