//! The credentials of an account, and the system parameters that they and others feed.

use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::{Node, Value};
use crate::members::{Members, boolean, choice, list, report_repeated, text, texts, wrong_type};
use crate::names;
use crate::source::Spanned;
use crate::suggest::did_you_mean;

pub(super) fn credentials(node: &Node, problems: &mut Problems) -> Option<Vec<ir::Credential>> {
    let mut names = Vec::new();
    let credentials = list(node, problems, |node, problems| {
        names.extend(node.get("name").and_then(|name| {
            Some(Spanned {
                value: name.text()?.to_owned(),
                place: name.place,
            })
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
    let name = members
        .need("name", problems)
        .and_then(|n| text(n, problems));
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
                problems.report(
                    Code::NotApplicable,
                    default.place,
                    "an optional credential has no default",
                    "keep either `optional` or `default`",
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
        let halves = texts(node, problems)?
            .into_iter()
            .map(|half| half.value)
            .collect::<Vec<_>>();
        let halves: Option<[String; 2]> = halves.try_into().ok();
        if halves.is_none() {
            wrong_type(node, "an array of two names", problems);
        }
        halves
    });
    members.close(problems);
    Some(ir::Split {
        at: at?,
        into: into?,
    })
}

pub(super) fn parameters(
    node: &Node,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> Option<Vec<ir::Parameter>> {
    let mut names = Vec::new();
    let parameters = list(node, problems, |node, problems| {
        let mut members = Members::open(node, "a parameter", problems)?;
        let name = members
            .need("name", problems)
            .and_then(|n| text(n, problems));
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
