//! One schema to one value: its shape, the forms it has on the wire, its rules.

use super::define::{naming_place, type_name};
use super::kind::{Kind, forms};
use super::{Lowering, rules};
use crate::code::Code;
use crate::diagnostic::Problem;
use crate::ir::{self, Forms, Shape, Value};
use crate::keyword::{self, Keyword};
use crate::model::Schema;
use crate::model::docs::Docs;
use crate::names;
use crate::source::{FileId, Place};

/// Shared definitions nest at most this deep into each other.
const MAX_DEPTH: usize = 64;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    /// The file to which a type without a name of its own belongs.
    pub(super) file: FileId,
    /// The name offered to such a type; empty where there can be none.
    pub(super) name: &'a str,
    /// What is said about the property, for a type that says nothing itself.
    pub(super) docs: &'a Docs,
    /// The key or bracket at which it is used.
    pub(super) used: Place,
    /// The value is always there.
    pub(super) required: bool,
    pub(super) depth: usize,
}

impl Lowering<'_, '_> {
    /// Nothing when something is wrong with the schema; it was reported then.
    pub(super) fn value(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        if schema.unreadable {
            return None;
        }
        if at.depth > MAX_DEPTH {
            if !std::mem::replace(&mut self.too_deep, true) {
                self.problems.report(
                    Code::TooDeep,
                    schema.opening(),
                    format!("definitions nest deeper than {MAX_DEPTH} levels"),
                    "refer to the innermost definition directly",
                );
            }
            return None;
        }
        let at = At {
            depth: at.depth + 1,
            ..at
        };
        match &schema.reference {
            Some(_) => self.referred(schema, at),
            None => self.plain(schema, at),
        }
    }

    /// The value of a `$ref`: a named type as it is, or a shared scalar with what is added to it.
    fn referred(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let (file, definition) = self.references.follow(self.model, schema)?;
        if !names::is_upper_camel(&definition.key.value) {
            let merged = self.merge(schema, &definition.schema);
            // Types inside a shared definition are reported where it is defined.
            let at = At {
                file: file.id,
                name: "",
                ..at
            };
            return self.value(&merged, at);
        }
        for (keyword, place) in &schema.words {
            if !goes_beside_type(*keyword) {
                self.problems.report(
                    Code::BesideType,
                    *place,
                    format!(
                        "`{}` would change the type `{}`",
                        keyword.text(),
                        definition.key.value
                    ),
                    "put it into the definition, or define another type",
                );
            }
        }
        let target = self.references.target(schema)?;
        let name = self.definitions.get(&target)?.clone();
        let value = self.shape_of_type(&definition.schema, name, at)?;
        Some(Value {
            sensitive: value.sensitive || schema.shape.sensitive,
            ..value
        })
    }

    /// A shared definition with the keywords that stand beside the reference to it.
    fn merge(&mut self, schema: &Schema, target: &Schema) -> Schema {
        for (keyword, place) in &schema.words {
            let Some(other) = target.word(*keyword) else {
                continue;
            };
            if !goes_beside_type(*keyword) {
                self.problems.push(
                    Problem::new(
                        Code::SaidTwice,
                        *place,
                        format!(
                            "`{}` is said here and by what is referred to",
                            keyword.text()
                        ),
                        "say it in one place, or refer to another definition",
                    )
                    .also(other, "the other is"),
                );
            }
        }
        schema.clone().over(target)
    }

    fn plain(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let kind = match Kind::of(schema) {
            Ok(kind) => kind,
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        if matches!(kind, Kind::Object | Kind::Enum) {
            // Without a name this stands inside a shared definition, which was reported.
            if at.name.is_empty() {
                return None;
            }
            let name = type_name(schema, at.name);
            self.names.take(&name, naming_place(schema), self.problems);
            self.define(schema, name.clone(), at);
            return self.shape_of_type(schema, name, at);
        }
        self.report_not_applicable(schema, kind);
        let mut value = match kind {
            Kind::Text => Value {
                rules: rules::text(schema, self.problems),
                ..bare(Shape::Text)
            },
            Kind::Boolean => bare(Shape::Boolean),
            Kind::Json => bare(Shape::Json),
            Kind::Integer => self.integer(schema, at)?,
            Kind::Decimal => self.decimal(schema, at)?,
            Kind::Time => self.time(schema, at)?,
            Kind::List => self.list(schema, at)?,
            Kind::OneOrMany => self.one_or_many(schema, at)?,
            Kind::JsonText => self.json_text(schema, at)?,
            Kind::Object | Kind::Enum => return None,
        };
        if !matches!(kind, Kind::OneOrMany | Kind::JsonText) {
            value.forms = Forms {
                blank: value.forms.blank,
                ..forms(schema)
            };
        }
        value.sensitive |= schema.shape.sensitive;
        Some(value)
    }

    /// Nothing is silently ignored.
    pub(super) fn report_not_applicable(&mut self, schema: &Schema, kind: Kind) {
        for (keyword, place) in &schema.words {
            if kind.takes(*keyword) {
                continue;
            }
            if *keyword == Keyword::Rule(keyword::Rule::Enum) {
                self.problems.report(
                    Code::EnumWithoutNames,
                    *place,
                    "`enum` without `x-enum`",
                    "name each value in `x-enum`: {\"value\", \"rust\", \"label\", \"label_zh\"}; one single value is a `const`",
                );
                continue;
            }
            self.problems.report(
                Code::NotApplicable,
                *place,
                format!("`{}` does not go with {}", keyword.text(), kind.name()),
                "delete it, or change the schema to the shape that it is meant for",
            );
        }
    }
}

/// A value of which only the shape is known.
pub(super) fn bare(shape: Shape) -> Value {
    Value {
        shape,
        forms: ir::Forms::default(),
        as_text: false,
        json_text: false,
        one_or_many: false,
        sensitive: false,
        rules: Vec::new(),
    }
}

/// Keywords that say something about the use of a definition, not about what it is.
fn goes_beside_type(keyword: Keyword) -> bool {
    match keyword {
        Keyword::Documentation(_)
        | Keyword::Structure(_)
        | Keyword::Rejected(_)
        | Keyword::Shape(keyword::Shape::XSensitive | keyword::Shape::XRustName) => true,
        Keyword::Shape(_) | Keyword::Rule(_) => false,
    }
}
