//! Conditions that are not keywords of their own kind: `not`, `if`, references that lead nowhere.

use super::alternative::Alternative;
use super::notes::Notes;
use super::trial::Loss;
use super::types::Types;
use super::view::{Clause, ClauseKind, Said};
use super::{Site, Walker};
use crate::keyword::Rejected;
use crate::review::change::canonical;
use crate::review::rules::compose::{COMPOSITION_CHANGED, CONDITION_ADDED, CONDITION_REMOVED};
use crate::review::verdict::Reading;

impl<'t> Walker<'_, 't> {
    pub(super) fn clauses(
        &mut self,
        site: &Site,
        types: Types,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        let relevant = |side: &Alternative<'t>| -> Vec<Clause<'t>> {
            let all = side.clauses.iter();
            all.filter(|clause| clause.types.meet(types))
                .cloned()
                .collect()
        };
        let (mut before, mut after) = (relevant(old), relevant(new));
        // Conditions that are the same cancel out.
        before.retain(|clause| {
            let same = |other: &Clause<'t>| !self.clause(clause, other, types).any;
            match after.iter().position(same) {
                Some(index) => {
                    after.remove(index);
                    false
                }
                None => true,
            }
        });
        let mut before = before.into_iter();
        for clause in after {
            let kin = |other: &&Clause<'t>| other.said.name == clause.said.name;
            let rest: Vec<Clause<'t>> = before.clone().collect();
            match rest.iter().find(kin) {
                Some(other) => {
                    self.changed(site, other, &clause, types, notes);
                    let key = other.said.key;
                    let left: Vec<Clause<'t>> =
                        rest.iter().filter(|c| c.said.key != key).cloned().collect();
                    before = left.into_iter();
                }
                None => notes.push(crate::review::change::Change {
                    // It may refuse nothing that was left.
                    unclear: self.reading != Reading::Open,
                    ..crate::review::change::Change::new(
                        &CONDITION_ADDED,
                        None,
                        Some(clause.said.spot()),
                    )
                }),
            }
        }
        for clause in before {
            notes.said(&CONDITION_REMOVED, Some(&clause.said), None);
        }
        unevaluated(old, new, notes);
    }

    /// What is lost from one condition to another.
    fn clause(&self, old: &Clause<'t>, new: &Clause<'t>, types: Types) -> Loss {
        match (&old.kind, &new.kind) {
            (ClauseKind::Not(old), ClauseKind::Not(new)) => {
                // What is refused less is admitted more.
                let loss = self.try_schemas(old, new, types, Reading::Plain);
                Loss {
                    sent: loss.received,
                    received: loss.sent,
                    any: loss.any,
                }
            }
            (
                ClauseKind::If {
                    test,
                    then,
                    otherwise,
                },
                ClauseKind::If {
                    test: tests,
                    then: thens,
                    otherwise: others,
                },
            ) if !self.try_schemas(test, tests, types, Reading::Plain).any => self
                .try_schemas(then, thens, types, self.reading)
                .or(self.try_schemas(otherwise, others, types, self.reading)),
            (ClauseKind::Opaque, ClauseKind::Opaque)
                if old.said.name == new.said.name
                    && canonical(old.said.value.node) == canonical(new.said.value.node) =>
            {
                Loss::default()
            }
            _ => Loss::ALL,
        }
    }

    fn changed(
        &mut self,
        site: &Site,
        old: &Clause<'t>,
        new: &Clause<'t>,
        types: Types,
        notes: &mut Notes,
    ) {
        let loss = self.clause(old, new, types);
        let (before, after) = (Some(old.said.spot()), Some(new.said.spot()));
        let _ = site;
        match (loss.sent, loss.received) {
            (false, _) => notes.add(&CONDITION_REMOVED, before, after),
            (true, false) => notes.push(crate::review::change::Change {
                unclear: self.reading != Reading::Open,
                ..crate::review::change::Change::new(&CONDITION_ADDED, before, after)
            }),
            (true, true) => notes.unclear(&COMPOSITION_CHANGED, before, after),
        }
    }
}

/// Schemas of what nothing else speaks of depend on everything else.
fn unevaluated(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    for keyword in [Rejected::UnevaluatedItems, Rejected::UnevaluatedProperties] {
        let (before, after) = (old.first(keyword), new.first(keyword));
        let asserting = |side: &Alternative<'_>| {
            let mut all: Vec<String> = side
                .said
                .iter()
                .filter(|said| asserts(said))
                .map(|said| format!("{}:{}", said.name, said.spot().value))
                .collect();
            all.sort();
            all
        };
        if (before.is_some() || after.is_some()) && asserting(old) != asserting(new) {
            let spot = |said: Option<Said<'_>>| said.map(|said| said.spot());
            notes.unclear(&COMPOSITION_CHANGED, spot(before), spot(after));
        }
    }
}

fn asserts(said: &Said<'_>) -> bool {
    use super::reader::Reader;
    matches!(
        said.keyword.map(Reader::of),
        Some(Reader::Assert(_) | Reader::Compose(_) | Reader::Reference)
    )
}
