//! Changes of settings, by edits of the repository's own schemas.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod edits;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use edits::EDITS;

use super::places::{self, How, Row};
use super::*;
use crate::diagnostic::Problems;
use crate::review::rules;
use crate::source::FileId;

pub(super) const FLAGSHIP: &str = "wangdian-flagship/gateway.json";
pub(super) const TAOBAO: &str = "taobao-top/gateway.json";
pub(super) const SHOPEX: &str = "shopex-oms/gateway.json";
pub(super) const UPLOAD: &str = "wangdian-flagship/process.Process.upload.json";

fn text(path: &str) -> String {
    let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    fs::read_to_string(schemas.join(path)).unwrap()
}

fn json(text: &str) -> Node {
    let mut problems = Problems::default();
    let node = crate::json::read(FileId::default(), text.as_bytes(), &mut problems);
    node.unwrap_or_else(|| panic!("no JSON: {text}"))
}

/// A file with one place written otherwise.
fn edited(path: &str, from: &str, to: &str) -> [String; 2] {
    let old = text(path);
    let new = old.replacen(from, to, 1);
    assert_ne!(old, new, "{path} has no {from}");
    [old, new]
}

fn changes(table: &'static [Row], old: &str, new: &str) -> Vec<Change> {
    compare(table, &json(old), &json(new))
}

fn ids(changes: &[Change]) -> BTreeSet<&'static str> {
    changes.iter().map(|change| change.rule.id).collect()
}

fn table(path: &str) -> &'static [Row] {
    if path.ends_with("gateway.json") {
        places::GATEWAY
    } else {
        places::API
    }
}

#[test]
fn every_edit_is_told_by_its_rule_and_its_reverse_by_the_opposite() {
    for (path, from, to, expected) in EDITS {
        let [old, new] = edited(path, from, to);
        let there = ids(&changes(table(path), &old, &new));
        assert_eq!(there, expected.iter().copied().collect(), "{from} -> {to}");
        let back = ids(&changes(table(path), &new, &old));
        let opposites = there.iter().map(|id| rules::rule(id).unwrap().opposite);
        assert_eq!(back, opposites.collect(), "{to} -> {from}");
    }
}

#[test]
fn every_rule_of_settings_is_told_by_some_edit() {
    let pager = "\"pager\": { \"page_no\": \"a\", \"size\": 1 }, \"version\"";
    let told: BTreeSet<_> = EDITS
        .iter()
        .flat_map(|(.., ids)| ids.iter().copied())
        .collect();
    let [old, new] = edited(UPLOAD, "\"version\"", pager);
    let mut told: BTreeSet<_> = told
        .into_iter()
        .chain(ids(&changes(places::API, &old, &new)))
        .collect();
    let larger = new.replace("\"size\": 1", "\"size\": 2");
    told.extend(ids(&changes(places::API, &new, &larger)));
    for (list, swap) in MOVED {
        told.extend(ids(&moved(list, *swap)));
    }
    let told: BTreeSet<_> = told
        .into_iter()
        .flat_map(|id| [id, rules::rule(id).unwrap().opposite])
        .collect();
    let whole = [
        "api-added",
        "api-removed",
        "gateway-added",
        "gateway-removed",
    ];
    for rule in rules::RULES.iter().rev().take(2).copied().flatten() {
        assert!(
            told.contains(rule.id) || whole.contains(&rule.id),
            "{}",
            rule.id
        );
    }
}

/// Lists of the flagship's gateway, and two of their elements.
const MOVED: &[(&str, (usize, usize))] = &[
    ("endpoints", (0, 1)),
    ("credentials", (0, 1)),
    ("parameters", (0, 1)),
    ("errors", (1, 2)),
];

/// The changes when two elements of a list change places.
fn moved(list: &str, swap: (usize, usize)) -> Vec<Change> {
    moved_in(FLAGSHIP, list, swap)
}

fn moved_in(path: &str, list: &str, (first, second): (usize, usize)) -> Vec<Change> {
    let old = json(&text(path));
    let mut new = old.clone();
    let Value::Object(members) = &mut new.value else {
        panic!()
    };
    let gateway = members.iter_mut().find(|m| m.key == "x-gateway").unwrap();
    let Value::Object(members) = &mut gateway.node.value else {
        panic!()
    };
    let list = members.iter_mut().find(|m| m.key == list).unwrap();
    let Value::List(elements) = &mut list.node.value else {
        panic!()
    };
    elements.swap(first, second);
    compare(places::GATEWAY, &old, &new)
}

#[test]
fn order_means_what_the_list_makes_of_it() {
    for (list, swap, rules) in [
        ("endpoints", (0, 1), &["addresses-moved"][..]),
        ("credentials", (0, 1), &["credentials-moved"][..]),
        ("parameters", (0, 1), &["parameters-moved"][..]),
        // Both match code 1, which is a wrong signature in the first and a rejection in the second.
        (
            "errors",
            (1, 2),
            &["errors-moved", "error-class-changed"][..],
        ),
        // A beginning of a message is no beginning of another.
        ("errors", (11, 12), &["setting-rewritten"][..]),
        // Other codes.
        ("errors", (4, 5), &["setting-rewritten"][..]),
    ] {
        let changes = moved(list, swap);
        assert_eq!(
            ids(&changes),
            rules.iter().copied().collect(),
            "{list} {swap:?}"
        );
        assert!(
            changes.iter().all(|change| change.old != change.new),
            "{list}"
        );
    }
}

#[test]
fn a_moved_list_shows_the_names_of_its_elements() {
    let changes = moved("endpoints", (0, 1));
    let shown = |spot: &Option<Spot>| spot.as_ref().unwrap().value.clone();
    assert_eq!(shown(&changes[0].old), r#"["production","test"]"#);
    assert_eq!(shown(&changes[0].new), r#"["test","production"]"#);
}

#[test]
fn a_row_that_takes_replies_from_others_names_them_all() {
    let row = "\"errors\": [{ \"text\": \"单\", \"class\": \"duplicate\" },";
    let [old, new] = edited(SHOPEX, "\"errors\": [", row);
    let changes = changes(places::GATEWAY, &old, &new);
    let taken: Vec<_> = changes
        .iter()
        .filter(|change| change.rule.id == "error-class-changed")
        .collect();
    assert_eq!(taken.len(), 1);
    let shown = |spot: &Option<Spot>| spot.as_ref().unwrap().value.clone();
    assert_eq!(shown(&taken[0].new), r#"{"class":"duplicate","text":"单"}"#);
    let robbed = shown(&taken[0].old);
    assert!(robbed.contains(r#"{"class":"rejected","text":"单号必填"}"#));
    assert!(robbed.contains(r#"{"class":"throttled","text":"订单正在处理","wait":60}"#));
    assert!(!robbed.contains("不能重复"), "it is a duplicate as before");
}

#[test]
fn a_move_behind_a_row_of_another_kind_changes_the_class() {
    let swap = |list: (usize, usize)| ids(&moved_in(TAOBAO, "errors", list));
    let both = BTreeSet::from(["errors-moved", "error-class-changed"]);
    // `isv.invalid-signature` behind `isv.*`.
    assert_eq!(swap((2, 5)), both);
    // `isv.invalid-timestamp` is rejected there as well.
    assert_eq!(swap((4, 5)), BTreeSet::from(["errors-moved"]));
}

#[test]
fn changes_stand_at_their_keys() {
    let [old, new] = edited(FLAGSHIP, "\"window\": 120", "\"window\": 90");
    let node = json(&new);
    let changes = compare(places::GATEWAY, &json(&old), &node);
    let place = changes[0].new.as_ref().unwrap().place;
    assert_eq!(
        crate::json::pointer(&node, place.span),
        "/x-gateway/timestamp/window"
    );
    assert_eq!(
        new.get(place.span.start..place.span.end),
        Some("\"window\"")
    );
}

#[test]
fn what_is_gone_is_told_at_what_is_left_around_it() {
    let row =
        "{ \"name\": \"key\", \"title\": \"接口账号\", \"description\": \"Application key.\" },";
    for (path, from, to, around) in [
        (FLAGSHIP, row, "", "/x-gateway/credentials"),
        (FLAGSHIP, ", \"window\": 120", "", "/x-gateway/timestamp"),
        (
            TAOBAO,
            ", \"optional\": true",
            "",
            "/x-gateway/credentials/2",
        ),
        (UPLOAD, "\"$id\": \"dockseal:/", "\"id\": \"dockseal:/", ""),
    ] {
        let [old, new] = edited(path, from, to);
        let head = json(&new);
        let changes = compare(table(path), &json(&old), &head);
        let gone = changes.iter().find(|change| change.new.is_none()).unwrap();
        let place = gone.near.as_ref().unwrap().place;
        assert_eq!(crate::json::pointer(&head, place.span), around, "{from}");
    }
}

#[test]
fn files_that_differ_in_layout_only_have_not_changed() {
    for path in [FLAGSHIP, TAOBAO, SHOPEX, UPLOAD] {
        let old = text(path);
        let new = old.replace('\n', "\n\n").replace("\": ", "\":  ");
        assert!(changes(table(path), &old, &new).is_empty(), "{path}");
    }
}

#[test]
fn what_no_row_names_is_never_lost() {
    let changes = changes(places::API, r#"{"if": 1}"#, r#"{"then": 2}"#);
    assert_eq!(changes.len(), 2);
    assert!(
        changes
            .iter()
            .all(|change| change.unclear && change.rule == &KEYWORD_CHANGED)
    );
}

/// Adds the places that a schema of the dialect allows.
fn allowed(schema: &Node, place: &str, out: &mut BTreeSet<String>) {
    out.insert(place.to_owned());
    for member in schema.get("properties").map_or(&[][..], Node::members) {
        allowed(&member.node, &format!("{place}/{}", member.key), out);
    }
    if let Some(items) = schema
        .get("items")
        .filter(|items| items.get("properties").is_some())
    {
        allowed(items, &format!("{place}/*"), out);
    }
}

#[test]
fn every_place_that_the_dialect_allows_has_a_row_and_every_row_is_allowed() {
    let dialect = json(&text("dialect.json"));
    for (name, table) in [("gateway", places::GATEWAY), ("api", places::API)] {
        let mut places = BTreeSet::new();
        let root = dialect.get("$defs").unwrap().get(name).unwrap();
        allowed(root, "", &mut places);
        assert!(places.len() > 20, "{name}");
        for place in &places {
            assert!(covered(table, place), "no row for {place}");
        }
        for row in table {
            assert!(
                places.contains(row.place),
                "the dialect has no {}",
                row.place
            );
        }
    }
}

/// Whether a change of the place comes out under a rule that knows it.
fn covered(table: &'static [Row], place: &str) -> bool {
    if places::row(table, place).is_some() {
        return true;
    }
    // A part of something that is looked at as a whole or elsewhere; or the name of an element.
    let (outer, name) = place.rsplit_once('/').unwrap();
    let list = outer
        .strip_suffix("/*")
        .and_then(|list| places::row(table, list));
    match (list, places::row(table, outer)) {
        (
            Some(Row {
                how: How::List(list),
                ..
            }),
            _,
        ) if list.keys.contains(&name) => true,
        (_, Some(row)) => !matches!(row.how, How::Inside | How::List(_)),
        (_, None) => covered(table, outer),
    }
}
