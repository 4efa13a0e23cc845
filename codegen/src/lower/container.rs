//! Values that hold others: lists, a list or its only element, JSON inside a string.

use super::Lowering;
use super::kind::forms;
use super::rules;
use super::value::{At, bare};
use crate::code::Code;
use crate::ir::{Forms, Shape, Value};
use crate::model::{Schema, shape};

impl Lowering<'_, '_> {
    pub(super) fn list(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
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
        let element = self.value(
            items,
            At {
                required: true,
                used: items.opening(),
                ..at
            },
        )?;
        Some(Value {
            rules,
            ..bare(Shape::List(Box::new(element)))
        })
    }

    /// `anyOf` of a list and its only element.
    pub(super) fn one_or_many(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
        let any_of = schema.shape.any_of.as_ref()?;
        let pair = match any_of.value.as_slice() {
            [many, one] if one.words.len() == 1 => {
                let element = many.shape.items.as_ref().and_then(|items| items.each());
                let reference = element.and_then(|element| element.reference.as_ref());
                let same = reference.map(|reference| reference.value.as_str())
                    == one
                        .reference
                        .as_ref()
                        .map(|reference| reference.value.as_str());
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
        let Shape::List(element) = &many.shape else {
            return None;
        };
        let forms = Forms {
            array: true,
            ..element.forms
        };
        Some(Value {
            forms,
            one_or_many: true,
            ..many
        })
    }

    /// JSON inside a string has the shape of its content.
    pub(super) fn json_text(&mut self, schema: &Schema, at: At<'_>) -> Option<Value> {
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
        let inner = self.value(
            content,
            At {
                required: true,
                ..at
            },
        )?;
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
        let forms = Forms {
            null: outer.null,
            blank,
            ..inner.forms
        };
        Some(Value {
            forms,
            json_text: true,
            ..inner
        })
    }
}
