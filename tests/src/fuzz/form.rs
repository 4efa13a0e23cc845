//! Form bodies: what is read is written and read again, and no limit is passed.

use std::fmt::Write as _;

use dockseal::form::{FormError, FormValue, Limit, Limits, decode, encode_pairs};

pub(super) const WORDS: &[&str] = &[
    "&",
    "=",
    "%",
    "+",
    "[",
    "]",
    "[]",
    "[0]",
    "[1]",
    "[a]",
    "%5B",
    "%5D",
    "%00",
    "%FF",
    "%E4%BD%A0",
    "a=1",
    "a[]=1",
    "a[9223372036854775807]=",
    "%2B",
    "%26",
    "%3D",
    "sign=",
    "[-1]",
    "[01]",
];

/// Small enough that inputs pass them.
const TIGHT: Limits = Limits {
    body: 200,
    pairs: 4,
    name: 12,
    depth: 2,
};

pub(super) fn body(data: &[u8]) {
    let within = decode(data, &Limits::DEFAULT);
    if let Ok(pairs) = &within {
        holds(pairs, data, &Limits::DEFAULT);
        again(pairs);
    }
    match decode(data, &TIGHT) {
        Ok(pairs) => {
            holds(&pairs, data, &TIGHT);
            assert_eq!(within.as_ref(), Ok(&pairs), "a limit changed what was read");
        }
        Err(error) => told(&error, data),
    }
    if let Err(error) = &within {
        told(error, data);
    }
}

/// What was read is no more than the limits allow, and no more than the body had.
fn holds(pairs: &[(String, FormValue)], data: &[u8], limits: &Limits) {
    assert!(data.len() <= limits.body);
    let mut texts = 0;
    for (name, value) in pairs {
        assert!(name.len() <= limits.name);
        texts += measure(value, limits.depth);
    }
    let pieces = data
        .split(|byte| *byte == b'&')
        .filter(|piece| !piece.is_empty());
    assert_eq!(texts, pieces.count(), "each piece is one text");
    assert!(texts <= limits.pairs);
    for (at, (name, _)) in pairs.iter().enumerate() {
        assert!(
            pairs.iter().skip(at + 1).all(|(other, _)| other != name),
            "a name stands twice"
        );
    }
}

/// How many texts there are, none of them deeper than that.
fn measure(value: &FormValue, depth: usize) -> usize {
    let below = |value| {
        measure(
            value,
            depth.checked_sub(1).expect("no deeper than the limit"),
        )
    };
    match value {
        FormValue::Text(_) => 1,
        FormValue::List(items) => {
            assert!(!items.is_empty());
            items.iter().map(below).sum()
        }
        FormValue::Map(pairs) => {
            assert!(!pairs.is_empty());
            pairs.iter().map(|(_, value)| below(value)).sum()
        }
    }
}

/// Written with brackets and read again, it is the same.
fn again(pairs: &[(String, FormValue)]) {
    let mut flat = Vec::new();
    for (name, value) in pairs {
        if !flatten(name, value, &mut flat) {
            return;
        }
    }
    let mut written = String::new();
    encode_pairs(flat, &mut written);
    assert!(written.is_ascii());
    let read = decode(
        written.as_bytes(),
        &Limits {
            body: usize::MAX,
            name: usize::MAX,
            ..Limits::DEFAULT
        },
    );
    assert_eq!(read.as_deref(), Ok(pairs), "{written}");
}

/// Nested values under names with brackets; false where a key cannot be written in brackets: it has a
/// closing one in it.
pub(super) fn flatten<'v>(
    name: &str,
    value: &'v FormValue,
    flat: &mut Vec<(String, &'v str)>,
) -> bool {
    let mut nested = |key: &str, value| {
        let mut inner = name.to_owned();
        write!(inner, "[{key}]").expect("a text takes all");
        // A plain name that only looks like brackets would gain a meaning.
        !key.contains(']') && !key.is_empty() && !name_is_odd(name) && flatten(&inner, value, flat)
    };
    match value {
        FormValue::Text(text) => {
            flat.push((name.to_owned(), text));
            true
        }
        FormValue::List(items) => items
            .iter()
            .enumerate()
            .all(|(at, item)| nested(&at.to_string(), item)),
        FormValue::Map(pairs) => pairs.iter().all(|(key, item)| nested(key, item)),
    }
}

/// A root with a bracket in it cannot have others behind it.
fn name_is_odd(name: &str) -> bool {
    let root = name.split('[').next().unwrap_or_default();
    root.is_empty()
}

/// An error says something in both languages; a pointer only where a path is at fault.
fn told(error: &FormError, data: &[u8]) {
    assert!(!error.to_string().is_empty() && !error.zh().is_empty());
    if let Some(pointer) = error.pointer() {
        assert!(pointer.starts_with('/'), "{pointer}");
    }
    if let FormError::TooLarge {
        limit: Limit::Body,
        most,
    } = error
    {
        assert!(data.len() > *most);
    }
}
