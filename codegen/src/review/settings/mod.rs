//! What stands around the messages: settings of an API and of a gateway.
//!
//! Two files flow in, changes by rule and place come out. The table in [`places`] says of each place
//! what a change of it is; [`lists`] pairs the elements of lists before they are compared. A place
//! that the table does not name changes all the same: nobody can tell what it means, and it says so.

mod errors;
mod lists;
mod places;
#[cfg(test)]
mod tests;

use super::change::{Change, Spot, canonical};
use super::rule::Rule;
use super::rules::compose::KEYWORD_CHANGED;
use super::rules::gateway::{SETTING_REWRITTEN, WINDOW_NARROWED, WINDOW_WIDENED};
use super::tree::At;
use crate::json::{Node, Value};
use crate::source::Place;
use places::{How, Row};

/// Changes of everything in an API's file but its messages and definitions.
pub(crate) fn api(old: At<'_>, new: At<'_>) -> Vec<Change> {
    compare(places::API, old.node, new.node)
}

/// Changes of everything in a gateway's file but its definitions.
pub(crate) fn gateway(old: At<'_>, new: At<'_>) -> Vec<Change> {
    compare(places::GATEWAY, old.node, new.node)
}

fn compare(table: &'static [Row], old: &Node, new: &Node) -> Vec<Change> {
    let mut walk = Walk {
        table,
        around: [Part::whole(old), Part::whole(new)],
        changes: Vec::new(),
    };
    walk.both("", Part::whole(old), Part::whole(new));
    walk.changes
}

/// A value, and where a reader should look for it: at its key, if it has one.
#[derive(Clone, Copy)]
struct Part<'n> {
    node: &'n Node,
    place: Place,
}

impl<'n> Part<'n> {
    fn whole(node: &'n Node) -> Part<'n> {
        Part {
            node,
            place: node.place,
        }
    }

    /// The member of an object.
    fn member(node: &'n Node, key: &str) -> Option<Part<'n>> {
        let member = node.members().iter().find(|member| member.key == key)?;
        Some(Part {
            node: &member.node,
            place: member.key_place,
        })
    }

    fn spot(self) -> Spot {
        self.shown(canonical(self.node))
    }

    /// The place with another text: a list that only moved need not be shown whole.
    fn shown(self, value: String) -> Spot {
        Spot {
            place: self.place,
            value,
        }
    }
}

/// The way through both files.
struct Walk<'n> {
    table: &'static [Row],
    /// The object or list that is being looked at, which both sides have.
    around: [Part<'n>; 2],
    changes: Vec<Change>,
}

impl<'n> Walk<'n> {
    /// Compares a place that may be missing on either side.
    fn either(&mut self, place: &str, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        match (old, new) {
            (Some(old), Some(new)) => self.both(place, old, new),
            (Some(part), None) | (None, Some(part)) => self.one(place, part, old, new),
            (None, None) => {}
        }
    }

    fn both(&mut self, place: &str, old: Part<'n>, new: Part<'n>) {
        if canonical(old.node) == canonical(new.node) {
            return;
        }
        let Some(row) = places::row(self.table, place) else {
            return self.unknown(Some(old), Some(new));
        };
        match (&row.how, &old.node.value, &new.node.value) {
            (How::Elsewhere, ..) => {}
            (How::Inside, Value::Object(_), Value::Object(_)) => self.members(place, old, new),
            (How::List(list), Value::List(_), Value::List(_)) => {
                self.list(place, list, old, new);
            }
            (How::Each, Value::List(_), Value::List(_)) => self.each(row.rule, old, new),
            (How::Set, Value::List(_), Value::List(_)) if lists::same_set(old.node, new.node) => {
                self.push(&SETTING_REWRITTEN, Some(old), Some(new));
            }
            (How::Seconds, ..) => self.seconds(row.rule, Some(old), Some(new)),
            (How::Around(rule), ..) => {
                self.push(
                    rule(self.around.map(|part| part.node)),
                    Some(old),
                    Some(new),
                );
            }
            _ => self.push(row.rule, Some(old), Some(new)),
        }
    }

    /// A place that only one side has.
    fn one(&mut self, place: &str, part: Part<'n>, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        let Some(row) = places::row(self.table, place) else {
            return self.unknown(old, new);
        };
        let rule = match (&row.how, &part.node.value) {
            (How::Elsewhere, _) => return,
            (How::Seconds, _) => return self.seconds(row.rule, old, new),
            (How::Around(rule), _) => rule(self.around.map(|part| part.node)),
            // To say what is taken for granted changes nothing.
            (How::Flag, Value::Bool(false)) => &SETTING_REWRITTEN,
            (How::Set | How::List(_) | How::Each, Value::List(elements)) if elements.is_empty() => {
                &SETTING_REWRITTEN
            }
            (How::List(list), Value::List(elements)) => {
                for element in elements.iter().map(Part::whole) {
                    self.alone(list, old.and(Some(element)), new.and(Some(element)));
                }
                return;
            }
            _ => row.rule,
        };
        self.push(rule, old, new);
    }

    fn members(&mut self, place: &str, old: Part<'n>, new: Part<'n>) {
        let known = new.node.members().iter();
        let gone = old.node.members().iter();
        let gone = gone.filter(|member| new.node.get(&member.key).is_none());
        let outside = std::mem::replace(&mut self.around, [old, new]);
        for member in known.chain(gone) {
            let (old, new) = (
                Part::member(old.node, &member.key),
                Part::member(new.node, &member.key),
            );
            self.either(&format!("{place}/{}", member.key), old, new);
        }
        self.around = outside;
    }

    /// Seconds that two clocks may differ; whoever names none does not look at all.
    fn seconds(&mut self, rule: &'static Rule, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        let read = |part: Option<Part<'n>>| match part.map(|part| &part.node.value) {
            None => Some(u64::MAX),
            Some(Value::Number(text)) => text.parse().ok(),
            Some(_) => None,
        };
        let rule = match (read(old), read(new)) {
            (Some(old), Some(new)) if old > new => &WINDOW_NARROWED,
            (Some(old), Some(new)) if old < new => &WINDOW_WIDENED,
            _ => rule,
        };
        self.push(rule, old, new);
    }

    fn push(&mut self, rule: &'static Rule, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        self.note(Change::new(rule, old.map(Part::spot), new.map(Part::spot)));
    }

    fn unknown(&mut self, old: Option<Part<'n>>, new: Option<Part<'n>>) {
        self.note(Change {
            unclear: true,
            ..Change::new(&KEYWORD_CHANGED, old.map(Part::spot), new.map(Part::spot))
        });
    }

    fn note(&mut self, change: Change) {
        let [_, around] = self.around;
        self.changes.push(Change {
            near: Some(around.shown(String::new())),
            ..change
        });
    }
}
