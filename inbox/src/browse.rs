//! Looking into an inbox, and letting a push have its effect again: what the programs of an operator
//! ask of a store, whichever database it is.
//!
//! Lists are read page by page, oldest first, so that a large inbox is read in little memory.

use std::fmt;

use dockseal::BeijingTime;
use dockseal::receiver::{Effect, InboxError, Kind, Pending, Receipt, Refusal};
use serde::Serialize;
use serde_json::value::RawValue;

/// A store that can be looked into.
pub trait Browse: Send + Sync + 'static {
    /// The pushes that pass the filter, by number.
    ///
    /// # Errors
    /// The store cannot be read.
    fn pushes(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<PushRow>, InboxError>>;

    /// The same with everything stored of them.
    ///
    /// # Errors
    /// The store cannot be read.
    fn stored(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredPush>, InboxError>>;

    /// The documents that pass the filter, in the order in which they began.
    ///
    /// # Errors
    /// The store cannot be read.
    fn documents(
        &self,
        filter: DocumentFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredDocument>, InboxError>>;

    /// Lets a push have its effect again, or at last.
    ///
    /// A push that the handler was done with is handed out again, when its turn comes. A push in
    /// quarantine is counted now, as if it came now.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn replay(&self, push: i64) -> Pending<'_, Result<Replayed, InboxError>>;
}

/// Which part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Only what has a greater number; 0 to begin with.
    pub after: i64,
    /// At most so many. A page is shorter when its rows are large: only an empty one is the end.
    pub limit: usize,
}

/// Which pushes. The default is all of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PushFilter {
    /// Only this one.
    pub push: Option<i64>,
    /// Those to the document of this number.
    pub document: Option<i64>,
    /// Those of this sender.
    pub node: Option<String>,
    /// Those to documents of this kind.
    pub kind: Option<Kind>,
    /// Those that did this.
    pub effect: Option<Effect>,
    /// Those to a document that has this value as either of its identifiers, such as a 入库单号.
    pub number: Option<String>,
    /// Those received then or later.
    pub since: Option<BeijingTime>,
    /// Only those that the handler is not done with.
    pub undelivered: bool,
}

/// Which documents. The default is all of them.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Only this one.
    pub document: Option<i64>,
    /// Those of this sender.
    pub node: Option<String>,
    /// Those of this kind.
    pub kind: Option<Kind>,
    /// Those that are in this state now.
    pub status: Option<String>,
    /// Those that have this value as either of their identifiers.
    pub number: Option<String>,
    /// Those that changed then or later.
    pub since: Option<BeijingTime>,
}

/// A push in a list.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PushRow {
    /// Its number in the inbox.
    pub push: i64,
    /// When it was received.
    pub received_at: BeijingTime,
    /// The sender.
    pub node: String,
    /// The method on the wire.
    pub method: String,
    /// Which of the two documents it is about.
    pub kind: Kind,
    /// Number of the document.
    pub document: i64,
    /// What it did.
    pub effect: Effect,
    /// The values that it has for [`Kind::identifiers`].
    pub identifiers: [Option<String>; 2],
    /// How far it is from the handler; none when nothing is left to do.
    pub waiting: Option<Waiting>,
}

/// A delivery that the handler is not done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// How often it was handed out.
    pub attempts: u32,
    /// When it is handed out next, unless the handler is done before; none while an earlier push of
    /// its document waits.
    pub due_at: Option<BeijingTime>,
}

/// Everything stored of a push.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredPush {
    /// What a list shows of it.
    pub row: PushRow,
    /// The form body as received, byte for byte; holds the signature.
    pub body: Vec<u8>,
    /// The signature as sent.
    pub sign: String,
    /// The sender's name for the push.
    pub task: Option<String>,
    /// What it says, by itself.
    pub receipt: Receipt,
    /// The reply that was given.
    pub reply: String,
}

/// A document as all its pushes together make it.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct StoredDocument {
    /// Its number in the inbox.
    pub document: i64,
    /// The sender.
    pub node: String,
    /// When its first push was received.
    pub created_at: BeijingTime,
    /// When the last push that changed it was received.
    pub updated_at: BeijingTime,
    /// The document; its kind and its status are in there.
    pub receipt: Receipt,
}

/// What became of a [`Browse::replay`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replayed {
    /// The handler gets it again.
    Again,
    /// It was in quarantine, and this is what it did now.
    LetThrough(Effect),
    /// The handler was not done with it: it comes anyway.
    Waiting,
    /// It did nothing that a handler is told of, or, in quarantine, would do nothing now: its document
    /// was finished meanwhile. It stays as it is.
    NoEffect(Effect),
    /// It was in quarantine and stays there: the documents that are there do not allow it.
    Refused(Refusal),
    /// There is no push of that number.
    Unknown,
}

impl Page {
    /// The first of a list.
    #[must_use]
    pub fn first(limit: usize) -> Page {
        Page { after: 0, limit }
    }

    /// The one behind the row of this number.
    #[must_use]
    pub fn behind(self, number: i64) -> Page {
        Page {
            after: number,
            ..self
        }
    }
}

impl Waiting {
    /// For a store to show.
    #[must_use]
    pub fn new(attempts: u32, due_at: Option<BeijingTime>) -> Waiting {
        Waiting { attempts, due_at }
    }
}

impl StoredPush {
    /// As one line of JSON: for export. The body is `body`, or `body_hex` if it is not UTF-8.
    #[must_use]
    pub fn to_json(&self) -> String {
        let receipt = raw(&self.receipt);
        let body = std::str::from_utf8(&self.body).ok();
        let line = PushLine {
            push: self.row.push,
            received_at: self.row.received_at.to_string(),
            node: &self.row.node,
            method: &self.row.method,
            kind: self.row.kind.name(),
            document: self.row.document,
            effect: self.row.effect.name(),
            undelivered: self.row.waiting.is_some(),
            attempts: self.row.waiting.map(|waiting| waiting.attempts),
            task: self.task.as_deref(),
            sign: &self.sign,
            body,
            body_hex: body.is_none().then(|| hex(&self.body)),
            receipt: receipt.as_deref(),
            reply: &self.reply,
        };
        // Texts, numbers, and JSON that was read before: writing cannot fail.
        serde_json::to_string(&line).unwrap_or_default()
    }
}

impl StoredDocument {
    /// As one line of JSON: for export.
    #[must_use]
    pub fn to_json(&self) -> String {
        let receipt = raw(&self.receipt);
        let line = DocumentLine {
            document: self.document,
            kind: self.receipt.kind().name(),
            node: &self.node,
            status: self.receipt.status(),
            created_at: self.created_at.to_string(),
            updated_at: self.updated_at.to_string(),
            receipt: receipt.as_deref(),
        };
        serde_json::to_string(&line).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct PushLine<'a> {
    push: i64,
    received_at: String,
    node: &'a str,
    method: &'a str,
    kind: &'static str,
    document: i64,
    effect: &'static str,
    undelivered: bool,
    attempts: Option<u32>,
    task: Option<&'a str>,
    sign: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_hex: Option<String>,
    receipt: Option<&'a RawValue>,
    reply: &'a str,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    document: i64,
    kind: &'static str,
    node: &'a str,
    status: &'a str,
    created_at: String,
    updated_at: String,
    receipt: Option<&'a RawValue>,
}

/// The receipt's own text, so that its numbers stay as they are written.
fn raw(receipt: &Receipt) -> Option<Box<RawValue>> {
    RawValue::from_string(receipt.to_json()).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Shows what is asked for, never the number.
impl fmt::Debug for PushFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushFilter")
            .field("push", &self.push)
            .field("document", &self.document)
            .field("node", &self.node)
            .field("kind", &self.kind)
            .field("effect", &self.effect)
            .field("since", &self.since)
            .field("undelivered", &self.undelivered)
            .finish_non_exhaustive()
    }
}

/// Shows what is asked for, never the number.
impl fmt::Debug for DocumentFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentFilter")
            .field("document", &self.document)
            .field("node", &self.node)
            .field("kind", &self.kind)
            .field("since", &self.since)
            .finish_non_exhaustive()
    }
}

/// Shows where it belongs, never its numbers.
impl fmt::Debug for PushRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PushRow")
            .field("push", &self.push)
            .field("received_at", &self.received_at)
            .field("node", &self.node)
            .field("method", &self.method)
            .field("document", &self.document)
            .field("effect", &self.effect)
            .field("waiting", &self.waiting)
            .finish_non_exhaustive()
    }
}

/// Shows where it belongs, never what it holds.
impl fmt::Debug for StoredPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredPush")
            .field("row", &self.row)
            .field("receipt", &self.receipt)
            .finish_non_exhaustive()
    }
}

/// Shows where it belongs, never what it holds.
impl fmt::Debug for StoredDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredDocument")
            .field("document", &self.document)
            .field("node", &self.node)
            .field("updated_at", &self.updated_at)
            .field("receipt", &self.receipt)
            .finish_non_exhaustive()
    }
}
