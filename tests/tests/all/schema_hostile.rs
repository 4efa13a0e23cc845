//! Schemas that nobody should write: the review says that it cannot tell, or tells, and it neither
//! panics nor goes on for ever.
#![allow(clippy::too_many_lines, reason = "a list of cases")]

use std::fmt::Write as _;
use std::panic::catch_unwind;
use std::time::Instant;

use dockseal_codegen::review::{Flow, Reading, Wire, compare};

fn nested(depth: usize, word: &str, core: &str) -> String {
    let (open, close) = match word {
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => ("[", "]"),
        "properties" => (r#"{"a":"#, "}"),
        _ => ("", ""),
    };
    let mut text = String::new();
    for _ in 0..depth {
        write!(text, r#"{{"{word}":{open}"#).unwrap();
    }
    text.push_str(core);
    for _ in 0..depth {
        write!(text, "{close}}}").unwrap();
    }
    text
}

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect::<Vec<_>>().join(",")
}

/// Name, old, new, whether every value that was valid still is; nothing where nobody has to know.
fn hostile() -> Vec<(String, String, String, Option<bool>)> {
    let mut cases = Vec::new();
    let mut case = |name: &str, old: String, new: String, keeps| {
        cases.push((name.to_owned(), old, new, keeps));
    };
    for word in [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "items",
        "properties",
        "prefixItems",
        "contains",
        "additionalProperties",
        "if",
    ] {
        for depth in [20, 60] {
            let name = format!("{depth} times {word}");
            case(
                &name,
                nested(depth, word, "true"),
                nested(depth, word, r#"{"type":"string"}"#),
                None,
            );
        }
        // Deeper than the reader of files goes: refused with words, not with a crash.
        case(
            &format!("very deep {word}"),
            nested(5_000, word, "true"),
            "{}".to_owned(),
            None,
        );
    }
    let wide = |kind: &str| {
        let members = many(300, |n| format!(r#""p{n}":{{"type":"{kind}"}}"#));
        format!(r#"{{"type":"object","properties":{{{members}}}}}"#)
    };
    case(
        "three hundred fields, one more required",
        wide("string"),
        wide("string").replacen('{', r#"{"required":["p77"],"#, 1),
        Some(false),
    );
    case(
        "three hundred fields of another type",
        wide("string"),
        wide("integer"),
        Some(false),
    );
    let values = |count| format!(r#"{{"enum":[{}]}}"#, many(count, |n| format!(r#""v{n}""#)));
    case(
        "a thousand values and one more",
        values(1_000),
        values(1_001),
        Some(true),
    );
    case(
        "a thousand values and one less",
        values(1_000),
        values(999),
        Some(false),
    );
    let numbers = |count| format!(r#"{{"enum":[{}]}}"#, many(count, |n| n.to_string()));
    case(
        "a thousand numbers in a range",
        numbers(1_000),
        r#"{"minimum":0,"maximum":999}"#.to_owned(),
        None,
    );
    let branches = |count, word: &str| {
        let list = many(count, |n| {
            format!(r#"{{"properties":{{"k{n}":{{"const":{n}}}}},"required":["k{n}"]}}"#)
        });
        format!(r#"{{"{word}":[{list}]}}"#)
    };
    // What holds together costs the third power of its number.
    for (word, count) in [("anyOf", 40), ("oneOf", 40), ("allOf", 20)] {
        case(
            &format!("{count} branches of {word}"),
            branches(count, word),
            branches(count - 1, word),
            None,
        );
    }
    // Each of these doubles the ways to be valid.
    let depends = |on| {
        let all = many(40, |n| format!(r#""a{n}":["{on}{n}"]"#));
        format!(r#"{{"type":"object","dependentRequired":{{{all}}}}}"#)
    };
    case(
        "forty dependencies",
        depends("b"),
        depends("c"),
        Some(false),
    );
    let conditions = |max| {
        let all = many(20, |n| {
            format!(
                r#"{{"if":{{"required":["k{n}"]}},"then":{{"properties":{{"k{n}":{{"maxLength":{max}}}}}}}}}"#
            )
        });
        format!(r#"{{"allOf":[{all}]}}"#)
    };
    case(
        "twenty conditions",
        conditions(5),
        conditions(4),
        Some(false),
    );
    let bars = |count| {
        let all = many(count, |n| format!(r#"{{"not":{{"const":{n}}}}}"#));
        format!(r#"{{"allOf":[{all}]}}"#)
    };
    case("a hundred bars", bars(99), bars(100), Some(false));
    let patterns = |max: u8| {
        let all = many(20, |n| {
            format!(r#""^p{n}[a-z]{{1,{max}}}$":{{"type":"string"}}"#)
        });
        format!(r#"{{"patternProperties":{{{all}}}}}"#)
    };
    case("twenty patterns of names", patterns(8), patterns(9), None);
    for (name, old, new, keeps) in [
        (
            "a bound beyond doubles",
            r#"{"maximum":1e400}"#,
            r#"{"maximum":1e399}"#,
            Some(false),
        ),
        (
            "a bound beyond doubles grows",
            r#"{"maximum":1e399}"#,
            r#"{"maximum":1e400}"#,
            Some(true),
        ),
        (
            "a bound of huge size and a small one",
            r#"{"maximum":1e400}"#,
            r#"{"maximum":5}"#,
            Some(false),
        ),
        (
            "an exponent of ten digits",
            r#"{"maximum":1e9999999999}"#,
            r#"{"maximum":5}"#,
            Some(false),
        ),
        (
            "a tiny step",
            r#"{"multipleOf":1e-400}"#,
            r#"{"multipleOf":1e-300}"#,
            None,
        ),
        (
            "a step of nothing",
            r#"{"multipleOf":0}"#,
            r#"{"multipleOf":-1}"#,
            None,
        ),
        (
            "numbers of forty digits",
            r#"{"const":1234567890123456789012345678901234567890}"#,
            r#"{"const":1234567890123456789012345678901234567891}"#,
            Some(false),
        ),
        (
            "bounds that doubles take for one",
            r#"{"maximum":9007199254740993}"#,
            r#"{"maximum":9007199254740992}"#,
            Some(false),
        ),
        (
            "bounds that doubles take for one, grown",
            r#"{"maximum":9007199254740992}"#,
            r#"{"maximum":9007199254740993}"#,
            Some(true),
        ),
        (
            "tenths that doubles round",
            r#"{"const":0.1}"#,
            r#"{"const":0.10000000000000000001}"#,
            Some(false),
        ),
        (
            "one and one point nothing",
            r#"{"const":1}"#,
            r#"{"const":1.0}"#,
            Some(true),
        ),
        (
            "one and ten tenths",
            r#"{"enum":[1]}"#,
            r#"{"enum":[10e-1]}"#,
            Some(true),
        ),
        (
            "a length beyond all integers",
            r#"{"maxLength":99999999999999999999999}"#,
            r#"{"maxLength":5}"#,
            Some(false),
        ),
        (
            "a length that is a fraction",
            r#"{"maxLength":5.5}"#,
            r#"{"maxLength":5}"#,
            None,
        ),
        (
            "a length below nothing",
            r#"{"maxLength":5}"#,
            r#"{"maxLength":-1}"#,
            None,
        ),
        (
            "a pattern that is none",
            r#"{"pattern":"("}"#,
            r#"{"pattern":"[a"}"#,
            None,
        ),
        (
            "a pattern becomes none",
            r#"{"type":"string","pattern":"^a$"}"#,
            r#"{"type":"string","pattern":"*"}"#,
            None,
        ),
        (
            "a pattern that looks back",
            r#"{"pattern":"^(a+)\\1$"}"#,
            r#"{"pattern":"^(a+)(?=b)"}"#,
            None,
        ),
        (
            "a pattern of large counts",
            r#"{"pattern":"^a{1,60000}$"}"#,
            r#"{"pattern":"^a{1,60001}$"}"#,
            None,
        ),
        (
            "a pattern of counts of counts",
            r#"{"pattern":"^((a{1,99}){1,99}){1,99}$"}"#,
            r#"{"pattern":"^((a{1,99}){1,99}){1,98}$"}"#,
            None,
        ),
        (
            "a pattern with many states",
            r#"{"pattern":"(a|b)*a(a|b){10}"}"#,
            r#"{"pattern":"(a|b)*a(a|b){9}"}"#,
            None,
        ),
        (
            "an unknown keyword changes",
            r#"{"type":"string","foo":1}"#,
            r#"{"type":"string","foo":2}"#,
            None,
        ),
        (
            "an unknown keyword comes",
            r#"{"type":"string"}"#,
            r#"{"type":"string","unevaluatedFoo":{}}"#,
            None,
        ),
        (
            "a reference to nowhere",
            r##"{"$ref":"#/$defs/a"}"##,
            r##"{"$ref":"#/$defs/b"}"##,
            None,
        ),
        (
            "a reference comes to lead nowhere",
            r#"{"type":"string"}"#,
            r##"{"$ref":"#/$defs/b"}"##,
            None,
        ),
        (
            "a reference to another host",
            r#"{"$ref":"https://example.com/a.json"}"#,
            r#"{"type":"string"}"#,
            None,
        ),
        (
            "a reference that is no text",
            r#"{"$ref":5}"#,
            r#"{"$ref":[]}"#,
            None,
        ),
        (
            "a schema that is itself",
            r##"{"$ref":"#"}"##,
            r#"{"type":"string"}"#,
            None,
        ),
        (
            "two schemas that are each other",
            r##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
            r#"{"type":"string"}"#,
            None,
        ),
        (
            "a schema that is not itself",
            r##"{"not":{"$ref":"#"}}"##,
            r#"{"type":"string"}"#,
            None,
        ),
        (
            "a tree grows",
            r##"{"properties":{"l":{"$ref":"#"},"r":{"$ref":"#"}},"required":["v"]}"##,
            r##"{"properties":{"l":{"$ref":"#"},"r":{"$ref":"#"}},"required":["v","w"]}"##,
            Some(false),
        ),
        (
            "a dynamic reference",
            r##"{"$dynamicRef":"#m","$defs":{"x":{"$dynamicAnchor":"m","type":"string"}}}"##,
            r#"{"type":"string"}"#,
            None,
        ),
        (
            "an anchor",
            r##"{"$ref":"#x","$defs":{"x":{"$anchor":"x","type":"string"}}}"##,
            r#"{"type":"integer"}"#,
            None,
        ),
        (
            "types that are none",
            r#"{"type":"text"}"#,
            r#"{"type":["string","text"]}"#,
            None,
        ),
        (
            "keywords of the wrong kind",
            r#"{"type":5,"enum":3,"required":"a","properties":[]}"#,
            r#"{"type":{},"enum":{},"required":{"a":1},"properties":7,"allOf":3,"items":9}"#,
            None,
        ),
        ("schemas that are no objects", "5", r#""text""#, None),
        ("lists and nulls for schemas", "[]", "null", None),
        (
            "a member twice",
            r#"{"type":"string","type":"integer"}"#,
            r#"{"type":"string"}"#,
            None,
        ),
        ("no JSON", "{", "}", None),
        ("nothing", "", "", None),
        (
            "names with slashes and tildes",
            r#"{"properties":{"a/b":{"type":"string"},"~1":{"type":"string"},"":{}}}"#,
            r#"{"properties":{"a/b":{"type":"integer"},"~1":{"type":"integer"},"":{}}}"#,
            Some(false),
        ),
        (
            "names that need escapes",
            "{\"required\":[\"\\u0000\",\"\\ud83d\\ude00\",\"\\\"\"]}",
            "{\"required\":[]}",
            Some(true),
        ),
        (
            "a lone surrogate",
            "{\"const\":\"\\ud83d\"}",
            "{\"const\":\"\\ud83e\"}",
            None,
        ),
        (
            "the unevaluated",
            r#"{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}"#,
            r#"{"allOf":[{"properties":{"a":{},"b":{}}}],"unevaluatedProperties":false}"#,
            None,
        ),
        (
            "the unevaluated comes",
            r#"{"properties":{"a":{}}}"#,
            r#"{"properties":{"a":{}},"unevaluatedProperties":false}"#,
            Some(false),
        ),
        (
            "unevaluated items come",
            r#"{"prefixItems":[{}]}"#,
            r#"{"prefixItems":[{}],"unevaluatedItems":false}"#,
            Some(false),
        ),
    ] {
        case(name, old.to_owned(), new.to_owned(), keeps);
    }
    let mut diamond = String::new();
    for n in 0..10 {
        write!(
            diamond,
            r##""d{n}":{{"allOf":[{{"$ref":"#/$defs/d{0}"}},{{"$ref":"#/$defs/d{0}"}}]}},"##,
            n + 1
        )
        .unwrap();
    }
    let diamond =
        |end: &str| format!(r##"{{"$ref":"#/$defs/d0","$defs":{{{diamond}"d10":{end}}}}}"##);
    case(
        "references that double",
        diamond("{}"),
        diamond(r#"{"type":"string"}"#),
        Some(false),
    );
    cases
}

/// Each case as one reader takes it; what we receive is turned around.
fn judged(flow: Flow, reading: Reading) {
    let mut wrong = Vec::new();
    for (name, old, new, keeps) in hostile() {
        let (old, new) = if flow == Flow::Sent {
            (old, new)
        } else {
            (new, old)
        };
        eprint!("{name}, {flow:?} {reading:?}: ");
        let began = Instant::now();
        // As deep as a test's own thread allows, whatever that is.
        let said = catch_unwind(move || compare(&old, &new, reading, flow));
        eprintln!("{:?}", began.elapsed());
        let Ok(said) = said else {
            wrong.push(format!("{name}, {flow:?} {reading:?}: panicked"));
            continue;
        };
        let Ok(said) = said else { continue };
        if reading == Reading::Plain && keeps == Some(false) && said.verdict <= Wire::Compatible {
            wrong.push(format!("{name}, {flow:?} {reading:?}: {said:?}"));
        }
        if reading == Reading::Plain && keeps == Some(true) && said.verdict == Wire::Breaking {
            wrong.push(format!(
                "{name}, {flow:?} {reading:?}: over-strict: {:?}",
                said.rules.iter().map(|rule| rule.id).collect::<Vec<_>>()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

// A test for each reader, so that they run side by side.

#[test]
fn hostile_schemas_neither_crash_nor_hang_nor_fool_the_review_of_what_we_send() {
    judged(Flow::Sent, Reading::Plain);
}

#[test]
fn hostile_schemas_neither_crash_nor_hang_nor_fool_the_review_of_what_we_receive() {
    judged(Flow::Received, Reading::Plain);
}

#[test]
fn hostile_schemas_neither_crash_nor_hang_where_objects_are_closed() {
    judged(Flow::Sent, Reading::Closed);
}

#[test]
fn hostile_schemas_neither_crash_nor_hang_where_objects_are_open() {
    judged(Flow::Received, Reading::Open);
}
