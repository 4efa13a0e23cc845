//! What a reply means: the envelope against the gateway's data, the inside against the API's.

use super::Failure;
use crate::RawJson;
use crate::api::{Api, Inner};
use crate::gateway::{Class, Envelope, ErrorRow};
use crate::object::read::{self, DecodeError};
use crate::object::{Object, View, holder, xml};

/// What a reply means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// It went well; the reply is filled.
    Success,
    /// The envelope says success, its inside failure; the reply is filled.
    Partial(Failure),
    /// The gateway refused.
    Failed(Failure),
    /// The gateway took it and has not done it yet.
    Pending(Failure),
    /// The text is no reply of this API.
    Unreadable(DecodeError),
}

/// Fills `reply` from a body and says what it means, for types that are known only at run time.
pub fn judge(api: &Api, reply: &mut (dyn Object + 'static), body: &[u8]) -> Verdict {
    let envelope = &api.gateway.envelope;
    let read = fill(api, reply, body);
    if let Err(error) = &read
        && error.is_incomplete()
    {
        // What a text that ends too early said until then proves nothing.
        return Verdict::Unreadable(error.clone());
    }
    if said(envelope, reply).is_some_and(|status| envelope.pending.contains(&status.as_str())) {
        return Verdict::Pending(failure(api, reply));
    }
    if envelope_failed(envelope, reply, &read) {
        let failure = failure(api, reply);
        let wordless = failure.code.is_empty() && failure.message.is_empty();
        return if wordless && failure.sub_code.is_none() {
            Verdict::Unreadable(read::not_a_reply(body))
        } else {
            Verdict::Failed(failure)
        };
    }
    if let Err(error) = read.map(|_| ()) {
        return Verdict::Unreadable(error);
    }
    // Only a reply with data may lack its status and still be a success.
    if let Some(status) = envelope.status
        && said(envelope, reply).is_none()
        && !(envelope.status_may_lack && has_data(envelope, reply))
    {
        return Verdict::Unreadable(read::absent(reply.table(), status, body));
    }
    if let Some(failure) = told_duplicate(api, reply) {
        return Verdict::Failed(failure);
    }
    match api.inner {
        // The envelope says that the call was taken; only the inside says that it went well.
        Some(inner) if at(reply, inner.status).is_none() => {
            Verdict::Unreadable(read::absent_at(inner.status.to_owned(), "a value", body))
        }
        Some(inner) if inner_failed(&inner, reply) => {
            Verdict::Partial(inner_failure(&inner, reply))
        }
        _ => Verdict::Success,
    }
}

/// Which root a reply was wrapped in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    None,
    Failure,
}

fn fill(api: &Api, reply: &mut (dyn Object + 'static), body: &[u8]) -> Result<Root, DecodeError> {
    let envelope = &api.gateway.envelope;
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if let (true, Ok(text)) = (
        body.trim_ascii_start().starts_with(b"<"),
        std::str::from_utf8(body),
    ) {
        return fill_from_xml(envelope, reply, text);
    }
    if envelope.root.is_none() && envelope.failure_root.is_none() {
        return read::from_json(reply, body).map(|()| Root::None);
    }
    match root_member(envelope, body) {
        Some((name, inside)) if Some(name.as_str()) == envelope.failure_root => {
            // A failure has none of the reply's fields; its members are kept as extra ones.
            let _ = read::from_json(reply, inside.as_str().as_bytes());
            Ok(Root::Failure)
        }
        // The root's name is not worth checking: the vendor's own programs do not.
        Some((name, inside)) if name.ends_with("_response") => {
            read::from_json(reply, inside.as_str().as_bytes()).map(|()| Root::None)
        }
        _ => read::from_json(reply, body).map(|()| Root::None),
    }
}

fn fill_from_xml(
    envelope: &Envelope,
    reply: &mut (dyn Object + 'static),
    text: &str,
) -> Result<Root, DecodeError> {
    let root = xml::root(text);
    let is_reply = envelope.root.is_some()
        && root
            .as_ref()
            .is_some_and(|root| root.ends_with("_response"));
    if root.as_deref() == envelope.failure_root && root.is_some() {
        let _ = xml::from_xml(reply, text);
        return Ok(Root::Failure);
    }
    if !is_reply {
        return Err(read::not_a_reply(text.as_bytes()));
    }
    xml::from_xml(reply, text).map(|()| Root::None)
}

/// The member that a reply is wrapped in: that of a failure, or else an object's only one.
fn root_member(envelope: &Envelope, body: &[u8]) -> Option<(String, RawJson)> {
    let mut members: std::collections::BTreeMap<String, RawJson> =
        serde_json::from_slice(body).ok()?;
    let failure = envelope
        .failure_root
        .and_then(|root| members.remove_entry(root));
    if let Some(failure) = failure.filter(|(_, inside)| !inside.is_null()) {
        return Some(failure);
    }
    let mut members = members.into_iter();
    match (members.next(), members.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn envelope_failed(
    envelope: &Envelope,
    reply: &dyn Object,
    read: &Result<Root, DecodeError>,
) -> bool {
    if matches!(read, Ok(Root::Failure)) {
        return true;
    }
    match said(envelope, reply) {
        Some(status) => !envelope.success.contains(&status.as_str()),
        // A failure without its status has a text and no data.
        None => {
            envelope.status_may_lack
                && read.is_ok()
                && first(reply, envelope.message).is_some()
                && !has_data(envelope, reply)
        }
    }
}

/// What the envelope's status says; an empty text says nothing.
fn said(envelope: &Envelope, reply: &dyn Object) -> Option<String> {
    member(reply, envelope.status?).filter(|status| !status.is_empty())
}

fn failure(api: &Api, reply: &dyn Object) -> Failure {
    let envelope = &api.gateway.envelope;
    let one = |name: Option<&str>| name.and_then(|name| member(reply, name));
    let mut failure = Failure {
        code: code(envelope, reply),
        sub_code: one(envelope.sub_code),
        message: first(reply, envelope.message).unwrap_or_default(),
        sub_message: one(envelope.sub_message),
        request_id: one(envelope.request_id),
        known: None,
    };
    failure.known = known_row(api, &failure);
    failure
}

/// Some gateways say "already done" in a text under the sign of success.
fn told_duplicate(api: &Api, reply: &dyn Object) -> Option<Failure> {
    let envelope = &api.gateway.envelope;
    envelope
        .message
        .iter()
        .filter_map(|name| member(reply, name))
        .find_map(|message| {
            let told = Failure {
                code: code(envelope, reply),
                message,
                ..Failure::default()
            };
            let known = known_row(api, &told).filter(|row| row.class == Class::Duplicate)?;
            Some(Failure {
                known: Some(known),
                ..told
            })
        })
}

fn known_row(api: &Api, failure: &Failure) -> Option<&'static ErrorRow> {
    let folded = fold(&failure.message);
    api.gateway.errors.iter().find(|row| {
        row.code.is_none_or(|code| code == failure.code)
            && row
                .sub_code
                .is_none_or(|pattern| fits(pattern, failure.sub_code.as_deref()))
            && row.text.is_none_or(|text| match text.strip_suffix('*') {
                Some(beginning) => folded.starts_with(&fold(beginning)),
                None => folded.contains(&fold(text)),
            })
    })
}

fn fits(pattern: &str, sub_code: Option<&str>) -> bool {
    let Some(sub_code) = sub_code else {
        return false;
    };
    match pattern.strip_suffix('*') {
        Some(beginning) => sub_code.starts_with(beginning),
        None => sub_code == pattern,
    }
}

/// A text without white space and punctuation, full-width letters narrowed: vendors' texts differ in
/// these from page to page.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c)
            .checked_sub(0xFEE0)
            .and_then(char::from_u32)
            .unwrap_or(c),
        c => c,
    };
    text.chars()
        .map(narrow)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn inner_failed(inner: &Inner, reply: &dyn Object) -> bool {
    at(reply, inner.status).is_some_and(|status| !inner.success.contains(&status.as_str()))
}

fn inner_failure(inner: &Inner, reply: &dyn Object) -> Failure {
    let one = |pointer: Option<&str>| pointer.and_then(|pointer| at(reply, pointer));
    Failure {
        code: one(inner.code)
            .or_else(|| at(reply, inner.status))
            .unwrap_or_default(),
        message: one(inner.message).unwrap_or_default(),
        ..Failure::default()
    }
}

/// The code. A member that may also be the text counts only if it looks like a code.
fn code(envelope: &Envelope, reply: &dyn Object) -> String {
    let says_code = |name: &str, text: &str| {
        let is_code = text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte));
        !text.trim().is_empty() && (is_code || !envelope.message.contains(&name))
    };
    let codes = envelope
        .code
        .iter()
        .filter_map(|name| Some((*name, member(reply, name)?)));
    codes
        .filter(|(name, text)| says_code(name, text))
        .map(|(_, text)| text)
        .next()
        .unwrap_or_default()
}

/// The first of these members that says something, as text.
fn first(reply: &dyn Object, names: &[&str]) -> Option<String> {
    names
        .iter()
        .filter_map(|name| member(reply, name))
        .find(|text| !text.trim().is_empty())
}

/// A member of the reply as text, whether its schema knows it or not.
fn member(reply: &dyn Object, name: &str) -> Option<String> {
    let index = reply
        .table()
        .fields
        .iter()
        .position(|field| field.name == name);
    match index {
        Some(index) => scalar(reply.get(index)),
        None => reply
            .extra()
            .get(name)
            .and_then(|raw| raw.as_text().or_else(|| plain(raw))),
    }
}

/// Whether the member that holds the business reply is there.
fn has_data(envelope: &Envelope, reply: &dyn Object) -> bool {
    envelope.data.is_some_and(|name| {
        match reply
            .table()
            .fields
            .iter()
            .position(|field| field.name == name)
        {
            Some(index) => !matches!(reply.get(index), View::Absent),
            None => reply.extra().get(name).is_some_and(|raw| !raw.is_null()),
        }
    })
}

/// The value at a pointer of field names, as text.
pub(crate) fn at(reply: &dyn Object, pointer: &str) -> Option<String> {
    let (holder, name) = holder(reply, pointer)?;
    member(holder, name)
}

fn scalar(view: View<'_>) -> Option<String> {
    Some(match view {
        View::Text(text) => text.to_owned(),
        View::Integer(value) => value.to_string(),
        View::Boolean(value) => value.to_string(),
        View::Decimal(value) => value.to_string(),
        View::Enum(value) => value.code().to_string(),
        View::Json(raw) => return raw.as_text().or_else(|| plain(raw)),
        View::DateTime(time) => time.to_string(),
        View::Date(day) => day.to_string(),
        View::Absent | View::Object(_) | View::List(_) => return None,
    })
}

/// A JSON number or boolean as text.
fn plain(raw: &RawJson) -> Option<String> {
    let simple = raw
        .as_str()
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit() || b"-tf".contains(&byte));
    simple.then(|| raw.as_str().to_owned())
}
