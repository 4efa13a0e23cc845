//! The values of a form while it is read: paths are set one by one, each once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::FormValue;

/// Maps within maps, in order of first appearance.
#[derive(Default)]
pub(super) struct Tree {
    pairs: Vec<(String, Node)>,
    /// Where in `pairs` a key stands: a body of many keys is read in linear time.
    places: HashMap<String, usize>,
    /// The key of the next `[]`; none when there is no larger integer.
    next: NextKey,
}

enum Node {
    Text(String),
    Nested(Tree),
}

#[derive(Clone, Copy)]
struct NextKey(Option<i64>);

/// Why a path cannot be set.
pub(super) enum Conflict {
    Repeated,
    NoNextKey,
}

/// A new path, about to receive its text.
pub(super) struct Place<'t> {
    text: &'t mut String,
    path: Vec<String>,
}

impl Place<'_> {
    pub(super) fn set(self, text: String) {
        *self.text = text;
    }

    pub(super) fn pointer(&self) -> String {
        pointer(&self.path)
    }
}

impl Tree {
    /// Makes room at `root` and the keys in its brackets; an empty key is the next integer.
    ///
    /// # Errors
    /// The path is taken; with the JSON Pointer of the path that is in the way.
    pub(super) fn place(
        &mut self,
        root: &str,
        brackets: &[&str],
    ) -> Result<Place<'_>, (Conflict, String)> {
        let mut path = Vec::with_capacity(1 + brackets.len());
        let mut tree = self;
        let mut key = root.to_owned();
        for bracket in brackets {
            path.push(key.clone());
            tree = tree
                .nested(key)
                .ok_or_else(|| (Conflict::Repeated, pointer(&path)))?;
            key = tree
                .key(bracket)
                .ok_or_else(|| (Conflict::NoNextKey, pointer(&path)))?;
        }
        path.push(key.clone());
        match tree.new_text(key) {
            Some(text) => Ok(Place { text, path }),
            None => Err((Conflict::Repeated, pointer(&path))),
        }
    }

    pub(super) fn into_pairs(self) -> Vec<(String, FormValue)> {
        self.pairs
            .into_iter()
            .map(|(key, node)| (key, node.into_value()))
            .collect()
    }

    /// The key that stands in a bracket.
    fn key(&self, bracket: &str) -> Option<String> {
        if bracket.is_empty() {
            self.next.0.map(|next| next.to_string())
        } else {
            Some(bracket.to_owned())
        }
    }

    /// The tree under `key`, new when there is none; none when a text stands there.
    fn nested(&mut self, key: String) -> Option<&mut Tree> {
        match self.entry(key, Node::Nested(Tree::default())) {
            Some((Node::Nested(tree), _)) => Some(tree),
            _ => None,
        }
    }

    /// An empty text under `key`; none when something stands there.
    fn new_text(&mut self, key: String) -> Option<&mut String> {
        match self.entry(key, Node::Text(String::new())) {
            Some((Node::Text(text), true)) => Some(text),
            _ => None,
        }
    }

    /// What stands under `key`, and whether it is the `new` node.
    fn entry(&mut self, key: String, new: Node) -> Option<(&mut Node, bool)> {
        let end = self.pairs.len();
        let (place, is_new) = match self.places.entry(key) {
            Entry::Occupied(taken) => (*taken.get(), false),
            Entry::Vacant(free) => {
                self.next.pass(free.key());
                self.pairs.push((free.key().clone(), new));
                free.insert(end);
                (end, true)
            }
        };
        self.pairs.get_mut(place).map(|(_, node)| (node, is_new))
    }

    fn into_value(self) -> FormValue {
        let is_list = self
            .pairs
            .iter()
            .zip(0_usize..)
            .all(|((key, _), position)| *key == position.to_string());
        if is_list {
            FormValue::List(
                self.pairs
                    .into_iter()
                    .map(|(_, node)| node.into_value())
                    .collect(),
            )
        } else {
            FormValue::Map(self.into_pairs())
        }
    }
}

impl Node {
    fn into_value(self) -> FormValue {
        match self {
            Self::Text(text) => FormValue::Text(text),
            Self::Nested(tree) => tree.into_value(),
        }
    }
}

impl Default for NextKey {
    fn default() -> Self {
        Self(Some(0))
    }
}

impl NextKey {
    /// Keeps the next key above `key`, if that is a non-negative integer in its shortest form.
    fn pass(&mut self, key: &str) {
        let Ok(number) = key.parse::<i64>() else {
            return;
        };
        let shortest = key == "0" || !key.starts_with(['0', '+', '-']);
        if shortest && self.0.is_some_and(|next| next <= number) {
            self.0 = number.checked_add(1);
        }
    }
}

/// The RFC 6901 pointer of a path.
fn pointer(path: &[String]) -> String {
    let mut pointer = String::new();
    for key in path {
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}
