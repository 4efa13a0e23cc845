//! `x-gateway`: transport, credentials, system parameters, envelope and known errors.
//!
//! This is no schema: it is read straight into the IR, and what its parts say about each other is
//! checked too. Credentials and parameters are read in [`super::account`], the signing scheme in
//! [`super::sign`].

use super::{account, sign};
use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir;
use crate::json::Node;
use crate::members::{Members, boolean, choice, count, list, text, texts, upper_camel, whole};
use crate::names;
use crate::source::Place;

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
    let name = members
        .need("name", problems)
        .and_then(|n| name(n, directory, problems));
    let rust = members
        .need("rust", problems)
        .and_then(|n| upper_camel(n, problems));
    let direction = members.need("direction", problems);
    let direction = direction.and_then(|n| choice(n, DIRECTIONS, problems));
    let endpoints = members
        .take("endpoints")
        .and_then(|n| list(n, problems, endpoint));
    let transport = members
        .need("transport", problems)
        .and_then(|n| transport(n, problems));
    let credentials = members
        .need("credentials", problems)
        .and_then(|n| account::credentials(n, problems));
    let parameters = members
        .need("parameters", problems)
        .and_then(|n| account::parameters(n, credentials.as_deref(), problems));
    let timestamp = members
        .need("timestamp", problems)
        .and_then(|n| timestamp(n, problems));
    let sign = members
        .need("sign", problems)
        .and_then(|n| sign::read(n, parameters.as_deref(), credentials.as_deref(), problems));
    let escapes = &[("raw", ir::Escape::Raw), ("ascii", ir::Escape::Ascii)];
    let escape = members
        .need("escape", problems)
        .and_then(|n| choice(n, escapes, problems));
    let beyond = &[
        ("allow", ir::BeyondBmp::Allow),
        ("warn", ir::BeyondBmp::Warn),
        ("warn-in-parameters", ir::BeyondBmp::WarnInParameters),
    ];
    let beyond_bmp = members
        .need("beyond_bmp", problems)
        .and_then(|n| choice(n, beyond, problems));
    let reply = members
        .need("reply", problems)
        .and_then(|n| envelope(n, problems));
    let errors = members
        .take("errors")
        .and_then(|n| list(n, problems, error));
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
            format!(
                "the gateway is `{}`, yet its directory is `{directory}`",
                name.value
            ),
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
    Some(ir::Endpoint {
        environment: environment?,
        url: url?,
    })
}

fn transport(node: &Node, problems: &mut Problems) -> Option<ir::Transport> {
    let mut members = Members::open(node, "`transport`", problems)?;
    let places = &[("query", ir::Place::Query), ("form", ir::Place::Form)];
    let system = members
        .need("system", problems)
        .and_then(|n| choice(n, places, problems));
    let forms = &[("json", ir::Business::Json), ("form", ir::Business::Form)];
    let business = members
        .need("business", problems)
        .and_then(|n| choice(n, forms, problems));
    let path = members.take_text("path", problems).unwrap_or_default();
    let content_type = members.need_text("content_type", problems);
    let omit_empty_lists = members
        .take("omit_empty_lists")
        .and_then(|n| boolean(n, problems));
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Transport {
        system: system?.value,
        business: business?.value,
        path,
        content_type: content_type?,
        omit_empty_lists: omit_empty_lists.is_some_and(|omit| omit.value),
    })
}

fn timestamp(node: &Node, problems: &mut Problems) -> Option<ir::Timestamp> {
    let mut members = Members::open(node, "`timestamp`", problems)?;
    let forms = &[("seconds", true), ("datetime", false)];
    let seconds = members
        .need("form", problems)
        .and_then(|n| choice(n, forms, problems));
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
    Some(ir::Timestamp {
        form: form?,
        window: window.map(|window| window.value),
    })
}

fn envelope(node: &Node, problems: &mut Problems) -> Option<ir::Envelope> {
    let mut members = Members::open(node, "`reply`", problems)?;
    let mut member = |key| members.take_text(key, problems);
    let (root, failure_root) = (member("root"), member("failure_root"));
    let (sub_code, sub_message) = (member("sub_code"), member("sub_message"));
    let (status, request_id, data) = (member("status"), member("request_id"), member("data"));
    let success = members.take("success");
    let meaning_success = success
        .and_then(|n| values(n, problems))
        .unwrap_or_default();
    if let (Some(success), None, false) = (success, &status, meaning_success.is_empty()) {
        not_applicable(
            success.place,
            "`success` lists values of a member that `status` does not name",
            "name the member that tells success from failure, or delete `success`",
            problems,
        );
    }
    let pending = members
        .take("pending")
        .and_then(|n| values(n, problems))
        .unwrap_or_default();
    let status_may_lack = members
        .take("status_may_lack")
        .and_then(|n| boolean(n, problems));
    let code = members.take_texts("code", problems);
    let message = members.take_texts("message", problems);
    members.take_annotations(problems);
    members.close(problems);
    Some(ir::Envelope {
        root,
        failure_root,
        status,
        success: meaning_success,
        pending,
        status_may_lack: status_may_lack.is_some_and(|may| may.value),
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
    Some(
        texts(node, problems)?
            .into_iter()
            .map(|text| text.value)
            .collect(),
    )
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
    let class = members
        .need("class", problems)
        .and_then(|n| choice(n, classes, problems));
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
