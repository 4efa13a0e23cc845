//! A reply to its meaning: the typed output, or one of the ways in which a call ends otherwise.
//!
//! The envelope and the known failures are data of the gateway; an outcome inside a successful
//! envelope is data of the API. This is the only place that judges.

use std::fmt;
use std::time::Duration;

use crate::RawJson;
use crate::api::{Api, Inner, Request};
use crate::gateway::{Class, Envelope, ErrorRow};
use crate::object::read::{self, DecodeError};
use crate::object::{Object, View, xml};

/// How a call can end other than well. `R` is the reply type.
///
/// Ends that happen on the way, without a complete answer, belong to whoever sends.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CallError<R: fmt::Debug> {
    /// Too many calls. Nothing was done; wait, then send again.
    #[error("throttled: {failure}")]
    Throttled {
        /// What the gateway said.
        failure: Failure,
        /// How long it asks to wait; none where it does not say.
        wait: Option<Duration>,
    },
    /// Refused. Sending the same again cannot help.
    #[error("rejected: {0}")]
    Rejected(Failure),
    /// It is already there, from an earlier call.
    #[error("duplicate: {0}")]
    Duplicate(Failure),
    /// The envelope says success, its inside says failure: something was done. Do not send it
    /// again before looking.
    #[error("partial: {failure}")]
    Partial {
        /// What the inside said.
        failure: Failure,
        /// The whole reply.
        reply: Box<R>,
    },
    /// The vendor's side failed; whether the request took effect is open.
    #[error("outcome unknown: {0}; query before sending it again")]
    Provider(Failure),
    /// The answer could not be understood; whether the request took effect is open.
    #[error("bad reply: {0}")]
    BadReply(DecodeError),
}

/// What a gateway said when it refused, in its own words, and what is known of it.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Failure {
    /// The vendor's code.
    pub code: String,
    /// The vendor's finer code.
    pub sub_code: Option<String>,
    /// The vendor's text.
    pub message: String,
    /// The finer text.
    pub sub_message: Option<String>,
    /// What the vendor's support asks for.
    pub request_id: Option<String>,
    /// What the schema knows of this failure, with a hint.
    pub known: Option<&'static ErrorRow>,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.vendor())?;
        if let Some(known) = self.known {
            write!(f, " — {}; {}", known.meaning, known.hint)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Failure")
            .field("code", &self.code)
            .field("sub_code", &self.sub_code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}

impl Failure {
    /// The failure in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self.known {
            Some(known) => format!("{} — {}；{}", self.vendor(), known.meaning_zh, known.hint_zh),
            None => self.vendor(),
        }
    }

    /// What it means for the caller; one that no row of the schema fits is [`Class::Rejected`].
    #[must_use]
    pub fn class(&self) -> Class {
        self.known.map_or(Class::Rejected, |row| row.class)
    }

    /// How long to wait before the next call; none where neither the text nor the schema says.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        let seconds = named_wait(self).or(self.known.and_then(|row| row.wait))?;
        Some(Duration::from_secs(seconds.into()))
    }

    /// The vendor's own codes and words.
    fn vendor(&self) -> String {
        let parts = [Some(&self.code), self.sub_code.as_ref(), Some(&self.message), self.sub_message.as_ref()];
        let parts = parts.into_iter().flatten().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// Reads the reply to a request of type `R`.
///
/// `content_type` is what the gateway said of the body; the body itself decides, since gateways
/// label JSON as HTML and XML as text.
///
/// # Errors
/// The call did not end well: see [`CallError`].
pub fn read_reply<R: Request>(body: &[u8]) -> Result<R::Output, CallError<R::Reply>>
where
    R::Reply: fmt::Debug,
{
    let reply = read_whole::<R>(body)?;
    // A success without its data is not one that a caller can use.
    R::output(reply).ok_or_else(|| CallError::BadReply(no_data(R::API, body)))
}

/// As [`read_reply`], with the whole reply instead of the part that a caller is after.
///
/// # Errors
/// As [`read_reply`].
pub fn read_whole<R: Request>(body: &[u8]) -> Result<R::Reply, CallError<R::Reply>>
where
    R::Reply: fmt::Debug,
{
    let mut reply = <R::Reply as crate::object::Blank>::blank();
    Err(match judge(R::API, &mut reply, body) {
        Verdict::Success => return Ok(reply),
        Verdict::Partial(failure) => CallError::Partial { failure, reply: Box::new(reply) },
        Verdict::Failed(failure) => failed(failure),
        Verdict::Unreadable(error) => CallError::BadReply(error),
    })
}

fn failed<R: fmt::Debug>(failure: Failure) -> CallError<R> {
    match failure.class() {
        Class::Throttled => CallError::Throttled { wait: failure.wait(), failure },
        Class::Duplicate => CallError::Duplicate(failure),
        Class::Provider => CallError::Provider(failure),
        Class::Rejected | Class::Clock | Class::Signature => CallError::Rejected(failure),
    }
}

fn no_data(api: &Api, body: &[u8]) -> DecodeError {
    let member = api.gateway.envelope.data.unwrap_or_default();
    read::absent(member, body)
}

/// What a reply means.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// It went well; the reply is filled.
    Success,
    /// The envelope says success, its inside failure; the reply is filled.
    Partial(Failure),
    /// The gateway refused.
    Failed(Failure),
    /// The text is no reply of this API.
    Unreadable(DecodeError),
}

/// Fills `reply` from a body and says what it means, for types that are known only at run time.
pub fn judge(api: &Api, reply: &mut (dyn Object + 'static), body: &[u8]) -> Verdict {
    let envelope = &api.gateway.envelope;
    let read = fill(api, reply, body);
    if envelope_failed(envelope, reply, &read) {
        return Verdict::Failed(failure(api, reply));
    }
    if let Err(error) = read.map(|_| ()) {
        return Verdict::Unreadable(error);
    }
    if let Some(failure) = told_duplicate(api, reply) {
        return Verdict::Failed(failure);
    }
    match api.inner {
        Some(inner) if inner_failed(&inner, reply) => Verdict::Partial(inner_failure(&inner, reply)),
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
    if let (true, Ok(text)) = (body.trim_ascii_start().starts_with(b"<"), std::str::from_utf8(body)) {
        return fill_from_xml(envelope, reply, text);
    }
    if envelope.root.is_none() && envelope.failure_root.is_none() {
        return read::from_json(reply, body).map(|()| Root::None);
    }
    match only_member(body) {
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

fn fill_from_xml(envelope: &Envelope, reply: &mut (dyn Object + 'static), text: &str) -> Result<Root, DecodeError> {
    let root = xml::root(text);
    let is_reply = envelope.root.is_some() && root.as_ref().is_some_and(|root| root.ends_with("_response"));
    if root.as_deref() == envelope.failure_root && root.is_some() {
        let _ = xml::from_xml(reply, text);
        return Ok(Root::Failure);
    }
    if !is_reply {
        return Err(read::not_a_reply(text.as_bytes()));
    }
    xml::from_xml(reply, text).map(|()| Root::None)
}

/// The name and value of an object's only member.
fn only_member(body: &[u8]) -> Option<(String, RawJson)> {
    let members: std::collections::BTreeMap<String, RawJson> = serde_json::from_slice(body).ok()?;
    let mut members = members.into_iter();
    match (members.next(), members.next()) {
        (Some(only), None) => Some(only),
        _ => None,
    }
}

fn envelope_failed(envelope: &Envelope, reply: &dyn Object, read: &Result<Root, DecodeError>) -> bool {
    if matches!(read, Ok(Root::Failure)) {
        return true;
    }
    let Some(status) = envelope.status else { return false };
    match member(reply, status) {
        Some(status) => !envelope.success.contains(&status.as_str()),
        // A failure may lack its status: then it has a text and no data.
        None => {
            first(reply, envelope.message).is_some_and(|message| !message.is_empty())
                && envelope.data.is_some_and(|data| member(reply, data).is_none() && !is_there(reply, data))
        }
    }
}

fn failure(api: &Api, reply: &dyn Object) -> Failure {
    let envelope = &api.gateway.envelope;
    let one = |name: Option<&str>| name.and_then(|name| member(reply, name));
    let mut failure = Failure {
        code: first(reply, envelope.code).unwrap_or_default(),
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
    envelope.message.iter().filter_map(|name| member(reply, name)).find_map(|message| {
        let told = Failure { code: first(reply, envelope.code).unwrap_or_default(), message, ..Failure::default() };
        let known = known_row(api, &told).filter(|row| row.class == Class::Duplicate)?;
        Some(Failure { known: Some(known), ..told })
    })
}

fn known_row(api: &Api, failure: &Failure) -> Option<&'static ErrorRow> {
    let folded = fold(&failure.message);
    api.gateway.errors.iter().find(|row| {
        row.code.is_none_or(|code| code == failure.code)
            && row.sub_code.is_none_or(|pattern| fits(pattern, failure.sub_code.as_deref()))
            && row.text.is_none_or(|text| folded.contains(&fold(text)))
    })
}

fn fits(pattern: &str, sub_code: Option<&str>) -> bool {
    let Some(sub_code) = sub_code else { return false };
    match pattern.strip_suffix('*') {
        Some(beginning) => sub_code.starts_with(beginning),
        None => sub_code == pattern,
    }
}

/// A text without white space and punctuation, full-width letters narrowed: vendors' texts differ in
/// these from page to page.
fn fold(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).filter(|c| c.is_alphanumeric()).collect()
}

/// Seconds of a ban that only its text names: "... for N more seconds", and one to be sure.
fn named_wait(failure: &Failure) -> Option<u32> {
    let text = failure.sub_message.as_deref().unwrap_or(&failure.message);
    let before = text.get(..text.find(" more second")?)?;
    let digits = before.get(before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1)..)?;
    digits.parse::<u32>().ok()?.checked_add(1)
}

fn inner_failed(inner: &Inner, reply: &dyn Object) -> bool {
    at(reply, inner.status).is_some_and(|status| !inner.success.contains(&status.as_str()))
}

fn inner_failure(inner: &Inner, reply: &dyn Object) -> Failure {
    let one = |pointer: Option<&str>| pointer.and_then(|pointer| at(reply, pointer));
    Failure {
        code: one(inner.code).or_else(|| at(reply, inner.status)).unwrap_or_default(),
        message: one(inner.message).unwrap_or_default(),
        ..Failure::default()
    }
}

/// The first of these members that says something, as text.
fn first(reply: &dyn Object, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|name| member(reply, name)).find(|text| !text.trim().is_empty())
}

/// A member of the reply as text, whether its schema knows it or not.
fn member(reply: &dyn Object, name: &str) -> Option<String> {
    let index = reply.table().fields.iter().position(|field| field.name == name);
    match index {
        Some(index) => scalar(reply.get(index)),
        None => reply.extra().get(name).and_then(|raw| raw.as_text().or_else(|| plain(raw))),
    }
}

fn is_there(reply: &dyn Object, name: &str) -> bool {
    let index = reply.table().fields.iter().position(|field| field.name == name);
    index.is_some_and(|index| !matches!(reply.get(index), View::Absent))
}

/// The value at a pointer of field names, as text.
fn at(reply: &dyn Object, pointer: &str) -> Option<String> {
    let (head, rest) = match pointer.strip_prefix('/')?.split_once('/') {
        Some((head, rest)) => (head, Some(rest)),
        None => (pointer.strip_prefix('/')?, None),
    };
    let Some(rest) = rest else { return member(reply, head) };
    let index = reply.table().fields.iter().position(|field| field.name == head)?;
    match reply.get(index) {
        View::Object(inside) => at(inside, &format!("/{rest}")),
        _ => None,
    }
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
    let simple = raw.as_str().bytes().next().is_some_and(|byte| byte.is_ascii_digit() || b"-tf".contains(&byte));
    simple.then(|| raw.as_str().to_owned())
}
