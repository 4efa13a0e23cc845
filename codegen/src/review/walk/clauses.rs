//! Conditions that are not keywords of their own kind: `not`, `if`, references that lead nowhere.

use super::Walker;
use super::alternative::Alternative;
use super::members::folds;
use super::notes::Notes;
use super::reader::Reader;
use super::trial::Loss;
use super::types::Types;
use super::view::{Clause, ClauseKind, Said};
use crate::keyword::Rejected;
use crate::review::change::canonical;
use crate::review::rules::compose::{COMPOSITION_CHANGED, CONDITION_REMOVED};
use crate::review::verdict::Reading;

impl<'t> Walker<'_, 't> {
    pub(super) fn clauses(
        &self,
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
            let index = after.iter().position(same);
            if let Some(index) = index {
                after.remove(index);
            }
            index.is_none()
        });
        for clause in after {
            let kin = |other: &Clause<'t>| other.said.name == clause.said.name;
            let other = before.iter().position(kin).map(|n| before.remove(n));
            let loss = other
                .as_ref()
                .map_or(Loss::SENT, |other| self.clause(other, &clause, types));
            let old = other.map(|other| other.said.spot());
            self.condition(loss, old, Some(clause.said.spot()), notes);
        }
        for clause in before {
            notes.said(&CONDITION_REMOVED, Some(&clause.said), None);
        }
        self.unevaluated(types, old, new, notes);
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
                .try_schemas(then, thens, types, Reading::Plain)
                .or(self.try_schemas(otherwise, others, types, Reading::Plain)),
            (ClauseKind::Opaque, ClauseKind::Opaque)
                if old.said.name == new.said.name
                    && canonical(old.said.value.node) == canonical(new.said.value.node) =>
            {
                Loss::default()
            }
            _ => Loss::ALL,
        }
    }

    /// Schemas of what nothing else speaks of depend on everything else.
    fn unevaluated(
        &self,
        types: Types,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        for (keyword, of) in [
            (Rejected::UnevaluatedItems, Types::ARRAY),
            (Rejected::UnevaluatedProperties, Types::OBJECT),
        ] {
            let (before, after) = (old.first(keyword), new.first(keyword));
            let followed = of == Types::OBJECT
                && [old, new]
                    .into_iter()
                    .all(|side| side.first(keyword).is_none() || folds(side, self.reading));
            let said = before.is_some() || after.is_some();
            if said && types.meet(of) && !followed && asserted(old) != asserted(new) {
                let spot = |said: Option<Said<'_>>| said.map(|said| said.spot());
                notes.unclear(&COMPOSITION_CHANGED, spot(before), spot(after));
            }
        }
    }
}

/// Everything that decides which values are valid, as text.
fn asserted(side: &Alternative<'_>) -> Vec<String> {
    let asserts = |said: &&Said<'_>| {
        matches!(
            said.keyword.map(Reader::of),
            Some(Reader::Assert(_) | Reader::Compose(_) | Reader::Reference)
        )
    };
    let all = side.said.iter().filter(asserts);
    let mut all: Vec<String> = all
        .map(|said| format!("{}:{}", said.name, said.spot().value))
        .collect();
    all.sort();
    all
}
