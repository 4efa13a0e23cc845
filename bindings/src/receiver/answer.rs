//! What the sender gets, and what the log says of it.

use serde::Serialize;
use serde::ser::Serializer;

use super::{Effect, Receipt, Refusal};

/// The reply to a push: always HTTP 200 with the document's envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The reply as JSON text, its members in the document's order.
    pub body: String,
    /// What became of the push.
    pub outcome: Outcome,
}

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was stored.
    Taken {
        /// Its number in the inbox.
        push: i64,
        /// What it did.
        effect: Effect,
    },
    /// It was taken before: the stored reply again.
    Repeated {
        /// Number of the first push.
        push: i64,
    },
    /// It was refused, and nothing was written.
    Refused(Refusal),
}

impl Answer {
    /// A refusal; `explain` is that of the settings.
    pub(super) fn refused(refusal: Refusal, explain: bool) -> Answer {
        Answer {
            body: refused(&refusal, explain),
            outcome: Outcome::Refused(refusal),
        }
    }
}

/// The reply to a push that is refused; `explain` appends the pointer and the reason to the message.
pub(super) fn refused(refusal: &Refusal, explain: bool) -> String {
    let message = match (explain, refusal.pointer.as_deref()) {
        (false, _) => refusal.message.to_owned(),
        (true, None) => format!("{}: {}", refusal.message, refusal.reason),
        (true, Some(pointer)) => format!("{} {pointer}: {}", refusal.message, refusal.reason),
    };
    json(&Failure {
        rsp: "fail",
        msg: &message,
        msg_code: &refusal.code.to_string(),
    })
}

/// The reply to a push that is taken: with the numbers that it gave, in the document's order.
pub(super) fn taken(receipt: &Receipt) -> String {
    json(&Success {
        rsp: "succ",
        msg: receipt.kind().taken(),
        data: Numbers(receipt),
    })
}

#[derive(Serialize)]
struct Success<'a> {
    rsp: &'a str,
    msg: &'a str,
    data: Numbers<'a>,
}

#[derive(Serialize)]
struct Failure<'a> {
    rsp: &'a str,
    msg: &'a str,
    msg_code: &'a str,
}

struct Numbers<'a>(&'a Receipt);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.numbers())
    }
}

fn json(envelope: &impl Serialize) -> String {
    // Texts under texts: writing them cannot fail.
    serde_json::to_string(envelope).unwrap_or_default()
}
