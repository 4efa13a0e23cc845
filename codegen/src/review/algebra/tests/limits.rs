//! Whatever the schemas are, an opinion comes back.

use super::opine;
use crate::review::algebra::Depth;
use crate::review::finding::Answer::{No, Unknown, Yes};
use crate::review::verdict::{Flow, Reading};

/// An object of many members, one of which may change.
fn wide(members: usize, max: usize) -> String {
    let members: Vec<String> = (0..members)
        .map(|n| {
            let max = if n == members / 2 { max } else { 40 };
            format!(r#""f{n}":{{"type":"string","maxLength":{max}}}"#)
        })
        .collect();
    format!(
        r#"{{"type":"object","properties":{{{}}},"required":["f1"]}}"#,
        members.join(",")
    )
}

/// Objects within objects, each by a reference.
fn chain(links: usize, max: usize) -> String {
    let links: Vec<String> = (0..links)
        .map(|n| {
            let next = n + 1;
            format!(
                r##""d{n}":{{"type":"object","properties":{{"n":{{"$ref":"#/$defs/d{next}"}}}},"required":["n"]}}"##
            )
        })
        .chain([format!(r#""d{links}":{{"type":"string","maxLength":{max}}}"#)])
        .collect();
    format!(
        r##"{{"$ref":"#/$defs/d0","$defs":{{{}}}}}"##,
        links.join(",")
    )
}

/// The same with a choice at each link, so that nothing can be taken apart.
fn tangle(links: usize, max: usize) -> String {
    let links: Vec<String> = (0..links)
        .map(|n| {
            let next = n + 1;
            format!(
                r##""d{n}":{{"anyOf":[{{"type":"object","properties":{{"n":{{"$ref":"#/$defs/d{next}"}}}}}},{{"type":"null"}}]}}"##
            )
        })
        .chain([format!(r#""d{links}":{{"type":"string","maxLength":{max}}}"#)])
        .collect();
    format!(
        r##"{{"$ref":"#/$defs/d0","$defs":{{{}}}}}"##,
        links.join(",")
    )
}

#[test]
fn large_and_deep_schemas_have_an_opinion() {
    for (name, old, new, answers) in [
        ("wide", wide(200, 40), wide(200, 20), [No, Yes].as_slice()),
        ("deep", chain(8, 40), chain(8, 20), &[No, Yes]),
        ("very deep", chain(100, 40), chain(100, 20), &[Unknown, Yes]),
        ("tangled", tangle(250, 40), tangle(250, 20), &[Unknown, No]),
        ("too deep", chain(2_000, 40), chain(2_000, 20), &[Unknown]),
    ] {
        for depth in [Depth::Whole, Depth::Masked] {
            for reading in [Reading::Closed, Reading::Open, Reading::Plain] {
                let said = opine(&old, &new, Flow::Sent, reading, depth);
                assert!(
                    answers.contains(&said.answer),
                    "{name} {depth:?} {reading:?}: {said:?}"
                );
            }
        }
    }
}

#[test]
fn odd_schemas_have_an_opinion_too() {
    let odd = [
        "{}",
        "true",
        "false",
        "7",
        "[]",
        r#"{"type":"strin"}"#,
        r#"{"type":7,"enum":{},"items":7,"required":"x","properties":[]}"#,
        r#"{"pattern":"(","minLength":-1}"#,
        r#"{"pattern":"^(?=(a+)+$)"}"#,
        r#"{"maximum":123456789012345678901234567890}"#,
        r#"{"maximum":1e400}"#,
        r#"{"minLength":4294967295,"type":"string"}"#,
        r#"{"type":"array","minItems":4294967295}"#,
        r#"{"type":"array","items":{"enum":[1,2]},"uniqueItems":true,"minItems":3}"#,
        r##"{"$ref":"#"}"##,
        r##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/a"}}}"##,
        r##"{"items":{"$ref":"#/$defs/a"},"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}"##,
        r##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"x":{"$ref":"#/$defs/a"}},"required":["x"]}}}"##,
        r#"{"$ref":"other.json#/a"}"#,
        r#"{"$ref":7}"#,
        r##"{"$dynamicRef":"#a"}"##,
        r#"{"allOf":[{"properties":{"a":false}},{"not":{"not":{}}}],"if":{},"then":false}"#,
    ];
    for old in odd {
        for new in odd {
            for depth in [Depth::Whole, Depth::Masked] {
                let said = opine(old, new, Flow::Received, Reading::Open, depth);
                let again = opine(old, new, Flow::Received, Reading::Open, depth);
                assert_eq!(said, again, "{old}\n{new}");
                assert!(said.example.is_none() || said.answer == No, "{old}\n{new}");
            }
        }
    }
}
