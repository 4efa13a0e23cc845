//! Alternatives of one type on both sides: which is which, and which are new or gone.

use std::cmp::Ordering;

use super::alternative::{Alternative, Pick};
use super::limits::{End, Limit};
use super::listed;
use super::notes::Notes;
use super::numbers::bound;
use super::trial::Loss;
use super::types::Types;
use super::values::{Side, spot};
use super::{Site, Walker};
use crate::json::Node;
use crate::keyword::{Rejected, Rule, Shape};
use crate::review::change::{Change, Spot};
use crate::review::rules::compose::{
    BRANCH_ADDED, BRANCH_REMOVED, COMPOSITION_CHANGED, CONDITION_REMOVED,
};
use crate::review::rules::value::{CONST_LIFTED, CONST_SET, ENUM_LIFTED, ENUM_SET};
use crate::review::verdict::Reading;

/// So many pairs of alternatives are tried.
const MAX_TRIALS: usize = 400;

type Few<'s, 't> = (Side<'s, 't>, &'s [&'s Alternative<'t>]);

/// Pairs of alternatives on trial: rows are old ones, columns new ones.
struct Trials {
    losses: Vec<Vec<Loss>>,
}

impl Trials {
    fn at(&self, old: usize, new: usize) -> Loss {
        let row = self.losses.get(old);
        row.and_then(|row| row.get(new))
            .copied()
            .unwrap_or(Loss::ALL)
    }
}

impl<'t> Walker<'_, 't> {
    /// Compares alternatives, for values of these types, which all of them admit.
    pub(super) fn branches(
        &mut self,
        site: &Site,
        types: Types,
        old: Few<'_, 't>,
        new: Few<'_, 't>,
        notes: &mut Notes,
    ) {
        let (some, others) = (
            self.unlisted(types, old, new, true, notes),
            self.unlisted(types, new, old, false, notes),
        );
        if some.is_empty() || others.is_empty() {
            only_lists(old, new, &some, &others, notes);
            return;
        }
        if some.len() * others.len() > MAX_TRIALS {
            notes.unclear(&COMPOSITION_CHANGED, spot(old.0), spot(new.0));
            return;
        }
        let losses = some.iter().map(|one| {
            let row = others.iter();
            row.map(|other| self.try_alternatives(one, other, types))
                .collect()
        });
        let trials = Trials {
            losses: losses.collect(),
        };
        let mut left = Left::of(&some, &others);
        left.equal(&trials);
        let same = left.old.is_empty() && left.new.is_empty();
        self.exclusive(types, (old.0, &some), (new.0, &others), same, notes);
        if same {
            return;
        }
        let covered = Covered::of(&some, &others, types, &trials);
        for (one, other) in left.pairs(&some, &others, &trials, &covered) {
            let (Some(before), Some(after)) = (some.get(one), others.get(other)) else {
                continue;
            };
            // What this branch loses another may still take.
            let unsure = self.reading != Reading::Open
                && trials.at(one, other).sent
                && !apart(before, &others, other, types)
                || self.reading == Reading::Open
                    && trials.at(one, other).received
                    && !apart(after, &some, one, types);
            let doubt = self.doubt;
            self.doubt |= unsure;
            let mut inner = Notes::new(self.doubt);
            self.keywords(site, types, before, after, &mut inner);
            self.doubt = doubt;
            for change in inner.finish() {
                notes.push(change);
            }
        }
        for index in left.old {
            let Some(before) = some.get(index) else {
                continue;
            };
            if !covered.old.contains(&index) {
                let unclear =
                    self.reading != Reading::Open && !apart(before, &others, usize::MAX, types);
                notes.push(Change {
                    unclear,
                    ..Change::new(&BRANCH_REMOVED, branch(before, old.0), None)
                });
            }
        }
        for index in left.new {
            let Some(after) = others.get(index) else {
                continue;
            };
            if !covered.new.contains(&index) {
                let unclear =
                    self.reading == Reading::Open && !apart(after, &some, usize::MAX, types);
                notes.push(Change {
                    unclear,
                    ..Change::new(&BRANCH_ADDED, None, branch(after, new.0))
                });
            }
        }
    }

    /// The alternatives that list no values. Values of the others are tried one by one.
    fn unlisted<'s>(
        &self,
        types: Types,
        own: Few<'s, 't>,
        other: Few<'_, 't>,
        gone: bool,
        notes: &mut Notes,
    ) -> Vec<&'s Alternative<'t>> {
        let mut unlisted = Vec::new();
        for one in own.1 {
            match listed::of(one, types) {
                Some(values) => {
                    listed::tell_lacking(&values, own.0.held, other.0.held, gone, notes);
                }
                None => unlisted.push(*one),
            }
        }
        unlisted
    }

    /// Of the branches of `oneOf` only one may hold: where two of them overlap, a branch that
    /// admits more may refuse more.
    fn exclusive(
        &self,
        types: Types,
        old: Few<'_, 't>,
        new: Few<'_, 't>,
        same: bool,
        notes: &mut Notes,
    ) {
        let overlapping =
            |few: Few<'_, 't>| few.1.iter().find_map(|one| overlap(one, few.1, types));
        let (before, after) = (overlapping(old), overlapping(new));
        if same && before.is_some() == after.is_some() {
            return;
        }
        let spots = || (before.map(|s| s.fork.spot()), after.map(|s| s.fork.spot()));
        match (before, after) {
            (None, None) => {}
            (Some(_), None) if self.reading != Reading::Open => {
                let (old, _) = spots();
                notes.add(&CONDITION_REMOVED, old, Some(()).and_then(|()| spot(new.0)));
            }
            _ => {
                let (old, new) = spots();
                notes.unclear(&COMPOSITION_CHANGED, old, new);
            }
        }
    }
}

/// One side has lists only: the other one's alternatives came or went.
fn only_lists(
    old: Few<'_, '_>,
    new: Few<'_, '_>,
    some: &[&Alternative<'_>],
    others: &[&Alternative<'_>],
    notes: &mut Notes,
) {
    let constant = |few: Few<'_, '_>| few.1.iter().all(|one| one.first(Rule::Const).is_some());
    match (some.is_empty(), others.is_empty()) {
        (false, true) => {
            let rule = if constant(new) { &CONST_SET } else { &ENUM_SET };
            notes.add(rule, spot(old.0), spot(new.0));
        }
        (true, false) => {
            let rule = if constant(old) {
                &CONST_LIFTED
            } else {
                &ENUM_LIFTED
            };
            notes.add(rule, spot(old.0), spot(new.0));
        }
        _ => {}
    }
}

/// The branch that an alternative is, for a finding.
fn branch(alternative: &Alternative<'_>, side: Side<'_, '_>) -> Option<Spot> {
    let branch = alternative.picks.first().and_then(|pick| pick.branch);
    branch.map_or_else(|| spot(side), |at| Some(Spot::new(at.node.place, at.node)))
}

/// The fork of which an alternative shares values with another branch, though only one may hold.
fn overlap<'t>(one: &Alternative<'t>, all: &[&Alternative<'t>], types: Types) -> Option<Pick<'t>> {
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
fn apart(one: &Alternative<'_>, all: &[&Alternative<'_>], but: usize, types: Types) -> bool {
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
            (Some(a), Some(b)) => !a
                .iter()
                .any(|a| b.iter().any(|b| super::alternative::equal(a, b))),
            _ => match (types_of(&member.node), types_of(rival)) {
                (Some(a), Some(b)) => !a.meet(b),
                _ => false,
            },
        })
    })
}

fn types_of(schema: &Node) -> Option<Types> {
    schema.get("type").and_then(Types::said)
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

/// Alternatives of which all values are valid on the other side.
struct Covered {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Covered {
    fn of(
        some: &[&Alternative<'_>],
        others: &[&Alternative<'_>],
        types: Types,
        trials: &Trials,
    ) -> Covered {
        let numbers = (types & !Types::NUMBER).is_empty();
        let old = (0..some.len()).filter(|one| {
            (0..others.len()).any(|other| !trials.at(*one, other).sent)
                || numbers && some.get(*one).is_some_and(|one| fills(others, one, types))
        });
        let new = (0..others.len()).filter(|other| {
            (0..some.len()).any(|one| !trials.at(one, *other).received)
                || numbers
                    && others
                        .get(*other)
                        .is_some_and(|other| fills(some, other, types))
        });
        Covered {
            old: old.collect(),
            new: new.collect(),
        }
    }
}

/// Whether ranges of numbers together cover one that no single one of them does.
fn fills(ranges: &[&Alternative<'_>], wanted: &Alternative<'_>, types: Types) -> bool {
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

/// Alternatives that are not matched yet.
struct Left {
    old: Vec<usize>,
    new: Vec<usize>,
}

impl Left {
    fn of(some: &[&Alternative<'_>], others: &[&Alternative<'_>]) -> Left {
        Left {
            old: (0..some.len()).collect(),
            new: (0..others.len()).collect(),
        }
    }

    fn take(&mut self, old: usize, new: usize) {
        self.old.retain(|n| *n != old);
        self.new.retain(|n| *n != new);
    }

    /// Matches those that are the same; the same place first.
    fn equal(&mut self, trials: &Trials) {
        for old in self.old.clone() {
            let same = |new: &usize| !trials.at(old, *new).any;
            let found = self
                .new
                .iter()
                .copied()
                .find(|new| *new == old && same(new));
            if let Some(new) = found.or_else(|| self.new.iter().copied().find(same)) {
                self.take(old, new);
            }
        }
    }

    /// Matches those that are alike, unless that would tell a loss where there is none.
    fn pairs(
        &mut self,
        some: &[&Alternative<'_>],
        others: &[&Alternative<'_>],
        trials: &Trials,
        covered: &Covered,
    ) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        for (old, one) in some.iter().enumerate() {
            for (new, other) in others.iter().enumerate() {
                let loss = trials.at(old, new);
                let false_alarm = (loss.sent && covered.old.contains(&old))
                    || (loss.received && covered.new.contains(&new));
                let score = likeness(one, other, old == new);
                if self.old.contains(&old) && self.new.contains(&new) && !false_alarm && score > 0 {
                    pairs.push((score, old, new));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut found = Vec::new();
        for (_, old, new) in pairs {
            if self.old.contains(&old) && self.new.contains(&new) {
                self.take(old, new);
                found.push((old, new));
            }
        }
        found
    }
}

/// How much two alternatives look like the same one.
fn likeness(one: &Alternative<'_>, other: &Alternative<'_>, same_place: bool) -> usize {
    let names = |side: &Alternative<'_>| -> Vec<String> {
        let of_branch = side.of_branch().iter();
        let properties = of_branch.filter(|said| said.is(Shape::Properties));
        let members = properties.flat_map(|said| said.value.node.members());
        members.map(|member| member.key.clone()).collect()
    };
    let (some, others) = (names(one), names(other));
    let common = some.iter().filter(|name| others.contains(name)).count();
    let all = some.len() + others.len() - common;
    let share = if all == 0 { 0 } else { 8 * common / all };
    let said = |side: &Alternative<'_>, name: &str| {
        let mut all = side.of_branch().iter();
        all.find(|said| said.name == name)
            .map(|said| said.spot().value)
    };
    let alike = |name| {
        let value = said(one, name);
        usize::from(value.is_some() && value == said(other, name))
    };
    2 * share + 8 * alike("$ref") + 4 * alike("title") + usize::from(same_place)
}
