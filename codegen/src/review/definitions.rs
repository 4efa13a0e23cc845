//! Definitions that no message reaches: they are types of the bindings all the same.

use std::collections::BTreeSet;

use super::scope::{Half, Pair};
use super::tree::At;
use crate::json::{Node, Value};

/// A definition of a file that only types come from, as both sides have it.
pub(crate) type Unreached<'t> = (Option<Half<'t>>, Option<Half<'t>>);

/// The definitions of a file, by name, that no message reaches on either side.
///
/// A gateway's definition is reached by what any API of the gateway sends or receives.
pub(crate) fn unreached<'t>(file: &Pair<'t>) -> Vec<Unreached<'t>> {
    let reached: BTreeSet<String> = [file.old, file.new]
        .into_iter()
        .flatten()
        .flat_map(reached)
        .collect();
    let mut names: Vec<&str> = [file.old, file.new]
        .into_iter()
        .flatten()
        .flat_map(|(_, root)| definitions(root.node))
        .filter(|name| !reached.contains(*name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| {
            let side = |half: Option<Half<'t>>| {
                let (tree, root) = half?;
                let at = root.get("$defs")?.get(name)?;
                Some((tree, at))
            };
            (side(file.old), side(file.new))
        })
        .collect()
}

fn definitions(root: &Node) -> impl Iterator<Item = &str> {
    let definitions = root.get("$defs").map_or(&[][..], Node::members);
    definitions.iter().map(|member| member.key.as_str())
}

/// Names of the definitions of a file that messages reach: its own, or those of all APIs beside it.
fn reached((tree, root): Half<'_>) -> BTreeSet<String> {
    let own = tree.path(root.file);
    let directory = own.rsplit_once('/').map_or("", |(directory, _)| directory);
    let beside = tree.paths().filter(|path| {
        path.strip_prefix(directory)
            .is_some_and(|rest| rest.starts_with('/'))
    });
    let gateway = own.ends_with("/gateway.json");
    let messages: Vec<At<'_>> = beside
        .filter(|path| gateway || *path == own)
        .filter_map(|path| tree.root(path)?.get("properties"))
        .collect();
    let mut seen = BTreeSet::new();
    let mut left = messages;
    while let Some(at) = left.pop() {
        for reference in references(at.node) {
            let Some(target) = tree.follow(at.file, reference) else {
                continue;
            };
            let place = (target.file, target.node.place);
            if seen.insert(place) {
                left.push(target);
            }
        }
    }
    let of_file = |node: &Node| seen.contains(&(root.file, node.place));
    let definitions = root.node.get("$defs").map_or(&[][..], Node::members);
    definitions
        .iter()
        .filter(|member| of_file(&member.node))
        .map(|member| member.key.clone())
        .collect()
}

/// Every reference inside a schema. The reader bounds the depth of trees.
fn references(node: &Node) -> Vec<&str> {
    match &node.value {
        Value::Object(members) => members
            .iter()
            .flat_map(|member| match (member.key.as_str(), &member.node.value) {
                ("$ref", Value::Text(reference)) => vec![reference.as_str()],
                _ => references(&member.node),
            })
            .collect(),
        Value::List(elements) => elements.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
