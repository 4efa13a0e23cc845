//! `x-enum` to open enums.

use std::collections::BTreeSet;

use super::kind::{Kind, types};
use super::rules::{self, Written};
use super::value::{At, bare};
use super::{Lowering, lexical};
use crate::code::Code;
use crate::ir::{Enum, Forms, Rule, Shape, Value, Variant};
use crate::json::{self, Node};
use crate::members::report_repeated;
use crate::model::Schema;
use crate::model::shape::{self, JsonType};
use crate::source::Spanned;

impl Lowering<'_, '_> {
    pub(super) fn enumeration(&mut self, schema: &Schema, name: &str, at: At<'_>) -> Option<Enum> {
        let variants = schema.shape.variants.as_ref()?;
        let integer = self.is_integer(schema, &variants.value)?;
        self.check_repeated(&variants.value);
        let docs = schema.docs.clone();
        Some(Enum {
            name: name.to_owned(),
            location: self.sources.location(schema.place),
            title: docs
                .title
                .or_else(|| at.docs.title.clone())
                .unwrap_or_default(),
            description: docs
                .description
                .or_else(|| at.docs.description.clone())
                .unwrap_or_default(),
            notes: docs.notes,
            deprecated: docs.deprecated,
            integer,
            variants: variants.value.iter().map(variant).collect(),
        })
    }

    /// Whether the values are integers; reports a mixture, and values that the type does not admit.
    fn is_integer(&mut self, schema: &Schema, variants: &[shape::Variant]) -> Option<bool> {
        let integer = variants.first()?.integer;
        let admitted = types(schema).contains(&JsonType::Integer);
        let wrong = match variants.iter().find(|variant| variant.integer != integer) {
            Some(odd) => Some((odd.value_place, "integers and texts are mixed")),
            None if integer != admitted => variants
                .first()
                .map(|first| (first.value_place, "the type does not admit this value")),
            None => None,
        };
        let Some((place, message)) = wrong else {
            return Some(integer);
        };
        self.problems.report(
            Code::EnumKind,
            place,
            message,
            "integers go with the type integer (or integer and string), texts with string",
        );
        None
    }

    fn check_repeated(&mut self, variants: &[shape::Variant]) {
        let values: Vec<_> = variants
            .iter()
            .map(|v| Spanned {
                value: v.value.clone(),
                place: v.value_place,
            })
            .collect();
        report_repeated(&values, "value", self.problems);
        let mut names: Vec<_> = variants
            .iter()
            .map(|variant| variant.rust.clone())
            .collect();
        // The variant that holds every other value.
        if let Some(unknown) = names.iter().find(|name| name.value == "Unknown") {
            self.problems.report(
                Code::BadRustName,
                unknown.place,
                "`Unknown` is the variant for values that nobody knows yet",
                "choose another name",
            );
        }
        names.retain(|name| name.value != "Unknown");
        report_repeated(&names, "variant", self.problems);
    }

    /// The value of an enum: closed by `enum`, which lists the same values in each written form.
    pub(super) fn enum_value(
        &mut self,
        schema: &Schema,
        name: String,
        at: At<'_>,
    ) -> Option<Value> {
        let variants = &schema.shape.variants.as_ref()?.value;
        let integer = variants.first()?.integer;
        let text = types(schema).contains(&JsonType::String);
        if integer != types(schema).contains(&JsonType::Integer) {
            // Reported where the enum is defined.
            return None;
        }
        let closed = schema.rules.admitted.as_ref();
        let mut value = bare(Shape::Enum(name));
        if integer {
            value.as_text = self.as_text(schema)?;
            let forms = (text && closed.is_none()).then(lexical::integer);
            let form = if closed.is_some() && text {
                lexical::Form::default()
            } else {
                self.carried(schema, Kind::Enum, forms, at)?
            };
            let written = Written {
                text,
                unsigned: form.unsigned,
                decimal: None,
            };
            value.rules = rules::bounds(schema, Kind::Enum, written, self.problems);
            value.forms = Forms {
                blank: form.blank,
                ..Forms::default()
            };
        } else {
            if schema.shape.wire.is_some() {
                self.as_text(schema)?;
            }
            value.rules = rules::lengths(schema, self.problems);
        }
        self.report_needless(schema, integer, text);
        if let Some(admitted) = closed {
            self.check_admitted(schema, variants, admitted);
            value.rules.push(Rule::Known);
        }
        Some(value)
    }

    /// Rules that say nothing beside the list of values.
    fn report_needless(&mut self, schema: &Schema, integer: bool, text: bool) {
        let words = &schema.rules;
        let closed = words.admitted.is_some();
        let pattern = words
            .pattern
            .as_ref()
            .filter(|_| text && (!integer || closed));
        let lengths = [words.min_length, words.max_length].into_iter().flatten();
        let lengths = lengths
            .filter(|_| integer || closed)
            .map(|length| length.place);
        for place in pattern
            .map(|pattern| pattern.place)
            .into_iter()
            .chain(lengths)
        {
            self.problems.report(
                Code::NotApplicable,
                place,
                "this says nothing beside the values of the enum",
                "delete it",
            );
        }
    }

    fn check_admitted(
        &mut self,
        schema: &Schema,
        variants: &[shape::Variant],
        admitted: &Spanned<Vec<Node>>,
    ) {
        let types = types(schema);
        let mut expected = BTreeSet::new();
        for variant in variants {
            if types.contains(&JsonType::String) {
                expected.insert(json::quoted(&variant.value));
            }
            if types.contains(&JsonType::Integer) {
                expected.insert(variant.value.clone());
            }
        }
        if super::kind::forms(schema).null {
            expected.insert("null".to_owned());
        }
        let listed: BTreeSet<String> = admitted.value.iter().map(json::compact).collect();
        if listed == expected && listed.len() == admitted.value.len() {
            return;
        }
        let all: Vec<String> = expected.into_iter().collect();
        self.problems.report(
            Code::EnumDiffers,
            admitted.place,
            "`enum` and `x-enum` do not list the same values",
            format!(
                "write `\"enum\": [{}]`, or delete it to leave the enum open",
                all.join(", ")
            ),
        );
    }
}

fn variant(variant: &shape::Variant) -> Variant {
    Variant {
        value: variant.value.clone(),
        rust: variant.rust.value.clone(),
        label: variant.label.clone(),
        label_zh: variant.label_zh.clone(),
    }
}
