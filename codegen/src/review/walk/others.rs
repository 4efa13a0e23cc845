//! Members that no property names: by the form of their names, and all others.

use super::members::{Members, Pattern};
use super::notes::Notes;
use super::object::Objects;
use super::types::Types;
use super::view::Held;
use super::{Site, Walker, is_free};
use crate::keyword::Rejected;
use crate::review::change::Change;
use crate::review::language::{self, Inclusion};
use crate::review::rules::object::{
    OTHERS_LOOSENED, OTHERS_TIGHTENED, UNKNOWN_ADMITTED, UNKNOWN_REFUSED,
};
use crate::review::verdict::Reading;

impl<'t> Walker<'_, 't> {
    pub(super) fn others(&mut self, site: &Site, objects: &Objects<'_, 't>, notes: &mut Notes) {
        let (was, is) = (&objects.was, &objects.is);
        if self.reading != Reading::Plain && was.names_some && is.names_some {
            let (before, after) = (was.refuses(), is.refuses());
            let rule = match (&before, &after) {
                (None, Some(_)) => Some(&UNKNOWN_REFUSED),
                (Some(_), None) => Some(&UNKNOWN_ADMITTED),
                _ => None,
            };
            if let Some(rule) = rule {
                notes.said(rule, before.as_ref(), after.as_ref());
            }
        }
        let (rest, rests) = (was.rest(), is.rest());
        let spots = || (was.spot(objects.old), is.spot(objects.new));
        let kinds = |held: &Held<'t>| (held.never, is_free(held));
        match (kinds(&rest), kinds(&rests)) {
            ((true, _), (true, _)) | ((false, true), (false, true)) => {}
            ((true, _), _) | (_, (false, true)) => {
                let (old, new) = spots();
                notes.add(&OTHERS_LOOSENED, old, new);
            }
            (_, (true, _)) | ((_, true), _) => {
                let (old, new) = spots();
                notes.add(&OTHERS_TIGHTENED, old, new);
            }
            _ => self.node(&site.inside("*"), &rest, &rests),
        }
        self.patterns(site, objects, notes);
    }

    fn patterns(&mut self, site: &Site, objects: &Objects<'_, 't>, notes: &mut Notes) {
        let (was, is) = (&objects.was, &objects.is);
        let (tree, trees) = (objects.old.tree, objects.new.tree);
        for pattern in is.patterns() {
            if let Some(same) = was.patterns().find(|other| other.text == pattern.text) {
                let (before, after) = (Held::to(tree, same.at), Held::to(trees, pattern.at));
                self.node(&site.inside("*"), &before, &after);
                continue;
            }
            // What the old side says of such names.
            let after = Held::to(trees, pattern.at);
            for (before, sure) in spoken(was, tree, pattern) {
                self.pair(&before, &after, sure, objects, notes);
            }
        }
        for pattern in was.patterns() {
            if is.patterns().any(|other| other.text == pattern.text) {
                continue;
            }
            let before = Held::to(tree, pattern.at);
            for (after, sure) in spoken(is, trees, pattern) {
                self.pair(&before, &after, sure, objects, notes);
            }
        }
    }

    /// Compares what both sides say of members by the form of their names.
    fn pair(
        &self,
        before: &Held<'t>,
        after: &Held<'t>,
        sure: bool,
        objects: &Objects<'_, 't>,
        notes: &mut Notes,
    ) {
        let loss = match (before.never, after.never) {
            (true, true) => return,
            _ => self.try_schemas(before, after, Types::ALL, self.reading),
        };
        let said = |side: &super::alternative::Alternative<'t>| {
            let said = side.first(Rejected::PatternProperties);
            said.map(|said| said.spot())
        };
        let spots = || (said(objects.old), said(objects.new));
        for (lost, rule) in [
            (loss.sent, &OTHERS_TIGHTENED),
            (loss.received, &OTHERS_LOOSENED),
        ] {
            if lost {
                let (old, new) = spots();
                notes.push(Change {
                    unclear: !sure,
                    ..Change::new(rule, old, new)
                });
            }
        }
    }
}

/// What a side says of names of a form that it does not know: all that may hold for some of them.
fn spoken<'t>(
    members: &Members<'t>,
    tree: &'t crate::review::tree::Tree<'t>,
    pattern: &Pattern<'t>,
) -> Vec<(Held<'t>, bool)> {
    let covers = |other: &&Pattern<'t>| {
        matches!(
            language::compare(other.text, pattern.text),
            Inclusion::Equal | Inclusion::Narrower
        )
    };
    if let Some(wider) = members.patterns().find(covers) {
        return vec![(Held::to(tree, wider.at), true)];
    }
    let mut all = vec![(members.rest(), true)];
    all.extend(
        members
            .patterns()
            .map(|other| (Held::to(tree, other.at), false)),
    );
    all
}
