//! The independent verdict: the `jsonschema` crate on the schema files as they stand, and beside it
//! the three things that standard keywords cannot say or that validators pass over. These are:
//!
//! - `contentSchema`: the inside of JSON text;
//! - `x-decimal` on a JSON number: digits before and after the point (text has a pattern for it);
//! - `x-time`: the day exists (a pattern cannot know the length of February).

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use super::schemas::{self, Schemas};

/// Judges the instances of one message.
pub struct Judge {
    /// The message's schema, references in place.
    pub schema: Value,
    whole: jsonschema::Validator,
    insides: RefCell<HashMap<String, jsonschema::Validator>>,
}

impl Judge {
    /// For the schema at `pointer` of a file.
    pub fn new(schemas: &Schemas, file: &str, pointer: &str) -> Judge {
        Judge {
            schema: schemas.inlined(file, pointer),
            whole: schemas.validator(file, pointer),
            insides: RefCell::default(),
        }
    }

    /// For a schema that stands alone.
    pub fn of(schema: Value) -> Judge {
        Judge {
            whole: schemas::validator(&schema),
            schema,
            insides: RefCell::default(),
        }
    }

    /// The verdict.
    pub fn accepts(&self, instance: &Value) -> bool {
        self.whole.is_valid(instance) && self.beyond(&self.schema, instance)
    }

    /// The keywords that a validator blames, insides included.
    pub fn blames(&self, instance: &Value) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.whole, instance, &mut found);
        self.blames_inside(&self.schema, instance, &mut found);
        found
    }

    fn blames_inside(&self, schema: &Value, instance: &Value, found: &mut Vec<String>) {
        if let (Some(inner), Some(text)) = (schema.get("contentSchema"), instance.as_str())
            && let Ok(inside) = serde_json::from_str::<Value>(text)
        {
            self.with_inside(inner, |validator| collect(validator, &inside, found));
        }
        for (part, instance) in parts(schema, instance) {
            self.blames_inside(part, instance, found);
        }
    }

    fn with_inside<T>(&self, schema: &Value, act: impl FnOnce(&jsonschema::Validator) -> T) -> T {
        let mut insides = self.insides.borrow_mut();
        let built = insides
            .entry(schema.to_string())
            .or_insert_with(|| schemas::validator(schema));
        act(built)
    }

    fn beyond(&self, schema: &Value, instance: &Value) -> bool {
        if let (Some(inner), Some(text)) = (schema.get("contentSchema"), instance.as_str()) {
            let Ok(inside) = serde_json::from_str::<Value>(text) else {
                return false;
            };
            let valid = self.with_inside(inner, |validator| validator.is_valid(&inside));
            return valid && self.beyond(inner, &inside);
        }
        decimal_fits(schema, instance)
            && time_exists(schema, instance)
            && parts(schema, instance)
                .iter()
                .all(|(part, instance)| self.beyond(part, instance))
    }
}

fn collect(validator: &jsonschema::Validator, instance: &Value, found: &mut Vec<String>) {
    for error in validator.iter_errors(instance) {
        let path = error.schema_path().to_string();
        // `items: false` and `prefixItems` blame an index or the member itself.
        let keyword = path.rsplit('/').find(|part| part.parse::<usize>().is_err());
        found.push(keyword.unwrap_or_default().to_owned());
    }
}

/// The parts of a schema with the parts of an instance that they are about.
fn parts<'a>(schema: &'a Value, instance: &'a Value) -> Vec<(&'a Value, &'a Value)> {
    let mut found = Vec::new();
    if let (Some(properties), Some(members)) =
        (schema["properties"].as_object(), instance.as_object())
    {
        let known = members
            .iter()
            .filter_map(|(name, value)| Some((properties.get(name)?, value)));
        found.extend(known);
    }
    if let Some(elements) = instance.as_array() {
        if let Some(first) = schema["prefixItems"].as_array() {
            found.extend(first.iter().zip(elements));
        } else if let Some(items) = schema.get("items") {
            found.extend(elements.iter().map(|element| (items, element)));
        }
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        // One or many: the choice of the instance's own type is the one that speaks of it.
        let wanted = if instance.is_array() {
            "array"
        } else {
            "object"
        };
        let choice = choices.iter().find(|choice| choice["type"] == wanted);
        found.extend(choice.map(|choice| (choice, instance)));
    }
    found
}

fn decimal_fits(schema: &Value, instance: &Value) -> bool {
    let (Some(shape), Value::Number(number)) = (schema.get("x-decimal"), instance) else {
        return true;
    };
    let limit = |name: &str| usize::try_from(shape[name].as_u64().unwrap()).unwrap();
    let (precision, scale) = (limit("precision"), limit("scale"));
    let text = number.to_string();
    let (whole, fraction) = text
        .trim_start_matches('-')
        .split_once('.')
        .unwrap_or((text.trim_start_matches('-'), ""));
    !text.contains('e')
        && whole.len() <= precision - scale
        && fraction.trim_end_matches('0').len() <= scale
}

fn time_exists(schema: &Value, instance: &Value) -> bool {
    let (Some(_), Some(text)) = (schema.get("x-time"), instance.as_str()) else {
        return true;
    };
    if text.is_empty() || text.starts_with("0000-00-00") {
        return true;
    }
    let number = |from: usize, to: usize| text[from..to].parse::<u32>().unwrap();
    if text.len() < 10 {
        return true;
    }
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    year > 0 && day <= length
}
