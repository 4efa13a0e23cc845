//! `cargo xtask test`: every check of the repository, in the order in which failures are cheapest.

use std::process::ExitCode;
use std::time::Instant;

use crate::{run, tree};

/// What is run, each as a cargo command line.
const STEPS: &[(&str, &[&str], &[(&str, &str)])] = &[
    ("format", &["fmt", "--all", "--check"], &[]),
    ("generated code is fresh", &["xtask", "generate", "--check"], &[]),
    ("schemas", &["xtask", "check"], &[]),
    (
        "clippy",
        &["clippy", "--quiet", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"],
        &[],
    ),
    ("no default features", &["check", "--quiet", "--package", "dockseal", "--no-default-features"], &[]),
    ("tests", &["test", "--quiet", "--workspace", "--all-features"], &[]),
    (
        "documentation",
        &["doc", "--quiet", "--no-deps", "--package", "dockseal", "--package", "dockseal-codegen", "--all-features"],
        &[("RUSTDOCFLAGS", "-D warnings")],
    ),
    ("demo", &["xtask", "demo"], &[]),
];

pub(crate) fn run() -> ExitCode {
    let mut failed = Vec::new();
    for (name, arguments, variables) in STEPS {
        failed.extend(step(name, arguments, variables).err());
    }
    failed.extend(vectors().err());
    if failed.is_empty() {
        anstream::println!("all {} steps passed", STEPS.len() + 1);
        ExitCode::SUCCESS
    } else {
        anstream::eprintln!("error: failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

fn step(name: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Result<(), String> {
    anstream::println!("== {name}: cargo {}", arguments.join(" "));
    let started = Instant::now();
    let status = run::cargo().args(arguments).envs(variables.iter().copied()).status();
    anstream::println!("   {:.1} s", started.elapsed().as_secs_f32());
    if status.is_ok_and(|status| status.success()) { Ok(()) } else { Err(name.to_owned()) }
}

/// The signatures that the vendors' own programs produced.
fn vectors() -> Result<(), String> {
    let directory = tree::root().join("tests/vectors");
    let files = tree::read(&directory, &[".jsonl"])?;
    let paths: Vec<_> = files.keys().map(|name| format!("tests/vectors/{name}")).collect();
    let mut arguments = vec!["xtask", "conformance", "sign"];
    arguments.extend(paths.iter().map(String::as_str));
    step("signatures", &arguments, &[])
}
