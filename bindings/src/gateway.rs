//! A gateway as data: where requests go, what signs them, how a reply says success.
//!
//! The generator writes one [`Gateway`] per `gateway.json`; [`prepare`](crate::send::prepare) and
//! [`read_reply`](crate::reply::read_reply) are driven by it.

use crate::digits::Digits;
use crate::sign::Scheme;

/// Everything that `gateway.json` says.
#[derive(Debug)]
pub struct Gateway {
    /// `wangdian-flagship`.
    pub name: &'static str,
    /// Chinese name.
    pub title: &'static str,
    /// Who sends the request.
    pub direction: Direction,
    /// Known addresses, the usual one first.
    pub endpoints: &'static [Endpoint],
    /// Where the parameters travel.
    pub transport: Transport,
    /// What an account is made of.
    pub credentials: &'static [Credential],
    /// The system parameters, in the document's order.
    pub parameters: &'static [Parameter],
    /// How the time stamp is written.
    pub stamp: Stamp,
    /// Seconds that the vendor's clock may differ; none where nobody checks.
    pub window: Option<u32>,
    /// How messages are signed.
    pub scheme: Scheme,
    /// The credential that signs.
    pub secret: &'static str,
    /// How JSON text is written.
    pub escape: crate::object::write::Escape,
    /// How a reply says success or failure.
    pub envelope: Envelope,
    /// Known failures; the first that fits counts.
    pub errors: &'static [ErrorRow],
}

/// Who sends the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// We call the vendor.
    Call,
    /// A partner pushes to an OMS.
    Push,
}

/// An address of the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `production`, `test`, `sandbox`, ...
    pub environment: &'static str,
    /// The base address.
    pub url: &'static str,
}

/// Where the parameters travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// System parameters.
    pub system: Place,
    /// The business request.
    pub business: Business,
    /// Appended to the base address; `{method}` stands for the method.
    pub path: &'static str,
    /// Of the body.
    pub content_type: &'static str,
    /// A form parameter that is an empty list is not sent.
    pub omit_empty_lists: bool,
}

/// Where a parameter stands in the HTTP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the address.
    Query,
    /// In the form body.
    Form,
}

/// How the business request travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Business {
    /// It is the body, as JSON text.
    Json,
    /// Each of its fields is a form parameter.
    Form,
}

/// One field of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Its name.
    pub name: &'static str,
    /// The document's Chinese term.
    pub title: &'static str,
    /// Never shown.
    pub secret: bool,
    /// Whether an account has to have it.
    pub need: Need,
    /// Allowed values; empty for any.
    pub allowed: &'static [&'static str],
    /// Handed out as one text, used as two: the separator and the names of both halves.
    pub split: Option<(&'static str, [&'static str; 2])>,
}

/// Whether an account has to have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It has to.
    Required,
    /// Not sent when unset.
    Optional,
    /// This value when unset.
    Default(&'static str),
}

/// One system parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// The document's Chinese term.
    pub title: &'static str,
    /// Where its value comes from.
    pub source: Source,
}

/// Where the value of a system parameter comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The account's field, or a half of a split one.
    Credential(&'static str),
    /// The method that is called.
    Method,
    /// Always this text.
    Constant(&'static str),
    /// The time of sending.
    Timestamp,
    /// The signature.
    Sign,
}

/// How the time stamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Unix seconds minus these.
    Seconds {
        /// Unix seconds of the vendor's year zero.
        since: i64,
    },
    /// `2025-01-31 10:00:00` in Beijing time.
    DateTime,
}

impl Stamp {
    /// The time stamp of an instant.
    #[must_use]
    pub fn write(self, now: crate::BeijingTime) -> String {
        match self {
            Stamp::Seconds { since } => Digits::of(now.unix() - since).as_str().to_owned(),
            Stamp::DateTime => Digits::time(now).as_str().to_owned(),
        }
    }
}

/// How a reply says success or failure. All names are wire names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The one member that a reply may be wrapped in; `{method}` with underscores for dots.
    pub root: Option<&'static str>,
    /// The one member that a failure is wrapped in.
    pub failure_root: Option<&'static str>,
    /// The member that tells success from failure.
    pub status: Option<&'static str>,
    /// Its values, as text, that mean success.
    pub success: &'static [&'static str],
    /// Its values, as text, that mean: taken, and not done yet.
    pub pending: &'static [&'static str],
    /// A reply may lack the member; its text or its data then tells.
    pub status_may_lack: bool,
    /// The failure's code: the first of these that is there.
    pub code: &'static [&'static str],
    /// The failure's text: the first of these that is there.
    pub message: &'static [&'static str],
    /// A second, finer code.
    pub sub_code: Option<&'static str>,
    /// Its text.
    pub sub_message: Option<&'static str>,
    /// What the vendor's support asks for.
    pub request_id: Option<&'static str>,
    /// The member that holds the business reply.
    pub data: Option<&'static str>,
}

/// A known failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// Exact code; none fits any.
    pub code: Option<&'static str>,
    /// Exact sub code, or its beginning before a `*`; none fits any.
    pub sub_code: Option<&'static str>,
    /// Part of the message, or its beginning before a `*`, width and punctuation aside; none fits
    /// any.
    pub text: Option<&'static str>,
    /// What it means for the caller.
    pub class: Class,
    /// Seconds to wait, where the document or the text's absence of one says so.
    pub wait: Option<u32>,
    /// What happened.
    pub meaning: &'static str,
    /// What happened, in Chinese.
    pub meaning_zh: &'static str,
    /// One next step.
    pub hint: &'static str,
    /// One next step, in Chinese.
    pub hint_zh: &'static str,
}

/// What a failure means for the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Sending the same again cannot help.
    Rejected,
    /// Too many calls: wait.
    Throttled,
    /// It is already there.
    Duplicate,
    /// The time stamp was outside the window.
    Clock,
    /// The vendor's side failed; whether the request took effect is open.
    Provider,
    /// The signature did not pass.
    Signature,
}

/// The type that stands for a gateway, so that a request and the credentials of two gateways do not
/// meet. Implemented by generated code.
pub trait Marker: 'static {
    /// What `gateway.json` says.
    const GATEWAY: &'static Gateway;
    /// Its accounts.
    type Credentials: AsRef<crate::Keys> + TryFrom<crate::Keys, Error = crate::CredentialError>;
}
