//! Objects to structs, properties to fields.

use std::collections::BTreeMap;

use super::Lowering;
use super::kind::{Kind, forms};
use super::value::{At, bare};
use crate::code::Code;
use crate::diagnostic::Problem;
use crate::ir::{Field, Forms, ObjectRule, Shape, Struct, Type, Value};
use crate::keyword::{Keyword, Rule, Shape as ShapeWord};
use crate::model::Schema;
use crate::model::docs::Docs;
use crate::names;
use crate::source::{Place, Spanned};
use crate::suggest::did_you_mean;

/// The fields of one struct while they are collected.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) list: Vec<Field>,
    names: BTreeMap<String, Place>,
}

impl Lowering<'_, '_> {
    /// Makes the Rust type of an object or enum.
    pub(super) fn define(&mut self, schema: &Schema, name: String, at: At<'_>) {
        let kind = match Kind::of(schema) {
            Ok(kind) => kind,
            Err(problem) => {
                self.problems.push(problem);
                return;
            }
        };
        self.report_not_applicable(schema, kind);
        let defined = match kind {
            Kind::Object => Type::Struct(self.object(schema, &name, at)),
            Kind::Enum => {
                let Some(defined) = self.enumeration(schema, &name, at) else {
                    return;
                };
                Type::Enum(defined)
            }
            _ => return,
        };
        self.types.insert(name, (at.file, defined));
    }

    /// The value that a type has wherever it is used.
    pub(super) fn shape_of_type(
        &mut self,
        schema: &Schema,
        name: String,
        at: At<'_>,
    ) -> Option<Value> {
        let mut value = if schema.shape.variants.is_some() {
            self.enum_value(schema, name, at)?
        } else {
            bare(Shape::Object(name))
        };
        value.forms = Forms {
            blank: value.forms.blank,
            ..forms(schema)
        };
        value.sensitive = schema.shape.sensitive;
        Some(value)
    }

    fn object(&mut self, schema: &Schema, name: &str, at: At<'_>) -> Struct {
        let mut fields = Fields::default();
        for property in schema.shape.properties.iter().flat_map(|p| &p.value) {
            let wire = &property.key;
            let required = schema
                .rules
                .required
                .iter()
                .any(|name| name.value == wire.value);
            self.field(
                &mut fields,
                wire,
                &property.schema,
                name,
                At {
                    required,
                    used: wire.place,
                    ..at
                },
            );
        }
        let docs = schema.docs.clone().over(&Docs {
            notes: Vec::new(),
            ..at.docs.clone()
        });
        Struct {
            name: name.to_owned(),
            location: self.sources.location(schema.place),
            title: docs.title.unwrap_or_default(),
            description: docs.description.unwrap_or_default(),
            notes: docs.notes,
            deprecated: schema.docs.deprecated,
            positional: false,
            closed: schema
                .rules
                .additional
                .is_some_and(|additional| !additional.value),
            fields: fields.list,
            rules: self.object_rules(schema),
            parameters: false,
        }
    }

    /// Adds the field of a property, or of a positional argument, to those of `parent`.
    pub(super) fn field(
        &mut self,
        fields: &mut Fields,
        wire: &Spanned<String>,
        schema: &Schema,
        parent: &str,
        at: At<'_>,
    ) {
        let name = self.field_name(wire, schema, fields);
        let docs = self.docs(schema);
        let offered = format!("{parent}{}", names::camel(&wire.value));
        let value = self.value(
            schema,
            At {
                name: &offered,
                docs: &docs,
                ..at
            },
        );
        let (Some(rust), Some(value)) = (name, value) else {
            return;
        };
        fields.list.push(Field {
            wire: wire.value.clone(),
            rust,
            title: docs.title.unwrap_or_default(),
            description: docs.description.unwrap_or_default(),
            notes: docs.notes,
            rows: docs.rows.into_iter().map(|row| row.value).collect(),
            default: docs.default,
            examples: docs.examples,
            required: at.required,
            deprecated: docs.deprecated,
            value,
        });
    }

    /// What is said about a field: by itself, and by what it refers to. A shared scalar says it as
    /// if it stood here; a type keeps for itself all but its title and description.
    fn docs(&self, schema: &Schema) -> Docs {
        let mut docs = schema.docs.clone();
        let mut at = schema;
        while let Some((_, definition)) = self.references.follow(self.model, at) {
            at = &definition.schema;
            if at.is_type() {
                let Docs {
                    title, description, ..
                } = at.docs.clone();
                docs = docs.over(&Docs {
                    title,
                    description,
                    ..Docs::default()
                });
            } else {
                docs = docs.over(&at.docs);
            }
        }
        docs
    }

    fn field_name(
        &mut self,
        wire: &Spanned<String>,
        schema: &Schema,
        fields: &mut Fields,
    ) -> Option<String> {
        self.check_rust_name(schema, true);
        let given = schema
            .shape
            .rust_name
            .as_ref()
            .filter(|name| names::is_snake(&name.value));
        let (word, place) = match given {
            Some(given) => (given.value.clone(), given.place),
            None => (names::snake(&wire.value), wire.place),
        };
        let Some(rust) = names::identifier(&word) else {
            if given.is_none() {
                self.problems.report(
                    Code::NoRustName,
                    place,
                    format!("no Rust field can be named after `{}`", wire.value),
                    "name the field with `x-rust-name`, in snake_case",
                );
            }
            return None;
        };
        if let Some(first) = fields.names.insert(rust.clone(), place) {
            self.problems.push(
                Problem::new(
                    Code::FieldClash,
                    place,
                    format!("two fields of one type are named `{rust}`"),
                    "give one of them another name with `x-rust-name`, in snake_case",
                )
                .also(first, "the other is"),
            );
        }
        Some(rust)
    }

    fn object_rules(&mut self, schema: &Schema) -> Vec<ObjectRule> {
        let mut rules = Vec::new();
        let words = &schema.rules;
        self.check_properties(schema, &words.required);
        if let Some(any_of) = &schema.shape.any_of {
            rules.push(self.alternatives(schema, any_of));
        }
        for branch in schema.shape.all_of.iter().flat_map(|all_of| &all_of.value) {
            match &branch.shape.any_of {
                Some(any_of) if only(branch, Keyword::Shape(ShapeWord::AnyOf)) => {
                    rules.push(self.alternatives(schema, any_of));
                }
                _ => self.problems.report(
                    Code::AnyOf,
                    branch.opening(),
                    "a branch of `allOf` is an `anyOf` of `required` and nothing else",
                    "write other keywords beside `properties`; `allOf` is for several `anyOf`",
                ),
            }
        }
        for (name, others) in &words.dependent {
            self.check_properties(schema, std::slice::from_ref(name));
            self.check_properties(schema, others);
            rules.push(ObjectRule::DependentRequired(
                name.value.clone(),
                plain(others),
            ));
        }
        rules
    }

    /// The groups of an `anyOf`, of which one must be there.
    fn alternatives(&mut self, schema: &Schema, any_of: &Spanned<Vec<Schema>>) -> ObjectRule {
        let mut groups = Vec::new();
        for branch in &any_of.value {
            if !only(branch, Keyword::Rule(Rule::Required)) {
                self.problems.report(
                    Code::AnyOf,
                    branch.opening(),
                    "beside `properties`, a branch of `anyOf` is a group of `required` and nothing else",
                    "write `{\"required\": [\"a\", \"b\"]}` for each group of which one must be there",
                );
                continue;
            }
            self.check_properties(schema, &branch.rules.required);
            groups.push(plain(&branch.rules.required));
        }
        if any_of.value.is_empty() {
            self.problems.report(
                Code::EmptyList,
                any_of.place,
                "`anyOf` without a branch admits nothing",
                "list the groups of which one must be there, or delete it",
            );
        }
        ObjectRule::AnyOfRequired(groups)
    }

    /// Each name must be a property of the object.
    fn check_properties(&mut self, schema: &Schema, names: &[Spanned<String>]) {
        let properties = schema.shape.properties.iter().flat_map(|p| &p.value);
        let known: Vec<&str> = properties
            .map(|property| property.key.value.as_str())
            .collect();
        for name in names {
            if known.contains(&name.value.as_str()) {
                continue;
            }
            self.problems.report(
                Code::UnknownProperty,
                name.place,
                format!("the object has no property `{}`", name.value),
                did_you_mean(&name.value, known.iter().copied())
                    .unwrap_or_else(|| "add the property, or delete its name here".to_owned()),
            );
        }
    }
}

fn plain(names: &[Spanned<String>]) -> Vec<String> {
    names.iter().map(|name| name.value.clone()).collect()
}

/// Whether a schema says this and nothing else.
fn only(schema: &Schema, keyword: Keyword) -> bool {
    matches!(schema.words.as_slice(), [(word, _)] if *word == keyword)
}
