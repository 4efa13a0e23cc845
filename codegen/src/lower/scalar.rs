//! Numbers and times, and the texts that may carry them.

use super::kind::{Kind, types};
use super::rules::{self, Written};
use super::value::{At, bare};
use super::{Lowering, lexical};
use crate::code::Code;
use crate::ir::{Forms, Shape, Value};
use crate::model::Schema;
use crate::model::shape::{self, JsonType, Time, Wire};

impl Lowering<'_, '_> {
    pub(super) fn integer(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let text = types(schema).contains(&JsonType::String);
        let form = self.carried(schema, Kind::Integer, text.then(lexical::integer), at)?;
        let written = Written {
            text,
            unsigned: form.unsigned,
            decimal: None,
        };
        Some(Value {
            rules: rules::bounds(schema, Kind::Integer, written, self.problems),
            as_text: self.as_text(schema)?,
            forms: Forms {
                blank: form.blank,
                ..Forms::default()
            },
            ..bare(Shape::Integer)
        })
    }

    pub(super) fn decimal(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let decimal = schema.shape.decimal?.value;
        let text = types(schema).contains(&JsonType::String);
        let forms = text.then(|| lexical::decimal(decimal));
        let form = self.carried(schema, Kind::Decimal, forms, at)?;
        let written = Written {
            text,
            unsigned: form.unsigned,
            decimal: Some(decimal),
        };
        let shape::Decimal { precision, scale } = decimal;
        Some(Value {
            rules: rules::bounds(schema, Kind::Decimal, written, self.problems),
            as_text: self.as_text(schema)?,
            forms: Forms {
                blank: form.blank,
                ..Forms::default()
            },
            ..bare(Shape::Decimal { precision, scale })
        })
    }

    pub(super) fn time(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let time = schema.shape.time?.value;
        let form = self.carried(schema, Kind::Time, Some(lexical::time(time)), at)?;
        let shape = match time {
            Time::DateTime => Shape::DateTime,
            Time::Date => Shape::Date,
        };
        let forms = Forms {
            blank: form.blank,
            ..Forms::default()
        };
        Some(Value {
            forms,
            ..bare(shape)
        })
    }

    /// The lexical form of a value that text carries. Without text, a pattern means nothing.
    pub(super) fn carried(
        &mut self,
        schema: &Schema,
        kind: Kind,
        forms: Option<Vec<lexical::Form>>,
        at: At<'_>,
    ) -> Option<lexical::Form> {
        if let Some(forms) = forms {
            return lexical::consume(schema, kind, forms, at, self.problems);
        }
        if let Some(pattern) = &schema.rules.pattern {
            self.problems.report(
                Code::NotApplicable,
                pattern.place,
                "a pattern binds text, which is not admitted here",
                "delete it, or add \"string\" to the types",
            );
        }
        Some(lexical::Form::default())
    }

    /// Whether numbers are written as strings: by the type alone, or by `x-wire` where the type
    /// leaves the choice.
    pub(super) fn as_text(&mut self, schema: &Schema) -> Option<bool> {
        let types = types(schema);
        let choice = types.len() > 1;
        match (choice, &schema.shape.wire) {
            (true, Some(wire)) => Some(wire.value == Wire::String),
            (false, None) => Some(types.contains(&JsonType::String)),
            (true, None) => {
                self.problems.report(
                    Code::WireMissing,
                    schema
                        .shape
                        .types
                        .as_ref()
                        .map_or_else(|| schema.opening(), |t| t.place),
                    "both a string and a number are admitted: which do we write?",
                    "add `\"x-wire\": \"string\"` or `\"x-wire\": \"number\"`",
                );
                None
            }
            (false, Some(wire)) => {
                self.problems.report(
                    Code::NotApplicable,
                    wire.place,
                    "`x-wire` chooses between two forms, but the type has only one",
                    "delete it, or admit both a string and a number",
                );
                None
            }
        }
    }
}
