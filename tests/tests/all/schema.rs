//! Schema to Rust to schema: what `schemars` derives from the generated types is equal in meaning to
//! the reviewed files, keyword by keyword and by the verdicts on instances and mutants.

use dockseal::object::Object;
use dockseal::schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::support::compare::{Side, messages};
use crate::support::judge::Judge;
use crate::support::mutants::mutants;
use crate::support::samples::samples;
use crate::support::schemas::{Schemas, validator};
use crate::support::spelling::normal;

/// What the tables of a type say, as a schema.
fn derived(object: &dyn Object) -> Value {
    let mut generator = SchemaGenerator::default();
    dockseal::object::schema::object_schema(object.table(), &mut generator).to_value()
}

/// The reviewed schema of a message, without the array around a single positional argument.
fn reviewed(schemas: &Schemas, api: &dockseal::api::Api, side: Side) -> Value {
    let schema = schemas.inlined(api.schema, side.pointer());
    let wrapped = side == Side::Request && api.positional;
    match schema["prefixItems"].as_array().map(Vec::as_slice) {
        Some([only]) if wrapped => only.clone(),
        _ => schema,
    }
}

#[test]
fn the_derived_schema_of_every_message_says_what_its_file_says() {
    let schemas = Schemas::load();
    let messages = messages();
    for (api, side, blank) in &messages {
        let (file, rust) = (
            normal(&reviewed(&schemas, api, *side)),
            normal(&derived(blank.as_ref())),
        );
        assert_eq!(
            serde_json::to_string_pretty(&rust).unwrap(),
            serde_json::to_string_pretty(&file).unwrap(),
            "{} {side:?}",
            api.method
        );
    }
    assert_eq!(messages.len(), 2 * dockseal::APIS.len());
}

#[test]
fn the_derived_schema_gives_the_verdicts_of_its_file_on_all_instances_and_mutants() {
    let schemas = Schemas::load();
    let (mut valid, mut invalid) = (0, 0);
    for (api, side, blank) in messages() {
        let schema = reviewed(&schemas, api, side);
        let (file, rust) = (
            Judge::of(schema.clone()),
            Judge::of(derived(blank.as_ref())),
        );
        for instance in samples(&schema) {
            assert!(file.accepts(&instance), "{instance}");
            assert!(
                rust.accepts(&instance),
                "{} {side:?} {instance}",
                api.method
            );
            valid += 1;
        }
        for mutant in mutants(&schema) {
            // `x-` keywords are not part of the derived schema.
            if mutant.keyword.starts_with("x-") {
                continue;
            }
            let place = format!("{} {side:?} {} {}", api.method, mutant.at, mutant.value);
            assert!(!file.accepts(&mutant.value), "{place}");
            assert!(!rust.accepts(&mutant.value), "{place}");
            invalid += 1;
        }
    }
    assert!(valid > 250 && invalid > 1000, "{valid} {invalid}");
}

/// A named type of a file against its derived schema.
fn same<T: JsonSchema>(file: &str, pointer: &str) {
    let file = Schemas::load().inlined(file, pointer);
    let rust = SchemaGenerator::default()
        .into_root_schema_for::<T>()
        .to_value();
    assert_eq!(normal(&rust), normal(&file), "{pointer}");
}

#[test]
fn types_that_no_message_holds_keep_their_schemas_too() {
    use dockseal::shopex_oms::{StockinStatusUpdateReplyData, TransferorderUpdateReplyData};

    same::<StockinStatusUpdateReplyData>(
        "shopex-oms/wms.stockin.status_update.json",
        "/$defs/StockinStatusUpdateReplyData",
    );
    same::<TransferorderUpdateReplyData>(
        "shopex-oms/wms.transferorder.update.json",
        "/$defs/TransferorderUpdateReplyData",
    );
}

#[test]
fn schemars_own_entrance_gives_the_same_schema_with_its_name() {
    use dockseal::wangdian_flagship::ProcessUploadDetail;

    same::<ProcessUploadDetail>(
        "wangdian-flagship/process.Process.upload.json",
        "/$defs/ProcessUploadDetail",
    );
    assert_eq!(ProcessUploadDetail::schema_name(), "ProcessUploadDetail");
    let schema = dockseal::schemars::SchemaGenerator::default()
        .into_root_schema_for::<ProcessUploadDetail>()
        .to_value();
    assert!(validator(&schema).is_valid(&serde_json::json!({ "spec_no": "A", "num": "1" })));
}
