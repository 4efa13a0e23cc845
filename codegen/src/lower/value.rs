//! One schema to one value: its shape, the forms it has on the wire, its rules.

use super::kind::{Kind, forms, types};
use super::rules::Written;
use super::{Lowering, lexical, rules};
use crate::code::Code;
use crate::diagnostic::Problem;
use crate::ir::{self, Forms, Shape, Value};
use crate::keyword::{self, Keyword};
use crate::model::docs::Docs;
use crate::model::shape::{JsonType, Time, Wire};
use crate::model::{Schema, shape};
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
        let at = At { depth: at.depth + 1, ..at };
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
            let at = At { file: file.id, name: "", ..at };
            return self.value(&merged, at);
        }
        for (keyword, place) in &schema.words {
            if !goes_beside_type(*keyword) {
                self.problems.report(
                    Code::BesideType,
                    *place,
                    format!("`{}` would change the type `{}`", keyword.text(), definition.key.value),
                    "put it into the definition, or define another type",
                );
            }
        }
        let target = self.references.target(schema)?;
        let name = self.definitions.get(&target)?.clone();
        let value = self.shape_of_type(&definition.schema, name, at)?;
        Some(Value { sensitive: value.sensitive || schema.shape.sensitive, ..value })
    }

    /// A shared definition with the keywords that stand beside the reference to it.
    fn merge(&mut self, schema: &Schema, target: &Schema) -> Schema {
        for (keyword, place) in &schema.words {
            let Some(other) = target.word(*keyword) else { continue };
            if !goes_beside_type(*keyword) {
                self.problems.push(
                    Problem::new(
                        Code::SaidTwice,
                        *place,
                        format!("`{}` is said here and by what is referred to", keyword.text()),
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
        self.report_not_applicable(schema, kind);
        if matches!(kind, Kind::Object | Kind::Enum) {
            // Without a name this stands inside a shared definition, which was reported.
            if at.name.is_empty() {
                return None;
            }
            let name = self.type_name(schema, at.name);
            self.names.take(&name, Self::naming_place(schema), self.problems);
            self.define(schema, name.clone(), at);
            return self.shape_of_type(schema, name, at);
        }
        let mut value = match kind {
            Kind::Text => Value { rules: rules::text(schema, self.problems), ..bare(Shape::Text) },
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
            value.forms = Forms { blank: value.forms.blank, ..forms(schema) };
        }
        value.sensitive |= schema.shape.sensitive;
        Some(value)
    }

    /// Nothing is silently ignored.
    fn report_not_applicable(&mut self, schema: &Schema, kind: Kind) {
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

    fn integer(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let text = types(schema).contains(&JsonType::String);
        let form = self.carried(schema, Kind::Integer, text.then(lexical::integer), at)?;
        let written = Written { text, unsigned: form.unsigned, decimal: None };
        Some(Value {
            rules: rules::bounds(schema, Kind::Integer, written, self.problems),
            as_text: self.as_text(schema)?,
            forms: Forms { blank: form.blank, ..Forms::default() },
            ..bare(Shape::Integer)
        })
    }

    fn decimal(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let decimal = schema.shape.decimal?.value;
        let text = types(schema).contains(&JsonType::String);
        let forms = text.then(|| lexical::decimal(decimal));
        let form = self.carried(schema, Kind::Decimal, forms, at)?;
        let written = Written { text, unsigned: form.unsigned, decimal: Some(decimal) };
        let shape::Decimal { precision, scale } = decimal;
        Some(Value {
            rules: rules::bounds(schema, Kind::Decimal, written, self.problems),
            as_text: self.as_text(schema)?,
            forms: Forms { blank: form.blank, ..Forms::default() },
            ..bare(Shape::Decimal { precision, scale })
        })
    }

    fn time(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let time = schema.shape.time?.value;
        let form = self.carried(schema, Kind::Time, Some(lexical::time(time)), at)?;
        let shape = match time {
            Time::DateTime => Shape::DateTime,
            Time::Date => Shape::Date,
        };
        let forms = Forms { blank: form.blank, ..Forms::default() };
        Some(Value { forms, ..bare(shape) })
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
                    schema.shape.types.as_ref().map_or_else(|| schema.opening(), |t| t.place),
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

    fn list(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let items = schema.shape.items.as_ref()?;
        let shape::Items::Each(items) = items else {
            self.problems.report(
                Code::NoShape,
                schema.opening(),
                "a list that holds nothing",
                "`items` is the schema of the elements; `false` belongs to positional arguments",
            );
            return None;
        };
        let rules = rules::items(schema, self.problems);
        self.check_rust_name(items, false);
        let element = self.value(items, At { required: true, used: items.opening(), ..at })?;
        Some(Value { rules, ..bare(Shape::List(Box::new(element))) })
    }

    /// `anyOf` of a list and its only element.
    fn one_or_many(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let any_of = schema.shape.any_of.as_ref()?;
        let pair = match any_of.value.as_slice() {
            [many, one] if one.words.len() == 1 => {
                let element = many.shape.items.as_ref().and_then(|items| items.each());
                let reference = element.and_then(|element| element.reference.as_ref());
                let same = reference.map(|reference| reference.value.as_str())
                    == one.reference.as_ref().map(|reference| reference.value.as_str());
                (same && one.reference.is_some()).then_some(many)
            }
            _ => None,
        };
        let Some(many) = pair else {
            self.problems.report(
                Code::AnyOf,
                any_of.place,
                "this `anyOf` is none of the supported forms",
                "write `[{\"type\": \"array\", \"items\": S}, S]` with one `$ref` for both S, or, beside `properties`, groups of `required`",
            );
            return None;
        };
        let many = self.value(many, at)?;
        let Shape::List(element) = &many.shape else { return None };
        let forms = Forms { array: true, ..element.forms };
        Some(Value { forms, one_or_many: true, ..many })
    }

    /// JSON inside a string has the shape of its content.
    fn json_text(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let shape = &schema.shape;
        let (Some(content), Some(_)) = (&shape.content, &shape.media_type) else {
            self.problems.report(
                Code::MissingMember,
                schema.opening(),
                "JSON inside a string needs both `contentMediaType` and `contentSchema`",
                "add `\"contentMediaType\": \"application/json\"` and the schema of the content",
            );
            return None;
        };
        if let Some(min) = schema.rules.min_length.filter(|min| min.value != 1) {
            self.problems.report(
                Code::NotApplicable,
                min.place,
                "the length of JSON text means nothing",
                "write 1 to say that the text is never empty, or delete it",
            );
        }
        self.check_rust_name(content, false);
        let inner = self.value(content, At { required: true, ..at })?;
        if inner.json_text {
            self.problems.report(
                Code::NoShape,
                content.opening(),
                "JSON text inside JSON text",
                "describe the content of the outer text only",
            );
            return None;
        }
        let outer = forms(schema);
        let blank = !at.required && schema.rules.min_length.is_none();
        let forms = Forms { null: outer.null, blank, ..inner.forms };
        Some(Value { forms, json_text: true, ..inner })
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
        Keyword::Documentation(_) | Keyword::Structure(_) | Keyword::Rejected(_) => true,
        Keyword::Shape(keyword::Shape::XSensitive | keyword::Shape::XRustName) => true,
        Keyword::Shape(_) | Keyword::Rule(_) => false,
    }
}
