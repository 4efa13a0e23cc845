//! The question divided: a value is covered when its own rules are and all that is inside of it is.
//!
//! The crate's algebra grows fast with the members of an object; it only ever sees one level, where
//! what is inside can be told apart from it.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jsonschema::Draft;
use jsonschema::canonical::{self, CanonicalSchema, Containment};
use serde_json::Value;

use super::document::{Bundle, types};
use super::effort::Effort;
use super::mask::{Inner, hide};
use super::patterns;
use super::sample::sample;
use super::witness::validator;
use super::words::{MAX_PARTS, inside, words};
use crate::review::finding::Answer;

/// A document that is longer as text is not judged.
const MAX_TEXT: usize = 128 * 1024;
/// A schema that is no longer is judged in one piece, too, if the pieces say nothing.
const MAX_SMALL: usize = 2_000;
/// So many pairs of schemas are judged.
const MAX_PAIRS: usize = 2_000;
/// Schemas are divided this deep.
const MAX_DEPTH: usize = 100;

/// An answer and what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) answer: Answer,
    /// Where values are not covered and which, in words.
    pub(super) lost: Option<Vec<Lost>>,
    /// Those values as a schema, where the question was not divided.
    pub(super) values: Option<Value>,
}

/// Values at a place inside.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    /// Steps from the value itself.
    path: Vec<String>,
    words: String,
}

/// Everything that was lost, in one line.
pub(super) fn told(lost: &[Lost]) -> Option<String> {
    let mut shown: Vec<String> = lost.iter().take(MAX_PARTS).map(Lost::told).collect();
    let more = lost.len() - shown.len();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    (!shown.is_empty()).then(|| shown.join("; "))
}

impl Lost {
    fn told(&self) -> String {
        let steps = self.path.iter().rev();
        steps.fold(self.words.clone(), |told, step| inside(step, &told))
    }

    fn below(self, step: &str) -> Lost {
        let mut path = vec![step.to_owned()];
        path.extend(self.path);
        Lost { path, ..self }
    }
}

impl Judged {
    fn only(answer: Answer) -> Judged {
        Judged {
            answer,
            lost: None,
            values: None,
        }
    }
}

/// Whether a schema covers all values that another one takes.
pub(super) fn judge(needed: &Bundle, given: &Bundle, effort: &Effort) -> Judged {
    let mut divider = Divider {
        needed,
        given,
        effort,
        judged: BTreeMap::new(),
    };
    divider.judge(&needed.schema, &given.schema, MAX_DEPTH)
}

struct Divider<'b> {
    needed: &'b Bundle,
    given: &'b Bundle,
    effort: &'b Effort,
    /// Pairs by their text. One that is still being judged counts as covered: what it turns out to be
    /// is an answer of its own.
    judged: BTreeMap<(String, String), Judged>,
}

impl Divider<'_> {
    fn judge(&mut self, needed: &Value, given: &Value, depth: usize) -> Judged {
        let (needed, given) = (self.needed.resolve(needed), self.given.resolve(given));
        let key = (needed.to_string(), given.to_string());
        if let Some(judged) = self.judged.get(&key) {
            return judged.clone();
        }
        let Some(depth) = depth
            .checked_sub(1)
            .filter(|_| self.judged.len() < MAX_PAIRS)
        else {
            return Judged::only(Answer::Unknown);
        };
        self.judged.insert(key.clone(), Judged::only(Answer::Yes));
        let (mut own, mut other) = (needed.clone(), given.clone());
        let judged = if divisible(needed) && divisible(given) {
            let inner = hide(&mut own, &mut other);
            let judged = self.divided(needed, (&own, &other), &inner, depth);
            match judged.answer {
                Answer::Unknown if self.small(needed, given) => self.undivided(needed, given),
                _ => judged,
            }
        } else {
            self.undivided(needed, given)
        };
        self.judged.insert(key, judged.clone());
        judged
    }

    fn divided(
        &mut self,
        needed: &Value,
        own: (&Value, &Value),
        inner: &[Inner],
        depth: usize,
    ) -> Judged {
        let mut whole = self.undivided(own.0, own.1);
        if inner.is_empty() {
            return whole;
        }
        whole.values = None;
        let definitions = &self.needed.definitions;
        // What was taken for anything has to be something.
        let something = |schema: &Value| {
            sample(schema, definitions).is_some_and(|value| {
                validator(schema, definitions).is_some_and(|schema| schema.is_valid(&value))
            })
        };
        if whole.answer == Answer::No && !inner.iter().all(|(_, schema, _)| something(schema)) {
            whole.answer = Answer::Unknown;
        }
        // What is lost is told only if all of it can be.
        let mut lost = match whole.answer {
            Answer::Yes => Some(Vec::new()),
            Answer::No | Answer::Unknown => whole.lost.take(),
        };
        // The same for all members, and for all elements.
        let (members, elements) = (OnceCell::new(), OnceCell::new());
        let held = |step: &str| {
            let (kind, known) = if is_member(needed, step) {
                ("object", &members)
            } else {
                ("array", &elements)
            };
            *known.get_or_init(|| something(&of_type(needed, kind)))
        };
        for (step, schema, other) in inner {
            let mut judged = self.judge(schema, other, depth);
            if judged.answer == Answer::No && !(may_hold(needed, step) && held(step)) {
                judged.answer = Answer::Unknown;
            }
            if judged.answer == Answer::No {
                lost = lost.zip(judged.lost).map(|(mut lost, more)| {
                    lost.extend(more.into_iter().map(|lost| lost.below(step)));
                    lost
                });
            }
            whole.answer = worse(whole.answer, judged.answer);
        }
        whole.lost = lost;
        whole
    }

    /// Whether the crate may be asked about all of it.
    fn small(&self, needed: &Value, given: &Value) -> bool {
        let documents = [
            self.needed.document(needed).to_string(),
            self.given.document(given).to_string(),
        ];
        documents.iter().all(|document| document.len() <= MAX_SMALL)
    }

    /// What the crate says.
    fn undivided(&self, needed: &Value, given: &Value) -> Judged {
        let mut needed = self.needed.document(needed);
        let mut given = self.given.document(given);
        if needed == given {
            return Judged::only(Answer::Yes);
        }
        if !self.effort.affords(&needed, &given) {
            return Judged::only(Answer::Unknown);
        }
        patterns::relate(&mut needed, &mut given, self.effort);
        compare(&needed, &given).unwrap_or(Judged::only(Answer::Unknown))
    }
}

fn compare(needed: &Value, given: &Value) -> Option<Judged> {
    if needed.to_string().len() > MAX_TEXT || given.to_string().len() > MAX_TEXT {
        return None;
    }
    let (needed, given) = (canonical(needed)?, canonical(given)?);
    let answer = match given.covers(&needed).ok()? {
        Containment::Yes => return Some(Judged::only(Answer::Yes)),
        Containment::No => Answer::No,
        Containment::Unknown => Answer::Unknown,
    };
    let lost = needed.subtract(&given).ok();
    let values = lost.map(|lost| lost.to_json_schema());
    let words = |values| words(values, &needed.to_json_schema());
    Some(Judged {
        answer,
        lost: values.as_ref().and_then(words).map(|words| {
            let path = Vec::new();
            vec![Lost { path, words }]
        }),
        values,
    })
}

fn canonical(document: &Value) -> Option<CanonicalSchema> {
    let options = canonical::options().with_draft(Draft::Draft202012);
    options.offline().canonicalize(document).ok()
}

fn worse(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Answer::No, _) | (_, Answer::No) => Answer::No,
        (Answer::Unknown, _) | (_, Answer::Unknown) => Answer::Unknown,
        (Answer::Yes, Answer::Yes) => Answer::Yes,
    }
}

/// Keywords that look at what is inside of a value, other than member by member.
const ENTANGLED: [&str; 15] = [
    "$ref",
    "$dynamicRef",
    "enum",
    "const",
    "not",
    "if",
    "then",
    "else",
    "oneOf",
    "contains",
    "uniqueItems",
    "dependentSchemas",
    "patternProperties",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Whether what a schema says of a value itself can be told apart from what it says of the inside.
fn divisible(schema: &Value) -> bool {
    let presence = |keyword| {
        let branches = schema.get(keyword).and_then(Value::as_array);
        branches.is_none_or(|branches| branches.iter().all(about_presence))
    };
    schema.is_object()
        && !ENTANGLED
            .iter()
            .any(|keyword| schema.get(keyword).is_some())
        && presence("anyOf")
        && presence("allOf")
}

/// Whether a schema only says which members there are, or what a text matches.
fn about_presence(schema: &Value) -> bool {
    schema.as_object().is_some_and(|keywords| {
        keywords
            .iter()
            .all(|(keyword, rule)| match keyword.as_str() {
                "required" | "pattern" => true,
                "anyOf" => rule
                    .as_array()
                    .is_some_and(|list| list.iter().all(about_presence)),
                _ => false,
            })
    })
}

/// The values of a schema that are of that type.
fn of_type(schema: &Value, kind: &str) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("type".to_owned(), kind.into());
    }
    schema
}

/// Whether a part is a member of an object, and not an element of a list.
fn is_member(schema: &Value, step: &str) -> bool {
    let names = schema.get("properties");
    step == "*" && schema.get("additionalProperties").is_some()
        || names.is_some_and(|names| names.get(step).is_some())
}

/// Whether a schema that takes anything surely takes a value with that part, whatever else it holds.
fn may_hold(schema: &Value, step: &str) -> bool {
    let member = is_member(schema, step);
    let Value::Object(schema) = schema else {
        return false;
    };
    let types = types(schema);
    let of = |kind| types.is_empty() || types.contains(&kind);
    if member {
        let limits = ["maxProperties", "dependentRequired", "propertyNames"];
        return of("object") && !limits.iter().any(|limit| schema.contains_key(*limit));
    }
    let first = schema.get("prefixItems").and_then(Value::as_array);
    let index = step.parse().unwrap_or(first.map_or(0, Vec::len));
    let most = schema.get("maxItems").and_then(Value::as_u64);
    of("array") && most.is_none_or(|most| usize::try_from(most).is_ok_and(|most| most > index))
}
