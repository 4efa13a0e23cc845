//! Known failures: the first row that matches a reply counts, so their order may mean something.

use super::lists::{Keyed, find};
use crate::json::Node;
use crate::review::change::canonical;

/// Whether two rows that could match the same reply changed places.
pub(super) fn overtaken(before: &[Keyed<'_>], after: &[Keyed<'_>]) -> bool {
    let place = |row: &Keyed<'_>| after.iter().position(|other| other.name == row.name);
    let placed: Vec<(usize, &Node)> = before
        .iter()
        .filter_map(|row| Some((place(row)?, row.part.node)))
        .collect();
    placed.iter().enumerate().any(|(n, (first, node))| {
        let mut later = placed.iter().skip(n + 1);
        later.any(|(second, other)| second < first && overlap(node, other))
    })
}

/// Rows that took replies over from rows of another kind, or gave them back: the row that matched
/// such a reply before, and the row that does now.
pub(super) fn reclassed<'n>(
    before: &[Keyed<'n>],
    after: &[Keyed<'n>],
) -> Vec<(&'n Node, &'n Node)> {
    let taken = shadows(after, before);
    let mut pairs: Vec<_> = taken.into_iter().map(|(row, under)| (under, row)).collect();
    pairs.extend(shadows(before, after));
    pairs
}

/// Rows of one side that the other lacks, each with the first row behind it that both sides have
/// and that could match the same reply, if that is of another kind.
fn shadows<'n>(side: &[Keyed<'n>], other: &[Keyed<'n>]) -> Vec<(&'n Node, &'n Node)> {
    let mut pairs = Vec::new();
    for (n, row) in side.iter().enumerate() {
        if find(other, &row.name).is_some() {
            continue;
        }
        let behind = side.iter().skip(n + 1);
        let under = behind
            .filter(|under| overlap(row.part.node, under.part.node))
            .find_map(|under| find(other, &under.name));
        let pair = under.map(|under| (row.part.node, under.part.node));
        pairs.extend(pair.filter(|(row, under)| kind(row) != kind(under)));
    }
    pairs
}

/// What a client decides by.
fn kind(row: &Node) -> [Option<String>; 2] {
    [row.get("class"), row.get("wait")].map(|node| node.map(canonical))
}

/// Whether one reply could match both rows.
fn overlap(a: &Node, b: &Node) -> bool {
    let both = |key: &str| Some((a.get(key)?.text()?, b.get(key)?.text()?));
    let code = both("code").is_none_or(|(a, b)| a == b);
    let sub_code = both("sub_code").is_none_or(|(a, b)| match (prefix(a), prefix(b)) {
        (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
        (Some(start), None) => b.starts_with(start),
        (None, Some(start)) => a.starts_with(start),
        (None, None) => a == b,
    });
    // A message can contain any two texts, unless both are its beginning.
    let text = both("text").is_none_or(|(a, b)| match (prefix(a), prefix(b)) {
        (Some(a), Some(b)) => {
            let (a, b) = (fold(a), fold(b));
            a.starts_with(&b) || b.starts_with(&a)
        }
        _ => true,
    });
    code && sub_code && text
}

/// What stands before a final star.
fn prefix(pattern: &str) -> Option<&str> {
    pattern.strip_suffix('*')
}

/// As replies are folded before they are matched: letters and digits, full width narrowed.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars()
        .map(narrow)
        .filter(|c| c.is_alphanumeric())
        .collect()
}
