//! Reader of pipe tables: `| a | b |` with a line of dashes under the column titles.
//!
//! Pages in the wild repeat the line of dashes after every row, put a row above the column titles,
//! or leave out the outer pipes. So a table is any run of lines with pipes that has such a line;
//! the line above the first one holds the titles, and every other line of dashes is dropped.

use super::{Table, names, normalise, trimmed};

/// Whether the text has a line of dashes between pipes.
pub(super) fn recognises(lines: &[&str]) -> bool {
    lines.iter().any(|line| is_rule(line))
}

pub(super) fn read(lines: &[&str]) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut start = 0;
    let mut last_end = 0;
    while start < lines.len() {
        let rest = lines.get(start..).unwrap_or_default();
        let length = rest.iter().take_while(|line| line.contains('|')).count();
        if length == 0 {
            start += 1;
            continue;
        }
        let block = rest.get(..length).unwrap_or_default();
        if let Some(first_rule) = block.iter().position(|line| is_rule(line)) {
            let above = lines.get(last_end..start).unwrap_or_default();
            tables.push(Table {
                name: names::table_name(above, "table"),
                rows: rows(block, first_rule),
            });
            last_end = start + length;
        }
        start += length;
    }
    tables
}

/// The rows of a block, without its column titles and rules.
fn rows(block: &[&str], first_rule: usize) -> Vec<Vec<String>> {
    block
        .iter()
        .enumerate()
        .filter(|(index, line)| index + 1 != first_rule && !is_rule(line))
        .map(|(_, line)| cells(line))
        .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}

/// Splits at the pipes that are not escaped; the outer pipes belong to no cell.
fn cells(line: &str) -> Vec<String> {
    let line = trimmed(line);
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut escaped = false;
    for character in line.chars() {
        if character == '|' && !escaped {
            cells.push(std::mem::take(&mut cell));
        } else {
            cell.push(character);
        }
        escaped = character == '\\' && !escaped;
    }
    if !line.ends_with('|') || escaped {
        cells.push(cell);
    }
    if line.starts_with('|') && !cells.is_empty() {
        cells.remove(0);
    }
    cells.iter().map(|cell| normalise(cell)).collect()
}

/// `| --- | :-: |`, `---|---`.
fn is_rule(line: &str) -> bool {
    let line = trimmed(line);
    line.contains('|')
        && line.contains("--")
        && line
            .chars()
            .all(|character| matches!(character, '|' | '-' | ':' | ' '))
}
