//! What is said of JSON that could not be read: every problem with its place, and what could be read.

use std::fmt;

use crate::RawJson;

/// JSON that could not be read as the type that was asked for.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", list(problems))]
#[non_exhaustive]
pub struct DecodeError {
    /// What is wrong, in the order of the text; at least one.
    pub problems: Vec<Problem>,
    /// The whole message, if it is JSON at all: what could be read is not lost.
    pub readable: Option<RawJson>,
    /// The first 8 KiB of the message. Can hold buyer data: `Debug` and `Display` leave it out.
    pub excerpt: String,
}

/// One thing that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// Where, as a JSON Pointer into the message.
    pub pointer: String,
    /// What the schema wants there.
    pub expected: String,
    /// What was there instead; never the value.
    pub found: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "(message)" } else { &self.pointer };
        write!(f, "{place}: expected {}, found {}", self.expected, self.found)
    }
}

impl Problem {
    /// The problem in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = if self.pointer.is_empty() { "(消息)" } else { &self.pointer };
        format!("{place}：应为 {}，实为 {}", self.expected, self.found)
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(Problem::to_string).collect::<Vec<_>>().join("; ")
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError").field("problems", &self.problems).finish_non_exhaustive()
    }
}
