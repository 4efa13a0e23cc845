//! One side of a review: its files as JSON trees, and where references lead.
//!
//! Unlike the generator's own resolver this one takes any schema: references may lead anywhere in a
//! file, and back to themselves.

use crate::diagnostic::Problems;
use crate::json::{self, Node, Value, tokens};
use crate::source::{FileId, Place, SourceFile, Sources};

/// The files of one side.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    sources: Sources<'a>,
    /// `sources.lock`, where it is among the files.
    lock: Option<Node>,
}

/// A schema: its node, and the file that its references start from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct At<'t> {
    pub(crate) file: FileId,
    pub(crate) node: &'t Node,
}

impl<'a> Tree<'a> {
    /// Reads the files; what is wrong with their text is reported.
    pub(crate) fn read(files: &'a [SourceFile], problems: &mut Problems) -> Tree<'a> {
        let lock = files.iter().find(|file| file.path == "sources.lock");
        // What is wrong with the lock is told by `check_rows`; a review does without it.
        let ignored = &mut Problems::default();
        let lock = lock.and_then(|file| json::read(FileId(files.len()), &file.bytes, ignored));
        Tree {
            sources: Sources::read(files, problems),
            lock,
        }
    }

    /// First digits of a row's hash in the lock: `param/11` of a document.
    pub(crate) fn row(&self, document: &str, row: &str) -> Option<&str> {
        let (table, number) = row.rsplit_once('/')?;
        let tables = self
            .lock
            .as_ref()?
            .get("documents")?
            .get(document)?
            .get("tables")?;
        let index = number.parse::<usize>().ok()?.checked_sub(1)?;
        tables.get(table)?.elements().get(index)?.text()
    }

    /// The whole of a file.
    pub(crate) fn root(&self, path: &str) -> Option<At<'_>> {
        let mut files = self.sources.iter();
        let (file, _, node) = files.find(|(file, ..)| self.sources.path(*file) == path)?;
        Some(At { file, node: node? })
    }

    /// Paths of the files that are JSON, in order.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let files = self.sources.iter().filter(|(_, _, node)| node.is_some());
        files.map(|(file, ..)| self.sources.path(file))
    }

    /// Path of a file.
    pub(crate) fn path(&self, file: FileId) -> &str {
        self.sources.path(file)
    }

    /// JSON Pointer of a place.
    pub(crate) fn pointer(&self, place: Place) -> String {
        self.sources.pointer(place)
    }

    /// Places and bytes, for lines and columns.
    pub(crate) fn sources(&self) -> &Sources<'a> {
        &self.sources
    }

    /// The schema that a reference of a file leads to: `#/...` in the file itself, `name.json#/...`
    /// in the file beside it.
    pub(crate) fn follow(&self, from: FileId, reference: &str) -> Option<At<'_>> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() {
            At {
                file: from,
                node: self.sources.root(from)?,
            }
        } else {
            let directory = self
                .path(from)
                .rsplit_once('/')
                .map_or("", |(directory, _)| directory);
            self.root(&format!("{directory}/{path}"))?
        };
        let node = descend(file.node, &tokens(fragment)?)?;
        Some(At {
            file: file.file,
            node,
        })
    }
}

impl<'t> At<'t> {
    /// A part of the same file.
    pub(crate) fn part(self, node: &'t Node) -> At<'t> {
        At {
            file: self.file,
            node,
        }
    }

    /// The part that a member holds.
    pub(crate) fn get(self, key: &str) -> Option<At<'t>> {
        self.node.get(key).map(|node| self.part(node))
    }

    /// The part that a JSON Pointer leads to.
    pub(crate) fn pointer(self, pointer: &str) -> Option<At<'t>> {
        descend(self.node, &tokens(pointer)?).map(|node| self.part(node))
    }
}

fn descend<'t>(root: &'t Node, tokens: &[String]) -> Option<&'t Node> {
    tokens
        .iter()
        .try_fold(root, |node, token| match &node.value {
            Value::Object(_) => node.get(token),
            Value::List(elements) => elements.get(token.parse::<usize>().ok()?),
            _ => None,
        })
}
