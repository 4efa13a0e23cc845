//! By what a retransmission is told from a new push.

use super::Fingerprint;

/// Who pushed what.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// The sender; documents belong to it.
    pub node: String,
    /// The method on the wire.
    pub method: &'static str,
    /// The signature, as sent and proved.
    pub sign: String,
    /// Of all decoded parameters, the signature among them.
    pub fingerprint: Fingerprint,
    /// Of the business parameters alone.
    pub content: Fingerprint,
    /// The sender's name for the push, unique among its pushes of one method; not empty.
    pub task: Option<String>,
}

/// A stored push of the same sender that has the same signature, or the same method and task.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Earlier {
    /// Its number in the inbox.
    pub push: i64,
    /// The reply that was given, byte for byte.
    pub reply: String,
    /// Of all its parameters.
    pub fingerprint: Fingerprint,
    /// Of its business parameters.
    pub content: Fingerprint,
    /// Its sender's name for it.
    pub task: Option<String>,
}

impl Earlier {
    /// For an inbox to find; the fingerprints are what [`Fingerprint::as_bytes`] gave.
    #[must_use]
    pub fn new(
        push: i64,
        reply: String,
        fingerprint: &[u8],
        content: &[u8],
        task: Option<String>,
    ) -> Earlier {
        Earlier {
            push,
            reply,
            fingerprint: Fingerprint::stored(fingerprint),
            content: Fingerprint::stored(content),
            task,
        }
    }

    /// Whether a push of this identity is this one again: all its parameters are equal, or its sender
    /// gave it the same name.
    ///
    /// The signature alone does not say so: the signed text has no separators, so that other
    /// parameters can be cut from it.
    pub(super) fn is_repeated_by(&self, identity: &Identity) -> bool {
        self.fingerprint == identity.fingerprint
            || identity.task.is_some() && self.task == identity.task
    }
}

/// Shows where it belongs, never the sender's words.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identity")
            .field("node", &self.node)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}

/// Shows its number, never the reply: that holds the numbers of the document.
impl std::fmt::Debug for Earlier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Earlier")
            .field("push", &self.push)
            .finish_non_exhaustive()
    }
}
