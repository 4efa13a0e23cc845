//! Which APIs a change reaches: those whose file changed, and those of a gateway whose file did.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Because;
use super::tree::{At, Tree};
use super::verdict::{Direction, Flow};
use crate::json::Node;
use crate::source::SourceFile;

/// One side of a file: the tree that it belongs to, and its root.
pub(crate) type Half<'t> = (&'t Tree<'t>, At<'t>);

/// Something that both sides may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'t> {
    pub(crate) old: Option<Half<'t>>,
    pub(crate) new: Option<Half<'t>>,
}

/// A gateway with everything in it that has to be looked at.
#[derive(Debug)]
pub(crate) struct Gateway<'t> {
    pub(crate) name: String,
    /// Its own file; its bytes may be equal.
    pub(crate) file: Pair<'t>,
    /// Its own file has other bytes, or is on one side only.
    pub(crate) changed: bool,
    /// Methods of the head, in order of their files.
    pub(crate) methods: Vec<String>,
    pub(crate) apis: Vec<Api<'t>>,
}

/// An API that has to be looked at.
#[derive(Debug)]
pub(crate) struct Api<'t> {
    pub(crate) method: String,
    pub(crate) file: Pair<'t>,
    pub(crate) because: Because,
}

impl<'t> Pair<'t> {
    /// The newer side that there is.
    pub(crate) fn newest(&self) -> Option<Half<'t>> {
        self.new.or(self.old)
    }
}

impl Gateway<'_> {
    /// Who makes a message of this gateway: a push is the call of the other side.
    pub(crate) fn flow(&self, direction: Direction) -> Option<Flow> {
        let push = self
            .file
            .newest()
            .and_then(|(_, root)| root.pointer("/x-gateway/direction"))
            .is_some_and(|at| at.node.text() == Some("push"));
        match direction {
            Direction::Request if push => Some(Flow::Received),
            Direction::Reply if push => Some(Flow::Sent),
            Direction::Request => Some(Flow::Sent),
            Direction::Reply => Some(Flow::Received),
            Direction::Both => None,
        }
    }

    /// Whether there is anything to look at.
    pub(crate) fn is_concerned(&self) -> bool {
        self.changed || !self.apis.is_empty()
    }
}

/// The files of both sides that a change concerns: those that differ, with their gateways' files; all
/// of a gateway whose own file differs; and the lock. Nothing else is read, so that a change of one
/// API costs the same however many there are.
pub(crate) fn concerned(
    old: &[SourceFile],
    new: &[SourceFile],
) -> (Vec<SourceFile>, Vec<SourceFile>) {
    let (before, after) = (contents(old), contents(new));
    let paths: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let changed = paths
        .into_iter()
        .filter(|path| before.get(path) != after.get(path));
    let mut kept = BTreeSet::from(["sources.lock".to_owned()]);
    let mut gateways = BTreeSet::new();
    for path in changed {
        let directory = path.split_once('/').map_or("", |(directory, _)| directory);
        let own = format!("{directory}/gateway.json");
        if path == own {
            gateways.insert(directory);
        }
        kept.insert(own);
        kept.insert(path.to_owned());
    }
    let is_kept = |file: &&SourceFile| {
        let directory = file.path.split_once('/').map(|(directory, _)| directory);
        kept.contains(&file.path) || directory.is_some_and(|name| gateways.contains(name))
    };
    let side = |files: &[SourceFile]| files.iter().filter(is_kept).cloned().collect();
    (side(old), side(new))
}

fn contents(files: &[SourceFile]) -> BTreeMap<&str, &[u8]> {
    files
        .iter()
        .map(|file| (file.path.as_str(), file.bytes.as_slice()))
        .collect()
}

/// The files of one side by gateway and name, with their bytes.
type Files<'t> = BTreeMap<String, BTreeMap<String, (Half<'t>, &'t [u8])>>;

/// All gateways that a change concerns, in order of their names.
pub(crate) fn scope<'t>(
    old: (&'t Tree<'t>, &'t [SourceFile]),
    new: (&'t Tree<'t>, &'t [SourceFile]),
) -> Vec<Gateway<'t>> {
    let old = files(old.0, old.1);
    let new = files(new.0, new.1);
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let empty = BTreeMap::new();
    names
        .into_iter()
        .map(|name| {
            let side =
                |files: &Files<'t>| files.get(name).cloned().unwrap_or_else(|| empty.clone());
            gateway(name, side(&old), side(&new))
        })
        .filter(Gateway::is_concerned)
        .collect()
}

fn files<'t>(tree: &'t Tree<'t>, sources: &'t [SourceFile]) -> Files<'t> {
    let mut files = Files::new();
    for source in sources {
        if let (Some(root), Some((gateway, name))) =
            (tree.root(&source.path), source.path.split_once('/'))
        {
            let entry = ((tree, root), source.bytes.as_slice());
            files
                .entry(gateway.to_owned())
                .or_default()
                .insert(name.to_owned(), entry);
        }
    }
    files
}

fn gateway<'t>(
    name: &str,
    mut old: BTreeMap<String, (Half<'t>, &'t [u8])>,
    mut new: BTreeMap<String, (Half<'t>, &'t [u8])>,
) -> Gateway<'t> {
    let own = (old.remove("gateway.json"), new.remove("gateway.json"));
    let changed = own.0.map(|(_, bytes)| bytes) != own.1.map(|(_, bytes)| bytes);
    let methods = new
        .values()
        .map(|((_, root), _)| method(root.node))
        .collect();

    // An API keeps its identity when its file is renamed, and when its method is; the method says
    // more, so that no other API may take the file of one that has moved.
    let mut before = BTreeMap::new();
    for (path, ((_, root), _)) in &new {
        let found = old
            .iter()
            .find(|(_, ((_, other), _))| method(other.node) == method(root.node))
            .map(|(path, _)| path.clone());
        if let Some(entry) = found.and_then(|path| old.remove_entry(&path)) {
            before.insert(path, entry);
        }
    }
    for path in new.keys() {
        if !before.contains_key(path)
            && let Some(entry) = old.remove_entry(path)
        {
            before.insert(path, entry);
        }
    }
    let mut apis = Vec::new();
    for (path, (half, bytes)) in &new {
        let before = before.get(path);
        let because = match before {
            None => Because::Added,
            Some((before, (_, old))) if before != path || old != bytes => Because::Changed,
            Some(_) if changed => Because::Gateway,
            Some(_) => continue,
        };
        apis.push(Api {
            method: method(half.1.node),
            file: Pair {
                old: before.map(|(_, (half, _))| *half),
                new: Some(*half),
            },
            because,
        });
    }
    for (half, _) in old.into_values() {
        apis.push(Api {
            method: method(half.1.node),
            file: Pair {
                old: Some(half),
                new: None,
            },
            because: Because::Removed,
        });
    }
    apis.sort_by(|a, b| a.method.cmp(&b.method));
    Gateway {
        name: name.to_owned(),
        file: Pair {
            old: own.0.map(|(half, _)| half),
            new: own.1.map(|(half, _)| half),
        },
        changed,
        methods,
        apis,
    }
}

/// The method's name on the wire.
fn method(root: &Node) -> String {
    root.get("x-api")
        .and_then(|api| api.get("method"))
        .and_then(Node::text)
        .unwrap_or_default()
        .to_owned()
}
