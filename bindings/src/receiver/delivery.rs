//! What a program's handler gets, and what it is.

use std::future::Future;

use super::{Effect, Fingerprint, Pending, Receipt};
use crate::BeijingTime;

/// What a push did, for the program to act on.
///
/// A delivery can come again: after a crash, or when the handler failed or took too long. `key` tells:
/// write it down in the same transaction as the effect.
///
/// The document can be further on than this push: decide by `effect` and `receipt`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// Number of the push in the inbox.
    pub push: i64,
    /// The idempotency key: equal for equal parameters, also in an inbox that was restored from a
    /// backup and gives numbers a second time.
    pub key: Fingerprint,
    /// The sender.
    pub node: String,
    /// When it was received.
    pub received_at: BeijingTime,
    /// What it did.
    pub effect: Effect,
    /// What this push says, by itself.
    pub receipt: Receipt,
    /// The document as all its pushes up to now make it.
    pub document: Receipt,
}

impl Delivery {
    /// For an inbox to hand out; the key is what [`Fingerprint::as_bytes`] gave.
    #[must_use]
    pub fn new(
        push: i64,
        key: &[u8],
        node: String,
        received_at: BeijingTime,
        effect: Effect,
        receipt: Receipt,
        document: Receipt,
    ) -> Delivery {
        Delivery {
            push,
            key: Fingerprint::stored(key),
            node,
            received_at,
            effect,
            receipt,
            document,
        }
    }
}

/// What a program does with deliveries: an `async` closure that takes a [`Delivery`].
///
/// It is called for several documents at once, and for each of them one at a time as long as it does
/// not block its thread. It can be dropped at any `.await`, when it takes too long or the program
/// ends; the delivery then comes again.
pub trait Handler: Send + Sync + 'static {
    /// Acts on a delivery. An error has it come again, later each time.
    fn handle(
        &self,
        delivery: Delivery,
    ) -> Pending<'_, Result<(), Box<dyn std::error::Error + Send + Sync>>>;
}

impl<F, R, E> Handler for F
where
    F: Fn(Delivery) -> R + Send + Sync + 'static,
    R: Future<Output = Result<(), E>> + Send + 'static,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    fn handle(
        &self,
        delivery: Delivery,
    ) -> Pending<'_, Result<(), Box<dyn std::error::Error + Send + Sync>>> {
        let handled = self(delivery);
        Box::pin(async move { handled.await.map_err(Into::into) })
    }
}
