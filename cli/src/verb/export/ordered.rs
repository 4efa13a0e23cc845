//! JSON whose members keep the order in which they were put: a reader expects the fields of a form
//! in the order of the vendor's document, which `serde_json`'s own maps do not keep.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// A JSON value.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// One whose order says nothing.
    Plain(Value),
    /// An object.
    Object(Members),
    /// A list.
    List(Vec<Node>),
}

/// The members of an object in their order.
pub(super) type Members = Vec<(Cow<'static, str>, Node)>;

impl Node {
    /// An object of these members.
    pub(super) fn object<const N: usize>(members: [(&'static str, Node); N]) -> Node {
        Node::Object(members.map(|(name, node)| (name.into(), node)).into())
    }

    /// As indented text, the same for the same value.
    pub(super) fn pretty(&self) -> String {
        // Names are texts and every value is one: writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Plain(value) => value.serialize(serializer),
            Node::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, node)| (name, node)))
            }
            Node::List(nodes) => nodes.serialize(serializer),
        }
    }
}

impl<T: Into<Value>> From<T> for Node {
    fn from(value: T) -> Node {
        Node::Plain(value.into())
    }
}
