//! The second opinion: schemas as sets of values.
//!
//! Both schemas become documents of their own ([`bundle`]), read as the flow has it; the crate
//! jsonschema judges whether one set covers the other. What it says is evidence: what it cannot
//! decide stays unknown, unless [`witness`] finds a value on which a validator proves it.

mod bundle;
mod conjunction;
mod mask;
mod number;
mod patterns;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use jsonschema::Draft;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::Value;

pub(crate) use self::bundle::plain;
use self::bundle::{Bundle, bundle};
use super::finding::{Answer, Example};
use super::tree::{At, Tree};
use super::verdict::{Flow, Reading};

/// A document that is longer as text is not judged.
const MAX_TEXT: usize = 256 * 1024;

/// A schema of one side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side<'t> {
    pub(crate) tree: &'t Tree<'t>,
    pub(crate) at: At<'t>,
}

/// How deep schemas are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Depth {
    /// Members and elements are taken for equal: their own differences have places of their own.
    Masked,
    /// With everything inside.
    Whole,
}

/// What the algebra says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opinion {
    /// Does what has to be valid stay valid? Sent: the new schema covers the old; received: the old
    /// covers the new.
    pub(crate) answer: Answer,
    /// The values that do not, in words.
    pub(crate) lost: Option<String>,
    /// One of them, which a validator confirmed.
    pub(crate) example: Option<Example>,
}

impl Opinion {
    const UNKNOWN: Opinion = Opinion {
        answer: Answer::Unknown,
        lost: None,
        example: None,
    };
}

/// A schema with all that it refers to, in a reading, for a validator. The JSON inside of texts is
/// not looked at.
pub(crate) fn document(tree: &Tree<'_>, at: At<'_>, reading: Reading) -> Option<Value> {
    let bundle = bundle(tree, at, reading, false)?;
    (!bundle.unclosed).then(|| bundle.document())
}

/// Compares two schemas of one value.
pub(crate) fn opinion(
    old: Side<'_>,
    new: Side<'_>,
    flow: Flow,
    reading: Reading,
    depth: Depth,
) -> Opinion {
    // The crate is experimental: should it panic, it has no opinion.
    catch_unwind(AssertUnwindSafe(|| judge(old, new, flow, reading, depth)))
        .unwrap_or(None)
        .unwrap_or(Opinion::UNKNOWN)
}

fn judge(
    old: Side<'_>,
    new: Side<'_>,
    flow: Flow,
    reading: Reading,
    depth: Depth,
) -> Option<Opinion> {
    let (old, new) = bundles(old, new, reading)?;
    let (mut masked_old, mut masked_new) = (old.clone(), new.clone());
    if depth == Depth::Masked {
        mask::mask(&mut masked_old, &mut masked_new);
    }
    // What was valid has to be covered by what is valid, and for what is received the reverse.
    let ((needed, masked_needed), (given, masked_given)) = match flow {
        Flow::Sent => ((old, masked_old), (new, masked_new)),
        Flow::Received => ((new, masked_new), (old, masked_old)),
    };
    if needed.unclosed || given.unclosed {
        return None;
    }
    let (mut needed_document, mut given_document) =
        (masked_needed.document(), masked_given.document());
    patterns::relate(&mut needed_document, &mut given_document);
    let (answer, lost) = covers(&given_document, &needed_document)?;
    // A side that takes more than it says proves nothing where it was generous.
    let answer = match answer {
        Answer::Yes if given.loose => Answer::Unknown,
        Answer::No if needed.loose => Answer::Unknown,
        answer => answer,
    };
    Some(Opinion {
        answer,
        lost: lost.map(|l| l.to_json_schema().to_string()),
        example: None,
    })
}

/// Both schemas as documents. The JSON inside of texts is made visible if both have such texts.
fn bundles(old: Side<'_>, new: Side<'_>, reading: Reading) -> Option<(Bundle, Bundle)> {
    let both = |content| {
        let old = bundle(old.tree, old.at, reading, content)?;
        Some((old, bundle(new.tree, new.at, reading, content)?))
    };
    let (old, new) = both(true)?;
    if old.content == new.content {
        Some((old, new))
    } else {
        both(false)
    }
}

/// Whether all values of a schema are values of another, and those that are not.
fn covers(given: &Value, needed: &Value) -> Option<(Answer, Option<CanonicalSchema>)> {
    if given == needed {
        return Some((Answer::Yes, None));
    }
    if given.to_string().len() > MAX_TEXT || needed.to_string().len() > MAX_TEXT {
        return None;
    }
    let (given, needed) = (canonical(given)?, canonical(needed)?);
    let answer = match given.covers(&needed).ok()? {
        Containment::Yes => return Some((Answer::Yes, None)),
        Containment::No => Answer::No,
        Containment::Unknown => Answer::Unknown,
    };
    Some((answer, needed.subtract(&given).ok()))
}

fn canonical(document: &Value) -> Option<CanonicalSchema> {
    let options = canonical::options().with_draft(Draft::Draft202012);
    options.offline().canonicalize(document).ok()
}
