//! `cargo xtask test`: every check of the repository, in the order in which failures are cheapest.

use std::process::ExitCode;
use std::time::Instant;

use crate::{run, tree};

/// A cargo command line that has to succeed.
struct Step {
    name: &'static str,
    arguments: &'static str,
    /// Makes warnings of rustdoc errors.
    strict_documentation: bool,
}

const fn step(name: &'static str, arguments: &'static str) -> Step {
    Step {
        name,
        arguments,
        strict_documentation: false,
    }
}

/// What is run.
const STEPS: &[Step] = &[
    step("format", "fmt --all --check"),
    step("generated code is fresh", "xtask generate --check"),
    step("schemas", "xtask check"),
    step(
        "clippy",
        "clippy --quiet --workspace --all-targets --all-features -- -D warnings",
    ),
    step(
        "no default features",
        "check --quiet --package dockseal --no-default-features",
    ),
    step(
        "feature schema",
        "check --quiet --package dockseal --features schema",
    ),
    step(
        "feature client",
        "check --quiet --package dockseal --features client",
    ),
    step(
        "feature blocking",
        "check --quiet --package dockseal --features blocking",
    ),
    step(
        "feature config",
        "check --quiet --package dockseal --features config",
    ),
    step(
        "tests",
        "test --quiet --workspace --all-features --no-fail-fast",
    ),
    Step {
        name: "documentation",
        arguments: "doc --quiet --no-deps --package dockseal --package dockseal-codegen --all-features",
        strict_documentation: true,
    },
    step("demo", "xtask demo"),
    step("examples", "xtask demo --examples"),
];

pub(crate) fn run() -> ExitCode {
    let mut failed: Vec<String> = Vec::new();
    for step in STEPS {
        let arguments: Vec<_> = step.arguments.split(' ').collect();
        if !succeeds(step.name, &arguments, step.strict_documentation) {
            failed.push(step.name.to_owned());
        }
    }
    match vectors() {
        Ok(true) => {}
        Ok(false) => failed.push("signatures".to_owned()),
        Err(error) => failed.push(error),
    }
    if failed.is_empty() {
        anstream::println!("all {} steps passed", STEPS.len() + 1);
        ExitCode::SUCCESS
    } else {
        anstream::eprintln!("error: failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

fn succeeds(name: &str, arguments: &[&str], strict_documentation: bool) -> bool {
    anstream::println!("== {name}: cargo {}", arguments.join(" "));
    let started = Instant::now();
    let mut command = run::cargo();
    if strict_documentation {
        command.env("RUSTDOCFLAGS", "-D warnings");
    }
    let status = command.args(arguments).status();
    anstream::println!("   {:.1} s", started.elapsed().as_secs_f32());
    status.is_ok_and(|status| status.success())
}

/// The signatures that the vendors' own programs produced.
fn vectors() -> Result<bool, String> {
    let files = tree::read(&tree::root().join("tests/vectors"), &[".jsonl"])?;
    let paths: Vec<_> = files
        .keys()
        .map(|name| format!("tests/vectors/{name}"))
        .collect();
    let mut arguments = vec!["xtask", "conformance", "sign"];
    arguments.extend(paths.iter().map(String::as_str));
    Ok(succeeds("signatures", &arguments, false))
}
