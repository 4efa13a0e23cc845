//! Which combinations of fields are enough: `required`, `anyOf` of `required`, dependencies, counts.

use super::alternative::Alternative;
use super::limits::{self, End, Limit};
use super::notes::Notes;
use super::object::Objects;
use super::text::{at_least, at_most};
use super::trial::Loss;
use super::types::Types;
use super::view::{Choice, Held, Said};
use super::{Walker, is_free};
use crate::json::{Node, quoted};
use crate::keyword::{Rejected, Rule};
use crate::review::change::{Change, Spot};
use crate::review::rules::compose::{COMPOSITION_CHANGED, CONDITION_ADDED, CONDITION_REMOVED};
use crate::review::rules::object::{
    CHOICE_CHANGED, CHOICE_LOOSENED, CHOICE_TIGHTENED, DEPENDENCY_LIFTED, DEPENDENCY_SET,
    NAMES_CHANGED, SIZE_LOOSENED, SIZE_TIGHTENED,
};
use crate::review::verdict::Reading;

/// Combinations are multiplied out up to so many.
const MAX_GROUPS: usize = 4096;

/// Groups of fields, one of which is there as a whole.
pub(super) struct Presence<'t> {
    groups: Option<Vec<Vec<&'t str>>>,
}

impl<'t> Presence<'t> {
    pub(super) fn of(side: &Alternative<'t>) -> Presence<'t> {
        let required = side.all(Rule::Required);
        let names = required.flat_map(|said| said.value.node.elements());
        let base: Vec<&str> = names.filter_map(Node::text).collect();
        let mut groups = vec![base];
        for choice in &side.choices {
            if groups.len() * choice.groups.len() > MAX_GROUPS {
                return Presence { groups: None };
            }
            groups = groups
                .iter()
                .flat_map(|group| {
                    choice.groups.iter().map(move |more| {
                        let mut all = group.clone();
                        all.extend(more);
                        all
                    })
                })
                .collect();
        }
        Presence {
            groups: Some(groups),
        }
    }

    /// Whether one of these groups is always there. None when there are too many combinations.
    pub(super) fn implies(&self, wanted: &[Vec<&str>]) -> Option<bool> {
        let groups = self.groups.as_ref()?;
        let enough = |group: &Vec<&str>| {
            let mut wanted = wanted.iter();
            wanted.any(|all| all.iter().all(|name| group.contains(name)))
        };
        Some(groups.iter().all(enough))
    }
}

impl<'t> Walker<'_, 't> {
    pub(super) fn presence(&mut self, objects: &Objects<'_, 't>, notes: &mut Notes) {
        choices(objects.old, objects.new, notes);
        dependencies(objects, notes);
        sizes(objects, notes);
        self.names(objects.old, objects.new, notes);
        self.dependents(objects.old, objects.new, notes);
    }

    /// Names of members as texts.
    fn names(&self, old: &Alternative<'t>, new: &Alternative<'t>, notes: &mut Notes) {
        let held = |side: &Alternative<'t>| {
            let mut held = Held::anything(side.tree);
            let all = side.all(Rejected::PropertyNames);
            held.nodes.extend(all.map(|said| said.value));
            held
        };
        let (before, after) = (held(old), held(new));
        if is_free(&before) && is_free(&after) {
            return;
        }
        let loss = self.try_schemas(&before, &after, Types::STRING, Reading::Plain);
        let (before, after) = (
            old.first(Rejected::PropertyNames),
            new.first(Rejected::PropertyNames),
        );
        let rule = match (loss.sent, loss.received) {
            (true, true) => &NAMES_CHANGED,
            (true, false) => &CONDITION_ADDED,
            (false, true) => &CONDITION_REMOVED,
            (false, false) => return,
        };
        notes.said(rule, before.as_ref(), after.as_ref());
    }

    /// Schemas that hold where a member is there.
    fn dependents(&self, old: &Alternative<'t>, new: &Alternative<'t>, notes: &mut Notes) {
        let held = |side: &Alternative<'t>, name: &str| {
            let mut held = Held::anything(side.tree);
            let all = side.all(Rejected::DependentSchemas);
            held.nodes
                .extend(all.filter_map(|said| said.value.get(name)));
            held
        };
        let mut names: Vec<&str> = Vec::new();
        for said in new
            .all(Rejected::DependentSchemas)
            .chain(old.all(Rejected::DependentSchemas))
        {
            for member in said.value.node.members() {
                if !names.contains(&member.key.as_str()) {
                    names.push(&member.key);
                }
            }
        }
        for name in names {
            let loss = self.try_schemas(
                &held(old, name),
                &held(new, name),
                Types::OBJECT,
                Reading::Plain,
            );
            let spot = |side: &Alternative<'t>| {
                let all = side.all(Rejected::DependentSchemas);
                let mut all = all.filter_map(|said| Some((said, said.value.get(name)?)));
                let (said, schema) = all.next()?;
                let schema = crate::review::change::canonical(schema.node);
                Some(said.spot_of(format!("{{{}:{schema}}}", quoted(name))))
            };
            self.condition(loss, spot(old), spot(new), notes);
        }
    }

    /// Tells a change of a condition that may hold or not.
    pub(super) fn condition(
        &self,
        loss: Loss,
        old: Option<Spot>,
        new: Option<Spot>,
        notes: &mut Notes,
    ) {
        match (loss.sent, loss.received) {
            (false, false) => {}
            (false, true) => notes.add(&CONDITION_REMOVED, old, new),
            (true, false) => notes.push(Change {
                // It may refuse nothing that was left.
                unclear: self.reading != Reading::Open,
                ..Change::new(&CONDITION_ADDED, old, new)
            }),
            (true, true) => notes.unclear(&COMPOSITION_CHANGED, old, new),
        }
    }
}

fn choices(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    let lacking = |own: &Alternative<'_>, other: &Alternative<'_>| -> Option<Option<Spot>> {
        let presence = Presence::of(own);
        for choice in &other.choices {
            if !presence.implies(&choice.groups)? {
                return Some(Some(choice.said.spot()));
            }
        }
        Some(None)
    };
    let first = |side: &Alternative<'_>| {
        let choice: Option<&Choice<'_>> = side.choices.first();
        choice.map(|choice| choice.said.spot())
    };
    let (Some(narrows), Some(widens)) = (lacking(old, new), lacking(new, old)) else {
        let texts = |side: &Alternative<'_>| -> Vec<String> {
            let all = side.choices.iter();
            all.map(|choice| choice.said.spot().value).collect()
        };
        if texts(old) != texts(new) {
            notes.unclear(&CHOICE_CHANGED, first(old), first(new));
        }
        return;
    };
    let rule = match (&narrows, &widens) {
        (None, None) => return,
        (Some(_), None) => &CHOICE_TIGHTENED,
        (None, Some(_)) => &CHOICE_LOOSENED,
        (Some(_), Some(_)) => &CHOICE_CHANGED,
    };
    notes.add(
        rule,
        widens.or_else(|| first(old)),
        narrows.or_else(|| first(new)),
    );
}

/// One field that needs another.
type Need<'t> = (&'t str, &'t str, Said<'t>);

fn needs<'t>(side: &Alternative<'t>) -> Vec<Need<'t>> {
    let all = side.all(Rule::DependentRequired);
    all.flat_map(|said| {
        let members = said.value.node.members().iter();
        members.flat_map(move |member| {
            let names = member.node.elements().iter();
            names.filter_map(move |name| Some((member.key.as_str(), name.text()?, said)))
        })
    })
    .collect()
}

fn dependencies(objects: &Objects<'_, '_>, notes: &mut Notes) {
    let (before, after) = (needs(objects.old), needs(objects.new));
    let spot = |(name, needed, said): &Need<'_>| {
        Some(said.spot_of(format!("{{{}:[{}]}}", quoted(name), quoted(needed))))
    };
    for need in &after {
        let impossible = objects.was.get(need.0).held.never;
        if !impossible && !implied(objects.old, &before, need) {
            notes.add(&DEPENDENCY_SET, None, spot(need));
        }
    }
    for need in &before {
        let impossible = objects.is.get(need.0).held.never;
        if !impossible && !implied(objects.new, &after, need) {
            notes.add(&DEPENDENCY_LIFTED, spot(need), None);
        }
    }
}

/// Whether a field is always there when another is: by the needs of this side, step by step.
fn implied(side: &Alternative<'_>, needs: &[Need<'_>], wanted: &Need<'_>) -> bool {
    let required = side.all(Rule::Required);
    let names = required.flat_map(|said| said.value.node.elements());
    let mut there: Vec<&str> = names.filter_map(Node::text).collect();
    there.push(wanted.0);
    loop {
        let next = needs
            .iter()
            .find(|(name, needed, _)| there.contains(name) && !there.contains(needed));
        match next {
            Some((_, needed, _)) => there.push(needed),
            None => return there.contains(&wanted.1),
        }
    }
}

fn sizes(objects: &Objects<'_, '_>, notes: &mut Notes) {
    let (old, new) = (objects.old, objects.new);
    for keyword in [Rejected::MinProperties, Rejected::MaxProperties] {
        limits::unreadable(old, new, keyword, notes);
    }
    let least = |side: &Alternative<'_>| {
        let required = side.all(Rule::Required);
        let mut names: Vec<&str> = required
            .flat_map(|said| said.value.node.elements())
            .filter_map(Node::text)
            .collect();
        names.sort_unstable();
        names.dedup();
        (!names.is_empty()).then(|| Limit::count(names.len(), None))
    };
    let count = |n: usize| Limit::count(n, None);
    bounds(
        End::Lower,
        &(at_least(old, Rejected::MinProperties), least(old)),
        &(at_least(new, Rejected::MinProperties), least(new)),
        notes,
    );
    bounds(
        End::Upper,
        &(
            at_most(old, Rejected::MaxProperties),
            objects.was.most().map(count),
        ),
        &(
            at_most(new, Rejected::MaxProperties),
            objects.is.most().map(count),
        ),
        notes,
    );
}

type Bounds<'t> = (Option<Limit<'t>>, Option<Limit<'t>>);

/// Compares counts that are said, each with what the other side says or implies.
fn bounds(end: End, old: &Bounds<'_>, new: &Bounds<'_>, notes: &mut Notes) {
    let effective = |side: &Bounds<'_>| {
        end.tightest(
            [side.0.clone(), side.1.clone()]
                .into_iter()
                .flatten()
                .map(|limit| Limit {
                    said: None,
                    ..limit
                }),
        )
    };
    let tighter = |said: &Bounds<'_>, other: &Bounds<'_>| {
        end.tighter(said.0.as_ref(), effective(other).as_ref())
            .is_gt()
    };
    let spot = |side: &Bounds<'_>| side.0.as_ref().and_then(|l| l.said.map(|s| s.spot()));
    if tighter(new, old) {
        notes.add(&SIZE_TIGHTENED, spot(old), spot(new));
    }
    if tighter(old, new) {
        notes.add(&SIZE_LOOSENED, spot(old), spot(new));
    }
}
