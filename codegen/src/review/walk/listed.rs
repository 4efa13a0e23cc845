//! Values that are listed: `enum`, `const`, and what follows from a type alone.
//!
//! Where one side is a list, each of its values is tried on the other side by a validator: that is
//! exact, whatever else the schemas say.

use jsonschema::{Draft, Validator};
use serde_json::Value as Json;

use super::alternative::{Alternative, equal};
use super::notes::Notes;
use super::types::Types;
use super::values::Side;
use super::view::{Held, Said};
use crate::json::Node;
use crate::keyword::{Keyword, Rule};
use crate::review::algebra::{document, plain};
use crate::review::change::{Spot, canonical};
use crate::review::rules::compose::{COMPOSITION_CHANGED, RUST_NAME_CHANGED};
use crate::review::rules::value::{
    CONST_CHANGED, CONST_LIFTED, CONST_SET, ENUM_LIFTED, ENUM_SET, ENUM_VALUE_ADDED,
    ENUM_VALUE_REMOVED, KNOWN_VALUE_ADDED, KNOWN_VALUE_REMOVED, KNOWN_VALUE_RENAMED,
    KNOWN_VALUES_MOVED,
};
use crate::review::rules::words::LABEL_CHANGED;
use crate::review::verdict::Reading;

/// A value of a list, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    value: Option<Json>,
    spot: Option<Spot>,
}

/// What decides on a side whether a value is valid.
struct Judge(Option<Vec<Validator>>);

impl Judge {
    fn of(held: &Held<'_>) -> Judge {
        let of_schema = |at: &crate::review::tree::At<'_>| {
            let document = document(held.tree, *at, Reading::Plain)?;
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .build(&document)
                .ok()
        };
        Judge(held.nodes.iter().map(of_schema).collect())
    }

    /// None when it cannot tell.
    fn admits(&self, listed: &Listed) -> Option<bool> {
        let value = listed.value.as_ref()?;
        let all = self.0.as_ref()?;
        Some(all.iter().all(|validator| validator.is_valid(value)))
    }
}

/// Compares two sides that list all of their values. Gives whether they do.
pub(super) fn compare(
    old: Side<'_, '_>,
    new: Side<'_, '_>,
    only: Types,
    notes: &mut Notes,
) -> bool {
    let lists = |side: Side<'_, '_>| {
        !side.all.is_empty() && side.all.iter().all(|one| one.listed().is_some())
    };
    if !lists(old) || !lists(new) {
        return false;
    }
    let (some, others): (Vec<_>, Vec<_>) = (old.all.iter().collect(), new.all.iter().collect());
    self::lists(only, (old, &some), (new, &others), notes)
}

/// Compares alternatives of which one side lists its values. Gives whether one does.
pub(super) fn lists<'t>(
    types: Types,
    old: (Side<'_, 't>, &[&Alternative<'t>]),
    new: (Side<'_, 't>, &[&Alternative<'t>]),
    notes: &mut Notes,
) -> bool {
    let (before, after) = (values(old.1, types), values(new.1, types));
    if before.is_none() && after.is_none() {
        return false;
    }
    let saids = (naming(old.1), naming(new.1));
    let (was, is) = (Judge::of(old.0.held), Judge::of(new.0.held));
    let lost = before.as_deref().map(|all| lacking(all, &was, &is));
    let come = after.as_deref().map(|all| lacking(all, &is, &was));
    let (Some(lost), Some(come)) = (
        lost.unwrap_or(Some(Vec::new())),
        come.unwrap_or(Some(Vec::new())),
    ) else {
        let spot = |said: Option<Said<'_>>| said.map(|said| said.spot());
        let (before, after) = (spot(saids.0), spot(saids.1));
        if before.as_ref().map(|spot| &spot.value) != after.as_ref().map(|spot| &spot.value) {
            notes.unclear(&COMPOSITION_CHANGED, before, after);
        }
        return true;
    };
    let constant = |said: Option<Said<'_>>| said.is_some_and(|said| said.is(Rule::Const));
    let constants = (constant(saids.0), constant(saids.1));
    let (first, second) = (saids.0.as_ref(), saids.1.as_ref());
    let single = constants.0 || constants.1;
    let listed = (saids.0.is_some(), saids.1.is_some());
    match (before.is_some(), after.is_some()) {
        (true, true) if lost.is_empty() && come.is_empty() => {}
        (true, true) if single && !lost.is_empty() && !come.is_empty() => {
            notes.said(&CONST_CHANGED, first, second);
        }
        (true, true) if constants.0 && lost.is_empty() => notes.said(&CONST_LIFTED, first, second),
        (true, true) if constants.1 && come.is_empty() => notes.said(&CONST_SET, first, second),
        (true, true) if listed == (false, true) && come.is_empty() => {
            notes.said(&ENUM_SET, first, second);
        }
        (true, true) if listed == (true, false) && lost.is_empty() => {
            notes.said(&ENUM_LIFTED, first, second);
        }
        (true, true) => each(lost, come, notes),
        (true, false) => {
            let rule = if constants.0 {
                &CONST_LIFTED
            } else {
                &ENUM_LIFTED
            };
            notes.said(rule, first, second);
            each(lost, Vec::new(), notes);
        }
        (false, _) => {
            let rule = if constants.1 { &CONST_SET } else { &ENUM_SET };
            notes.said(rule, first, second);
            each(Vec::new(), come, notes);
        }
    }
    true
}

/// The values that alternatives list, if all of them do, or if the types have but a few.
fn values(all: &[&Alternative<'_>], types: Types) -> Option<Vec<Listed>> {
    let listed: Option<Vec<Vec<Listed>>> = all.iter().map(|one| of(one, types)).collect();
    if let Some(listed) = listed {
        return Some(listed.into_iter().flatten().collect());
    }
    if types.meet(!(Types::NULL | Types::BOOLEAN)) {
        return None;
    }
    let mut few = Vec::new();
    if types.meet(Types::NULL) {
        few.push(Json::Null);
    }
    if types.meet(Types::BOOLEAN) {
        few.extend([Json::Bool(true), Json::Bool(false)]);
    }
    let few = few.into_iter().map(|value| Listed {
        value: Some(value),
        spot: None,
    });
    Some(few.collect())
}

/// The values that an alternative lists.
pub(super) fn of(alternative: &Alternative<'_>, types: Types) -> Option<Vec<Listed>> {
    let said = naming(&[alternative])?;
    let values = alternative.listed()?;
    let values = values.iter().filter(|at| Types::of(at.node).meet(types));
    let values = values.map(|at| Listed {
        value: plain(at.node),
        spot: Some(said.spot_of(canonical(at.node))),
    });
    Some(values.collect())
}

/// Tells the values of alternatives that the other side lacks.
pub(super) fn tell_lacking<'t>(
    listed: &[Listed],
    own: &Held<'t>,
    other: &Held<'t>,
    gone: bool,
    notes: &mut Notes,
) {
    match lacking(listed, &Judge::of(own), &Judge::of(other)) {
        Some(lacking) if gone => each(lacking, Vec::new(), notes),
        Some(lacking) => each(Vec::new(), lacking, notes),
        None => {
            let spot = listed.first().and_then(|listed| listed.spot.clone());
            let (old, new) = if gone { (spot, None) } else { (None, spot) };
            notes.unclear(&COMPOSITION_CHANGED, old, new);
        }
    }
}

/// What says which values there are.
fn naming<'t>(all: &[&Alternative<'t>]) -> Option<Said<'t>> {
    all.iter().find_map(|one| {
        let mut said = one.said.iter();
        said.find(|said| matches!(said.keyword, Some(Keyword::Rule(Rule::Enum | Rule::Const))))
            .copied()
    })
}

/// The values that one side admits and the other does not.
fn lacking(all: &[Listed], own: &Judge, other: &Judge) -> Option<Vec<Listed>> {
    let mut lacking: Vec<Listed> = Vec::new();
    for listed in all {
        if own.admits(listed)?
            && !other.admits(listed)?
            && !lacking.iter().any(|known| known.value == listed.value)
        {
            lacking.push(listed.clone());
        }
    }
    Some(lacking)
}

fn each(lost: Vec<Listed>, come: Vec<Listed>, notes: &mut Notes) {
    for listed in lost {
        notes.add(&ENUM_VALUE_REMOVED, listed.spot, None);
    }
    for listed in come {
        notes.add(&ENUM_VALUE_ADDED, None, listed.spot);
    }
}

/// Compares the values that are known by name: `x-enum`.
pub(super) fn known(before: Option<&Said<'_>>, after: Option<&Said<'_>>, notes: &mut Notes) {
    let (old, new) = (variants(before), variants(after));
    let spot =
        |said: Option<&Said<'_>>, node: &Node| said.map(|said| said.spot_of(canonical(node)));
    let find = |all: &[&Node], key: &str, node: &Node| {
        let wanted = node.get(key);
        let mut all = all.iter().copied();
        all.position(|other| match (other.get(key), wanted) {
            (Some(a), Some(b)) => equal(a, b),
            _ => false,
        })
    };
    let mut places = Vec::new();
    let mut renamed = Vec::new();
    for variant in &new {
        // The name that programs say meant another value before.
        let same_name = find(&old, "rust", variant).and_then(|index| old.get(index));
        let taken = same_name.filter(|was| find(&[**was], "value", variant).is_none());
        if let Some(was) = taken {
            renamed.push(*was);
            let (old, new) = (spot(before, was), spot(after, variant));
            notes.add(&KNOWN_VALUE_RENAMED, old, new);
        }
        if let Some(index) = find(&old, "value", variant) {
            places.push(index);
            let Some(was) = old.get(index) else { continue };
            let differs = |key| was.get(key).map(canonical) != variant.get(key).map(canonical);
            let spots = || (spot(before, was), spot(after, variant));
            // Of names that are swapped, each is told as the other one's.
            if differs("rust") && (taken.is_none() || find(&new, "rust", was).is_none()) {
                let (old, new) = spots();
                notes.add(&RUST_NAME_CHANGED, old, new);
            }
            if differs("label") || differs("label_zh") {
                let (old, new) = spots();
                notes.add(&LABEL_CHANGED, old, new);
            }
            continue;
        }
        if taken.is_none() && !is_told(variant, before, after) {
            notes.add(&KNOWN_VALUE_ADDED, None, spot(after, variant));
        }
    }
    for variant in &old {
        let kept = find(&new, "value", variant).is_some()
            || renamed.iter().any(|was| std::ptr::eq(*was, *variant));
        if !kept && !is_told(variant, after, before) {
            notes.add(&KNOWN_VALUE_REMOVED, spot(before, variant), None);
        }
    }
    if !places.is_sorted() {
        notes.said(&KNOWN_VALUES_MOVED, before, after);
    }
}

fn variants<'t>(said: Option<&Said<'t>>) -> Vec<&'t Node> {
    said.map_or(&[][..], |said| said.value.node.elements())
        .iter()
        .collect()
}

/// Whether the lists beside tell it already: the value is new in `enum` as well.
fn is_told(variant: &Node, lacking: Option<&Said<'_>>, having: Option<&Said<'_>>) -> bool {
    let Some(value) = variant.get("value") else {
        return false;
    };
    let listed = |said: Option<&Said<'_>>| {
        let list = said?.owner.get("enum")?;
        Some(list.node.elements().iter().any(|other| equal(other, value)))
    };
    listed(lacking) == Some(false) && listed(having) == Some(true)
}
