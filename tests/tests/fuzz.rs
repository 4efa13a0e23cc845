//! The bodies of the fuzzers for a moment: on what is kept in `tests/fuzz/`, and on inputs made from it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop there"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::panic::catch_unwind;

use dockseal_tests::fuzz::{TARGETS, Target, mutate, seeds, target};
use proptest::test_runner::{Config, TestRunner};

/// Inputs for each target.
const CASES: u32 = 100;

#[test]
fn what_is_kept_holds() {
    let mut broken = Vec::new();
    for target in TARGETS {
        let kept = seeds::kept(target).unwrap();
        assert!(!kept.is_empty(), "{} has no seeds", target.name);
        for (path, input) in kept {
            if catch_unwind(|| (target.body)(&input)).is_err() {
                broken.push(path);
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn nothing_holds_only_for_what_was_expected() {
    for target in TARGETS {
        tried(
            target,
            &mut runner(if target.name == "review" {
                CASES / 20
            } else {
                CASES
            }),
        );
    }
}

/// The same inputs each time.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    )
}

fn tried(target: &Target, runner: &mut TestRunner) {
    let seeds = seeds::kept(target)
        .unwrap()
        .into_iter()
        .map(|(_, seed)| seed)
        .collect();
    let body = target.body;
    let outcome = runner.run(&mutate::inputs(target, seeds), |input| {
        body(&input);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{}: {error}", target.name);
    }
}

/// Empty, one byte of each kind, and sizes at which a reader has to say no.
#[test]
fn the_smallest_and_the_largest_inputs_hold() {
    let inputs = [
        Vec::new(),
        vec![0],
        vec![0xFF; 3],
        b"[".repeat(20_000),
        b"{\"a\":".repeat(10_000),
        b"<a>".repeat(10_000),
        b"a[a]=&".repeat(10_000),
        [&b"a"[..], &b"[a]".repeat(10_000)].concat(),
        b"9".repeat(100_000),
        b"1e999999999".to_vec(),
        [&b"\""[..], &b"\\u0000".repeat(10_000), b"\""].concat(),
    ];
    for target in TARGETS {
        for input in &inputs {
            (target.body)(input);
        }
    }
}

#[test]
fn seeds_and_dictionaries_are_what_the_repository_makes_of_itself() {
    let made = seeds::all().unwrap();
    let mut there = BTreeMap::new();
    for kind in ["seeds", "dictionaries"] {
        collect(kind, &mut there);
    }
    let of = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(of(&there), of(&made), "run `cargo xtask fuzz --seeds`");
    assert!(there == made, "run `cargo xtask fuzz --seeds`");
    assert!(made.len() < 200 && made.values().map(Vec::len).sum::<usize>() < 200_000);
}

fn collect(folder: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(seeds::home().join(folder)).unwrap() {
        let name = format!(
            "{folder}/{}",
            entry.as_ref().unwrap().file_name().to_str().unwrap()
        );
        if entry.unwrap().path().is_dir() {
            collect(&name, files);
        } else {
            files.insert(name.clone(), fs::read(seeds::home().join(&name)).unwrap());
        }
    }
}

/// A target is a body, a program of its own, and a line in the manifest of the fuzzing package.
#[test]
fn every_body_has_its_program() {
    let programs: BTreeSet<String> = fs::read_dir(seeds::home().join("targets"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let names: BTreeSet<String> = TARGETS
        .iter()
        .map(|target| target.name.to_owned())
        .collect();
    assert_eq!(programs, names);
    let manifest = fs::read_to_string(seeds::home().join("Cargo.toml")).unwrap();
    for name in &names {
        assert!(
            manifest.contains(&format!("path = \"targets/{name}.rs\"")),
            "{name}"
        );
        let program = fs::read_to_string(seeds::home().join(format!("targets/{name}.rs"))).unwrap();
        assert!(program.contains(&format!("\"{name}\"")), "{name}");
        assert!(target(name).is_some());
    }
}
