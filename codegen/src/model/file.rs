//! The roots of the two kinds of files.

use std::collections::BTreeSet;

use super::pager::{self, PagerWords};
use super::{Definition, File, Root, Schema, gateway, schema};
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::{self, Member, Node, Value};
use crate::keyword::{Documentation, Keyword, Shape, Structure};
use crate::members::{Members, choice, list, opening, text, upper_camel, wrong_type};
use crate::names;
use crate::source::{FileId, Place, Spanned};

const DIALECT: &str = "dockseal:/schemas/dialect.json";

/// Keywords at the root of an API file.
const API_KEYWORDS: &[Keyword] = &[
    Keyword::Structure(Structure::Schema),
    Keyword::Structure(Structure::Id),
    Keyword::Documentation(Documentation::Title),
    Keyword::Documentation(Documentation::Description),
    Keyword::Structure(Structure::XApi),
    Keyword::Structure(Structure::XSource),
    Keyword::Documentation(Documentation::XNote),
    Keyword::Documentation(Documentation::Comment),
    Keyword::Shape(Shape::Type),
    Keyword::Shape(Shape::Properties),
    Keyword::Structure(Structure::Defs),
    Keyword::Documentation(Documentation::Examples),
];

/// Keywords at the root of `gateway.json`.
const GATEWAY_KEYWORDS: &[Keyword] = &[
    Keyword::Structure(Structure::Schema),
    Keyword::Structure(Structure::Id),
    Keyword::Documentation(Documentation::Title),
    Keyword::Documentation(Documentation::Description),
    Keyword::Structure(Structure::XGateway),
    Keyword::Documentation(Documentation::XNote),
    Keyword::Documentation(Documentation::Comment),
    Keyword::Structure(Structure::Defs),
];

#[derive(Debug)]
pub(crate) struct GatewayRoot {
    /// Complete but for types and APIs; nothing when it could not be read.
    pub(crate) gateway: Option<ir::Gateway>,
}

#[derive(Debug)]
pub(crate) struct ApiRoot {
    pub(crate) place: Place,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) notes: Vec<String>,
    /// `x-source.document`
    pub(crate) document: Option<String>,
    pub(crate) api: Option<ApiWords>,
    pub(crate) request: Option<Schema>,
    pub(crate) reply: Option<Schema>,
    pub(crate) examples: Vec<ir::Example>,
}

/// `x-api`
#[derive(Debug)]
pub(crate) struct ApiWords {
    pub(crate) method: String,
    pub(crate) rust: Spanned<String>,
    pub(crate) direction: Option<Spanned<ir::Direction>>,
    pub(crate) effect: ir::Effect,
    pub(crate) idempotency: Option<Spanned<String>>,
    pub(crate) version: Option<String>,
    pub(crate) inner: Option<InnerWords>,
    pub(crate) pager: Option<PagerWords>,
}

/// `x-api.inner`
#[derive(Debug)]
pub(crate) struct InnerWords {
    pub(crate) status: Spanned<String>,
    pub(crate) success: Vec<String>,
    pub(crate) code: Option<Spanned<String>>,
    pub(crate) message: Option<Spanned<String>>,
}

pub(super) fn gateway(
    id: FileId,
    directory: &str,
    path: &str,
    root: &Node,
    problems: &mut Problems,
) -> Option<File> {
    let mut members = open(root, path, GATEWAY_KEYWORDS, "an API file", problems)?;
    let title = members.need_text("title", problems).unwrap_or_default();
    let description = members
        .need_text("description", problems)
        .unwrap_or_default();
    let gateway = members
        .need("x-gateway", problems)
        .and_then(|node| gateway::read(node, directory, path, problems))
        .map(|gateway| ir::Gateway {
            title,
            description,
            notes: notes(root),
            ..gateway
        });
    members.take_annotations(problems);
    Some(File {
        id,
        gateway: directory.to_owned(),
        root: Root::Gateway(Box::new(GatewayRoot { gateway })),
        definitions: members
            .take("$defs")
            .map_or_else(Vec::new, |n| definitions(n, problems)),
    })
}

pub(super) fn api(
    id: FileId,
    directory: &str,
    path: &str,
    root: &Node,
    problems: &mut Problems,
) -> Option<File> {
    let mut members = open(root, path, API_KEYWORDS, "`gateway.json`", problems)?;
    let title = members.need_text("title", problems).unwrap_or_default();
    let description = members
        .need_text("description", problems)
        .unwrap_or_default();
    let api = members
        .need("x-api", problems)
        .and_then(|n| api_words(n, directory, problems));
    let document = members
        .need("x-source", problems)
        .and_then(|n| source_words(n, problems));
    if let Some(node) = members.need("type", problems) {
        choice(node, &[("object", ())], problems);
    }
    let (request, reply) = members
        .need("properties", problems)
        .map_or((None, None), |node| exchange(node, problems));
    let examples = members
        .take("examples")
        .and_then(|n| list(n, problems, example));
    members.take_annotations(problems);
    let definitions = members
        .take("$defs")
        .map_or_else(Vec::new, |n| definitions(n, problems));
    Some(File {
        id,
        gateway: directory.to_owned(),
        root: Root::Api(Box::new(ApiRoot {
            place: opening(root),
            title,
            description,
            notes: notes(root),
            document,
            api,
            request,
            reply,
            examples: examples.map_or_else(Vec::new, |examples| examples.value),
        })),
        definitions,
    })
}

/// Checks the keywords of a root, and that it says where it stands.
fn open<'n>(
    root: &'n Node,
    path: &str,
    keywords: &[Keyword],
    elsewhere: &str,
    problems: &mut Problems,
) -> Option<Members<'n>> {
    let mut members = Members::open(root, "the root of the file", problems)?;
    for member in root.members() {
        match schema::known(&member.key, member.key_place, problems) {
            Some(Keyword::Rejected(keyword)) => super::reject(keyword, member.key_place, problems),
            Some(keyword) if !keywords.contains(&keyword) => {
                let home = match keyword {
                    Keyword::Structure(Structure::Ref | Structure::XName) => "a schema",
                    Keyword::Structure(_) => elsewhere,
                    _ => "a schema inside `$defs`",
                };
                schema::misplaced(keyword.text(), home, member.key_place, problems);
            }
            _ => {}
        }
    }
    let id = format!("dockseal:/schemas/{path}");
    for (key, expected) in [("$schema", DIALECT), ("$id", id.as_str())] {
        let Some(value) = members
            .need(key, problems)
            .and_then(|node| text(node, problems))
        else {
            continue;
        };
        if value.value != expected {
            let message = format!("`{key}` is not what it is for this file");
            problems.report(
                Code::Disagrees,
                value.place,
                message,
                format!("write `{expected}`"),
            );
        }
    }
    Some(members)
}

/// The notes of a root; what is no text was reported.
fn notes(root: &Node) -> Vec<String> {
    let notes = root.get("x-note").map(Node::elements).unwrap_or_default();
    notes
        .iter()
        .filter_map(|note| note.text().map(str::to_owned))
        .collect()
}

fn definitions(node: &Node, problems: &mut Problems) -> Vec<Definition> {
    let Value::Object(members) = &node.value else {
        wrong_type(node, "an object of schemas", problems);
        return Vec::new();
    };
    let mut definitions: Vec<Definition> = Vec::new();
    let mut seen = BTreeSet::new();
    for Member {
        key,
        key_place,
        node,
    } in members
    {
        if seen.insert(key) {
            let schema =
                schema::read(node, problems).unwrap_or_else(|| Schema::unreadable(node.place));
            let key = Spanned {
                value: key.clone(),
                place: *key_place,
            };
            definitions.push(Definition { key, schema });
        }
    }
    definitions
}

fn exchange(node: &Node, problems: &mut Problems) -> (Option<Schema>, Option<Schema>) {
    let Some(mut members) = Members::open(node, "an exchange", problems) else {
        return (None, None);
    };
    let request = members
        .need("request", problems)
        .and_then(|n| schema::read(n, problems));
    let reply = members
        .need("reply", problems)
        .and_then(|n| schema::read(n, problems));
    members.close(problems);
    (request, reply)
}

fn example(node: &Node, problems: &mut Problems) -> Option<ir::Example> {
    let mut members = Members::open(node, "an example", problems)?;
    let request = members.take("request").map(json::compact);
    let reply = members.take("reply").map(json::compact);
    members.close(problems);
    Some(ir::Example { request, reply })
}

fn api_words(node: &Node, directory: &str, problems: &mut Problems) -> Option<ApiWords> {
    let mut members = Members::open(node, "`x-api`", problems)?;
    if let Some(name) = members
        .need("gateway", problems)
        .and_then(|n| text(n, problems))
        && name.value != directory
    {
        problems.report(
            Code::Disagrees,
            name.place,
            format!(
                "the gateway is `{}`, yet the file stands in `{directory}/`",
                name.value
            ),
            format!("write `{directory}`, or move the file"),
        );
    }
    let method = members
        .need("method", problems)
        .and_then(|n| method(n, problems));
    let rust = members
        .need("rust", problems)
        .and_then(|n| upper_camel(n, problems));
    let direction = members.need("direction", problems);
    let direction = direction.and_then(|n| choice(n, gateway::DIRECTIONS, problems));
    let effects = &[
        ("read", ir::Effect::Read),
        ("create", ir::Effect::Create),
        ("update", ir::Effect::Update),
    ];
    let effect = members
        .need("effect", problems)
        .and_then(|n| choice(n, effects, problems));
    let idempotency = members
        .take("idempotency")
        .and_then(|n| pointer(n, problems));
    let version = members.take_text("version", problems);
    let inner = members.take("inner").and_then(|n| inner_words(n, problems));
    let pager = members.take("pager").and_then(|n| pager::read(n, problems));
    members.take_annotations(problems);
    members.close(problems);
    Some(ApiWords {
        method: method?,
        rust: rust?,
        direction,
        effect: effect?.value,
        idempotency,
        version,
        inner,
        pager,
    })
}

fn inner_words(node: &Node, problems: &mut Problems) -> Option<InnerWords> {
    let mut members = Members::open(node, "`inner`", problems)?;
    let status = members
        .need("status", problems)
        .and_then(|n| pointer(n, problems));
    let success = members.need("success", problems);
    let success = success
        .and_then(|n| gateway::values(n, problems))
        .unwrap_or_default();
    let code = members.take("code").and_then(|n| pointer(n, problems));
    let message = members.take("message").and_then(|n| pointer(n, problems));
    members.close(problems);
    Some(InnerWords {
        status: status?,
        success,
        code,
        message,
    })
}

/// The document of `x-source`; its rows are looked at in [`crate::rows`].
fn source_words(node: &Node, problems: &mut Problems) -> Option<String> {
    let mut members = Members::open(node, "`x-source`", problems)?;
    let document = members.need_text("document", problems);
    members.need_text("sha256", problems);
    members.take_texts("rows", problems);
    members.take_annotations(problems);
    members.close(problems);
    document
}

/// A JSON Pointer to a field.
pub(super) fn pointer(node: &Node, problems: &mut Problems) -> Option<Spanned<String>> {
    let pointer = text(node, problems)?;
    if pointer.value.starts_with('/') {
        return Some(pointer);
    }
    problems.report(
        Code::WrongValue,
        pointer.place,
        format!("`{}` is no JSON Pointer", pointer.value),
        format!("start it with a slash: `/{}`", pointer.value),
    );
    None
}

impl ApiRoot {
    /// The module of an API, from its file name.
    pub(crate) fn module(path: &str) -> Option<String> {
        let stem = path.rsplit('/').next()?.strip_suffix(".json")?;
        names::identifier(&names::snake(stem))
    }
}

/// A method goes into addresses and signatures: letters, digits, dots and underscores.
fn method(node: &Node, problems: &mut Problems) -> Option<String> {
    let method = text(node, problems)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    if method.value.is_empty() || method.value.starts_with('.') || !method.value.chars().all(plain)
    {
        problems.report(
            Code::WrongValue,
            method.place,
            format!("`{}` cannot be the name of a method", method.value),
            "write it as the vendor does, in letters, digits, dots, dashes and underscores",
        );
    }
    Some(method.value)
}
