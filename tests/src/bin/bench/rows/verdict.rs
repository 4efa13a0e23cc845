//! Reading and checking every rule against `serde_json::Value` and the crate `jsonschema`.
//!
//! The validators are made of the schema files beforehand, and pass over what standard keywords do
//! not say: the digits of decimals, the existence of days. Of a push, the lines alone are theirs.

use std::error::Error;
use std::path::Path;

use dockseal::Described;
use dockseal::api::Request;
use dockseal::object::read::DecodeError;
use dockseal::shopex_oms::{StockinItem, StockinStatusUpdate};
use dockseal::wangdian_flagship::ProcessUpload;
use jsonschema::{Registry, Validator};
use serde_json::{Value, json};

use crate::contest::Contest;
use crate::forms::{form, received};
use crate::payloads::{SIZES, order, push};
use crate::table::Table;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let judge = validator(ProcessUpload::API.schema, "/$defs/ProcessUpload")?;
    for size in SIZES {
        let mut order = order(size);
        let json = order.to_json();
        order.producer_no.clear();
        let broken = order.to_json();
        let ours = |json: &str| checked(ProcessUpload::from_json(json.as_bytes()));
        let theirs = |json: &str| judged(&judge, json);
        agree([
            ours(&json).1,
            theirs(&json).1,
            !ours(&broken).1,
            !theirs(&broken).1,
        ])?;
        let outcome = contest.hold(|| ours(&json), || theirs(&json))?;
        table.row(format!("verdict/{size}"), "production order", outcome);
    }

    let lines = "/$defs/StockinStatusUpdate/properties/item/contentSchema";
    let judge = validator(StockinStatusUpdate::API.schema, lines)?;
    for size in SIZES {
        let push = push(size)?;
        let json = serde_json::to_string(&push.item)?;
        let (whole, broken) = (
            form(&push)?,
            form(&push.with_item(vec![StockinItem::new("")]))?,
        );
        let ours = |form: &[_]| checked(received(form));
        let theirs = |json: &str| judged(&judge, json);
        let nameless = r#"[{"product_bn":""}]"#;
        agree([
            ours(&whole).1,
            theirs(&json).1,
            !ours(&broken).1,
            !theirs(nameless).1,
        ])?;
        let outcome = contest.hold(|| ours(&whole), || theirs(&json))?;
        table.row(format!("verdict/{size}"), "stock-in push", outcome);
    }
    Ok(())
}

fn agree(verdicts: [bool; 4]) -> Result<(), Box<dyn Error>> {
    match verdicts {
        [true, true, true, true] => Ok(()),
        _ => Err("the verdicts are not those that both sides should have".into()),
    }
}

/// What was read and whether it keeps every rule.
fn checked<T: Described>(read: Result<T, DecodeError>) -> (Result<T, DecodeError>, bool) {
    let valid = read.as_ref().is_ok_and(|value| value.validate().is_ok());
    (read, valid)
}

fn judged(judge: &Validator, json: &str) -> (serde_json::Result<Value>, bool) {
    let value = serde_json::from_str(json);
    let valid = value.as_ref().is_ok_and(|value| judge.is_valid(value));
    (value, valid)
}

/// An independent validator of the schema at `pointer` of a file, references followed by it.
fn validator(file: &str, pointer: &str) -> Result<Validator, Box<dyn Error>> {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let gateway = file.split('/').next().unwrap_or_default();
    let mut registry = Registry::new();
    for name in [file, &format!("{gateway}/gateway.json")] {
        let text = std::fs::read_to_string(schemas.join(name))?;
        let mut schema: Value = serde_json::from_str(&text)?;
        if let Some(members) = schema.as_object_mut() {
            // The dialect is 2020-12 with annotations; validators know it by that name.
            let dialect = "https://json-schema.org/draft/2020-12/schema";
            members.insert("$schema".to_owned(), dialect.into());
        }
        registry = registry.add(format!("dockseal:/schemas/{name}"), schema)?;
    }
    let registry = registry.prepare()?;
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .with_registry(&registry)
        .build(&json!({ "$ref": format!("dockseal:/schemas/{file}#{pointer}") }))
        .map_err(|error| error.to_string().into())
}
