//! JSON text from a stranger: checked as a whole first, then read member by member where it stands.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Levels of arrays and objects inside each other. Readers of what is stored allow 128.
const DEEPEST: usize = 100;

/// Reads JSON text that holds an array, as its elements; none if it holds something else, is
/// malformed, nested too deep, or escapes half a character.
pub(super) fn parse_array(text: &str) -> Option<Vec<&RawValue>> {
    if is_sound(text) {
        serde_json::from_str(text).ok()
    } else {
        None
    }
}

/// Reads JSON text that holds an object or an array; none as in [`parse_array`].
pub(super) fn parse_nested(text: &str) -> Option<&RawValue> {
    let is_nested = text.trim_ascii_start().starts_with(['{', '[']);
    if is_nested && is_sound(text) {
        serde_json::from_str(text).ok()
    } else {
        None
    }
}

/// The elements of an array; none if it is something else.
pub(super) fn elements(array: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(array.get()).ok()
}

/// The members of these names; none if the value is no object. Of a repeated member the last counts.
pub(super) fn members<'j, const N: usize>(
    value: &'j RawValue,
    names: &[&str; N],
) -> Option<[Option<&'j RawValue>; N]> {
    if value.get().starts_with('{') {
        let mut deserializer = serde_json::Deserializer::from_str(value.get());
        deserializer.deserialize_map(Members(names)).ok()
    } else {
        None
    }
}

/// All members of an object, in order; none if the value is no object.
pub(super) fn all_members(value: &RawValue) -> Option<Vec<(String, &RawValue)>> {
    let mut deserializer = serde_json::Deserializer::from_str(value.get());
    deserializer.deserialize_map(AllMembers).ok()
}

/// The text of a string; none if it is something else.
pub(super) fn text(value: &RawValue) -> Option<Cow<'_, str>> {
    let inside = value.get().strip_prefix('"')?.strip_suffix('"')?;
    if inside.as_bytes().contains(&b'\\') {
        serde_json::from_str(value.get()).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inside))
    }
}

/// The text of a number; none if it is something else.
pub(super) fn number(value: &RawValue) -> Option<&str> {
    let is_number = value
        .get()
        .starts_with(|first: char| first == '-' || first.is_ascii_digit());
    is_number.then_some(value.get())
}

/// Whether a member is as good as absent: `null` or an empty text.
pub(super) fn is_none(value: &RawValue) -> bool {
    matches!(value.get(), "null" | "\"\"")
}

/// Whether no level is too deep, and every escaped surrogate has its other half: the two things that
/// serde_json does not look at when it passes over a value. What is no JSON may pass.
fn is_sound(text: &str) -> bool {
    let mut rest = text.as_bytes();
    let mut depth = 0_usize;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => match behind_string(behind) {
                Some(behind) => rest = behind,
                None => return false,
            },
            _ => {}
        }
        if depth > DEEPEST {
            return false;
        }
    }
    true
}

/// What stands behind the string that begins here; none if it holds half a character.
fn behind_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        let Some(at) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
            // It does not end: no JSON, as the reader will find.
            return Some(&[]);
        };
        rest = match rest.get(at..)? {
            [b'"', behind @ ..] => return Some(behind),
            [b'\\', b'u', escape @ ..] => behind_escape(escape)?,
            [b'\\', _, behind @ ..] => behind,
            _ => &[],
        };
    }
}

/// What stands behind the digits of `\u`, and behind the second half where they are a first half.
fn behind_escape(escape: &[u8]) -> Option<&[u8]> {
    match unit(escape) {
        Some((0xD800..=0xDBFF, [b'\\', b'u', second @ ..])) => match unit(second) {
            Some((0xDC00..=0xDFFF, behind)) => Some(behind),
            _ => None,
        },
        Some((0xD800..=0xDFFF, _)) => None,
        Some((_, behind)) => Some(behind),
        // No digits: no JSON, as the reader will find.
        None => Some(escape),
    }
}

/// Four hexadecimal digits as a number, and what stands behind them.
fn unit(digits: &[u8]) -> Option<(u32, &[u8])> {
    let (unit, behind) = digits.split_at_checked(4)?;
    let unit = unit.iter().try_fold(0, |value, digit| {
        Some(value << 4 | char::from(*digit).to_digit(16)?)
    })?;
    Some((unit, behind))
}

struct Members<'n, const N: usize>(&'n [&'n str; N]);

impl<'de, const N: usize> Visitor<'de> for Members<'_, N> {
    type Value = [Option<&'de RawValue>; N];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = [None; N];
        while let Some(place) = map.next_key_seed(Name(self.0))? {
            match place.and_then(|place| found.get_mut(place)) {
                Some(member) => *member = Some(map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

struct AllMembers;

impl<'de> Visitor<'de> for AllMembers {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Reads a member's name as its place among the names that are asked for.
struct Name<'n>(&'n [&'n str]);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|known| *known == name))
    }
}
