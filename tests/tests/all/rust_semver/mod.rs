//! What the review says of programs, held against a compiler: a program that uses all of the old
//! bindings compiles with the new ones exactly when no finding is a major change of types.
//!
//! A sample of the edits of `schema_mutations` is taken, of each kind of edit some; each is judged
//! both ways. All programs are compiled by one call of cargo, each as a program of its own.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "our own files"
)]

mod consumer;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::spawn;
use dockseal_codegen::SourceFile;
use dockseal_codegen::review::{Axis, Review, Rust, review};

use crate::schema_mutations::edits::edits;
use crate::schema_mutations::json::Json;

/// The least number of edits that are taken.
const ENOUGH: usize = 40;
/// So many edits of one kind are tried; the first that changes the bindings is taken.
const TRIES: usize = 6;

/// Files below `schemas/`, of one gateway.
type Schemas = BTreeMap<String, String>;

/// An edit that the generator takes.
struct Sample {
    name: String,
    gateway: String,
    /// Before and after it.
    schemas: [Vec<SourceFile>; 2],
    /// The bindings before it.
    old: BTreeMap<String, String>,
    /// The bindings after it.
    new: BTreeMap<String, String>,
}

/// What a review says of programs.
struct Judgement {
    breaks: bool,
    said: Vec<String>,
}

impl Judgement {
    fn of(review: &Review) -> Judgement {
        let worst = review.findings.iter().map(|finding| finding.rust).max();
        let said = review.findings.iter().map(|finding| {
            format!(
                "{} {}: {:?}",
                finding.rule.id,
                finding.rust.text(),
                finding.items
            )
        });
        Judgement {
            breaks: worst == Some(Rust::MajorType),
            said: said.collect(),
        }
    }
}

fn sources(schemas: &Schemas) -> Vec<SourceFile> {
    let files = schemas.iter().map(|(path, text)| SourceFile {
        path: path.clone(),
        bytes: text.clone().into_bytes(),
    });
    files.collect()
}

fn generated(sources: &[SourceFile]) -> Option<BTreeMap<String, String>> {
    let files = dockseal_codegen::generate(sources).ok()?;
    Some(
        files
            .into_iter()
            .map(|file| (file.path, file.text))
            .collect(),
    )
}

/// Edits of every kind, of every gateway.
fn samples() -> Vec<Sample> {
    let mut tree = spawn::read_tree(&spawn::repository().join("schemas"));
    tree.retain(|path, _| path.contains('/') && path.ends_with(".json"));
    let mut samples = Vec::new();
    let mut tried: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let gateways: BTreeSet<&str> = tree
        .keys()
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    for gateway in gateways {
        let files = tree
            .iter()
            .filter(|(path, _)| path.starts_with(&format!("{gateway}/")));
        let files: BTreeMap<&String, Json> =
            files.map(|(path, text)| (path, Json::read(text))).collect();
        let written: Schemas = files
            .iter()
            .map(|(path, root)| ((*path).clone(), root.to_string()))
            .collect();
        let old = sources(&written);
        let before = generated(&old).unwrap();
        for (path, root) in &files {
            for edit in edits(root) {
                // Settings change constants, which no program's types depend on.
                let count = tried.entry((edit.word.clone(), edit.kind)).or_default();
                let settings = edit.word.starts_with("/x-gateway")
                    && !edit.word.contains("credentials")
                    && !edit.word.ends_with("/rust");
                if *count >= TRIES || settings {
                    continue;
                }
                *count += 1;
                let mut schemas = written.clone();
                schemas.insert((*path).clone(), edit.root.to_string());
                let new = sources(&schemas);
                let Some(after) = generated(&new).filter(|after| *after != before) else {
                    continue;
                };
                *count = TRIES;
                samples.push(Sample {
                    name: format!("{path} {} {} {}", edit.schema, edit.word, edit.kind),
                    gateway: gateway.replace('-', "_"),
                    schemas: [old.clone(), new],
                    old: before.clone(),
                    new: after,
                });
            }
        }
    }
    samples
}

/// What the review says of each edit, there and back.
fn judged(samples: &[Sample]) -> Vec<[Judgement; 2]> {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let share = samples.len().div_ceil(workers).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = samples
            .chunks(share)
            .map(|share| scope.spawn(|| share.iter().map(Sample::judged).collect::<Vec<_>>()))
            .collect();
        let judged = shares.into_iter().flat_map(|share| share.join().unwrap());
        judged.collect()
    })
}

impl Sample {
    fn judged(&self) -> [Judgement; 2] {
        let [old, new] = &self.schemas;
        [(old, new), (new, old)].map(|(old, new)| {
            let said = review(old, new, Axis::Rust);
            Judgement::of(
                &said.unwrap_or_else(|side| panic!("{}: {}", self.name, side.diagnostics)),
            )
        })
    }
}

/// Writes the program of some bindings, to be compiled with others.
fn write_program(
    directory: &Path,
    name: &str,
    gateway: &str,
    of: &BTreeMap<String, String>,
    with: &BTreeMap<String, String>,
) {
    let place = directory.join("src").join(name);
    let with = with
        .iter()
        .map(|(path, text)| (format!("generated/{path}"), text.clone()));
    spawn::write_tree(&place, &with.collect());
    let files = of.iter().filter(|(path, _)| path.starts_with(gateway));
    let program = consumer::program(gateway, files.map(|(_, text)| text.as_str()));
    spawn::write(
        &place.join("consumer.rs"),
        &program.replace("#![allow(deprecated, unused_imports)]\n", ""),
    );
    let main = "#![allow(deprecated, dead_code, unused_imports, missing_docs, non_snake_case)]\n\
                pub mod generated;\npub mod consumer;\nfn main() {}\n";
    spawn::write(&place.join("main.rs"), main);
}

/// What the compiler says of each program: its errors, with the file of each.
fn compiled(directory: &Path, programs: &[String]) -> BTreeMap<String, Vec<(String, String)>> {
    let bindings = spawn::repository().join("bindings").display().to_string();
    let mut manifest = format!(
        "[package]\nname = \"semver\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\nautobins = false\n\n\
         [dependencies]\ndockseal = {{ path = {bindings:?}, features = [\"schema\"] }}\n\n\
         [workspace]\n\n{}",
        spawn::profile()
    );
    for name in programs {
        write!(
            manifest,
            "\n[[bin]]\nname = {name:?}\npath = \"src/{name}/main.rs\"\n"
        )
        .unwrap();
    }
    spawn::write(&directory.join("Cargo.toml"), &manifest);
    std::fs::copy(
        spawn::repository().join("Cargo.lock"),
        directory.join("Cargo.lock"),
    )
    .unwrap();
    let checked = spawn::cargo_in(
        directory,
        &["check", "--quiet", "--keep-going", "--message-format=json"],
    );
    let mut errors: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for line in checked.stdout.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let target = message["target"]["name"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        if message["reason"] == "compiler-artifact" {
            errors.entry(target).or_default();
        } else if message["message"]["level"] == "error" {
            let spans = message["message"]["spans"].as_array().unwrap();
            let Some(span) = spans.iter().find(|span| span["is_primary"] == true) else {
                continue;
            };
            let file = span["file_name"].as_str().unwrap().to_owned();
            let text = message["message"]["rendered"].as_str().unwrap().to_owned();
            errors.entry(target).or_default().push((file, text));
        }
    }
    errors
}

#[test]
fn programs_compile_or_fail_as_the_review_says() {
    let samples = samples();
    assert!(
        samples.len() >= ENOUGH,
        "{} edits are too few",
        samples.len()
    );
    let directory = spawn::scratch("rust-semver");
    let mut programs = Vec::new();
    let mut bases = BTreeSet::new();
    for (n, sample) in samples.iter().enumerate() {
        // What compiles with nothing edited is the measure of all the others.
        if bases.insert(&sample.gateway) {
            let name = format!("base_{}", sample.gateway);
            write_program(&directory, &name, &sample.gateway, &sample.old, &sample.old);
            programs.push(name);
        }
        for (way, of, with) in [
            ("there", &sample.old, &sample.new),
            ("back", &sample.new, &sample.old),
        ] {
            let name = format!("m{n}_{way}");
            write_program(&directory, &name, &sample.gateway, of, with);
            programs.push(name);
        }
    }
    let errors = compiled(&directory, &programs);
    for gateway in &bases {
        let said = &errors[&format!("base_{gateway}")];
        assert!(said.is_empty(), "{gateway}: {said:?}");
    }

    let mut wrong = Vec::new();
    let mut counts: BTreeMap<bool, usize> = BTreeMap::new();
    for (n, (sample, judged)) in samples.iter().zip(judged(&samples)).enumerate() {
        for (way, judged) in ["there", "back"].into_iter().zip(judged) {
            let said = &errors[&format!("m{n}_{way}")];
            *counts.entry(judged.breaks).or_default() += 1;
            if let Some((file, text)) = said.iter().find(|(file, _)| !file.ends_with("consumer.rs"))
            {
                wrong.push(format!(
                    "{} {way}: the bindings do not compile: {file}: {text}",
                    sample.name
                ));
            } else if judged.breaks == said.is_empty() {
                let first = said.first().map_or("compiles", |(_, text)| text.as_str());
                wrong.push(format!(
                    "{} {way}: judged {:#?}; the program: {first}",
                    sample.name, judged.said
                ));
            }
        }
    }
    println!(
        "proof programs: {} edits, each both ways; a program may break: {counts:?}",
        samples.len()
    );
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
