//! Keywords that say something about a value beyond which values are valid: words, Rust shapes.

use super::alternative::equal;
use super::notes::Notes;
use super::reader::Reader;
use super::types::Types;
use super::view::Said;
use crate::json::{Node, Value};
use crate::keyword::{Documentation, Keyword, Shape};
use crate::review::change::canonical;
use crate::review::number::Number;
use crate::review::rule::Rule;
use crate::review::rules::compose::{KEYWORD_CHANGED, NO_EFFECT, SCHEMA_MOVED};
use crate::review::rules::value::{
    DECIMAL_CHANGED, DECIMAL_LIFTED, DECIMAL_NARROWED, DECIMAL_SET, DECIMAL_WIDENED,
    SENSITIVE_LIFTED, SENSITIVE_SET, TIME_CHANGED, TIME_LIFTED, TIME_SET, WIRE_FORM_CHANGED,
};
use crate::review::rules::words::{DEPRECATED_LIFTED, DEPRECATED_SET};
use crate::review::tree::At;

/// Compares everything of this kind; of several schemas that say it the first one counts.
pub(super) fn compare(old: &[Said<'_>], new: &[Said<'_>], notes: &mut Notes) {
    let mut names: Vec<&str> = Vec::new();
    for said in new.iter().chain(old) {
        if !names.contains(&said.name) {
            names.push(said.name);
        }
    }
    for name in names {
        let first = |all: &[Said<'_>]| all.iter().position(|said| said.name == name);
        let (before, after) = (
            first(old).and_then(|n| old.get(n)),
            first(new).and_then(|n| new.get(n)),
        );
        let keyword = before.or(after).and_then(|said| said.keyword);
        let Some(reader) = keyword.map(Reader::of) else {
            if name != "definitions" && texts(old, name) != texts(new, name) {
                notes.said(&KEYWORD_CHANGED, before, after);
            }
            continue;
        };
        match reader {
            Reader::Simple(rule) if text(before) != text(after) => notes.said(rule, before, after),
            Reader::Simple(rule) => behind(rule, old, new, name, notes),
            Reader::Reference if texts(old, name) != texts(new, name) => {
                notes.said(&SCHEMA_MOVED, before, after);
            }
            Reader::Meaning if keyword == Some(Keyword::Shape(Shape::XWire)) => {
                let rule = if form(old) == form(new) {
                    &NO_EFFECT
                } else {
                    &WIRE_FORM_CHANGED
                };
                // A choice that comes or goes with the types that leave it is told with them.
                let alone = before.is_some() == after.is_some() || choice(old) == choice(new);
                if text(before) != text(after) && (rule == &WIRE_FORM_CHANGED || alone) {
                    notes.said(rule, before, after);
                }
            }
            Reader::Meaning => own(keyword, before, after, notes),
            Reader::Reference
            | Reader::Compose(_)
            | Reader::Assert(_)
            | Reader::Shelf
            | Reader::Setting => {}
        }
    }
}

/// Which form is written: a lone type has but one, and `x-wire` says which where there are two.
fn form<'t>(all: &[Said<'t>]) -> Option<&'t str> {
    let wire = all.iter().find(|said| said.is(Shape::XWire));
    match types(all) {
        Some(types) if !types.meet(Types::NUMBER) => Some("string"),
        Some(types) if !types.meet(Types::STRING) => Some("number"),
        _ => wire.and_then(|said| said.value.node.text()),
    }
}

/// Whether the types leave a choice of forms.
fn choice(all: &[Said<'_>]) -> bool {
    types(all).is_none_or(|types| types.meet(Types::NUMBER) && types.meet(Types::STRING))
}

fn types(all: &[Said<'_>]) -> Option<Types> {
    let said = all.iter().find(|said| said.is(Shape::Type))?;
    Types::said(said.value.node)
}

/// Tells what changed behind the first one, where several schemas say the same keyword.
fn behind(rule: &'static Rule, old: &[Said<'_>], new: &[Said<'_>], name: &str, notes: &mut Notes) {
    let (before, after): (Vec<_>, Vec<_>) = (
        old.iter().filter(|said| said.name == name).collect(),
        new.iter().filter(|said| said.name == name).collect(),
    );
    // More or fewer of them are a matter of where schemas stand.
    if before.len() == after.len() {
        for (before, after) in before.into_iter().zip(after) {
            if text(Some(before)) != text(Some(after)) {
                notes.said(rule, Some(before), Some(after));
            }
        }
    }
}

fn text(said: Option<&Said<'_>>) -> Option<String> {
    said.map(|said| canonical(said.value.node))
}

fn texts(all: &[Said<'_>], name: &str) -> Vec<String> {
    let all = all.iter().filter(|said| said.name == name);
    let mut texts: Vec<String> = all.map(|said| canonical(said.value.node)).collect();
    texts.sort();
    texts
}

fn own(
    keyword: Option<Keyword>,
    before: Option<&Said<'_>>,
    after: Option<&Said<'_>>,
    notes: &mut Notes,
) {
    let rule = match keyword {
        Some(Keyword::Shape(Shape::XDecimal)) => match (before, after) {
            (Some(old), Some(new)) => decimals(old.value, new.value),
            _ => presence(before, after, &DECIMAL_SET, &DECIMAL_LIFTED),
        },
        Some(Keyword::Shape(Shape::XTime)) => match (before, after) {
            (Some(_), Some(_)) if text(before) != text(after) => Some(&TIME_CHANGED),
            _ => presence(before, after, &TIME_SET, &TIME_LIFTED),
        },
        Some(Keyword::Shape(Shape::XEnum)) => {
            super::listed::known(before, after, notes);
            return;
        }
        Some(Keyword::Shape(Shape::XSensitive)) => {
            switch(before, after, &SENSITIVE_SET, &SENSITIVE_LIFTED)
        }
        Some(Keyword::Documentation(Documentation::Deprecated)) => {
            switch(before, after, &DEPRECATED_SET, &DEPRECATED_LIFTED)
        }
        _ => None,
    };
    if let Some(rule) = rule {
        notes.said(rule, before, after);
    }
}

fn presence(
    before: Option<&Said<'_>>,
    after: Option<&Said<'_>>,
    set: &'static Rule,
    lifted: &'static Rule,
) -> Option<&'static Rule> {
    match (before, after) {
        (None, Some(_)) => Some(set),
        (Some(_), None) => Some(lifted),
        _ => None,
    }
}

/// A keyword that is true or says nothing.
fn switch(
    before: Option<&Said<'_>>,
    after: Option<&Said<'_>>,
    set: &'static Rule,
    lifted: &'static Rule,
) -> Option<&'static Rule> {
    let on = |said: Option<&Said<'_>>| {
        said.is_some_and(|said| said.value.node.value == Value::Bool(true))
    };
    match (on(before), on(after)) {
        (false, true) => Some(set),
        (true, false) => Some(lifted),
        _ => None,
    }
}

/// How the digits of one decimal stand to those of another.
pub(super) fn decimals(old: At<'_>, new: At<'_>) -> Option<&'static Rule> {
    if equal(old.node, new.node) {
        return None;
    }
    let digits = |node: &Node| {
        let count = |key| Number::of(node.get(key)?)?.scaled(0);
        let (precision, scale) = (count("precision")?, count("scale")?);
        Some((precision - scale, scale))
    };
    let (Some((whole, scale)), Some((wholes, scales))) = (digits(old.node), digits(new.node))
    else {
        return Some(&DECIMAL_CHANGED);
    };
    match (
        wholes < whole || scales < scale,
        wholes > whole || scales > scale,
    ) {
        (true, false) => Some(&DECIMAL_NARROWED),
        (false, true) => Some(&DECIMAL_WIDENED),
        _ => Some(&DECIMAL_CHANGED),
    }
}
