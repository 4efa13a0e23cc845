//! Whose signature counts: the tokens of the senders.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Pending, System};
use crate::SecretString;

/// Looks up the tokens of a sender.
///
/// More than one token may be valid at once, while one replaces the other. Implement it to keep
/// tokens in a database; [`NodeTokens`] keeps them in memory.
pub trait Tokens: Send + Sync + 'static {
    /// The tokens that are valid for the sender of these parameters; none when nobody is known. An
    /// empty token is no token: anybody could sign with it.
    ///
    /// The parameters are what the sender claims: nothing of them is proved yet. Let an unknown
    /// sender take as long as a known one.
    ///
    /// # Errors
    /// The look-up failed; the sender is answered `E_INTERNAL` and may push again.
    fn find<'a>(
        &'a self,
        system: System<'a>,
    ) -> Pending<'a, Result<Vec<SecretString>, LookupError>>;

    /// The system parameter that tells senders apart: what [`find`](Self::find) looks tokens up by,
    /// and whose documents these are. A document of one sender is never found by another.
    ///
    /// A push without it is refused.
    fn parameter(&self) -> &'static str;
}

impl<T: Tokens + ?Sized> Tokens for Arc<T> {
    fn find<'a>(
        &'a self,
        system: System<'a>,
    ) -> Pending<'a, Result<Vec<SecretString>, LookupError>> {
        (**self).find(system)
    }

    fn parameter(&self) -> &'static str {
        (**self).parameter()
    }
}

/// A look-up of the program failed. The text goes to the log, never to the sender.
#[derive(Debug, thiserror::Error)]
#[error("a look-up failed")]
pub struct LookupError(#[source] Box<dyn std::error::Error + Send + Sync>);

impl LookupError {
    /// From what failed.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> LookupError {
        LookupError(cause.into())
    }
}

/// Tokens in memory, by one system parameter.
pub struct NodeTokens {
    parameter: &'static str,
    by_node: HashMap<String, Vec<SecretString>>,
}

impl NodeTokens {
    /// Nobody, by `node_id`: the node under which the OMS knows the sender.
    #[must_use]
    pub fn by_node_id() -> NodeTokens {
        NodeTokens::by("node_id")
    }

    /// Nobody, by `from_node_id`: the node that pushes.
    #[must_use]
    pub fn by_from_node_id() -> NodeTokens {
        NodeTokens::by("from_node_id")
    }

    fn by(parameter: &'static str) -> NodeTokens {
        NodeTokens {
            parameter,
            by_node: HashMap::new(),
        }
    }

    /// Adds a token for a node; beside the ones it has, if any.
    #[must_use]
    pub fn with(mut self, node: impl Into<String>, token: impl Into<SecretString>) -> NodeTokens {
        let tokens = self.by_node.entry(node.into()).or_default();
        tokens.push(token.into());
        self
    }
}

impl Tokens for NodeTokens {
    fn find<'a>(
        &'a self,
        system: System<'a>,
    ) -> Pending<'a, Result<Vec<SecretString>, LookupError>> {
        let node = system.get(self.parameter);
        let known = node.and_then(|node| self.by_node.get(node));
        Box::pin(std::future::ready(Ok(known.cloned().unwrap_or_default())))
    }

    fn parameter(&self) -> &'static str {
        self.parameter
    }
}

/// Shows the nodes, never their tokens.
impl std::fmt::Debug for NodeTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut nodes: Vec<_> = self.by_node.keys().collect();
        nodes.sort_unstable();
        f.debug_struct("NodeTokens")
            .field("parameter", &self.parameter)
            .field("nodes", &nodes)
            .finish()
    }
}
