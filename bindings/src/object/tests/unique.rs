//! Elements that are equal, whatever they are made of.

use rust_decimal::Decimal;

use super::{Line, Mode};
use crate::{BeijingDate, BeijingTime, Described, Extra, RawJson};

#[derive(Clone, PartialEq)]
struct Many {
    texts: Option<Vec<String>>,
    integers: Option<Vec<i64>>,
    booleans: Option<Vec<bool>>,
    decimals: Option<Vec<Decimal>>,
    times: Option<Vec<BeijingTime>>,
    days: Option<Vec<BeijingDate>>,
    modes: Option<Vec<Mode>>,
    lines: Option<Vec<Line>>,
    nested: Option<Vec<Vec<String>>>,
    any: Option<Vec<RawJson>>,
    extra: Extra,
}

crate::object! {
    Many = Table::new("Many", "列表", "test#/$defs/Many");
    texts: optional("texts", "", list(&text(&[]), &[UniqueItems]));
    integers: optional("integers", "", list(&integer(&[]), &[UniqueItems]));
    booleans: optional("booleans", "", list(&boolean(&[]), &[UniqueItems]));
    decimals: optional("decimals", "", list(&decimal(19, 4, &[]), &[UniqueItems]));
    times: optional("times", "", list(&datetime(&[]), &[UniqueItems]));
    days: optional("days", "", list(&date(&[]), &[UniqueItems]));
    modes: optional("modes", "", list(&enumeration(Mode::TABLE, &[]), &[UniqueItems]));
    lines: optional("lines", "", list(&object(<Line as Described>::TABLE, &[]), &[UniqueItems]));
    nested: optional("nested", "", list(&list(&text(&[]), &[]), &[UniqueItems]));
    any: optional("any", "", list(&json(&[]), &[UniqueItems]));
}

fn repeated(json: &str) -> Option<String> {
    let value = Many::from_json(json.as_bytes()).expect("readable");
    let found = value.inspect();
    assert!(found.len() < 2, "{json}");
    found
        .first()
        .map(|violation| format!("{} {}", violation.pointer, violation.broken))
}

#[test]
fn equal_elements_are_found_and_different_ones_are_not() {
    for (name, first, equal, other) in [
        ("texts", r#""a""#, r#""a""#, r#""A""#),
        ("integers", "1", "1.0", "-1"),
        ("booleans", "true", r#""1""#, "false"),
        ("decimals", "1.5", "1.5000", "1.51"),
        (
            "times",
            r#""2025-01-31 10:00:00""#,
            r#""2025-01-31 10:00:00""#,
            r#""2025-01-31 10:00:01""#,
        ),
        (
            "days",
            r#""2025-01-31""#,
            r#""2025-01-31 00:00:00""#,
            r#""2025-02-01""#,
        ),
        ("modes", "1", r#""1""#, "0"),
        ("modes", "30", "30", "31"),
        (
            "lines",
            r#"{"code":"A","num":1.5}"#,
            r#"{"num":"1.5","code":"A"}"#,
            r#"{"code":"B","num":1.5}"#,
        ),
        (
            "lines",
            r#"{"code":"A","num":1.5,"x":1,"y":[2]}"#,
            r#"{"y":[2.0],"x":10e-1,"code":"A","num":1.50}"#,
            r#"{"code":"A","num":1.5,"x":"1","y":[2]}"#,
        ),
        ("nested", r#"["a","b"]"#, r#"["a","b"]"#, r#"["ab"]"#),
        ("nested", r#"["a","b"]"#, r#"["a","b"]"#, "[\"a\\u001fb\"]"),
        ("any", r#"{"a":1}"#, r#"{"a":1}"#, r#"{"a":2}"#),
        (
            "any",
            r#"{"a":1.50,"b":[true,null]}"#,
            r#"{ "b" : [true, null], "\u0061" : 15e-1 }"#,
            r#"{"a":1.5,"b":[null,true]}"#,
        ),
        ("any", "1", "1.0", r#""1""#),
        ("any", "-0", "0", "false"),
        ("any", r#""a""#, r#""\u0061""#, "false"),
        ("any", "[[1],2]", "[[1], 2]", "[[1,2]]"),
        (
            "any",
            "123456789012345678901234567890",
            "123456789012345678901234567890",
            "123456789012345678901234567891",
        ),
    ] {
        let json = format!("{{\"{name}\":[{first},{other},{equal}]}}");
        let finding = format!("/{name} element 2 is equal to element 0");
        assert_eq!(repeated(&json), Some(finding), "{json}");
        let json = format!("{{\"{name}\":[{first},{other}]}}");
        assert_eq!(repeated(&json), None, "{json}");
    }
}

#[test]
fn the_first_pair_of_equal_elements_is_told() {
    assert_eq!(
        repeated(r#"{"integers":[1,2,3,3,2,1]}"#).as_deref(),
        Some("/integers element 3 is equal to element 2")
    );
    assert_eq!(repeated(r#"{"integers":[]}"#), None);
}

#[test]
fn json_of_any_depth_is_compared() {
    let deep = |depth: usize, core: &str| "[".repeat(depth) + core + &"]".repeat(depth);
    let both = |one: String, other: String| repeated(&format!("{{\"any\":[{one},{other}]}}"));
    for depth in [1, 63, 64, 1_000, 50_000] {
        assert!(both(deep(depth, "1"), deep(depth, "1")).is_some());
        assert!(both(deep(depth, "1"), deep(depth, "2")).is_none());
    }
    assert!(both(deep(60, "1"), deep(60, "1.0")).is_some());
}
