//! The structural walker: two schemas of one value, step by step, each change by its rule and place.
//!
//! A schema is taken apart into the ways to be valid ([`alternative`]), and what holds in each is
//! compared keyword by keyword, type by type. That is sound: a schema is all of its keywords at
//! once, so that where values were lost some keyword lost them. Where keywords depend on each other
//! in ways that are not followed, the change is marked as unclear. Nothing passes in silence: a
//! keyword that changed without any other word about it is [`NO_EFFECT`](compose::NO_EFFECT).

mod alternative;
mod apart;
mod arguments;
mod branches;
mod clauses;
mod limits;
mod list;
mod listed;
mod meaning;
mod members;
mod negation;
mod notes;
mod numbers;
mod object;
mod others;
mod pairing;
mod patterns;
mod presence;
mod reader;
mod rename;
mod single;
#[cfg(test)]
mod tests;
mod text;
mod trial;
mod types;
mod values;
mod view;

use std::collections::BTreeSet;

use self::alternative::admits_all;
use self::notes::Notes;
use self::reader::{Family, Reader};
use self::trial::Shared;
use self::types::Types;
use self::view::{Held, Said, View};
use super::change::{Change, Context, Difference, Part, Spot};
use super::rules::{compose, value};
use super::tree::{At, Tree};
use super::verdict::Reading;
use crate::json::{Node, Value, escape};
use crate::keyword::Keyword;

/// Pairs of schemas follow one another at most this deep.
const MAX_DEPTH: usize = 64;
/// A chain of references has at most this many links.
const MAX_CHAIN: usize = 16;

/// Everything that changed between two schemas, in order of places; inner values after outer ones.
///
/// Where several schemas hold for a place at once, its difference has none: there is no one schema
/// that another judge could look at.
pub(crate) fn walk<'t>(
    old: (&'t Tree<'t>, At<'t>),
    new: (&'t Tree<'t>, At<'t>),
    reading: Reading,
) -> Vec<Difference<'t>> {
    let shared = Shared::default();
    let mut walker = Walker::new(&shared, reading);
    let root = Site {
        path: String::new(),
        context: Context::default(),
    };
    let (old, new) = (Held::to(old.0, old.1), Held::to(new.0, new.1));
    walker.node(&root, &old, &new);
    let mut out = walker.out;
    out.retain(|difference| !difference.changes.is_empty());
    out
}

/// Where a value is.
#[derive(Clone, Debug)]
struct Site {
    path: String,
    context: Context,
}

struct Walker<'w, 't> {
    shared: &'w Shared,
    reading: Reading,
    /// Pairs of schemas that were compared, by their addresses in memory: no order depends on them.
    seen: BTreeSet<trial::Pair>,
    out: Vec<Difference<'t>>,
    depth: usize,
    /// Whether the schemas at hand hold at all depends on something else: all changes are unclear.
    doubt: bool,
}

impl<'w, 't> Walker<'w, 't> {
    fn new(shared: &'w Shared, reading: Reading) -> Walker<'w, 't> {
        Walker {
            shared,
            reading,
            seen: BTreeSet::new(),
            out: Vec::new(),
            depth: 0,
            doubt: false,
        }
    }

    /// Compares two schemas of one value, and everything inside of them.
    fn node(&mut self, site: &Site, old: &Held<'t>, new: &Held<'t>) {
        if !self.seen.insert(trial::pair(old, new)) || self.follow(site, old, new) {
            return;
        }
        let place = self.out.len();
        self.out.push(Difference {
            path: site.path.clone(),
            context: site.context.clone(),
            old: old.single(),
            new: new.single(),
            changes: Vec::new(),
        });
        let mut notes = Notes::new(self.doubt);
        self.depth += 1;
        if self.depth > MAX_DEPTH || !self.shared.spend() {
            // Too much to look at: nobody can say that nothing was lost.
            notes.unclear(&compose::COMPOSITION_CHANGED, whole(old), whole(new));
        } else {
            let (before, after) = (old.view(), new.view());
            meaning::compare(&before.said, &after.said, &mut notes);
            self.value(site, (old, &before), (new, &after), &mut notes);
            self.restate(place, &before, &after, &mut notes);
        }
        self.depth -= 1;
        if let Some(difference) = self.out.get_mut(place) {
            difference.changes = notes.finish();
        }
    }

    /// Compares what two schemas say of a value.
    fn value(
        &mut self,
        site: &Site,
        old: (&Held<'t>, &View<'t>),
        new: (&Held<'t>, &View<'t>),
        notes: &mut Notes,
    ) {
        if !self.single(site, old, new, notes) {
            self.values(site, old, new, Types::ALL, notes);
        }
    }

    /// References on both sides: what stands beside them belongs to this place, what they lead to
    /// is compared once, wherever else it is referred to.
    fn follow(&mut self, site: &Site, old: &Held<'t>, new: &Held<'t>) -> bool {
        let target = |held: &Held<'t>| refers_only(held.tree, held.single()?);
        let (Some(before), Some(after)) = (target(old), target(new)) else {
            return false;
        };
        let beside = |held: &Held<'t>| held.single().map(said_by).unwrap_or_default();
        let mut notes = Notes::new(self.doubt);
        meaning::compare(&beside(old), &beside(new), &mut notes);
        self.out.push(Difference {
            path: site.path.clone(),
            context: site.context.clone(),
            old: old.single(),
            new: new.single(),
            changes: notes.finish(),
        });
        let (before, after) = (Held::to(old.tree, before), Held::to(new.tree, after));
        self.node(site, &before, &after);
        true
    }

    /// Keywords that changed, and of which nothing was said so far.
    fn restate(&self, place: usize, old: &View<'t>, new: &View<'t>, notes: &mut Notes) {
        let inner = self.out.get(place..).unwrap_or_default();
        let own = |said: &Said<'_>| {
            let inside = |spot: &Option<Spot>| {
                spot.as_ref().is_some_and(|spot| {
                    spot.place == said.key
                        || (spot.place.file == said.key.file
                            && said.value.node.place.span.contains(spot.place.span))
                })
            };
            notes.tells(said.key)
                || notes
                    .changes
                    .iter()
                    .any(|c| inside(&c.old) || inside(&c.new))
                || inner
                    .iter()
                    .flat_map(|difference| &difference.changes)
                    .any(|c| inside(&c.old) || inside(&c.new))
        };
        // What is read together with another keyword is told with it.
        let told = |said: &Said<'t>| {
            let leader = match said.name {
                "then" | "else" => Some("if"),
                "minContains" | "maxContains" => Some("contains"),
                _ => None,
            };
            let leads = |other: &&Said<'t>| {
                Some(other.name) == leader && std::ptr::eq(other.owner.node, said.owner.node)
            };
            let mut all = old.said.iter().chain(&new.said);
            own(said) || all.find(leads).is_some_and(own)
        };
        let mut names: Vec<&str> = Vec::new();
        for said in new.said.iter().chain(&old.said) {
            let asserts = matches!(
                said.keyword.map(Reader::of),
                Some(Reader::Assert(_) | Reader::Compose(_))
            );
            if asserts && !names.contains(&said.name) {
                names.push(said.name);
            }
        }
        let listed = notes.changes.iter().any(|change| {
            let lists = [
                &value::ENUM_SET,
                &value::ENUM_LIFTED,
                &value::CONST_SET,
                &value::CONST_LIFTED,
            ];
            lists.contains(&change.rule)
        });
        let (was, is) = (old.admitted(), new.admitted());
        // What only one side says of values that only that side admits, or does not list, counts
        // there: it came or went with them.
        let starts = |before: &[Said<'t>], after: &[Said<'t>]| {
            let (some, own, other) = match (before, after) {
                (_, []) => (before, was, is),
                ([], _) => (after, is, was),
                _ => return false,
            };
            some.iter()
                .filter_map(said_of)
                .any(|of| own.meet(of) && (listed || !other.meet(of)))
        };
        let mut silent = Vec::new();
        for name in names {
            let all = |view: &View<'t>| -> Vec<Said<'t>> {
                let said = view.said.iter().filter(|said| said.name == name);
                said.copied().collect()
            };
            let (before, after) = (all(old), all(new));
            let texts = |all: &[Said<'t>]| {
                let mut texts: Vec<String> = all.iter().map(presence::unordered).collect();
                texts.sort();
                texts.dedup();
                texts
            };
            let silenced = before.iter().chain(&after).any(told);
            if texts(&before) != texts(&after) && !silenced && !starts(&before, &after) {
                let spot = |all: &[Said<'t>]| all.first().map(Said::spot);
                silent.push(Change::new(
                    &compose::NO_EFFECT,
                    spot(&before),
                    spot(&after),
                ));
            }
        }
        for change in silent {
            notes.push(change);
        }
    }
}

/// The values that a keyword speaks of, where it speaks of one kind.
fn said_of(said: &Said<'_>) -> Option<Types> {
    match Reader::of(said.keyword?) {
        Reader::Assert(Family::Text) => Some(Types::STRING),
        Reader::Assert(Family::Number) => Some(Types::NUMBER),
        Reader::Assert(Family::List) => Some(Types::ARRAY),
        Reader::Assert(Family::Object) => Some(Types::OBJECT),
        _ => None,
    }
}

impl Site {
    /// A place inside.
    fn inside(&self, token: &str) -> Site {
        Site {
            path: format!("{}/{}", self.path, escape(token)),
            context: self.context.clone(),
        }
    }

    /// The place of a field; `at` is its schema.
    fn field(&self, token: &str, tree: &Tree<'_>, at: At<'_>) -> Site {
        let mut site = self.inside(token);
        site.context = self.context.of_field(tree, at);
        site
    }

    fn part(&self) -> Part {
        Part {
            path: self.path.clone(),
            context: self.context.clone(),
        }
    }
}

impl Context {
    /// The context of a field, in that of what is around it.
    fn of_field(&self, tree: &Tree<'_>, at: At<'_>) -> Context {
        let term = effective(tree, at, "title").and_then(|at| at.node.text());
        let rows: Vec<String> = match effective(tree, at, "x-row").map(|at| &at.node.value) {
            Some(Value::Text(row)) => vec![row.clone()],
            Some(Value::List(rows)) => rows
                .iter()
                .filter_map(Node::text)
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
        Context {
            term: term.map_or_else(|| self.term.clone(), |term| Some(term.to_owned())),
            rows: if rows.is_empty() {
                self.rows.clone()
            } else {
                rows
            },
        }
    }
}

/// What a schema says, or the schema that it refers to.
fn effective<'t>(tree: &'t Tree<'_>, at: At<'t>, key: &str) -> Option<At<'t>> {
    let mut at = at;
    for _ in 0..MAX_CHAIN {
        if let Some(said) = at.get(key) {
            return Some(said);
        }
        at = tree.follow(at.file, at.get("$ref")?.node.text()?)?;
    }
    None
}

/// Where a schema refers to, if it says nothing else about which values are valid.
fn refers_only<'t>(tree: &'t Tree<'t>, at: At<'t>) -> Option<At<'t>> {
    let reference = at.get("$ref")?.node.text()?;
    let others = at.node.members().iter().any(|member| {
        matches!(
            Keyword::named(&member.key).map(Reader::of),
            Some(Reader::Assert(_) | Reader::Compose(_))
        )
    });
    if others {
        return None;
    }
    tree.follow(at.file, reference)
}

/// The members of a schema.
fn said_by(at: At<'_>) -> Vec<Said<'_>> {
    let members = at.node.members().iter();
    members
        .map(|member| Said {
            name: &member.key,
            keyword: Keyword::named(&member.key),
            key: member.key_place,
            value: at.part(&member.node),
            owner: at,
        })
        .collect()
}

/// A whole schema, for changes that no keyword of its own says.
fn whole(held: &Held<'_>) -> Option<Spot> {
    let node = held.nodes.first()?.node;
    Some(Spot::new(node.place, node))
}

/// Whether a value is held to anything at all.
fn is_free(held: &Held<'_>) -> bool {
    !held.never && held.nodes.iter().all(|at| admits_all(at.node))
}
