//! Where two JSON values differ first.

use std::fmt;

use super::datum::Datum;

/// The longest text that is shown of a value, in characters.
const SHOWN: usize = 240;

/// The first place where what came out is not what was expected.
#[derive(Debug)]
pub(super) struct Difference {
    /// JSON Pointer, from the root of what is compared.
    pointer: String,
    expected: Option<Datum>,
    got: Option<Datum>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: expected {}, got {}",
            self.pointer,
            shown(self.expected.as_ref()),
            shown(self.got.as_ref())
        )
    }
}

/// As JSON, cut where it is long; in words when there is none.
pub(super) fn shown(value: Option<&Datum>) -> String {
    let Some(value) = value else {
        return "nothing".to_owned();
    };
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        None => text,
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
    }
}

/// The first difference, in the order of `expected`; `root` is the pointer of both.
///
/// The order of a map's members does not matter, types do: 1 is not "1", 10 is not 10.0, and `null`
/// is not nothing.
pub(super) fn first(root: &str, expected: &Datum, got: &Datum) -> Option<Difference> {
    match (expected, got) {
        (Datum::Map(expected), Datum::Map(got)) => maps(root, expected, got),
        (Datum::List(expected), Datum::List(got)) => lists(root, expected, got),
        _ if expected == got => None,
        _ => Some(Difference {
            pointer: root.to_owned(),
            expected: Some(expected.clone()),
            got: Some(got.clone()),
        }),
    }
}

fn maps(root: &str, expected: &[(String, Datum)], got: &[(String, Datum)]) -> Option<Difference> {
    let value = |of: &[(String, Datum)], key: &str| {
        let found = of.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.clone())
    };
    let more = got
        .iter()
        .filter(|(key, _)| value(expected, key).is_none())
        .map(|(key, _)| key);
    let keys = expected.iter().map(|(key, _)| key).chain(more);
    keys.map(|key| (key, value(expected, key), value(got, key)))
        .find_map(|(key, expected, got)| both(&member(root, key), expected, got))
}

fn lists(root: &str, expected: &[Datum], got: &[Datum]) -> Option<Difference> {
    (0..expected.len().max(got.len())).find_map(|position| {
        both(
            &format!("{root}/{position}"),
            expected.get(position).cloned(),
            got.get(position).cloned(),
        )
    })
}

fn both(pointer: &str, expected: Option<Datum>, got: Option<Datum>) -> Option<Difference> {
    match (&expected, &got) {
        (Some(expected), Some(got)) => first(pointer, expected, got),
        _ => Some(Difference {
            pointer: pointer.to_owned(),
            expected,
            got,
        }),
    }
}

fn member(root: &str, key: &str) -> String {
    format!("{root}/{}", key.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn between(expected: &str, got: &str) -> Option<String> {
        let read = |text: &str| Datum::parse(text.as_bytes()).unwrap();
        first("", &read(expected), &read(got)).map(|difference| difference.to_string())
    }

    #[test]
    fn the_order_of_members_does_not_matter() {
        assert_eq!(between(r#"{"a":1,"b":[{}]}"#, r#"{"b":[{}],"a":1}"#), None);
    }

    #[test]
    fn types_matter() {
        for (expected, got, told) in [
            ("1", r#""1""#, r#": expected 1, got "1""#),
            ("10", "10.0", ": expected 10, got 10.0"),
            ("10", "1e1", ": expected 10, got 10.0"),
            ("[]", "{}", ": expected [], got {}"),
            ("0", "false", ": expected 0, got false"),
            (r#"{"a":null}"#, "{}", "/a: expected null, got nothing"),
        ] {
            assert_eq!(between(expected, got).as_deref(), Some(told));
        }
        assert_eq!(between("10.0", "1e1"), None);
    }

    #[test]
    fn integers_are_compared_without_a_float() {
        assert_eq!(between("9223372036854775807", "9223372036854775807"), None);
        assert_eq!(
            between("9223372036854775807", "9223372036854775806").as_deref(),
            Some(": expected 9223372036854775807, got 9223372036854775806")
        );
        assert_eq!(
            between("18446744073709551615", "18446744073709551614").as_deref(),
            Some(": expected 18446744073709551615, got 18446744073709551614")
        );
    }

    #[test]
    fn the_place_is_a_json_pointer() {
        assert_eq!(
            between(r#"{"a/b":[1,{"~":2}]}"#, r#"{"a/b":[1,{"~":3}]}"#).as_deref(),
            Some("/a~1b/1/~0: expected 2, got 3")
        );
    }

    #[test]
    fn what_is_there_beyond_the_expected_is_a_difference() {
        assert_eq!(
            between("[1]", "[1,2]").as_deref(),
            Some("/1: expected nothing, got 2")
        );
        assert_eq!(
            between("{}", r#"{"a":[]}"#).as_deref(),
            Some("/a: expected nothing, got []")
        );
    }

    #[test]
    fn a_long_value_is_cut() {
        let long = format!("[\"{}\"]", "长".repeat(1000));
        let told = between("1", &long).unwrap();
        assert!(told.ends_with("长 …"), "{told}");
        assert!(told.chars().count() < 300, "{told}");
    }
}
