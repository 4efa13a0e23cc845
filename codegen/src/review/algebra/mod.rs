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
mod sample;
mod shape;
#[cfg(test)]
mod tests;
mod witness;
mod words;

use std::thread;

use jsonschema::Draft;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::Value;

pub(crate) use self::bundle::plain;
use self::bundle::{Bundle, bundle};
use super::finding::{Answer, Example};
use super::tree::{At, Tree};
use super::verdict::{Flow, Reading};

/// A document that is longer as text is not judged.
const MAX_TEXT: usize = 128 * 1024;
/// Room for the crate's recursion: twice what two bundles of the greatest depth were seen to need.
const STACK: usize = 128 << 20;
/// A text that is longer is shortened for display.
const MAX_SHOWN: usize = 60;

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
    // The crate is experimental, and walks schemas by recursion: it gets a thread of its own with room
    // for all that a bundle may hold, and should it panic, it has no opinion.
    let opinion = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || judge(old, new, flow, reading, depth));
        thread.ok()?.join().ok()?
    });
    opinion.unwrap_or(Opinion::UNKNOWN)
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
    if answer == Answer::Yes || needed.loose {
        return Some(Opinion {
            answer,
            ..Opinion::UNKNOWN
        });
    }
    let values = lost.as_ref().map(|lost| &lost.values);
    let example = witness::find(&needed, &given, &masked_given, values);
    let answer = if example.is_some() {
        Answer::No
    } else {
        answer
    };
    let lost = lost.filter(|_| answer == Answer::No);
    Some(Opinion {
        answer,
        lost: lost.and_then(|lost| words::words(&lost.values, &lost.from)),
        example: example.map(|value| Example {
            value: show(&witness::decode(&value)),
            was_valid: flow == Flow::Sent,
        }),
    })
}

/// A value on one line, with long texts shortened in the middle.
fn show(value: &Value) -> String {
    shorten(value).to_string()
}

fn shorten(value: &Value) -> Value {
    match value {
        Value::String(text) => {
            let length = text.chars().count();
            if length <= MAX_SHOWN {
                return value.clone();
            }
            let start: String = text.chars().take(4).collect();
            let end: String = text.chars().skip(length - 4).collect();
            Value::String(format!("{start}…({length} characters)…{end}"))
        }
        Value::Array(elements) => elements.iter().map(shorten).collect(),
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(name, value)| (name.clone(), shorten(value)));
            members.collect()
        }
        value => value.clone(),
    }
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

/// Values that one schema takes and the other does not.
struct Lost {
    /// As a schema.
    values: Value,
    /// All values of the one, in the same form.
    from: Value,
}

/// Whether all values of a schema are values of another, and those that are not.
fn covers(given: &Value, needed: &Value) -> Option<(Answer, Option<Lost>)> {
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
    let lost = needed.subtract(&given).ok().map(|lost| Lost {
        values: lost.to_json_schema(),
        from: needed.to_json_schema(),
    });
    Some((answer, lost))
}

fn canonical(document: &Value) -> Option<CanonicalSchema> {
    let options = canonical::options().with_draft(Draft::Draft202012);
    options.offline().canonicalize(document).ok()
}
