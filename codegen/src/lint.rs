//! What a reviewer would ask for: words for every type and property, and where they come from.

use crate::code::Code;
use crate::diagnostic::{Diagnostics, Problems};
use crate::model::docs::Docs;
use crate::model::{File, Model, Schema};
use crate::names;
use crate::resolve::References;
use crate::source::{Place, SourceFile, Sources};

/// Types and properties without a title, a description, or a row (or a note that says why there is
/// none). What is wrong with the schemas themselves is told by [`lower`](crate::lower()).
pub fn lint(files: &[SourceFile]) -> Diagnostics {
    let mut ignored = Problems::default();
    let sources = Sources::read(files, &mut ignored);
    let model = Model::read(&sources, &mut ignored);
    let references = References::resolve(&model, &sources, &mut ignored);
    let mut lint = Lint {
        model: &model,
        references: &references,
        problems: Problems::default(),
    };
    for file in &model.files {
        lint.file(file);
    }
    lint.problems.resolve(&sources)
}

struct Lint<'m> {
    model: &'m Model,
    references: &'m References,
    problems: Problems,
}

impl Lint<'_> {
    fn file(&mut self, file: &File) {
        for definition in &file.definitions {
            let key = &definition.key;
            if names::is_upper_camel(&key.value) && !definition.schema.unreadable {
                let what = format!("the type `{}`", key.value);
                self.words(&definition.schema.docs, &what, key.place);
            }
        }
        for schema in file.schemas() {
            self.schema(schema);
        }
    }

    fn schema(&mut self, schema: &Schema) {
        for property in schema.shape.properties.iter().flat_map(|p| &p.value) {
            let what = format!("the property `{}`", property.key.value);
            self.field(&property.schema, &what, property.key.place);
        }
        for argument in schema.shape.prefix_items.iter().flat_map(|p| &p.value) {
            if let Some(name) = &argument.argument {
                self.field(
                    argument,
                    &format!("the argument `{}`", name.value),
                    name.place,
                );
            }
        }
        for child in schema.children() {
            self.schema(child);
        }
    }

    fn field(&mut self, schema: &Schema, what: &str, place: Place) {
        if schema.unreadable {
            return;
        }
        let docs = match self.references.follow(self.model, schema) {
            Some((_, definition)) => schema.docs.clone().over(&definition.schema.docs),
            None => schema.docs.clone(),
        };
        self.words(&docs, what, place);
        if schema.docs.rows.is_empty() && schema.docs.notes.is_empty() {
            self.problems.report(
                Code::Uncited,
                place,
                format!("{what} cites no row"),
                "cite the row of the document with `x-row`, or say in `x-note` where it is from",
            );
        }
    }

    fn words(&mut self, docs: &Docs, what: &str, place: Place) {
        let lacks = match (&docs.title, &docs.description) {
            (Some(_), Some(_)) => return,
            (None, Some(_)) => "`title`",
            (Some(_), None) => "`description`",
            (None, None) => "`title` and `description`",
        };
        self.problems.report(
            Code::Undocumented,
            place,
            format!("{what} lacks {lacks}"),
            "the title is the document's own term, the description one sentence in English",
        );
    }
}
