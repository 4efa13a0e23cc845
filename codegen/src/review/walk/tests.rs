//! For each rule a pair of schemas that shows it, and the reverse pair that shows its opposite.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on should stop there"
)]

use std::collections::BTreeSet;

use super::walk;
use crate::diagnostic::Problems;
use crate::review::rule::Rule;
use crate::review::rules::{RULES, compose, list, object, value, words};
use crate::review::tree::Tree;
use crate::review::verdict::Reading;
use crate::source::SourceFile;

const PATH: &str = "plain/schema.json";

/// A change as the tests look at it.
#[derive(Debug)]
struct Told {
    rule: &'static Rule,
    path: String,
    term: Option<String>,
    rows: Vec<String>,
    old: Option<String>,
    new: Option<String>,
    unclear: bool,
}

fn told(old: &str, new: &str, reading: Reading) -> Vec<Told> {
    let files = [old, new].map(|text| {
        [SourceFile {
            path: PATH.to_owned(),
            bytes: text.as_bytes().to_vec(),
        }]
    });
    let mut problems = Problems::default();
    let [old, new] = &files;
    let (old, new) = (
        Tree::read(old, &mut problems),
        Tree::read(new, &mut problems),
    );
    assert!(problems.is_empty(), "{problems:?}");
    let (before, after) = (old.root(PATH).unwrap(), new.root(PATH).unwrap());
    let mut all = Vec::new();
    for difference in walk((&old, before), (&new, after), reading) {
        for change in difference.changes {
            let (path, context) = match change.part {
                Some(part) => (part.path, part.context),
                None => (difference.path.clone(), difference.context.clone()),
            };
            all.push(Told {
                rule: change.rule,
                path,
                term: context.term,
                rows: context.rows,
                old: change.old.map(|spot| spot.value),
                new: change.new.map(|spot| spot.value),
                unclear: change.unclear,
            });
        }
    }
    all
}

fn rules(old: &str, new: &str, reading: Reading) -> Vec<&'static str> {
    let all = told(old, new, reading);
    all.iter().map(|told| told.rule.id).collect()
}

/// Each pair shows exactly this rule, and the reverse pair exactly its opposite.
const PAIRS: &[(Reading, &Rule, &str, &str)] = &include!("pairs.rs");

#[test]
fn each_rule_is_told_of_its_pair_and_its_opposite_of_the_reverse() {
    for (reading, rule, old, new) in PAIRS {
        // A swap is told of both.
        let rules = |old, new| {
            let mut rules = rules(old, new, *reading);
            rules.dedup();
            rules
        };
        assert_eq!(rules(old, new), [rule.id], "{old} -> {new}");
        assert_eq!(rules(new, old), [rule.opposite], "{new} -> {old}");
    }
}

#[test]
fn every_rule_of_schemas_is_told_by_some_pair() {
    // Those that are told by others: when opinions are brought together.
    let elsewhere = [
        &compose::EQUIVALENT_REWRITE,
        &compose::UNEXPLAINED_NARROWING,
        &compose::INTERFACE_CHANGED,
        &compose::DEFINITION_ADDED,
        &compose::DEFINITION_REMOVED,
    ];
    let told: BTreeSet<&str> = PAIRS
        .iter()
        .flat_map(|(_, rule, ..)| [rule.id, rule.opposite])
        .chain(elsewhere.map(|rule| rule.id))
        .collect();
    for group in [value::ALL, object::ALL, list::ALL, compose::ALL, words::ALL] {
        for rule in group {
            assert!(told.contains(rule.id), "no pair shows {}", rule.id);
        }
    }
}

#[test]
fn equal_schemas_have_no_changes() {
    for (reading, _, old, new) in PAIRS {
        for schema in [old, new] {
            assert_eq!(rules(schema, schema, *reading), [""; 0], "{schema}");
        }
    }
}

#[test]
fn places_terms_and_rows_are_those_of_the_nearest_field() {
    let schema = |length: &str| {
        format!(
            r##"{{"properties": {{"list": {{"title": "明细", "x-row": "list/1", "type": "array", "items": {{"$ref": "#/$defs/Line"}}}}}},
            "$defs": {{"Line": {{"type": "object", "properties": {{"no": {{"title": "编码", "x-row": ["line/1", "line/2"], "type": "string", "maxLength": {length}}}}}}}}}}}"##
        )
    };
    let all = told(&schema("40"), &schema("20"), Reading::Closed);
    let [one] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(one.rule, &value::MAX_LENGTH_TIGHTENED);
    assert_eq!(one.path, "/list/*/no");
    assert_eq!(one.term.as_deref(), Some("编码"));
    assert_eq!(one.rows, ["line/1", "line/2"]);
    assert_eq!(
        (one.old.as_deref(), one.new.as_deref()),
        (Some("40"), Some("20"))
    );
}

#[test]
fn a_field_that_came_or_went_is_told_at_its_own_place() {
    let (old, new) = (
        r#"{"properties": {"a": {"type": "string"}}}"#,
        r#"{"properties": {"a": {"type": "string"}, "b/c": {"title": "乙", "type": "string"}}, "required": ["b/c"]}"#,
    );
    let all = told(old, new, Reading::Closed);
    let [one] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(one.path, "/b~1c");
    assert_eq!(one.term.as_deref(), Some("乙"));
}

#[test]
fn what_says_the_same_otherwise_is_no_change_of_values() {
    let pairs = [
        (r#"{"type": "string"}"#, r#"{"type": ["string"]}"#),
        (r#"{"minimum": 100}"#, r#"{"minimum": 1e2}"#),
        (
            r#"{"type": "integer", "exclusiveMinimum": 4}"#,
            r#"{"type": "integer", "minimum": 5}"#,
        ),
        (r#"{"enum": [1, "a"]}"#, r#"{"enum": ["a", 1.0]}"#),
        (
            r#"{"type": "string"}"#,
            r#"{"anyOf": [{"type": "string"}]}"#,
        ),
        (
            r#"{"type": ["string", "integer"]}"#,
            r#"{"oneOf": [{"type": "string"}, {"type": "integer"}]}"#,
        ),
        (
            r#"{"type": "string"}"#,
            r#"{"type": "string", "minimum": 3}"#,
        ),
        (
            r#"{"type": "string", "maxLength": 1}"#,
            r#"{"type": "string", "not": {"minLength": 2, "type": "string"}}"#,
        ),
        (r#"{"required": ["a", "b"]}"#, r#"{"required": ["b", "a"]}"#),
        (
            r#"{"not": {"not": {"type": "null"}}}"#,
            r#"{"type": "null"}"#,
        ),
        (r#"{"type": "boolean"}"#, r#"{"enum": [true, false]}"#),
        (
            r#"{"type": "integer", "minimum": 1, "maximum": 8}"#,
            r#"{"anyOf": [{"type": "integer", "minimum": 1, "maximum": 4}, {"type": "integer", "minimum": 5, "maximum": 8}]}"#,
        ),
        (r#"{"pattern": "^a{1,2}$"}"#, r#"{"pattern": "^(a|aa)$"}"#),
    ];
    for (old, new) in pairs {
        for (old, new) in [(old, new), (new, old)] {
            let all = told(old, new, Reading::Plain);
            assert!(!all.is_empty(), "{old} -> {new} passed in silence");
            for told in all {
                assert_eq!(told.rule, &compose::NO_EFFECT, "{old} -> {new}");
            }
        }
    }
}

#[test]
fn what_cannot_be_told_is_unclear() {
    let pairs = [
        // Both branches of the one take the empty object: the other refuses it.
        (
            r#"{"oneOf": [{"required": ["a"]}, {"minProperties": 2}]}"#,
            r#"{"oneOf": [{"required": ["a"]}, {"minProperties": 1}]}"#,
        ),
        (
            r#"{"type": "object"}"#,
            r#"{"not": {"required": ["a"]}, "type": "object"}"#,
        ),
        (
            r#"{"type": "string"}"#,
            r##"{"type": "string", "$ref": "#/$defs/none"}"##,
        ),
    ];
    for (old, new) in pairs {
        let all = told(old, new, Reading::Plain);
        assert!(
            all.iter().any(|told| told.unclear),
            "{old} -> {new}: {all:?}"
        );
    }
}

#[test]
fn what_one_of_refuses_twice_is_not_taken_for_refused_once() {
    // 3 is an integer and a number: exactly one of both does not hold, so that it is admitted.
    let (old, new) = (
        r#"{"type": "integer", "maximum": 2}"#,
        r#"{"type": "integer", "not": {"oneOf": [{"type": "integer"}, {"type": "number"}]}}"#,
    );
    let all = told(old, new, Reading::Plain);
    assert!(all.iter().all(|told| told.rule != &compose::ALL_REFUSED));
    assert!(
        all.iter().any(|told| told.rule == &value::MAXIMUM_LOOSENED),
        "{all:?}"
    );
}

#[test]
fn a_field_that_could_not_be_and_now_may_is_told_to_readers() {
    let (old, new) = (
        r#"{"properties": {"a": false, "b": true}}"#,
        r#"{"properties": {"b": true}}"#,
    );
    assert_eq!(rules(old, new, Reading::Open), ["all-admitted"]);
    assert_eq!(rules(old, new, Reading::Closed), ["no-effect"]);
}

#[test]
fn recursive_schemas_come_to_an_end() {
    let tree = |leaf: &str| {
        format!(
            r##"{{"type": "object", "properties": {{"leaf": {leaf}, "child": {{"$ref": "#"}}, "loop": {{"$ref": "#/$defs/Loop"}}}}, "$defs": {{"Loop": {{"$ref": "#/$defs/Loop"}}}}}}"##
        )
    };
    let (old, new) = (tree(r#"{"type": "string"}"#), tree(r#"{"type": "number"}"#));
    assert_eq!(rules(&old, &new, Reading::Plain), ["type-changed"]);
}

#[test]
fn a_list_or_its_element_is_looked_at_once() {
    let schema = |length: &str| {
        format!(
            r##"{{"anyOf": [{{"type": "array", "items": {{"$ref": "#/$defs/S"}}}}, {{"$ref": "#/$defs/S"}}], "$defs": {{"S": {{"type": "string", "maxLength": {length}}}}}}}"##
        )
    };
    let all = told(&schema("9"), &schema("5"), Reading::Closed);
    let [one] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(
        (one.rule.id, one.path.as_str()),
        ("max-length-tightened", "/*")
    );
}

#[test]
fn the_content_of_a_text_continues_its_path() {
    let schema = |length: &str| {
        format!(
            r#"{{"properties": {{"t": {{"type": "string", "contentMediaType": "application/json", "contentSchema": {{"properties": {{"no": {{"type": "string", "maxLength": {length}}}}}}}}}}}}}"#
        )
    };
    let all = told(&schema("9"), &schema("5"), Reading::Closed);
    assert_eq!(all.first().map(|one| one.path.as_str()), Some("/t/no"));
}

#[test]
fn a_known_name_over_another_value_is_a_rename_of_the_value() {
    let list = |rows: &[(&str, &str)]| {
        let rows: Vec<String> = rows
            .iter()
            .map(|(value, rust)| format!(r#"{{"value": "{value}", "rust": "{rust}"}}"#))
            .collect();
        format!(r#"{{"type": "string", "x-enum": [{}]}}"#, rows.join(", "))
    };
    let old = list(&[("succ", "Success"), ("fail", "Failure")]);
    let cases: [(&[_], &[&str]); 4] = [
        (
            &[("succ", "Failure"), ("fail", "Success")],
            &["known-value-renamed", "known-value-renamed"],
        ),
        (
            &[("succ", "Taken"), ("done", "Success"), ("fail", "Failure")],
            &["rust-name-changed", "known-value-renamed"],
        ),
        (
            &[("fail", "Success")],
            &["known-value-renamed", "rust-name-changed"],
        ),
        (
            &[("succ", "Taken"), ("fail", "Failure")],
            &["rust-name-changed"],
        ),
    ];
    for (rows, wanted) in cases {
        let new = list(rows);
        assert_eq!(rules(&old, &new, Reading::Closed), wanted, "{new}");
    }
}

#[test]
fn a_rust_name_over_another_field_is_told() {
    let old = r#"{"properties": {"flag_name": {"type": "string"}, "bomName": {"type": "string"}}}"#;
    let swapped = r#"{"properties": {"bomName": {"type": "string", "x-rust-name": "flag_name"}, "flag_name": {"type": "string", "x-rust-name": "bom_name"}}}"#;
    for reading in [Reading::Closed, Reading::Open] {
        let all = rules(old, swapped, reading);
        let taken = all.iter().filter(|id| **id == "rust-name-taken").count();
        assert_eq!(taken, 2, "{all:?}");
    }
    // The one that had the name is still there, by another.
    let given = r#"{"properties": {"flag_name": {"type": "string", "x-rust-name": "old_flag"}, "bomName": {"type": "string"}, "flag": {"type": "integer", "x-rust-name": "flag_name"}}}"#;
    assert_eq!(
        rules(old, given, Reading::Closed),
        [
            "field-added-optional",
            "rust-name-taken",
            "rust-name-changed"
        ]
    );
    // The wire alone changed, whatever else did with it.
    let spelled = r#"{"properties": {"flagName": {"type": "integer"}, "x": {"type": "string"}, "bomName": {"type": "string"}}}"#;
    let all = rules(old, spelled, Reading::Closed);
    assert!(all.contains(&"field-renamed"), "{all:?}");
}

#[test]
fn of_several_presence_groups_the_one_that_was_edited_is_told() {
    let schema = |first: &str, second: &str| {
        format!(r#"{{"allOf": [{{"anyOf": [{first}]}}, {{"anyOf": [{second}]}}]}}"#)
    };
    let (no, id) = (r#"{"required": ["no"]}"#, r#"{"required": ["id"]}"#);
    let (status, both) = (
        r#"{"required": ["status"]}"#,
        r#"{"required": ["io", "kind"]}"#,
    );
    let old = schema(&format!("{no}, {id}"), &format!("{status}, {both}"));
    let kind = r#"{"required": ["type"]}"#;
    let new = schema(&format!("{no}, {id}"), &format!("{status}, {both}, {kind}"));
    let all = told(&old, &new, Reading::Closed);
    let [one] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(one.rule, &object::CHOICE_LOOSENED);
    for spot in [&one.old, &one.new] {
        assert!(spot.as_ref().unwrap().contains("status"), "{spot:?}");
    }
    // In any order: of the groups, in a group, of the choices.
    let both = r#"{"required": ["kind", "io"]}"#;
    let moved = schema(&format!("{both}, {status}"), &format!("{id}, {no}"));
    for (old, new) in [(&old, &moved), (&moved, &old)] {
        assert_eq!(rules(old, new, Reading::Closed), [""; 0], "{old} -> {new}");
    }
}

#[test]
fn a_written_form_changes_only_where_another_is_written() {
    let both = |wire: &str| format!(r#"{{"type": ["integer", "string"], "x-wire": "{wire}"}}"#);
    let (integer, string) = (r#"{"type": "integer"}"#, r#"{"type": "string"}"#);
    let cases = [
        (integer, both("number"), false),
        (integer, both("string"), true),
        (string, both("string"), false),
        (string, both("number"), true),
    ];
    for (lone, both, wanted) in cases {
        for (old, new) in [(lone, both.as_str()), (both.as_str(), lone)] {
            let all = rules(old, new, Reading::Closed);
            let changed = all.contains(&"wire-form-changed");
            assert_eq!(changed, wanted, "{old} -> {new}: {all:?}");
            assert!(!all.contains(&"no-effect"), "{old} -> {new}: {all:?}");
        }
    }
    let idle = r#"{"type": "integer", "x-wire": "number"}"#;
    assert_eq!(rules(integer, idle, Reading::Closed), ["no-effect"]);
}

#[test]
fn what_comes_with_another_change_is_not_without_effect() {
    let pairs = [
        // The name in `required` follows the field.
        (
            r#"{"properties": {"a": {"type": "string", "x-row": "t/1"}, "b": true}, "required": ["a"]}"#,
            r#"{"properties": {"c": {"type": "string", "x-row": "t/1"}, "b": true}, "required": ["c"]}"#,
            "field-renamed",
        ),
        (
            r#"{"type": "integer"}"#,
            r#"{"type": ["integer", "string"], "pattern": "^[0-9]+$"}"#,
            "type-widened",
        ),
        (
            r#"{"type": "string", "enum": ["1", "2"]}"#,
            r#"{"type": "string", "pattern": "^[0-9]+$"}"#,
            "enum-lifted",
        ),
    ];
    for (old, new, rule) in pairs {
        let rule = RULES.iter().copied().flatten().find(|r| r.id == rule);
        let rule = rule.unwrap();
        assert_eq!(rules(old, new, Reading::Closed), [rule.id]);
        assert_eq!(rules(new, old, Reading::Closed), [rule.opposite]);
    }
}
