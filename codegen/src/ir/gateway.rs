//! A gateway: where requests go, what signs them, how a reply says success.

use super::{Api, Type};

/// One `<gateway>/gateway.json` with the APIs beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// `wangdian-flagship`.
    pub name: String,
    /// `wangdian_flagship`, the module.
    pub module: String,
    /// `WangdianFlagship`, the marker type.
    pub rust: String,
    /// Chinese name.
    pub title: String,
    /// English sentence.
    pub description: String,
    /// `wangdian-flagship/gateway.json`.
    pub schema: String,
    /// What the document is silent about, and what was decided.
    pub notes: Vec<String>,
    pub direction: Direction,
    pub endpoints: Vec<Endpoint>,
    pub transport: Transport,
    pub credentials: Vec<Credential>,
    pub parameters: Vec<Parameter>,
    pub timestamp: Timestamp,
    pub sign: Sign,
    pub escape: Escape,
    pub beyond_bmp: BeyondBmp,
    pub reply: Envelope,
    pub errors: Vec<ErrorRow>,
    /// Types defined in `gateway.json#/$defs`, in order of definition.
    pub types: Vec<Type>,
    /// In order of their file names.
    pub apis: Vec<Api>,
}

/// Who sends the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// We call the vendor.
    Call,
    /// A partner pushes to an OMS; we serve both ends.
    Push,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// `production`, `test`, `sandbox`, ...
    pub environment: String,
    pub url: String,
}

/// Where the parameters travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transport {
    /// System parameters.
    pub system: Place,
    /// The business request.
    pub business: Business,
    /// Appended to the base address; `{method}` stands for the method.
    pub path: String,
    pub content_type: String,
    /// A form parameter that is an empty list is not sent.
    pub omit_empty_lists: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Query,
    Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Business {
    /// The body is the JSON text of the request.
    Json,
    /// Each top-level field of the request is one form parameter.
    Form,
}

/// One field of the account that the user configures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// `appsecret`.
    pub name: String,
    /// `appsecret`, a Rust identifier (raw when it must be).
    pub rust: String,
    pub title: String,
    pub description: String,
    pub secret: bool,
    pub need: Need,
    /// Allowed values; empty for any.
    pub allowed: Vec<String>,
    pub split: Option<Split>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    /// Set by `with_x`; not sent when unset.
    Optional,
    /// Set by `with_x`; this value when unset.
    Default(String),
}

/// A credential that is handed out as one text but used as two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// `:`, split at the first one.
    pub at: String,
    /// `["secret", "salt"]`.
    pub into: [String; 2],
}

/// One system parameter, in the document's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub name: String,
    pub title: String,
    pub description: String,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A credential field, or one half of a split one.
    Credential(String),
    Method,
    Constant(String),
    Timestamp,
    Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    pub form: Stamp,
    /// Seconds that the vendor's clock may differ; none when it is not checked.
    pub window: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// Unix seconds minus `since`.
    Seconds { since: i64 },
    /// `yyyy-MM-dd HH:mm:ss` in Beijing time.
    DateTime,
}

/// The signing scheme as data; its algorithms are runtime code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The parameter that carries the signature.
    pub parameter: String,
    /// The credential, or the half of one, that signs.
    pub secret: String,
    /// Names that are never signed, `parameter` among them.
    pub omit: Vec<String>,
    pub layout: Layout,
    /// At least one; the first is the default.
    pub digests: Vec<Digest>,
    /// The parameter that names the digest, when the caller may choose.
    pub digest_parameter: Option<String>,
    pub case: Case,
    /// The pseudo-parameter under which the body's text is signed.
    pub body: Option<String>,
    /// Values that are empty or white space are neither signed nor sent.
    pub skip_blank: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// name value name value ...
    NameValue,
    /// `%02d-name:%04d-value` joined by `;`.
    LengthPrefixed,
    /// name value, values nested, byte order at every level.
    Nested,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The name as sent in `digest_parameter`.
    pub name: String,
    pub algorithm: Algorithm,
    pub secret: SecretPlace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Md5,
    HmacMd5,
    HmacSha256,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// secret + text + secret.
    Around,
    /// text + secret.
    After,
    /// The key of the HMAC.
    Key,
    /// upper-hex(digest(text)) + secret, digested again.
    AfterInnerDigest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Lower,
    Upper,
}

/// How JSON text in a form parameter or body is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// UTF-8 as it is.
    Raw,
    /// `\uXXXX` for everything outside ASCII.
    Ascii,
}

/// What `inspect` says of characters outside the Basic Multilingual Plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeyondBmp {
    Allow,
    /// Warn in every text.
    Warn,
    /// Warn in a text that is itself a signed parameter, not in JSON text.
    WarnInParameters,
}

/// How a reply says success or failure. Names are wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// A reply may be wrapped in one root member, `{method}_response` with dots as underscores.
    pub root: Option<String>,
    /// The root member of a failure.
    pub failure_root: Option<String>,
    /// The member that tells success from failure.
    pub status: Option<String>,
    /// Its values, as text, that mean success.
    pub success: Vec<String>,
    /// Its values, as text, that mean: taken, and not done yet.
    pub pending: Vec<String>,
    /// A reply may lack the member; its text or its data then tells.
    pub status_may_lack: bool,
    /// First present wins, in each of these.
    pub code: Vec<String>,
    pub message: Vec<String>,
    pub sub_code: Option<String>,
    pub sub_message: Option<String>,
    pub request_id: Option<String>,
    /// The member that holds the business reply; none when it is the reply itself.
    pub data: Option<String>,
}

/// One known failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// Exact code; none matches any.
    pub code: Option<String>,
    /// Exact sub code, or a prefix when it ends with `*`; none matches any.
    pub sub_code: Option<String>,
    /// The message, folded, contains this; none matches any.
    pub text: Option<String>,
    pub class: Class,
    /// Seconds to wait, for `throttled`.
    pub wait: Option<u32>,
    pub meaning: String,
    pub meaning_zh: String,
    pub hint: String,
    pub hint_zh: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Rejected,
    Throttled,
    Duplicate,
    /// The time stamp was outside the window.
    Clock,
    /// The vendor's side failed.
    Provider,
    /// A success that says nothing new, for pushes that were seen before.
    Signature,
}
