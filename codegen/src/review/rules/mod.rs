//! The rules as data: one row for each kind of change, by what it is about.
//!
//! A row that is added here needs its opposite, and a test proves it; the walkers name rows, so a row
//! that nobody names is dead code.

pub(crate) mod api;
pub(crate) mod compose;
pub(crate) mod gateway;
pub(crate) mod list;
pub(crate) mod object;
pub(crate) mod value;
pub(crate) mod words;

use super::rule::{Rule, Sense};
use super::verdict::{Rust, Wire};

/// All rules, group by group.
pub const RULES: &[&[&Rule]] = &[
    value::ALL,
    object::ALL,
    list::ALL,
    compose::ALL,
    words::ALL,
    api::ALL,
    gateway::ALL,
];

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .copied()
        .flatten()
        .copied()
        .find(|rule| rule.id == id)
}

/// Statics, and the list of them.
macro_rules! rules {
    ($($name:ident = $rule:expr;)+) => {
        $(pub(crate) static $name: Rule = $rule;)+

        /// The rules of this group.
        pub(in crate::review) const ALL: &[&Rule] = &[$(&$name),+];
    };
}
use rules;

/// Values were lost: what was sent may be refused, what is received is only what came before.
const fn narrows(
    id: &'static str,
    opposite: &'static str,
    title: &'static str,
    title_zh: &'static str,
    why: &'static str,
) -> Rule {
    Rule {
        id,
        sense: Sense::Narrows,
        sent: Wire::Breaking,
        received: Wire::Compatible,
        tolerated: Wire::Compatible,
        visible: true,
        // `validate()` refuses what it took.
        sent_rust: Rust::MajorBehaviour,
        received_rust: Rust::Patch,
        opposite,
        title,
        title_zh,
        why,
    }
}

/// Values were gained: what was sent is still taken, what is received may be new to its reader. The
/// bindings read it all the same, so that only the program behind them can tell.
const fn widens(
    id: &'static str,
    opposite: &'static str,
    title: &'static str,
    title_zh: &'static str,
    why: &'static str,
) -> Rule {
    Rule {
        id,
        sense: Sense::Widens,
        sent: Wire::Compatible,
        received: Wire::Breaking,
        tolerated: Wire::Risky,
        visible: true,
        sent_rust: Rust::Patch,
        received_rust: Rust::Patch,
        opposite,
        title,
        title_zh,
        why,
    }
}

/// Values were lost and others gained, or nobody can tell.
const fn differs(
    id: &'static str,
    opposite: &'static str,
    title: &'static str,
    title_zh: &'static str,
    why: &'static str,
) -> Rule {
    Rule {
        id,
        sense: Sense::Differs,
        sent: Wire::Breaking,
        received: Wire::Breaking,
        tolerated: Wire::Breaking,
        visible: true,
        sent_rust: Rust::MajorBehaviour,
        received_rust: Rust::Patch,
        opposite,
        title,
        title_zh,
        why,
    }
}

/// The same values, which may mean something else.
const fn means(
    id: &'static str,
    opposite: &'static str,
    title: &'static str,
    title_zh: &'static str,
    why: &'static str,
) -> Rule {
    Rule {
        id,
        sense: Sense::Meaning,
        sent: Wire::Risky,
        received: Wire::Risky,
        tolerated: Wire::Risky,
        visible: false,
        sent_rust: Rust::Patch,
        received_rust: Rust::Patch,
        opposite,
        title,
        title_zh,
        why,
    }
}

/// Words for people.
const fn words(
    id: &'static str,
    opposite: &'static str,
    title: &'static str,
    title_zh: &'static str,
    why: &'static str,
) -> Rule {
    Rule {
        id,
        sense: Sense::Words,
        sent: Wire::Docs,
        received: Wire::Docs,
        tolerated: Wire::Docs,
        visible: false,
        sent_rust: Rust::Patch,
        received_rust: Rust::Patch,
        opposite,
        title,
        title_zh,
        why,
    }
}

impl Rule {
    /// With this verdict in what is sent.
    const fn sent(mut self, wire: Wire) -> Rule {
        self.sent = wire;
        self
    }

    /// With this verdict in what is received, whoever reads it.
    const fn received(mut self, wire: Wire) -> Rule {
        self.received = wire;
        self.tolerated = wire;
        self
    }

    /// With this verdict in what the bindings receive.
    const fn tolerated(mut self, wire: Wire) -> Rule {
        self.tolerated = wire;
        self
    }

    /// With this verdict for settings, which have no flow.
    const fn always(self, wire: Wire) -> Rule {
        self.sent(wire).received(wire)
    }

    /// Said by a keyword that the algebra of sets does not read.
    const fn unseen(mut self) -> Rule {
        self.visible = false;
        self
    }

    /// With these effects on programs, in what is sent and in what is received.
    const fn programs(mut self, sent: Rust, received: Rust) -> Rule {
        self.sent_rust = sent;
        self.received_rust = received;
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use std::collections::BTreeSet;

    use super::*;

    fn all() -> impl Iterator<Item = &'static Rule> {
        RULES.iter().copied().flatten().copied()
    }

    #[test]
    fn ids_are_unique_and_written_alike() {
        let mut seen = BTreeSet::new();
        for rule in all() {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert!(
                rule.id
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{}",
                rule.id
            );
            for text in [rule.title, rule.title_zh, rule.why] {
                assert!(!text.is_empty(), "{} lacks words", rule.id);
            }
        }
    }

    #[test]
    fn every_rule_has_its_opposite_in_the_other_direction() {
        for rule in all() {
            let Some(opposite) = super::rule(rule.opposite) else {
                unreachable!("{} has no opposite {}", rule.id, rule.opposite)
            };
            assert_eq!(opposite.opposite, rule.id, "{} is not answered", rule.id);
            let mirrored = match rule.sense {
                Sense::Narrows => Sense::Widens,
                Sense::Widens => Sense::Narrows,
                same => same,
            };
            assert_eq!(opposite.sense, mirrored, "{}", rule.id);
        }
    }

    #[test]
    fn a_change_of_the_valid_values_or_its_reverse_is_more_than_compatible() {
        for rule in all() {
            let reverse = super::rule(rule.opposite).unwrap();
            if !matches!(rule.sense, Sense::Meaning | Sense::Words) {
                let either = rule
                    .sent
                    .max(reverse.sent)
                    .max(rule.received.max(reverse.received));
                assert!(either >= Wire::Risky, "{}", rule.id);
            }
            assert!(rule.tolerated <= rule.received, "{}", rule.id);
        }
    }
}
