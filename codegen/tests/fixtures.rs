//! Fixtures: what each keyword becomes, and how each mistake is told.
//!
//! `good/<keyword>.json` is a schema that uses the keyword, `<keyword>.txt` what it becomes.
//! `bad/<code>-<slug>` is a mistake and `.txt` its diagnostics; a directory holds several files.
//! A single file is an API beside the shared `gateway.json`, or, when its name ends so, a gateway
//! beside the shared `api.json`.
//! `UPDATE=1 cargo test -p dockseal-codegen` writes the `.txt` files anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use dockseal_codegen::keyword::{Disposition, Keyword};
use dockseal_codegen::{Code, Diagnostics, SourceFile, check_rows, lint, lower};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Entries of a directory, sorted, without the golden texts.
fn inputs(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "json"))
        .collect();
    paths.sort();
    paths
}

/// The schema tree of a fixture, and its `sources.lock`.
fn tree(path: &Path) -> (Vec<SourceFile>, Option<SourceFile>) {
    let mut files = Vec::new();
    if path.is_dir() {
        walk(path, path, &mut files);
    } else {
        let bytes = fs::read(path).unwrap();
        let is_gateway = name(path).ends_with("gateway");
        let other = if is_gateway {
            "api.json"
        } else {
            "gateway.json"
        };
        let (here, beside) = if is_gateway {
            ("demo/gateway.json", "demo/demo.thing.json")
        } else {
            ("demo/demo.thing.json", "demo/gateway.json")
        };
        files.push(SourceFile {
            path: here.to_owned(),
            bytes,
        });
        let bytes = fs::read(fixtures().join(other)).unwrap();
        files.push(SourceFile {
            path: beside.to_owned(),
            bytes,
        });
    }
    let lock = files.iter().position(|file| file.path == "sources.lock");
    let lock = lock.map(|index| files.remove(index));
    (files, lock)
}

fn walk(root: &Path, directory: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).unwrap().components();
            let parts: Vec<_> = relative.map(|c| c.as_os_str().to_str().unwrap()).collect();
            files.push(SourceFile {
                path: parts.join("/"),
                bytes: fs::read(&path).unwrap(),
            });
        }
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.strip_suffix(".json").unwrap_or(name).to_owned()
}

/// Compares with the golden text, or writes it.
fn golden(path: &Path, actual: &str, failures: &mut String) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    if expected != actual {
        writeln!(failures, "{}:\n{actual}", path.display()).unwrap();
    }
}

/// What is wrong with a fixture, by the check that its code belongs to.
fn diagnose(path: &Path) -> Diagnostics {
    let (files, lock) = tree(path);
    match lock {
        Some(lock) => check_rows(&files, &lock),
        None if name(path).ends_with("-lint") => lint(&files),
        None => lower(&files).err().unwrap_or_default(),
    }
}

#[test]
fn every_keyword_becomes_what_is_written() {
    let directory = fixtures().join("good");
    let mut failures = String::new();
    for path in inputs(&directory) {
        let (files, _) = tree(&path);
        let text = String::from_utf8(files.first().unwrap().bytes.clone()).unwrap();
        assert!(
            text.contains(&format!("\"{}\"", name(&path))),
            "{}",
            path.display()
        );
        let ir = lower(&files).unwrap_or_else(|e| panic!("{}:\n{e}", path.display()));
        let mut gateway = ir.gateways.into_iter().next().unwrap();
        let apis = std::mem::take(&mut gateway.apis);
        let actual = match name(&path).as_str() {
            "x-gateway" => format!("{gateway:#?}\n"),
            _ => apis
                .iter()
                .fold(String::new(), |all, api| all + &format!("{api:#?}\n")),
        };
        golden(&path.with_extension("txt"), &actual, &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_mistake_is_told_as_written() {
    let directory = fixtures().join("bad");
    let mut failures = String::new();
    for path in inputs(&directory) {
        let diagnostics = diagnose(&path);
        let code = name(&path).split('-').next().unwrap().to_owned();
        let told = diagnostics
            .iter()
            .any(|diagnostic| diagnostic.code.as_str() == code);
        assert!(told, "{}:\n{diagnostics}", path.display());
        assert!(
            diagnostics.iter().all(|d| !d.help.is_empty()),
            "{}",
            path.display()
        );
        let golden_path = directory.join(name(&path) + ".txt");
        golden(&golden_path, &format!("{diagnostics}\n"), &mut failures);
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_supported_keyword_has_a_fixture() {
    let here: BTreeSet<String> = inputs(&fixtures().join("good"))
        .iter()
        .map(|path| name(path))
        .collect();
    let supported: BTreeSet<String> = Keyword::all()
        .iter()
        .filter(|keyword| !matches!(keyword.disposition(), Disposition::Rejected(_)))
        .map(|keyword| keyword.text().to_owned())
        .collect();
    assert_eq!(here, supported);
}

#[test]
fn every_rejected_keyword_is_told_with_its_help() {
    let diagnostics = diagnose(&fixtures().join("bad/D011-rejected.json"));
    for keyword in Keyword::all() {
        let Disposition::Rejected(help) = keyword.disposition() else {
            continue;
        };
        let quoted = format!("`{}`", keyword.text());
        let told = diagnostics.iter().any(|d| {
            d.code == Code::RejectedKeyword && d.message.contains(&quoted) && d.help == help
        });
        assert!(told, "{quoted}");
    }
}

#[test]
fn every_code_has_a_fixture() {
    let names: Vec<String> = inputs(&fixtures().join("bad"))
        .iter()
        .map(|path| name(path))
        .collect();
    for code in Code::ALL {
        // Four megabytes are made in `robust.rs`.
        let made = *code == Code::FileTooLarge;
        let here = names
            .iter()
            .any(|name| name.starts_with(&format!("{}-", code.as_str())));
        assert!(here || made, "no fixture for {}", code.as_str());
    }
}

#[test]
fn no_golden_text_is_left_over() {
    for directory in ["good", "bad"] {
        let directory = fixtures().join(directory);
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let stem = path.with_extension("");
                let json = PathBuf::from(format!("{}.json", stem.display()));
                assert!(json.exists() || stem.is_dir(), "{}", path.display());
            }
        }
    }
}
