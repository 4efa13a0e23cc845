//! `cargo xtask test`: every check of the repository, in the order in which failures are cheapest.

mod deny;
mod dependencies;
mod features;
mod graph;
mod network;
mod oldest;
mod programs;
mod table;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Args;

use crate::postgres::{self, Absent, Server};
use crate::{run, tree};

/// Which steps.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only these steps, by the names in the table; all when none is named
    #[arg(value_name = "STEP")]
    only: Vec<String>,
    /// Leave this step out
    #[arg(long, value_name = "STEP")]
    except: Vec<String>,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    /// What this machine lacks for it.
    Skipped(String),
    Failed(Vec<String>),
}

/// What a step does.
#[derive(Clone, Copy)]
enum Work {
    /// A cargo command line that has to succeed.
    Cargo(&'static str),
    /// Another task of this program.
    Task(&'static str),
    /// One with warnings of rustdoc as errors.
    Documentation(&'static str),
    /// The test programs, with a server to test on, if there is PostgreSQL.
    Programs,
    /// A check that is written here, and gives what is wrong.
    Own(fn() -> Result<Outcome, String>),
    /// The case files of a kind, in a folder, against the bindings.
    Cases(&'static str, &'static str),
}

/// What is run.
const STEPS: &[(&str, Work)] = &[
    ("format", Work::Cargo("fmt --all --check")),
    ("generated", Work::Task("generate --check")),
    ("schemas", Work::Task("check")),
    (
        "dependencies",
        Work::Own(|| dependencies::check().map(wrong)),
    ),
    ("deny", Work::Own(|| Ok(deny::check()))),
    (
        "clippy",
        Work::Cargo("clippy --quiet --workspace --all-targets --all-features -- -D warnings"),
    ),
    ("features", Work::Own(|| features::check().map(wrong))),
    ("oldest", Work::Own(oldest::check)),
    ("no-network", Work::Own(|| Ok(network::check()))),
    ("tests", Work::Programs),
    (
        "documentation",
        // Of the whole workspace: what clippy checked is taken as it is.
        Work::Documentation("doc --quiet --no-deps --workspace --lib --all-features"),
    ),
    ("demo", Work::Task("demo")),
    ("examples", Work::Task("demo --examples")),
    // Signatures that the vendors' own programs produced.
    ("cases-sign", Work::Cases("sign", "tests/vectors")),
    (
        "cases-receiver",
        Work::Cases("receiver", "tests/receiver-cases"),
    ),
    ("cases-diff", Work::Cases("diff", "tests/diff-cases")),
];

pub(crate) fn run(options: &Options) -> ExitCode {
    let mut asked = options.only.iter().chain(&options.except);
    if let Some(name) = asked.find(|name| STEPS.iter().all(|(step, _)| step != name)) {
        let names: Vec<_> = STEPS.iter().map(|(step, _)| *step).collect();
        anstream::eprintln!("error: no step {name:?}; there are: {}", names.join(", "));
        return ExitCode::from(2);
    }
    // Asked now: a test may put another program in its place.
    let program = std::env::current_exe().unwrap_or_else(|_| "xtask".into());
    let among = |names: &[String], name: &str| names.iter().any(|other| other == name);
    let mut done = Vec::new();
    for (name, work) in STEPS {
        let is_left_out = !options.only.is_empty() && !among(&options.only, name);
        if is_left_out || among(&options.except, name) {
            continue;
        }
        anstream::println!("== {name}");
        let started = Instant::now();
        let outcome =
            carry_out(*work, &program).unwrap_or_else(|error| Outcome::Failed(vec![error]));
        let seconds = started.elapsed().as_secs_f32();
        match &outcome {
            Outcome::Passed => {}
            Outcome::Skipped(reason) => anstream::println!("   skipped: {reason}"),
            Outcome::Failed(reasons) => {
                for reason in reasons {
                    anstream::eprintln!("error: {reason}");
                }
            }
        }
        anstream::println!("   {seconds:.1} s");
        done.push(table::Row {
            name,
            seconds,
            outcome,
        });
    }
    anstream::print!("{}", table::text(&done));
    ExitCode::from(u8::from(table::failed(&done)))
}

fn carry_out(work: Work, program: &Path) -> Result<Outcome, String> {
    match work {
        Work::Cargo(arguments) => Ok(cargo(&words(arguments), &[])),
        Work::Task(arguments) => Ok(task(program, &words(arguments))),
        Work::Documentation(arguments) => {
            let strict = ("RUSTDOCFLAGS", "-D warnings".to_owned());
            Ok(cargo(&words(arguments), &[strict]))
        }
        Work::Programs => {
            // Stopped and removed after the step, however that ends.
            let server = server()?;
            let address = server.as_ref().map(Server::address);
            let environment = address.map(|address| (postgres::ADDRESS, address));
            programs::run(environment.as_slice()).map(wrong)
        }
        Work::Own(check) => check(),
        Work::Cases(kind, folder) => cases(program, kind, folder),
    }
}

/// A step passed if nothing is wrong.
fn wrong(found: Vec<String>) -> Outcome {
    if found.is_empty() {
        Outcome::Passed
    } else {
        Outcome::Failed(found)
    }
}

fn words(arguments: &str) -> Vec<&str> {
    arguments.split(' ').collect()
}

fn cargo(arguments: &[&str], environment: &[(&str, String)]) -> Outcome {
    let mut command = run::cargo();
    command.envs(environment.iter().map(|(name, value)| (name, value)));
    done(command.args(arguments), "cargo", arguments)
}

fn task(program: &Path, arguments: &[&str]) -> Outcome {
    let mut command = Command::new(program);
    command.current_dir(tree::root()).args(arguments);
    done(&mut command, "cargo xtask", arguments)
}

fn done(command: &mut Command, name: &str, arguments: &[&str]) -> Outcome {
    let line = format!("{name} {}", arguments.join(" "));
    anstream::println!("   {line}");
    if run::succeeds(command) {
        Outcome::Passed
    } else {
        Outcome::Failed(vec![format!("failed: {line}")])
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

/// The cases of a folder against the bindings.
fn cases(program: &Path, kind: &str, folder: &str) -> Result<Outcome, String> {
    let files = tree::read(&tree::root().join(folder), &[".jsonl"])?;
    let paths: Vec<_> = files
        .keys()
        .map(|name| format!("{folder}/{name}"))
        .collect();
    let mut arguments = vec!["conformance", kind];
    arguments.extend(paths.iter().map(String::as_str));
    Ok(task(program, &arguments))
}
