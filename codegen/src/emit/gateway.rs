//! The module of one gateway: its data as a constant, its credentials, its shared types, its APIs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Credential, Gateway, Need, Place, Source, Stamp, Type};

use super::item::{file as layout, ident, integer, item};
use super::{Scope, doc, types};

/// The module's text.
pub(super) fn file(gateway: &Gateway) -> String {
    let mut parts = vec![modules(gateway)];
    parts.extend(marker(gateway).iter().map(item));
    parts.push(format!("dockseal::client_aliases!({});\n", gateway.rust));
    parts.push(constant(gateway));
    parts.extend(credentials(gateway).iter().map(item));
    let scope = Scope {
        gateway,
        api: false,
    };
    parts.extend(
        gateway
            .types
            .iter()
            .flat_map(|known| types::parts(scope, known)),
    );
    layout(
        &gateway.schema,
        &doc::opening(&gateway.title, &gateway.description, &[]),
        &parts,
    )
}

/// The API modules, and their types where users look for them.
fn modules(gateway: &Gateway) -> String {
    let mut out = String::new();
    for api in &gateway.apis {
        out.push_str(&format!("mod {};\n", api.module));
    }
    out.push('\n');
    for api in &gateway.apis {
        let names: Vec<_> = api.types.iter().map(Type::name).collect();
        out.push_str(&format!(
            "pub use {}::{{{}}};\n",
            api.module,
            names.join(", ")
        ));
    }
    out
}

fn marker(gateway: &Gateway) -> [TokenStream; 2] {
    let name = ident(&gateway.rust);
    let docs = doc::attributes(&[format!(
        "{} as a type: its requests and its credentials belong together.",
        doc::escape(&gateway.title)
    )]);
    let declaration = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub enum #name {}
    };
    let marker = quote! {
        impl dockseal::gateway::Marker for #name {
            const GATEWAY: &'static dockseal::gateway::Gateway = GATEWAY;
            type Credentials = Credentials;
        }
    };
    [declaration, marker]
}

/// The account of a gateway.
fn credentials(gateway: &Gateway) -> [TokenStream; 4] {
    let required = || {
        gateway
            .credentials
            .iter()
            .filter(|row| row.need == Need::Required)
    };
    let arguments = required().map(|row| {
        let (name, kind) = (ident(&row.rust), credential_type(row));
        quote!(#name: #kind)
    });
    let sets = required().map(|row| {
        let (name, wire) = (ident(&row.rust), &row.name);
        quote!(.with(#wire, #name.into())?)
    });
    let mut lines = vec![
        format!("An account of {}.", doc::escape(&gateway.title)),
        String::new(),
    ];
    lines.extend(gateway.credentials.iter().map(credential_doc));
    let docs = doc::attributes(&lines);
    let setters = gateway
        .credentials
        .iter()
        .filter(|row| row.need != Need::Required)
        .map(credential_setter);
    let declaration = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Credentials(dockseal::Keys);
    };
    let constructors = quote! {
        impl Credentials {
            /// Takes in the credentials that every account has.
            ///
            /// # Errors
            /// One of them cannot be right; the error names it and says why.
            pub fn new(#(#arguments),*) -> Result<Self, dockseal::CredentialError> {
                Ok(Self(dockseal::Keys::new(GATEWAY)#(#sets)*))
            }
            #(#setters)*
        }
    };
    let access = quote! {
        impl AsRef<dockseal::Keys> for Credentials {
            fn as_ref(&self) -> &dockseal::Keys {
                &self.0
            }
        }
    };
    let conversion = quote! {
        impl TryFrom<dockseal::Keys> for Credentials {
            type Error = dockseal::CredentialError;

            fn try_from(keys: dockseal::Keys) -> Result<Self, Self::Error> {
                keys.complete(GATEWAY).map(Self)
            }
        }
    };
    [declaration, constructors, access, conversion]
}

fn credential_type(row: &Credential) -> TokenStream {
    if row.secret {
        quote!(impl Into<dockseal::SecretString>)
    } else {
        quote!(impl Into<Box<str>>)
    }
}

fn credential_doc(row: &Credential) -> String {
    let need = match &row.need {
        Need::Required => String::new(),
        Need::Optional => "; optional".to_owned(),
        Need::Default(value) => format!("; `{value}` unless set"),
    };
    format!(
        "- `{}` {}: {}{need}",
        row.name,
        doc::escape(&row.title),
        doc::escape(row.description.trim_end_matches('.'))
    )
}

fn credential_setter(row: &Credential) -> TokenStream {
    let with = format_ident!("with_{}", row.rust.trim_start_matches("r#"));
    let (wire, kind) = (&row.name, credential_type(row));
    let docs = doc::attributes(&[
        format!("Sets `{}`: {}.", row.name, doc::escape(&row.title)),
        String::new(),
        "# Errors".to_owned(),
        "It cannot be right; the error says why.".to_owned(),
    ]);
    quote! {
        #docs
        pub fn #with(mut self, value: #kind) -> Result<Self, dockseal::CredentialError> {
            self.0.set(#wire, value.into())?;
            Ok(self)
        }
    }
}

/// What `gateway.json` says, as a constant.
fn constant(gateway: &Gateway) -> String {
    let mut out = String::from(
        "/// What the schema says of this gateway.\npub const GATEWAY: &dockseal::gateway::Gateway = &{\n    use dockseal::gateway::*;\n    use dockseal::sign::{Algorithm, Case, Digest, Layout, Scheme, SecretPlace};\n    Gateway {\n",
    );
    for (name, value) in [
        ("name", format!("{:?}", gateway.name)),
        ("title", format!("{:?}", gateway.title)),
        ("direction", format!("Direction::{:?}", gateway.direction)),
        (
            "endpoints",
            rows(gateway.endpoints.iter().map(|row| {
                format!(
                    "Endpoint {{ environment: {:?}, url: {:?} }}",
                    row.environment, row.url
                )
            })),
        ),
        ("transport", transport(gateway)),
        (
            "credentials",
            rows(gateway.credentials.iter().map(credential)),
        ),
        (
            "parameters",
            rows(gateway.parameters.iter().map(|row| {
                format!(
                    "Parameter {{ name: {:?}, title: {:?}, source: {} }}",
                    row.name,
                    row.title,
                    source(&row.source)
                )
            })),
        ),
        (
            "stamp",
            match gateway.timestamp.form {
                Stamp::Seconds { since } => {
                    format!("Stamp::Seconds {{ since: {} }}", integer(since))
                }
                Stamp::DateTime => "Stamp::DateTime".to_owned(),
            },
        ),
        ("window", format!("{:?}", gateway.timestamp.window)),
        ("scheme", scheme(gateway)),
        ("secret", format!("{:?}", gateway.sign.secret)),
        (
            "escape",
            format!("dockseal::object::write::Escape::{:?}", gateway.escape),
        ),
        ("envelope", envelope(gateway)),
        ("errors", rows(gateway.errors.iter().map(error))),
    ] {
        out.push_str(&format!("        {name}: {value},\n"));
    }
    out.push_str("    }\n};\n");
    out
}

fn rows(rows: impl Iterator<Item = String>) -> String {
    let rows: String = rows.map(|row| format!("            {row},\n")).collect();
    if rows.is_empty() {
        "&[]".to_owned()
    } else {
        format!("&[\n{rows}        ]")
    }
}

fn transport(gateway: &Gateway) -> String {
    let transport = &gateway.transport;
    let system = match transport.system {
        Place::Query => "Query",
        Place::Form => "Form",
    };
    format!(
        "Transport {{ system: Place::{system}, business: Business::{:?}, path: {:?}, content_type: {:?}, omit_empty_lists: {} }}",
        transport.business, transport.path, transport.content_type, transport.omit_empty_lists
    )
}

fn credential(row: &Credential) -> String {
    let need = match &row.need {
        Need::Required => "Need::Required".to_owned(),
        Need::Optional => "Need::Optional".to_owned(),
        Need::Default(value) => format!("Need::Default({value:?})"),
    };
    let split = row
        .split
        .as_ref()
        .map(|split| (split.at.as_str(), [&split.into[0], &split.into[1]]));
    format!(
        "Credential {{ name: {:?}, title: {:?}, secret: {}, need: {need}, allowed: &{:?}, split: {split:?} }}",
        row.name, row.title, row.secret, row.allowed
    )
}

fn source(source: &Source) -> String {
    match source {
        Source::Credential(name) => format!("Source::Credential({name:?})"),
        Source::Constant(text) => format!("Source::Constant({text:?})"),
        Source::Method => "Source::Method".to_owned(),
        Source::Timestamp => "Source::Timestamp".to_owned(),
        Source::Sign => "Source::Sign".to_owned(),
    }
}

fn scheme(gateway: &Gateway) -> String {
    let sign = &gateway.sign;
    let digests: Vec<_> = sign
        .digests
        .iter()
        .map(|row| {
            format!(
                "Digest {{ name: {:?}, algorithm: Algorithm::{:?}, secret: SecretPlace::{:?} }}",
                row.name, row.algorithm, row.secret
            )
        })
        .collect();
    let lines = [
        format!("parameter: {:?}", sign.parameter),
        format!("omit: &{:?}", sign.omit),
        format!("layout: Layout::{:?}", sign.layout),
        format!("digests: &[{}]", digests.join(", ")),
        format!("digest_parameter: {:?}", sign.digest_parameter),
        format!("case: Case::{:?}", sign.case),
        format!("body: {:?}", sign.body),
        format!("skip_blank: {}", sign.skip_blank),
    ];
    record("Scheme", &lines)
}

fn envelope(gateway: &Gateway) -> String {
    let reply = &gateway.reply;
    let lines = [
        format!("root: {:?}", reply.root),
        format!("failure_root: {:?}", reply.failure_root),
        format!("status: {:?}", reply.status),
        format!("success: &{:?}", reply.success),
        format!("pending: &{:?}", reply.pending),
        format!("status_may_lack: {}", reply.status_may_lack),
        format!("code: &{:?}", reply.code),
        format!("message: &{:?}", reply.message),
        format!("sub_code: {:?}", reply.sub_code),
        format!("sub_message: {:?}", reply.sub_message),
        format!("request_id: {:?}", reply.request_id),
        format!("data: {:?}", reply.data),
    ];
    record("Envelope", &lines)
}

fn error(row: &crate::ir::ErrorRow) -> String {
    format!(
        "ErrorRow {{ code: {:?}, sub_code: {:?}, text: {:?}, class: Class::{:?}, wait: {:?}, meaning: {:?}, meaning_zh: {:?}, hint: {:?}, hint_zh: {:?} }}",
        row.code,
        row.sub_code,
        row.text,
        row.class,
        row.wait,
        row.meaning,
        row.meaning_zh,
        row.hint,
        row.hint_zh
    )
}

fn record(name: &str, lines: &[String]) -> String {
    let lines: String = lines
        .iter()
        .map(|line| format!("            {line},\n"))
        .collect();
    format!("{name} {{\n{lines}        }}")
}
