//! Renames: a field that is gone and one that is new, and are the same.

use super::reader::Reader;
use crate::json::{Node, Value, quoted};
use crate::keyword::Keyword;
use crate::names;
use crate::review::change::canonical;
use crate::review::tree::{At, Tree};
use crate::source::Place;

/// A field by its name and schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'t> {
    pub(super) name: &'t str,
    pub(super) key: Place,
    pub(super) at: At<'t>,
    /// Its position among the fields.
    pub(super) index: usize,
}

impl Field<'_> {
    /// What programs call it.
    pub(super) fn rust(&self) -> String {
        let given = self.at.get("x-rust-name").and_then(|at| at.node.text());
        given
            .filter(|name| names::is_snake(name))
            .map_or_else(|| names::snake(self.name), str::to_owned)
    }
}

type Side<'s, 't> = (&'t Tree<'t>, &'s [Field<'t>]);

/// Pairs of an old and a new field that are one: they cite the same row, or else they have the same
/// Rust name, or else the same shape in the same place. A pair is one only if nothing else could be meant.
pub(super) fn find<'t>(old: Side<'_, 't>, new: Side<'_, 't>) -> Vec<(Field<'t>, Field<'t>)> {
    let only = |side: Side<'_, 't>, other: Side<'_, 't>| -> Vec<Field<'t>> {
        let known = |field: &&Field<'t>| !other.1.iter().any(|one| one.name == field.name);
        side.1.iter().filter(known).copied().collect()
    };
    let (mut gone, mut come) = (only(old, new), only(new, old));
    let mut pairs = by(&gone, &come, |field, is_old| {
        let tree = if is_old { old.0 } else { new.0 };
        super::effective(tree, field.at, "x-row").map(|row| canonical(row.node))
    });
    let left = |pairs: &[(Field<'t>, Field<'t>)], gone: &mut Vec<_>, come: &mut Vec<_>| {
        gone.retain(|one: &Field<'t>| !pairs.iter().any(|(old, _)| old.name == one.name));
        come.retain(|one: &Field<'t>| !pairs.iter().any(|(_, new)| new.name == one.name));
    };
    left(&pairs, &mut gone, &mut come);
    pairs.extend(by(&gone, &come, |field, _| Some(field.rust())));
    left(&pairs, &mut gone, &mut come);
    pairs.extend(by(&gone, &come, |field, is_old| {
        // The place is counted among the fields that both sides have.
        let (own, other) = if is_old {
            (old.1, new.1)
        } else {
            (new.1, old.1)
        };
        let before = own.iter().filter(|one| one.index < field.index);
        let place = before.filter(|one| other.iter().any(|o| o.name == one.name));
        Some(format!("{} {}", place.count(), shape(field.at.node)))
    }));
    pairs
}

/// Pairs of fields with the same key, where on each side only one has it.
fn by<'t>(
    gone: &[Field<'t>],
    come: &[Field<'t>],
    key: impl Fn(&Field<'t>, bool) -> Option<String>,
) -> Vec<(Field<'t>, Field<'t>)> {
    let keys = |all: &[Field<'t>], is_old| -> Vec<Option<String>> {
        all.iter().map(|field| key(field, is_old)).collect()
    };
    let (before, after) = (keys(gone, true), keys(come, false));
    let once = |all: &[Option<String>], key: &String| {
        all.iter()
            .filter(|other| other.as_ref() == Some(key))
            .count()
            == 1
    };
    let mut pairs = Vec::new();
    for (field, key) in come.iter().zip(&after) {
        let Some(key) = key else { continue };
        let mut others = gone.iter().zip(&before);
        if once(&before, key)
            && once(&after, key)
            && let Some((old, _)) = others.find(|(_, other)| other.as_ref() == Some(key))
        {
            pairs.push((*old, *field));
        }
    }
    pairs
}

/// A schema without its words.
fn shape(node: &Node) -> String {
    match &node.value {
        Value::Object(members) => {
            let mut members: Vec<_> = members
                .iter()
                .filter(|member| !is_words(&member.key))
                .collect();
            members.sort_by(|a, b| a.key.cmp(&b.key));
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{}:{}", quoted(&member.key), shape(&member.node)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::List(elements) => {
            let elements: Vec<String> = elements.iter().map(shape).collect();
            format!("[{}]", elements.join(","))
        }
        _ => canonical(node),
    }
}

fn is_words(key: &str) -> bool {
    matches!(Keyword::named(key).map(Reader::of), Some(Reader::Simple(_)))
}
