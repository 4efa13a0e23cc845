//! Schemas of single values: which kind they are, values that they admit, and values that they do
//! not, each with the keyword that it aims at, or with the leniency by which we read it all the same.

use serde_json::{Value, json};

use super::schemas::types;

/// What a single value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Boolean,
    Decimal,
    DateTime,
    Date,
    TextEnum,
    IntegerEnum,
    Json,
}

/// A value that breaks one keyword of a schema of a single value.
pub struct Bad {
    /// The keyword that it aims at.
    pub keyword: &'static str,
    pub value: Value,
    /// The row of the table in `scalar.rs` by which we read it all the same.
    pub lenient: Option<&'static str>,
}

pub fn kind(schema: &Value) -> Kind {
    let types = types(schema);
    let is = |name| types.contains(&name);
    if schema.get("x-decimal").is_some() {
        Kind::Decimal
    } else if let Some(time) = schema.get("x-time") {
        if time == "datetime" {
            Kind::DateTime
        } else {
            Kind::Date
        }
    } else if let Some(rows) = schema.get("x-enum") {
        if rows[0]["value"].is_string() {
            Kind::TextEnum
        } else {
            Kind::IntegerEnum
        }
    } else if is("boolean") {
        Kind::Boolean
    } else if is("integer") {
        Kind::Integer
    } else if types == ["string"] || types == ["string", "null"] {
        Kind::Text
    } else {
        Kind::Json
    }
}

/// Values that the schema admits, the usual one first.
pub fn good(schema: &Value) -> Vec<Value> {
    let types = types(schema);
    let is = |name| types.contains(&name);
    let blank = is_blank_allowed(schema);
    let mut found = match kind(schema) {
        Kind::Text => texts(schema),
        Kind::Boolean => vec![json!(true), json!(false)],
        Kind::Integer => {
            let mut found = vec![];
            if is("integer") {
                found.extend([
                    json!(3),
                    json!(0),
                    json!(-7),
                    json!(999_999_999_999_999_999_i64),
                ]);
            }
            if is("string") {
                found.extend([json!("3"), json!("-7"), json!("999999999999999999")]);
            }
            found
        }
        Kind::Decimal => {
            let (whole, fraction) = digits(schema);
            let longest = format!("{}.{}", "9".repeat(whole), "9".repeat(fraction));
            let mut found = vec![];
            if is("string") {
                found.extend([
                    json!("2.5"),
                    json!("0"),
                    json!("0.01"),
                    json!("-1"),
                    json!(longest),
                ]);
            }
            if is("number") {
                found.extend(["2", "0.01", "-1", &"9".repeat(whole)].map(number));
            }
            found
        }
        Kind::DateTime => vec![json!("2025-01-01 10:00:00"), json!("2024-02-29 23:59:59")],
        Kind::Date => vec![json!("2025-01-01"), json!("2024-02-29")],
        Kind::TextEnum | Kind::IntegerEnum => {
            if let Some(listed) = schema["enum"].as_array() {
                return listed.clone();
            }
            let rows = schema["x-enum"].as_array().unwrap().iter();
            let mut found: Vec<Value> = rows.map(|row| row["value"].clone()).collect();
            found.push(if kind(schema) == Kind::TextEnum {
                json!("NEW")
            } else {
                json!(77)
            });
            found
        }
        Kind::Json => {
            let all = [
                ("string", json!("text")),
                ("array", json!([1, "x"])),
                ("object", json!({ "a": 1 })),
                ("array", json!([])),
                ("null", json!(null)),
            ];
            all.into_iter()
                .filter(|(name, _)| is(*name))
                .map(|(_, value)| value)
                .collect()
        }
    };
    if blank {
        found.push(json!(""));
        match kind(schema) {
            Kind::DateTime => found.push(json!("0000-00-00 00:00:00")),
            Kind::Date => found.push(json!("0000-00-00")),
            _ => {}
        }
    }
    found
}

fn texts(schema: &Value) -> Vec<Value> {
    let limit = |name: &str| {
        schema[name]
            .as_u64()
            .map(|limit| usize::try_from(limit).unwrap())
    };
    let (shortest, longest) = (limit("minLength").unwrap_or(0), limit("maxLength"));
    let mut found = vec!["K".repeat(shortest.max(1)), "x".repeat(shortest)];
    // Characters, not bytes: three bytes each, and four.
    found.extend(longest.map(|longest| "仓".repeat(longest)));
    found.extend(longest.map(|longest| "𠮷".repeat(longest)));
    found.push("a/\"\\\n\u{1}é仓😀".to_owned());
    found.into_iter().map(Value::from).collect()
}

/// Digits before and after the point.
fn digits(schema: &Value) -> (usize, usize) {
    let limit = |name: &str| usize::try_from(schema["x-decimal"][name].as_u64().unwrap()).unwrap();
    (limit("precision") - limit("scale"), limit("scale"))
}

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn is_blank_allowed(schema: &Value) -> bool {
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    pattern.starts_with("^(") && pattern.ends_with(")?$")
}

/// Values that break the schema. `absent` says whether the field may be left out, so that what is
/// read as absence is no fault.
pub fn bad(schema: &Value, absent: bool) -> Vec<Bad> {
    let types = types(schema);
    let is = |name| types.contains(&name);
    let if_absent = |name| if absent { Some(name) } else { None };
    let mut found = Vec::new();
    let mut add = |keyword, value, lenient| {
        found.push(Bad {
            keyword,
            value,
            lenient,
        });
    };

    if !is("null") {
        add("type", json!(null), if_absent("null"));
    }
    for (name, value) in [("array", json!([7])), ("object", json!({ "z": 7 }))] {
        if !is(name) {
            add("type", value, None);
        }
    }
    match kind(schema) {
        Kind::Text => {
            add("type", number("17"), Some("text"));
            add("type", number("1.50"), Some("text"));
            add("type", json!(true), Some("text"));
            for (keyword, length) in [("minLength", -1), ("maxLength", 1)] {
                if let Some(limit) = schema[keyword].as_i64() {
                    let length = usize::try_from(limit + length).unwrap();
                    add(keyword, json!("仓".repeat(length)), None);
                }
            }
        }
        Kind::Boolean => {
            for value in [json!(1), json!("0"), json!("true")] {
                add("type", value, Some("boolean"));
            }
            add("type", json!(""), if_absent("boolean"));
            add("type", json!(7), None);
            add("type", json!("yes"), None);
        }
        Kind::Integer => {
            add("type", number("1.5"), None);
            add("type", json!(true), None);
            let text = if is("string") { "pattern" } else { "type" };
            if !is("string") {
                add(text, json!("12"), Some("integer"));
            }
            add(text, json!("12.0"), Some("integer"));
            add(text, json!("1234567890123456789"), Some("integer"));
            for wrong in ["x", "1.5", "1 ", "+1", "1e3", "99999999999999999999"] {
                add(text, json!(wrong), None);
            }
            if !is_blank_allowed(schema) {
                add(text, json!(""), if_absent("integer"));
            }
        }
        Kind::Decimal => bad_decimals(schema, absent, &mut add),
        Kind::DateTime | Kind::Date => bad_times(schema, absent, &mut add),
        Kind::TextEnum => {
            let closed = schema.get("enum").is_some();
            add("type", json!(7), if closed { None } else { Some("enum") });
            if closed {
                add("enum", json!("NONE"), None);
                add("enum", json!(""), if_absent("enum"));
            }
        }
        Kind::IntegerEnum => {
            let known = schema["x-enum"][0]["value"].as_i64().unwrap();
            if !is("string") {
                add("type", json!(known.to_string()), Some("enum"));
            }
            add("type", json!(true), None);
            if schema.get("enum").is_some() {
                add("enum", json!(77), None);
                add("enum", json!(""), if_absent("enum"));
            }
        }
        Kind::Json => {
            for (name, value) in [
                ("string", json!("x")),
                ("number", json!(7)),
                ("boolean", json!(true)),
            ] {
                if !is(name) {
                    add("type", value, None);
                }
            }
        }
    }
    found
}

fn bad_decimals(
    schema: &Value,
    absent: bool,
    add: &mut impl FnMut(&'static str, Value, Option<&'static str>),
) {
    let types = types(schema);
    let (whole, fraction) = digits(schema);
    let too_large = format!("1{}", "0".repeat(whole));
    let too_fine = format!("0.{}1", "0".repeat(fraction));
    if types.contains(&"string") {
        for wrong in [
            &too_large,
            &format!("-{too_large}"),
            &too_fine,
            "1e3",
            "x",
            "1.",
            ".5",
            "1,5",
        ] {
            add("pattern", json!(wrong), None);
        }
        let zeros = format!("1.{}", "0".repeat(fraction + 1));
        add("pattern", json!(zeros), Some("decimal"));
        add(
            "pattern",
            json!(format!("{}1", "0".repeat(whole))),
            Some("decimal"),
        );
        if !is_blank_allowed(schema) {
            add(
                "pattern",
                json!(""),
                if absent { Some("decimal") } else { None },
            );
        }
    } else {
        add("type", json!("2.5"), Some("decimal"));
    }
    if types.contains(&"number") {
        if schema.get("exclusiveMaximum").is_some() {
            add("exclusiveMaximum", number(&too_large), None);
            add("exclusiveMinimum", number(&format!("-{too_large}")), None);
        }
        add("x-decimal", number(&too_fine), None);
    } else {
        add("type", number("2.5"), Some("decimal"));
        add("type", number(&too_large), None);
    }
    add("type", json!(true), None);
}

fn bad_times(
    schema: &Value,
    absent: bool,
    add: &mut impl FnMut(&'static str, Value, Option<&'static str>),
) {
    let day = kind(schema) == Kind::Date;
    add("type", json!(20_250_101), None);
    add("type", json!(true), None);
    let of = |date: &str| {
        if day {
            date.to_owned()
        } else {
            format!("{date} 10:00:00")
        }
    };
    for wrong in [
        "2025-13-01",
        "2025-1-01",
        "2025-01-32",
        "25-01-01",
        "2025/01/01",
    ] {
        add("pattern", json!(of(wrong)), None);
    }
    // The pattern admits it, the calendar does not.
    add("x-time", json!(of("2025-02-30")), None);
    add("x-time", json!(of("2023-02-29")), None);
    if day {
        add("pattern", json!("2025-01-01 00:00:00"), Some("time"));
        add("pattern", json!("2025-01-01 10:00:00"), None);
    } else {
        add("pattern", json!("2025-01-01"), None);
        add("pattern", json!("2025-01-01T10:00:00"), None);
        add("pattern", json!("2025-01-01 24:00:00"), None);
    }
    let absent = if absent { Some("time") } else { None };
    let other_zero = if day {
        "0000-00-00 00:00:00"
    } else {
        "0000-00-00"
    };
    add("pattern", json!(other_zero), absent);
    if !is_blank_allowed(schema) {
        add("pattern", json!(""), absent);
        add("pattern", json!(of("0000-00-00")), absent.filter(|_| day));
    }
}
