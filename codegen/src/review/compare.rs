//! Two schemas that are nobody's API: what the walker, the algebra and both together say.

use super::algebra::{Depth, Effort, Side, opinion};
use super::finding::{Answer, Example};
use super::judge::{Court, judge};
use super::rule::Rule;
use super::tree::Tree;
use super::verdict::{Flow, Reading, Wire};
use super::walk::walk;
use crate::diagnostic::{Diagnostics, Problems};
use crate::source::SourceFile;

/// Where a schema that has no place of its own stands.
const PATH: &str = "plain/schema.json";

/// What is said of two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The walker alone: the worst of what it named.
    pub walker: Wire,
    /// The walker alone cannot tell.
    pub walker_unclear: bool,
    /// The algebra alone.
    pub algebra: Answer,
    /// Both together.
    pub verdict: Wire,
    /// Both together cannot tell.
    pub undecided: bool,
    /// What the walker named, in order of places.
    pub rules: Vec<&'static Rule>,
    /// The values that were lost (received: gained), in words.
    pub lost: Option<String>,
    /// One of them.
    pub example: Option<Example>,
}

/// Compares two schemas, each as the text of a JSON document, or tells why a text is no JSON.
pub fn compare(
    old: &str,
    new: &str,
    reading: Reading,
    flow: Flow,
) -> Result<Comparison, Diagnostics> {
    let files = [old, new].map(|text| {
        [SourceFile {
            path: PATH.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }]
    });
    let [old, new] = &files;
    let (old, new) = (read(old)?, read(new)?);
    let (Some(old_root), Some(new_root)) = (old.root(PATH), new.root(PATH)) else {
        return Err(Diagnostics::default());
    };
    let halves = ((&old, old_root), (&new, new_root));

    let court = Court {
        flow,
        reading,
        bindings: false,
    };
    let named: Vec<_> = walk(halves.0, halves.1, reading)
        .into_iter()
        .flat_map(|difference| difference.changes)
        .collect();
    let algebra = opinion(
        Side {
            tree: &old,
            at: old_root,
        },
        Side {
            tree: &new,
            at: new_root,
        },
        flow,
        reading,
        Depth::Whole,
        &Effort::default(),
    );
    let verdicts = judge(halves.0, halves.1, court);
    let walker = worst(
        named
            .iter()
            .map(|change| (change.rule.wire(flow, false), change.unclear)),
    );
    let both = worst(
        verdicts
            .iter()
            .map(|verdict| (verdict.wire, verdict.undecided)),
    );
    Ok(Comparison {
        walker: walker.0,
        walker_unclear: walker.1,
        algebra: algebra.answer,
        verdict: both.0,
        undecided: both.1,
        rules: named.iter().map(|change| change.rule).collect(),
        lost: algebra.lost,
        example: algebra.example,
    })
}

/// The worst of several verdicts, each with whether it is a guess. What breaks for sure settles the
/// matter, whatever cannot be told beside it.
fn worst(verdicts: impl Iterator<Item = (Wire, bool)>) -> (Wire, bool) {
    let all: Vec<_> = verdicts.collect();
    let wire = all
        .iter()
        .map(|(wire, _)| *wire)
        .max()
        .unwrap_or(Wire::Docs);
    let settled = all.contains(&(Wire::Breaking, false));
    (wire, !settled && all.iter().any(|(_, guess)| *guess))
}

fn read(files: &[SourceFile]) -> Result<Tree<'_>, Diagnostics> {
    let mut problems = Problems::default();
    let tree = Tree::read(files, &mut problems);
    if problems.is_empty() {
        Ok(tree)
    } else {
        Err(problems.resolve(tree.sources()))
    }
}
