//! Which combinations of fields are enough: `required`, `anyOf` of `required`, dependencies, counts.

use super::alternative::Alternative;
use super::limits::{self, End, Limit};
use super::notes::Notes;
use super::object::Objects;
use super::text::{at_least, at_most};
use super::trial::Loss;
use super::types::Types;
use super::view::{self, Choice, Held, Said};
use super::{Walker, is_free};
use crate::json::{Node, quoted};
use crate::keyword::{Rejected, Rule};
use crate::review::change::{Change, Spot, canonical};
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
                let schema = canonical(schema.node);
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

/// Groups of which one has to be there. Those that both sides have cancel out, whatever their order;
/// of the others, those that have the most in common are one that was edited.
fn choices(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    let (mut before, mut after) = (rest(old, new), rest(new, old));
    let (was, is) = (Presence::of(old), Presence::of(new));
    while !before.is_empty() || !after.is_empty() {
        let (one, other) = alike(&mut before, &mut after);
        let spot = |choice: Option<&Choice<'_>>| choice.map(|choice| choice.said.spot());
        // Whether one side does not have what the other asks for.
        let lacks = |side: &Presence<'_>, choice: Option<&Choice<'_>>| match choice {
            Some(choice) => side.implies(&choice.groups).map(|implied| !implied),
            None => Some(false),
        };
        let rule = match (lacks(&was, other), lacks(&is, one)) {
            (Some(false), Some(false)) => continue,
            (Some(true), Some(false)) => &CHOICE_TIGHTENED,
            (Some(false), Some(true)) => &CHOICE_LOOSENED,
            (Some(true), Some(true)) => &CHOICE_CHANGED,
            (None, _) | (_, None) => {
                notes.unclear(&CHOICE_CHANGED, spot(one), spot(other));
                continue;
            }
        };
        notes.add(rule, spot(one), spot(other));
    }
}

/// The choices that the other side does not have.
fn rest<'s, 't>(own: &'s Alternative<'t>, other: &Alternative<'t>) -> Vec<&'s Choice<'t>> {
    let mut others: Vec<_> = other.choices.iter().map(sorted).collect();
    let mut rest: Vec<&Choice<'t>> = own.choices.iter().collect();
    rest.retain(|choice| {
        let choice = sorted(choice);
        let same = others.iter().position(|other| *other == choice);
        same.map(|index| others.remove(index)).is_none()
    });
    rest
}

/// The groups of a choice, in an order that does not depend on how they are written.
fn sorted<'t>(choice: &Choice<'t>) -> Vec<Vec<&'t str>> {
    let mut groups = choice.groups.clone();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

type Pair<'s, 't> = (Option<&'s Choice<'t>>, Option<&'s Choice<'t>>);

/// Takes the two choices that have the most groups in common; the last ones have no other.
fn alike<'s, 't>(
    before: &mut Vec<&'s Choice<'t>>,
    after: &mut Vec<&'s Choice<'t>>,
) -> Pair<'s, 't> {
    let mut best: Option<(usize, usize, usize)> = None;
    for (old, one) in before.iter().enumerate() {
        let groups = sorted(one);
        for (new, other) in after.iter().enumerate() {
            let others = sorted(other);
            let common = groups.iter().filter(|group| others.contains(group));
            let common = common.count();
            if best.is_none_or(|(most, ..)| common > most) {
                best = Some((common, old, new));
            }
        }
    }
    match best {
        Some((_, old, new)) => (Some(before.remove(old)), Some(after.remove(new))),
        None => (before.pop(), after.pop()),
    }
}

/// What a keyword says as text, where the order in which presence groups are written is no matter.
pub(super) fn unordered(said: &Said<'_>) -> String {
    let choice = |node: &Node| -> Option<String> {
        let groups: Option<Vec<_>> = node.elements().iter().map(view::presence).collect();
        groups.filter(|groups| !groups.is_empty())?;
        Some(gathered(node.elements().iter().map(|group| {
            gathered(group.members().iter().map(|member| {
                let value = match member.key.as_str() {
                    "required" => gathered(member.node.elements().iter().map(canonical)),
                    _ => canonical(&member.node),
                };
                format!("{}:{value}", quoted(&member.key))
            }))
        })))
    };
    let text = match said.name {
        "anyOf" => choice(said.value.node),
        "allOf" => {
            let all = said.value.node.elements().iter();
            let all: Option<Vec<_>> = all
                .map(|branch| match branch.members() {
                    [only] if only.key == "anyOf" => choice(&only.node),
                    _ => None,
                })
                .collect();
            all.map(|all| gathered(all.into_iter()))
        }
        _ => None,
    };
    text.unwrap_or_else(|| said.spot().value)
}

fn gathered(texts: impl Iterator<Item = String>) -> String {
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    format!("[{}]", texts.join(","))
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
