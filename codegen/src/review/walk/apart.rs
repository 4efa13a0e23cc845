//! Whether alternatives have values in common.

use std::cmp::Ordering;

use super::alternative::{Alternative, Pick, equal, types_of};
use super::limits::{End, Limit};
use super::numbers::bound;
use super::types::Types;
use crate::json::Node;
use crate::keyword::{Rejected, Rule, Shape};

/// The fork of which an alternative shares values with another branch, though only one may hold.
pub(super) fn overlap<'t>(
    one: &Alternative<'t>,
    all: &[&Alternative<'t>],
    types: Types,
) -> Option<Pick<'t>> {
    one.picks.iter().find_map(|pick| {
        let rival = |other: &&&Alternative<'t>| {
            let same = |p: &&Pick<'t>| p.fork.key == pick.fork.key;
            let index = other.picks.iter().find(same).map(|p| p.index);
            index.is_some_and(|index| index != pick.index) && !disjoint(one, other, types)
        };
        (pick.exclusive && all.iter().any(|other| rival(&other))).then_some(*pick)
    })
}

/// Whether no value is valid under an alternative and under any other of these but one.
pub(super) fn apart(
    one: &Alternative<'_>,
    all: &[&Alternative<'_>],
    but: usize,
    types: Types,
) -> bool {
    let mut others = all.iter().enumerate().filter(|(index, _)| *index != but);
    others.all(|(_, other)| disjoint(one, other, types))
}

/// Whether two alternatives provably have no value in common.
fn disjoint(one: &Alternative<'_>, other: &Alternative<'_>, types: Types) -> bool {
    let common = one.types & other.types & types;
    if common.is_empty() {
        return true;
    }
    if common == Types::OBJECT {
        return told_apart(one, other) || told_apart(other, one);
    }
    if (common & !Types::NUMBER).is_empty() {
        return beyond(one, other) || beyond(other, one);
    }
    false
}

/// Whether a member that both need can only have different values.
fn told_apart(one: &Alternative<'_>, other: &Alternative<'_>) -> bool {
    let needs = |side: &Alternative<'_>, name: &str| {
        let mut all = side
            .all(Rule::Required)
            .flat_map(|said| said.value.node.elements());
        all.any(|node| node.text() == Some(name))
    };
    let mut properties = one
        .all(Shape::Properties)
        .flat_map(|said| said.value.node.members());
    properties.any(|member| {
        let name = member.key.as_str();
        if !needs(one, name) || !needs(other, name) {
            return false;
        }
        let mut rivals = other
            .all(Shape::Properties)
            .filter_map(|said| said.value.node.get(name));
        rivals.any(|rival| match (constants(&member.node), constants(rival)) {
            (Some(a), Some(b)) => !a.iter().any(|a| b.iter().any(|b| equal(a, b))),
            _ => match (types_of(&member.node), types_of(rival)) {
                (Some(a), Some(b)) => !a.meet(b),
                _ => false,
            },
        })
    })
}

/// The values that a schema lists itself.
fn constants(schema: &Node) -> Option<Vec<&Node>> {
    if let Some(value) = schema.get("const") {
        return Some(vec![value]);
    }
    schema
        .get("enum")
        .map(|list| list.elements().iter().collect())
}

/// Whether the numbers of one all lie above those of the other.
fn beyond(one: &Alternative<'_>, other: &Alternative<'_>) -> bool {
    match (
        bound(End::Lower, one, false),
        bound(End::Upper, other, false),
    ) {
        (Some(lower), Some(upper)) => match lower.value.cmp(&upper.value) {
            Ordering::Greater => true,
            Ordering::Equal => lower.strict || upper.strict,
            Ordering::Less => false,
        },
        _ => false,
    }
}

/// Whether ranges of numbers together cover one that no single one of them does.
pub(super) fn fills(ranges: &[&Alternative<'_>], wanted: &Alternative<'_>, types: Types) -> bool {
    let whole = types == Types::INTEGER;
    let plain = |one: &&&Alternative<'_>| {
        one.clauses.is_empty() && one.first(Rejected::MultipleOf).is_none()
    };
    let mut ranges: Vec<(Option<Limit<'_>>, Option<Limit<'_>>)> = ranges
        .iter()
        .filter(plain)
        .map(|one| (bound(End::Lower, one, whole), bound(End::Upper, one, whole)))
        .collect();
    ranges.sort_by(|a, b| End::Lower.tighter(a.0.as_ref(), b.0.as_ref()));
    let last = bound(End::Upper, wanted, whole);
    // The place from which on values are still to be covered.
    let mut next = bound(End::Lower, wanted, whole);
    for (lower, upper) in ranges {
        if End::Lower.tighter(lower.as_ref(), next.as_ref()) == Ordering::Greater {
            return false;
        }
        let Some(upper) = upper else { return true };
        if End::Upper.tighter(Some(&upper), last.as_ref()) != Ordering::Greater {
            return true;
        }
        let after = if whole {
            let Some((_, value)) = upper.value.neighbours() else {
                return false;
            };
            Limit {
                value: (value + 1).into(),
                ..upper
            }
        } else {
            Limit {
                strict: !upper.strict,
                ..upper
            }
        };
        if End::Lower.tighter(Some(&after), next.as_ref()) == Ordering::Greater {
            next = Some(after);
        }
    }
    false
}
