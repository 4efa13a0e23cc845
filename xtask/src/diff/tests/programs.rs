//! JSON and SARIF, as the programs that read them demand.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{many, report, sample};
use crate::diff::options::Kind;
use crate::diff::publish::render;

const SCHEMA: &str = include_str!("../review.schema.json");

#[test]
fn the_json_is_valid_under_its_schema_which_lets_nothing_else_pass() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut value: Value = serde_json::from_str(&report(Kind::Json)).unwrap();
    let errors: Vec<_> = validator
        .iter_errors(&value)
        .map(|e| e.to_string())
        .collect();
    assert_eq!(errors, [""; 0]);
    value["findings"][0]["severity"] = "bad".into();
    assert!(!validator.is_valid(&value));
}

#[test]
fn the_json_has_every_finding_and_sorted_members() {
    let review = many(1_000);
    let text = render(Kind::Json, &review, &sample::frame());
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value["findings"].as_array().unwrap().len(), 1_000);
    let finding = value["findings"][0].as_object().unwrap();
    let names: Vec<_> = finding.keys().collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
}

#[test]
fn the_sarif_is_what_code_scanning_asks_for() {
    let value: Value = serde_json::from_str(&report(Kind::Sarif)).unwrap();
    assert_eq!(value["version"], "2.1.0");
    let run = &value["runs"][0];
    let rules: Vec<_> = run["tool"]["driver"]["rules"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    let ids: BTreeSet<_> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), rules.len(), "each rule once");
    for rule in &rules {
        assert!(rule["shortDescription"]["text"].is_string(), "{rule}");
    }
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), sample::review().findings.len() + 1);
    let mut fingerprints = BTreeSet::new();
    for result in results {
        let rule = result["ruleId"].as_str().unwrap();
        assert!(ids.contains(rule), "{rule}");
        assert!(result["message"]["text"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let physical = &result["locations"][0]["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.starts_with("schemas/"), "{uri}");
        assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        assert!(physical["region"]["startLine"].as_u64().unwrap() >= 1);
        assert!(physical["region"]["startColumn"].as_u64().unwrap() >= 1);
        if let Some(fingerprint) = result["partialFingerprints"]["dockseal/v1"].as_str() {
            assert!(fingerprints.insert(fingerprint), "{fingerprint}");
        }
    }
    assert_eq!(fingerprints.len(), sample::review().findings.len());
}

#[test]
fn the_levels_of_sarif_are_the_severities_and_what_is_approved_is_suppressed() {
    let value: Value = serde_json::from_str(&report(Kind::Sarif)).unwrap();
    let results = value["runs"][0]["results"].as_array().unwrap();
    let of = |rule: &str| {
        results
            .iter()
            .find(|result| result["ruleId"] == rule)
            .unwrap()
    };
    for (rule, level) in [
        ("decimal-narrowed", "error"),
        ("type-narrowed", "warning"),
        ("max-length-loosened", "note"),
        ("description-changed", "note"),
        ("changelog-missing", "error"),
    ] {
        assert_eq!(of(rule)["level"], level, "{rule}");
    }
    assert_eq!(
        of("address-changed")["suppressions"][0]["status"],
        "accepted"
    );
    assert!(of("decimal-narrowed")["suppressions"].is_null());
}

#[test]
fn sarif_is_cut_at_what_code_scanning_takes_and_says_so() {
    let value: Value =
        serde_json::from_str(&render(Kind::Sarif, &many(25_010), &sample::frame())).unwrap();
    let run = &value["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    let said = run["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(said.contains("11 more results"), "{said}");
}

#[test]
fn a_path_is_a_uri() {
    let mut review = many(1);
    review.findings[0].location.path = "a b/中#.json".to_owned();
    let text = render(Kind::Sarif, &review, &sample::frame());
    assert!(
        text.contains("\"schemas/a%20b/%E4%B8%AD%23.json\""),
        "{text}"
    );
}
