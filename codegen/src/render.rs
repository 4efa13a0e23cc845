//! A diagnostic as text, in the manner of rustc.

use std::fmt;

use crate::diagnostic::{Diagnostic, Diagnostics, Label};
use crate::source::Span;

/// Longer lines are cut around the caret.
const MAX_WIDTH: usize = 120;
/// Columns kept before the caret when a line is cut.
const LEAD: usize = 60;

/// The line of a place, ready to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// From 1.
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    text: String,
    /// Columns before the caret, wide characters counting two.
    indent: usize,
    /// Columns under which the caret stands, at least one.
    carets: usize,
}

impl Excerpt {
    /// Finds the line in which the span starts; a span of several lines ends with the first.
    pub(crate) fn cut(bytes: &[u8], span: Span) -> Excerpt {
        let at = span.start.min(bytes.len());
        let (before, after) = bytes.split_at(at);
        let line = before.split(|b| *b == b'\n').count();
        let left = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        let right = after.split(|b| *b == b'\n').next().unwrap_or_default();
        let length = span.end.saturating_sub(span.start).min(right.len());
        let (marked, rest) = right.split_at(length);
        // A byte order mark is no character of the line.
        let left = left.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(left);

        let column = String::from_utf8_lossy(left).chars().count() + 1;
        let (mut left, marked, rest) = (printable(left), printable(marked), printable(rest));
        if width(&left) + width(&marked) + width(&rest) > MAX_WIDTH {
            left = tail(&left, LEAD);
        }
        let indent = width(&left);
        let room = MAX_WIDTH.saturating_sub(indent).max(1);
        let marked = head(&marked, room);
        let carets = width(&marked).max(1);
        let rest = head(&rest, room.saturating_sub(carets));
        let text = format!("{left}{marked}{rest}").trim_end().to_owned();
        Excerpt {
            line,
            column,
            text,
            indent,
            carets,
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Excerpt {
            line,
            text,
            indent,
            carets,
            ..
        } = &self.excerpt;
        let margin = line.to_string().len();
        writeln!(f, "error[{}]: {}", self.code.as_str(), self.message)?;
        writeln!(
            f,
            "{:margin$}--> schemas/{}:{}:{}",
            "", self.path, self.line, self.column
        )?;
        writeln!(f, "{:margin$} |", "")?;
        writeln!(f, "{line} | {text}")?;
        writeln!(f, "{:margin$} | {:indent$}{:^<carets$}", "", "", "")?;
        if !self.pointer.is_empty() {
            writeln!(f, "{:margin$} = pointer: {}", "", self.pointer)?;
        }
        for label in &self.labels {
            let Label {
                message,
                path,
                line,
                column,
                pointer,
            } = label;
            let gap = if pointer.is_empty() { "" } else { " " };
            writeln!(
                f,
                "{:margin$} = {message}: schemas/{path}:{line}:{column}{gap}{pointer}",
                ""
            )?;
        }
        write!(f, "{:margin$} = help: {}", "", self.help)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, diagnostic) in self.iter().enumerate() {
            if n > 0 {
                writeln!(f, "\n")?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

/// The text with tabs as blanks and without anything that could upset a terminal.
fn printable(bytes: &[u8]) -> String {
    let mut out = String::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        match c {
            '\t' => out.push_str("    "),
            '\r' | '\u{feff}' => {}
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
    out
}

/// At most `limit` columns from the start; an ellipsis stands for the rest.
fn head(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += columns(c);
        if used > limit {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// At most `limit` columns from the end.
fn tail(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept = Vec::new();
    let mut used = 1;
    for c in text.chars().rev() {
        used += columns(c);
        if used > limit {
            break;
        }
        kept.push(c);
    }
    std::iter::once('…').chain(kept.into_iter().rev()).collect()
}

fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Columns of a terminal that a character takes: two for Chinese, Japanese, Korean and emoji.
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF01..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F680..=0x1F6FF
        | 0x1F900..=0x1F9FF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}
