#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop there"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::places::{self, How, Row};
use super::*;
use crate::diagnostic::Problems;
use crate::review::rules;
use crate::source::FileId;

const FLAGSHIP: &str = "wangdian-flagship/gateway.json";
const TAOBAO: &str = "taobao-top/gateway.json";
const SHOPEX: &str = "shopex-oms/gateway.json";
const UPLOAD: &str = "wangdian-flagship/process.Process.upload.json";

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

/// `(file, what stands there, what is written instead, the rules that say it)`
const EDITS: &[(&str, &str, &str, &[&str])] = &[
    (
        UPLOAD,
        "\"$schema\": \"dockseal:/",
        "\"$schema\": \"other:/",
        &["identity-changed"],
    ),
    (
        UPLOAD,
        "\"$id\": \"dockseal:/",
        "\"$id\": \"other:/",
        &["identity-changed"],
    ),
    (UPLOAD, "生产单推送", "推送", &["title-changed"]),
    (
        UPLOAD,
        "Pushes a production",
        "Sends a production",
        &["description-changed"],
    ),
    (
        UPLOAD,
        "The document names no field",
        "No field",
        &["note-changed"],
    ),
    (
        UPLOAD,
        "\"x-note\": [",
        "\"$comment\": \"c\", \"x-note\": [",
        &["comment-changed"],
    ),
    (
        UPLOAD,
        "\"method\": \"process.P",
        "\"method\": \"process.Q",
        &["method-changed"],
    ),
    (
        UPLOAD,
        "\"rust\": \"ProcessUpload\"",
        "\"rust\": \"Upload\"",
        &["rust-name-changed"],
    ),
    (
        UPLOAD,
        "\"direction\": \"call\"",
        "\"direction\": \"push\"",
        &["sender-changed"],
    ),
    (
        UPLOAD,
        "\"effect\": \"create\"",
        "\"effect\": \"update\"",
        &["effect-changed"],
    ),
    (
        UPLOAD,
        "\"version\": \"1.5.9.4\"",
        "\"version\": \"2\"",
        &["since-changed"],
    ),
    (
        UPLOAD,
        "\"version\": \"1.5.9.4\"",
        "\"idempotency\": \"/param\"",
        &["since-changed", "idempotency-changed"],
    ),
    (
        UPLOAD,
        "\"status\": \"/data/status\"",
        "\"status\": \"/status\"",
        &["inner-changed"],
    ),
    (
        UPLOAD,
        "\"success\": [\"0\"]",
        "\"success\": [\"1\"]",
        &["inner-changed"],
    ),
    (
        UPLOAD,
        "\"inner\": {",
        "\"outer\": {",
        &["inner-changed", "keyword-changed"],
    ),
    (
        UPLOAD,
        "\"sha256\": \"ee",
        "\"sha256\": \"ff",
        &["source-changed"],
    ),
    (
        UPLOAD,
        "\"rows\": [\"1/1\", ",
        "\"rows\": [",
        &["source-changed"],
    ),
    (
        UPLOAD,
        "\"type\": \"object\"",
        "\"type\": \"array\"",
        &["type-changed"],
    ),
    (
        UPLOAD,
        "\"examples\": [",
        "\"examples\": [{}, ",
        &["examples-changed"],
    ),
    (
        UPLOAD,
        "\"properties\": {",
        "\"patterns\": {}, \"properties\": {",
        &["keyword-changed"],
    ),
    (UPLOAD, "\"request\": {", "\"question\": {", &[]),
    (
        FLAGSHIP,
        "\"name\": \"wangdian-flagship\"",
        "\"name\": \"other\"",
        &["gateway-renamed"],
    ),
    (
        FLAGSHIP,
        "\"WangdianFlagship\"",
        "\"Flagship\"",
        &["rust-name-changed"],
    ),
    (
        FLAGSHIP,
        "\"direction\": \"call\"",
        "\"direction\": \"push\"",
        &["sender-changed"],
    ),
    (
        FLAGSHIP,
        "http://wdt.wangdian.cn",
        "https://wdt.wangdian.cn",
        &["address-changed"],
    ),
    (
        FLAGSHIP,
        "\"endpoints\": [",
        "\"endpoints\": [{ \"environment\": \"new\", \"url\": \"http://a\" },",
        &["address-added", "addresses-moved"],
    ),
    (
        FLAGSHIP,
        "3.1/1\" }\n    ]",
        "3.1/1\" },\n      { \"environment\": \"new\", \"url\": \"http://a\" }\n    ]",
        &["address-added"],
    ),
    (FLAGSHIP, "#3.1/2\"", "#3.1/3\"", &["row-changed"]),
    (
        FLAGSHIP,
        "\"system\": \"query\"",
        "\"system\": \"form\"",
        &["transport-changed"],
    ),
    (
        FLAGSHIP,
        "\"path\": \"\"",
        "\"path\": \"\", \"omit_empty_lists\": true",
        &["transport-changed"],
    ),
    (
        FLAGSHIP,
        "\"path\": \"\"",
        "\"path\": \"\", \"omit_empty_lists\": false",
        &["setting-rewritten"],
    ),
    (
        FLAGSHIP,
        "{ \"name\": \"key\", \"title\": \"接口账号\", \"description\": \"Application key.\" },\n",
        "",
        &["credential-removed"],
    ),
    (
        FLAGSHIP,
        "\"credentials\": [",
        "\"credentials\": [{ \"name\": \"a\", \"optional\": true },",
        &["credential-added-optional"],
    ),
    (
        FLAGSHIP,
        "\"credentials\": [",
        "\"credentials\": [{ \"name\": \"a\", \"default\": \"b\" },",
        &["credential-added-optional"],
    ),
    (
        FLAGSHIP,
        "\"secret\": true",
        "\"secret\": false",
        &["credential-changed"],
    ),
    (FLAGSHIP, "\"secret\": true,", "", &["credential-changed"]),
    (
        FLAGSHIP,
        "\"at\": \":\"",
        "\"at\": \";\"",
        &["credential-changed"],
    ),
    (
        FLAGSHIP,
        "[\"secret\", \"salt\"]",
        "[\"salt\", \"secret\"]",
        &["credential-changed"],
    ),
    (
        FLAGSHIP,
        "\"sid\", \"title\": \"卖家账号\"",
        "\"sid\", \"title\": \"卖家\"",
        &["title-changed"],
    ),
    (
        FLAGSHIP,
        "\"name\": \"v\"",
        "\"name\": \"w\"",
        &["parameter-added", "parameter-removed"],
    ),
    (
        FLAGSHIP,
        "{ \"constant\": \"1.0\" }",
        "{ \"constant\": \"2.0\" }",
        &["parameter-changed"],
    ),
    (
        FLAGSHIP,
        "Protocol version.",
        "Version.",
        &["description-changed"],
    ),
    (
        FLAGSHIP,
        "\"form\": \"seconds\"",
        "\"form\": \"datetime\"",
        &["timestamp-changed"],
    ),
    (FLAGSHIP, "1325347200", "0", &["timestamp-changed"]),
    (
        FLAGSHIP,
        "\"window\": 120",
        "\"window\": 90",
        &["clock-window-narrowed"],
    ),
    (
        FLAGSHIP,
        "\"window\": 120",
        "\"window\": 1000",
        &["clock-window-widened"],
    ),
    (FLAGSHIP, ", \"window\": 120", "", &["clock-window-widened"]),
    (
        FLAGSHIP,
        "\"omit\": [\"sign\"]",
        "\"omit\": []",
        &["signing-changed"],
    ),
    (
        FLAGSHIP,
        "\"layout\": \"name-value\"",
        "\"layout\": \"nested\"",
        &["signing-changed"],
    ),
    (
        FLAGSHIP,
        "\"secret\": \"around\"",
        "\"secret\": \"after\"",
        &["signing-changed"],
    ),
    (
        FLAGSHIP,
        "\"digests\": [",
        "\"digests\": [{ \"name\": \"h\", \"algorithm\": \"hmac-md5\", \"secret\": \"key\" },",
        &["digest-added", "signing-changed"],
    ),
    (
        FLAGSHIP,
        "\"case\": \"lower\"",
        "\"case\": \"upper\"",
        &["signing-changed"],
    ),
    (
        FLAGSHIP,
        ",\n      \"body\": \"body\"",
        "",
        &["signing-changed"],
    ),
    (
        FLAGSHIP,
        "\"escape\": \"raw\"",
        "\"escape\": \"ascii\"",
        &["escape-changed"],
    ),
    (
        FLAGSHIP,
        "\"beyond_bmp\": \"warn\"",
        "\"beyond_bmp\": \"allow\"",
        &["beyond-bmp-changed"],
    ),
    (
        FLAGSHIP,
        "\"success\": [\"0\"]",
        "\"success\": [\"0\", \"1\"]",
        &["envelope-changed"],
    ),
    (
        FLAGSHIP,
        "\"success\": [\"0\"]",
        "\"success\": [\"0\"], \"pending\": [\"2\"]",
        &["envelope-changed"],
    ),
    (
        FLAGSHIP,
        "\"success\": [\"0\"]",
        "\"success\": [\"0\"], \"pending\": []",
        &["setting-rewritten"],
    ),
    (
        FLAGSHIP,
        "\"status_may_lack\": true,",
        "",
        &["envelope-changed"],
    ),
    (
        FLAGSHIP,
        "\"data\": \"data\"",
        "\"data\": \"content\"",
        &["envelope-changed"],
    ),
    (
        FLAGSHIP,
        "\"wait\": 300",
        "\"wait\": 60",
        &["error-class-changed"],
    ),
    (
        FLAGSHIP,
        "\"class\": \"clock\"",
        "\"class\": \"rejected\"",
        &["error-class-changed"],
    ),
    (
        FLAGSHIP,
        "too many calls in a minute",
        "too many calls",
        &["error-words-changed"],
    ),
    (
        FLAGSHIP,
        "v 固定为 1.0",
        "固定为 1.0",
        &["error-words-changed"],
    ),
    // A code of its own takes nothing from the others.
    (
        FLAGSHIP,
        "\"errors\": [",
        "\"errors\": [{ \"code\": \"9\", \"class\": \"clock\" },",
        &["error-added"],
    ),
    // A text under a code that has a row of another kind does.
    (
        FLAGSHIP,
        "\"errors\": [",
        "\"errors\": [{ \"code\": \"2\", \"text\": \"busy\", \"class\": \"throttled\" },",
        &["error-added", "error-class-changed"],
    ),
    (
        FLAGSHIP,
        "\"errors\": [",
        "\"errors\": [{ \"code\": \"2\", \"text\": \"busy\", \"class\": \"rejected\" },",
        &["error-added"],
    ),
    (FLAGSHIP, "\"decimal_19_4\": {", "\"decimal\": {", &[]),
    (
        FLAGSHIP,
        "\"escape\": \"raw\"",
        "\"escape\": \"raw\", \"colour\": 1",
        &["keyword-changed"],
    ),
    (
        FLAGSHIP,
        "\"case\": \"lower\"",
        "\"case\": \"lower\", \"salt\": 1",
        &["keyword-changed"],
    ),
];

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
fn moved(list: &str, (first, second): (usize, usize)) -> Vec<Change> {
    let old = json(&text(FLAGSHIP));
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
    for (list, swap, rule) in [
        ("endpoints", (0, 1), "addresses-moved"),
        ("credentials", (0, 1), "credentials-moved"),
        ("parameters", (0, 1), "parameters-moved"),
        // Both match code 1.
        ("errors", (1, 2), "errors-moved"),
        // A beginning of a message is no beginning of another.
        ("errors", (11, 12), "setting-rewritten"),
        // Other codes.
        ("errors", (4, 5), "setting-rewritten"),
    ] {
        let changes = moved(list, swap);
        assert_eq!(ids(&changes), BTreeSet::from([rule]), "{list} {swap:?}");
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
fn files_that_differ_in_layout_only_have_not_changed() {
    for path in [FLAGSHIP, TAOBAO, SHOPEX, UPLOAD] {
        let old = text(path);
        let new = old.replace("\n", "\n\n").replace("\": ", "\":  ");
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
fn allowed(dialect: &Node, schema: &Node, place: &str, out: &mut BTreeSet<String>) {
    out.insert(place.to_owned());
    for member in schema.get("properties").map_or(&[][..], Node::members) {
        allowed(
            dialect,
            &member.node,
            &format!("{place}/{}", member.key),
            out,
        );
    }
    if let Some(items) = schema
        .get("items")
        .filter(|items| items.get("properties").is_some())
    {
        allowed(dialect, items, &format!("{place}/*"), out);
    }
}

#[test]
fn every_place_that_the_dialect_allows_has_a_row_and_every_row_is_allowed() {
    let dialect = json(&text("dialect.json"));
    for (name, table) in [("gateway", places::GATEWAY), ("api", places::API)] {
        let mut places = BTreeSet::new();
        let root = dialect.get("$defs").unwrap().get(name).unwrap();
        allowed(&dialect, root, "", &mut places);
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
    let (parent, last) = place.rsplit_once('/').unwrap();
    let list = parent
        .strip_suffix("/*")
        .and_then(|list| places::row(table, list));
    match (list, places::row(table, parent)) {
        (
            Some(Row {
                how: How::List(list),
                ..
            }),
            _,
        ) if list.keys.contains(&last) => true,
        (_, Some(row)) => !matches!(row.how, How::Inside | How::List(_)),
        (_, None) => covered(table, parent),
    }
}
