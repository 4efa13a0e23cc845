//! Which elements of a list are equal, as `uniqueItems` has it: by what they say, however it was
//! written.

use std::collections::{BTreeMap, HashMap};

use serde_json::value::RawValue;

use super::scalar::number;
use super::violation::Broken;
use super::{Elements, Object, View};

/// JSON is taken apart this deep; what is inside of that counts by its text. Each step reads the rest
/// once more, so that the limit is one of time, too.
const DEEPEST: usize = 64;

/// The first element that is equal to one before it.
pub(super) fn repeated(list: &dyn Elements) -> Option<Broken> {
    let mut seen = HashMap::new();
    (0..list.count()).find_map(|second| {
        let mut identity = Identity::default();
        identity.view(list.element(second));
        let first = *seen.entry(identity.0).or_insert(second);
        (first != second).then_some(Broken::Repeated { first, second })
    })
}

/// A text that is the same exactly for equal elements of one list. Every part is a kind and either a
/// length or an end, so that no two values run into each other.
#[derive(Default)]
struct Identity(String);

impl Identity {
    fn view(&mut self, view: View<'_>) {
        match view {
            View::Absent => self.part('-', ""),
            View::Text(text) => self.part('s', text),
            View::Integer(value) => self.part('n', &value.to_string()),
            View::Boolean(value) => self.part('b', if value { "true" } else { "false" }),
            View::Decimal(value) => self.part('n', &value.normalize().to_string()),
            View::DateTime(time) => self.part('s', &time.to_string()),
            View::Date(day) => self.part('s', &day.to_string()),
            View::Enum(value) => self.part('s', &value.code().to_string()),
            View::Object(object) => self.object(object),
            View::List(list) => {
                self.0.push('[');
                for index in 0..list.count() {
                    self.view(list.element(index));
                }
                self.0.push(']');
            }
            View::Json(raw) => self.json(raw.as_str(), DEEPEST),
        }
    }

    /// Fields in the order of their rows, the unknown ones by name.
    fn object(&mut self, object: &dyn Object) {
        self.0.push('{');
        for index in 0..object.table().fields.len() {
            self.view(object.get(index));
        }
        let extra: BTreeMap<_, _> = object.extra().iter().collect();
        for (name, value) in extra {
            self.part('k', name);
            self.json(value.as_str(), DEEPEST);
        }
        self.0.push('}');
    }

    fn json(&mut self, text: &str, depth: usize) {
        if self.parsed(text, depth).is_none() {
            self.part('j', text);
        }
    }

    /// One level of JSON; none where it is too deep, or a number beyond all decimals.
    fn parsed(&mut self, text: &str, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match text.bytes().next()? {
            b'"' => self.part('s', &serde_json::from_str::<String>(text).ok()?),
            b'[' => {
                let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                self.0.push('[');
                for element in elements {
                    self.json(element.get(), depth);
                }
                self.0.push(']');
            }
            b'{' => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
                self.0.push('{');
                for (name, value) in members {
                    self.part('k', &name);
                    self.json(value.get(), depth);
                }
                self.0.push('}');
            }
            b'-' | b'0'..=b'9' => {
                self.part('n', &number(text)?.normalize().to_string());
            }
            _ => self.part('b', text),
        }
        Some(())
    }

    fn part(&mut self, kind: char, text: &str) {
        let length = text.len().to_string();
        for part in [kind.encode_utf8(&mut [0; 4]), length.as_str(), ":", text] {
            self.0.push_str(part);
        }
    }
}
