//! Reader of tables whose cells run together, as a page reads once its mark-up is gone.
//!
//! ```text
//! 名称字段类型长度必须描述
//! 仓库编号warehouse_novarchar40where the goods go
//! ```
//! A row is cut at its field name (the first lower-case run that ends in a known type), its type
//! and its length. The 必须 column was a picture and is lost. A description may go on over the next
//! lines. Where a digit run is followed by a colon, its last digit begins the description:
//! `tinyint11:yes` is length 1 and `1:yes`.

use super::{Table, names, normalise, trimmed};

/// Longest first, so that `tinyint` is not read as a field that ends in `tiny`.
const TYPES: [&str; 21] = [
    "datedatetime",
    "mediumint",
    "timestamp",
    "smallint",
    "datetime",
    "decimal",
    "varchar",
    "tinyint",
    "boolean",
    "Integer",
    "integer",
    "bigint",
    "String",
    "string",
    "double",
    "float",
    "array",
    "data",
    "date",
    "text",
    "int",
];

/// A longer run of words is prose, not the name of a row.
const LONGEST_NAME: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Columns {
    /// Environment, address.
    Addresses,
    /// Name, field, type, length, description.
    NameFirst,
    /// Field, type, the rest.
    FieldFirst,
    /// Interface, HTTP method, the rest.
    Interfaces,
}

/// Whether the text has the column titles of such a table.
pub(super) fn recognises(lines: &[&str]) -> bool {
    lines.iter().any(|line| header(trimmed(line)).is_some())
}

pub(super) fn read(lines: &[&str]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut index = 0;
    let mut last_end = 0;
    while let Some(line) = lines.get(index) {
        let Some(columns) = header(trimmed(line)) else {
            index += 1;
            continue;
        };
        let name = names::table_name(lines.get(last_end..index).unwrap_or_default(), "table");
        let mut start = index + 1;
        // Column titles may go on over the next line.
        if columns == Columns::NameFirst
            && !line.contains("描述")
            && lines
                .get(start)
                .is_some_and(|next| trimmed(next).ends_with("描述"))
        {
            start += 1;
        }
        let end = end_of_table(lines, start);
        let body: Vec<&str> = lines
            .get(start..end)
            .unwrap_or_default()
            .iter()
            .map(|line| trimmed(line))
            .filter(|line| !line.is_empty())
            .collect();
        tables.push(Table {
            name,
            rows: rows(columns, &body),
        });
        last_end = start;
        index = end.max(start);
    }
    tables
}

fn header(line: &str) -> Option<Columns> {
    if line.starts_with("环境HTTP") {
        Some(Columns::Addresses)
    } else if line.starts_with("名称字段类型") {
        Some(Columns::NameFirst)
    } else if line.starts_with("参数名类型") || line.starts_with("字段名类型") {
        Some(Columns::FieldFirst)
    } else if line.starts_with("接口名方法") {
        Some(Columns::Interfaces)
    } else {
        None
    }
}

/// The line of the next heading or column titles.
fn end_of_table(lines: &[&str], start: usize) -> usize {
    let rest = lines.get(start..).unwrap_or_default();
    rest.iter()
        .enumerate()
        .position(|(offset, line)| {
            let line = trimmed(line);
            let above_is_blank = offset == 0
                || rest
                    .get(offset - 1)
                    .is_some_and(|above| trimmed(above).is_empty());
            let is_heading = || {
                names::section_number(line).is_some()
                    || leads_to_header(rest.get(offset..).unwrap_or_default())
            };
            header(line).is_some() || (above_is_blank && is_heading())
        })
        .map_or(lines.len(), |offset| start + offset)
}

/// Whether the first line is the title of the table that follows it.
fn leads_to_header(lines: &[&str]) -> bool {
    let mut filled = lines
        .iter()
        .map(|line| trimmed(line))
        .filter(|line| !line.is_empty());
    let Some(title) = filled.next() else {
        return false;
    };
    names::heading_name(title).is_some()
        && row(Columns::NameFirst, title).is_none()
        && filled.next().is_some_and(|next| header(next).is_some())
}

fn rows(columns: Columns, lines: &[&str]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    // The name of a row may stand alone above its field.
    let mut alone: Option<&str> = None;
    for line in lines {
        if let Some(mut cells) = row(columns, line) {
            let nameless =
                columns == Columns::NameFirst && cells.first().is_some_and(String::is_empty);
            if let (true, Some(name)) = (nameless, alone.take()) {
                if let Some(cell) = cells.first_mut() {
                    name.clone_into(cell);
                }
                drop_last_line(&mut rows, name);
                rows.push(cells);
                continue;
            }
            if !nameless {
                rows.push(cells);
                continue;
            }
        }
        alone = is_row_name(line).then_some(*line);
        if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
            if !cell.is_empty() {
                cell.push('\n');
            }
            cell.push_str(line);
        }
    }
    rows.into_iter()
        .map(|row| row.iter().map(|cell| normalise(cell)).collect())
        .collect()
}

/// Takes back a line that was counted to the row above before its meaning was clear.
fn drop_last_line(rows: &mut [Vec<String>], line: &str) {
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut())
        && let Some(rest) = cell.strip_suffix(line)
    {
        *cell = rest.trim_end_matches('\n').to_owned();
    }
}

fn row(columns: Columns, line: &str) -> Option<Vec<String>> {
    match columns {
        Columns::Addresses => {
            let at = line.find("http")?;
            let (environment, address) = line.split_at_checked(at)?;
            Some(vec![environment.to_owned(), address.to_owned()])
        }
        Columns::NameFirst => {
            let (at, field) = fields(line).next()?;
            let (name, _) = line.split_at_checked(at)?;
            if !name.is_empty() && !is_row_name(name) {
                return None;
            }
            let (length, description) = field.length();
            Some(
                [name, field.name, &field.kind, length, description]
                    .map(str::to_owned)
                    .to_vec(),
            )
        }
        Columns::FieldFirst => {
            let (at, field) = fields(line).next()?;
            let is_start = at == 0;
            is_start.then(|| {
                [field.name, &field.kind, field.rest]
                    .map(str::to_owned)
                    .to_vec()
            })
        }
        Columns::Interfaces => {
            let (at, verb) = ["POST", "GET"]
                .iter()
                .find_map(|verb| line.find(verb).map(|at| (at, *verb)))?;
            let (name, rest) = line.split_at_checked(at)?;
            let rest = rest.strip_prefix(verb)?;
            Some([name, verb, rest].map(str::to_owned).to_vec())
        }
    }
}

fn is_row_name(text: &str) -> bool {
    let text = trimmed(text);
    !text.is_empty()
        && !text.is_ascii()
        && text.chars().count() <= LONGEST_NAME
        && !text.contains(|character| ",，.。:：;；=“”\"'!！?？".contains(character))
}

/// A field name, its type, and what follows them.
struct Field<'a> {
    name: &'a str,
    kind: String,
    rest: &'a str,
}

impl<'a> Field<'a> {
    /// The length, and the description after it.
    fn length(&self) -> (&'a str, &'a str) {
        let digits = self.rest.len()
            - self
                .rest
                .trim_start_matches(|character: char| character.is_ascii_digit())
                .len();
        let colon = self
            .rest
            .get(digits..)
            .is_some_and(|after| after.starts_with([':', '：']));
        let end = if colon {
            digits.saturating_sub(1)
        } else {
            digits
        };
        self.rest.split_at_checked(end).unwrap_or(("", self.rest))
    }
}

/// The places of a line that read as a field name with a type behind it.
fn fields(line: &str) -> impl Iterator<Item = (usize, Field<'_>)> {
    let mut previous = ' ';
    let starts: Vec<usize> = line
        .char_indices()
        .filter(|&(_, character)| {
            let in_run =
                previous.is_ascii_lowercase() || previous.is_ascii_digit() || previous == '_';
            previous = character;
            character.is_ascii_lowercase() && !in_run
        })
        .map(|(at, _)| at)
        .collect();
    starts
        .into_iter()
        .filter_map(move |at| field(line.get(at..)?).map(|field| (at, field)))
}

/// Reads a field at the start of the text: the shortest name before a type that ends its word.
fn field(text: &str) -> Option<Field<'_>> {
    let run = text
        .find(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .unwrap_or(text.len());
    (1..run).find_map(|at| {
        let (name, tail) = text.split_at_checked(at)?;
        if name.ends_with('_') {
            return None;
        }
        let kind = TYPES
            .iter()
            .find(|kind| tail.starts_with(**kind) && ends_word(tail, kind))?;
        let rest = tail.strip_prefix(kind)?;
        let (suffix, rest) = suffix(rest);
        Some(Field {
            name,
            kind: format!("{kind}{suffix}"),
            rest,
        })
    })
}

/// Whether a type is not followed by more of a lower-case word.
fn ends_word(tail: &str, kind: &str) -> bool {
    tail.strip_prefix(kind).is_some_and(|rest| {
        !rest.starts_with(|character: char| character.is_ascii_lowercase() || character == '_')
    })
}

/// `(19,4)` or `[]` behind a type.
fn suffix(rest: &str) -> (String, &str) {
    for (open, close) in [('(', ')'), ('[', ']')] {
        if let Some(inner) = rest.strip_prefix(open)
            && let Some((inside, after)) = inner.split_once(close)
            && inside
                .chars()
                .all(|character| character.is_ascii_digit() || ", ".contains(character))
        {
            return (format!("{open}{}{close}", inside.replace(' ', "")), after);
        }
    }
    (String::new(), rest)
}
