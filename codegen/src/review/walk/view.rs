//! What a schema says of a value, everything together: its own members, those of the schema that it
//! refers to, and those of `allOf`; alternatives and conditions are kept apart.

use super::alternative::{self, Alternative};
use super::negation;
use super::reader::{Compose, Family, Reader};
use super::types::Types;
use crate::json::{Node, Value};
use crate::keyword::{Keyword, Rejected, Rule, Structure};
use crate::review::change::{Spot, canonical};
use crate::review::number::Number;
use crate::review::tree::{At, Tree};
use crate::source::Place;

/// What a value is held to on one side: all of these schemas at once; none at all admit everything.
#[derive(Clone, Debug)]
pub(super) struct Held<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) nodes: Vec<At<'t>>,
    /// There can be no such value.
    pub(super) never: bool,
}

/// A keyword with its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Said<'t> {
    pub(super) name: &'t str,
    /// None when no vocabulary knows it.
    pub(super) keyword: Option<Keyword>,
    /// Where its key stands.
    pub(super) key: Place,
    pub(super) value: At<'t>,
    /// The schema that says it.
    pub(super) owner: At<'t>,
}

/// `anyOf` or `oneOf`.
#[derive(Clone, Debug)]
pub(super) struct Fork<'t> {
    pub(super) said: Said<'t>,
    pub(super) branches: Vec<View<'t>>,
    /// Exactly one has to hold.
    pub(super) exclusive: bool,
}

/// Groups of members of which one has to be there: `anyOf` of `required`.
#[derive(Clone, Debug)]
pub(super) struct Choice<'t> {
    pub(super) said: Said<'t>,
    pub(super) groups: Vec<Vec<&'t str>>,
}

/// A condition that is none of the other things.
#[derive(Clone, Debug)]
pub(super) struct Clause<'t> {
    pub(super) said: Said<'t>,
    pub(super) kind: ClauseKind<'t>,
    /// Values of other types fulfil it.
    pub(super) types: Types,
}

#[derive(Clone, Debug)]
pub(super) enum ClauseKind<'t> {
    Not(Held<'t>),
    If {
        test: Held<'t>,
        then: Held<'t>,
        otherwise: Held<'t>,
    },
    /// Nothing is known but its text.
    Opaque,
}

/// A bound that follows from another one that must not hold.
#[derive(Clone, Debug)]
pub(super) struct Bound<'t> {
    /// The keyword that would say it.
    pub(super) keyword: Keyword,
    pub(super) value: Number,
    pub(super) said: Said<'t>,
}

/// A schema of a value.
#[derive(Clone, Debug)]
pub(super) struct View<'t> {
    pub(super) tree: &'t Tree<'t>,
    /// Keywords; those of the schema itself before those of others.
    pub(super) said: Vec<Said<'t>>,
    pub(super) forks: Vec<Fork<'t>>,
    pub(super) choices: Vec<Choice<'t>>,
    pub(super) clauses: Vec<Clause<'t>>,
    /// Bounds that follow from `not`.
    pub(super) bounds: Vec<Bound<'t>>,
    /// What conditions leave of the types.
    pub(super) types: Types,
    /// Nothing is valid.
    pub(super) never: bool,
}

impl<'t> Held<'t> {
    pub(super) fn to(tree: &'t Tree<'t>, node: At<'t>) -> Held<'t> {
        Held {
            tree,
            nodes: vec![node],
            never: false,
        }
    }

    pub(super) fn anything(tree: &'t Tree<'t>) -> Held<'t> {
        Held {
            tree,
            nodes: Vec::new(),
            never: false,
        }
    }

    /// To what this member of a schema says, if it has one.
    pub(super) fn part(tree: &'t Tree<'t>, at: At<'t>, key: &str) -> Held<'t> {
        at.get(key)
            .map_or_else(|| Held::anything(tree), |part| Held::to(tree, part))
    }

    /// The schema, when it is one.
    pub(super) fn single(&self) -> Option<At<'t>> {
        match self.nodes.as_slice() {
            [node] if !self.never => Some(*node),
            _ => None,
        }
    }

    pub(super) fn view(&self) -> View<'t> {
        let mut view = View::everything(self.tree);
        view.never = self.never;
        for node in &self.nodes {
            view.add(self.tree, *node, &mut Vec::new());
        }
        view
    }
}

impl Said<'_> {
    pub(super) fn spot(&self) -> Spot {
        Spot {
            place: self.key,
            value: canonical(self.value.node),
        }
    }

    /// A part of its value, told at its key.
    pub(super) fn spot_of(&self, value: String) -> Spot {
        Spot {
            place: self.key,
            value,
        }
    }

    pub(super) fn is(&self, keyword: impl Into<Known>) -> bool {
        self.keyword == Some(keyword.into().0)
    }
}

/// A keyword of any group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known(pub(super) Keyword);

macro_rules! known {
    ($($group:ident),+) => {
        $(impl From<crate::keyword::$group> for Known {
            fn from(keyword: crate::keyword::$group) -> Known {
                Known(Keyword::$group(keyword))
            }
        })+
    };
}
known!(Structure, Shape, Rule, Documentation, Rejected);

impl<'t> View<'t> {
    pub(super) fn everything(tree: &'t Tree<'t>) -> View<'t> {
        View {
            tree,
            said: Vec::new(),
            forks: Vec::new(),
            choices: Vec::new(),
            clauses: Vec::new(),
            bounds: Vec::new(),
            types: Types::ALL,
            never: false,
        }
    }

    /// All ways to be valid, each with everything that then holds.
    pub(super) fn alternatives(&self) -> Vec<Alternative<'t>> {
        alternative::expand(self)
    }

    /// The types of values that may be valid.
    pub(super) fn admitted(&self) -> Types {
        let all = self.alternatives();
        all.iter().fold(Types::NONE, |types, one| types | one.types)
    }

    fn add(&mut self, tree: &'t Tree<'t>, at: At<'t>, chain: &mut Vec<Place>) {
        let members = match &at.node.value {
            Value::Bool(false) => {
                self.never = true;
                return;
            }
            Value::Object(members) => members,
            // `true`; what is no schema at all refuses nothing either.
            _ => return,
        };
        let said = members.iter().map(|member| Said {
            name: &member.key,
            keyword: Keyword::named(&member.key),
            key: member.key_place,
            value: at.part(&member.node),
            owner: at,
        });
        let mut said: Vec<Said<'t>> = said.collect();
        // Of a key that stands twice the first one counts.
        let mut seen = Vec::new();
        said.retain(|said| {
            let first = !seen.contains(&said.name);
            seen.push(said.name);
            first
        });
        let later = |said: &Said<'t>| {
            said.is(Structure::Ref)
                || said.is(Rejected::DynamicRef)
                || said.is(crate::keyword::Shape::AllOf)
        };
        // What the schema says itself comes first, whatever the order in the file.
        let (others, own): (Vec<_>, Vec<_>) = said.into_iter().partition(later);
        for said in own.into_iter().chain(others) {
            self.say(tree, said, chain);
        }
    }

    fn say(&mut self, tree: &'t Tree<'t>, said: Said<'t>, chain: &mut Vec<Place>) {
        self.said.push(said);
        let Some(reader) = said.keyword.map(Reader::of) else {
            return;
        };
        match reader {
            Reader::Reference => self.refer(tree, said, chain),
            Reader::Compose(compose) => self.compose(tree, said, compose, chain),
            Reader::Assert(Family::Types) if Types::said(said.value.node).is_none() => {
                self.clause(said, ClauseKind::Opaque, Types::ALL);
            }
            Reader::Assert(_)
            | Reader::Simple(_)
            | Reader::Meaning
            | Reader::Shelf
            | Reader::Setting => {}
        }
    }

    fn compose(
        &mut self,
        tree: &'t Tree<'t>,
        said: Said<'t>,
        compose: Compose,
        chain: &mut Vec<Place>,
    ) {
        match compose {
            Compose::All => {
                for branch in said.value.node.elements() {
                    self.add(tree, said.value.part(branch), chain);
                }
            }
            Compose::Any | Compose::One => self.fork(tree, said, compose == Compose::One, chain),
            Compose::Not => self.negate(tree, said, chain),
            Compose::If => {
                let part = |key| Held::part(tree, said.owner, key);
                if said.owner.get("then").is_some() || said.owner.get("else").is_some() {
                    self.clause(
                        said,
                        ClauseKind::If {
                            test: Held::to(tree, said.value),
                            then: part("then"),
                            otherwise: part("else"),
                        },
                        Types::ALL,
                    );
                }
            }
            Compose::Branch => {}
            Compose::Dynamic => {
                self.refer(tree, said, chain);
                self.clause(said, ClauseKind::Opaque, Types::ALL);
            }
        }
    }

    fn clause(&mut self, said: Said<'t>, kind: ClauseKind<'t>, types: Types) {
        self.clauses.push(Clause { said, kind, types });
    }

    fn refer(&mut self, tree: &'t Tree<'t>, said: Said<'t>, chain: &mut Vec<Place>) {
        let target = said
            .value
            .node
            .text()
            .and_then(|reference| tree.follow(said.value.file, reference));
        match target {
            Some(target) if !chain.contains(&target.node.place) => {
                chain.push(target.node.place);
                self.add(tree, target, chain);
                chain.pop();
            }
            // It leads nowhere, or back to itself.
            _ => self.clause(said, ClauseKind::Opaque, Types::ALL),
        }
    }

    fn fork(
        &mut self,
        tree: &'t Tree<'t>,
        said: Said<'t>,
        exclusive: bool,
        chain: &mut Vec<Place>,
    ) {
        let branches = said.value.node.elements();
        if !exclusive && !branches.is_empty() {
            let groups: Option<Vec<_>> = branches.iter().map(presence).collect();
            if let Some(groups) = groups {
                self.choices.push(Choice { said, groups });
                return;
            }
        }
        let branches = branches.iter().map(|branch| {
            let mut view = View::everything(tree);
            view.add(tree, said.value.part(branch), chain);
            view
        });
        let branches = branches.collect();
        self.forks.push(Fork {
            said,
            branches,
            exclusive,
        });
    }

    /// What is left when a schema must not hold.
    fn negate(&mut self, tree: &'t Tree<'t>, said: Said<'t>, chain: &mut Vec<Place>) {
        if let Some(twice) = only(said.value, "not") {
            self.add(tree, twice, chain);
            return;
        }
        let mut inner = View::everything(tree);
        inner.add(tree, said.value, chain);
        let mut rest = Types::NONE;
        for alternative in inner.alternatives() {
            // A value of two branches of `oneOf` is not valid there: what is left is more than what
            // each branch refuses.
            let exact = !alternative.picks.iter().any(|pick| pick.exclusive);
            if exact && alternative.is_of_types_only() {
                self.types = self.types & !alternative.types;
            } else if let (true, Some(branches)) = (exact, negation::refused(&alternative, said)) {
                self.forks.push(Fork {
                    said,
                    branches,
                    exclusive: false,
                });
            } else {
                rest = rest | alternative.types;
            }
        }
        if !rest.is_empty() {
            self.clause(said, ClauseKind::Not(Held::to(tree, said.value)), rest);
        }
    }
}

/// The members that a schema asks for, if it says nothing else.
pub(super) fn presence(branch: &Node) -> Option<Vec<&str>> {
    let asserts = |key: &str| {
        let keyword = Keyword::named(key);
        !matches!(
            keyword.map(Reader::of),
            None | Some(Reader::Simple(_) | Reader::Shelf | Reader::Setting)
        )
    };
    let mut asserting = branch.members().iter().filter(|m| asserts(&m.key));
    let required = asserting.next()?;
    if Keyword::named(&required.key) != Some(Keyword::Rule(Rule::Required))
        || asserting.next().is_some()
    {
        return None;
    }
    required.node.elements().iter().map(Node::text).collect()
}

/// The value of a keyword, if a schema has no other but words.
fn only<'t>(at: At<'t>, key: &str) -> Option<At<'t>> {
    let mut members = at.node.members().iter().filter(|member| {
        !matches!(
            Keyword::named(&member.key).map(Reader::of),
            Some(Reader::Simple(_))
        )
    });
    let member = members.next()?;
    (member.key == key && members.next().is_none()).then(|| at.part(&member.node))
}
