//! Alternatives of one type on both sides: which is which, and which are new or gone.

use super::alternative::Alternative;
use super::apart::{apart, overlap};
use super::listed;
use super::notes::Notes;
use super::pairing::{Covered, Left, Trials};
use super::types::Types;
use super::values::{Side, spot};
use super::{Site, Walker};
use crate::keyword::Rule;
use crate::review::change::{Change, Spot};
use crate::review::rules::compose::{
    BRANCH_ADDED, BRANCH_REMOVED, COMPOSITION_CHANGED, CONDITION_REMOVED,
};
use crate::review::rules::value::{CONST_LIFTED, CONST_SET, ENUM_LIFTED, ENUM_SET};
use crate::review::verdict::Reading;

/// So many pairs of alternatives are tried.
const MAX_TRIALS: usize = 400;

type Few<'s, 't> = (Side<'s, 't>, &'s [&'s Alternative<'t>]);

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
            unlisted(types, old, new, true, notes),
            unlisted(types, new, old, false, notes),
        );
        if some.is_empty() || others.is_empty() {
            self.exclusive(types, old, new, false, notes);
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
        let alike = left.old.is_empty() && left.new.is_empty();
        self.exclusive(types, old, new, alike && lists(old) == lists(new), notes);
        if alike {
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
                notes.add(&CONDITION_REMOVED, old, spot(new.0));
            }
            _ => {
                let (old, new) = spots();
                notes.unclear(&COMPOSITION_CHANGED, old, new);
            }
        }
    }
}

/// The alternatives that list no values. Values of the others are tried one by one.
fn unlisted<'s, 't>(
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

/// What the alternatives that list values say, as text.
fn lists(few: Few<'_, '_>) -> Vec<String> {
    let listing = few.1.iter().filter(|one| one.listed().is_some());
    let said = listing.flat_map(|one| one.of_branch());
    let mut texts: Vec<String> = said.map(|said| said.spot().value).collect();
    texts.sort();
    texts
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
