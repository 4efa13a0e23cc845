//! Definitions: what each entry of `$defs` is, and how its type is named in Rust.

use std::collections::BTreeMap;

use super::Lowering;
use super::value::At;
use crate::code::Code;
use crate::diagnostic::Problem;
use crate::keyword::{Documentation, Keyword};
use crate::model::docs::Docs;
use crate::model::file::ApiRoot;
use crate::model::{Definition, File, Schema};
use crate::names;
use crate::resolve::Target;
use crate::source::{Place, Spanned};

impl<'m> Lowering<'m, '_> {
    /// Takes the Rust names of the file's types.
    pub(super) fn name_definitions(&mut self, file: &'m File) {
        // A type made from several positional arguments is named by its API.
        for (index, definition) in file.definitions.iter().enumerate() {
            let Some(name) = self.definition_name(definition) else {
                continue;
            };
            self.names.take(&name, definition.key.place, self.problems);
            self.definitions.insert(
                Target {
                    file: file.id,
                    index,
                },
                name,
            );
        }
    }

    /// Lowers the file's types. Shared definitions in snake case are lowered where they are used;
    /// here they are only looked at.
    pub(super) fn lower_definitions(&mut self, file: &'m File) {
        let used = Docs::default();
        for (index, definition) in file.definitions.iter().enumerate() {
            let target = Target {
                file: file.id,
                index,
            };
            let place = definition.key.place;
            let at = At {
                file: file.id,
                name: "",
                docs: &used,
                used: place,
                required: false,
                depth: 0,
            };
            match self.definitions.get(&target).cloned() {
                Some(name) => {
                    self.check_type_words(&definition.schema);
                    self.define(&definition.schema, name, at);
                }
                None if names::is_snake(&definition.key.value) => {
                    self.value(&definition.schema, at);
                }
                None => {}
            }
        }
    }

    /// Keywords that say something about a property, which a type with a name is not.
    fn check_type_words(&mut self, schema: &Schema) {
        for keyword in [Documentation::Default, Documentation::Examples] {
            if let Some(place) = schema.word(Keyword::Documentation(keyword)) {
                self.problems.report(
                    Code::NotApplicable,
                    place,
                    format!("`{}` does not go with a type", keyword.text()),
                    "move it to the property that has this type",
                );
            }
        }
    }

    /// The Rust name of a definition; nothing when it is no type.
    fn definition_name(&mut self, definition: &Definition) -> Option<String> {
        let Definition { key, schema } = definition;
        let (upper, snake) = (
            names::is_upper_camel(&key.value),
            names::is_snake(&key.value),
        );
        let wrong = if schema.unreadable {
            None
        } else if upper && !schema.is_type() {
            Some((
                "is no type",
                "a name in UpperCamel defines an object with properties or an `x-enum`; name others in snake_case",
            ))
        } else if upper && names::is_reserved_type(&key.value) && schema.shape.rust_name.is_none() {
            Some(("is taken in Rust", "choose another name"))
        } else if snake && schema.is_type() {
            Some((
                "is a type",
                "a name in snake_case defines a shared scalar; name objects and `x-enum`s in UpperCamel",
            ))
        } else if snake && holds_type(schema) {
            Some((
                "holds a type",
                "define the object or `x-enum` inside under a name of its own in UpperCamel",
            ))
        } else if !upper && !snake {
            Some((
                "is neither UpperCamel nor snake_case",
                "name types in UpperCamel, shared scalars in snake_case",
            ))
        } else {
            None
        };
        if let Some((what, help)) = wrong {
            let message = format!("the definition `{}` {what}", key.value);
            self.problems
                .report(Code::DefinitionName, key.place, message, help);
            return None;
        }
        (upper && !schema.unreadable).then(|| type_name(schema, &key.value))
    }

    /// Whether `x-rust-name` is one that fits: `UpperCamel` names the type of an object or enum
    /// right here, `snake_case` names the field.
    pub(super) fn check_rust_name(&mut self, schema: &Schema, field: bool) {
        let Some(name) = &schema.shape.rust_name else {
            return;
        };
        let help = if names::is_upper_camel(&name.value) {
            if schema.is_type() && !names::is_reserved_type(&name.value) {
                return;
            }
            "a name in UpperCamel names the type of the object or `x-enum` beside it, and no name that Rust or the crate uses"
        } else {
            if field && names::identifier(&name.value).is_some() {
                return;
            }
            "a name in snake_case names the field of a property; it must not be `self`, `super`, `crate` or `extra`"
        };
        self.problems.report(
            Code::BadRustName,
            name.place,
            format!("`{}` names nothing here", name.value),
            help,
        );
    }

    /// The module of an API; a second API with one name is reported.
    pub(super) fn module(
        &mut self,
        file: &File,
        root: &ApiRoot,
        modules: &mut BTreeMap<String, Place>,
    ) -> Option<String> {
        let path = self.sources.path(file.id);
        let Some(module) = ApiRoot::module(path) else {
            self.problems.report(
                Code::NoRustName,
                root.place,
                format!("no module can be named after `{path}`"),
                "a file is named after its method: letters, digits, dots and underscores",
            );
            return None;
        };
        if let Some(first) = modules.insert(module.clone(), root.place) {
            self.problems.push(
                Problem::new(
                    Code::ModuleClash,
                    root.place,
                    format!("two APIs of this gateway have the module `{module}`"),
                    "rename one of the files",
                )
                .also(first, "the other is"),
            );
        }
        Some(module)
    }
}

/// The Rust name of an object or enum: its `x-rust-name`, or else the one that is offered.
pub(super) fn type_name(schema: &Schema, offered: &str) -> String {
    given_name(schema).map_or_else(|| offered.to_owned(), |name| name.value.clone())
}

/// The place that gives a type its name.
pub(super) fn naming_place(schema: &Schema) -> Place {
    given_name(schema).map_or_else(|| schema.opening(), |name| name.place)
}

fn given_name(schema: &Schema) -> Option<&Spanned<String>> {
    let name = schema.shape.rust_name.as_ref();
    name.filter(|name| names::is_upper_camel(&name.value))
}

/// Whether an object or enum without a name stands somewhere inside.
fn holds_type(schema: &Schema) -> bool {
    schema
        .children()
        .into_iter()
        .any(|child| child.is_type() || holds_type(child))
}
