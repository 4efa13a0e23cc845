//! Arbitrary instances of a schema, and faults at arbitrary places of them.

use serde_json::{Map, Value, json};

use crate::cases::Dice;
use crate::support::leaf::{self, Kind};
use crate::support::samples;
use crate::support::schemas::types;

fn limit(schema: &Value, keyword: &str) -> Option<usize> {
    schema[keyword]
        .as_u64()
        .map(|limit| usize::try_from(limit).unwrap())
}

/// An instance that the schema admits.
pub fn valid(schema: &Value, dice: &mut Dice) -> Value {
    if let Some(inner) = schema.get("contentSchema") {
        return valid(inner, dice).to_string().into();
    }
    if schema.get("properties").is_some() {
        return object(schema, dice);
    }
    if let Some(arguments) = schema["prefixItems"].as_array() {
        let least = limit(schema, "minItems").unwrap_or(0);
        let count = dice.within(least, arguments.len());
        return arguments[..count]
            .iter()
            .map(|schema| valid(schema, dice))
            .collect();
    }
    if let Some(items) = schema.get("items") {
        let least = limit(schema, "minItems").unwrap_or(0);
        let most = limit(schema, "maxItems").unwrap_or(least + 3);
        let count = dice.within(least, most.min(least + 3));
        return (0..count).map(|_| valid(items, dice)).collect();
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return valid(dice.pick(choices), dice);
    }
    single(schema, dice)
}

fn object(schema: &Value, dice: &mut Dice) -> Value {
    let mut wanted = samples::names(&schema["required"]);
    for groups in samples::choices(schema) {
        wanted.extend(dice.pick(&groups).iter());
    }
    let mut members = Map::new();
    for (name, property) in schema["properties"].as_object().unwrap() {
        if wanted.contains(&name.as_str()) || dice.one_in(2) {
            members.insert(name.clone(), valid(property, dice));
        }
    }
    if schema["additionalProperties"] != false && dice.one_in(8) {
        members.insert("a_field_from_tomorrow".to_owned(), anything(dice));
    }
    members.into()
}

fn single(schema: &Value, dice: &mut Dice) -> Value {
    let is = |name| types(schema).contains(&name);
    match leaf::kind(schema) {
        Kind::Text if dice.one_in(2) => {
            let least = limit(schema, "minLength").unwrap_or(0);
            let most = limit(schema, "maxLength").unwrap_or(least + 12);
            let count = dice.within(least, most);
            (0..count)
                .map(|_| dice.character())
                .collect::<String>()
                .into()
        }
        Kind::Integer if is("integer") && dice.one_in(2) => {
            let number = i64::from_ne_bytes(dice.next().to_ne_bytes());
            json!(number % 1_000_000_000_000_000_000)
        }
        Kind::Decimal if is("string") && dice.one_in(2) => {
            let limit =
                |name| usize::try_from(schema["x-decimal"][name].as_u64().unwrap()).unwrap();
            let (precision, scale) = (limit("precision"), limit("scale"));
            let whole = dice.within(0, precision - scale - 1);
            let sign = if dice.one_in(3) { "-" } else { "" };
            let whole = format!("{}{}", dice.within(1, 9), dice.digits(whole));
            let fraction = dice.within(1, scale.max(1));
            if scale > 0 && dice.one_in(2) {
                json!(format!("{sign}{whole}.{}", dice.digits(fraction)))
            } else {
                json!(format!("{sign}{whole}"))
            }
        }
        _ => dice.pick(&leaf::good(schema)).clone(),
    }
}

/// Breaks an instance, or leaves it valid in another way, at an arbitrary place.
pub fn mutate(schema: &Value, value: &mut Value, dice: &mut Dice) {
    let inner = schema.get("contentSchema").filter(|_| !dice.one_in(6));
    if let (Some(inner), Some(text)) = (inner, value.as_str())
        && let Ok(mut inside) = serde_json::from_str(text)
    {
        mutate(inner, &mut inside, dice);
        *value = inside.to_string().into();
        return;
    }
    match value {
        Value::Object(members) if !members.is_empty() && !dice.one_in(5) => {
            let at = dice.below(members.len());
            let (name, value) = members.iter_mut().nth(at).unwrap();
            mutate(member(schema, name), value, dice);
        }
        Value::Array(items) if !items.is_empty() && !dice.one_in(3) => {
            let at = dice.below(items.len());
            mutate(element(schema, at), &mut items[at], dice);
        }
        value => fault(schema, value, dice),
    }
}

fn member<'s>(schema: &'s Value, name: &str) -> &'s Value {
    let choice = choice(schema, "object");
    &choice["properties"][name]
}

fn element(schema: &Value, at: usize) -> &Value {
    let choice = choice(schema, "array");
    choice["prefixItems"].get(at).unwrap_or(&choice["items"])
}

/// Of one or many, the choice of that type.
fn choice<'s>(schema: &'s Value, of: &str) -> &'s Value {
    let choices = schema["anyOf"].as_array().into_iter().flatten();
    choices
        .into_iter()
        .find(|choice| choice["type"] == of)
        .unwrap_or(schema)
}

fn fault(schema: &Value, value: &mut Value, dice: &mut Dice) {
    if let (Value::Array(items), true) = (&mut *value, dice.one_in(3)) {
        items.clear();
        return;
    }
    let is_single = schema.get("type").is_some()
        && ["properties", "prefixItems", "items", "contentSchema"]
            .iter()
            .all(|keyword| schema.get(keyword).is_none());
    match (dice.below(6), &mut *value) {
        (0, _) if is_single => {
            let bad = leaf::bad(schema, dice.one_in(2));
            if !bad.is_empty() {
                *value = dice.pick(&bad).value.clone();
            }
        }
        (1, Value::String(text)) => *text = changed(text, dice),
        (1, Value::Number(number)) => *value = changed_number(&number.to_string(), dice),
        (2, Value::Object(members)) if !members.is_empty() => {
            let at = dice.below(members.len());
            let name = members.keys().nth(at).unwrap().clone();
            members.remove(&name);
        }
        (2, Value::Array(items)) if !items.is_empty() => {
            let at = dice.below(items.len());
            let item = items.remove(at);
            if dice.one_in(2) {
                items.extend([item.clone(), item]);
            }
        }
        (3, _) => *value = json!({ "item": value.take() }),
        (4, _) => *value = json!([value.take()]),
        (5, _) if is_single => *value = single(schema, dice),
        _ => *value = anything(dice),
    }
}

fn changed(text: &str, dice: &mut Dice) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    let at = dice.below(characters.len() + 1);
    match dice.below(5) {
        0 => characters.insert(at, dice.character()),
        1 => characters.truncate(at),
        2 if at < characters.len() => characters[at] = dice.character(),
        3 => return text.repeat(dice.within(2, 30)),
        _ => characters.insert(at, *dice.pick(&['0', '.', '-', ' ', '1', '仓'])),
    }
    characters.into_iter().collect()
}

fn changed_number(text: &str, dice: &mut Dice) -> Value {
    let other = match dice.below(4) {
        0 => format!("{text}0000"),
        1 => format!("-{}", text.trim_start_matches('-')),
        2 if !text.contains(['.', 'e']) => format!("{text}.{}", dice.digits(2)),
        _ => dice.below(10).to_string(),
    };
    serde_json::from_str(&other).unwrap_or_else(|_| other.into())
}

fn anything(dice: &mut Dice) -> Value {
    let text = dice.text(6);
    let some = [
        json!(null),
        json!(""),
        json!([]),
        json!({}),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1.5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!("0"),
        json!("1"),
        json!("12.0"),
        json!("0000-00-00"),
        json!("0000-00-00 00:00:00"),
        json!("2025-01-31"),
        json!("2025-01-31 00:00:00"),
        json!("2025-02-29 10:00:00"),
        json!("null"),
        json!("[]"),
        json!("{}"),
        json!([null]),
        json!({ "": "" }),
        json!(text),
    ];
    dice.pick(&some).clone()
}
