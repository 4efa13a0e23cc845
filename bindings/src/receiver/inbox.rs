//! The durable memory behind a receiver, as a trait: `dockseal-inbox` implements it on SQLite and
//! on PostgreSQL.

use std::sync::Arc;
use std::time::Duration;

use super::{Arrival, Delivery, Earlier, Effect, Identity, Pending, Refusal};

/// Remembers every accepted push, and hands out what the handler has not seen yet.
pub trait Inbox: Send + Sync + 'static {
    /// Takes a push in: all of it or nothing, safe on disk before this returns.
    ///
    /// In one transaction: if there is an [earlier](Self::earlier) push of this identity, nothing is
    /// written; otherwise the documents of the node and kind are found by either identifier,
    /// [`Arrival::apply`] decides, and the push, the document after it, its identifiers and the reply
    /// are stored.
    ///
    /// Two pushes at once about one document take effect one after the other, whatever the number of
    /// processes.
    ///
    /// # Errors
    /// It could not be stored; nothing was, or the outcome is unknown. The sender may push again.
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>>;

    /// The push of the same sender that has the same signature, else the one of the same method and
    /// task, if there is one.
    ///
    /// Asked for a push that is about to be refused for what it says: a retransmission gets its reply
    /// whatever the rules and the look-ups say today.
    ///
    /// # Errors
    /// The store cannot be read.
    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>>;

    /// Leases deliveries that are due, at most `most`: of each document the earliest that is not
    /// settled, so that a handler sees the pushes of a document in order and one at a time. Nobody
    /// else gets them until the lease ends.
    ///
    /// # Errors
    /// The store cannot be read or written.
    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>>;

    /// Writes down how deliveries ended.
    ///
    /// # Errors
    /// The store cannot be written; the deliveries come again when their lease ends.
    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>>;

    /// Returns when something may have become due; spuriously as well, and always after `most`.
    fn due(&self, most: Duration) -> Pending<'_, ()>;
}

impl<T: Inbox + ?Sized> Inbox for Arc<T> {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        (**self).accept(arrival)
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        (**self).earlier(identity)
    }

    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        (**self).claim(most, lease)
    }

    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        (**self).settle(settled)
    }

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        (**self).due(most)
    }
}

/// What became of a push in the inbox.
#[derive(Clone, Debug)]
pub enum Accepted {
    /// It was stored under this number.
    Taken {
        /// Number of the push, from 1, increasing.
        push: i64,
        /// What it did.
        effect: Effect,
    },
    /// There is an earlier push of its identity; nothing was stored.
    Repeated(Earlier),
    /// The documents that are there do not allow it; nothing was stored.
    Refused(Refusal),
}

/// A delivery under way.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claim {
    /// What the handler gets.
    pub delivery: Delivery,
    /// How often it was handed out, this time included.
    pub attempt: u32,
}

/// How a delivery ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settled {
    /// Number of the push.
    pub push: i64,
    /// The attempt that ended; an older one than the last is passed over.
    pub attempt: u32,
    /// None when the handler was done with it, otherwise when to hand it out again.
    pub again_in: Option<Duration>,
}

/// The store failed. The text goes to the log, never to the sender.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct InboxError {
    what: &'static str,
    #[source]
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl InboxError {
    /// What failed, and for what remedy.
    #[must_use]
    pub fn new(what: &'static str) -> InboxError {
        InboxError { what, cause: None }
    }

    /// What failed because of what.
    pub fn because(
        what: &'static str,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> InboxError {
        InboxError {
            what,
            cause: Some(cause.into()),
        }
    }
}

impl Claim {
    /// For an inbox to hand out.
    #[must_use]
    pub fn new(delivery: Delivery, attempt: u32) -> Claim {
        Claim { delivery, attempt }
    }
}

impl Settled {
    /// The handler was done with it.
    #[must_use]
    pub fn done(claim: &Claim) -> Settled {
        Settled {
            push: claim.delivery.push,
            attempt: claim.attempt,
            again_in: None,
        }
    }

    /// The handler failed; hand it out again after this time.
    #[must_use]
    pub fn failed(claim: &Claim, again_in: Duration) -> Settled {
        Settled {
            again_in: Some(again_in),
            ..Settled::done(claim)
        }
    }
}
