//! Bounds of any kind: what is the tightest of several, and which of two sides has the tighter one.

use std::cmp::Ordering;

use super::alternative::Alternative;
use super::notes::Notes;
use super::view::{Known, Said};
use crate::review::number::Number;
use crate::review::rule::Rule;
use crate::review::rules::compose::COMPOSITION_CHANGED;

/// A bound, and who says it; nobody does when it follows from something else.
#[derive(Clone, Debug)]
pub(super) struct Limit<'t> {
    pub(super) value: Number,
    /// The value itself is beyond it.
    pub(super) strict: bool,
    pub(super) said: Option<Said<'t>>,
}

/// Which end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Lower,
    Upper,
}

impl<'t> Limit<'t> {
    pub(super) fn count(value: usize, said: Option<Said<'t>>) -> Limit<'t> {
        Limit {
            value: Number::from(i128::try_from(value).unwrap_or(i128::MAX)),
            strict: false,
            said,
        }
    }
}

impl End {
    /// How tight one bound is, compared with another; none at all is the loosest.
    pub(super) fn tighter(self, one: Option<&Limit<'_>>, other: Option<&Limit<'_>>) -> Ordering {
        match (one, other) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(one), Some(other)) => {
                let order = one.value.cmp(&other.value);
                let order = if self == End::Lower {
                    order
                } else {
                    order.reverse()
                };
                order.then(one.strict.cmp(&other.strict))
            }
        }
    }

    pub(super) fn tightest<'t>(
        self,
        limits: impl IntoIterator<Item = Limit<'t>>,
    ) -> Option<Limit<'t>> {
        limits.into_iter().fold(None, |best, limit| {
            match self.tighter(Some(&limit), best.as_ref()) {
                Ordering::Greater => Some(limit),
                _ => best,
            }
        })
    }
}

/// All bounds that a keyword says, or would say.
pub(super) fn said<'t>(
    alternative: &Alternative<'t>,
    keyword: impl Into<Known>,
    strict: bool,
) -> Vec<Limit<'t>> {
    let keyword = keyword.into();
    let implied = alternative.bounds.iter();
    let implied = implied
        .filter(|bound| bound.keyword == keyword.0)
        .map(|bound| (bound.value.clone(), bound.said));
    let all = alternative.all(keyword);
    all.filter_map(|said| Some((Number::of(said.value.node)?, said)))
        .chain(implied)
        .map(|(value, said)| Limit {
            value,
            strict,
            said: Some(said),
        })
        .collect()
}

/// A bound that cannot be read decides nothing.
pub(super) fn unreadable<'t>(
    old: &Alternative<'t>,
    new: &Alternative<'t>,
    keyword: impl Into<Known> + Copy,
    notes: &mut Notes,
) {
    let odd = |side: &Alternative<'t>| {
        let mut all = side.all(keyword);
        all.find(|said| Number::of(said.value.node).is_none())
    };
    let (before, after) = (odd(old), odd(new));
    let spot = |said: &Option<Said<'t>>| said.as_ref().map(Said::spot);
    let text = |spot: Option<crate::review::change::Spot>| spot.map(|spot| spot.value);
    if text(spot(&before)) != text(spot(&after)) {
        notes.unclear(&COMPOSITION_CHANGED, spot(&before), spot(&after));
    }
}

/// Tells which of two bounds is tighter, when one is.
pub(super) fn compare(
    end: End,
    old: Option<&Limit<'_>>,
    new: Option<&Limit<'_>>,
    tightened: &'static Rule,
    loosened: &'static Rule,
    notes: &mut Notes,
) {
    let rule = match end.tighter(new, old) {
        Ordering::Equal => return,
        Ordering::Greater => tightened,
        Ordering::Less => loosened,
    };
    let said = |limit: Option<&Limit<'_>>| limit.and_then(|limit| limit.said.map(|s| s.spot()));
    notes.add(rule, said(old), said(new));
}
