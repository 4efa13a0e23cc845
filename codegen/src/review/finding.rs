//! What a review says: findings, each of one change to one message, and what they add up to.

use super::rule::Rule;
use super::verdict::{Axis, Bump, Direction, Flow, Rust, Wire};

/// One change, as it matters to one message of one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// `wangdian-flagship`.
    pub gateway: String,
    /// The method; none for a setting of the gateway itself.
    pub api: Option<String>,
    /// The half of the exchange.
    pub direction: Direction,
    /// Who makes the message; none for settings.
    pub flow: Option<Flow>,
    /// Where the value is in the message: `/detail_list/*/num`; empty for the message itself and for
    /// settings. Of several places the first.
    pub path: String,
    /// The document's Chinese term for the value, where the schema has one.
    pub term: Option<String>,
    /// Where the schema says it: in the head, and for what was removed in the base.
    pub location: Location,
    /// What the schema said, as compact JSON with sorted members; none where it said nothing.
    pub old: Option<String>,
    /// What it says now.
    pub new: Option<String>,
    /// Its verdict for traffic.
    pub wire: Wire,
    /// Its verdict for programs.
    pub rust: Rust,
    /// The worse of both, as far as the review was asked for them: a major change for programs is a
    /// breaking one.
    pub severity: Wire,
    /// The bump that both ask for.
    pub bump: Bump,
    /// What the types of the bindings lost or gained by it: `field ProcessUpload.num: Decimal`.
    pub items: Vec<Item>,
    /// What the algebra of sets says of the place, when it was asked.
    pub algebra: Option<Answer>,
    /// Neither the rules nor the algebra can tell for sure.
    pub undecided: bool,
    /// The values that were lost (received: gained), in words.
    pub lost: Option<String>,
    /// A value on which the two schemas disagree, seen by a validator to be so.
    pub example: Option<Example>,
    /// The document row that the place cites.
    pub source: Option<Citation>,
    /// Methods that the change reaches, where it is a setting of a gateway.
    pub affects: Vec<String>,
    /// First 12 hex digits of SHA-256 over rule, api, direction, pointer, old and new.
    pub fingerprint: String,
}

/// A place in a schema file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// File below `schemas/`.
    pub path: String,
    /// JSON Pointer in it.
    pub pointer: String,
    /// Line, from 1.
    pub line: usize,
    /// Character in that line, from 1.
    pub column: usize,
    /// It is a place of the base: there is none in the head.
    pub base: bool,
    /// The nearest place that the head has, for removals: where an annotation can point.
    pub head: Option<(usize, usize)>,
}

/// An answer of the algebra of sets: does what is valid cover what has to be?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// Nothing was lost.
    Yes,
    /// Something was.
    No,
    /// It cannot tell.
    Unknown,
}

/// A value that one schema takes and the other does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The value at the finding's path, as compact JSON; long texts are shortened in the middle.
    pub value: String,
    /// It was valid and no longer is; otherwise the reverse.
    pub was_valid: bool,
}

/// The row of a vendor's document that a place was transcribed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document, as `sources.lock` names it.
    pub document: String,
    /// `param/11`.
    pub row: String,
    /// First digits of the row's hash in the lock; none when the lock has no such row.
    pub sha256: Option<String>,
}

/// A part of the bindings' public interface that a change touches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// `wangdian_flagship::ProcessUpload::new`.
    pub name: String,
    /// Its declaration before; none when it is new.
    pub old: Option<String>,
    /// Its declaration now; none when it is gone.
    pub new: Option<String>,
}

/// An API that was looked at, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// `wangdian-flagship`.
    pub gateway: String,
    /// The method.
    pub api: String,
    /// What made it worth looking at.
    pub because: Because,
}

/// Why an API was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Because {
    /// Its file is new.
    Added,
    /// Its file is gone.
    Removed,
    /// Its file has other bytes.
    Changed,
    /// Its gateway's file has other bytes.
    Gateway,
}

/// Everything that a review found, in order: gateway, API, direction, pointer, rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// What was asked for.
    pub axis: Axis,
    /// The findings.
    pub findings: Vec<Finding>,
    /// The APIs that were looked at.
    pub judged: Vec<Judged>,
    /// Generated files that the two trees do not share byte by byte, below `src/generated/`; empty
    /// when only the wire was asked for.
    pub generated: Vec<String>,
}

impl Review {
    /// The bump that all findings together ask for.
    pub fn bump(&self) -> Bump {
        self.findings
            .iter()
            .map(|f| f.bump)
            .max()
            .unwrap_or(Bump::None)
    }

    /// How many findings are that bad.
    pub fn count(&self, severity: Wire) -> usize {
        let as_bad = |finding: &&Finding| finding.severity == severity;
        self.findings.iter().filter(as_bad).count()
    }
}
