//! `x-gateway`: transport, credentials, system parameters, envelope and known errors.
//!
//! This is no schema: it is read straight into the IR, and what its parts say about each other is
//! checked here. The signing scheme is read in [`super::sign`].

use super::sign;
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::{Node, Value};
use crate::members::{
    Members, boolean, choice, count, list, report_repeated, text, texts, upper_camel, whole,
    wrong_type,
};
use crate::names;
use crate::source::{Place, Spanned};
use crate::suggest::did_you_mean;

pub(super) const DIRECTIONS: &[(&str, ir::Direction)] =
    &[("call", ir::Direction::Call), ("push", ir::Direction::Push)];

/// Reads `x-gateway`. Title, description, notes, types and APIs are left empty.
pub(super) fn read(
    node: &Node,
    directory: &str,
    path: &str,
    problems: &mut Problems,
) -> Option<ir::Gateway> {
    let mut members = Members::open(node, "`x-gateway`", problems)?;
    let name = members.need("name", problems).and_then(|n| name(n, directory, problems));
    let rust = members.need("rust", problems).and_then(|n| upper_camel(n, problems));
    let direction = members.need("direction", problems);
    let direction = direction.and_then(|n| choice(n, DIRECTIONS, problems));
    let endpoints = members.take("endpoints").and_then(|n| list(n, problems, endpoint));
    let transport = members.need("transport", problems).and_then(|n| transport(n, problems));
    let credentials =
        members.need("credentials", problems).and_then(|n| credentials(n, problems));
    let parameters = members
        .need("parameters", problems)
        .and_then(|n| parameters(n, credentials.as_deref(), problems));
    let timestamp = members.need("timestamp", problems).and_then(|n| timestamp(n, problems));
    let sign = members
        .need("sign", problems)
        .and_then(|n| sign::read(n, parameters.as_deref(), credentials.as_deref(), problems));
    let escapes = &[("raw", ir::Escape::Raw), ("ascii", ir::Escape::Ascii)];
    let escape = members.need("escape", problems).and_then(|n| choice(n, escapes, problems));
    let beyond = &[
        ("allow", ir::BeyondBmp::Allow),
        ("warn", ir::BeyondBmp::Warn),
        ("warn-in-parameters", ir::BeyondBmp::WarnInParameters),
    ];
    let beyond_bmp =
        members.need("beyond_bmp", problems).and_then(|n| choice(n, beyond, problems));
    let reply = members.need("reply", problems).and_then(|n| envelope(n, problems));
    let errors = members.take("errors").and_then(|n| list(n, problems, error));
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Gateway {
        module: names::snake(directory),
        name: name?,
        rust: rust?.value,
        title: String::new(),
        description: String::new(),
        notes: Vec::new(),
        schema: path.to_owned(),
        direction: direction?.value,
        endpoints: endpoints.map_or_else(Vec::new, |list| list.value),
        transport: transport?,
        credentials: credentials?,
        parameters: parameters?,
        timestamp: timestamp?,
        sign: sign?,
        escape: escape?.value,
        beyond_bmp: beyond_bmp?.value,
        reply: reply?,
        errors: errors.map_or_else(Vec::new, |list| list.value),
        types: Vec::new(),
        apis: Vec::new(),
    })
}

fn name(node: &Node, directory: &str, problems: &mut Problems) -> Option<String> {
    let name = text(node, problems)?;
    if name.value != directory {
        problems.report(
            Code::Disagrees,
            name.place,
            format!("the gateway is `{}`, yet its directory is `{directory}`", name.value),
            format!("write `{directory}`, or rename the directory"),
        );
    } else if names::identifier(&names::snake(directory)).is_none() {
        problems.report(
            Code::NoRustName,
            name.place,
            format!("no module can be named after `{directory}`"),
            "use lower-case letters, digits and dashes",
        );
    }
    Some(name.value)
}

fn endpoint(node: &Node, problems: &mut Problems) -> Option<ir::Endpoint> {
    let mut members = Members::open(node, "an endpoint", problems)?;
    let environment = members.need_text("environment", problems);
    let url = members.need_text("url", problems);
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Endpoint { environment: environment?, url: url? })
}

fn transport(node: &Node, problems: &mut Problems) -> Option<ir::Transport> {
    let mut members = Members::open(node, "`transport`", problems)?;
    let places = &[("query", ir::Place::Query), ("form", ir::Place::Form)];
    let system = members.need("system", problems).and_then(|n| choice(n, places, problems));
    let forms = &[("json", ir::Business::Json), ("form", ir::Business::Form)];
    let business = members.need("business", problems).and_then(|n| choice(n, forms, problems));
    let path = members.take_text("path", problems).unwrap_or_default();
    let content_type = members.need_text("content_type", problems);
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Transport {
        system: system?.value,
        business: business?.value,
        path,
        content_type: content_type?,
    })
}

fn credentials(node: &Node, problems: &mut Problems) -> Option<Vec<ir::Credential>> {
    let mut names = Vec::new();
    let credentials = list(node, problems, |node, problems| {
        names.extend(node.get("name").and_then(|name| {
            Some(Spanned { value: name.text()?.to_owned(), place: name.place })
        }));
        credential(node, problems)
    })?;
    report_repeated(&names, "credential", problems);
    let complete = credentials.value.len() == node.elements().len();
    if complete && !credentials.value.iter().any(|credential| credential.secret) {
        problems.report(
            Code::NoSecret,
            node.place,
            "no credential is secret, so that nothing can be signed",
            "mark the one that signs: `\"secret\": true`",
        );
    }
    Some(credentials.value)
}

fn credential(node: &Node, problems: &mut Problems) -> Option<ir::Credential> {
    let mut members = Members::open(node, "a credential", problems)?;
    let name = members.need("name", problems).and_then(|n| text(n, problems));
    let title = members.need_text("title", problems);
    let description = members.need_text("description", problems);
    let secret = members.take("secret").and_then(|n| boolean(n, problems));
    let optional = members.take("optional").and_then(|n| boolean(n, problems));
    let default = members.take("default").and_then(|n| text(n, problems));
    let allowed = members.take_texts("allowed", problems);
    let split = members.take("split").and_then(|n| split(n, problems));
    members.take_annotations(problems);
    members.close(problems);
    let need = match (default, optional.is_some_and(|optional| optional.value)) {
        (Some(default), optional) => {
            if optional {
                not_applicable(
                    default.place,
                    "an optional credential has no default",
                    "keep either `optional` or `default`",
                    problems,
                );
            } else if !allowed.is_empty() && !allowed.contains(&default.value) {
                problems.report(
                    Code::WrongValue,
                    default.place,
                    format!("the default `{}` is not among `allowed`", default.value),
                    "list it there, or take another default",
                );
            }
            ir::Need::Default(default.value)
        }
        (None, true) => ir::Need::Optional,
        (None, false) => ir::Need::Required,
    };
    let name = name?;
    Some(ir::Credential {
        rust: rust_name(&name, problems)?,
        name: name.value,
        title: title?,
        description: description?,
        secret: secret.is_some_and(|secret| secret.value),
        need,
        allowed,
        split,
    })
}

fn rust_name(name: &Spanned<String>, problems: &mut Problems) -> Option<String> {
    let rust = names::identifier(&names::snake(&name.value));
    if rust.is_none() {
        problems.report(
            Code::NoRustName,
            name.place,
            format!("no Rust name can be made from `{}`", name.value),
            "use letters, digits and underscores, and no reserved word",
        );
    }
    rust
}

fn split(node: &Node, problems: &mut Problems) -> Option<ir::Split> {
    let mut members = Members::open(node, "`split`", problems)?;
    let at = members.need_text("at", problems);
    let into = members.need("into", problems).and_then(|node| {
        let halves = texts(node, problems)?.into_iter().map(|half| half.value).collect::<Vec<_>>();
        let halves: Option<[String; 2]> = halves.try_into().ok();
        if halves.is_none() {
            wrong_type(node, "an array of two names", problems);
        }
        halves
    });
    members.close(problems);
    Some(ir::Split { at: at?, into: into? })
}

fn parameters(
    node: &Node,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> Option<Vec<ir::Parameter>> {
    let mut names = Vec::new();
    let parameters = list(node, problems, |node, problems| {
        let mut members = Members::open(node, "a parameter", problems)?;
        let name = members.need("name", problems).and_then(|n| text(n, problems));
        let title = members.need_text("title", problems);
        let description = members.need_text("description", problems);
        let source = members.need("from", problems);
        let source = source.and_then(|n| source_of(n, credentials, problems));
        members.take_annotations(problems);
        members.close(problems);
        names.extend(name.clone());
        Some(ir::Parameter {
            name: name?.value,
            title: title?,
            description: description?,
            source: source?,
        })
    })?;
    report_repeated(&names, "parameter", problems);
    // A list with holes would only lead to more reports about what is missing.
    (parameters.value.len() == node.elements().len()).then_some(parameters.value)
}

fn source_of(
    node: &Node,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> Option<ir::Source> {
    if let Value::Object(_) = node.value {
        let mut members = Members::open(node, "`from`", problems)?;
        let constant = members.take("constant").and_then(|n| text(n, problems));
        let credential = members.take("credential").and_then(|n| text(n, problems));
        members.close(problems);
        return match (credential, constant) {
            (Some(name), None) => Some(credential_source(name, credentials, problems)),
            (None, Some(constant)) => Some(ir::Source::Constant(constant.value)),
            _ => {
                problems.report(
                    Code::WrongValue,
                    node.place,
                    "a parameter comes from one source",
                    "write `{\"credential\": name}` or `{\"constant\": text}`",
                );
                None
            }
        };
    }
    let sources = &[("method", 0), ("timestamp", 1), ("sign", 2)];
    match choice(node, sources, problems)?.value {
        0 => Some(ir::Source::Method),
        1 => Some(ir::Source::Timestamp),
        _ => Some(ir::Source::Sign),
    }
}

fn credential_source(
    name: Spanned<String>,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> ir::Source {
    ir::Source::Credential(known_credential(name, credentials, problems))
}

/// The name of a credential that is used whole, or of one half of a split one.
pub(super) fn known_credential(
    name: Spanned<String>,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> String {
    if let Some(credentials) = credentials {
        let known: Vec<&str> = credentials
            .iter()
            .flat_map(|credential| match &credential.split {
                Some(split) => split.into.iter().map(String::as_str).collect(),
                None => vec![credential.name.as_str()],
            })
            .collect();
        if !known.contains(&name.value.as_str()) {
            problems.report(
                Code::UnknownCredential,
                name.place,
                format!("there is no credential `{}`", name.value),
                did_you_mean(&name.value, known.iter().copied())
                    .unwrap_or_else(|| format!("the credentials are {}", known.join(", "))),
            );
        }
    }
    name.value
}

fn timestamp(node: &Node, problems: &mut Problems) -> Option<ir::Timestamp> {
    let mut members = Members::open(node, "`timestamp`", problems)?;
    let forms = &[("seconds", true), ("datetime", false)];
    let seconds = members.need("form", problems).and_then(|n| choice(n, forms, problems));
    let form = match seconds.map(|seconds| seconds.value) {
        Some(true) => members
            .need("since", problems)
            .and_then(|n| whole(n, problems))
            .map(|since| ir::Stamp::Seconds { since: since.value }),
        Some(false) => Some(ir::Stamp::DateTime),
        None => {
            members.take("since");
            None
        }
    };
    let window = members.take("window").and_then(|n| count(n, problems));
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Timestamp { form: form?, window: window.map(|window| window.value) })
}

fn envelope(node: &Node, problems: &mut Problems) -> Option<ir::Envelope> {
    let mut members = Members::open(node, "`reply`", problems)?;
    let mut member = |key| members.take_text(key, problems);
    let (root, failure_root) = (member("root"), member("failure_root"));
    let (sub_code, sub_message) = (member("sub_code"), member("sub_message"));
    let (status, request_id, data) = (member("status"), member("request_id"), member("data"));
    let success = members.take("success");
    let values = success.and_then(|n| values(n, problems)).unwrap_or_default();
    if let (Some(success), None) = (success, &status) {
        if !values.is_empty() {
            not_applicable(
                success.place,
                "`success` lists values of a member that `status` does not name",
                "name the member that tells success from failure, or delete `success`",
                problems,
            );
        }
    }
    let code = members.take_texts("code", problems);
    let message = members.take_texts("message", problems);
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Envelope {
        root,
        failure_root,
        status,
        success: values,
        code,
        message,
        sub_code,
        sub_message,
        request_id,
        data,
    })
}

/// Values as text.
pub(super) fn values(node: &Node, problems: &mut Problems) -> Option<Vec<String>> {
    Some(texts(node, problems)?.into_iter().map(|text| text.value).collect())
}

fn error(node: &Node, problems: &mut Problems) -> Option<ir::ErrorRow> {
    let mut members = Members::open(node, "an error", problems)?;
    let classes = &[
        ("rejected", ir::Class::Rejected),
        ("throttled", ir::Class::Throttled),
        ("duplicate", ir::Class::Duplicate),
        ("clock", ir::Class::Clock),
        ("provider", ir::Class::Provider),
        ("signature", ir::Class::Signature),
    ];
    let class = members.need("class", problems).and_then(|n| choice(n, classes, problems));
    let wait = members.take("wait").and_then(|n| count(n, problems));
    let mut taken = |key| members.take_text(key, problems);
    let (code, sub_code, matched) = (taken("code"), taken("sub_code"), taken("text"));
    let mut needed = |key| members.need_text(key, problems);
    let (meaning, meaning_zh) = (needed("meaning"), needed("meaning_zh"));
    let (hint, hint_zh) = (needed("hint"), needed("hint_zh"));
    members.take_annotations(problems);
    members.close(problems);
    let class = class?.value;
    if let Some(wait) = wait.filter(|_| class != ir::Class::Throttled) {
        not_applicable(
            wait.place,
            "only a throttled call waits",
            "delete `wait`, or make the class `throttled`",
            problems,
        );
    }
    Some(ir::ErrorRow {
        code,
        sub_code,
        text: matched,
        class,
        wait: wait.map(|wait| wait.value),
        meaning: meaning?,
        meaning_zh: meaning_zh?,
        hint: hint?,
        hint_zh: hint_zh?,
    })
}

fn not_applicable(place: Place, message: &str, help: &str, problems: &mut Problems) {
    problems.report(Code::NotApplicable, place, message, help);
}
