//! What the sources themselves must not contain: floating-point numbers, and ways to panic.
//!
//! The files are read as tokens, so that comments and texts do not count, and without what is
//! compiled for tests only.

use std::path::Path;

use crate::spawn;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Sources below a directory as tokens, by path.
fn sources(directory: &str) -> Vec<(String, TokenStream)> {
    let files = spawn::read_tree(&spawn::repository().join(directory));
    let is_source = |path: &str| {
        let tests = path
            .split('/')
            .any(|part| part == "tests" || part == "tests.rs");
        !tests
            && Path::new(path)
                .extension()
                .is_some_and(|ending| ending == "rs")
    };
    let files = files.into_iter().filter(|(path, _)| is_source(path));
    files
        .map(|(path, text)| (format!("{directory}/{path}"), text.parse().unwrap()))
        .collect()
}

/// Tokens in order, groups opened, items under `#[cfg(test)]` and doc comments left out.
fn flatten(tokens: TokenStream, out: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let attribute = tokens.peek().map(ToString::to_string).unwrap_or_default();
                if attribute.replace(' ', "") == "[cfg(test)]" {
                    let ends = |token: &TokenTree| match token {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        TokenTree::Punct(punct) => punct.as_char() == ';',
                        _ => false,
                    };
                    tokens.by_ref().find(ends);
                } else if attribute.starts_with("[doc") || attribute.starts_with("[doc =") {
                    tokens.next();
                }
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push(open.to_owned());
                flatten(group.stream(), out);
                out.push(close.to_owned());
            }
            token => out.push(token.to_string()),
        }
    }
}

fn words(tokens: TokenStream) -> Vec<String> {
    let mut out = Vec::new();
    flatten(tokens, &mut out);
    out
}

/// Calls that end the program.
fn panics(words: &[String]) -> Vec<String> {
    let methods = [".", "unwrap", "("];
    let expect = [".", "expect", "("];
    let macros = [
        "panic",
        "todo",
        "unreachable",
        "unimplemented",
        "assert",
        "assert_eq",
        "assert_ne",
    ];
    let found = words.windows(3).filter(|window| {
        *window == methods
            || *window == expect
            || (macros.contains(&window[0].as_str()) && window[1] == "!")
    });
    found.map(<[String]>::concat).collect()
}

/// Floating-point types and literals, but for serde's own way of handing one over, and of saying that
/// a format treats one as it treats everything.
fn floats(words: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let type_or_suffix = word.contains("f64") || word.contains("f32");
        let visitor = word == "visit_f64" || {
            let before = &words[index.saturating_sub(12)..index];
            before.iter().any(|word| word == "visit_f64")
        };
        let forwarded = words[index.saturating_sub(20)..index]
            .iter()
            .any(|word| word == "forward_to_deserialize_any");
        if type_or_suffix && !visitor && !forwarded {
            found.push(word.clone());
        }
    }
    found
}

#[test]
fn no_floating_point_number_is_in_the_bindings_or_the_generator() {
    for (path, tokens) in sources("bindings/src")
        .into_iter()
        .chain(sources("codegen/src"))
    {
        let found = floats(&words(tokens));
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}

#[test]
fn nothing_that_panics_is_in_the_bindings_or_the_generator() {
    let mut files = 0;
    for (path, tokens) in sources("bindings/src")
        .into_iter()
        .chain(sources("codegen/src"))
    {
        files += 1;
        let found = panics(&words(tokens));
        assert!(found.is_empty(), "{path}: {found:?}");
    }
    assert!(files > 60, "only {files} files were searched");
}

#[test]
fn the_search_itself_finds_what_it_looks_for_and_passes_over_tests() {
    let bad = "/// x.unwrap()\nfn a(x: f64) { x.unwrap(); y.expect(\"z\"); panic!() }\n\
               #[cfg(test)] mod tests { fn b() { x.unwrap() } }\n#[cfg(test)]\nmod more;\nfn c() { todo!() }";
    let words = words(bad.parse().unwrap());
    assert_eq!(
        panics(&words),
        [".unwrap(", ".expect(", "panic!(", "todo!("]
    );
    assert_eq!(floats(&words), ["f64"]);
}
