//! What the compiler pays for generated APIs, against the same types with serde's derive.
//!
//! Each side is one library of types, as the generator and as a user would write them, and of one
//! function for each way of each message: requests and replies are written as JSON and read. Without
//! these a release build would make no code of derived types at all, since they are generic over
//! their format. Measured is the compiler alone, its processor time; what the types depend on is
//! built before, and what came out is run: both sides have to read and write the same. Ours carry
//! more: constructors, setters, rules, lenient reading, unknown fields.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dockseal_tests::invented::{self, Message};
use dockseal_tests::nested::cargo;

use crate::contest::{Contest, Outcome};
use crate::generator::{Generator, invent, write};
use crate::programs::{Cost, built, run};
use crate::table::Table;
use crate::{manifest, target};

/// How many APIs.
const SIZES: [(usize, &str); 2] = [(100, "100 APIs"), (500, "500 APIs")];

/// The two ways to compile: what stands before the measure's `/` is `compile`.
const WAYS: [Way; 2] = [
    Way {
        key: "compile/check",
        growth: "check of ours, 500 APIs by 100",
        rounds: 3,
        runs: false,
        cargo: &["check"],
        rustc: &["--emit=metadata"],
    },
    Way {
        key: "compile/release",
        growth: "release of ours, 500 APIs by 100",
        rounds: 1,
        runs: true,
        cargo: &["build", "--release"],
        rustc: &["--emit=metadata,link", "-Copt-level=3"],
    },
];

struct Way {
    key: &'static str,
    growth: &'static str,
    /// How often the fewest are compiled: a compiler that runs for minutes needs no median.
    rounds: u32,
    /// What comes out can be run.
    runs: bool,
    cargo: &'static [&'static str],
    rustc: &'static [&'static str],
}

/// One of the two libraries.
struct Side {
    /// Its file, and its directory for what comes out.
    root: PathBuf,
    /// The crates that it names.
    needs: &'static [&'static str],
    /// What makes a text of what its `write` returns.
    text: &'static str,
}

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let place = target().join("compile");
    let generator = Generator::build()?;
    for way in &WAYS {
        let crates = dependencies(&place.join("crates"), way)?;
        let mut medians = Vec::new();
        for (count, subject) in SIZES {
            table.progress(&format!("{} of {subject}", way.key));
            let enough = if medians.is_empty() { way.rounds } else { 1 };
            let ours = ours(&generator, &place.join(format!("ours-{count}")), count)?;
            let theirs = theirs(&place.join(format!("theirs-{count}")), count)?;
            let (mut rounds, mut clocks) = (Vec::new(), Vec::new());
            for _ in 0..contest.rounds().min(enough) {
                let pair = (ours.compile(way, &crates)?, theirs.compile(way, &crates)?);
                rounds.push((pair.0.cpu, pair.1.cpu));
                clocks.push((pair.0.wall, pair.1.wall));
            }
            if way.runs {
                ours.proves(count, &crates)?;
                theirs.proves(count, &crates)?;
            }
            let outcome = Outcome::of(&rounds)?;
            medians.push(outcome.ours.median);
            table.row(way.key, subject, outcome);
            let clock = Outcome::of(&clocks)?.ratio.median;
            table.claim(
                "compile/clock",
                format!("{} of {subject} by the wall clock", way.key),
                clock,
            );
        }
        if let [small, large] = medians[..] {
            table.claim("compile/growth", way.growth, large / small);
        }
    }
    Ok(())
}

impl Side {
    fn compile(
        &self,
        way: &Way,
        crates: &BTreeMap<String, PathBuf>,
    ) -> Result<Cost, Box<dyn Error>> {
        let out = self.out();
        fs::create_dir_all(&out)?;
        let mut rustc = self.rustc(crates)?;
        rustc
            .args(["--crate-type=lib", "--crate-name=types"])
            .args(way.rustc)
            .arg("--out-dir")
            .arg(out)
            .arg(&self.root);
        run(&mut rustc)
    }

    /// Whether each message comes back as it was written: what one side does not do, it would not be
    /// measured for.
    fn proves(
        &self,
        count: usize,
        crates: &BTreeMap<String, PathBuf>,
    ) -> Result<(), Box<dyn Error>> {
        let checks = invented::messages(count).map(|Message { module, name, json }| {
            let call = format!("types::{module}_{name}");
            format!(
                "    let read = {call}::read({json:?}.as_bytes()).expect({name:?});\n    \
                 assert_eq!({call}::write(&read){}, {json:?}, {name:?});\n",
                self.text
            )
        });
        let text: String = checks.collect();
        let file = self.root.with_file_name("proves.rs");
        write(&file, format!("fn main() {{\n{text}}}\n").as_bytes())?;
        let (library, program) = (self.out().join("libtypes.rlib"), self.out().join("proves"));
        let mut rustc = self.rustc(crates)?;
        rustc
            .arg("--extern")
            .arg(format!("types={}", library.display()))
            .arg("-o")
            .arg(&program)
            .arg(file);
        run(&mut rustc)?;
        run(&mut Command::new(program))?;
        Ok(())
    }

    fn out(&self) -> PathBuf {
        self.root.with_file_name("out")
    }

    /// The compiler, with the crates that the side names.
    fn rustc(&self, crates: &BTreeMap<String, PathBuf>) -> Result<Command, Box<dyn Error>> {
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.arg("--edition=2024");
        for name in self.needs {
            let file = crates
                .get(*name)
                .ok_or_else(|| format!("cargo built no {name}"))?;
            rustc
                .arg("--extern")
                .arg(format!("{name}={}", file.display()));
            let beside = file.parent().unwrap_or(file);
            rustc
                .arg("-L")
                .arg(format!("dependency={}", beside.display()));
        }
        Ok(rustc)
    }
}

/// Builds what both sides depend on, at the versions of this repository.
fn dependencies(place: &Path, way: &Way) -> Result<BTreeMap<String, PathBuf>, Box<dyn Error>> {
    let root = manifest().join("..").canonicalize()?;
    let bindings = root.join("bindings").display().to_string();
    let cargo_toml = format!(
        "[package]\nname = \"crates\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         dockseal = {{ path = {bindings:?} }}\n\
         rust_decimal = {{ version = \"1\", default-features = false, features = [\"serde\", \"std\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         serde_json = \"1\"\n\n[workspace]\n"
    );
    write(&place.join("Cargo.toml"), cargo_toml.as_bytes())?;
    write(&place.join("src/lib.rs"), b"")?;
    fs::copy(root.join("Cargo.lock"), place.join("Cargo.lock"))?;
    let target = place.join("target");
    built(
        cargo()
            .current_dir(place)
            .args(way.cargo)
            .arg("--target-dir")
            .arg(target),
    )
}

/// The generator's types.
fn ours(generator: &Generator, place: &Path, count: usize) -> Result<Side, Box<dyn Error>> {
    let schemas = place.join("schemas");
    invent(count, &schemas)?;
    generator.run(&schemas, &place.join("types"))?;
    let calls = invented::messages(count).map(|Message { module, name, .. }| {
        format!(
            "pub mod {module}_{name} {{\n\
             pub fn write(value: &crate::types::invented::{name}) -> String {{ dockseal::Described::to_json(value) }}\n\
             pub fn read(json: &[u8]) -> Result<crate::types::invented::{name}, dockseal::object::read::DecodeError> {{ dockseal::Described::from_json(json) }}\n}}\n"
        )
    });
    library(place, calls, &["dockseal"], "")
}

/// The types by hand.
fn theirs(place: &Path, count: usize) -> Result<Side, Box<dyn Error>> {
    for (path, text) in invented::derived(count) {
        write(&place.join("types").join(path), text.as_bytes())?;
    }
    let calls = invented::messages(count).map(|Message { module, name, .. }| {
        format!(
            "pub mod {module}_{name} {{\n\
             pub fn write(value: &crate::types::{module}::{name}) -> serde_json::Result<String> {{ serde_json::to_string(value) }}\n\
             pub fn read(json: &[u8]) -> serde_json::Result<crate::types::{module}::{name}> {{ serde_json::from_slice(json) }}\n}}\n"
        )
    });
    let needs = &["rust_decimal", "serde", "serde_json"];
    library(place, calls, needs, ".unwrap_or_default()")
}

fn library(
    place: &Path,
    calls: impl Iterator<Item = String>,
    needs: &'static [&'static str],
    text: &'static str,
) -> Result<Side, Box<dyn Error>> {
    let root = place.join("lib.rs");
    let calls: String = calls.collect();
    let library = format!("#![allow(non_snake_case)]\npub mod types;\n{calls}");
    write(&root, library.as_bytes())?;
    Ok(Side { root, needs, text })
}
