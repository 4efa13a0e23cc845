//! Lists of settings: which elements belong together, and what their order means.

use super::errors;
use super::places::{List, Order};
use super::{Part, Walk};
use crate::json::Node;
use crate::review::change::{Change, canonical};
use crate::review::rule::Rule;
use crate::review::rules::gateway::SETTING_REWRITTEN;

/// An element with what tells it from the others.
pub(super) struct Keyed<'n> {
    /// Values of the keys as JSON, and how many elements before it have the same.
    pub(super) name: (String, usize),
    pub(super) part: Part<'n>,
}

/// Whether two lists have the same elements in another order.
pub(super) fn same_set(old: &Node, new: &Node) -> bool {
    let sorted = |node: &Node| {
        let mut elements: Vec<_> = node.elements().iter().map(canonical).collect();
        elements.sort();
        elements
    };
    sorted(old) == sorted(new)
}

impl<'n> Walk<'n> {
    /// A list whose elements have names.
    pub(super) fn list(&mut self, place: &str, list: &List, old: Part<'n>, new: Part<'n>) {
        let (before, after) = (keyed(list, old.node), keyed(list, new.node));
        let outside = std::mem::replace(&mut self.around, [old, new]);
        for element in &after {
            match find(&before, &element.name) {
                Some(other) => self.both(&format!("{place}/*"), other.part, element.part),
                None => self.alone(list, None, Some(element.part)),
            }
        }
        for element in &before {
            if find(&after, &element.name).is_none() {
                self.alone(list, Some(element.part), None);
            }
        }
        self.order(list, (old, &before), (new, &after));
        self.around = outside;
    }

    /// An element that only one side has.
    pub(super) fn alone(&mut self, list: &List, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        let rule = match (old, new) {
            (None, Some(part)) => (list.added)(part.node),
            (Some(part), None) => (list.removed)(part.node),
            _ => return,
        };
        self.push(rule, old, new);
    }

    fn order(
        &mut self,
        list: &List,
        (old, before): (Part<'n>, &[Keyed<'n>]),
        (new, after): (Part<'n>, &[Keyed<'n>]),
    ) {
        let kept = |these: &[Keyed<'n>], others: &[Keyed<'n>]| -> Vec<(String, usize)> {
            let these = these.iter().map(|element| element.name.clone());
            these.filter(|name| find(others, name).is_some()).collect()
        };
        let moved = kept(before, after) != kept(after, before);
        let mut shown = |rule: &'static Rule| {
            self.note(Change::new(
                rule,
                Some(old.shown(names(before))),
                Some(new.shown(names(after))),
            ));
        };
        match list.order {
            Order::Counts(rule) if moved => shown(rule),
            Order::Counts(_) => {}
            Order::First(rule) => match (before.first(), after.first()) {
                (Some(old), Some(new)) if old.name != new.name => shown(rule),
                _ if moved => shown(&SETTING_REWRITTEN),
                _ => {}
            },
            Order::Matching { moved: rule, class } => {
                let (before, after) = (errors::failures(before), errors::failures(after));
                if errors::overtaken(&before, &after) {
                    shown(rule);
                } else if moved {
                    shown(&SETTING_REWRITTEN);
                }
                for pair in errors::reclassed(&before, &after) {
                    let [old, new] = pair.map(|rows| errors::spot(&rows));
                    self.note(Change::new(class, old, new));
                }
            }
        }
    }

    /// A list of whole values, such as examples: what went is set against what came.
    pub(super) fn each(&mut self, rule: &'static Rule, old: Part<'n>, new: Part<'n>) {
        let outside = std::mem::replace(&mut self.around, [old, new]);
        let gone = without(old.node.elements(), new.node.elements());
        let come = without(new.node.elements(), old.node.elements());
        for index in 0..gone.len().max(come.len()) {
            let part =
                |list: &[&'_ Node]| list.get(index).copied().map(Part::whole).map(Part::spot);
            self.note(Change::new(rule, part(&gone), part(&come)));
        }
        if gone.is_empty() && come.is_empty() {
            self.push(&SETTING_REWRITTEN, Some(old), Some(new));
        }
        self.around = outside;
    }
}

fn keyed<'n>(list: &List, node: &'n Node) -> Vec<Keyed<'n>> {
    let mut elements: Vec<Keyed<'n>> = Vec::new();
    for element in node.elements() {
        let values = list.keys.iter().map(|key| element.get(key).map(canonical));
        let values: Vec<String> = values
            .map(|value| value.unwrap_or("null".to_owned()))
            .collect();
        let key = match values.as_slice() {
            [value] => value.clone(),
            values => format!("[{}]", values.join(",")),
        };
        let same = elements.iter().filter(|other| other.name.0 == key).count();
        elements.push(Keyed {
            name: (key, same),
            part: Part::whole(element),
        });
    }
    elements
}

/// The element of that name.
pub(super) fn find<'k, 'n>(
    elements: &'k [Keyed<'n>],
    name: &(String, usize),
) -> Option<&'k Keyed<'n>> {
    elements.iter().find(|element| element.name == *name)
}

fn names(elements: &[Keyed<'_>]) -> String {
    let names: Vec<&str> = elements
        .iter()
        .map(|element| element.name.0.as_str())
        .collect();
    format!("[{}]", names.join(","))
}

/// The elements that the others lack, each counted.
fn without<'n>(elements: &'n [Node], others: &[Node]) -> Vec<&'n Node> {
    let mut others: Vec<String> = others.iter().map(canonical).collect();
    let lacks = |element: &&Node| {
        let at = others.iter().position(|other| *other == canonical(element));
        at.map(|at| others.swap_remove(at)).is_none()
    };
    elements.iter().filter(lacks).collect()
}
