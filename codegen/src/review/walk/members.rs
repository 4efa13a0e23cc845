//! The members of an object: what a schema says of one by its name, and of all others.

use jsonschema::{Draft, Validator};
use serde_json::json;

use super::alternative::{Alternative, admits_all, refuses_all};
use super::view::{Held, Said};
use crate::json::Member;
use crate::keyword::{Rejected, Rule, Shape};
use crate::review::change::Spot;
use crate::review::tree::{At, Tree};
use crate::review::verdict::Reading;

/// What an alternative says of members, in one reading.
#[derive(Debug)]
pub(super) struct Members<'t> {
    tree: &'t Tree<'t>,
    layers: Vec<Layer<'t>>,
    required: Vec<(&'t str, Said<'t>)>,
    reading: Reading,
    /// Names members: where what is sent is closed, there are no others.
    pub(super) names_some: bool,
}

/// What one schema says: which members are others depends on those that it names itself.
#[derive(Debug, Default)]
struct Layer<'t> {
    properties: Vec<At<'t>>,
    patterns: Vec<Pattern<'t>>,
    others: Option<Said<'t>>,
}

/// Members by the form of their names.
#[derive(Debug)]
pub(super) struct Pattern<'t> {
    pub(super) text: &'t str,
    pub(super) at: At<'t>,
    validator: Option<Validator>,
}

/// What is said of a member.
#[derive(Debug)]
pub(super) struct Found<'t> {
    pub(super) held: Held<'t>,
    /// Some schema speaks of it.
    pub(super) declared: bool,
}

impl Pattern<'_> {
    fn takes(&self, name: &str) -> bool {
        let name = json!(name);
        // Of a pattern that nobody can read nothing is known: that is told as a change of itself.
        self.validator.as_ref().is_some_and(|v| v.is_valid(&name))
    }
}

impl<'t> Members<'t> {
    pub(super) fn of(alternative: &Alternative<'t>, reading: Reading) -> Members<'t> {
        let mut owners: Vec<At<'t>> = Vec::new();
        for said in &alternative.said {
            let speaks = said.is(Shape::Properties)
                || said.is(Rejected::PatternProperties)
                || said.is(Rule::AdditionalProperties);
            let known = |at: &At<'t>| std::ptr::eq(at.node, said.owner.node);
            if speaks && !owners.iter().any(known) {
                owners.push(said.owner);
            }
        }
        let mut layers: Vec<Layer<'t>> = owners
            .into_iter()
            .map(|owner| Layer::of(alternative, Some(owner)))
            .collect();
        if let Some(said) = alternative
            .first(Rejected::UnevaluatedProperties)
            .filter(|_| folds(alternative, reading))
        {
            // Nothing is evaluated but what is named anywhere.
            let mut layer = Layer::of(alternative, None);
            layer.others = Some(said);
            layers.push(layer);
        }
        let required = alternative.all(Rule::Required).flat_map(|said| {
            let names = said.value.node.elements().iter();
            names.filter_map(move |name| Some((name.text()?, said)))
        });
        Members {
            tree: alternative.tree,
            required: required.collect(),
            reading,
            names_some: alternative.first(Shape::Properties).is_some(),
            layers,
        }
    }

    /// The members that have a schema by name, in order; the first schema of each.
    pub(super) fn named(&self) -> Vec<(&'t Member, At<'t>)> {
        let mut named: Vec<(&'t Member, At<'t>)> = Vec::new();
        let layers = self.layers.iter().flat_map(|layer| &layer.properties);
        for properties in layers {
            for member in properties.node.members() {
                if !named.iter().any(|(known, _)| known.key == member.key) {
                    named.push((member, properties.part(&member.node)));
                }
            }
        }
        named
    }

    pub(super) fn patterns(&self) -> impl Iterator<Item = &Pattern<'t>> {
        self.layers.iter().flat_map(|layer| &layer.patterns)
    }

    /// Which keyword says that a member has to be there.
    pub(super) fn requires(&self, name: &str) -> Option<Said<'t>> {
        let mut required = self.required.iter();
        required
            .find(|(one, _)| *one == name)
            .map(|(_, said)| *said)
    }

    /// All members that have to be there.
    pub(super) fn required(&self) -> Vec<&'t str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.required {
            if !names.contains(name) {
                names.push(name);
            }
        }
        names
    }

    /// What is said of a member of that name.
    pub(super) fn get(&self, name: &str) -> Found<'t> {
        let mut held = Held::anything(self.tree);
        let mut declared = self.requires(name).is_some();
        for layer in &self.layers {
            let mut known = false;
            for properties in &layer.properties {
                if let Some(schema) = properties.get(name) {
                    held.nodes.push(schema);
                    known = true;
                }
            }
            for pattern in layer.patterns.iter().filter(|pattern| pattern.takes(name)) {
                held.nodes.push(pattern.at);
                known = true;
            }
            if !known {
                known = self.other(layer, &mut held);
            }
            declared |= known;
        }
        if self.is_closed() && !declared {
            held.never = true;
        }
        dedup(&mut held);
        Found { held, declared }
    }

    /// What is said of members that nothing speaks of by name.
    pub(super) fn rest(&self) -> Held<'t> {
        let mut held = Held::anything(self.tree);
        let mut declared = false;
        for layer in &self.layers {
            declared |= self.other(layer, &mut held);
        }
        held.never |= self.is_closed() && !declared;
        dedup(&mut held);
        held
    }

    /// Adds what a schema says of the members that it does not name; gives whether it says anything.
    fn other(&self, layer: &Layer<'t>, held: &mut Held<'t>) -> bool {
        let Some(said) = layer.others else {
            return false;
        };
        let node = said.value.node;
        if refuses_all(node) {
            // What is received may have other members, unless the schema is about nothing else.
            let opened = !layer.properties.is_empty() || said.is(Rejected::UnevaluatedProperties);
            held.never |= self.reading != Reading::Open || !opened;
            return false;
        }
        if admits_all(node) {
            return false;
        }
        held.nodes.push(said.value);
        true
    }

    fn is_closed(&self) -> bool {
        self.reading == Reading::Closed && self.names_some
    }

    /// The keyword that refuses members that no schema names.
    pub(super) fn refuses(&self) -> Option<Said<'t>> {
        let mut others = self.layers.iter().filter_map(|layer| layer.others);
        others.find(|said| refuses_all(said.value.node))
    }

    /// What says which other members there may be.
    pub(super) fn spot(&self, alternative: &Alternative<'t>) -> Option<Spot> {
        let mut others = self.layers.iter().filter_map(|layer| layer.others);
        others
            .next()
            .or_else(|| alternative.first(Shape::Properties))
            .map(|said| said.spot())
    }

    /// How many members there can be, where all are named.
    pub(super) fn most(&self) -> Option<usize> {
        let all = self.rest().never && self.patterns().next().is_none();
        all.then(|| self.named().len())
    }
}

impl<'t> Layer<'t> {
    /// What one schema of an alternative says, or all together.
    fn of(alternative: &Alternative<'t>, owner: Option<At<'t>>) -> Layer<'t> {
        let mut layer = Layer::default();
        let ours =
            |said: &&Said<'t>| owner.is_none_or(|owner| std::ptr::eq(owner.node, said.owner.node));
        for said in alternative.said.iter().filter(ours) {
            if said.is(Shape::Properties) {
                layer.properties.push(said.value);
            } else if said.is(Rejected::PatternProperties) {
                for member in said.value.node.members() {
                    let schema = json!({ "pattern": member.key });
                    let options = jsonschema::options().with_draft(Draft::Draft202012);
                    layer.patterns.push(Pattern {
                        text: &member.key,
                        at: said.value.part(&member.node),
                        validator: options.build(&schema).ok(),
                    });
                }
            } else if said.is(Rule::AdditionalProperties) {
                layer.others = Some(*said);
            }
        }
        layer
    }
}

/// Whether what is not evaluated can be told from the alternative alone.
pub(super) fn folds(alternative: &Alternative<'_>, reading: Reading) -> bool {
    let alone = alternative.picks.is_empty()
        && alternative.clauses.is_empty()
        && alternative.first(Rejected::DependentSchemas).is_none();
    let switch = |said: Said<'_>| refuses_all(said.value.node) || admits_all(said.value.node);
    alone
        || reading != Reading::Plain && alternative.all(Rejected::UnevaluatedProperties).all(switch)
}

/// A schema that holds twice holds.
fn dedup(held: &mut Held<'_>) {
    let mut seen: Vec<usize> = Vec::new();
    held.nodes.retain(|at| {
        let address = std::ptr::from_ref(at.node).addr();
        let first = !seen.contains(&address);
        seen.push(address);
        first
    });
}
