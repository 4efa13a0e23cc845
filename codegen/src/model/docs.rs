//! Keywords that become documentation.

use crate::diagnostic::Problems;
use crate::json::{self, Node};
use crate::keyword::Documentation;
use crate::members::{boolean, list, rows, text, texts};
use crate::source::Spanned;

/// What is said about a schema.
#[derive(Clone, Debug, Default)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    /// JSON text.
    pub(crate) default: Option<String>,
    pub(crate) deprecated: bool,
    /// JSON texts.
    pub(crate) examples: Vec<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) rows: Vec<Spanned<String>>,
}

impl Docs {
    /// These, completed by what is said about the schema that is referred to.
    pub(crate) fn over(self, target: &Docs) -> Docs {
        Docs {
            title: self.title.or_else(|| target.title.clone()),
            description: self.description.or_else(|| target.description.clone()),
            default: self.default.or_else(|| target.default.clone()),
            deprecated: self.deprecated || target.deprecated,
            examples: self
                .examples
                .into_iter()
                .chain(target.examples.iter().cloned())
                .collect(),
            notes: self
                .notes
                .into_iter()
                .chain(target.notes.iter().cloned())
                .collect(),
            rows: self
                .rows
                .into_iter()
                .chain(target.rows.iter().cloned())
                .collect(),
        }
    }
}

pub(super) fn read(docs: &mut Docs, keyword: Documentation, node: &Node, problems: &mut Problems) {
    match keyword {
        Documentation::Title => docs.title = text(node, problems).map(|text| text.value),
        Documentation::Description => {
            docs.description = text(node, problems).map(|text| text.value);
        }
        Documentation::Default => docs.default = Some(json::compact(node)),
        Documentation::Deprecated => {
            docs.deprecated = boolean(node, problems).is_some_and(|b| b.value);
        }
        Documentation::Examples => {
            let examples = list(node, problems, |node, _| Some(json::compact(node)));
            docs.examples = examples.map_or_else(Vec::new, |examples| examples.value);
        }
        // For those who read the schema, not for users.
        Documentation::Comment => drop(text(node, problems)),
        Documentation::XNote => {
            let notes = texts(node, problems).unwrap_or_default();
            docs.notes = notes.into_iter().map(|note| note.value).collect();
        }
        Documentation::XRow => docs.rows = rows(node, problems).unwrap_or_default(),
    }
}
