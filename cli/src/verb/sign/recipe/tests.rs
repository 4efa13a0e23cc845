//! The right recipe against the vendors' figures: it has to be `dockseal::sign`'s twin.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

use dockseal::form::FormValue;
use serde_json::Value as Json;

use super::{Recipe, Subject};
use crate::verb::secret::Secret;
use crate::verb::sign::message::{Message, Pair, Role};

/// As a gateway would decode it; none for what does not travel in a form.
fn value(json: &Json) -> Option<FormValue> {
    match json {
        Json::String(text) => Some(FormValue::Text(text.clone())),
        Json::Array(items) if !items.is_empty() => items
            .iter()
            .map(value)
            .collect::<Option<_>>()
            .map(FormValue::List),
        Json::Object(map) => {
            let member = |pair: &Json| Some((pair[0].as_str()?.to_owned(), value(&pair[1])?));
            map["map"]
                .as_array()?
                .iter()
                .map(member)
                .collect::<Option<_>>()
                .map(FormValue::Map)
        }
        _ => None,
    }
}

fn message(case: &Json) -> Option<Message> {
    let name = case["gateway"].as_str()?;
    let gateway = *dockseal::GATEWAYS
        .iter()
        .find(|gateway| gateway.name == name)?;
    let mut pairs = Vec::new();
    for pair in case["params"].as_array()? {
        pairs.push(Pair {
            name: pair[0].as_str()?.to_owned(),
            value: value(&pair[1])?,
            role: Role::Business,
        });
    }
    if let (Some(name), Some(body)) = (gateway.scheme.body, case["body"].as_str()) {
        pairs.push(Pair {
            name: name.to_owned(),
            value: FormValue::Text(body.to_owned()),
            role: Role::Body,
        });
    }
    Some(Message {
        gateway,
        pairs,
        notes: Vec::new(),
    })
}

#[test]
fn the_right_recipe_makes_the_vendors_signatures() {
    let mut checked = 0;
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors");
    for gateway in dockseal::GATEWAYS {
        let lines = std::fs::read_to_string(format!("{directory}/{}.jsonl", gateway.name)).unwrap();
        for line in lines.lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            let signing = case["secret"].as_str().unwrap().into();
            // The choice of a digest travels among the parameters; where it does not, the case is
            // about something else.
            let Some(message) =
                message(&case).filter(|message| message.digest() == case["sign_method"].as_str())
            else {
                continue;
            };
            let secret = Secret {
                signing,
                salt: None,
                whole: None,
            };
            let made = Recipe::right(&message).unwrap().sign(Subject {
                message: &message,
                secret: &secret,
            });
            assert_eq!(
                made.as_deref(),
                case["sign"].as_str(),
                "{} {}",
                gateway.name,
                case["name"]
            );
            checked += 1;
        }
    }
    assert!(checked > 80, "{checked} cases were checked");
}
