//! A list or its only element: `anyOf` of an array of something, and that thing itself.

use super::alternative::equal;
use super::notes::Notes;
use super::reader::Reader;
use super::types::Types;
use super::view::{Fork, Held, View};
use super::{Site, Walker};
use crate::keyword::Shape;
use crate::review::rules::list::{SINGLE_ADMITTED, SINGLE_REFUSED};
use crate::review::tree::At;

impl<'t> Walker<'_, 't> {
    /// Compares, where one side is a list or its only element, and the other is one as well or a
    /// list. The element is looked at once, in the list. Gives whether that is so.
    pub(super) fn single(
        &mut self,
        site: &Site,
        old: (&Held<'t>, &View<'t>),
        new: (&Held<'t>, &View<'t>),
        notes: &mut Notes,
    ) -> bool {
        let (before, after) = (of(old.1), of(new.1));
        let is_list = |view: &View<'t>| view.admitted() == Types::ARRAY;
        let list = |held: &Held<'t>, list: At<'t>| Held::to(held.tree, list);
        let (some, others) = match (before, after) {
            (Some((_, some)), Some((_, others))) => (list(old.0, some), list(new.0, others)),
            (Some((fork, some)), None) if is_list(new.1) => {
                notes.add(&SINGLE_REFUSED, Some(fork.said.spot()), None);
                (list(old.0, some), new.0.clone())
            }
            (None, Some((fork, others))) if is_list(old.1) => {
                notes.add(&SINGLE_ADMITTED, None, Some(fork.said.spot()));
                (old.0.clone(), list(new.0, others))
            }
            _ => return false,
        };
        if let (Some(_), Some(_)) = (before, after) {
            self.node(site, &some, &others);
            return true;
        }
        // What stands in the list on one side stands beside it on the other.
        for said in old.1.said.iter().chain(&new.1.said) {
            notes.tell(Some(said));
        }
        let (before, after) = (some.view(), others.view());
        self.values(site, (&some, &before), (&others, &after), Types::ALL, notes);
        true
    }
}

/// The fork of a list or its only element, and the branch of the list.
fn of<'v, 't>(view: &'v View<'t>) -> Option<(&'v Fork<'t>, At<'t>)> {
    let [fork] = view.forks.as_slice() else {
        return None;
    };
    let asserts = view
        .said
        .iter()
        .any(|said| matches!(said.keyword.map(Reader::of), Some(Reader::Assert(_))));
    if asserts || fork.exclusive || !view.clauses.is_empty() || !view.choices.is_empty() {
        return None;
    }
    let [one, other] = fork.said.value.node.elements() else {
        return None;
    };
    let [first, second] = fork.branches.as_slice() else {
        return None;
    };
    let is_list_of = |list: &View<'t>, element: &crate::json::Node| {
        let items = list.said.iter().find(|said| said.is(Shape::Items));
        list.admitted() == Types::ARRAY
            && items.is_some_and(|items| equal(items.value.node, element))
    };
    if is_list_of(first, other) {
        return Some((fork, fork.said.value.part(one)));
    }
    is_list_of(second, one).then(|| (fork, fork.said.value.part(other)))
}
