//! The intermediate representation: what the schemas mean, as plain data.
//!
//! Built by the passes in `lower`, read by the emitter in `emit`. No tokens, no
//! IO, no spans: every name is resolved, every keyword has become a shape, a rule or documentation.
//! It prints with `{:#?}` for tests.
#![allow(
    missing_docs,
    reason = "names and types say it where nothing is written"
)]
#![allow(
    clippy::struct_excessive_bools,
    reason = "independent facts, not states"
)]

/// Everything one run generates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ir {
    /// In order of their directory names.
    pub gateways: Vec<Gateway>,
}

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

/// One API file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Api {
    /// `wangdian-flagship/process.Process.upload.json`.
    pub schema: String,
    /// `process_process_upload`.
    pub module: String,
    /// `process.Process.upload`.
    pub method: String,
    pub title: String,
    pub description: String,
    /// What the document is silent about, and what was decided.
    pub notes: Vec<String>,
    /// The document that it was transcribed from, as `sources.lock` names it.
    pub document: String,
    pub effect: Effect,
    /// Wire path of the idempotency field in the request, `/stockin_refund_info/outer_no`.
    pub idempotency: Option<String>,
    /// First version of the vendor's program that has it.
    pub version: Option<String>,
    pub inner: Option<Inner>,
    /// The request travels as an array of positional arguments.
    pub positional: bool,
    /// Rust names of types in `types` (or in the gateway's).
    pub request: String,
    pub reply: String,
    /// Path of field names from the reply to what `call` returns; empty for the reply itself.
    pub output: Option<Output>,
    /// In schema order: request first, then reply, each followed by what it uses first.
    pub types: Vec<Type>,
    pub examples: Vec<Example>,
}

/// The optional field of the reply that a successful call returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Rust name of the reply's field.
    pub field: String,
    /// Rust name of its type.
    pub r#type: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Read,
    Create,
    Update,
}

/// An outcome inside a successful envelope. Members are JSON Pointers into the reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inner {
    pub status: String,
    /// Values, as text, that mean success.
    pub success: Vec<String>,
    pub code: Option<String>,
    pub message: Option<String>,
}

/// One example exchange, as compact JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub request: Option<String>,
    pub reply: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    Struct(Struct),
    Enum(Enum),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// `ProcessUpload`.
    pub name: String,
    /// `wangdian-flagship/process.Process.upload.json#/$defs/ProcessUpload`.
    pub location: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    pub deprecated: bool,
    /// Written as a JSON array of its fields in order, instead of an object.
    pub positional: bool,
    /// Unknown fields are a violation (`additionalProperties: false`).
    pub closed: bool,
    pub fields: Vec<Field>,
    pub rules: Vec<ObjectRule>,
    /// It is the root of a request whose fields are signed parameters.
    pub parameters: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// `type`.
    pub wire: String,
    /// `r#type`.
    pub rust: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    /// `param/11`, as cited.
    pub rows: Vec<String>,
    /// The server's default, as JSON text; documentation only.
    pub default: Option<String>,
    /// Possible values, as JSON text.
    pub examples: Vec<String>,
    pub required: bool,
    pub deprecated: bool,
    pub value: Value,
}

/// The type of a field or of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub shape: Shape,
    /// JSON types that the schema admits.
    pub forms: Forms,
    /// Numbers, booleans and integer enums are written as JSON strings.
    pub as_text: bool,
    /// The value is JSON text inside a string (`contentMediaType: application/json`).
    pub json_text: bool,
    /// A list that may arrive as its only element.
    pub one_or_many: bool,
    pub sensitive: bool,
    pub rules: Vec<Rule>,
}

/// The JSON types that a schema admits, for the ones whose shape leaves a choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    pub string: bool,
    pub number: bool,
    pub boolean: bool,
    pub array: bool,
    pub object: bool,
    pub null: bool,
    /// An empty string (and, for times, the zero time) stands for absence.
    pub blank: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Text,
    Integer,
    Boolean,
    Decimal {
        precision: u32,
        scale: u32,
    },
    DateTime,
    Date,
    /// Rust name of an open enum.
    Enum(String),
    /// Rust name of a struct.
    Object(String),
    List(Box<Value>),
    /// Any JSON (admitted types in `forms`), kept as its own text.
    Json,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    MinLength(u32),
    MaxLength(u32),
    /// `maxLength` where the vendor counts UTF-8 bytes.
    MaxBytes(u32),
    Pattern(String),
    Minimum(Bound),
    Maximum(Bound),
    ExclusiveMinimum(Bound),
    ExclusiveMaximum(Bound),
    /// One of the enum's known values.
    Known,
    Const(String),
    MinItems(u32),
    MaxItems(u32),
    UniqueItems,
}

/// An exact bound: `units` times ten to the minus `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    pub units: i64,
    pub scale: u32,
}

/// Names are wire names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectRule {
    /// At least one of these groups is wholly present.
    AnyOfRequired(Vec<Vec<String>>),
    /// When the first is present, so are the others.
    DependentRequired(String, Vec<String>),
}

/// An open enum: known values and room for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    pub name: String,
    pub location: String,
    pub title: String,
    pub description: String,
    pub notes: Vec<String>,
    pub deprecated: bool,
    /// Integers, or texts.
    pub integer: bool,
    pub variants: Vec<Variant>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// `0` or `FINISH`, as text.
    pub value: String,
    pub rust: String,
    /// English label.
    pub label: String,
    /// Chinese label.
    pub label_zh: String,
}

impl Type {
    /// Its Rust name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Type::Struct(known) => &known.name,
            Type::Enum(known) => &known.name,
        }
    }
}
