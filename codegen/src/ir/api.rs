//! An API: what the schema says of the method, and the names of its messages.

use super::{Place, Type};

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
    pub pager: Option<Pager>,
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

/// How a list that is longer than one reply is asked for, page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    /// Names of the parameters.
    pub page_no: String,
    pub page_size: String,
    /// The parameter that asks for the total, 1 or 0; none where it comes unasked.
    pub calc_total: Option<String>,
    /// Number of the first page.
    pub first: u32,
    /// Items of a page, unless a caller chooses.
    pub size: u32,
    pub max_size: Option<u32>,
    /// Where the parameters travel; they are no part of the request type.
    pub place: Place,
    /// JSON Pointers into the reply.
    pub items: String,
    pub total: Option<String>,
}

/// One example exchange, as compact JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub request: Option<String>,
    pub reply: Option<String>,
}
