//! A JSON tree that forgets nothing: member order, places, and each number's own text.
//!
//! Text flows in through [`read()`]; [`compact`] writes a tree back as one line.

mod read;
mod token;
mod write;

pub(crate) use read::read;
pub(crate) use write::{compact, quoted};

use crate::source::{Place, Span};

/// Containers nest at most this deep.
pub(crate) const MAX_DEPTH: usize = 64;
/// A schema file has at most this many bytes.
pub(crate) const MAX_BYTES: usize = 4 * 1024 * 1024;

/// One value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) place: Place,
    pub(crate) value: Value,
}

/// A JSON value; numbers stay as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<Member>),
}

/// One member of an object, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) key_place: Place,
    pub(crate) node: Node,
}

impl Node {
    /// What the value is, for people.
    pub(crate) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::List(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The first member of that name.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        self.members()
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.node)
    }

    /// The members of an object; of anything else, none.
    pub(crate) fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements of an array; of anything else, none.
    pub(crate) fn elements(&self) -> &[Node] {
        match &self.value {
            Value::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text of a string.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// JSON Pointer of the innermost value (a member counts from its key on) that holds the span.
pub(crate) fn pointer(root: &Node, span: Span) -> String {
    let mut pointer = String::new();
    let mut node = root;
    loop {
        let step = match &node.value {
            Value::Object(members) => {
                let after = members.partition_point(|m| m.key_place.span.start <= span.start);
                after
                    .checked_sub(1)
                    .and_then(|n| members.get(n))
                    .and_then(|member| {
                        let start = member.key_place.span.start;
                        let whole = Span {
                            start,
                            end: member.node.place.span.end,
                        };
                        whole
                            .contains(span)
                            .then(|| (escape(&member.key), &member.node))
                    })
            }
            Value::List(elements) => {
                let after = elements.partition_point(|e| e.place.span.start <= span.start);
                after
                    .checked_sub(1)
                    .and_then(|n| Some((n, elements.get(n)?)))
                    .and_then(|(n, element)| {
                        element
                            .place
                            .span
                            .contains(span)
                            .then(|| (n.to_string(), element))
                    })
            }
            _ => None,
        };
        let Some((token, next)) = step else {
            return pointer;
        };
        pointer.push('/');
        pointer.push_str(&token);
        node = next;
    }
}

/// A token as JSON Pointers write it.
pub(crate) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The tokens of a JSON Pointer; nothing when the text is none.
pub(crate) fn tokens(pointer: &str) -> Option<Vec<String>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    let rest = pointer.strip_prefix('/')?;
    Some(
        rest.split('/')
            .map(|token| token.replace("~1", "/").replace("~0", "~"))
            .collect(),
    )
}
