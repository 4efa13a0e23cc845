//! The system parameters of a push: who sent it, for which method, signed how.

use crate::form::FormValue;
use crate::shopex_oms::GATEWAY;

/// The system parameters of a push, as received and not yet proved.
#[derive(Clone, Copy)]
pub struct System<'a>(&'a [(String, FormValue)]);

impl<'a> System<'a> {
    pub(crate) fn new(parameters: &'a [(String, FormValue)]) -> System<'a> {
        System(parameters)
    }

    /// The text of one of the gateway's system parameters, and `task`; none if it was not sent as
    /// text. Business parameters are not to be seen here.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&'a str> {
        if is_system(name) {
            let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
            value.as_text()
        } else {
            None
        }
    }

    /// 目标节点: the node under which the sender is known.
    #[must_use]
    pub fn node_id(&self) -> &'a str {
        self.get("node_id").unwrap_or_default()
    }
}

/// Whether a parameter is the system's rather than the document's.
pub(crate) fn is_system(name: &str) -> bool {
    name == "task" || GATEWAY.parameters.iter().any(|row| row.name == name)
}

impl std::fmt::Debug for System<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("System").finish_non_exhaustive()
    }
}
