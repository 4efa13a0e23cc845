//! An exchange to an API: its request, its reply, and what `x-api` says about them.

use super::Lowering;
use super::object::Fields;
use super::value::At;
use crate::code::Code;
use crate::ir::{self, Api, Business, Output, Shape, Struct, Type};
use crate::keyword::{Keyword, Rule, Shape as ShapeWord};
use crate::model::docs::Docs;
use crate::model::file::{ApiRoot, ApiWords};
use crate::model::shape::{Items, JsonType};
use crate::model::{File, Schema};
use crate::source::Place;

/// The request as it goes into the IR.
struct Request {
    name: String,
    positional: bool,
}

impl<'m> Lowering<'m, '_> {
    pub(super) fn api(
        &mut self,
        file: &'m File,
        root: &'m ApiRoot,
        gateway: Option<&ir::Gateway>,
    ) -> Option<Api> {
        let words = root.api.as_ref();
        let request = root
            .request
            .as_ref()
            .and_then(|r| self.request(file, root, r));
        let reply = root
            .reply
            .as_ref()
            .and_then(|reply| self.message(file, reply, "reply"));
        if let (Some(words), Some(gateway)) = (words, gateway) {
            self.check_direction(words, gateway);
        }
        if let (Some(words), Some(request)) = (words, &request) {
            self.check_name(words, request);
        }
        if let Some(words) = words {
            self.check_pointers(root, words);
            let names = (request.as_ref().map(|r| r.name.as_str()), reply.as_deref());
            self.check_pager(root, words, gateway, names);
        }
        if let (Some(schema), Some(request), Some(gateway)) = (&root.request, &request, gateway)
            && gateway.transport.business == Business::Form
        {
            self.form_parameters(schema, request);
        }
        let (words, request, reply) = (words?, request?, reply?);
        Some(Api {
            schema: self.sources.path(file.id).to_owned(),
            module: String::new(),
            method: words.method.clone(),
            title: root.title.clone(),
            description: root.description.clone(),
            notes: root.notes.clone(),
            document: root.document.clone()?,
            effect: words.effect,
            idempotency: words
                .idempotency
                .as_ref()
                .map(|pointer| pointer.value.clone()),
            version: words.version.clone(),
            inner: words.inner.as_ref().map(|inner| ir::Inner {
                status: inner.status.value.clone(),
                success: inner.success.clone(),
                code: inner.code.as_ref().map(|pointer| pointer.value.clone()),
                message: inner.message.as_ref().map(|pointer| pointer.value.clone()),
            }),
            pager: words.pager.as_ref().map(super::pager::pager),
            positional: request.positional,
            output: gateway.and_then(|gateway| self.output(&reply, gateway)),
            types: self.types_of(file, &[&request.name, &reply]),
            request: request.name,
            reply,
            examples: root.examples.clone(),
        })
    }

    /// A request or reply: a reference to an object. Gives the Rust name of its type.
    fn message(&mut self, file: &File, schema: &Schema, what: &str) -> Option<String> {
        if schema.unreadable {
            return None;
        }
        if schema.reference.is_none() {
            self.report_no_object(schema.opening(), what);
            return None;
        }
        let none = Docs::default();
        let used = schema.opening();
        let at = At {
            file: file.id,
            name: "",
            docs: &none,
            used,
            required: true,
            depth: 0,
        };
        let value = self.value(schema, at)?;
        let Shape::Object(name) = value.shape else {
            let place = schema.reference.as_ref().map_or(schema.place, |r| r.place);
            self.report_no_object(place, what);
            return None;
        };
        Some(name)
    }

    fn report_no_object(&mut self, place: Place, what: &str) {
        let positional = if what == "request" {
            ", or an array with `prefixItems` for positional arguments"
        } else {
            ""
        };
        self.problems.report(
            Code::NotAnObject,
            place,
            format!("the {what} is no object"),
            format!("write a `$ref` to an object in `$defs`{positional}"),
        );
    }

    fn request(&mut self, file: &File, root: &ApiRoot, schema: &Schema) -> Option<Request> {
        let arguments: &[Schema] = match &schema.shape.prefix_items {
            Some(arguments) => {
                self.check_arguments(schema, &arguments.value);
                &arguments.value
            }
            None if takes_nothing(schema) => &[],
            None => {
                let name = self.message(file, schema, "request")?;
                return Some(Request {
                    name,
                    positional: false,
                });
            }
        };
        let required = schema.rules.min_items.map_or(0, |min| min.value) as usize;
        let rust = root.api.as_ref()?.rust.clone();
        if let [argument] = arguments {
            self.check_rust_name(argument, false);
            let docs = argument.docs.clone();
            let name = rust.value.as_str();
            let (required, used) = (required > 0, argument.opening());
            let at = At {
                file: file.id,
                name,
                docs: &docs,
                used,
                required,
                depth: 0,
            };
            if argument.shape.properties.is_some() || argument.reference.is_some() {
                let value = self.value(argument, at)?;
                if let Shape::Object(name) = value.shape {
                    return Some(Request {
                        name,
                        positional: true,
                    });
                }
            }
        }
        self.names.take(&rust.value, rust.place, self.problems);
        let mut fields = Fields::default();
        for (n, argument) in arguments.iter().enumerate() {
            let Some(name) = &argument.argument else {
                continue;
            };
            let none = Docs::default();
            let (required, used) = (n < required, name.place);
            let at = At {
                file: file.id,
                name: "",
                docs: &none,
                used,
                required,
                depth: 0,
            };
            self.field(&mut fields, name, argument, &rust.value, at);
        }
        let docs = schema.docs.clone();
        let defined = Struct {
            name: rust.value.clone(),
            location: self.sources.location(schema.place),
            title: docs.title.unwrap_or_else(|| root.title.clone()),
            description: docs.description.unwrap_or_else(|| root.description.clone()),
            notes: docs.notes,
            deprecated: docs.deprecated,
            positional: true,
            closed: true,
            fields: fields.list,
            rules: Vec::new(),
            parameters: false,
        };
        self.types
            .insert(rust.value.clone(), (file.id, Type::Struct(defined)));
        Some(Request {
            name: rust.value,
            positional: true,
        })
    }

    /// The array of positional arguments itself.
    fn check_arguments(&mut self, schema: &Schema, arguments: &[Schema]) {
        const KEYWORDS: &[Keyword] = &[
            Keyword::Shape(ShapeWord::Type),
            Keyword::Shape(ShapeWord::PrefixItems),
            Keyword::Shape(ShapeWord::Items),
            Keyword::Rule(Rule::MinItems),
        ];
        if arguments.is_empty() {
            self.problems.report(
                Code::EmptyList,
                schema.opening(),
                "`prefixItems` without an argument is no schema",
                "a method without arguments is `{\"type\": \"array\", \"maxItems\": 0}`",
            );
        }
        for (keyword, place) in &schema.words {
            let shapes = matches!(keyword, Keyword::Shape(_) | Keyword::Rule(_));
            if shapes && !KEYWORDS.contains(keyword) {
                self.problems.report(
                    Code::NotApplicable,
                    *place,
                    format!("`{}` does not go with positional arguments", keyword.text()),
                    "arguments are described by `prefixItems`, `minItems` and `\"items\": false`",
                );
            }
        }
        let is_array = schema
            .shape
            .types
            .as_ref()
            .is_some_and(|t| t.value == [JsonType::Array]);
        if !is_array || !matches!(schema.shape.items, Some(Items::Nothing)) {
            self.problems.report(
                Code::MissingMember,
                schema.opening(),
                "positional arguments are an array of exactly these",
                "add `\"type\": \"array\"` and `\"items\": false`",
            );
        }
        let min = schema
            .rules
            .min_items
            .filter(|min| min.value as usize > arguments.len());
        if let Some(min) = min {
            self.problems.report(
                Code::EmptyRange,
                min.place,
                format!("there are only {} arguments", arguments.len()),
                "`minItems` is the number of arguments that must be given",
            );
        }
        for argument in arguments {
            if argument.argument.is_none() && !argument.unreadable {
                self.problems.report(
                    Code::MissingMember,
                    argument.opening(),
                    "a positional argument has no name",
                    "add `\"x-name\"` with the name that the document gives it",
                );
            }
        }
    }

    fn check_direction(&mut self, words: &ApiWords, gateway: &ir::Gateway) {
        let Some(direction) = words.direction.filter(|d| d.value != gateway.direction) else {
            return;
        };
        self.problems.report(
            Code::Disagrees,
            direction.place,
            "the direction is not the gateway's",
            "all APIs of a gateway go one way; move the file, or correct the direction",
        );
    }

    fn check_name(&mut self, words: &ApiWords, request: &Request) {
        if words.rust.value == request.name {
            return;
        }
        self.problems.report(
            Code::Disagrees,
            words.rust.place,
            format!("the request is the type `{}`", request.name),
            format!("write `{}`, or rename the type", request.name),
        );
    }

    /// The field of the reply that holds what a caller asked for.
    fn output(&self, reply: &str, gateway: &ir::Gateway) -> Option<Output> {
        let data = gateway.reply.data.as_ref()?;
        let (_, Type::Struct(reply)) = self.types.get(reply)? else {
            return None;
        };
        let field = reply.fields.iter().find(|field| field.wire == *data)?;
        let Shape::Object(name) = &field.value.shape else {
            return None;
        };
        Some(Output {
            field: field.rust.clone(),
            r#type: name.clone(),
        })
    }

    /// Marks the request whose fields travel as form parameters: they are texts, or JSON text.
    fn form_parameters(&mut self, schema: &Schema, request: &Request) {
        if request.positional {
            self.problems.report(
                Code::FormParameter,
                schema.opening(),
                "positional arguments cannot travel as form parameters",
                "write a `$ref` to an object: each of its properties is one parameter",
            );
            return;
        }
        let Some((_, Type::Struct(defined))) = self.types.get_mut(&request.name) else {
            return;
        };
        defined.parameters = true;
        let nested: Vec<String> = defined
            .fields
            .iter()
            .filter(|field| matches!(field.value.shape, Shape::Object(_) | Shape::List(_)))
            .filter(|field| !field.value.json_text)
            .map(|field| field.wire.clone())
            .collect();
        let Some(inside) = self.inside(schema) else {
            return;
        };
        let properties = inside.shape.properties.iter().flat_map(|p| &p.value);
        for property in properties.filter(|p| nested.contains(&p.key.value)) {
            self.problems.report(
                Code::FormParameter,
                property.key.place,
                format!("`{}` cannot travel as a form parameter", property.key.value),
                "make it JSON text: type string, `contentMediaType` and `contentSchema`",
            );
        }
    }
}

/// Whether a request is the empty array: a method without arguments.
fn takes_nothing(schema: &Schema) -> bool {
    let is_array = schema
        .shape
        .types
        .as_ref()
        .is_some_and(|types| types.value == [JsonType::Array]);
    is_array && schema.rules.max_items.is_some_and(|max| max.value == 0)
}
