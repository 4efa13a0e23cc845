//! How texts that others wrote go into the log: quoted, so that none can pass for a line of it.

use std::error::Error;
use std::fmt;

/// The beginning of a text from a stranger.
pub(super) struct Short<'a>(pub(super) &'a str);

/// What failed, because of what: the texts of an error and its causes, which show less than their
/// `Debug` does.
pub(super) struct Causes<'a>(pub(super) &'a (dyn Error + 'static));

impl fmt::Debug for Short<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beginning: String = self.0.chars().take(64).collect();
        fmt::Debug::fmt(&beginning, f)
    }
}

impl fmt::Debug for Causes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let causes = std::iter::successors(Some(self.0), |error| (*error).source());
        let texts: Vec<String> = causes.map(ToString::to_string).collect();
        fmt::Debug::fmt(&texts.join(": "), f)
    }
}
