//! Which alternative of one side is which of the other.

use super::alternative::Alternative;
use super::apart::fills;
use super::trial::Loss;
use super::types::Types;
use crate::keyword::Shape;

/// Pairs of alternatives on trial: rows are old ones, columns new ones.
pub(super) struct Trials {
    pub(super) losses: Vec<Vec<Loss>>,
}

impl Trials {
    pub(super) fn at(&self, old: usize, new: usize) -> Loss {
        let row = self.losses.get(old);
        row.and_then(|row| row.get(new))
            .copied()
            .unwrap_or(Loss::ALL)
    }
}

/// Alternatives of which all values are valid on the other side.
pub(super) struct Covered {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
}

impl Covered {
    pub(super) fn of(
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

/// Alternatives that are not matched yet.
pub(super) struct Left {
    pub(super) old: Vec<usize>,
    pub(super) new: Vec<usize>,
}

impl Left {
    pub(super) fn of(some: &[&Alternative<'_>], others: &[&Alternative<'_>]) -> Left {
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
    pub(super) fn equal(&mut self, trials: &Trials) {
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
    pub(super) fn pairs(
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
    let share = (8 * common).checked_div(all).unwrap_or(0);
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
