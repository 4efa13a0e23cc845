//! `dockseal export openapi`: every schema compiles, every example fits its schema and is signed as
//! the vendor signs, and the same bindings give the same bytes.

use std::collections::BTreeSet;
use std::path::Path;

use dockseal::gateway::Direction;
use serde_json::{Map, Value};

use crate::program::{md5, run};

const STOCKIN: &str = "wms.stockin.status_update";
const TRANSFER: &str = "wms.transferorder.update";
const FORM: &str = "application/x-www-form-urlencoded";

fn exported(arguments: &[&str]) -> Value {
    let run = run(&[&["export", "openapi"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    run.json()
}

/// Path and operation of every method.
fn operations(document: &Value) -> Vec<(&str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let posts = paths
        .iter()
        .map(|(path, item)| (path.as_str(), &item["post"]));
    posts.collect()
}

/// A schema of the document with its references, ready to judge.
fn validator(document: &Value, reference: &Value) -> jsonschema::Validator {
    let mut schema = document.clone();
    schema["$ref"] = reference["$ref"].clone();
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
    options.build(&schema).unwrap()
}

fn values(examples: &Value) -> impl Iterator<Item = &Value> {
    let named = examples["examples"].as_object().unwrap();
    named.values().map(|example| &example["value"])
}

fn upper_md5(text: &str) -> String {
    md5(text).to_uppercase()
}

#[test]
fn every_pushed_method_is_there_and_no_other() {
    let document = exported(&[]);
    let found: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|(_, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    let apis = dockseal::APIS.iter().map(|any| any.api());
    let pushed: BTreeSet<_> = apis
        .filter(|api| api.gateway.direction == Direction::Push)
        .map(|api| api.method)
        .collect();
    assert_eq!(found, pushed);
    assert_eq!(document["openapi"], "3.1.0");
}

#[test]
fn methods_of_one_address_are_told_apart_by_what_is_never_sent() {
    let together = exported(&[]);
    let paths: Vec<_> = operations(&together)
        .into_iter()
        .map(|(path, _)| path)
        .collect();
    assert_eq!(
        paths,
        [
            format!("/index.php/api#{STOCKIN}"),
            format!("/index.php/api#{TRANSFER}")
        ]
    );
    for method in [STOCKIN, TRANSFER] {
        let alone = exported(&[method]);
        let [(path, operation)] = operations(&alone)[..] else {
            unreachable!("one method has one path")
        };
        assert_eq!(path, "/index.php/api");
        assert_eq!(operation["operationId"], method);
    }
}

#[test]
fn every_example_fits_its_schema_and_its_content_fits_the_content_s() {
    let document = exported(&[]);
    let (mut requests, mut replies) = (0, 0);
    for (_, operation) in operations(&document) {
        let form = &operation["requestBody"]["content"][FORM];
        let judge = validator(&document, &form["schema"]);
        for value in values(form) {
            let errors: Vec<_> = judge
                .iter_errors(value)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(errors, Vec::<String>::new());
            let properties = referenced(&document, &form["schema"])["properties"].clone();
            for (name, text) in value.as_object().unwrap() {
                assert!(text.is_string(), "{name} is no text");
                let content = &properties[name]["contentSchema"];
                if content.is_object() {
                    let inner: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
                    let judge = jsonschema::options()
                        .with_draft(jsonschema::Draft::Draft202012)
                        .build(content)
                        .unwrap();
                    assert!(judge.is_valid(&inner), "{name}: {inner}");
                }
            }
            requests += 1;
        }
        let reply = &operation["responses"]["200"]["content"]["application/json"];
        let judge = validator(&document, &reply["schema"]);
        for value in values(reply) {
            assert!(judge.is_valid(value), "{value}");
            replies += 1;
        }
    }
    let apis = dockseal::APIS.iter().map(|any| any.api());
    let examples = || {
        let pushed = apis
            .clone()
            .filter(|api| api.gateway.direction == Direction::Push);
        pushed.flat_map(|api| api.examples)
    };
    assert_eq!(
        requests,
        examples()
            .filter(|example| example.request.is_some())
            .count()
    );
    assert_eq!(
        replies,
        examples().filter(|example| example.reply.is_some()).count()
    );
}

fn referenced<'a>(document: &'a Value, reference: &Value) -> &'a Value {
    let pointer = reference["$ref"]
        .as_str()
        .unwrap()
        .strip_prefix('#')
        .unwrap();
    document.pointer(pointer).unwrap()
}

#[test]
fn a_form_that_breaks_a_rule_of_the_document_does_not_fit() {
    let document = exported(&[STOCKIN]);
    let (_, operation) = operations(&document)[0];
    let form = &operation["requestBody"]["content"][FORM];
    let judge = validator(&document, &form["schema"]);
    let right: Map<_, _> = values(form).next().unwrap().as_object().unwrap().clone();
    assert!(judge.is_valid(&Value::Object(right.clone())));
    for (name, wrong) in [
        ("stockin_bn", None),
        ("status", None),
        ("sign", None),
        ("node_id", None),
        ("status", Some("DONE")),
        ("method", Some(TRANSFER)),
        ("flag", Some("other")),
        ("sign", Some("lower-case")),
        ("operate_time", Some("2025-13-01 10:00:00")),
    ] {
        let mut form = right.clone();
        match wrong {
            Some(text) => form.insert(name.to_owned(), text.into()),
            None => form.remove(name),
        };
        assert!(!judge.is_valid(&Value::Object(form)), "{name} {wrong:?}");
    }
}

#[test]
fn the_examples_are_signed_with_the_token_that_the_description_names() {
    let document = exported(&[]);
    let description = document["info"]["description"].as_str().unwrap();
    assert!(description.contains("`sandbox-token`"));
    let mut signed = 0;
    for (_, operation) in operations(&document) {
        for value in values(&operation["requestBody"]["content"][FORM]) {
            let mut text = String::new();
            // Members are in byte order here, as they are signed.
            for (name, value) in value.as_object().unwrap() {
                if name != "sign" {
                    text.push_str(name);
                    text.push_str(value.as_str().unwrap());
                }
            }
            let inner = upper_md5(&text);
            assert_eq!(value["sign"], upper_md5(&format!("{inner}sandbox-token")));
            signed += 1;
        }
    }
    assert_eq!(signed, 3);
}

#[test]
fn the_fields_of_a_form_stand_in_the_document_s_order() {
    let text = run(&["export", "openapi", STOCKIN]).out;
    let places: Vec<_> = [
        "\"flag\": {",
        "\"sign\": {",
        "\"stockin_bn\": {",
        "\"item\": {",
    ]
    .iter()
    .map(|name| text.find(name).unwrap())
    .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn every_system_parameter_and_every_known_failure_is_explained() {
    let document = exported(&[]);
    let description = document["info"]["description"].as_str().unwrap();
    let gateway = dockseal::shopex_oms::GATEWAY;
    for row in gateway.errors {
        assert!(description.contains(row.meaning) && description.contains(row.hint_zh));
    }
    for (_, operation) in operations(&document) {
        let schema = &operation["requestBody"]["content"][FORM]["schema"];
        let properties = &referenced(&document, schema)["properties"];
        for parameter in gateway.parameters {
            let property = &properties[parameter.name];
            assert_eq!(property["title"], parameter.title);
            assert!(property["description"].as_str().unwrap().len() > 10);
        }
    }
}

#[test]
fn the_same_bindings_give_the_same_bytes_to_a_file_and_to_the_output() {
    let first = run(&["export", "openapi"]).out;
    assert_eq!(first, run(&["export", "openapi"]).out);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi.json");
    let path = file.to_str().unwrap();
    let told = run(&["export", "openapi", "--out", path, "--json"]).json();
    assert_eq!(told["file"], path);
    assert_eq!(told["methods"], serde_json::json!([STOCKIN, TRANSFER]));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
}

#[test]
fn the_server_is_the_given_one_with_its_own_path_if_it_has_one() {
    for (server, url, path) in [
        (
            "https://oms.example.com",
            "https://oms.example.com",
            "/index.php/api",
        ),
        (
            "https://oms.example.com:8443/",
            "https://oms.example.com:8443",
            "/index.php/api",
        ),
        (
            "http://127.0.0.1:8080/oms/api",
            "http://127.0.0.1:8080",
            "/oms/api",
        ),
    ] {
        let document = exported(&[STOCKIN, "--server", server]);
        assert_eq!(document["servers"][0]["url"], url);
        assert_eq!(operations(&document)[0].0, path);
    }
}

#[test]
fn what_cannot_be_exported_ends_with_two_and_says_why() {
    for (arguments, part) in [
        (
            &["wms.stockin.status_updte"][..],
            "did you mean wms.stockin.status_update",
        ),
        (&["process.Process.upload"], "not pushed to an OMS"),
        (
            &["--server", "oms.example.com"],
            "--server wants an address",
        ),
        (
            &["--server", "ftp://oms.example.com"],
            "--server wants an address",
        ),
        (
            &["--out", "/nowhere/at/all.json"],
            "cannot write /nowhere/at/all.json",
        ),
    ] {
        let run = run(&[&["export", "openapi"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains(part), "{}", run.err);
        assert_eq!(run.out, "");
    }
}
