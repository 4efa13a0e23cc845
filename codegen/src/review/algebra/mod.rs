//! The second opinion: schemas as sets of values.
//!
//! Both schemas become documents of their own ([`bundle`]), read as the flow has it; the crate
//! jsonschema judges whether one set covers the other. What it says is evidence: what it cannot
//! decide stays unknown, unless [`witness`] finds a value on which a validator proves it.

mod bundle;
mod conjunction;
mod decimal;
mod divide;
mod document;
mod effort;
mod keyword;
mod mask;
mod patterns;
mod sample;
mod shape;
#[cfg(test)]
mod tests;
mod witness;
mod words;

use std::thread;

use serde_json::Value;

use self::bundle::bundle;
use self::divide::Judged;
use self::document::Bundle;
pub(crate) use self::effort::Effort;
pub(crate) use self::keyword::plain;
use super::finding::{Answer, Example};
use super::tree::{At, Tree};
use super::verdict::{Flow, Reading};

/// Room for the recursion of the crate: a multiple of what it was seen to need for two bundles of the
/// greatest depth.
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
    (!bundle.seen.unclosed).then(|| bundle.document(&bundle.schema))
}

/// Compares two schemas of one value; what that costs is taken from what the message may cost.
pub(crate) fn opinion(
    old: Side<'_>,
    new: Side<'_>,
    flow: Flow,
    reading: Reading,
    depth: Depth,
    effort: &Effort,
) -> Opinion {
    // The crate is experimental, and walks schemas by recursion: it gets a thread of its own with room
    // for all that a bundle may hold, and should it panic, it has no opinion.
    let opinion = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let thread = thread.spawn_scoped(scope, || judge(old, new, flow, reading, depth, effort));
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
    effort: &Effort,
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
    if needed.seen.unclosed || given.seen.unclosed {
        return None;
    }
    let Judged {
        answer,
        lost,
        values,
    } = divide::judge(&masked_needed, &masked_given, effort);
    // A side that takes more than it says proves nothing where it was generous.
    let answer = match answer {
        Answer::Yes if given.seen.loose => Answer::Unknown,
        Answer::No if needed.seen.loose => Answer::Unknown,
        answer => answer,
    };
    if answer == Answer::Yes || needed.seen.loose {
        return Some(Opinion {
            answer,
            ..Opinion::UNKNOWN
        });
    }
    let example = witness::find(&needed, &given, &masked_given, values.as_ref());
    let answer = if example.is_some() {
        Answer::No
    } else {
        answer
    };
    Some(Opinion {
        answer,
        lost: lost
            .filter(|_| answer == Answer::No)
            .and_then(|lost| divide::told(&lost)),
        example: example.map(|value| Example {
            value: show(&value),
            was_valid: flow == Flow::Sent,
        }),
    })
}

/// A value as it is on the wire, on one line. Long texts are shortened in the middle, those that hold
/// JSON are not: what they hold is.
fn show(value: &Value) -> String {
    witness::decode(&shorten(value)).to_string()
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
    if old.seen.content == new.seen.content {
        Some((old, new))
    } else {
        both(false)
    }
}
