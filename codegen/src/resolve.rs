//! Where each `$ref` leads.
//!
//! A reference names a definition of its own file (`#/$defs/X`) or of a file beside it
//! (`gateway.json#/$defs/X`). What leads nowhere, where it must not, or back to itself is reported
//! here once and has no target afterwards, so that later passes need not look again.

use std::collections::{BTreeMap, BTreeSet};

use crate::code::Code;
use crate::diagnostic::{Problem, Problems};
use crate::model::{Definition, File, Model, Root, Schema};
use crate::source::{FileId, Place, Sources, Spanned};
use crate::suggest::did_you_mean;

/// A definition, by its file and its position in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pub(crate) file: FileId,
    pub(crate) index: usize,
}

/// The targets of all references, by the place of the reference.
#[derive(Debug, Default)]
pub(crate) struct References {
    targets: BTreeMap<Place, Target>,
}

impl References {
    /// Looks up every reference of the model.
    pub(crate) fn resolve(
        model: &Model,
        sources: &Sources<'_>,
        problems: &mut Problems,
    ) -> References {
        let mut references = References::default();
        for file in &model.files {
            for reference in file.schemas().into_iter().flat_map(collect) {
                if let Some(target) = find(model, file, reference, sources, problems) {
                    references.targets.insert(reference.place, target);
                }
            }
        }
        references.cut_cycles(model, problems);
        references
    }

    /// The definition that a schema refers to; nothing when that was reported.
    pub(crate) fn target(&self, schema: &Schema) -> Option<Target> {
        self.targets.get(&schema.reference.as_ref()?.place).copied()
    }

    /// The definition that a schema refers to, with its file.
    pub(crate) fn follow<'m>(
        &self,
        model: &'m Model,
        schema: &Schema,
    ) -> Option<(&'m File, &'m Definition)> {
        let target = self.target(schema)?;
        let file = model.file(target.file)?;
        Some((file, file.definitions.get(target.index)?))
    }

    /// Walks from every definition without recursion; a reference to a definition that is still
    /// being walked closes a cycle and is cut.
    fn cut_cycles(&mut self, model: &Model, problems: &mut Problems) {
        let mut done: BTreeSet<Target> = BTreeSet::new();
        for start in model.targets() {
            // Definitions on the way from the start, each with the references left to follow.
            let mut way = vec![(start, model.references(start))];
            while let Some((at, left)) = way.last_mut() {
                let at = *at;
                let Some(reference) = left.pop() else {
                    done.insert(at);
                    way.pop();
                    continue;
                };
                let Some(target) = self.targets.get(&reference.place).copied() else {
                    continue;
                };
                if done.contains(&target) {
                    continue;
                }
                match way.iter().position(|(on_way, _)| *on_way == target) {
                    Some(first) => {
                        let mut chain: Vec<&str> = way
                            .iter()
                            .skip(first)
                            .map(|(target, _)| model.name(*target))
                            .collect();
                        chain.push(model.name(target));
                        report_cycle(reference, &chain, problems);
                        self.targets.remove(&reference.place);
                    }
                    None => way.push((target, model.references(target))),
                }
            }
        }
    }
}

fn report_cycle(reference: &Spanned<String>, chain: &[&str], problems: &mut Problems) {
    // The ends of a long chain say enough.
    let chain = match chain {
        [first, second, .., last] if chain.len() > 12 => {
            format!("{first} -> {second} -> ... -> {last}")
        }
        _ => chain.join(" -> "),
    };
    problems.report(
        Code::ReferenceCycle,
        reference.place,
        format!("the reference leads back to itself: {chain}"),
        "break the chain: a message is always finite",
    );
}

fn find(
    model: &Model,
    from: &File,
    reference: &Spanned<String>,
    sources: &Sources<'_>,
    problems: &mut Problems,
) -> Option<Target> {
    let forbidden = || {
        Problem::new(
            Code::ForbiddenReference,
            reference.place,
            format!("`{}` must not be referred to", reference.value),
            "refer to `#/$defs/<name>`, or to `gateway.json#/$defs/<name>` of the same gateway",
        )
    };
    let parts = reference
        .value
        .split_once('#')
        .and_then(|(path, fragment)| {
            let name = fragment.strip_prefix("/$defs/")?;
            (!path.contains(['/', ':']) && !name.contains('/') && !name.is_empty())
                .then_some((path, name))
        });
    let Some((path, name)) = parts else {
        problems.push(forbidden());
        return None;
    };
    let file = if path.is_empty() {
        from
    } else {
        let path = format!("{}/{path}", from.gateway);
        let Some(file) = model.at(&path, sources) else {
            problems.report(
                Code::DanglingReference,
                reference.place,
                format!("there is no file `{path}`"),
                "shared definitions stand in `gateway.json` of the same gateway",
            );
            return None;
        };
        // A gateway's types must not depend on one API, nor one API on another.
        if !matches!(file.root, Root::Gateway(_) | Root::Broken) && file.id != from.id {
            problems.push(forbidden());
            return None;
        }
        file
    };
    let index = file
        .definitions
        .iter()
        .position(|definition| definition.key.value == name);
    if index.is_none() && !matches!(file.root, Root::Broken) {
        let names = || {
            file.definitions
                .iter()
                .map(|definition| definition.key.value.as_str())
        };
        problems.report(
            Code::DanglingReference,
            reference.place,
            format!("`$defs` of `{}` has no `{name}`", sources.path(file.id)),
            did_you_mean(name, names()).unwrap_or_else(|| format!("define `{name}` there")),
        );
    }
    index.map(|index| Target {
        file: file.id,
        index,
    })
}

/// Every reference in a schema. Schemas nest no deeper than JSON does.
fn collect(schema: &Schema) -> Vec<&Spanned<String>> {
    let inner = schema.children().into_iter().flat_map(collect);
    schema.reference.iter().chain(inner).collect()
}

impl File {
    /// The outermost schemas.
    pub(crate) fn schemas(&self) -> Vec<&Schema> {
        let exchange = match &self.root {
            Root::Api(root) => [root.request.as_ref(), root.reply.as_ref()],
            Root::Gateway(_) | Root::Broken => [None, None],
        };
        let definitions = self.definitions.iter().map(|definition| &definition.schema);
        exchange.into_iter().flatten().chain(definitions).collect()
    }
}

impl Model {
    /// The file of that path; files are in path order.
    fn at(&self, path: &str, sources: &Sources<'_>) -> Option<&File> {
        let found = self
            .files
            .binary_search_by(|file| sources.path(file.id).cmp(path));
        self.files.get(found.ok()?)
    }

    fn targets(&self) -> Vec<Target> {
        let of_file = |file: &File| {
            let id = file.id;
            (0..file.definitions.len()).map(move |index| Target { file: id, index })
        };
        self.files.iter().flat_map(of_file).collect()
    }

    fn definition(&self, target: Target) -> Option<&Definition> {
        self.file(target.file)?.definitions.get(target.index)
    }

    /// References of a definition, the first one last.
    fn references(&self, target: Target) -> Vec<&Spanned<String>> {
        let mut references = self
            .definition(target)
            .map(|d| collect(&d.schema))
            .unwrap_or_default();
        references.reverse();
        references
    }

    fn name(&self, target: Target) -> &str {
        self.definition(target)
            .map_or("", |definition| &definition.key.value)
    }
}
