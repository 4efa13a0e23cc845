//! Structs with their constructors, and open enums.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Enum, Field, Shape, Struct, Type, Value};

use super::item::{ident, item, path};
use super::{Scope, doc, row};

/// The parts of a type's text.
pub(super) fn parts(scope: Scope<'_>, known: &Type) -> Vec<String> {
    match known {
        Type::Struct(known) => {
            let mut parts = vec![
                item(&declaration(scope, known)),
                item(&constructors(scope, known)),
            ];
            parts.extend(default(known).as_ref().map(item));
            parts.push(row::object(scope, known));
            parts
        }
        Type::Enum(known) => vec![item(&enumeration(known)), row::open_enum(known)],
    }
}

fn declaration(scope: Scope<'_>, known: &Struct) -> TokenStream {
    let name = ident(&known.name);
    let mut lines = doc::opening(&known.title, &known.description, &known.notes);
    for rule in &known.rules {
        lines.push(String::new());
        lines.push(doc::object_rule(rule));
    }
    lines.push(String::new());
    lines.push(format!("Schema: `{}`.", known.location));
    let docs = doc::attributes(&lines);
    let deprecated = deprecated(known.deprecated);
    let fields = known.fields.iter().map(|field| {
        let docs = doc::attributes(&doc::field(field));
        let deprecated = self::deprecated(field.deprecated);
        let name = ident(&field.rust);
        let kind = field_type(scope, field);
        quote!(#docs #deprecated pub #name: #kind)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            /// Fields that the schema does not know, kept as they came.
            pub extra: dockseal::Extra,
        }
    }
}

fn constructors(scope: Scope<'_>, known: &Struct) -> TokenStream {
    let name = ident(&known.name);
    let required: Vec<_> = known.fields.iter().filter(|field| field.required).collect();
    let arguments = required.iter().map(|field| {
        let (name, kind) = (ident(&field.rust), argument(scope, &field.value));
        quote!(#name: #kind)
    });
    let values = known.fields.iter().map(|field| {
        let name = ident(&field.rust);
        match (field.required, converts(&field.value)) {
            (true, true) => quote!(#name: #name.into()),
            (true, false) => quote!(#name),
            (false, _) => quote!(#name: None),
        }
    });
    let many = (required.len() > 7).then(
        || quote!(#[allow(clippy::too_many_arguments, reason = "the document requires them all")]),
    );
    let summary = if required.is_empty() {
        "With nothing set: no field is required.".to_owned()
    } else {
        let names: Vec<_> = required
            .iter()
            .map(|field| format!("`{}`", field.wire))
            .collect();
        format!("With the required fields: {}.", names.join(", "))
    };
    let docs = doc::attributes(&[summary]);
    let setters = known
        .fields
        .iter()
        .filter(|field| !field.required)
        .map(|field| setter(scope, field));
    quote! {
        impl #name {
            #docs
            #many
            #[must_use]
            pub fn new(#(#arguments),*) -> Self {
                Self {
                    #(#values,)*
                    extra: dockseal::Extra::default(),
                }
            }
            #(#setters)*
        }
    }
}

/// `Default` for a struct that needs nothing.
fn default(known: &Struct) -> Option<TokenStream> {
    let name = ident(&known.name);
    let free = known.fields.iter().all(|field| !field.required);
    free.then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

fn setter(scope: Scope<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.rust);
    let with = format_ident!("with_{}", field.rust.trim_start_matches("r#"));
    let kind = argument(scope, &field.value);
    let value = if converts(&field.value) {
        quote!(value.into())
    } else {
        quote!(value)
    };
    let docs = doc::attributes(&[format!(
        "Sets `{}`: {}.",
        field.wire,
        doc::escape(&field.title)
    )]);
    let deprecated = deprecated(field.deprecated);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #with(mut self, value: #kind) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote!(#[deprecated = "the vendor's document calls it deprecated"]))
}

fn field_type(scope: Scope<'_>, field: &Field) -> TokenStream {
    let kind = value_type(scope, &field.value);
    if field.required {
        kind
    } else {
        quote!(Option<#kind>)
    }
}

/// The Rust type of a value.
pub(super) fn value_type(scope: Scope<'_>, value: &Value) -> TokenStream {
    match &value.shape {
        Shape::Text => quote!(String),
        Shape::Integer => quote!(i64),
        Shape::Boolean => quote!(bool),
        Shape::Decimal { .. } => quote!(dockseal::Decimal),
        Shape::DateTime => quote!(dockseal::BeijingTime),
        Shape::Date => quote!(dockseal::BeijingDate),
        Shape::Enum(name) | Shape::Object(name) => path(&scope.path(name)),
        Shape::List(element) => {
            let element = value_type(scope, element);
            quote!(Vec<#element>)
        }
        Shape::Json => quote!(dockseal::RawJson),
    }
}

/// What a constructor takes: text and decimals in any form that becomes one.
fn argument(scope: Scope<'_>, value: &Value) -> TokenStream {
    match value.shape {
        Shape::Text => quote!(impl Into<String>),
        Shape::Decimal { .. } => quote!(impl Into<dockseal::Decimal>),
        _ => value_type(scope, value),
    }
}

fn converts(value: &Value) -> bool {
    matches!(value.shape, Shape::Text | Shape::Decimal { .. })
}

fn enumeration(known: &Enum) -> TokenStream {
    let name = ident(&known.name);
    let mut lines = doc::opening(&known.title, &known.description, &known.notes);
    lines.push(String::new());
    lines.push(format!("Schema: `{}`.", known.location));
    let docs = doc::attributes(&lines);
    let variants = known.variants.iter().map(|variant| {
        let name = ident(&variant.rust);
        let docs = doc::attributes(&[format!(
            "`{}` {}: {}.",
            variant.value,
            doc::escape(&variant.label_zh),
            doc::escape(&variant.label)
        )]);
        quote!(#docs #name)
    });
    let unknown = if known.integer {
        quote!(i64)
    } else {
        quote!(String)
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the document does not name.
            Unknown(#unknown),
        }
    }
}
