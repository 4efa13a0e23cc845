//! One example request: typed value, findings, text to sign, HTTP request, proof of the signature.

use dockseal::api::AnyApi;
use dockseal::gateway::Gateway;
use dockseal::object::read;
use dockseal::object::violation::{Severity, Violation};
use dockseal::object::{Object, inspect, rust_source};
use dockseal::send::{Options, dry_run, prepare_any};
use dockseal::{BeijingTime, Keys};

use super::Tally;
use super::page::{BAD, GOOD, PLAIN, Page, STRONG, WARN};
use super::reply::unknown_fields;
use super::text::pretty_json;
use super::wire::Printed;

/// Shows a request and counts whether it was signed and verified.
pub(super) fn show(
    any: &dyn AnyApi,
    text: &str,
    keys: &Keys,
    now: BeijingTime,
    page: &mut Page,
    tally: &mut Tally,
) {
    let mut request = any.blank_request();
    if let Err(error) = read::request(any.api().positional, request.as_mut(), text.as_bytes()) {
        page.label("example", "");
        page.block(text);
        tally.surprise(page, &format!("the request cannot be read: {error}"));
        for problem in &error.problems {
            page.more(&problem.zh());
        }
        return;
    }
    page.label("typed value", "as it is written in Rust");
    page.block(&rust_source(request.as_ref()));
    unknown_fields(request.as_ref(), page);

    if !findings(request.as_ref(), page) {
        tally.surprise(page, "the request breaks its schema, so it is not sent");
        return;
    }
    match sent(any, request.as_ref(), keys, now, page) {
        Ok(()) => tally.verified += 1,
        Err(problem) => tally.surprise(page, &problem),
    }
}

/// Shows what breaks the schema, and whether the request may be sent.
fn findings(request: &dyn Object, page: &mut Page) -> bool {
    let found = inspect(request);
    let (errors, warnings): (Vec<_>, Vec<_>) = found
        .iter()
        .partition(|violation| violation.severity == Severity::Error);
    if errors.is_empty() {
        page.styled_row(
            GOOD,
            "valid",
            PLAIN,
            "no rule of the schema is broken  校验通过",
        );
    }
    let list = |page: &mut Page, style, label, found: &[&Violation]| {
        for violation in found {
            page.styled_row(style, label, STRONG, &violation.to_string());
            page.more(&violation.zh());
            page.more(&violation.schema);
        }
    };
    list(page, BAD, "violation", &errors);
    list(page, WARN, "warning", &warnings);
    errors.is_empty()
}

/// The digest that the account asks for.
fn digest<'a>(gateway: &Gateway, keys: &'a Keys) -> &'a str {
    let scheme = &gateway.scheme;
    let asked = scheme.digest_parameter.and_then(|name| keys.get(name));
    asked
        .or(scheme.digests.first().map(|digest| digest.name))
        .unwrap_or_default()
}

/// Shows the text to sign and the HTTP request, then verifies what was shown.
fn sent(
    any: &dyn AnyApi,
    request: &dyn Object,
    keys: &Keys,
    now: BeijingTime,
    page: &mut Page,
) -> Result<(), String> {
    let (api, options) = (any.api(), Options::default());
    let to_sign = dry_run(api, request, keys, now, &options).map_err(|error| error.to_string())?;
    page.label(
        "text to sign",
        &format!("secrets masked; digest {}", digest(api.gateway, keys)),
    );
    page.block(&to_sign);

    let signed =
        prepare_any(api, request, keys, now, &options).map_err(|error| error.to_string())?;
    let printed = Printed::new(&signed, keys)?;
    page.label("HTTP request", &format!("to {}", printed.address));
    page.block(&printed.line);
    for (name, value) in &printed.headers {
        page.block(&format!("{name}: {value}"));
    }
    page.gap();
    page.block(&printed.body);

    let fields = printed.fields(api.gateway)?;
    if fields.is_empty() {
        page.label("body", "laid out");
        page.block(&pretty_json(&printed.body));
    } else {
        page.label("body", "decoded");
        page.pairs(
            fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
    }

    let signature = printed.verify(api, keys, &to_sign)?;
    page.styled_row(GOOD, "verified", PLAIN, &format!("{signature}  验签通过"));
    Ok(())
}
