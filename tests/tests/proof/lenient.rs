//! Readers take what the table of `dockseal::object::read` lists, as what it says, and nothing else:
//! in JSON in every place of every message, and in form parameters and XML.

use std::collections::BTreeMap;

use dockseal::form::{Limits, decode, encode_pairs};
use dockseal::gateway::Business;
use dockseal::object::read::{DecodeError, from_form};
use dockseal::object::write::{Escape, to_form};
use dockseal::object::xml::from_xml;
use dockseal::object::{Layout, Object, View};
use serde_json::Value;

use crate::cases::{Dice, each};
use crate::inputs::input;
use crate::meaning::{Meaning, meaning};
use crate::places::{Kind, Place, places};
use crate::support::compare::{Side, blank};
use crate::support::leaf::Kind as Leaf;
use crate::xml;

/// Places by what stands in them, so that each kind has its share.
fn by_kind(wanted: impl Fn(&Place) -> bool) -> Vec<Vec<Place>> {
    let mut kinds = BTreeMap::<String, Vec<Place>>::new();
    for place in places().into_iter().filter(wanted) {
        kinds
            .entry(format!("{:?}", place.kind))
            .or_default()
            .push(place);
    }
    kinds.into_values().collect()
}

fn pick<'p>(kinds: &'p [Vec<Place>], dice: &mut Dice) -> &'p Place {
    let kind = dice.below(kinds.len());
    &kinds[kind][dice.below(kinds[kind].len())]
}

/// Compares what was read with what is meant.
fn judge(place: &Place, meant: &Meaning, read: Result<Box<dyn Object>, DecodeError>, input: &str) {
    let said = || format!("{input} in {place}\nmeans {meant:?}");
    match read {
        Ok(value) => {
            let found = place.look(value.as_ref());
            assert!(meant.is(Some(found)), "{}, and was read", said());
            assert!(
                !(place.required && *meant == Meaning::Absent),
                "{}, and nobody misses it",
                said()
            );
        }
        Err(error) => {
            let missing = place.required && *meant == Meaning::Absent;
            assert!(missing || meant.is(None), "{}, and {error}", said());
            for problem in &error.problems {
                let here = problem.pointer.starts_with(&place.pointer()) || problem.syntax;
                assert!(here, "{}, and {problem}", said());
            }
        }
    }
}

#[test]
fn json_is_read_as_the_table_says() {
    let kinds = by_kind(|_| true);
    assert!(kinds.len() >= 12, "{}", kinds.len());
    each("lenient JSON", 20_000, |dice| {
        let (place, input, meant) = loop {
            let place = pick(&kinds, dice);
            let input = input(place, dice);
            let meant = meaning(place.kind, &input, &place.full);
            // What stands inside another object is read by rules of its own.
            if meant != Meaning::Present || is_whole(place, &input) {
                break (place, input, meant);
            }
        };
        judge(place, &meant, place.read(&input), &input);
    });
}

/// Whether a struct or list is as valid as it was, so that only the place can be at fault.
fn is_whole(place: &Place, input: &str) -> bool {
    let Ok(value) = serde_json::from_str::<Value>(input) else {
        return false;
    };
    let unpacked = match &value {
        Value::String(text) => serde_json::from_str(text).unwrap_or(Value::Null),
        other => other.clone(),
    };
    let wanted = match &place.full {
        Value::String(text) => serde_json::from_str(text).unwrap(),
        other => other.clone(),
    };
    [unpacked.clone(), unpacked["item"].clone()]
        .iter()
        .any(|found| *found == wanted || *found == Value::Array(Vec::new()))
}

/// Single values at the top of messages, which forms and XML hold as plain text.
fn is_plain(place: &Place) -> bool {
    let single = matches!(place.kind, Kind::Single(leaf, _) if leaf != Leaf::Json);
    single && place.top().is_some()
}

/// What an input would be as plain text.
fn plain_text(input: &str) -> Option<String> {
    match serde_json::from_str(input) {
        Ok(Value::String(text)) => Some(text),
        Ok(Value::Number(_) | Value::Bool(_)) => Some(input.trim().to_owned()),
        _ => None,
    }
}

/// A place, and a text of admitted characters for it.
fn plain_input<'p>(
    kinds: &'p [Vec<Place>],
    dice: &mut Dice,
    admits: impl Fn(char) -> bool,
) -> (&'p Place, String) {
    loop {
        let place = pick(kinds, dice);
        let text = plain_text(&input(place, dice));
        if let Some(text) = text.filter(|text| text.chars().all(&admits)) {
            return (place, text);
        }
    }
}

#[test]
fn form_parameters_are_read_as_the_table_says() {
    let kinds = by_kind(|place| {
        let form = place.any.api().gateway.transport.business == Business::Form;
        place.side == Side::Request && form && is_plain(place)
    });
    each("lenient form", 5_000, |dice| {
        let (place, text) = plain_input(&kinds, dice, |_| true);
        let meant = meaning(
            place.kind,
            &Value::from(text.as_str()).to_string(),
            &place.full,
        );
        let full = place.read(&place.full.to_string()).unwrap();
        let pairs = to_form(full.as_ref(), Escape::Raw).into_iter();
        let pairs = pairs.map(|(name, old)| {
            let new = if Some(name) == place.top() {
                text.clone()
            } else {
                old.into_owned()
            };
            (name, new)
        });
        let mut body = String::new();
        encode_pairs(pairs, &mut body);
        let mut value = blank(place.any.api(), place.side);
        let parameters = decode(body.as_bytes(), &Limits::default()).unwrap();
        let read = from_form(value.as_mut(), &parameters);
        judge(place, &meant, read.map(|()| value), &text);
    });
}

#[test]
fn xml_is_read_as_the_table_says() {
    let kinds = by_kind(|place| {
        let table = blank(place.any.api(), place.side).table();
        table.layout == Layout::Named && is_plain(place)
    });
    each("lenient XML", 5_000, |dice| {
        let (place, text) = plain_input(&kinds, dice, xml::admits);
        let meant = meaning(
            place.kind,
            &Value::from(text.as_str()).to_string(),
            &place.full,
        );
        let full = place.read(&place.full.to_string()).unwrap();
        let instead = (place.top().unwrap(), text.as_str());
        let written = xml::write(full.as_ref(), Some(instead), dice);
        let mut value = blank(place.any.api(), place.side);
        let read = from_xml(value.as_mut(), &written);
        judge(place, &meant, read.map(|()| value), &text);
    });
}

#[test]
fn numbers_are_read_by_their_own_text() {
    let kinds = by_kind(|place| {
        matches!(
            place.kind,
            Kind::Single(Leaf::Text | Leaf::TextEnum | Leaf::Boolean, _)
        )
    });
    for place in kinds.iter().flatten() {
        for number in [
            "1.50",
            "1e2",
            "-0",
            "123456789012345678901234567890",
            "1e400",
        ] {
            let meant = if matches!(place.kind, Kind::Single(Leaf::Boolean, _)) {
                Meaning::Refused
            } else {
                Meaning::Text(number.to_owned())
            };
            judge(place, &meant, place.read(number), number);
        }
    }
}

#[test]
fn an_empty_element_is_the_same_in_both_writings() {
    for place in places() {
        let (Some(name), Kind::Object | Kind::List) = (place.top(), place.kind) else {
            continue;
        };
        let read = |element: &str| {
            let mut value = blank(place.any.api(), place.side);
            let read = from_xml(value.as_mut(), &format!("<r>{element}</r>"));
            let absent = matches!(place.look(value.as_ref()), View::Absent);
            (read.map_err(|error| error.to_string()), absent)
        };
        let (long, short) = (format!("<{name}></{name}>"), format!("<{name}/>"));
        assert_eq!(read(&long), read(&short), "{place}");
    }
}
