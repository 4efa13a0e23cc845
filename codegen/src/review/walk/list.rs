//! Lists: how many elements, and what holds for each.

use super::alternative::{Alternative, refuses_all};
use super::limits::{self, End, Limit};
use super::notes::Notes;
use super::text::{at_least, at_most};
use super::types::Types;
use super::view::{Held, Said};
use super::{Site, Walker, is_free};
use crate::json::Value;
use crate::keyword::{Rejected, Rule, Shape};
use crate::review::change::{Change, Spot};
use crate::review::rules::list::{
    CONTAINS_CHANGED, CONTAINS_LOOSENED, CONTAINS_TIGHTENED, ITEMS_LIFTED, ITEMS_SET,
    MAX_ITEMS_LOOSENED, MAX_ITEMS_TIGHTENED, MIN_ITEMS_LOOSENED, MIN_ITEMS_TIGHTENED,
    UNIQUE_LIFTED, UNIQUE_SET,
};
use crate::review::tree::At;
use crate::review::verdict::Reading;

/// What one schema says of elements.
#[derive(Clone, Copy, Debug)]
struct Layer<'t> {
    prefix: Option<At<'t>>,
    items: Option<Said<'t>>,
}

/// What an alternative says of elements.
#[derive(Clone, Debug)]
pub(super) struct Elements<'t> {
    side: Alternative<'t>,
    layers: Vec<Layer<'t>>,
}

impl<'t> Elements<'t> {
    pub(super) fn of(side: &Alternative<'t>) -> Elements<'t> {
        let mut layers: Vec<(At<'t>, Layer<'t>)> = Vec::new();
        for said in &side.said {
            if !said.is(Shape::Items) && !said.is(Shape::PrefixItems) {
                continue;
            }
            let index = layers
                .iter()
                .position(|(owner, _)| std::ptr::eq(owner.node, said.owner.node))
                .unwrap_or_else(|| {
                    let layer = Layer {
                        prefix: None,
                        items: None,
                    };
                    layers.push((said.owner, layer));
                    layers.len() - 1
                });
            if let Some((_, layer)) = layers.get_mut(index) {
                if said.is(Shape::Items) {
                    layer.items = Some(*said);
                } else {
                    layer.prefix = Some(said.value);
                }
            }
        }
        Elements {
            side: side.clone(),
            layers: layers.into_iter().map(|(_, layer)| layer).collect(),
        }
    }

    /// How many elements have a place of their own.
    pub(super) fn places(&self) -> usize {
        let prefixes = self.layers.iter().filter_map(|layer| layer.prefix);
        let lengths = prefixes.map(|prefix| prefix.node.elements().len());
        lengths.max().unwrap_or(0)
    }

    /// What is said of an element by its place; of none in particular, of all that have no place.
    pub(super) fn get(&self, index: Option<usize>) -> Held<'t> {
        let mut held = Held::anything(self.side.tree);
        for layer in &self.layers {
            let own = layer
                .prefix
                .zip(index)
                .and_then(|(prefix, index)| Some(prefix.part(prefix.node.elements().get(index)?)));
            let schema = own.or_else(|| layer.items.map(|said| said.value));
            if let Some(schema) = schema {
                held.never |= refuses_all(schema.node);
                held.nodes.push(schema);
            }
        }
        held
    }

    /// The greatest number of elements.
    pub(super) fn most(&self) -> Option<Limit<'t>> {
        let said = at_most(&self.side, Rule::MaxItems);
        let places = self.places();
        let refused = (0..=places).find(|index| {
            let index = (*index < places).then_some(*index);
            self.get(index).never
        });
        let items = self.layers.iter().find_map(|layer| layer.items);
        let refused = refused.map(|count| Limit::count(count, items));
        End::Upper.tightest(said.into_iter().chain(refused))
    }

    /// The single schema that gives each argument its place and admits no others.
    pub(super) fn arguments(&self) -> Option<At<'t>> {
        match self.layers.as_slice() {
            [
                Layer {
                    prefix: Some(prefix),
                    items: Some(items),
                },
            ] if refuses_all(items.value.node) => Some(*prefix),
            _ => None,
        }
    }

    fn items(&self) -> Option<Said<'t>> {
        self.layers.iter().find_map(|layer| layer.items)
    }
}

impl<'t> Walker<'_, 't> {
    pub(super) fn lists(
        &mut self,
        site: &Site,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        for keyword in [Rule::MinItems, Rule::MaxItems] {
            limits::unreadable(old, new, keyword, notes);
        }
        let (was, is) = (Elements::of(old), Elements::of(new));
        if let (Some(before), Some(after)) = (was.arguments(), is.arguments())
            && self.reading != Reading::Plain
        {
            self.arguments(site, (old, before), (new, after), notes);
        } else {
            limits::compare(
                End::Lower,
                at_least(old, Rule::MinItems).as_ref(),
                at_least(new, Rule::MinItems).as_ref(),
                &MIN_ITEMS_TIGHTENED,
                &MIN_ITEMS_LOOSENED,
                notes,
            );
            let (before, after) = (was.most(), is.most());
            limits::compare(
                End::Upper,
                before.as_ref(),
                after.as_ref(),
                &MAX_ITEMS_TIGHTENED,
                &MAX_ITEMS_LOOSENED,
                notes,
            );
            let most = End::Upper.tightest(before.into_iter().chain(after));
            self.elements(site, &was, &is, most.as_ref(), notes);
        }
        unique(&was, &is, notes);
        self.contains(old, new, notes);
    }

    /// Elements of both sides, place by place, and all others; no further than both have any.
    fn elements(
        &mut self,
        site: &Site,
        was: &Elements<'t>,
        is: &Elements<'t>,
        most: Option<&Limit<'t>>,
        notes: &mut Notes,
    ) {
        let places = was.places().max(is.places());
        let within = |count: usize| {
            let count = Limit::count(count, None);
            most.is_none_or(|most| most.value >= count.value)
        };
        for index in 0..places {
            if within(index + 1) {
                let (before, after) = (was.get(Some(index)), is.get(Some(index)));
                let inner = site.inside(&index.to_string());
                self.node(&inner, &before, &after);
            }
        }
        if !within(places + 1) {
            return;
        }
        let (before, after) = (was.get(None), is.get(None));
        let spots = || {
            let spot = |said: Option<Said<'_>>| said.map(|said| said.spot());
            (spot(was.items()), spot(is.items()))
        };
        match (is_free(&before), is_free(&after)) {
            (true, true) => {}
            (true, false) => {
                let (old, new) = spots();
                notes.add(&ITEMS_SET, old, new);
            }
            (false, true) => {
                let (old, new) = spots();
                notes.add(&ITEMS_LIFTED, old, new);
            }
            (false, false) => self.node(&site.inside("*"), &before, &after),
        }
    }

    fn contains(&self, old: &Alternative<'t>, new: &Alternative<'t>, notes: &mut Notes) {
        let (mut before, mut after) = (Contains::all(old), Contains::all(new));
        before.retain(|one| {
            let same = |other: &Contains<'t>| {
                one.count() == other.count()
                    && !self
                        .try_schemas(&one.held, &other.held, Types::ALL, Reading::Plain)
                        .any
            };
            match after.iter().position(same) {
                Some(index) => {
                    after.remove(index);
                    false
                }
                None => true,
            }
        });
        let mut before = before.into_iter();
        for other in &after {
            let Some(one) = before.next() else {
                notes.said(&CONTAINS_TIGHTENED, None, Some(&other.said));
                continue;
            };
            let rule = self.contained(&one, other);
            let change = Change::new(rule, Some(one.spot()), Some(other.spot()));
            notes.push(change);
        }
        for one in before {
            notes.said(&CONTAINS_LOOSENED, Some(&one.said), None);
        }
    }

    /// How one condition on elements stands to another.
    fn contained(
        &self,
        one: &Contains<'t>,
        other: &Contains<'t>,
    ) -> &'static crate::review::rule::Rule {
        let loss = self.try_schemas(&one.held, &other.held, Types::ALL, Reading::Plain);
        let lower = End::Lower.tighter(other.least.as_ref(), one.least.as_ref());
        let upper = End::Upper.tighter(other.most.as_ref(), one.most.as_ref());
        let counted = one.most.is_some() || other.most.is_some();
        // More elements that count are more than enough, unless too many are too much.
        let narrows = lower.is_gt() || upper.is_gt() || loss.sent || (counted && loss.received);
        let widens = lower.is_lt() || upper.is_lt() || loss.received || (counted && loss.sent);
        match (narrows, widens) {
            (true, false) => &CONTAINS_TIGHTENED,
            (false, true) => &CONTAINS_LOOSENED,
            _ => &CONTAINS_CHANGED,
        }
    }
}

/// So many elements have to be of a kind.
struct Contains<'t> {
    said: Said<'t>,
    held: Held<'t>,
    least: Option<Limit<'t>>,
    most: Option<Limit<'t>>,
}

impl<'t> Contains<'t> {
    fn all(side: &Alternative<'t>) -> Vec<Contains<'t>> {
        let all = side.all(Rejected::Contains).map(|said| {
            let limit = |key: &str| {
                let node = said.owner.get(key)?.node;
                Some(Limit {
                    value: crate::review::number::Number::of(node)?,
                    strict: false,
                    said: None,
                })
            };
            let least = limit("minContains").unwrap_or_else(|| Limit::count(1, None));
            Contains {
                said,
                held: Held::to(side.tree, said.value),
                least: Some(least).filter(|least| least.value > 0.into()),
                most: limit("maxContains"),
            }
        });
        // None or more is always so.
        all.filter(|one| one.least.is_some() || one.most.is_some())
            .collect()
    }

    fn count(&self) -> [Option<&crate::review::number::Number>; 2] {
        [&self.least, &self.most].map(|limit| limit.as_ref().map(|limit| &limit.value))
    }

    fn spot(&self) -> Spot {
        self.said.spot()
    }
}

fn unique(was: &Elements<'_>, is: &Elements<'_>, notes: &mut Notes) {
    let said = |elements: &Elements<'_>| {
        let mut all = elements.side.all(Rule::UniqueItems);
        all.find(|said| said.value.node.value == Value::Bool(true))
            .map(|said| said.spot())
    };
    // One element is never equal to another.
    let several =
        |elements: &Elements<'_>| elements.most().is_none_or(|most| most.value > 1.into());
    match (said(was), said(is)) {
        (None, Some(new)) if several(was) => notes.add(&UNIQUE_SET, None, Some(new)),
        (Some(old), None) if several(is) => notes.add(&UNIQUE_LIFTED, Some(old), None),
        _ => {}
    }
}
