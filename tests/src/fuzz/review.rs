//! Two schemas, one a line: the review answers for either direction, and nothing breaks where nothing
//! changed.

use dockseal_codegen::review::{Flow, Reading, Wire, compare};

pub(super) const WORDS: &[&str] = &[
    "\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "true",
    "false",
    "null",
    "1e400",
    "0.1",
    "-1",
    "\"type\":",
    "\"string\"",
    "\"number\"",
    "\"integer\"",
    "\"object\"",
    "\"array\"",
    "\"enum\":",
    "\"const\":",
    "\"minimum\":",
    "\"exclusiveMaximum\":",
    "\"multipleOf\":",
    "\"maxLength\":",
    "\"pattern\":",
    "\"^a*$\"",
    "\"properties\":",
    "\"required\":",
    "\"additionalProperties\":",
    "\"items\":",
    "\"prefixItems\":",
    "\"contains\":",
    "\"oneOf\":",
    "\"anyOf\":",
    "\"allOf\":",
    "\"not\":",
    "\"if\":",
    "\"then\":",
    "\"else\":",
    "\"$ref\":",
    "\"#\"",
    "\"$defs\":",
    "\"#/$defs/a\"",
];

pub(super) fn body(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Some((old, new)) = text.split_once('\n') else {
        return;
    };
    for flow in [Flow::Sent, Flow::Received] {
        let said = compare(old, new, Reading::Plain, flow);
        if let Err(diagnostics) = &said {
            for diagnostic in diagnostics {
                assert!(diagnostic.line >= 1 && !diagnostic.message.is_empty());
            }
            return;
        }
        let same = compare(old, old, Reading::Plain, flow).expect("it was read before");
        assert!(same.verdict < Wire::Breaking, "nothing changed: {same:?}");
    }
}
