//! Typed access to JSON values: each reader gives the value it expects, or reports and gives
//! nothing.
//!
//! [`Members`] reads an object with a fixed set of members: what is asked for is known, what is
//! left at the end is reported.

use crate::code::Code;
use crate::diagnostic::Problems;
use crate::ir::Bound;
use crate::json::{Node, Value};
use crate::names;
use crate::source::{Place, Span, Spanned};
use crate::suggest::did_you_mean;

/// Most digits of a bound: what an `i64` always holds.
const MAX_DIGITS: usize = 18;

pub(crate) fn wrong_type(node: &Node, expected: &str, problems: &mut Problems) {
    problems.report(
        Code::WrongType,
        node.place,
        format!("expected {expected}, found {}", node.kind()),
        format!("write {expected}"),
    );
}

pub(crate) fn text(node: &Node, problems: &mut Problems) -> Option<Spanned<String>> {
    if let Some(text) = node.text() {
        return Some(Spanned {
            value: text.to_owned(),
            place: node.place,
        });
    }
    wrong_type(node, "a string", problems);
    None
}

pub(crate) fn boolean(node: &Node, problems: &mut Problems) -> Option<Spanned<bool>> {
    if let Value::Bool(value) = node.value {
        return Some(Spanned {
            value,
            place: node.place,
        });
    }
    wrong_type(node, "true or false", problems);
    None
}

/// A whole number from 0 to `u32::MAX`.
pub(crate) fn count(node: &Node, problems: &mut Problems) -> Option<Spanned<u32>> {
    let Value::Number(text) = &node.value else {
        wrong_type(node, "a whole number", problems);
        return None;
    };
    if let Ok(value) = text.parse() {
        return Some(Spanned {
            value,
            place: node.place,
        });
    }
    problems.report(
        Code::BadCount,
        node.place,
        format!("`{text}` is no count"),
        format!(
            "write a whole number from 0 to {}, in plain digits",
            u32::MAX
        ),
    );
    None
}

/// A whole number of at most eighteen digits.
pub(crate) fn whole(node: &Node, problems: &mut Problems) -> Option<Spanned<i64>> {
    let bound = bound(node, problems)?;
    if bound.value.scale == 0 {
        return Some(Spanned {
            value: bound.value.units,
            place: bound.place,
        });
    }
    wrong_type(node, "a whole number", problems);
    None
}

/// A number of at most eighteen digits, kept exactly.
pub(crate) fn bound(node: &Node, problems: &mut Problems) -> Option<Spanned<Bound>> {
    let Value::Number(text) = &node.value else {
        wrong_type(node, "a number", problems);
        return None;
    };
    if let Some(value) = exact(text) {
        return Some(Spanned {
            value,
            place: node.place,
        });
    }
    problems.report(
        Code::BadBound,
        node.place,
        format!(
            "`{}` is no exact bound",
            text.chars().take(40).collect::<String>()
        ),
        format!("write at most {MAX_DIGITS} digits in plain notation, without an exponent"),
    );
    None
}

fn exact(text: &str) -> Option<Bound> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    if digits.trim_start_matches('-').len() > MAX_DIGITS {
        return None;
    }
    Some(Bound {
        units: digits.parse().ok()?,
        scale: u32::try_from(fraction.len()).ok()?,
    })
}

/// An array, each element read by `read`; elements that are wrong are left out.
pub(crate) fn list<T>(
    node: &Node,
    problems: &mut Problems,
    mut read: impl FnMut(&Node, &mut Problems) -> Option<T>,
) -> Option<Spanned<Vec<T>>> {
    let Value::List(elements) = &node.value else {
        wrong_type(node, "an array", problems);
        return None;
    };
    let value = elements
        .iter()
        .filter_map(|element| read(element, problems))
        .collect();
    Some(Spanned {
        value,
        place: node.place,
    })
}

/// An array of strings.
pub(crate) fn texts(node: &Node, problems: &mut Problems) -> Option<Vec<Spanned<String>>> {
    list(node, problems, text).map(|list| list.value)
}

/// An array of strings that are all different.
pub(crate) fn distinct(node: &Node, problems: &mut Problems) -> Option<Vec<Spanned<String>>> {
    let texts = texts(node, problems)?;
    report_repeated(&texts, "name", problems);
    Some(texts)
}

/// Reports each text that stood before.
pub(crate) fn report_repeated(texts: &[Spanned<String>], what: &str, problems: &mut Problems) {
    let mut seen = std::collections::BTreeMap::new();
    for text in texts {
        if let Some(first) = seen.insert(text.value.as_str(), text.place) {
            problems.push(
                crate::diagnostic::Problem::new(
                    Code::Repeated,
                    text.place,
                    format!("the {what} `{}` stands twice", text.value),
                    "delete or rename one of them",
                )
                .also(first, "first here"),
            );
        }
    }
}

/// One of some words.
pub(crate) fn choice<T: Copy>(
    node: &Node,
    choices: &[(&str, T)],
    problems: &mut Problems,
) -> Option<Spanned<T>> {
    let word = text(node, problems)?;
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word.value) {
        return Some(Spanned {
            value: *value,
            place: node.place,
        });
    }
    let all: Vec<String> = choices
        .iter()
        .map(|(name, _)| format!("`{name}`"))
        .collect();
    problems.report(
        Code::WrongValue,
        node.place,
        format!("`{}` is none of the possible values", word.value),
        format!("write {}", all.join(", ")),
    );
    None
}

/// A name in `UpperCamel`.
pub(crate) fn upper_camel(node: &Node, problems: &mut Problems) -> Option<Spanned<String>> {
    let name = text(node, problems)?;
    if names::is_upper_camel(&name.value) && !names::is_reserved_type(&name.value) {
        return Some(name);
    }
    problems.report(
        Code::BadRustName,
        node.place,
        format!("`{}` cannot name a Rust type", name.value),
        "write a name in UpperCamel that the standard prelude and the crate do not use",
    );
    None
}

/// An object of fixed members, while it is being read.
pub(crate) struct Members<'n> {
    node: &'n Node,
    what: &'static str,
    known: Vec<&'static str>,
}

impl<'n> Members<'n> {
    /// `what` names the object in messages.
    pub(crate) fn open(
        node: &'n Node,
        what: &'static str,
        problems: &mut Problems,
    ) -> Option<Members<'n>> {
        if let Value::Object(_) = node.value {
            return Some(Members {
                node,
                what,
                known: Vec::new(),
            });
        }
        wrong_type(node, "an object", problems);
        None
    }

    /// The place to blame for what is missing.
    pub(crate) fn place(&self) -> Place {
        opening(self.node)
    }

    /// The node of a member, if it is there.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        self.node.get(key)
    }

    /// The node of a member that must be there.
    pub(crate) fn need(&mut self, key: &'static str, problems: &mut Problems) -> Option<&'n Node> {
        let node = self.take(key);
        if node.is_none() {
            problems.report(
                Code::MissingMember,
                self.place(),
                format!("{} lacks `{key}`", self.what),
                format!("add `\"{key}\": ...`"),
            );
        }
        node
    }

    pub(crate) fn need_text(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<String> {
        let node = self.need(key, problems)?;
        text(node, problems).map(|text| text.value)
    }

    pub(crate) fn take_text(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<String> {
        let node = self.take(key)?;
        text(node, problems).map(|text| text.value)
    }

    /// A list of strings; none when the member is absent.
    pub(crate) fn take_texts(&mut self, key: &'static str, problems: &mut Problems) -> Vec<String> {
        let texts = self
            .take(key)
            .and_then(|node| texts(node, problems))
            .unwrap_or_default();
        texts.into_iter().map(|text| text.value).collect()
    }

    /// Members that every object of the dialect may have; rows are looked at in [`crate::rows`].
    pub(crate) fn take_annotations(&mut self, problems: &mut Problems) {
        if let Some(node) = self.take("x-row") {
            rows(node, problems);
        }
        if let Some(node) = self.take("x-note") {
            texts(node, problems);
        }
        if let Some(node) = self.take("$comment") {
            text(node, problems);
        }
    }

    /// Reports what nobody asked for.
    pub(crate) fn close(self, problems: &mut Problems) {
        for member in self.node.members() {
            if self.known.contains(&member.key.as_str()) {
                continue;
            }
            let help = did_you_mean(&member.key, self.known.iter().copied())
                .unwrap_or_else(|| format!("{} has {}", self.what, self.known.join(", ")));
            problems.report(
                Code::UnknownMember,
                member.key_place,
                format!("{} has no member `{}`", self.what, member.key),
                help,
            );
        }
    }
}

/// `x-row`: one citation or a list of them.
pub(crate) fn rows(node: &Node, problems: &mut Problems) -> Option<Vec<Spanned<String>>> {
    match &node.value {
        Value::Text(_) => text(node, problems).map(|row| vec![row]),
        Value::List(_) => texts(node, problems),
        _ => {
            wrong_type(node, "a string or an array of strings", problems);
            None
        }
    }
}

/// The opening bracket of a container; the whole of anything else.
pub(crate) fn opening(node: &Node) -> Place {
    match node.value {
        Value::List(_) | Value::Object(_) => {
            let start = node.place.span.start;
            Place {
                span: Span {
                    start,
                    end: start + 1,
                },
                ..node.place
            }
        }
        _ => node.place,
    }
}
