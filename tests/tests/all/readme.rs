//! What README, its translation, CONTRIBUTING and CHANGELOG say of the repository is so. Their Rust
//! code is compiled by the documentation tests of `dockseal`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dockseal_tests::conformance;

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap().to_path_buf()
}

fn text(name: &str) -> String {
    let path = repository().join(name);
    let text = fs::read_to_string(&path).expect(name);
    text.replace("\r\n", "\n")
}

/// The names of the variants of an enum that is laid out by rustfmt.
fn variants(source: &str, head: &str) -> BTreeSet<String> {
    let (_, body) = source.split_once(head).expect(head);
    let (body, _) = body.split_once("\n}").unwrap();
    let found: BTreeSet<_> = body
        .lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(first_word)
        .collect();
    assert!(!found.is_empty(), "{head} has no variants");
    found
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// `release-notes` of `ReleaseNotes`.
fn kebab(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// What stands first, in backticks, in the rows of the table whose head begins so.
fn first_column(text: &str, head: &str) -> BTreeSet<String> {
    let (_, table) = text.split_once(head).expect(head);
    table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|row| row.split('`').next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_table_of_ends_names_every_way_a_call_can_end_and_no_other() {
    let source = text("bindings/src/reply/error.rs");
    let ends = variants(&source, "pub enum CallError<");
    for name in READMES {
        let told: BTreeSet<_> = first_column(&text(name), "| `CallError` |")
            .iter()
            .map(|cell| first_word(cell))
            .collect();
        assert_eq!(told, ends, "{name}");
    }
}

#[test]
fn the_table_of_rooms_names_every_directory_and_no_other() {
    let rooms: BTreeSet<_> = fs::read_dir(repository())
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "target")
        .map(|name| format!("{name}/"))
        .collect();
    for (name, head) in READMES.into_iter().zip(["| room |", "| 目录 |"]) {
        assert_eq!(first_column(&text(name), head), rooms, "{name}");
    }
}

#[test]
fn the_table_of_features_names_every_feature_and_no_other() {
    let manifest = text("bindings/Cargo.toml");
    let (_, features) = manifest.split_once("[features]\n").unwrap();
    let (features, _) = features.split_once("\n[").unwrap();
    let features: BTreeSet<_> = features
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(feature, _)| feature.to_owned())
        .filter(|feature| feature != "default" && !feature.starts_with(['_', '#']))
        .collect();
    for name in READMES {
        assert_eq!(first_column(&text(name), "| feature |"), features, "{name}");
    }
}

/// The files of cases in a folder.
fn cases(folder: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(repository().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "jsonl"))
        .collect();
    files.sort();
    files
}

#[test]
fn the_numbers_of_cases_are_those_that_are_stated() {
    let mut report = Vec::new();
    let signatures = conformance::sign(&cases("tests/vectors"), &mut report).unwrap();
    let pushes = conformance::receiver(&cases("tests/receiver-cases"), &mut report).unwrap();
    for outcome in [signatures, pushes] {
        assert_eq!((outcome.failed, outcome.unreadable), (0, 0));
    }
    let (vectors, cases) = (signatures.passed, pushes.passed);
    for (name, stated) in [
        ("README.md", format!("{vectors} vectors")),
        ("README.md", format!("vectors/*.jsonl   # {vectors} passed")),
        ("README.md", format!("cases/*.jsonl   # {cases} passed")),
        ("README.zh-CN.md", format!("{vectors} 个用例")),
        (
            "README.zh-CN.md",
            format!("vectors/*.jsonl   # {vectors} passed"),
        ),
        (
            "README.zh-CN.md",
            format!("cases/*.jsonl   # {cases} passed"),
        ),
        ("CHANGELOG.md", format!("{vectors} signature vectors")),
        ("CHANGELOG.md", format!("{cases} cases")),
    ] {
        assert!(text(name).contains(&stated), "{name} lacks: {stated}");
    }
}

#[test]
fn every_task_that_is_named_is_a_task() {
    let tasks: BTreeSet<_> = variants(&text("xtask/src/main.rs"), "enum Task {")
        .iter()
        .map(|task| kebab(task))
        .collect();
    for name in READMES.into_iter().chain(["CONTRIBUTING.md"]) {
        let text = text(name);
        let named: Vec<_> = text
            .split("cargo xtask ")
            .skip(1)
            .map(first_word)
            .filter(|word| !word.is_empty() && !word.starts_with('-'))
            .collect();
        assert!(!named.is_empty(), "{name}");
        for task in named {
            assert!(tasks.contains(&task), "{name}: cargo xtask {task}");
        }
    }
}

#[test]
fn the_examples_that_are_shown_are_those_in_the_examples() {
    let code = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(str::to_owned)
            .collect()
    };
    for (file, fence) in [
        ("bindings/examples/call.rs", "```rust,no_run\n"),
        ("inbox/examples/receive.rs", "```rust,ignore\n"),
    ] {
        let example = text(file);
        let (_, example) = example.split_once("\n\n").unwrap();
        for name in READMES {
            let text = text(name);
            let (_, block) = text.split_once(fence).expect(name);
            let (block, _) = block.split_once("```").unwrap();
            assert_eq!(code(block), code(example), "{name}: {file}");
        }
    }
}

#[test]
fn every_file_that_is_named_or_linked_exists() {
    let roots =
        ["", "codegen/src", "bindings/src", "inbox/src"].map(|root| repository().join(root));
    for name in READMES.into_iter().chain(["CONTRIBUTING.md"]) {
        let text = text(name);
        let mut named = 0;
        for line in text.lines() {
            // What the invented method of the walks would make is not there.
            for file in line.split('`').filter(|part| {
                Path::new(part).extension().is_some_and(|end| end == "rs")
                    && !part.contains([' ', '('])
                    && *part != "mod.rs"
                    && !part.contains("demo_note_push")
            }) {
                named += 1;
                let there = roots.iter().any(|root| root.join(file).is_file());
                assert!(there, "{name}: {file}");
            }
        }
        assert!(named > 5, "{name}: {named}");
        let links = text.split("](").skip(1);
        for link in links.filter_map(|rest| rest.split([')', '#']).next()) {
            let elsewhere = link.starts_with("https://");
            let there = elsewhere || repository().join(link).exists();
            assert!(there, "{name}: {link}");
        }
    }
}

#[test]
fn the_two_languages_have_the_same_sections_and_blocks_in_the_same_order() {
    let outline = |name: &str| -> Vec<String> {
        text(name)
            .lines()
            .filter(|line| line.starts_with("## ") || line.starts_with("```"))
            .map(|line| line.chars().take_while(|c| *c != ' ').collect())
            .collect()
    };
    assert_eq!(outline("README.md"), outline("README.zh-CN.md"));
}
