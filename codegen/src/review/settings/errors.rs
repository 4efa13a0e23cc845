//! Known failures: the first row that matches a reply counts, so their order may mean something.

use super::Part;
use super::lists::Keyed;
use crate::json::Node;
use crate::review::change::{Spot, canonical};

/// A row: the replies that it matches, and what a client does about them.
pub(super) struct Failure<'k, 'n> {
    name: &'k (String, usize),
    node: &'n Node,
    code: Option<&'n str>,
    sub_code: Option<&'n str>,
    text: Option<Text>,
    /// What a client decides by: class and wait.
    kind: [Option<String>; 2],
}

/// What a message contains, or begins with, folded.
struct Text {
    begins: bool,
    folded: String,
}

/// The rows as they are matched.
pub(super) fn failures<'k, 'n>(rows: &'k [Keyed<'n>]) -> Vec<Failure<'k, 'n>> {
    let read = |row: &'k Keyed<'n>| {
        let node = row.part.node;
        let word = |key: &str| node.get(key)?.text();
        Failure {
            name: &row.name,
            node,
            code: word("code"),
            sub_code: word("sub_code"),
            text: word("text").map(|text| Text {
                begins: prefix(text).is_some(),
                folded: fold(prefix(text).unwrap_or(text)),
            }),
            kind: [node.get("class"), node.get("wait")].map(|node| node.map(canonical)),
        }
    };
    rows.iter().map(read).collect()
}

/// Whether two rows that could match the same reply changed places.
pub(super) fn overtaken(before: &[Failure<'_, '_>], after: &[Failure<'_, '_>]) -> bool {
    let place = |row: &Failure<'_, '_>| after.iter().position(|other| other.name == row.name);
    let placed: Vec<_> = before
        .iter()
        .filter_map(|row| Some((place(row)?, row)))
        .collect();
    placed.iter().enumerate().any(|(n, (first, row))| {
        let mut later = placed.iter().skip(n + 1);
        later.any(|(second, other)| second < first && row.overlaps(other))
    })
}

/// Replies that are of another kind now, whatever row came, went or moved: the rows that matched
/// them before, and those that do now. One side of each pair is a single row.
pub(super) fn reclassed<'k, 'n>(
    before: &'k [Failure<'k, 'n>],
    after: &'k [Failure<'k, 'n>],
) -> Vec<[Vec<&'n Node>; 2]> {
    let gone = |row: &Failure<'_, '_>| !after.iter().any(|other| other.name == row.name);
    let mut pairs = Vec::new();
    for (o, old) in before.iter().enumerate().filter(|(_, row)| gone(row)) {
        let heirs = (0..after.len()).filter(|n| inherits((before, o), (after, *n)));
        let heirs = heirs.filter_map(|n| after.get(n)).map(|row| row.node);
        pairs.push([vec![old.node], heirs.collect()]);
    }
    for (n, new) in after.iter().enumerate() {
        let robbed = (0..before.len()).filter(|o| inherits((before, *o), (after, n)));
        let robbed = robbed.filter_map(|o| before.get(o));
        let robbed = robbed.filter(|row| !gone(row)).map(|row| row.node);
        pairs.push([robbed.collect(), vec![new.node]]);
    }
    pairs.retain(|pair| pair.iter().all(|rows| !rows.is_empty()));
    pairs
}

/// Rows as a finding shows them, at the first of them: what they match, and what they say of it.
pub(super) fn spot(rows: &[&Node]) -> Option<Spot> {
    let brief = |row: &&Node| {
        let words = ["class", "code", "sub_code", "text", "wait"].into_iter();
        let words = words.filter_map(|key| Some((key, canonical(row.get(key)?))));
        let words: Vec<String> = words
            .map(|(key, value)| format!("\"{key}\":{value}"))
            .collect();
        format!("{{{}}}", words.join(","))
    };
    let first = rows.first()?;
    let value = match rows {
        [row] => brief(row),
        rows => format!("[{}]", rows.iter().map(brief).collect::<Vec<_>>().join(",")),
    };
    Some(Part::whole(first).shown(value))
}

/// Whether replies that one row matched before are matched now by one of another kind.
fn inherits(
    (before, o): (&[Failure<'_, '_>], usize),
    (after, n): (&[Failure<'_, '_>], usize),
) -> bool {
    let (Some(old), Some(new)) = (before.get(o), after.get(n)) else {
        return false;
    };
    // A row in front that matches all of either leaves them nothing in common.
    let mut in_front = before.iter().take(o).chain(after.iter().take(n));
    old.name != new.name
        && old.kind != new.kind
        && old.overlaps(new)
        && !in_front.any(|row| row.covers(old) || row.covers(new))
}

impl Failure<'_, '_> {
    /// Whether one reply could match both rows.
    fn overlaps(&self, other: &Failure<'_, '_>) -> bool {
        let code = self.code.zip(other.code).is_none_or(|(a, b)| a == b);
        let sub_code = self.sub_code.zip(other.sub_code);
        let sub_code = sub_code.is_none_or(|(a, b)| match (prefix(a), prefix(b)) {
            (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
            (Some(start), None) => b.starts_with(start),
            (None, Some(start)) => a.starts_with(start),
            (None, None) => a == b,
        });
        // A message can contain any two texts, unless both are its beginning.
        let text = self.text.as_ref().zip(other.text.as_ref());
        let text = text.is_none_or(|(a, b)| {
            let (folded, other) = (a.folded.as_str(), b.folded.as_str());
            !(a.begins && b.begins) || folded.starts_with(other) || other.starts_with(folded)
        });
        code && sub_code && text
    }

    /// Whether every reply that matches the other row matches this one.
    fn covers(&self, other: &Failure<'_, '_>) -> bool {
        let code = self.code.is_none_or(|code| other.code == Some(code));
        let sub_code = self.sub_code.is_none_or(|pattern| {
            let within = |part: &str| match prefix(pattern) {
                Some(start) => part.starts_with(start),
                None => part == pattern,
            };
            other.sub_code.is_some_and(within)
        });
        let text = self.text.as_ref().is_none_or(|text| {
            let within = |part: &Text| {
                let begins = part.begins && part.folded.starts_with(&text.folded);
                begins || !text.begins && part.folded.contains(&text.folded)
            };
            other.text.as_ref().is_some_and(within)
        });
        code && sub_code && text
    }
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
