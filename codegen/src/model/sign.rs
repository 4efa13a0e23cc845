//! `x-gateway.sign`: the signing scheme as data.

use super::account::known_credential;
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::Node;
use crate::members::{Members, boolean, choice, distinct, list, report_repeated, text};
use crate::source::Spanned;
use crate::suggest::did_you_mean;

const LAYOUTS: &[(&str, ir::Layout)] = &[
    ("name-value", ir::Layout::NameValue),
    ("length-prefixed", ir::Layout::LengthPrefixed),
    ("nested", ir::Layout::Nested),
];

const ALGORITHMS: &[(&str, ir::Algorithm)] = &[
    ("md5", ir::Algorithm::Md5),
    ("hmac-md5", ir::Algorithm::HmacMd5),
    ("hmac-sha256", ir::Algorithm::HmacSha256),
];

const SECRET_PLACES: &[(&str, ir::SecretPlace)] = &[
    ("around", ir::SecretPlace::Around),
    ("after", ir::SecretPlace::After),
    ("key", ir::SecretPlace::Key),
    ("after-inner-digest", ir::SecretPlace::AfterInnerDigest),
];

const CASES: &[(&str, ir::Case)] = &[("lower", ir::Case::Lower), ("upper", ir::Case::Upper)];

/// Reads the scheme; `parameters` and `credentials` are nothing when they could not be read.
pub(super) fn read(
    node: &Node,
    parameters: Option<&[ir::Parameter]>,
    credentials: Option<&[ir::Credential]>,
    problems: &mut Problems,
) -> Option<ir::Sign> {
    let mut members = Members::open(node, "`sign`", problems)?;
    let parameter = members
        .need("parameter", problems)
        .and_then(|n| text(n, problems));
    let secret = members
        .need("credential", problems)
        .and_then(|n| text(n, problems));
    let secret = secret.map(|name| known_credential(name, credentials, problems));
    let omit_node = members.need("omit", problems);
    let omit = omit_node.and_then(|n| distinct(n, problems));
    let layout = members
        .need("layout", problems)
        .and_then(|n| choice(n, LAYOUTS, problems));
    let digests = members
        .need("digests", problems)
        .and_then(|n| digests(n, problems));
    let digest_parameter = members
        .take("digest_parameter")
        .and_then(|n| text(n, problems));
    let case = members
        .need("case", problems)
        .and_then(|n| choice(n, CASES, problems));
    let body = members.take_text("body", problems);
    let skip_blank = members
        .take("skip_blank")
        .and_then(|n| boolean(n, problems));
    members.take_annotations(problems);
    members.close(problems);

    if let Some(named) = &digest_parameter {
        check_parameter(named, parameters, problems);
    }
    let known = parameter
        .as_ref()
        .filter(|named| check_parameter(named, parameters, problems));
    if let (Some(parameter), Some(parameters)) = (known, parameters) {
        check_source(parameter, parameters, problems);
    }
    if let (Some(parameter), Some(omit), Some(node)) = (known, &omit, omit_node)
        && !omit.iter().any(|name| name.value == parameter.value)
    {
        problems.report(
            Code::MissingMember,
            node.place,
            format!(
                "`omit` lacks `{}`, which cannot sign itself",
                parameter.value
            ),
            format!("add `\"{}\"`", parameter.value),
        );
    }
    Some(ir::Sign {
        parameter: parameter?.value,
        secret: secret?,
        omit: omit?.into_iter().map(|name| name.value).collect(),
        layout: layout?.value,
        digests: digests?,
        digest_parameter: digest_parameter.map(|name| name.value),
        case: case?.value,
        body,
        skip_blank: skip_blank.is_some_and(|skip| skip.value),
    })
}

fn digests(node: &Node, problems: &mut Problems) -> Option<Vec<ir::Digest>> {
    let mut names = Vec::new();
    let digests = list(node, problems, |node, problems| {
        let mut members = Members::open(node, "a digest", problems)?;
        let name = members
            .need("name", problems)
            .and_then(|n| text(n, problems));
        let algorithm = members
            .need("algorithm", problems)
            .and_then(|n| choice(n, ALGORITHMS, problems));
        let secret = members
            .need("secret", problems)
            .and_then(|n| choice(n, SECRET_PLACES, problems));
        members.take_annotations(problems);
        members.close(problems);
        names.extend(name.clone());
        Some(ir::Digest {
            name: name?.value,
            algorithm: algorithm?.value,
            secret: secret?.value,
        })
    })?;
    report_repeated(&names, "digest", problems);
    if node.elements().is_empty() {
        problems.report(
            Code::EmptyList,
            node.place,
            "the signing scheme has no digest",
            "list at least one, the default first",
        );
    }
    Some(digests.value)
}

/// False when there is no such parameter, which is reported.
fn check_parameter(
    name: &Spanned<String>,
    parameters: Option<&[ir::Parameter]>,
    problems: &mut Problems,
) -> bool {
    let Some(parameters) = parameters else {
        return true;
    };
    let known = || parameters.iter().map(|parameter| parameter.name.as_str());
    if known().any(|known| known == name.value) {
        return true;
    }
    problems.report(
        Code::UnknownParameter,
        name.place,
        format!("there is no parameter `{}`", name.value),
        did_you_mean(&name.value, known()).unwrap_or_else(|| {
            format!(
                "the parameters are {}",
                known().collect::<Vec<_>>().join(", ")
            )
        }),
    );
    false
}

/// The parameter that carries the signature must be the one that comes from it.
fn check_source(name: &Spanned<String>, parameters: &[ir::Parameter], problems: &mut Problems) {
    for parameter in parameters {
        let carries = parameter.name == name.value;
        if carries != (parameter.source == ir::Source::Sign) {
            problems.report(
                Code::UnknownParameter,
                name.place,
                format!(
                    "the signature goes into `{}`, but `{}` says otherwise",
                    name.value, parameter.name
                ),
                format!("exactly `{}` has `\"from\": \"sign\"`", name.value),
            );
        }
    }
}
