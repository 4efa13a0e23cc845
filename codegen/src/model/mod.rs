//! The schemas as typed data: each keyword in the form it means, each value with its place.
//!
//! JSON trees flow in ([`mod@file`] reads the roots, [`schema`] the schemas, [`gateway`] what is no
//! schema), the [`Model`] flows on to the passes that resolve and lower it. Reading reports what a
//! keyword's value can do wrong alone; what keywords do wrong together is found when they are
//! lowered.

mod account;
pub(crate) mod docs;
pub(crate) mod file;
pub(crate) mod gateway;
pub(crate) mod pager;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod shape;
mod sign;

use crate::diagnostic::Problems;
use crate::keyword::{Keyword, Rejected, Structure};
use crate::model::docs::Docs;
use crate::model::file::{ApiRoot, GatewayRoot};
use crate::model::rules::RuleWords;
use crate::model::shape::ShapeWords;
use crate::source::{FileId, Place, Role, Sources, Spanned};

/// All files of a run.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// In path order.
    pub(crate) files: Vec<File>,
}

/// One file that could be read.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) id: FileId,
    /// The directory.
    pub(crate) gateway: String,
    pub(crate) root: Root,
    /// In the order of the file.
    pub(crate) definitions: Vec<Definition>,
}

#[derive(Debug)]
pub(crate) enum Root {
    Gateway(Box<GatewayRoot>),
    Api(Box<ApiRoot>),
    /// The text is broken, so that nothing can be said about what refers to it.
    Broken,
}

/// One entry of `$defs`.
#[derive(Debug)]
pub(crate) struct Definition {
    pub(crate) key: Spanned<String>,
    pub(crate) schema: Schema,
}

/// One schema: its keywords, grouped as in [`crate::keyword`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    pub(crate) place: Place,
    /// Its mistake was reported: nothing is known about it.
    pub(crate) unreadable: bool,
    /// The schema `true`.
    pub(crate) anything: bool,
    /// The keywords that are there, each with the place of its key.
    pub(crate) words: Vec<(Keyword, Place)>,
    pub(crate) reference: Option<Spanned<String>>,
    /// `x-name`
    pub(crate) argument: Option<Spanned<String>>,
    pub(crate) shape: ShapeWords,
    pub(crate) rules: RuleWords,
    pub(crate) docs: Docs,
}

impl Schema {
    /// Where a keyword stands.
    pub(crate) fn word(&self, keyword: Keyword) -> Option<Place> {
        self.words
            .iter()
            .find(|(word, _)| *word == keyword)
            .map(|(_, place)| *place)
    }

    /// The place to blame for the schema as a whole: its opening bracket.
    pub(crate) fn opening(&self) -> Place {
        let mut place = self.place;
        place.span.end = place.span.end.min(place.span.start + 1);
        place
    }

    /// Whether this is an object or enum with a Rust type of its own.
    pub(crate) fn is_type(&self) -> bool {
        self.reference.is_none()
            && (self.shape.properties.is_some() || self.shape.variants.is_some())
    }

    /// Stands for a schema whose mistake was reported.
    pub(crate) fn unreadable(place: Place) -> Schema {
        Schema {
            place,
            unreadable: true,
            ..Schema::default()
        }
    }

    /// A shared definition with the keywords of this reference to it, which win.
    pub(crate) fn over(mut self, target: &Schema) -> Schema {
        self.words
            .retain(|(keyword, _)| *keyword != Keyword::Structure(Structure::Ref));
        self.words.extend(target.words.iter().copied());
        Schema {
            place: target.place,
            unreadable: target.unreadable,
            anything: target.anything,
            words: self.words,
            reference: target.reference.clone(),
            argument: self.argument,
            shape: self.shape.over(&target.shape),
            rules: self.rules.over(&target.rules),
            docs: self.docs.over(&target.docs),
        }
    }

    /// The schemas directly inside.
    pub(crate) fn children(&self) -> Vec<&Schema> {
        let shape = &self.shape;
        let properties = shape
            .properties
            .iter()
            .flat_map(|p| &p.value)
            .map(|p| &p.schema);
        let items = shape.items.iter().filter_map(|items| items.each());
        let arguments = shape.prefix_items.iter().flat_map(|p| &p.value);
        let branches = shape
            .all_of
            .iter()
            .chain(&shape.any_of)
            .flat_map(|b| &b.value);
        let content = shape.content.iter().map(|c| &**c);
        properties
            .chain(items)
            .chain(arguments)
            .chain(branches)
            .chain(content)
            .collect()
    }
}

impl Model {
    /// Reads every file that has a tree.
    pub(crate) fn read(sources: &Sources<'_>, problems: &mut Problems) -> Model {
        let mut files = Vec::new();
        for (id, role, root) in sources.iter() {
            let (gateway, is_gateway) = match role {
                Role::Gateway(gateway) => (gateway, true),
                Role::Api { gateway, .. } => (gateway, false),
                Role::Beside | Role::Stray => continue,
            };
            let file = match root {
                Some(root) if is_gateway => {
                    file::gateway(id, gateway, sources.path(id), root, problems)
                }
                Some(root) => file::api(id, gateway, sources.path(id), root, problems),
                None => None,
            };
            files.push(file.unwrap_or_else(|| File {
                id,
                gateway: gateway.clone(),
                root: Root::Broken,
                definitions: Vec::new(),
            }));
        }
        Model { files }
    }

    pub(crate) fn file(&self, id: FileId) -> Option<&File> {
        let index = self.files.binary_search_by_key(&id, |file| file.id).ok()?;
        self.files.get(index)
    }

    /// Names of the directories, in order.
    pub(crate) fn gateways(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .files
            .iter()
            .map(|file| file.gateway.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// A keyword of JSON Schema that the dialect does without.
pub(crate) fn reject(keyword: Rejected, place: Place, problems: &mut Problems) {
    problems.report(
        crate::code::Code::RejectedKeyword,
        place,
        format!("the keyword `{}` is not supported", keyword.text()),
        keyword.help(),
    );
}
