//! `cargo xtask test`: every check of the repository, in the order in which failures are cheapest.

use std::process::ExitCode;
use std::time::Instant;

use crate::postgres::{self, Absent, Server};
use crate::{run, tree};

/// A cargo command line that has to succeed.
struct Step {
    name: &'static str,
    arguments: &'static str,
    needs: Needs,
}

/// What a step is run with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Warnings of rustdoc as errors.
    StrictDocumentation,
    /// A server to test on, if there is PostgreSQL.
    Postgres,
}

const fn step(name: &'static str, arguments: &'static str) -> Step {
    Step {
        name,
        arguments,
        needs: Needs::Nothing,
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
        "feature receiver",
        "check --quiet --package dockseal --features receiver",
    ),
    step(
        "feature axum",
        "check --quiet --package dockseal --features axum",
    ),
    step("inbox", "check --quiet --package dockseal-inbox"),
    step(
        "inbox on PostgreSQL",
        "check --quiet --package dockseal-inbox --features postgres",
    ),
    Step {
        name: "tests",
        arguments: "test --quiet --workspace --all-features --no-fail-fast",
        needs: Needs::Postgres,
    },
    Step {
        name: "documentation",
        arguments: "doc --quiet --no-deps --package dockseal --package dockseal-codegen --package dockseal-inbox --all-features",
        needs: Needs::StrictDocumentation,
    },
    step("demo", "xtask demo"),
    step("examples", "xtask demo --examples"),
];

/// Files of cases: their kind, and the folder that holds them.
const CASES: &[(&str, &str)] = &[
    // Signatures that the vendors' own programs produced.
    ("sign", "tests/vectors"),
    ("receiver", "tests/receiver-cases"),
    ("diff", "tests/diff-cases"),
];

pub(crate) fn run() -> ExitCode {
    let mut failed: Vec<String> = Vec::new();
    for step in STEPS {
        let arguments: Vec<_> = step.arguments.split(' ').collect();
        // Stopped and removed after the step, however that ends.
        let server = match step.needs {
            Needs::Postgres => server(),
            _ => Ok(None),
        };
        let mut environment = Vec::new();
        match &server {
            Ok(Some(server)) => environment.push((postgres::ADDRESS, server.address())),
            Ok(None) => {}
            Err(reason) => failed.push(reason.clone()),
        }
        if step.needs == Needs::StrictDocumentation {
            environment.push(("RUSTDOCFLAGS", "-D warnings".to_owned()));
        }
        if !succeeds(step.name, &arguments, &environment) {
            failed.push(step.name.to_owned());
        }
    }
    for (kind, folder) in CASES {
        match cases(kind, folder) {
            Ok(true) => {}
            Ok(false) => failed.push(format!("cases: {kind}")),
            Err(error) => failed.push(error),
        }
    }
    if failed.is_empty() {
        anstream::println!("all {} steps passed", STEPS.len() + CASES.len());
        ExitCode::SUCCESS
    } else {
        anstream::eprintln!("error: failed: {}", failed.join(", "));
        ExitCode::FAILURE
    }
}

/// A server for the tests, unless one is given or there is no PostgreSQL here.
fn server() -> Result<Option<Server>, String> {
    if std::env::var_os(postgres::ADDRESS).is_some() {
        return Ok(None);
    }
    match Server::start() {
        Ok(server) => Ok(Some(server)),
        Err(Absent::NotInstalled) => {
            anstream::println!(
                "no PostgreSQL was found: its tests are skipped; install it, or set {}",
                postgres::ADDRESS
            );
            Ok(None)
        }
        Err(Absent::Broken(reason)) => Err(reason),
    }
}

fn succeeds(name: &str, arguments: &[&str], environment: &[(&str, String)]) -> bool {
    anstream::println!("== {name}: cargo {}", arguments.join(" "));
    let started = Instant::now();
    let mut command = run::cargo();
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    let status = command.args(arguments).status();
    anstream::println!("   {:.1} s", started.elapsed().as_secs_f32());
    status.is_ok_and(|status| status.success())
}

/// The cases of a folder against the bindings.
fn cases(kind: &str, folder: &str) -> Result<bool, String> {
    let files = tree::read(&tree::root().join(folder), &[".jsonl"])?;
    let paths: Vec<_> = files
        .keys()
        .map(|name| format!("{folder}/{name}"))
        .collect();
    let mut arguments = vec!["xtask", "conformance", kind];
    arguments.extend(paths.iter().map(String::as_str));
    Ok(succeeds(&format!("cases: {kind}"), &arguments, &[]))
}
