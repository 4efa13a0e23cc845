//! Arguments by their places: a list whose elements each have a schema of their own, and no others.

use super::alternative::Alternative;
use super::notes::Notes;
use super::text::at_least;
use super::view::Held;
use super::{Site, Walker, effective};
use crate::keyword::Rule;
use crate::review::change::{Change, Spot, canonical};
use crate::review::rules::list::{
    ARGUMENT_ADDED, ARGUMENT_ADDED_REQUIRED, ARGUMENT_BECAME_OPTIONAL, ARGUMENT_BECAME_REQUIRED,
    ARGUMENT_REMOVED, ARGUMENT_REMOVED_REQUIRED, ARGUMENTS_MOVED,
};
use crate::review::tree::{At, Tree};

/// The arguments of one side.
struct Arguments<'t> {
    tree: &'t Tree<'t>,
    list: At<'t>,
    all: Vec<At<'t>>,
    /// So many of them have to be passed.
    least: usize,
}

impl<'t> Arguments<'t> {
    fn of((side, list): (&Alternative<'t>, At<'t>)) -> Arguments<'t> {
        let least = at_least(side, Rule::MinItems)
            .and_then(|limit| limit.value.neighbours())
            .and_then(|(_, least)| usize::try_from(least).ok());
        Arguments {
            tree: side.tree,
            list,
            all: list
                .node
                .elements()
                .iter()
                .map(|node| list.part(node))
                .collect(),
            least: least.unwrap_or(0),
        }
    }

    fn key(&self, at: At<'t>, key: &str) -> Option<String> {
        effective(self.tree, at, key).map(|at| canonical(at.node))
    }

    fn spot(at: At<'t>) -> Spot {
        Spot::new(at.node.place, at.node)
    }
}

impl<'t> Walker<'_, 't> {
    pub(super) fn arguments(
        &mut self,
        site: &Site,
        old: (&Alternative<'t>, At<'t>),
        new: (&Alternative<'t>, At<'t>),
        notes: &mut Notes,
    ) {
        for side in [old.0, new.0] {
            notes.tell(side.first(Rule::MinItems).as_ref());
        }
        let (was, is) = (Arguments::of(old), Arguments::of(new));
        let pairs = matched(&was, &is);
        let sorted = |pairs: &[(usize, usize)]| pairs.iter().all(|(old, new)| old == new);
        if !sorted(&pairs) {
            notes.add(
                &ARGUMENTS_MOVED,
                Some(Arguments::spot(was.list)),
                Some(Arguments::spot(is.list)),
            );
        }
        for (index, at) in is.all.iter().enumerate() {
            let inner = site.field(&index.to_string(), is.tree, *at);
            let part = Some(inner.part());
            let before = pairs
                .iter()
                .find(|(_, new)| *new == index)
                .map(|(old, _)| *old);
            let Some((before, schema)) = before.and_then(|n| Some((n, *was.all.get(n)?))) else {
                let rule = if index < is.least {
                    &ARGUMENT_ADDED_REQUIRED
                } else {
                    &ARGUMENT_ADDED
                };
                notes.push(Change {
                    part,
                    ..Change::new(rule, None, Some(Arguments::spot(*at)))
                });
                continue;
            };
            let rule = match (before < was.least, index < is.least) {
                (false, true) => Some(&ARGUMENT_BECAME_REQUIRED),
                (true, false) => Some(&ARGUMENT_BECAME_OPTIONAL),
                _ => None,
            };
            if let Some(rule) = rule {
                notes.push(Change {
                    part,
                    ..Change::new(
                        rule,
                        Some(Arguments::spot(schema)),
                        Some(Arguments::spot(*at)),
                    )
                });
            }
            self.node(&inner, &Held::to(was.tree, schema), &Held::to(is.tree, *at));
        }
        for (index, at) in was.all.iter().enumerate() {
            if pairs.iter().any(|(old, _)| *old == index) {
                continue;
            }
            let inner = site.field(&index.to_string(), was.tree, *at);
            let rule = if index < was.least {
                &ARGUMENT_REMOVED_REQUIRED
            } else {
                &ARGUMENT_REMOVED
            };
            notes.push(Change {
                part: Some(inner.part()),
                ..Change::new(rule, Some(Arguments::spot(*at)), None)
            });
        }
    }
}

/// Which argument is which: by their names in the document, else by the row, else by the place.
fn matched(old: &Arguments<'_>, new: &Arguments<'_>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for key in ["x-name", "x-row"] {
        for (index, at) in new.all.iter().enumerate() {
            let Some(wanted) = new.key(*at, key) else {
                continue;
            };
            let same = |(_, at): &(usize, &At<'_>)| old.key(**at, key).as_ref() == Some(&wanted);
            let mut all = old.all.iter().enumerate().filter(same);
            if let (Some((before, _)), None) = (all.next(), all.next())
                && !pairs.iter().any(|(o, n)| *o == before || *n == index)
            {
                pairs.push((before, index));
            }
        }
    }
    for index in 0..old.all.len().min(new.all.len()) {
        if !pairs
            .iter()
            .any(|(old, new)| *old == index || *new == index)
        {
            pairs.push((index, index));
        }
    }
    pairs
}
