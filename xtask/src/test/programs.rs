//! The test programs of the workspace, as many at a time as there are cores.
//!
//! `cargo test` runs one after another, and a core is idle while a program waits for a server, a
//! compiler or its last test. cargo-nextest starts a process for each test instead: what the tests
//! of a program share is then made again for each, a fifth more processor time here and no minute
//! less.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use super::graph;
use crate::run;

/// What all of them are compiled with.
const ALL: [&str; 2] = ["--workspace", "--all-features"];

/// A program with tests.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Program {
    package: String,
    target: String,
    executable: PathBuf,
    /// Where the package is, which its tests run in.
    directory: PathBuf,
}

/// Compiles and runs all of them, with the examples of the documentation; gives what failed.
pub(super) fn run(environment: &[(&str, String)]) -> Result<Vec<String>, String> {
    let programs = compile()?;
    if programs.is_empty() {
        return Err("cargo named no test program".to_owned());
    }
    let mut runs = vec![("examples of the documentation".to_owned(), documentation())];
    runs.extend(
        programs
            .iter()
            .map(|program| (program.name(), program.command())),
    );
    for (_, command) in &mut runs {
        command.envs(environment.iter().map(|(name, value)| (name, value)));
    }
    Ok(side_by_side(runs))
}

fn compile() -> Result<Vec<Program>, String> {
    let mut cargo = run::cargo();
    cargo
        .args(["test", "--quiet", "--no-run"])
        .args(ALL)
        .arg("--message-format=json-render-diagnostics")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit());
    let compiled = cargo
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    if !compiled.status.success() {
        return Err("the tests do not compile".to_owned());
    }
    let packages = graph::names()?;
    let said = String::from_utf8_lossy(&compiled.stdout);
    let mut programs = Vec::new();
    for message in said.lines() {
        let message: Value = serde_json::from_str(message)
            .map_err(|error| format!("cannot read cargo's message: {error}: {message}"))?;
        if message.pointer("/profile/test") == Some(&Value::Bool(true)) {
            // A program that is left out would be a check that cannot fail.
            let program = program(&message, &packages);
            programs.push(program.ok_or_else(|| format!("no test program in {message}"))?);
        }
    }
    programs.sort();
    Ok(programs)
}

/// The test program that a message of cargo tells of.
fn program(message: &Value, packages: &BTreeMap<String, String>) -> Option<Program> {
    let text = |pointer: &str| message.pointer(pointer).and_then(Value::as_str);
    Some(Program {
        package: packages.get(text("/package_id")?)?.clone(),
        target: text("/target/name")?.to_owned(),
        executable: text("/executable")?.into(),
        directory: Path::new(text("/manifest_path")?).parent()?.to_owned(),
    })
}

impl Program {
    fn name(&self) -> String {
        format!("{} of {}", self.target, self.package)
    }

    /// As `cargo test` starts it.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.executable);
        command
            .args(["--quiet", "--show-output"])
            .current_dir(&self.directory)
            .env("CARGO", run::cargo().get_program())
            .env("CARGO_MANIFEST_DIR", &self.directory)
            .env("CARGO_PKG_NAME", &self.package);
        command
    }
}

fn documentation() -> Command {
    let mut cargo = run::cargo();
    cargo
        .args(["test", "--quiet", "--doc", "--no-fail-fast"])
        .args(ALL);
    cargo
}

/// Runs commands, each beside others, and prints what each said in one piece.
fn side_by_side(runs: Vec<(String, Command)>) -> Vec<String> {
    let waiting = Mutex::new(runs.into_iter());
    let failed = Mutex::new(Vec::new());
    let next = || waiting.lock().ok()?.next();
    let work = || {
        while let Some((name, mut command)) = next() {
            let started = Instant::now();
            let ended = command.stdin(Stdio::null()).output();
            let seconds = started.elapsed().as_secs_f32();
            // While this is held nobody else prints.
            let Ok(mut failed) = failed.lock() else {
                return;
            };
            anstream::println!("-- {name}: {seconds:.1} s");
            match ended {
                Ok(ended) if ended.status.success() => {
                    for said in [ended.stdout, ended.stderr] {
                        for line in gist(&String::from_utf8_lossy(&said)) {
                            anstream::println!("   {line}");
                        }
                    }
                }
                Ok(ended) => {
                    anstream::print!("{}", String::from_utf8_lossy(&ended.stdout));
                    anstream::eprint!("{}", String::from_utf8_lossy(&ended.stderr));
                    failed.push(format!("{name}: {}", ended.status));
                }
                Err(error) => failed.push(format!("{name}: cannot be run: {error}")),
            }
        }
    };
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores {
            scope.spawn(work);
        }
    });
    failed.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What a line of a test begins with that is to be seen although all is well: how many cases were
/// tried, or why none was.
const TOLD: [&str; 2] = ["proof ", "skipped: "];

/// Of what a program says whose tests all passed: how many they are, and what is to be seen.
fn gist(said: &str) -> Vec<String> {
    let line = |line: &str| match line.strip_prefix("test result: ok. ") {
        Some(counts) => {
            let counts = counts.split("; ").take(3);
            let counts: Vec<_> = counts.filter(|count| !count.starts_with("0 ")).collect();
            (!counts.is_empty()).then(|| counts.join(", "))
        }
        None => TOLD
            .iter()
            .any(|start| line.starts_with(start))
            .then(|| line.to_owned()),
    };
    said.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_tests_that_passed_their_number_is_told_and_what_they_tried() {
        let said = "\nrunning 3 tests\n..i\nsuccesses:\n\n\
                    ---- times::days stdout ----\nround 1\nproof days: 9 days\n\n\n\
                    ---- zones::all stdout ----\nskipped: no zones here\n\n\n\
                    successes:\n    times::days\n    zones::all\n\n\
                    test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 1.64s\n\n";
        let gist = gist(said);
        assert_eq!(
            gist,
            [
                "proof days: 9 days",
                "skipped: no zones here",
                "2 passed, 1 ignored"
            ]
        );
        let none = "\nrunning 0 tests\n\ntest result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n";
        assert!(super::gist(none).is_empty());
    }

    #[test]
    fn cargo_names_a_test_program_its_package_and_its_place() {
        let packages = [(
            "path+file:///r/tests#own@0.1.0".to_owned(),
            "own".to_owned(),
        )]
        .into();
        let message = |package: &str| {
            serde_json::json!({
                "reason": "compiler-artifact",
                "package_id": package,
                "manifest_path": "/r/tests/Cargo.toml",
                "target": { "kind": ["test"], "name": "wire" },
                "profile": { "test": true },
                "executable": "/r/target/debug/deps/wire-0",
            })
        };
        let wire = Program {
            package: "own".to_owned(),
            target: "wire".to_owned(),
            executable: "/r/target/debug/deps/wire-0".into(),
            directory: "/r/tests".into(),
        };
        let own = message("path+file:///r/tests#own@0.1.0");
        assert_eq!(program(&own, &packages), Some(wire));
        assert_eq!(program(&message("another"), &packages), None);
    }

    #[test]
    fn a_run_that_fails_is_named_with_how_it_ended() {
        let git = |word: &str| {
            let mut command = Command::new("git");
            command.arg(word);
            (word.to_owned(), command)
        };
        let nothing = ("nothing".to_owned(), Command::new("no-such-program"));
        let mut failed = side_by_side(vec![git("version"), nothing, git("no-such-word")]);
        failed.sort();
        let [git, nothing] = failed.as_slice() else {
            unreachable!("two failed: {failed:?}")
        };
        assert!(git.starts_with("no-such-word: exit status: 1"), "{git}");
        assert!(nothing.starts_with("nothing: cannot be run: "), "{nothing}");
    }
}
