//! The ways to be valid: one branch of each fork, with everything that holds beside it.

use std::ops::Range;

use super::reader::{Family, Reader};
use super::types::Types;
use super::view::{Bound, Choice, Clause, ClauseKind, Known, Said, View};
use crate::json::{Node, Value};
use crate::keyword::{Keyword, Rejected, Rule, Shape};
use crate::review::number::Number;
use crate::review::tree::{At, Tree};

/// A schema is taken apart into at most so many alternatives.
const MAX_ALTERNATIVES: usize = 64;

/// One way to be valid: all of this at once.
#[derive(Clone, Debug)]
pub(super) struct Alternative<'t> {
    pub(super) tree: &'t Tree<'t>,
    pub(super) said: Vec<Said<'t>>,
    /// Which of them belong to a branch.
    pub(super) branch: Range<usize>,
    pub(super) choices: Vec<Choice<'t>>,
    pub(super) clauses: Vec<Clause<'t>>,
    pub(super) bounds: Vec<Bound<'t>>,
    /// Types of the values.
    pub(super) types: Types,
    /// Branches of the forks, by the fork's keyword; from outer forks to inner ones.
    pub(super) picks: Vec<Pick<'t>>,
}

/// The branch of a fork.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pick<'t> {
    pub(super) fork: Said<'t>,
    pub(super) exclusive: bool,
    pub(super) index: usize,
    pub(super) branch: Option<At<'t>>,
}

/// All ways to be valid under a schema; none when nothing is.
pub(super) fn expand<'t>(view: &View<'t>) -> Vec<Alternative<'t>> {
    if view.never {
        return Vec::new();
    }
    let mut all = vec![Alternative {
        tree: view.tree,
        branch: view.said.len()..view.said.len(),
        said: view.said.clone(),
        choices: view.choices.clone(),
        clauses: view.clauses.clone(),
        bounds: view.bounds.clone(),
        types: view.types,
        picks: Vec::new(),
    }];
    for fork in &view.forks {
        let branches: Vec<(usize, Alternative<'t>)> = fork
            .branches
            .iter()
            .enumerate()
            .flat_map(|(index, branch)| {
                let alternatives = expand(branch).into_iter();
                alternatives.map(move |alternative| (index, alternative))
            })
            .collect();
        if all.len() * branches.len() > MAX_ALTERNATIVES {
            for alternative in &mut all {
                alternative.clauses.push(Clause {
                    said: fork.said,
                    kind: ClauseKind::Opaque,
                    types: Types::ALL,
                });
            }
            continue;
        }
        all = all
            .iter()
            .flat_map(|base| {
                branches.iter().map(|(index, branch)| {
                    let pick = Pick {
                        fork: fork.said,
                        exclusive: fork.exclusive,
                        index: *index,
                        branch: fork
                            .said
                            .value
                            .node
                            .elements()
                            .get(*index)
                            .map(|node| fork.said.value.part(node)),
                    };
                    base.with(pick, branch)
                })
            })
            .collect();
    }
    for alternative in &mut all {
        alternative.types = alternative.types & alternative.admitted();
    }
    all.retain(|alternative| !alternative.types.is_empty());
    all
}

impl<'t> Alternative<'t> {
    fn with(&self, pick: Pick<'t>, branch: &Alternative<'t>) -> Alternative<'t> {
        let mut whole = self.clone();
        whole.said.extend(branch.said.iter().copied());
        whole.branch.end = whole.said.len();
        whole.choices.extend(branch.choices.iter().cloned());
        whole.clauses.extend(branch.clauses.iter().cloned());
        whole.bounds.extend(branch.bounds.iter().cloned());
        whole.types = whole.types & branch.types;
        whole.picks.push(pick);
        whole.picks.extend(branch.picks.iter().copied());
        whole
    }

    /// What is said by this keyword, outer schemas first.
    pub(super) fn all(&self, keyword: impl Into<Known>) -> impl Iterator<Item = Said<'t>> {
        let keyword = keyword.into();
        self.said
            .iter()
            .copied()
            .filter(move |said| said.keyword == Some(keyword.0))
    }

    /// The first of them.
    pub(super) fn first(&self, keyword: impl Into<Known>) -> Option<Said<'t>> {
        self.all(keyword).next()
    }

    /// What only the branch says.
    pub(super) fn of_branch(&self) -> &[Said<'t>] {
        self.said.get(self.branch.clone()).unwrap_or_default()
    }

    /// Whether its types are all that it says.
    pub(super) fn is_of_types_only(&self) -> bool {
        let asserts = |said: &Said<'t>| {
            matches!(
                said.keyword.map(Reader::of),
                Some(Reader::Assert(family)) if family != Family::Types
            )
        };
        self.choices.is_empty()
            && self.clauses.is_empty()
            && self.bounds.is_empty()
            && !self.said.iter().any(asserts)
    }

    /// The values that it lists, where it does. Those of several lists have to be in all of them.
    pub(super) fn listed(&self) -> Option<Vec<At<'t>>> {
        let mut lists = self.said.iter().filter_map(|said| match said.keyword {
            Some(Keyword::Rule(Rule::Const)) => Some(vec![said.value]),
            Some(Keyword::Rule(Rule::Enum)) => Some(
                said.value
                    .node
                    .elements()
                    .iter()
                    .map(|node| said.value.part(node))
                    .collect(),
            ),
            _ => None,
        });
        let mut values: Vec<At<'t>> = lists.next()?;
        for list in lists {
            values.retain(|value| list.iter().any(|other| equal(value.node, other.node)));
        }
        values.retain(|value| Types::of(value.node).meet(self.types));
        Some(values)
    }

    /// The types that its keywords leave.
    fn admitted(&self) -> Types {
        let mut types = Types::ALL;
        for said in &self.said {
            let node = said.value.node;
            match said.keyword {
                Some(Keyword::Shape(Shape::Type)) => {
                    types = types & Types::said(node).unwrap_or(Types::ALL);
                }
                Some(Keyword::Rule(Rule::Const)) => types = types & Types::of(node),
                Some(Keyword::Rule(Rule::Enum)) => {
                    let values = node.elements().iter().map(Types::of);
                    types = types & values.fold(Types::NONE, |all, one| all | one);
                }
                Some(Keyword::Rejected(Rejected::MultipleOf))
                    if Number::of(node).is_some_and(|step| step.is_integral()) =>
                {
                    types = types & !Types::FRACTION;
                }
                _ => {}
            }
        }
        if self.requires_the_impossible() {
            types = types & !Types::OBJECT;
        }
        if self.contains_the_impossible() {
            types = types & !Types::ARRAY;
        }
        types
    }

    /// A member that has to be there and cannot.
    fn requires_the_impossible(&self) -> bool {
        let required = self.all(Rule::Required);
        let mut names = required.flat_map(|said| said.value.node.elements());
        names.any(|name| {
            let name = name.text().unwrap_or_default();
            let mut schemas = self
                .all(Shape::Properties)
                .filter_map(|said| said.value.node.get(name));
            schemas.any(refuses_all)
        })
    }

    /// An element that has to be there and is of no type that elements may have.
    fn contains_the_impossible(&self) -> bool {
        if self.first(Shape::PrefixItems).is_some() {
            return false;
        }
        let items: Vec<Types> = self
            .all(Shape::Items)
            .filter_map(|said| types_of(said.value.node))
            .collect();
        self.all(Rejected::Contains).any(|said| {
            let needed = said.owner.get("minContains").is_none_or(|least| {
                Number::of(least.node).is_some_and(|least| least > Number::from(0))
            });
            let wanted = types_of(said.value.node);
            needed && wanted.is_some_and(|wanted| items.iter().any(|items| !items.meet(wanted)))
        })
    }
}

/// The types that a schema names.
pub(super) fn types_of(schema: &Node) -> Option<Types> {
    schema.get("type").and_then(Types::said)
}

/// A schema that plainly refuses everything.
pub(super) fn refuses_all(schema: &Node) -> bool {
    match &schema.value {
        Value::Bool(all) => !all,
        Value::Object(_) => schema.get("not").is_some_and(admits_all),
        _ => false,
    }
}

/// A schema that plainly admits everything.
pub(super) fn admits_all(schema: &Node) -> bool {
    match &schema.value {
        Value::Bool(all) => *all,
        Value::Object(members) => !members.iter().any(|member| {
            matches!(
                Keyword::named(&member.key).map(Reader::of),
                Some(Reader::Assert(_) | Reader::Reference | Reader::Compose(_))
            )
        }),
        _ => false,
    }
}

/// Whether two values are the same to JSON: members in any order, numbers in any notation.
pub(super) fn equal(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || Number::read(a).is_some_and(|a| Some(a) == Number::read(b))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|member| {
                    other
                        .get(&member.key)
                        .is_some_and(|node| equal(&member.node, node))
                })
        }
        (a, b) => a == b,
    }
}
