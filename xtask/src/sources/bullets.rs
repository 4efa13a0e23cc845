//! Reader of tables with one bullet for each cell, as Taobao's pages are saved.
//!
//! ```text
//! 名称 类型 是否必须 示例值 更多限制 描述
//! order Order 必须 the order
//!   • └ code
//!   • String
//!   • 必须
//!   • a description
//! ```
//! A top-level parameter is one line with its cells parted by single spaces; only its name, type
//! and 必须/可选 can be told apart. Below it, a name and a type in a row start a new row, and what
//! follows them are its cells. Depth is lost in this rendering, so a table is flat: the nesting has
//! to be restored by the transcriber.

use super::{Table, normalise, trimmed};

const BRANCH: char = '└';

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Outside,
    Request,
    Reply,
    Errors,
}

/// Whether the text has the column titles of such a table.
pub(super) fn recognises(lines: &[&str]) -> bool {
    lines.iter().any(|line| header(trimmed(line)).is_some())
}

pub(super) fn read(lines: &[&str]) -> Vec<Table> {
    let mut part = Part::Outside;
    let mut tables: Vec<Table> = Vec::new();
    let mut pending: Vec<Line> = Vec::new();
    for line in lines
        .iter()
        .map(|line| trimmed(line))
        .filter(|line| !line.is_empty())
    {
        if let Some(next) = header(line).or_else(|| ends(line).then_some(Part::Outside)) {
            close(part, &mut pending, &mut tables);
            part = next;
        } else if part != Part::Outside {
            pending.push(Line::new(line));
        }
    }
    close(part, &mut pending, &mut tables);
    tables
}

/// The table that a line of column titles starts.
fn header(line: &str) -> Option<Part> {
    if line.starts_with("名称 类型 是否必须") {
        Some(Part::Request)
    } else if line.starts_with("名称 类型 示例值") {
        Some(Part::Reply)
    } else if line.starts_with("错误码 错误描述") {
        Some(Part::Errors)
    } else {
        None
    }
}

/// The headings that may follow a table.
fn ends(line: &str) -> bool {
    const HEADINGS: [&str; 9] = [
        "公共参数",
        "请求参数",
        "响应参数",
        "请求示例",
        "响应示例",
        "异常示例",
        "错误码解释",
        "API工具",
        "FAQ",
    ];
    HEADINGS.contains(&line)
}

/// A line of a table: a bullet, or text that stands alone.
struct Line {
    bullet: bool,
    branch: bool,
    text: String,
}

impl Line {
    fn new(line: &str) -> Self {
        let (bullet, rest) = match line.strip_prefix('•') {
            Some(rest) => (true, trimmed(rest)),
            None => (false, line),
        };
        let (branch, rest) = match rest.strip_prefix(BRANCH) {
            Some(rest) => (true, trimmed(rest)),
            None => (false, rest),
        };
        Self {
            bullet,
            branch,
            text: normalise(rest),
        }
    }
}

/// Turns the lines gathered under one header into a table.
fn close(part: Part, pending: &mut Vec<Line>, tables: &mut Vec<Table>) {
    let lines = std::mem::take(pending);
    let (name, rows) = match part {
        Part::Outside => return,
        Part::Request => ("request", parameter_rows(&lines, true)),
        Part::Reply => ("reply", parameter_rows(&lines, false)),
        Part::Errors => ("errors", error_rows(&lines)),
    };
    tables.push(Table {
        name: name.to_owned(),
        rows,
    });
}

fn parameter_rows(lines: &[Line], request: bool) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let following = lines
            .get(index + 1)
            .filter(|next| next.bullet && !next.branch);
        // A row needs its name and its type, so a row that has one cell cannot be over yet.
        let may_start = rows.last().is_none_or(|row| row.len() > 1);
        if line.bullet {
            if may_start && starts_row(line, following, lines.get(index + 2), request) {
                rows.push(vec![line.text.clone()]);
            } else if let Some(row) = rows.last_mut() {
                row.push(line.text.clone());
            }
        } else if let Some(row) = flat_row(&line.text, request) {
            rows.push(row);
        } else if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
            cell.push('\n');
            cell.push_str(&line.text);
        }
    }
    rows
}

/// Whether a bullet is the name of a parameter.
fn starts_row(line: &Line, next: Option<&Line>, after: Option<&Line>, request: bool) -> bool {
    if line.branch {
        return true;
    }
    let Some(next) = next else { return false };
    let is_pair = is_name(&line.text) && is_type(&next.text);
    if request {
        is_pair && after.is_some_and(|after| is_need(&after.text))
    } else {
        // Scalars carry a branch mark; without one only an object or a list can be meant, and an
        // example value before a description that reads `String` stays what it is.
        is_pair
            && !matches!(
                next.text.as_str(),
                "String" | "Number" | "Boolean" | "Date" | "Price"
            )
    }
}

/// `name Type 必须 rest`, or in a reply `name Type rest`.
fn flat_row(line: &str, request: bool) -> Option<Vec<String>> {
    let (name, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (list, rest) = match rest.strip_prefix("[]") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, rest),
    };
    if !is_name(name) || !is_type(word) {
        return None;
    }
    let kind = if list {
        format!("{word} []")
    } else {
        word.to_owned()
    };
    let mut row = vec![name.to_owned(), kind];
    let mut rest = rest;
    if request {
        let (need, after) = rest.split_once(' ').unwrap_or((rest, ""));
        if !is_need(need) {
            return None;
        }
        row.push(need.to_owned());
        rest = after;
    }
    if !rest.is_empty() {
        row.push(rest.to_owned());
    }
    Some(row)
}

/// A code, then its explanation.
fn error_rows(lines: &[Line]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines {
        let (code, rest) = line
            .text
            .split_once(' ')
            .unwrap_or((line.text.as_str(), ""));
        let is_code =
            code.chars().all(|character| character.is_ascii_graphic()) && !code.is_empty();
        if is_code {
            rows.push(
                [code, rest]
                    .iter()
                    .filter(|cell| !cell.is_empty())
                    .map(ToString::to_string)
                    .collect(),
            );
        } else if let Some(row) = rows.last_mut() {
            row.push(line.text.clone());
        }
    }
    rows
}

fn is_name(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_alphabetic() || character == '_')
        && text
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_.".contains(character))
}

/// `String`, `ProcessDo`, `ItemDo []`, `byte []`.
fn is_type(text: &str) -> bool {
    let word = text.strip_suffix("[]").map_or(text, str::trim_end);
    let is_word = !word.is_empty()
        && word
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_<>".contains(character));
    is_word
        && (word == "byte" || word.starts_with(|character: char| character.is_ascii_uppercase()))
}

fn is_need(text: &str) -> bool {
    matches!(text, "必须" | "可选" | "特殊可选")
}
