//! What the walkers find: changes by rule and place, before anybody judges them.

use super::rule::Rule;
use super::tree::At;
use crate::json::{Node, Value, quoted};
use crate::source::Place;

/// All that changed between two schemas of the same value, their inner schemas apart.
#[derive(Clone, Debug)]
pub(crate) struct Difference<'t> {
    /// Where the value is in the message: `/detail_list/*/num`.
    pub(crate) path: String,
    /// The nearest document term and rows around it.
    pub(crate) context: Context,
    /// The schema before; none where there was none.
    pub(crate) old: Option<At<'t>>,
    /// The schema now.
    pub(crate) new: Option<At<'t>>,
    /// What changed, by keyword in order.
    pub(crate) changes: Vec<Change>,
}

/// What a reader should know of the place: inherited from the nearest field around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    /// `title` of the field.
    pub(crate) term: Option<String>,
    /// `x-row` of the field, as written.
    pub(crate) rows: Vec<String>,
}

/// One change.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// What kind it is.
    pub(crate) rule: &'static Rule,
    /// What stood there.
    pub(crate) old: Option<Spot>,
    /// What stands there.
    pub(crate) new: Option<Spot>,
    /// The walker cannot tell whether values were lost: the verdict is a guess.
    pub(crate) unclear: bool,
    /// Standard keywords beside say it too: the algebra of sets can see it, whatever the rule says.
    pub(crate) seen: bool,
    /// The member or element that it speaks of, where it is not the value itself.
    pub(crate) part: Option<Part>,
    /// What is still there around something that is gone; its place counts, not its value.
    pub(crate) near: Option<Spot>,
}

/// A part of a value that has no place of its own in the walk: a field that is new or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where it is in the message.
    pub(crate) path: String,
    /// Its own context.
    pub(crate) context: Context,
}

/// A value in a schema file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Where: the key of the keyword, or the whole schema.
    pub(crate) place: Place,
    /// The value as canonical JSON; what the finding shows.
    pub(crate) value: String,
}

impl Spot {
    /// A value at its own place.
    pub(crate) fn new(place: Place, node: &Node) -> Spot {
        Spot {
            place,
            value: canonical(node),
        }
    }
}

impl Change {
    /// A change that the rule describes fully.
    pub(crate) fn new(rule: &'static Rule, old: Option<Spot>, new: Option<Spot>) -> Change {
        Change {
            rule,
            old,
            new,
            unclear: false,
            seen: false,
            part: None,
            near: None,
        }
    }

    /// Whether the algebra of sets can see it.
    pub(crate) fn visible(&self) -> bool {
        self.rule.visible || self.seen
    }
}

/// Compact JSON with sorted members: equal for values that differ in layout only.
pub(crate) fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|a, b| a.key.cmp(&b.key));
            let members: Vec<String> = members
                .iter()
                .map(|member| format!("{}:{}", quoted(&member.key), canonical(&member.node)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        Value::List(elements) => {
            let elements: Vec<String> = elements.iter().map(canonical).collect();
            format!("[{}]", elements.join(","))
        }
        _ => crate::json::compact(node),
    }
}
