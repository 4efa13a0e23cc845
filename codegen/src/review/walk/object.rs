//! Objects: their fields, one by one.

use super::alternative::Alternative;
use super::members::Members;
use super::notes::Notes;
use super::presence::Presence;
use super::rename::{self, Field};
use super::view::{Held, Said};
use super::{Site, Walker};
use crate::json::quoted;
use crate::keyword::Shape;
use crate::review::change::{Change, Spot, canonical};
use crate::review::rule::Rule;
use crate::review::rules::compose::RUST_NAME_CHANGED;
use crate::review::rules::object::{
    FIELD_ADDED_OPTIONAL, FIELD_ADDED_REQUIRED, FIELD_BECAME_OPTIONAL, FIELD_BECAME_REQUIRED,
    FIELD_REMOVED_OPTIONAL, FIELD_REMOVED_REQUIRED, FIELD_RENAMED, ORDER_CHANGED, RUST_NAME_TAKEN,
};
use crate::review::tree::At;
use crate::review::verdict::Reading;

/// Both sides of an object.
pub(super) struct Objects<'s, 't> {
    pub(super) old: &'s Alternative<'t>,
    pub(super) new: &'s Alternative<'t>,
    pub(super) was: Members<'t>,
    pub(super) is: Members<'t>,
}

impl<'t> Walker<'_, 't> {
    pub(super) fn objects(
        &mut self,
        site: &Site,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        let objects = Objects {
            old,
            new,
            was: Members::of(old, self.reading),
            is: Members::of(new, self.reading),
        };
        self.fields(site, &objects, notes);
        self.others(site, &objects, notes);
        self.presence(&objects, notes);
        order(&objects, notes);
    }

    fn fields(&mut self, site: &Site, objects: &Objects<'_, 't>, notes: &mut Notes) {
        let (before, after) = (fields(&objects.was), fields(&objects.is));
        let renamed = if self.reading == Reading::Plain {
            Vec::new()
        } else {
            rename::find((objects.old.tree, &before), (objects.new.tree, &after))
        };
        for field in &after {
            let before = before.iter().find(|other| other.name == field.name);
            let once = renamed.iter().find(|(_, new)| new.name == field.name);
            match (before, once) {
                (Some(before), _) => self.both(site, objects, before, field, notes),
                (None, Some((old, _))) => {
                    let inner = site.field(field.name, objects.new.tree, field.at);
                    notes.push(named(&FIELD_RENAMED, old, field, &inner));
                    // The list of what has to be there says the other name, and no more.
                    notes.tell(objects.was.requires(old.name).as_ref());
                    notes.tell(objects.is.requires(field.name).as_ref());
                    self.both(site, objects, old, field, notes);
                }
                (None, None) => self.alone(site, objects, (field, false), notes),
            }
        }
        if self.reading != Reading::Plain {
            self.taken(site, objects, (&before, &after), &renamed, notes);
        }
        for field in &before {
            let kept = after.iter().any(|other| other.name == field.name)
                || renamed.iter().any(|(old, _)| old.name == field.name);
            if !kept {
                self.alone(site, objects, (field, true), notes);
            }
        }
        let unnamed = |name: &str| {
            let named = |all: &[Field<'_>]| all.iter().any(|field| field.name == name);
            !named(&before) && !named(&after)
        };
        let mut names = objects.is.required();
        names.extend(objects.was.required());
        for name in names.into_iter().filter(|name| unnamed(name)) {
            required(&site.inside(name), objects, (name, name), notes);
        }
    }

    /// Tells of Rust names that meant another field before, which was not renamed to this one.
    fn taken(
        &mut self,
        site: &Site,
        objects: &Objects<'_, 't>,
        (before, after): (&[Field<'t>], &[Field<'t>]),
        renamed: &[(Field<'t>, Field<'t>)],
        notes: &mut Notes,
    ) {
        let names = |all: &[Field<'_>]| -> Vec<String> { all.iter().map(Field::rust).collect() };
        let (old_names, new_names) = (names(before), names(after));
        for (field, rust) in after.iter().zip(&new_names) {
            let mut others = before.iter().zip(&old_names);
            let Some((was, _)) = others.find(|(_, name)| *name == rust) else {
                continue;
            };
            let one = |(old, new): &(Field<'_>, Field<'_>)| {
                old.name == was.name && new.name == field.name
            };
            if was.name == field.name || renamed.iter().any(one) {
                continue;
            }
            let inner = site.field(field.name, objects.new.tree, field.at);
            notes.push(named(&RUST_NAME_TAKEN, was, field, &inner));
            // Of names that are swapped, each is told as the other one's.
            let mut others = before.iter().zip(&old_names);
            if others.any(|(other, name)| other.name == field.name && new_names.contains(name)) {
                for difference in self.out.iter_mut().filter(|d| d.path == inner.path) {
                    difference.changes.retain(|c| c.rule != &RUST_NAME_CHANGED);
                }
            }
        }
    }

    /// A field of both sides, perhaps by another name.
    fn both(
        &mut self,
        site: &Site,
        objects: &Objects<'_, 't>,
        old: &Field<'t>,
        new: &Field<'t>,
        notes: &mut Notes,
    ) {
        let inner = site.field(new.name, objects.new.tree, new.at);
        required(&inner, objects, (old.name, new.name), notes);
        let (before, after) = (objects.was.get(old.name), objects.is.get(new.name));
        self.node(&inner, &before.held, &after.held);
    }

    /// A field that only one side names.
    fn alone(
        &mut self,
        site: &Site,
        objects: &Objects<'_, 't>,
        (field, gone): (&Field<'t>, bool),
        notes: &mut Notes,
    ) {
        let (before, after) = (objects.was.get(field.name), objects.is.get(field.name));
        let (tree, naming, named, other, elsewhere) = if gone {
            (objects.old.tree, &objects.was, &before, &objects.is, &after)
        } else {
            (objects.new.tree, &objects.is, &after, &objects.was, &before)
        };
        let inner = site.field(field.name, tree, field.at);
        if self.reading == Reading::Plain || elsewhere.declared {
            required(&inner, objects, (field.name, field.name), notes);
            self.node(&inner, &before.held, &after.held);
            return;
        }
        if self.reading == Reading::Closed && !other.names_some {
            // One side admits any member, the other only those with a name: that is told once.
            required(&inner, objects, (field.name, field.name), notes);
            return;
        }
        if is_refused(&named.held) {
            // To name a field that there cannot be makes no field.
            self.node(&inner, &before.held, &after.held);
            return;
        }
        let required = naming.requires(field.name);
        let rule = match (gone, &required) {
            (false, Some(_)) => &FIELD_ADDED_REQUIRED,
            (false, None) => &FIELD_ADDED_OPTIONAL,
            (true, Some(_)) => &FIELD_REMOVED_REQUIRED,
            (true, None) => &FIELD_REMOVED_OPTIONAL,
        };
        notes.tell(required.as_ref());
        notes.push(whole(rule, field, &inner, gone));
    }
}

fn fields<'t>(members: &Members<'t>) -> Vec<Field<'t>> {
    let named = members.named().into_iter().enumerate();
    named
        .map(|(index, (member, at))| Field {
            name: &member.key,
            key: member.key_place,
            at,
            index,
        })
        .collect()
}

fn is_refused(held: &Held<'_>) -> bool {
    let mut nodes = held.nodes.iter();
    held.never || nodes.any(|at: &At<'_>| super::alternative::refuses_all(at.node))
}

/// A change of what a field is called.
fn named(rule: &'static Rule, old: &Field<'_>, new: &Field<'_>, inner: &Site) -> Change {
    let spot = |field: &Field<'_>| Spot {
        place: field.key,
        value: quoted(field.name),
    };
    Change {
        part: Some(inner.part()),
        ..Change::new(rule, Some(spot(old)), Some(spot(new)))
    }
}

/// A change of a whole field.
fn whole(rule: &'static Rule, field: &Field<'_>, inner: &Site, gone: bool) -> Change {
    let spot = Some(Spot {
        place: field.key,
        value: canonical(field.at.node),
    });
    let (old, new) = if gone { (spot, None) } else { (None, spot) };
    Change {
        part: Some(inner.part()),
        ..Change::new(rule, old, new)
    }
}

/// Tells when a field of both sides has to be there on one side only.
fn required(inner: &Site, objects: &Objects<'_, '_>, names: (&str, &str), notes: &mut Notes) {
    let (before, after) = (objects.was.requires(names.0), objects.is.requires(names.1));
    let spot = |said: Option<Said<'_>>, name: &str| said.map(|said| said.spot_of(quoted(name)));
    let (rule, implied) = match (before, after) {
        (None, Some(_)) => (
            &FIELD_BECAME_REQUIRED,
            Presence::of(objects.old).implies(&[vec![names.0]]),
        ),
        (Some(_), None) => (
            &FIELD_BECAME_OPTIONAL,
            Presence::of(objects.new).implies(&[vec![names.1]]),
        ),
        _ => return,
    };
    if implied == Some(true) {
        return;
    }
    notes.push(Change {
        part: Some(inner.part()),
        ..Change::new(rule, spot(before, names.0), spot(after, names.1))
    });
}

/// Tells when the fields of both sides stand in another order.
fn order(objects: &Objects<'_, '_>, notes: &mut Notes) {
    let (before, after) = (fields(&objects.was), fields(&objects.is));
    let places: Vec<usize> = after
        .iter()
        .filter_map(|field| before.iter().position(|other| other.name == field.name))
        .collect();
    if places.is_sorted() {
        return;
    }
    let spot = |side: &Alternative<'_>, all: &[Field<'_>]| {
        let names: Vec<String> = all.iter().map(|field| quoted(field.name)).collect();
        let said = side.first(Shape::Properties)?;
        Some(said.spot_of(format!("[{}]", names.join(","))))
    };
    notes.add(
        &ORDER_CHANGED,
        spot(objects.old, &before),
        spot(objects.new, &after),
    );
}
