//! What changed between the lock and a page.
//!
//! Rows are compared by their hashes, in order: the longest run of rows that both sides share is
//! kept, and between kept rows the old ones are paired with the new ones. So a row that was put in
//! at the top is one added row and not a table full of changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::citations::Citations;
use super::{Entry, Table, row_hash};

/// One difference. Rows count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Added {
        table: String,
        row: usize,
        cells: Vec<String>,
    },
    Changed {
        table: String,
        old: usize,
        row: usize,
        cells: Vec<String>,
    },
    /// Only its place differs: its citation has to be renumbered.
    Moved {
        table: String,
        old: usize,
        row: usize,
    },
    Removed {
        table: String,
        old: usize,
    },
}

/// The differences, in the page's order of tables, then those of tables that are gone.
pub(super) fn changes(old: Option<&Entry>, tables: &[Table]) -> Vec<Change> {
    let mut changes = Vec::new();
    for table in tables {
        let known = old
            .and_then(|old| old.tables.get(&table.name))
            .map_or(&[][..], Vec::as_slice);
        compare(table, known, &mut changes);
    }
    let present: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    for (name, rows) in old.iter().flat_map(|old| &old.tables) {
        if !present.contains(name.as_str()) {
            changes.extend((1..=rows.len()).map(|old| Change::Removed {
                table: name.clone(),
                old,
            }));
        }
    }
    changes
}

fn compare(table: &Table, old: &[String], changes: &mut Vec<Change>) {
    let new: Vec<String> = table.rows.iter().map(|row| row_hash(row)).collect();
    let mut kept = common(old, &new);
    // A sentinel, so that the rows behind the last kept one are a gap like the others.
    kept.push((old.len(), new.len()));
    let (mut old_at, mut new_at) = (0, 0);
    let name = || table.name.clone();
    let cells = |at: usize| table.rows.get(at).cloned().unwrap_or_default();
    for (old_kept, new_kept) in kept {
        while old_at < old_kept || new_at < new_kept {
            if old_at < old_kept && new_at < new_kept {
                changes.push(Change::Changed {
                    table: name(),
                    old: old_at + 1,
                    row: new_at + 1,
                    cells: cells(new_at),
                });
                old_at += 1;
                new_at += 1;
            } else if new_at < new_kept {
                changes.push(Change::Added {
                    table: name(),
                    row: new_at + 1,
                    cells: cells(new_at),
                });
                new_at += 1;
            } else {
                changes.push(Change::Removed {
                    table: name(),
                    old: old_at + 1,
                });
                old_at += 1;
            }
        }
        if old_kept < old.len() && old_kept != new_kept {
            changes.push(Change::Moved {
                table: name(),
                old: old_kept + 1,
                row: new_kept + 1,
            });
        }
        old_at = old_kept + 1;
        new_at = new_kept + 1;
    }
}

/// A longest common subsequence, as pairs of places.
fn common(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    // lengths[i][j]: the length of the longest one of old[i..] and new[j..].
    let mut lengths: Vec<Vec<usize>> = vec![vec![0; new.len() + 1]; old.len() + 1];
    let at = |lengths: &[Vec<usize>], i: usize, j: usize| {
        lengths
            .get(i)
            .and_then(|row| row.get(j))
            .copied()
            .unwrap_or(0)
    };
    for (i, left) in old.iter().enumerate().rev() {
        for (j, right) in new.iter().enumerate().rev() {
            let length = if left == right {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(place) = lengths.get_mut(i).and_then(|row| row.get_mut(j)) {
                *place = length;
            }
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while let (Some(left), Some(right)) = (old.get(i), new.get(j)) {
        if left == right {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The differences for the terminal.
pub(super) fn report(
    name: &str,
    changes: &[Change],
    entry: &Entry,
    citations: &Citations,
) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{name}: {} rows in {} tables, sha256 {}",
        entry.rows,
        entry.tables.len(),
        entry.sha256
    );
    let cited = |table: &str, old: usize| match citations.of(name, table, old) {
        [] => "    no schema cites it\n".to_owned(),
        places => format!("    {}\n", places.join("\n    ")),
    };
    for change in changes {
        let _ = match change {
            Change::Added { table, row, cells } => {
                writeln!(text, "  added   {table}/{row}: {}", line(cells))
            }
            Change::Changed {
                table,
                old,
                row,
                cells,
            } if old == row => {
                write!(
                    text,
                    "  changed {table}/{row}: {}\n{}",
                    line(cells),
                    cited(table, *old)
                )
            }
            Change::Changed {
                table,
                old,
                row,
                cells,
            } => {
                write!(
                    text,
                    "  changed {table}/{old}, now {table}/{row}: {}\n{}",
                    line(cells),
                    cited(table, *old)
                )
            }
            Change::Moved { table, old, row } => {
                write!(
                    text,
                    "  moved   {table}/{old}, now {table}/{row}\n{}",
                    cited(table, *old)
                )
            }
            Change::Removed { table, old } => {
                write!(text, "  removed {table}/{old}\n{}", cited(table, *old))
            }
        };
    }
    if changes.is_empty() {
        let _ = writeln!(text, "  no row differs from the lock");
    }
    text
}

/// The cells of a row on one line, shortened.
fn line(cells: &[String]) -> String {
    const LONGEST: usize = 100;
    let text = cells.join(" | ").replace('\n', " ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST).collect();
    short.push('…');
    short
}
