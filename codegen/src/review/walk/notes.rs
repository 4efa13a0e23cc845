//! What is found at one place, before it is told.

use crate::review::change::{Change, Spot};
use crate::review::rule::{Rule, Sense};
use crate::source::Place;

use super::view::Said;

/// Changes of one place, in the order in which they were found.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) changes: Vec<Change>,
    /// Keys of keywords whose change another change tells.
    told: Vec<Place>,
    /// Nothing here is certain.
    doubt: bool,
}

impl Notes {
    pub(super) fn new(doubt: bool) -> Notes {
        Notes {
            changes: Vec::new(),
            told: Vec::new(),
            doubt,
        }
    }

    pub(super) fn push(&mut self, mut change: Change) {
        change.unclear |= self.doubt && !matches!(change.rule.sense, Sense::Meaning | Sense::Words);
        let same = |other: &&mut Change| {
            other.rule == change.rule && other.old == change.old && other.new == change.new
        };
        match self.changes.iter_mut().find(same) {
            // What is certain in one alternative is certain.
            Some(other) => other.unclear &= change.unclear,
            None => self.changes.push(change),
        }
    }

    pub(super) fn add(&mut self, rule: &'static Rule, old: Option<Spot>, new: Option<Spot>) {
        self.push(Change::new(rule, old, new));
    }

    pub(super) fn unclear(&mut self, rule: &'static Rule, old: Option<Spot>, new: Option<Spot>) {
        self.push(Change {
            unclear: true,
            ..Change::new(rule, old, new)
        });
    }

    /// A change of a keyword.
    pub(super) fn said(
        &mut self,
        rule: &'static Rule,
        old: Option<&Said<'_>>,
        new: Option<&Said<'_>>,
    ) {
        self.add(rule, old.map(Said::spot), new.map(Said::spot));
    }

    /// What changed in a keyword is told by another change.
    pub(super) fn tell(&mut self, said: Option<&Said<'_>>) {
        self.told.extend(said.map(|said| said.key));
    }

    pub(super) fn tells(&self, key: Place) -> bool {
        self.told.contains(&key)
    }

    pub(super) fn finish(self) -> Vec<Change> {
        self.changes
    }
}
