//! The file of one API: its types, and what the schema says of the method.

use crate::ir::{Api, Effect, Gateway, Place};

use super::item::file as layout;
use super::{Scope, doc, types};

/// The file's text.
pub(super) fn file(gateway: &Gateway, api: &Api) -> String {
    let scope = Scope { gateway, api: true };
    let mut parts: Vec<String> = api
        .types
        .iter()
        .flat_map(|known| types::parts(scope, known))
        .collect();
    parts.push(request(scope, api));
    layout(&api.schema, &opening(api), &parts)
}

fn opening(api: &Api) -> Vec<String> {
    let mut lines = vec![format!(
        "`{}` {}: {}",
        api.method,
        doc::escape(&api.title),
        doc::escape(&api.description)
    )];
    let mut facts = vec![
        match api.effect {
            Effect::Read => "Reads.",
            Effect::Create => "Creates.",
            Effect::Update => "Updates.",
        }
        .to_owned(),
        match &api.idempotency {
            Some(field) => format!("A repeat with the same `{field}` has no further effect."),
            None if api.effect == Effect::Read => "Safe to repeat.".to_owned(),
            None => "No field makes a repeat harmless.".to_owned(),
        },
    ];
    facts.extend(
        api.pager
            .as_ref()
            .map(|pager| format!("Paged, {} items a page unless chosen.", pager.size)),
    );
    facts.extend(
        api.version
            .as_ref()
            .map(|version| format!("From version {version} of the vendor's program.")),
    );
    lines.push(String::new());
    lines.push(facts.join(" "));
    lines
}

/// The `Request` implementation.
fn request(scope: Scope<'_>, api: &Api) -> String {
    let (request, reply) = (scope.path(&api.request), scope.path(&api.reply));
    let (output, take) = match &api.output {
        Some(output) => (
            scope.path(&output.r#type),
            format!("reply.{}", output.field),
        ),
        None => (reply.clone(), "Some(reply)".to_owned()),
    };
    let rows = [
        ("gateway", "super::GATEWAY".to_owned()),
        ("method", format!("{:?}", api.method)),
        ("title", format!("{:?}", api.title)),
        ("description", format!("{:?}", api.description)),
        ("effect", format!("dockseal::api::Effect::{:?}", api.effect)),
        ("idempotency", format!("{:?}", api.idempotency)),
        ("positional", api.positional.to_string()),
        ("inner", inner(api)),
        ("pager", pager(api)),
        ("schema", format!("{:?}", api.schema)),
    ];
    let mut out = format!("impl dockseal::api::Request for {request} {{\n");
    out.push_str(&format!(
        "    type Gateway = super::{};\n",
        scope.gateway.rust
    ));
    out.push_str(&format!(
        "    type Reply = {reply};\n    type Output = {output};\n"
    ));
    out.push_str("    const API: &'static dockseal::api::Api = &dockseal::api::Api {\n");
    for (name, value) in rows {
        out.push_str(&format!("        {name}: {value},\n"));
    }
    out.push_str("        examples: &[\n");
    for example in &api.examples {
        out.push_str(&format!(
            "            dockseal::api::Example {{\n                request: {},\n                reply: {},\n            }},\n",
            json(example.request.as_deref()),
            json(example.reply.as_deref())
        ));
    }
    out.push_str("        ],\n    };\n\n");
    out.push_str(&format!(
        "    fn output(reply: {reply}) -> Option<{output}> {{\n        {take}\n    }}\n}}\n"
    ));
    out
}

/// JSON text as a raw string, in which it can be read.
fn json(text: Option<&str>) -> String {
    let Some(text) = text else {
        return "None".to_owned();
    };
    let mut fence = String::from("#");
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    format!("Some(r{fence}\"{text}\"{fence})")
}

fn inner(api: &Api) -> String {
    let Some(inner) = &api.inner else {
        return "None".to_owned();
    };
    format!(
        "Some(dockseal::api::Inner {{ status: {:?}, success: &{:?}, code: {:?}, message: {:?} }})",
        inner.status, inner.success, inner.code, inner.message
    )
}

fn pager(api: &Api) -> String {
    let Some(pager) = &api.pager else {
        return "None".to_owned();
    };
    let place = match pager.place {
        Place::Query => "Query",
        Place::Form => "Form",
    };
    format!(
        "Some(dockseal::api::Pager {{ page_no: {:?}, page_size: {:?}, calc_total: {:?}, first: {}, size: {}, max_size: {:?}, place: dockseal::gateway::Place::{place}, items: {:?}, total: {:?} }})",
        pager.page_no,
        pager.page_size,
        pager.calc_total,
        pager.first,
        pager.size,
        pager.max_size,
        pager.items,
        pager.total
    )
}
