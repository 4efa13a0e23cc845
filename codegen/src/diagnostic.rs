//! What is wrong with the schemas, for people and for programs.
//!
//! The passes report [`Problems`], which are cheap and know only places. At the end they become
//! [`Diagnostics`], which stand alone: each has its line, column, JSON Pointer and excerpt, and
//! prints itself (see [`crate::render`]).

use crate::code::Code;
use crate::json;
use crate::render::Excerpt;
use crate::source::{Place, Sources, Span};

/// One mistake in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake it is.
    pub code: Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// File below `schemas/`.
    pub path: String,
    /// Bytes of that file.
    pub span: Span,
    /// Line of the first byte, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// JSON Pointer of the value; empty for the whole file.
    pub pointer: String,
    /// The remedy.
    pub help: String,
    /// Other places that have to do with it.
    pub labels: Vec<Label>,
    pub(crate) excerpt: Excerpt,
}

/// A second place of a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What this place has to do with it.
    pub message: String,
    /// File below `schemas/`.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// JSON Pointer of the value.
    pub pointer: String,
}

impl Diagnostic {
    /// The machine form: one JSON object on one line.
    pub fn to_json(&self) -> String {
        let labels: Vec<String> = self
            .labels
            .iter()
            .map(|label| {
                format!(
                    "{{\"path\":{},\"line\":{},\"column\":{},\"pointer\":{},\"message\":{}}}",
                    json::quoted(&label.path),
                    label.line,
                    label.column,
                    json::quoted(&label.pointer),
                    json::quoted(&label.message),
                )
            })
            .collect();
        format!(
            "{{\"code\":{},\"path\":{},\"line\":{},\"column\":{},\"pointer\":{},\"message\":{},\"help\":{},\"labels\":[{}]}}",
            json::quoted(self.code.as_str()),
            json::quoted(&self.path),
            self.line,
            self.column,
            json::quoted(&self.pointer),
            json::quoted(&self.message),
            json::quoted(&self.help),
            labels.join(","),
        )
    }
}

/// All mistakes of one run, sorted by file and place. All of them are errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// In order of file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Adds those of another run; what both found stands once.
    pub fn extend(&mut self, others: Diagnostics) {
        self.list.extend(others.list);
        self.list.sort_by(|a, b| {
            (&a.path, a.span, a.code, &a.message).cmp(&(&b.path, b.span, b.code, &b.message))
        });
        self.list.dedup();
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl std::error::Error for Diagnostics {}

/// Mistakes as the passes find them.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Problem {
    place: Place,
    code: Code,
    message: String,
    help: String,
    also: Vec<(Place, String)>,
}

impl Problem {
    pub(crate) fn new(
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        Problem {
            place,
            code,
            message: message.into(),
            help: help.into(),
            also: Vec::new(),
        }
    }

    /// Names a second place.
    pub(crate) fn also(mut self, place: Place, message: impl Into<String>) -> Problem {
        self.also.push((place, message.into()));
        self
    }
}

impl Problems {
    pub(crate) fn report(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Problem::new(code, place, message, help));
    }

    pub(crate) fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Looks up lines, columns and pointers.
    pub(crate) fn resolve(mut self, sources: &Sources<'_>) -> Diagnostics {
        self.list.sort();
        // A shared schema is looked at once for each use: say once what is wrong with it.
        self.list.dedup();
        let list = self
            .list
            .into_iter()
            .map(|problem| problem.resolve(sources))
            .collect();
        Diagnostics { list }
    }
}

impl Problem {
    fn resolve(self, sources: &Sources<'_>) -> Diagnostic {
        let excerpt = Excerpt::cut(sources.bytes(self.place.file), self.place.span);
        let labels = self.also.into_iter().map(|(place, message)| {
            let excerpt = Excerpt::cut(sources.bytes(place.file), place.span);
            Label {
                message,
                path: sources.path(place.file).to_owned(),
                line: excerpt.line,
                column: excerpt.column,
                pointer: sources.pointer(place),
            }
        });
        Diagnostic {
            code: self.code,
            message: self.message,
            path: sources.path(self.place.file).to_owned(),
            span: self.place.span,
            line: excerpt.line,
            column: excerpt.column,
            pointer: sources.pointer(self.place),
            help: self.help,
            labels: labels.collect(),
            excerpt,
        }
    }
}
