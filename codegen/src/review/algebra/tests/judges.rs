//! One pair for each kind of change: the answer, the words and the example.

use super::opine;
use crate::review::algebra::{Depth, Opinion};
use crate::review::finding::Answer::{self, No, Unknown, Yes};
use crate::review::verdict::{Flow, Reading};

/// Sent, everything inside: old, new, the answer, what was lost, an example.
const SENT: &[(&str, &str, Answer, &str, &str)] = &[
    // Texts.
    (
        r#"{"type":"string","maxLength":40}"#,
        r#"{"type":"string","maxLength":20}"#,
        No,
        "texts of 21 to 40 characters",
        r#""aaaaaaaaaaaaaaaaaaaaa""#,
    ),
    (
        r#"{"type":"string","maxLength":20}"#,
        r#"{"type":"string","maxLength":40}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":"string","maxLength":100}"#,
        No,
        "texts of 101 characters or more",
        r#""aaaa…(101 characters)…aaaa""#,
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":"string","minLength":1}"#,
        No,
        "the empty text",
        r#""""#,
    ),
    (
        r#"{"type":"string","pattern":"^[0-9]{1,16}$"}"#,
        r#"{"type":"string","pattern":"^[0-9]{1,19}$"}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string","pattern":"^[0-9]{1,19}$"}"#,
        r#"{"type":"string","pattern":"^[0-9]{1,16}$"}"#,
        No,
        "texts that match `^[0-9]{1,19}$` and do not match `^[0-9]{1,16}$`",
        r#""00000000000000000""#,
    ),
    (
        r#"{"type":"string","pattern":"^\\d+$"}"#,
        r#"{"type":"string","pattern":"^[0-9]+$"}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string","pattern":"^a"}"#,
        r#"{"type":"string","pattern":"a"}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string","maxLength":9}"#,
        r#"{"type":"string","maxLength":9,"pattern":"^[A-Z]*$"}"#,
        No,
        "texts of at most 9 characters that do not match `^[A-Z]*$`",
        r#""a""#,
    ),
    // Values.
    (
        r#"{"enum":["IN","PARTIN"]}"#,
        r#"{"enum":["IN"]}"#,
        No,
        r#"the value "PARTIN""#,
        r#""PARTIN""#,
    ),
    (
        r#"{"enum":[1,2,3]}"#,
        r#"{"enum":[1]}"#,
        No,
        "the values 2 and 3",
        "2",
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":"string","enum":["a"]}"#,
        No,
        r#"texts other than the value "a""#,
        r#""""#,
    ),
    (r#"{"const":"a"}"#, r#"{"type":"string"}"#, Yes, "", ""),
    // Numbers.
    (
        r#"{"type":"integer"}"#,
        r#"{"type":"integer","maximum":100}"#,
        No,
        "whole numbers from 101",
        "101",
    ),
    (
        r#"{"type":"number"}"#,
        r#"{"type":"number","maximum":100}"#,
        No,
        "numbers above 100",
        "101",
    ),
    (
        r#"{"type":"number"}"#,
        r#"{"type":"number","exclusiveMaximum":100}"#,
        No,
        "numbers from 100",
        "100",
    ),
    (
        r#"{"type":"number","minimum":0}"#,
        r#"{"type":"number","minimum":0.01}"#,
        No,
        "numbers from 0 and below 0.01",
        "0",
    ),
    (
        r#"{"type":"number"}"#,
        r#"{"type":"integer"}"#,
        No,
        "numbers with a fraction",
        "0.5",
    ),
    (r#"{"type":"integer"}"#, r#"{"type":"number"}"#, Yes, "", ""),
    (
        r#"{"type":"number","multipleOf":0.0001}"#,
        r#"{"type":"number","multipleOf":0.01}"#,
        No,
        "numbers that are multiples of 0.0001 and no multiples of 0.01",
        "0.001",
    ),
    // Types.
    (
        r#"{"type":["string","null"]}"#,
        r#"{"type":"string"}"#,
        No,
        "null",
        "null",
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":["string","integer"]}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":"integer"}"#,
        No,
        "every value",
        r#""""#,
    ),
    (r"{}", r#"{"type":"string"}"#, No, "anything but texts", "0"),
    // Lists.
    (
        r#"{"type":"array","items":{"type":"string"},"maxItems":3}"#,
        r#"{"type":"array","items":{"type":"string"},"maxItems":2}"#,
        No,
        "lists of 3 elements",
        r#"["","",""]"#,
    ),
    (
        r#"{"type":"array","items":{"type":"string"}}"#,
        r#"{"type":"array","items":{"type":"string"},"minItems":1}"#,
        No,
        "the empty list",
        "[]",
    ),
    (
        r#"{"type":"array","items":{"type":"string"}}"#,
        r#"{"type":"array","items":{"type":"string","maxLength":2}}"#,
        No,
        "`*`: texts of 3 characters or more",
        r#"["aaa"]"#,
    ),
    (
        r#"{"type":"array","items":{"type":"integer"}}"#,
        r#"{"type":"array","items":{"type":"integer"},"uniqueItems":true}"#,
        No,
        "lists with equal elements",
        "[0,0]",
    ),
    (
        r#"{"type":"array","prefixItems":[{"type":"string"}],"items":false,"minItems":1}"#,
        r#"{"type":"array","prefixItems":[{"enum":["a"]}],"items":false,"minItems":1}"#,
        No,
        r#"`0`: texts other than the value "a""#,
        r#"[""]"#,
    ),
    // Objects. What is sent is closed: a new member is no narrowing, one that is gone is.
    (
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        No,
        "objects with other members",
        r#"{"b":""}"#,
    ),
    (
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}"#,
        No,
        "the empty object",
        "{}",
    ),
    (
        r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":true}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"object","properties":{"c":{"type":"integer"}}}},"required":["a"]}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"object","properties":{"c":{"type":"integer","maximum":9}}}},"required":["a"]}"#,
        No,
        "`b/c`: whole numbers from 10",
        r#"{"a":"","b":{"c":10}}"#,
    ),
    (
        r#"{"type":"object"}"#,
        r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
        No,
        "objects with other members or `a`: anything but texts",
        r#"{"a":0}"#,
    ),
    (
        r#"{"type":"object","properties":{"a":{},"b":{}},"dependentRequired":{}}"#,
        r#"{"type":"object","properties":{"a":{},"b":{}},"dependentRequired":{"a":["b"]}}"#,
        No,
        "objects with `a` and without `b`",
        r#"{"a":""}"#,
    ),
    (
        r#"{"type":"object","properties":{"a":{},"b":{}}}"#,
        r#"{"type":"object","properties":{"a":{},"b":{}},"anyOf":[{"required":["a"]},{"required":["b"]}]}"#,
        No,
        "the empty object",
        "{}",
    ),
    // One or many.
    (
        r#"{"type":"string"}"#,
        r#"{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"}]}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"}]}"#,
        r#"{"type":"string"}"#,
        No,
        "lists",
        "[]",
    ),
    // Words are not values.
    (
        r#"{"type":"string","title":"甲","x-row":"1/1","default":"a","examples":["a"]}"#,
        r#"{"type":"string","title":"乙","deprecated":true,"format":"date"}"#,
        Yes,
        "",
        "",
    ),
    // A text that holds JSON.
    (
        r#"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"object","properties":{"n":{"type":"integer"}}}}"#,
        r#"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"object","properties":{"n":{"type":"integer","maximum":9}}}}"#,
        No,
        "`n`: whole numbers from 10",
        r#""{\"n\":10}""#,
    ),
    (
        r#"{"type":["string","null"],"contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        r#"{"type":["string","null"],"contentMediaType":"application/json","contentSchema":{"type":["integer","null"]}}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string","maxLength":2,"contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        r#"{"type":"string","maxLength":1,"contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        No,
        "texts of 2 characters",
        "",
    ),
    (
        r#"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        r#"{"type":"string"}"#,
        Yes,
        "",
        "",
    ),
    (
        r#"{"type":"string"}"#,
        r#"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        Unknown,
        "",
        "",
    ),
    (
        r#"{"type":"string","contentMediaType":"application/json","contentSchema":{"type":"integer"}}"#,
        r#"{"type":"integer"}"#,
        Unknown,
        "",
        "",
    ),
];

/// Every pair, from old to new or the other way round, whose opinion is not the expected one.
fn astray(flow: Flow) -> Vec<String> {
    let mut astray = Vec::new();
    for (old, new, answer, lost, example) in SENT {
        let (from, to) = match flow {
            Flow::Sent => (old, new),
            Flow::Received => (new, old),
        };
        let said = opine(from, to, flow, Reading::Closed, Depth::Whole);
        let was_valid = said.example.as_ref().map(|example| example.was_valid);
        let right_side = was_valid.is_none_or(|was| was == (flow == Flow::Sent));
        if told(&said) != (*answer, *lost, *example) || !right_side {
            astray.push(format!("{old}\n{new}\n{:?}", told(&said)));
        }
    }
    astray
}

#[test]
fn each_kind_of_change_gets_an_answer_words_and_an_example() {
    assert_eq!(astray(Flow::Sent).join("\n\n"), "");
}

#[test]
fn what_is_received_is_the_mirror_of_what_is_sent() {
    // Under the same reading: what differs then is only who has to take what.
    assert_eq!(astray(Flow::Received).join("\n\n"), "");
}

fn told(opinion: &Opinion) -> (Answer, &str, &str) {
    let example = opinion.example.as_ref();
    (
        opinion.answer,
        opinion.lost.as_deref().unwrap_or_default(),
        example
            .map(|example| example.value.as_str())
            .unwrap_or_default(),
    )
}

#[test]
fn an_answer_depends_on_the_reading() {
    let one = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
    let two = r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}"#;
    let shut =
        r#"{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}"#;
    let map = r#"{"type":"object","additionalProperties":{"type":"string"}}"#;
    let branches = |extra: &str| {
        format!(
            r#"{{"allOf":[{{"properties":{{"a":{{}}{extra}}}}},{{"properties":{{"c":{{}}}},"required":["c"]}}]}}"#
        )
    };
    let (few, more) = (branches(""), branches(r#","b":{}"#));
    let spread = |extra: &str| {
        format!(
            r#"{{"properties":{{"k":{{}}}},"oneOf":[{{"properties":{{"a":{{}}{extra}}},"required":["a"]}},{{"required":["c"],"properties":{{"c":{{}}}}}}]}}"#
        )
    };
    let (narrow, wide) = (spread(""), spread(r#","b":{}"#));
    for (old, new, reading, answer) in [
        (one, two, Reading::Closed, Yes),
        (two, one, Reading::Closed, No),
        (one, two, Reading::Open, No),
        (two, one, Reading::Open, Yes),
        (one, two, Reading::Plain, No),
        (one, shut, Reading::Closed, Yes),
        (one, shut, Reading::Open, Yes),
        (one, shut, Reading::Plain, No),
        // A map stays a map.
        (map, map, Reading::Closed, Yes),
        (map, shut, Reading::Closed, No),
        (&few, &more, Reading::Closed, Yes),
        (&more, &few, Reading::Closed, No),
        (&more, &few, Reading::Open, Yes),
        (&narrow, &wide, Reading::Closed, Yes),
        (&wide, &narrow, Reading::Closed, No),
    ] {
        let said = opine(old, new, Flow::Sent, reading, Depth::Whole);
        assert_eq!(said.answer, answer, "{reading:?}\n{old}\n{new}\n{said:?}");
    }
}

#[test]
fn objects_that_cannot_be_closed_are_not_judged_as_sent() {
    let composed = |name: &str| {
        format!(
            r#"{{"allOf":[{{"properties":{{"a":{{}}}},"additionalProperties":{{"type":"string"}}}},{{"properties":{{"{name}":{{}}}}}}]}}"#
        )
    };
    let said = opine(
        &composed("b"),
        &composed("c"),
        Flow::Sent,
        Reading::Closed,
        Depth::Whole,
    );
    assert_eq!(told(&said), (Unknown, "", ""));
}

#[test]
fn a_place_is_judged_by_its_own_keywords_when_what_is_inside_is_masked() {
    for (old, new, answer, example) in [
        // Differences inside are others' business.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"integer"}}}"#,
            Yes,
            "",
        ),
        (
            r#"{"type":"array","items":{"type":"string"}}"#,
            r#"{"type":"array","items":{"type":"integer"}}"#,
            Yes,
            "",
        ),
        (
            r#"{"type":"array","prefixItems":[{"type":"string"}]}"#,
            r#"{"type":"array","prefixItems":[{"type":"integer"}]}"#,
            Yes,
            "",
        ),
        (
            r#"{"type":"object","additionalProperties":{"type":"string"}}"#,
            r#"{"type":"object","additionalProperties":{"type":"integer"}}"#,
            Yes,
            "",
        ),
        (
            r#"{"type":"string","contentSchema":{"type":"string"}}"#,
            r#"{"type":"string","contentSchema":{"type":"integer"}}"#,
            Yes,
            "",
        ),
        (
            r#"{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"}]}"#,
            r#"{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"integer"}}]}"#,
            Yes,
            "",
        ),
        // The rest is seen.
        (
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"string","maxLength":9}},"required":["a"]}"#,
            No,
            "{}",
        ),
        (
            r#"{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string","minLength":2}}}"#,
            r#"{"type":"object","properties":{"a":{"type":"string"}}}"#,
            No,
            r#"{"b":"aa"}"#,
        ),
        (
            r#"{"type":"array","items":{"type":"string","minLength":1}}"#,
            r#"{"type":"array","items":{"type":"string","minLength":2},"maxItems":0}"#,
            No,
            r#"["a"]"#,
        ),
        (
            r#"{"type":"object","additionalProperties":{"type":"string"}}"#,
            r#"{"type":"object","additionalProperties":false}"#,
            No,
            r#"{"a":""}"#,
        ),
        (
            r#"{"anyOf":[{"type":"array","items":{"type":"string"}},{"type":"string"}]}"#,
            r#"{"anyOf":[{"type":"array","items":{"type":"string"},"minItems":1},{"type":"string"}]}"#,
            No,
            "[]",
        ),
        (
            r##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"n":{"$ref":"#/$defs/a"}}}}}"##,
            r##"{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"n":{"$ref":"#/$defs/a"}},"required":["n"]}}}"##,
            No,
            "{}",
        ),
    ] {
        let said = opine(old, new, Flow::Sent, Reading::Closed, Depth::Masked);
        let (found, _, shown) = told(&said);
        assert_eq!((found, shown), (answer, example), "{old}\n{new}");
    }
}

#[test]
fn references_lead_where_they_lead() {
    let list = |end: &str| {
        format!(
            r##"{{"$ref":"#/$defs/node","$defs":{{"node":{{"type":"object","properties":{{"v":{{"type":"string","maxLength":{end}}},"next":{{"$ref":"#/$defs/node"}}}}}}}}}}"##
        )
    };
    let said = opine(
        &list("3"),
        &list("2"),
        Flow::Sent,
        Reading::Closed,
        Depth::Whole,
    );
    assert_eq!(
        told(&said),
        (No, "`v`: texts of 3 characters", r#"{"v":"aaa"}"#)
    );
    let said = opine(
        &list("2"),
        &list("3"),
        Flow::Sent,
        Reading::Closed,
        Depth::Whole,
    );
    assert_eq!(said.answer, Yes);
    let moved = r##"{"$ref":"#/$defs/b","$defs":{"b":{"type":"string","maxLength":3}}}"##;
    let said = opine(
        moved,
        r#"{"type":"string","maxLength":3}"#,
        Flow::Sent,
        Reading::Closed,
        Depth::Whole,
    );
    assert_eq!(said.answer, Yes);
    let broken = r##"{"$ref":"#/$defs/nowhere"}"##;
    let said = opine(broken, broken, Flow::Sent, Reading::Closed, Depth::Whole);
    assert_eq!(said.answer, Unknown);
}
