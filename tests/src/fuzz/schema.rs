//! Schema files: bindings, or diagnostics that each name a place; the same each time.

use dockseal_codegen::{Diagnostics, SourceFile, check_rows, citations, generate, lint};

pub(super) const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "1e400",
    "-1",
    "\"$ref\":",
    "\"#/$defs/\"",
    "\"#\"",
    "\"gateway.json#/$defs/Reply\"",
    "\"type\":",
    "\"object\"",
    "\"array\"",
    "\"string\"",
    "\"integer\"",
    "\"boolean\"",
    "\"number\"",
    "\"properties\":",
    "\"required\":",
    "\"items\":",
    "\"enum\":",
    "\"const\":",
    "\"x-enum\":",
    "\"x-api\":",
    "\"x-source\":",
    "\"x-row\":",
    "\"x-decimal\":",
    "\"x-wire\":",
    "\"x-gateway\":",
    "\"maxLength\":",
    "\"minLength\":",
    "\"pattern\":",
    "\"minimum\":",
    "\"maximum\":",
    "\"maxItems\":",
    "\"format\":",
    "\"oneOf\":",
    "\"anyOf\":",
    "\"allOf\":",
    "\"contentMediaType\":",
    "\"default\":",
    "\"examples\":",
    "\"$defs\":",
    "\"title\":",
];

const GATEWAY: &[u8] = include_bytes!("../../../codegen/tests/fixtures/gateway.json");
const API: &[u8] = include_bytes!("../../../codegen/tests/fixtures/api.json");
const PATHS: [&str; 2] = ["demo/demo.thing.json", "demo/gateway.json"];

pub(super) fn body(data: &[u8]) {
    let is_gateway = data.windows(11).any(|word| word == b"\"x-gateway\"");
    let files = if is_gateway {
        [API, data]
    } else {
        [data, GATEWAY]
    };
    let mut files: Vec<SourceFile> = PATHS
        .into_iter()
        .zip(files)
        .map(|(path, bytes)| SourceFile {
            path: path.to_owned(),
            bytes: bytes.to_vec(),
        })
        .collect();

    let generated = generate(&files);
    match &generated {
        Ok(generated) => {
            assert!(!generated.is_empty());
            for file in generated {
                assert!(
                    !file.path.is_empty() && file.text.ends_with('\n'),
                    "{}",
                    file.path
                );
            }
        }
        Err(diagnostics) => {
            assert!(!diagnostics.is_empty(), "refused without a word");
            placed(diagnostics, &files);
        }
    }
    placed(&lint(&files), &files);
    let lock = SourceFile {
        path: "sources.lock".to_owned(),
        bytes: br#"{"documents":{}}"#.to_vec(),
    };
    let cited = citations(&files);
    let rows = check_rows(&files, &lock);
    files.reverse();
    assert_eq!(generate(&files), generated, "the order of the files counts");
    assert_eq!(citations(&files), cited);
    assert_eq!(check_rows(&files, &lock), rows);
}

/// Every diagnostic says where, what and what to do, for people and for programs.
fn placed(diagnostics: &Diagnostics, files: &[SourceFile]) {
    for diagnostic in diagnostics {
        let file = files.iter().find(|file| file.path == diagnostic.path);
        let file = file.unwrap_or_else(|| panic!("a file that was not given: {}", diagnostic.path));
        assert!(
            diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= file.bytes.len()
        );
        assert!(diagnostic.line >= 1 && diagnostic.column >= 1);
        assert!(diagnostic.pointer.is_empty() || diagnostic.pointer.starts_with('/'));
        assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty());
        let line = diagnostic.to_json();
        assert!(!line.contains('\n'));
        serde_json::from_str::<serde_json::Value>(&line).expect("the machine form is JSON");
    }
    assert_eq!(diagnostics.to_string().is_empty(), diagnostics.is_empty());
}
