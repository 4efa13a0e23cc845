//! Every place of every message, found in the schemas: a message that is full and valid but for the
//! one value that a test puts there, as JSON text of its own.

use dockseal::api::AnyApi;
use dockseal::object::read::DecodeError;
use dockseal::object::{Layout, Object, View};
use serde_json::Value;

use crate::support::compare::{Side, blank};
use crate::support::leaf::{self, Kind as Leaf};
use crate::support::samples;
use crate::support::schemas::Schemas;

/// What stands in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A single value; whether an enum has a blank among its values.
    Single(Leaf, bool),
    Object,
    List,
    /// The list that JSON text is.
    InnerList,
    /// A list, or its only element.
    OneOrMany,
    /// JSON text inside a string.
    JsonText,
}

/// One place of a message.
pub struct Place {
    pub any: &'static dyn AnyApi,
    pub side: Side,
    pub kind: Kind,
    /// A message without it is incomplete.
    pub required: bool,
    trail: Vec<Hop>,
    before: String,
    after: String,
    /// How many JSON texts stand around it.
    inside: usize,
    /// What stands there in the full message.
    pub full: Value,
}

#[derive(Clone, Debug, PartialEq)]
enum Hop {
    Name(String),
    Index(usize),
    /// Into JSON text.
    Inside,
}

/// Every place of every API that the crate lists.
pub fn places() -> Vec<Place> {
    let schemas = Schemas::load();
    let mut found = Vec::new();
    for any in dockseal::APIS {
        for side in [Side::Request, Side::Reply] {
            let schema = schemas.inlined(any.api().schema, side.pointer());
            let message = samples::full(&schema);
            let mut walk = Walk {
                any: *any,
                side,
                message: &message,
                found: &mut found,
            };
            walk.inside(&schema, &message, &mut Vec::new(), true);
        }
    }
    found
}

struct Walk<'w> {
    any: &'static dyn AnyApi,
    side: Side,
    message: &'w Value,
    found: &'w mut Vec<Place>,
}

impl Walk<'_> {
    fn inside(&mut self, schema: &Value, full: &Value, trail: &mut Vec<Hop>, required: bool) {
        if let Some(inner) = schema.get("contentSchema") {
            let full: Value = serde_json::from_str(full.as_str().unwrap()).unwrap();
            self.below(Hop::Inside, inner, &full, trail, required);
        } else if let Some(properties) = schema["properties"].as_object() {
            let needed = samples::names(&schema["required"]);
            for (name, property) in properties {
                let required = needed.contains(&name.as_str());
                self.below(
                    Hop::Name(name.clone()),
                    property,
                    &full[name],
                    trail,
                    required,
                );
            }
        } else if let Some(arguments) = schema["prefixItems"].as_array() {
            for (index, argument) in arguments.iter().enumerate() {
                if self.is_only_argument(trail) {
                    // The request itself, which is no value of anything.
                    trail.push(Hop::Index(index));
                    self.inside(argument, &full[index], trail, true);
                    trail.pop();
                } else {
                    let required = index < least(schema);
                    self.below(Hop::Index(index), argument, &full[index], trail, required);
                }
            }
        } else if let Some(items) = schema.get("items") {
            self.below(Hop::Index(0), items, &full[0], trail, true);
        } else if let Some(first) = schema["anyOf"]
            .get(0)
            .filter(|first| first.get("type").is_some())
        {
            // Full instances are of the first choice.
            self.inside(first, full, trail, required);
        }
    }

    fn below(
        &mut self,
        hop: Hop,
        schema: &Value,
        full: &Value,
        trail: &mut Vec<Hop>,
        required: bool,
    ) {
        let kind = match (kind(schema), &hop) {
            (Kind::List, Hop::Inside) => Kind::InnerList,
            (kind, _) => kind,
        };
        trail.push(hop);
        self.note(kind, full, trail, required);
        self.inside(schema, full, trail, required);
        trail.pop();
    }

    fn is_only_argument(&self, trail: &[Hop]) -> bool {
        trail.is_empty() && blank(self.any.api(), self.side).table().layout == Layout::Named
    }

    fn note(&mut self, kind: Kind, full: &Value, trail: &[Hop], required: bool) {
        let inside = trail.iter().filter(|hop| **hop == Hop::Inside).count();
        let message = put(self.message, trail, &Value::from(MARK)).to_string();
        let mark = escaped(&format!("\"{MARK}\""), inside);
        let (before, after) = message.split_once(&mark).unwrap();
        self.found.push(Place {
            any: self.any,
            side: self.side,
            kind,
            required,
            trail: trail.to_vec(),
            before: before.to_owned(),
            after: after.to_owned(),
            inside,
            full: full.clone(),
        });
    }
}

/// Stands in the message while it is cut at the place.
const MARK: &str = "@the place@";

fn least(schema: &Value) -> usize {
    usize::try_from(schema["minItems"].as_u64().unwrap_or(0)).unwrap()
}

fn kind(schema: &Value) -> Kind {
    if schema.get("contentSchema").is_some() {
        Kind::JsonText
    } else if schema.get("properties").is_some() {
        Kind::Object
    } else if schema.get("anyOf").is_some() {
        Kind::OneOrMany
    } else if schema.get("items").is_some() || schema.get("prefixItems").is_some() {
        Kind::List
    } else {
        single_kind(schema)
    }
}

/// The kind of a single value.
pub fn single_kind(schema: &Value) -> Kind {
    let named = schema["x-enum"].as_array().into_iter().flatten();
    let blank = named.clone().any(|row| row["value"] == "");
    Kind::Single(leaf::kind(schema), blank)
}

/// The message with another value at the end of the trail.
fn put(message: &Value, trail: &[Hop], value: &Value) -> Value {
    let Some((hop, rest)) = trail.split_first() else {
        return value.clone();
    };
    let mut changed = message.clone();
    match hop {
        Hop::Name(name) => changed[name] = put(&message[name], rest, value),
        Hop::Index(index) => changed[index] = put(&message[index], rest, value),
        Hop::Inside => {
            let inner: Value = serde_json::from_str(message.as_str().unwrap()).unwrap();
            changed = put(&inner, rest, value).to_string().into();
        }
    }
    changed
}

/// JSON text as it stands inside so many JSON strings.
fn escaped(json: &str, times: usize) -> String {
    let mut text = json.to_owned();
    for _ in 0..times {
        let quoted = Value::from(text).to_string();
        text = String::from(&quoted[1..quoted.len() - 1]);
    }
    text
}

impl Place {
    /// The message as it travels, with this JSON text in the place.
    pub fn message(&self, json: &str) -> String {
        format!(
            "{}{}{}",
            self.before,
            escaped(json, self.inside),
            self.after
        )
    }

    /// Reads that message.
    pub fn read(&self, json: &str) -> Result<Box<dyn Object>, DecodeError> {
        let mut value = blank(self.any.api(), self.side);
        self.side
            .read(self.any.api(), value.as_mut(), &self.message(json))?;
        Ok(value)
    }

    /// What the value has in the place.
    pub fn look<'o>(&self, object: &'o dyn Object) -> View<'o> {
        let mut view = View::Object(object);
        let mut trail = &self.trail[..];
        if object.table().layout == Layout::Named && matches!(trail.first(), Some(Hop::Index(_))) {
            trail = &trail[1..];
        }
        for hop in trail {
            if let (View::List(list), Hop::Name(_)) = (view, hop) {
                // The only element of a list.
                view = list.element(0);
            }
            view = match (view, hop) {
                (view, Hop::Inside) => view,
                (View::Object(object), Hop::Name(name)) => {
                    object.get(object.table().position(name, 0).unwrap())
                }
                (View::Object(object), Hop::Index(index)) => object.get(*index),
                (View::List(list), Hop::Index(index)) => list.element(*index),
                _ => View::Absent,
            };
        }
        view
    }

    /// Its JSON Pointer, as problems name it.
    pub fn pointer(&self) -> String {
        let steps = self.trail.iter().map(|hop| match hop {
            Hop::Name(name) => format!("/{name}"),
            Hop::Index(index) => format!("/{index}"),
            Hop::Inside => String::new(),
        });
        steps.collect()
    }

    /// The name of a member of the whole message.
    pub fn top(&self) -> Option<&str> {
        match &self.trail[..] {
            [Hop::Name(name)] => Some(name),
            _ => None,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (method, pointer) = (self.any.api().method, self.pointer());
        write!(f, "{method} {:?} {pointer} {:?}", self.side, self.kind)
    }
}
