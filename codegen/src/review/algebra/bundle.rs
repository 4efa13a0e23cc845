//! A schema with all that it refers to, as one document that holds nothing but what decides whether
//! a value is valid, with the objects read as sent, as received or as written.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::conjunction::{self, conjoin};
use super::document::{Bundle, DEFINITIONS, Seen, levels, types};
use super::keyword::{CHOICES, Holds, KEYWORDS, alone, elements, plain};
use crate::json::Value as Json;
use crate::review::tree::{At, Tree};
use crate::review::verdict::Reading;
use crate::source::Place;

/// A document has at most this many schemas.
const MAX_SCHEMAS: usize = 20_000;
/// Its schemas nest at most this deep, wherever references lead.
const MAX_LEVELS: usize = 1_500;
/// References and allOf lead at most this deep within one value.
const MAX_STEPS: usize = 32;
/// Holds the JSON inside a text, where that JSON has a schema: the text becomes an object of this
/// member, which no message has.
pub(super) const CONTENT: &str = "\u{0}content";
/// The text around that JSON, where it has rules of its own.
pub(super) const TEXT: &str = "\u{0}text";

/// Reads a schema. `content` makes the JSON inside of texts visible. What cannot be followed, cannot
/// be written exactly or is too large gives nothing.
pub(super) fn bundle(
    tree: &Tree<'_>,
    at: At<'_>,
    reading: Reading,
    content: bool,
) -> Option<Bundle> {
    let mut bundler = Bundler {
        tree,
        names: BTreeMap::new(),
        pending: Vec::new(),
        schemas: 0,
        content,
        seen: Seen::default(),
    };
    let schema = bundler.root(at, reading)?;
    let mut definitions = Map::new();
    while let Some((name, at, reading)) = bundler.pending.pop() {
        let definition = bundler.schema(at, reading)?;
        definitions.insert(name, definition);
    }
    let bundle = Bundle {
        schema,
        definitions,
        seen: bundler.seen,
    };
    let levels = bundle.definitions.values().map(levels).sum::<usize>() + levels(&bundle.schema);
    let ends = conjunction::ends(&bundle.schema, &bundle.definitions);
    (levels <= MAX_LEVELS && ends).then_some(bundle)
}

/// A reference that cannot be followed.
struct Nowhere;

struct Bundler<'t, 'a> {
    tree: &'t Tree<'a>,
    names: BTreeMap<(Place, bool), String>,
    pending: Vec<(String, At<'t>, Reading)>,
    schemas: usize,
    /// Makes the JSON inside of texts visible.
    content: bool,
    seen: Seen,
}

/// Keywords that hold together, and the choices that hold beside them.
#[derive(Default)]
struct Parts<'t> {
    own: Vec<Map<String, Value>>,
    choices: Vec<(&'static str, Vec<At<'t>>)>,
}

impl<'t> Bundler<'t, '_> {
    /// The schema itself: references are followed, so that its keywords can be seen.
    fn root(&mut self, at: At<'t>, reading: Reading) -> Option<Value> {
        let mut at = at;
        for _ in 0..MAX_STEPS {
            match self.reference(at).ok()? {
                Some(target) if alone(at.node) => at = target,
                Some(_) if reading != Reading::Closed => {
                    let mut parts = Parts::default();
                    self.parts(at, reading, MAX_STEPS, &mut parts)?;
                    return self.together(parts, reading);
                }
                _ => return self.schema(at, reading),
            }
        }
        None
    }

    fn schema(&mut self, at: At<'t>, reading: Reading) -> Option<Value> {
        self.count()?;
        match &at.node.value {
            Json::Bool(all) => return Some(Value::Bool(*all)),
            Json::Object(_) => {}
            _ => return None,
        }
        let reference = self.reference(at).ok()?;
        if let (Some(target), true) = (reference, alone(at.node)) {
            return Some(json!({ "$ref": self.define(target, reading) }));
        }
        if reading == Reading::Closed {
            let mut parts = Parts::default();
            self.parts(at, reading, MAX_STEPS, &mut parts)?;
            return self.together(parts, reading);
        }
        let mut schema = self.own(at, reading)?;
        if let Some(target) = reference {
            schema.insert("$ref".to_owned(), self.define(target, reading).into());
        }
        for choice in CHOICES.into_iter().chain(["allOf"]) {
            if let Some(branches) = at.get(choice) {
                let branches = self.list(branches, reading)?;
                schema.insert(choice.to_owned(), branches);
            }
        }
        Some(Value::Object(schema))
    }

    fn count(&mut self) -> Option<()> {
        self.schemas += 1;
        (self.schemas <= MAX_SCHEMAS).then_some(())
    }

    /// What holds together at one value: the schema itself, what it refers to, and its allOf.
    fn parts(
        &mut self,
        at: At<'t>,
        reading: Reading,
        steps: usize,
        parts: &mut Parts<'t>,
    ) -> Option<()> {
        self.count()?;
        let steps = steps.checked_sub(1)?;
        match &at.node.value {
            Json::Bool(true) => return Some(()),
            Json::Bool(false) => {
                let never = Map::from_iter([("not".to_owned(), json!({}))]);
                parts.own.push(never);
                return Some(());
            }
            _ => {}
        }
        let own = self.own(at, reading)?;
        parts.own.push(own);
        if let Some(target) = self.reference(at).ok()? {
            self.parts(target, reading, steps, parts)?;
        }
        for branch in elements(at, "allOf") {
            self.parts(branch, reading, steps, parts)?;
        }
        for choice in CHOICES {
            if at.get(choice).is_some() {
                parts.choices.push((choice, elements(at, choice).collect()));
            }
        }
        Some(())
    }

    /// One schema of the parts. Objects are closed here, where all their members are known.
    fn together(&mut self, parts: Parts<'t>, reading: Reading) -> Option<Value> {
        let (mut schema, rest) = conjoin(parts.own);
        let object = schema.contains_key("properties");
        if reading == Reading::Closed && !rest.is_empty() {
            self.seen.unclosed |= object;
        }
        let mut also: Vec<Value> = rest.into_iter().map(Value::Object).collect();
        let mut spread = None;
        for (choice, branches) in parts.choices {
            let members = branches
                .iter()
                .any(|branch| self.names_members(*branch, MAX_STEPS));
            if reading == Reading::Closed && object && members {
                // The members of a branch are members of the whole: the choice moves outward.
                if spread.is_none() && also.is_empty() {
                    spread = Some((choice, branches));
                    continue;
                }
                self.seen.unclosed = true;
            }
            let values = branches.iter().map(|branch| self.schema(*branch, reading));
            let values = Value::Array(values.collect::<Option<_>>()?);
            if schema.contains_key(choice) {
                also.push(json!({ choice: values }));
            } else {
                schema.insert(choice.to_owned(), values);
            }
        }
        if !also.is_empty() {
            schema.insert("allOf".to_owned(), Value::Array(also));
        }
        let Some((choice, branches)) = spread else {
            if reading == Reading::Closed {
                self.close(&mut schema);
            }
            return Some(Value::Object(schema));
        };
        let mut values = Vec::new();
        for branch in branches {
            let mut parts = Parts::default();
            parts.own.push(schema.clone());
            self.parts(branch, reading, MAX_STEPS, &mut parts)?;
            values.push(self.together(parts, reading)?);
        }
        Some(json!({ choice: values }))
    }

    /// The keywords of the node itself, without references and combinations.
    fn own(&mut self, at: At<'t>, reading: Reading) -> Option<Map<String, Value>> {
        let mut schema = Map::new();
        for (keyword, holds) in KEYWORDS {
            let Some(part) = at.get(keyword) else {
                continue;
            };
            let value = match holds {
                Holds::Rule => plain(part.node)?,
                Holds::Schema => self.schema(part, reading)?,
                Holds::Schemas => self.list(part, reading)?,
                Holds::Members => self.members(part, reading)?,
                Holds::Condition => self.schema(part, Reading::Plain)?,
                Holds::Conditions => self.members(part, Reading::Plain)?,
            };
            schema.insert(keyword.to_owned(), value);
        }
        if reading == Reading::Open {
            open(&mut schema);
        }
        let types = types(&schema);
        // The keyword is about texts only.
        let texts = types.is_empty() || types.contains(&"string");
        match at.get("contentSchema").filter(|_| texts) {
            Some(inner) if self.content => {
                let inner = self.schema(inner, reading)?;
                self.seen.content = true;
                Some(self.wrap(schema, inner))
            }
            Some(_) => {
                self.seen.loose = true;
                Some(schema)
            }
            None => Some(schema),
        }
    }

    fn list(&mut self, at: At<'t>, reading: Reading) -> Option<Value> {
        let elements = at.node.elements().iter();
        let elements = elements.map(|node| self.schema(at.part(node), reading));
        Some(Value::Array(elements.collect::<Option<_>>()?))
    }

    fn members(&mut self, at: At<'t>, reading: Reading) -> Option<Value> {
        let mut members = Map::new();
        for member in at.node.members() {
            let schema = self.schema(at.part(&member.node), reading)?;
            members.entry(member.key.clone()).or_insert(schema);
        }
        Some(Value::Object(members))
    }

    /// An object in the place of a text that holds JSON.
    fn wrap(&mut self, mut schema: Map<String, Value>, inner: Value) -> Map<String, Value> {
        let types = types(&schema);
        if !types.contains(&"string") || types.contains(&"object") || schema.contains_key("enum") {
            self.seen.loose = true;
            return schema;
        }
        let types: Vec<&str> = types
            .into_iter()
            .map(|t| if t == "string" { "object" } else { t })
            .collect();
        let types = json!(types);
        let mut members = Map::from_iter([(CONTENT.to_owned(), inner)]);
        let mut text = Map::from_iter([("type".to_owned(), json!("string"))]);
        for keyword in ["minLength", "maxLength", "pattern"] {
            text.extend(
                schema
                    .remove(keyword)
                    .map(|rule| (keyword.to_owned(), rule)),
            );
        }
        if text.len() > 1 {
            members.insert(TEXT.to_owned(), Value::Object(text));
        }
        let required: Vec<&String> = members.keys().collect();
        schema.insert("required".to_owned(), json!(required));
        schema.insert("properties".to_owned(), Value::Object(members));
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema.insert("type".to_owned(), types);
        schema
    }

    /// Nothing but the members that have a schema.
    fn close(&mut self, schema: &mut Map<String, Value>) {
        let Some(members) = schema.get("properties") else {
            return;
        };
        let unknown = |rule: &Value| {
            let named = rule.get("properties").and_then(Value::as_object);
            named.is_some_and(|named| named.keys().any(|name| members.get(name).is_none()))
        };
        let dependent = schema.get("dependentSchemas").and_then(Value::as_object);
        let conditional = ["then", "else"].into_iter().filter_map(|k| schema.get(k));
        let mut conditional = conditional.chain(dependent.into_iter().flat_map(Map::values));
        self.seen.unclosed |= conditional.any(unknown);
        // A schema for all other members is a rule about members that do come.
        let others = schema.get("additionalProperties");
        if others.is_none_or(|rule| *rule == Value::Bool(true)) {
            schema.remove("unevaluatedProperties");
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }

    /// Whether a schema, or a part of it that holds for the same value, has `properties`.
    fn names_members(&self, at: At<'t>, steps: usize) -> bool {
        let Some(steps) = steps.checked_sub(1) else {
            return true;
        };
        let target = self.reference(at).ok().flatten();
        let branches = CHOICES.into_iter().chain(["allOf"]);
        let mut inside = branches
            .flat_map(|choice| elements(at, choice))
            .chain(target);
        at.get("properties").is_some() || inside.any(|part| self.names_members(part, steps))
    }

    /// Where the reference of a schema leads, if it has one.
    fn reference(&self, at: At<'t>) -> Result<Option<At<'t>>, Nowhere> {
        let follow = |reference: At<'t>| {
            let target = reference.node.text();
            target.and_then(|target| self.tree.follow(at.file, target))
        };
        let target = at
            .get("$ref")
            .map(|reference| follow(reference).ok_or(Nowhere));
        target.transpose()
    }

    /// The reference to a definition, which is written when its turn comes.
    fn define(&mut self, target: At<'t>, reading: Reading) -> String {
        let key = (target.node.place, reading == Reading::Plain);
        let next = format!("d{}", self.names.len());
        let name = self.names.entry(key).or_insert_with(|| {
            self.pending.push((next.clone(), target, reading));
            next
        });
        format!("{DEFINITIONS}{name}")
    }
}

/// Members that the schema does not name may always come.
fn open(schema: &mut Map<String, Value>) {
    let closed = |rule: Option<&Value>| rule == Some(&Value::Bool(false));
    if schema.contains_key("properties") && closed(schema.get("additionalProperties")) {
        schema.remove("additionalProperties");
    }
    if closed(schema.get("unevaluatedProperties")) {
        schema.remove("unevaluatedProperties");
    }
}
