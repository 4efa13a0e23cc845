//! `cargo xtask fuzz`: every body of `dockseal_tests::fuzz` for so many seconds, under libFuzzer where
//! there is a nightly toolchain with cargo-fuzz, else under proptest.

mod libfuzzer;
mod options;
mod stable;
mod table;

use std::process::ExitCode;

pub(crate) use self::options::{HELP, Options};
use crate::{run, tree};

/// The package whose program runs the bodies without a fuzzer.
const PROGRAM: [&str; 2] = ["fuzz", "fuzz"];

/// What came of one target.
struct Outcome {
    target: String,
    executions: u64,
    /// Inputs that reached something that none before did; none where nobody looks.
    new_inputs: Option<u64>,
    crash: Option<Crash>,
}

/// An input that brought a body down.
struct Crash {
    input: String,
    reason: String,
    /// What shows it again.
    command: String,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    if options.seeds {
        return program(&["seeds"]);
    }
    if options.growth {
        return program(if options.json {
            &["growth", "--json"]
        } else {
            &["growth"]
        });
    }
    match fuzz(options) {
        Ok(crashes) => ExitCode::from(u8::from(crashes)),
        Err(reason) => {
            anstream::eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}

fn program(arguments: &[&str]) -> ExitCode {
    let [feature, name] = PROGRAM;
    run::optimized(
        crate::TESTS,
        feature,
        name,
        arguments.iter().map(ToString::to_string),
    )
}

/// Whether anything was found.
fn fuzz(options: &Options) -> Result<bool, String> {
    let targets = chosen(options)?;
    let driver = driver(options)?;
    if !options.json {
        anstream::println!(
            "{}, {} s for each of {} targets",
            driver.name(),
            options.seconds,
            targets.len()
        );
    }
    let mut outcomes = Vec::new();
    for target in targets {
        let outcome = match driver {
            Driver::LibFuzzer => libfuzzer::run(&target, options)?,
            Driver::Proptest(_) => stable::run(&target, options)?,
        };
        outcomes.push(outcome);
    }
    let text = if options.json {
        table::json(&driver, options.seconds, &outcomes)
    } else {
        table::text(&outcomes)
    };
    anstream::println!("{text}");
    Ok(outcomes.iter().any(|outcome| outcome.crash.is_some()))
}

/// What makes the inputs.
enum Driver {
    LibFuzzer,
    /// With why it is not libFuzzer.
    Proptest(String),
}

impl Driver {
    fn name(&self) -> String {
        match self {
            Driver::LibFuzzer => "libFuzzer".to_owned(),
            Driver::Proptest(reason) => format!("proptest, without coverage ({reason})"),
        }
    }
}

fn driver(options: &Options) -> Result<Driver, String> {
    if options.stable {
        return Ok(Driver::Proptest("--stable".to_owned()));
    }
    match libfuzzer::missing() {
        None => Ok(Driver::LibFuzzer),
        Some(missing) if options.nightly => Err(missing),
        Some(missing) => Ok(Driver::Proptest(missing)),
    }
}

/// The targets of the command line, all when none is named.
fn chosen(options: &Options) -> Result<Vec<String>, String> {
    let files = tree::read(&tree::root().join("tests/fuzz/targets"), &[".rs"])?;
    let all: Vec<String> = files
        .keys()
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .collect();
    if let Some(unknown) = options.targets.iter().find(|name| !all.contains(name)) {
        return Err(format!(
            "there is no target {unknown:?}; there are: {}",
            all.join(", ")
        ));
    }
    Ok(if options.targets.is_empty() {
        all
    } else {
        options.targets.clone()
    })
}

/// The command that runs a body on one input.
fn replay(target: &str, input: &str) -> String {
    let [feature, name] = PROGRAM;
    format!(
        "cargo run --package {} --features {feature} --bin {name} -- replay {target} {input}",
        crate::TESTS
    )
}
