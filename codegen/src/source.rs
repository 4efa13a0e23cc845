//! The schema files as they came, and places in them.
//!
//! Everything that the passes keep remembers its [`Place`]; a diagnostic turns it back into a line,
//! a column and a JSON Pointer.

use std::collections::BTreeSet;

use crate::code::Code;
use crate::diagnostic::Problems;
use crate::json::{self, Node};

/// One file of the schema tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path below `schemas/`, with forward slashes.
    pub path: String,
    /// Its content, whatever it is: broken text is a diagnostic.
    pub bytes: Vec<u8>,
}

/// A range of bytes of one file, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl Span {
    pub(crate) fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A file of this run, by its position in path order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// A span of one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: FileId,
    pub(crate) span: Span,
}

/// A value that remembers where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) place: Place,
}

/// What a file is for, by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// `<gateway>/gateway.json`
    Gateway(String),
    /// `<gateway>/<method>.json`
    Api {
        gateway: String,
        stem: String,
    },
    /// At home beside the gateways, but no input of the generator.
    Beside,
    Stray,
}

impl Role {
    fn of(path: &str) -> Role {
        if matches!(path, "dialect.json" | "sources.lock" | "approvals.toml")
            || path.starts_with("changes/")
        {
            return Role::Beside;
        }
        match (path.split_once('/'), path.strip_suffix(".json")) {
            (Some((gateway, file)), Some(_)) if !gateway.is_empty() && !file.contains('/') => {
                match file.strip_suffix(".json") {
                    Some("gateway") => Role::Gateway(gateway.to_owned()),
                    Some(stem) if !stem.is_empty() => Role::Api {
                        gateway: gateway.to_owned(),
                        stem: stem.to_owned(),
                    },
                    _ => Role::Stray,
                }
            }
            _ => Role::Stray,
        }
    }
}

/// All files of a run in path order, each with its JSON tree when it has one.
#[derive(Debug)]
pub(crate) struct Sources<'a> {
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    file: &'a SourceFile,
    role: Role,
    root: Option<Node>,
}

impl<'a> Sources<'a> {
    /// Sorts the files, so that the order of the input never shows, and reads their JSON.
    pub(crate) fn read(files: &'a [SourceFile], problems: &mut Problems) -> Sources<'a> {
        let mut sorted: Vec<&SourceFile> = files.iter().collect();
        sorted.sort_by(|a, b| (&a.path, &a.bytes).cmp(&(&b.path, &b.bytes)));
        let mut sources = Sources {
            entries: Vec::new(),
        };
        let mut paths = BTreeSet::new();
        for file in sorted {
            let id = FileId(sources.entries.len());
            let start = Place {
                file: id,
                span: Span::default(),
            };
            let role = Role::of(&file.path);
            let root = match role {
                Role::Beside => None,
                Role::Stray => {
                    problems.report(
                        Code::StrayFile,
                        start,
                        format!("`{}` is no schema file", file.path),
                        "move it to `<gateway>/gateway.json` or `<gateway>/<method>.json`, or delete it",
                    );
                    None
                }
                _ if !paths.insert(file.path.as_str()) => {
                    problems.report(
                        Code::StrayFile,
                        start,
                        format!("`{}` was given twice", file.path),
                        "give each file once",
                    );
                    None
                }
                _ => json::read(id, &file.bytes, problems),
            };
            sources.entries.push(Entry { file, role, root });
        }
        sources
    }

    /// Reads one more file, whatever its name: the lock of the documents.
    pub(crate) fn push(&mut self, file: &'a SourceFile, problems: &mut Problems) -> FileId {
        let id = FileId(self.entries.len());
        let root = json::read(id, &file.bytes, problems);
        self.entries.push(Entry {
            file,
            role: Role::Beside,
            root,
        });
        id
    }

    /// Schema files with their role and their tree; without a tree when their text is broken.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FileId, &Role, Option<&Node>)> {
        self.entries
            .iter()
            .enumerate()
            .map(|(n, e)| (FileId(n), &e.role, e.root.as_ref()))
    }

    pub(crate) fn root(&self, id: FileId) -> Option<&Node> {
        self.entries.get(id.0)?.root.as_ref()
    }

    pub(crate) fn path(&self, id: FileId) -> &str {
        self.entries.get(id.0).map_or("", |entry| &entry.file.path)
    }

    pub(crate) fn bytes(&self, id: FileId) -> &[u8] {
        self.entries
            .get(id.0)
            .map_or(&[], |entry| &entry.file.bytes)
    }

    /// JSON Pointer of the innermost value that holds the place.
    pub(crate) fn pointer(&self, place: Place) -> String {
        self.root(place.file)
            .map_or_else(String::new, |root| json::pointer(root, place.span))
    }

    /// `path#pointer`, the way a type's location is written.
    pub(crate) fn location(&self, place: Place) -> String {
        format!("{}#{}", self.path(place.file), self.pointer(place))
    }
}
