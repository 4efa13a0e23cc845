//! Texts: their length, their form, and what they hold.

use super::alternative::Alternative;
use super::limits::{self, End, Limit};
use super::notes::Notes;
use super::view::{Held, Known, Said};
use super::{Site, Walker};
use crate::keyword::{Rejected, Rule, Shape};
use crate::review::change::Spot;
use crate::review::number::Number;
use crate::review::rules::value::{
    CONTENT_FORM_CHANGED, CONTENT_LIFTED, CONTENT_SET, FORMAT_CHANGED, FORMAT_LIFTED, FORMAT_SET,
    LENGTH_UNIT_LOOSENED, LENGTH_UNIT_TIGHTENED, MAX_LENGTH_LOOSENED, MAX_LENGTH_TIGHTENED,
    MIN_LENGTH_LOOSENED, MIN_LENGTH_TIGHTENED,
};

impl<'t> Walker<'_, 't> {
    pub(super) fn texts(
        &mut self,
        site: &Site,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        for keyword in [Rule::MinLength, Rule::MaxLength] {
            limits::unreadable(old, new, keyword, notes);
        }
        limits::compare(
            End::Lower,
            at_least(old, Rule::MinLength).as_ref(),
            at_least(new, Rule::MinLength).as_ref(),
            &MIN_LENGTH_TIGHTENED,
            &MIN_LENGTH_LOOSENED,
            notes,
        );
        limits::compare(
            End::Upper,
            at_most(old, Rule::MaxLength).as_ref(),
            at_most(new, Rule::MaxLength).as_ref(),
            &MAX_LENGTH_TIGHTENED,
            &MAX_LENGTH_LOOSENED,
            notes,
        );
        unit(old, new, notes);
        super::patterns::compare(old, new, notes);
        format(old, new, notes);
        self.content(site, old, new, notes);
    }

    /// What a text holds: JSON with a schema of its own, or something else by its name.
    fn content(
        &mut self,
        site: &Site,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        let (before, after) = (
            old.first(Shape::ContentSchema),
            new.first(Shape::ContentSchema),
        );
        let (form, forms) = (
            old.first(Shape::ContentMediaType),
            new.first(Shape::ContentMediaType),
        );
        if let (Some(before), Some(after)) = (before, after) {
            let held = |said: Said<'t>, side: &Alternative<'t>| Held::to(side.tree, said.value);
            self.node(site, &held(before, old), &held(after, new));
        } else if before.or(after).is_some() {
            let rule = if after.is_some() {
                &CONTENT_SET
            } else {
                &CONTENT_LIFTED
            };
            notes.said(rule, before.as_ref(), after.as_ref());
            notes.tell(form.as_ref());
            notes.tell(forms.as_ref());
            return;
        }
        if text(form) != text(forms) {
            let rule = match (form, forms) {
                (None, _) => &CONTENT_SET,
                (_, None) => &CONTENT_LIFTED,
                _ => &CONTENT_FORM_CHANGED,
            };
            notes.said(rule, form.as_ref(), forms.as_ref());
        }
    }
}

/// The greatest of all lower bounds; 0 says nothing.
pub(super) fn at_least<'t>(side: &Alternative<'t>, keyword: impl Into<Known>) -> Option<Limit<'t>> {
    let all = limits::said(side, keyword, false);
    End::Lower
        .tightest(all)
        .filter(|limit| limit.value > Number::from(0))
}

/// The least of all upper bounds.
pub(super) fn at_most<'t>(side: &Alternative<'t>, keyword: impl Into<Known>) -> Option<Limit<'t>> {
    End::Upper.tightest(limits::said(side, keyword, false))
}

fn text(said: Option<Said<'_>>) -> Option<&str> {
    said.and_then(|said| said.value.node.text())
}

fn unit(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    let (before, after) = (old.first(Rule::XLengthUnit), new.first(Rule::XLengthUnit));
    let bytes = |said: Option<Said<'_>>| text(said) == Some("bytes");
    // Without a length on both sides there is nothing that could be counted otherwise.
    let counted = old.first(Rule::MaxLength).is_some() && new.first(Rule::MaxLength).is_some();
    let rule = match (bytes(before), bytes(after)) {
        (false, true) if counted => &LENGTH_UNIT_TIGHTENED,
        (true, false) if counted => &LENGTH_UNIT_LOOSENED,
        _ => return,
    };
    notes.said(rule, before.as_ref(), after.as_ref());
}

fn format(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    let all = |side: &Alternative<'_>| -> Vec<Spot> {
        let mut all: Vec<Spot> = side.all(Rejected::Format).map(|said| said.spot()).collect();
        all.sort_by(|a, b| a.value.cmp(&b.value));
        all.dedup_by(|a, b| a.value == b.value);
        all
    };
    let (before, after) = (all(old), all(new));
    let lacks = |some: &[Spot], others: &[Spot]| {
        let found = |spot: &&Spot| !others.iter().any(|other| other.value == spot.value);
        some.iter().find(found).cloned()
    };
    match (lacks(&before, &after), lacks(&after, &before)) {
        (None, None) => {}
        (None, added) => notes.add(&FORMAT_SET, None, added),
        (removed, None) => notes.add(&FORMAT_LIFTED, removed, None),
        (removed, added) => notes.add(&FORMAT_CHANGED, removed, added),
    }
}
