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
    /// The text itself is broken here, whatever the schema wants.
    pub syntax: bool,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "(message)"
        } else {
            &self.pointer
        };
        write!(
            f,
            "{place}: expected {}, found {}",
            self.expected, self.found
        )
    }
}

impl Problem {
    /// The problem in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let place = if self.pointer.is_empty() {
            "(消息)"
        } else {
            &self.pointer
        };
        format!(
            "{place}：应为{}，实为{}",
            chinese(&self.expected),
            chinese(self.found)
        )
    }

    pub(crate) fn new(
        pointer: String,
        expected: impl Into<String>,
        found: &'static str,
    ) -> Problem {
        Problem {
            pointer,
            expected: expected.into(),
            found,
            syntax: false,
        }
    }

    pub(crate) fn of_syntax(pointer: String, expected: String, found: &'static str) -> Problem {
        Problem {
            pointer,
            expected,
            found,
            syntax: true,
        }
    }
}

/// What problems speak of, in Chinese; a text that is not here speaks for itself.
const CHINESE: &[(&str, &str)] = &[
    ("text", "文本"),
    ("an integer", "整数"),
    ("a number", "数字"),
    ("a number that was rounded", "已被舍入的数字"),
    ("true or false", "布尔值"),
    ("a decimal", "十进制数"),
    (
        "a time like 2025-01-31 10:00:00",
        "形如 2025-01-31 10:00:00 的时间",
    ),
    ("a date like 2025-01-31", "形如 2025-01-31 的日期"),
    ("an object", "对象"),
    ("a list", "列表"),
    ("a list of arguments", "参数列表"),
    ("JSON text", "JSON 文本"),
    ("a value", "值"),
    ("a reply", "应答"),
    ("null", "空值"),
    ("nothing", "缺失"),
    ("something else", "其他内容"),
    ("a text that ends too early", "不完整的文本"),
];

fn chinese(english: &str) -> &str {
    CHINESE
        .iter()
        .find(|(known, _)| *known == english)
        .map_or(english, |(_, chinese)| chinese)
}

impl DecodeError {
    /// All problems in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        let problems: Vec<_> = self.problems.iter().map(Problem::zh).collect();
        problems.join("；")
    }

    /// Whether the message is no JSON or XML at all, or only the beginning of one.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.syntax && problem.pointer.is_empty())
    }
}

fn list(problems: &[Problem]) -> String {
    problems
        .iter()
        .map(Problem::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}
