//! `item`: its shape, and the members that lines of both documents have.

use std::borrow::Cow;

use serde::Serialize;
use serde::ser::Serializer;
use serde_json::value::RawValue;

use super::fields::Fields;
use super::{integer, json};
use crate::RawJson;
use crate::object::path::Path;
use crate::receiver::Refusal;

/// Where lines stand.
pub(super) const ITEM: Path<'static> = Path::Key(&Path::Root, "item");

/// The lines of a push, every one an object.
pub(super) fn lines(fields: Fields<'_>) -> Result<Vec<&RawValue>, Refusal> {
    let text = match fields.text("item")? {
        None | Some("" | "null" | "[]") => return Ok(Vec::new()),
        Some(text) => text,
    };
    let lines = json::parse_array(text).ok_or_else(|| {
        malformed(
            &ITEM,
            "this is no list; send one JSON array of objects as text",
        )
    })?;
    match lines.iter().position(|line| !line.get().starts_with('{')) {
        None => Ok(lines),
        Some(index) => Err(not_an_object(&Path::Index(&ITEM, index))),
    }
}

/// 商品货号.
pub(super) fn product_bn<'j>(
    value: Option<&'j RawValue>,
    line: &Path<'_>,
) -> Result<Cow<'j, str>, Refusal> {
    value
        .and_then(text_or_integer)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| {
            malformed(
                &Path::Key(line, "product_bn"),
                "the goods have no number; send text that is not empty",
            )
        })
}

/// A code: text as it is, or an integer.
pub(super) fn code(
    value: Option<&RawValue>,
    of: &Path<'_>,
    name: &str,
) -> Result<Option<String>, Refusal> {
    match value.filter(|value| value.get() != "null") {
        None => Ok(None),
        Some(value) => text_or_integer(value)
            .map(|text| Some(text.into_owned()))
            .ok_or_else(|| malformed(&Path::Key(of, name), "this is no code; send text")),
    }
}

/// A number of pieces; none when absent, `null` or empty.
pub(super) fn count(
    value: Option<&RawValue>,
    of: &Path<'_>,
    name: &str,
) -> Result<Option<i64>, Refusal> {
    let Some(value) = value.filter(|value| !json::is_none(value)) else {
        return Ok(None);
    };
    let count = match json::number(value) {
        Some(number) => integer::of_number(number),
        None => json::text(value).and_then(|text| integer::of_text(&text)),
    };
    match count {
        Some(count) => Ok(Some(count)),
        None => Err(malformed(
            &Path::Key(of, name),
            "this is no number of pieces; send an integer in the range of 64 bits",
        )),
    }
}

/// A line for storing: as it was sent, `extendProps` that is JSON text as the JSON that it holds.
pub(super) fn kept(line: &RawValue, extend_props: Option<&RawValue>) -> RawJson {
    let text = extend_props.and_then(json::text);
    let rewritten = text
        .as_deref()
        .and_then(json::parse_nested)
        .and_then(|value| rewrite(line, value));
    RawJson::from(rewritten.unwrap_or_else(|| line.to_owned()))
}

/// A refusal for a value that is no object.
pub(super) fn not_an_object(place: &Path<'_>) -> Refusal {
    malformed(place, "this is no object; send a JSON object")
}

/// A refusal for a sum that no `i64` can hold.
pub(crate) fn too_many(place: &Path<'_>) -> Refusal {
    malformed(
        place,
        "with this number of pieces the sum leaves the range of 64 bits; check the quantities",
    )
}

/// A refusal of what stands at a place.
pub(super) fn malformed(place: &Path<'_>, reason: &'static str) -> Refusal {
    Refusal::malformed(place.pointer(), reason)
}

fn text_or_integer(value: &RawValue) -> Option<Cow<'_, str>> {
    match json::number(value) {
        Some(number) => {
            let digits = number.strip_prefix('-').unwrap_or(number);
            let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
            is_integer.then_some(Cow::Borrowed(number))
        }
        None => json::text(value),
    }
}

fn rewrite(line: &RawValue, extend_props: &RawValue) -> Option<Box<RawValue>> {
    let mut members = json::all_members(line)?;
    // Of a repeated member the last counts.
    let (_, last) = members
        .iter_mut()
        .rfind(|(name, _)| name == "extendProps")?;
    *last = extend_props;
    serde_json::value::to_raw_value(&Object(&members)).ok()
}

struct Object<'o, 'j>(&'o [(String, &'j RawValue)]);

impl Serialize for Object<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
