//! By what a retransmission is told from a new push.

use super::Fingerprint;

/// Who pushed what: a push that has the fingerprint of another, or its sender, method and task, is
/// that push again.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// The sender; documents belong to it.
    pub node: String,
    /// The method on the wire.
    pub method: &'static str,
    /// Of all decoded parameters with the signature.
    pub fingerprint: Fingerprint,
    /// The sender's name for the push, unique among its pushes of one method; not empty.
    pub task: Option<String>,
}

/// The push that another one repeats.
#[derive(Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its number in the inbox.
    pub push: i64,
    /// The reply that was given, byte for byte.
    pub reply: String,
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
