//! Comparisons on trial: does one schema cover another?

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use super::alternative::Alternative;
use super::notes::Notes;
use super::types::Types;
use super::view::Held;
use super::{Site, Walker};
use crate::review::change::{Change, Context};
use crate::review::rule::Sense;
use crate::review::verdict::{Flow, Reading};

/// So many places are looked at in one walk, trials included.
const BUDGET: u32 = 60_000;

/// What a walk and its trials have in common.
#[derive(Debug)]
pub(super) struct Shared {
    left: Cell<u32>,
    known: RefCell<BTreeMap<Key, Loss>>,
    running: RefCell<BTreeSet<Key>>,
}

/// Schemas by their addresses; of each side, and whether there can be a value at all.
pub(super) type Pair = ([Vec<usize>; 2], [bool; 2]);

type Key = (Pair, Types, u8);

/// What a change of schemas loses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Loss {
    /// Values that were valid and no longer are, as far as this can be told.
    pub(super) sent: bool,
    /// Values that are valid and were not.
    pub(super) received: bool,
    /// They are not the same.
    pub(super) any: bool,
}

impl Default for Shared {
    fn default() -> Shared {
        Shared {
            left: Cell::new(BUDGET),
            known: RefCell::default(),
            running: RefCell::default(),
        }
    }
}

impl Shared {
    /// Takes one step, if there are any left.
    pub(super) fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
}

impl Loss {
    /// Values were lost, and none gained.
    pub(super) const SENT: Loss = Loss {
        sent: true,
        received: false,
        any: true,
    };

    pub(super) const ALL: Loss = Loss {
        sent: true,
        received: true,
        any: true,
    };

    fn of(change: &Change) -> Loss {
        let rule = change.rule;
        if matches!(rule.sense, Sense::Meaning | Sense::Words) {
            return Loss::default();
        }
        Loss {
            sent: change.unclear || rule.loses(Flow::Sent),
            received: change.unclear || rule.loses(Flow::Received),
            any: true,
        }
    }

    pub(super) fn or(self, other: Loss) -> Loss {
        Loss {
            sent: self.sent || other.sent,
            received: self.received || other.received,
            any: self.any || other.any,
        }
    }

    pub(super) fn of_all(changes: &[Change]) -> Loss {
        changes.iter().map(Loss::of).fold(Loss::default(), Loss::or)
    }
}

/// The pair as a key.
pub(super) fn pair(old: &Held<'_>, new: &Held<'_>) -> Pair {
    let addresses = |held: &Held<'_>| {
        let nodes = held.nodes.iter().map(|at| at.node);
        nodes.map(|node| std::ptr::from_ref(node).addr()).collect()
    };
    ([addresses(old), addresses(new)], [old.never, new.never])
}

fn alternatives(old: &Alternative<'_>, new: &Alternative<'_>) -> Pair {
    let addresses = |alternative: &Alternative<'_>| {
        let nodes = alternative.said.iter().map(|said| said.value.node);
        let mut all: Vec<usize> = nodes.map(|n| std::ptr::from_ref(n).addr()).collect();
        all.push(0);
        let picks = alternative.picks.iter().filter_map(|pick| pick.branch);
        all.extend(picks.map(|at| std::ptr::from_ref(at.node).addr()));
        all
    };
    ([addresses(old), addresses(new)], [false, false])
}

impl<'t> Walker<'_, 't> {
    /// What is lost from one schema to another, values of some types alone.
    pub(super) fn try_schemas(
        &self,
        old: &Held<'t>,
        new: &Held<'t>,
        types: Types,
        reading: Reading,
    ) -> Loss {
        let key = (pair(old, new), types, 2 + reading as u8);
        self.once(key, reading, |walker, site| {
            if types == Types::ALL {
                walker.node(site, old, new);
                return Loss::default();
            }
            let mut notes = Notes::new(false);
            let (before, after) = (old.view(), new.view());
            walker.values(site, (old, &before), (new, &after), types, &mut notes);
            Loss::of_all(&notes.finish())
        })
    }

    /// What is lost from one way to be valid to another.
    pub(super) fn try_alternatives(
        &self,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        types: Types,
    ) -> Loss {
        let key = (alternatives(old, new), types, 5 + self.reading as u8);
        self.once(key, self.reading, |walker, site| {
            let mut notes = Notes::new(false);
            walker.keywords(site, types, old, new, &mut notes);
            Loss::of_all(&notes.finish())
        })
    }

    fn once(
        &self,
        key: Key,
        reading: Reading,
        work: impl FnOnce(&mut Walker<'_, 't>, &Site) -> Loss,
    ) -> Loss {
        if let Some(loss) = self.shared.known.borrow().get(&key) {
            return *loss;
        }
        if !self.shared.running.borrow_mut().insert(key.clone()) {
            // The question is part of itself: what is lost will be found elsewhere.
            return Loss::default();
        }
        let loss = if self.shared.spend() {
            let site = Site {
                path: String::new(),
                context: Context::default(),
            };
            let mut walker = Walker::new(self.shared, reading);
            walker.depth = self.depth + 1;
            let own = work(&mut walker, &site);
            let inner = walker.out.iter().map(|d| Loss::of_all(&d.changes));
            inner.fold(own, Loss::or)
        } else {
            Loss::ALL
        };
        self.shared.running.borrow_mut().remove(&key);
        // What was found under an assumption holds for as long as the assumption does.
        if loss.any || self.shared.running.borrow().is_empty() {
            self.shared.known.borrow_mut().insert(key, loss);
        }
        loss
    }
}
