//! Values by their types: which are admitted, and what holds for those of a type.

use super::alternative::Alternative;
use super::notes::Notes;
use super::types::Types;
use super::view::{Held, Said, View};
use super::{Site, Walker, whole};
use crate::keyword::{Rule, Shape};
use crate::review::change::Spot;
use crate::review::rules::compose::{ALL_ADMITTED, ALL_REFUSED, BRANCH_ADDED, BRANCH_REMOVED};
use crate::review::rules::value::{
    NULL_ADDED, NULL_REMOVED, TYPE_CHANGED, TYPE_NARROWED, TYPE_WIDENED,
};

/// One side of a comparison: its schemas, together, and taken apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Side<'s, 't> {
    pub(super) held: &'s Held<'t>,
    pub(super) view: &'s View<'t>,
    pub(super) all: &'s [Alternative<'t>],
}

impl<'t> Walker<'_, 't> {
    /// Compares the values of some types.
    pub(super) fn values(
        &mut self,
        site: &Site,
        old: (&Held<'t>, &View<'t>),
        new: (&Held<'t>, &View<'t>),
        only: Types,
        notes: &mut Notes,
    ) {
        let (before, after) = (old.1.alternatives(), new.1.alternatives());
        let old = Side {
            held: old.0,
            view: old.1,
            all: &before,
        };
        let new = Side {
            held: new.0,
            view: new.1,
            all: &after,
        };
        if super::listed::compare(old, new, only, notes) {
            return;
        }
        types(old, new, only, notes);
        for (types, some, others) in groups(&before, &after, only) {
            let some: Vec<&Alternative<'t>> = pick(&before, &some);
            let others: Vec<&Alternative<'t>> = pick(&after, &others);
            if super::listed::lists(types, (old, &some), (new, &others), notes) {
                continue;
            }
            match (some.as_slice(), others.as_slice()) {
                ([one], [other]) => self.keywords(site, types, one, other, notes),
                (some, others) => self.branches(site, types, (old, some), (new, others), notes),
            }
        }
    }

    /// Compares two ways to be valid, for values of these types, which both admit.
    pub(super) fn keywords(
        &mut self,
        site: &Site,
        types: Types,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        super::meaning::compare(old.of_branch(), new.of_branch(), notes);
        if types.meet(Types::STRING) {
            self.texts(site, old, new, notes);
        }
        if types.meet(Types::NUMBER) {
            Self::numbers(types, old, new, notes);
        }
        if types.meet(Types::ARRAY) {
            self.lists(site, old, new, notes);
        }
        if types.meet(Types::OBJECT) {
            self.objects(site, old, new, notes);
        }
        self.clauses(types, old, new, notes);
    }
}

fn pick<'s, 't>(all: &'s [Alternative<'t>], some: &[usize]) -> Vec<&'s Alternative<'t>> {
    some.iter().filter_map(|n| all.get(*n)).collect()
}

/// Types that the same alternatives speak of, on both sides.
fn groups(
    old: &[Alternative<'_>],
    new: &[Alternative<'_>],
    only: Types,
) -> Vec<(Types, Vec<usize>, Vec<usize>)> {
    let mut groups: Vec<(Types, Vec<usize>, Vec<usize>)> = Vec::new();
    for one in Types::each().filter(|one| one.meet(only)) {
        let of = |all: &[Alternative<'_>]| -> Vec<usize> {
            let all = all.iter().enumerate();
            all.filter(|(_, alternative)| alternative.types.meet(one))
                .map(|(n, _)| n)
                .collect()
        };
        let (some, others) = (of(old), of(new));
        if some.is_empty() || others.is_empty() {
            continue;
        }
        match groups
            .iter_mut()
            .find(|group| group.1 == some && group.2 == others)
        {
            Some(group) => group.0 = group.0 | one,
            None => groups.push((one, some, others)),
        }
    }
    groups
}

/// Tells which types came and went.
fn types(old: Side<'_, '_>, new: Side<'_, '_>, only: Types, notes: &mut Notes) {
    let admitted = |side: Side<'_, '_>| {
        let all = side.all.iter();
        all.fold(Types::NONE, |types, one| types | one.types) & only
    };
    let (before, after) = (admitted(old), admitted(new));
    if before == after {
        return;
    }
    if before.is_empty() || after.is_empty() {
        let rule = if after.is_empty() {
            &ALL_REFUSED
        } else {
            &ALL_ADMITTED
        };
        notes.add(rule, spot(old), spot(new));
        return;
    }
    let (gone, come) = (before & !after, after & !before);
    if gone.meet(Types::NULL) {
        notes.add(&NULL_REMOVED, spot(old), spot(new));
    }
    if come.meet(Types::NULL) {
        notes.add(&NULL_ADDED, spot(old), spot(new));
    }
    let (gone, come) = (gone & !Types::NULL, come & !Types::NULL);
    let common = before & after & !Types::NULL;
    if common.is_empty() && !gone.is_empty() && !come.is_empty() {
        notes.add(&TYPE_CHANGED, spot(old), spot(new));
        return;
    }
    let left = gone & !branches(old, gone, notes, true);
    if !left.is_empty() {
        notes.add(&TYPE_NARROWED, spot(old), spot(new));
    }
    let left = come & !branches(new, come, notes, false);
    if !left.is_empty() {
        notes.add(&TYPE_WIDENED, spot(old), spot(new));
    }
}

/// Tells the branches that are of such types only; gives the types that were told.
fn branches(side: Side<'_, '_>, types: Types, notes: &mut Notes, gone: bool) -> Types {
    let mut told = Types::NONE;
    for alternative in side.all {
        let Some(branch) = alternative.picks.first().and_then(|pick| pick.branch) else {
            continue;
        };
        if (alternative.types & !types).is_empty() {
            let spot = Some(Spot::new(branch.node.place, branch.node));
            if gone {
                notes.add(&BRANCH_REMOVED, spot, None);
            } else {
                notes.add(&BRANCH_ADDED, None, spot);
            }
            told = told | alternative.types;
        }
    }
    told
}

/// What says which types there are.
pub(super) fn spot(side: Side<'_, '_>) -> Option<Spot> {
    let said = |wanted: &dyn Fn(&Said<'_>) -> bool| {
        let all = side.view.said.iter();
        all.chain(side.all.iter().flat_map(|one| &one.said))
            .find(|said| wanted(said))
            .map(Said::spot)
    };
    said(&|said| said.is(Shape::Type))
        .or_else(|| said(&|said| said.is(Rule::Enum) || said.is(Rule::Const)))
        .or_else(|| side.view.forks.first().map(|fork| fork.said.spot()))
        .or_else(|| whole(side.held))
}
