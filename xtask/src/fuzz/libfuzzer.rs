//! One target under libFuzzer, by cargo-fuzz on a nightly toolchain.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{Crash, Options, Outcome};
use crate::tree;

/// How long one input may take before it counts as a hang, and how much memory it may have.
const LIMITS: [&str; 2] = ["-timeout=20", "-rss_limit_mb=1024"];

/// Below the root of the repository.
const FOLDER: &str = "tests/fuzz";
const BUILT: &str = "target/fuzz";

/// What is missing to run it, with the remedy; nothing when nothing is.
pub(super) fn missing() -> Option<String> {
    let works = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        let status = command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !works("rustup", &["run", "nightly", "rustc", "--version"]) {
        return Some("no nightly toolchain: rustup toolchain install nightly".to_owned());
    }
    if !works("cargo-fuzz", &["--version"]) {
        return Some("no cargo-fuzz: cargo install cargo-fuzz --locked".to_owned());
    }
    if !["c++", "g++", "clang++"]
        .iter()
        .any(|compiler| works(compiler, &["--version"]))
    {
        return Some(
            "no C++ compiler, which libFuzzer is built with: install g++ or clang".to_owned(),
        );
    }
    None
}

/// Builds it, runs it for its time, and reads what it says.
pub(super) fn run(target: &str, options: &Options) -> Result<Outcome, String> {
    let root = tree::root();
    // The same versions as in the workspace.
    let lock = fs::copy(
        root.join("Cargo.lock"),
        root.join(FOLDER).join("Cargo.lock"),
    );
    lock.map_err(|error| format!("{FOLDER}/Cargo.lock: {error}"))?;
    let built = cargo_fuzz("build", target)
        .output()
        .map_err(|error| error.to_string())?;
    if !built.status.success() {
        return Err(format!("{target} does not build:\n{}", said(&built)));
    }

    let [corpus, found] = ["corpus", "found"].map(|kind| format!("{BUILT}/{kind}/{target}"));
    for folder in [&corpus, &found] {
        let made = fs::create_dir_all(root.join(folder));
        made.map_err(|error| format!("{folder}: {error}"))?;
    }
    let mut command = cargo_fuzz("run", target);
    command.arg(root.join(&corpus));
    for kept in ["seeds", "crashes"] {
        let folder = root.join(FOLDER).join(kept).join(target);
        if folder.is_dir() {
            command.arg(folder);
        }
    }
    command
        .args(["--", "-print_final_stats=1", "-use_value_profile=1"])
        .args(LIMITS)
        .arg(format!("-max_total_time={}", options.seconds))
        .arg(format!(
            "-dict={}",
            root.join(FOLDER)
                .join(format!("dictionaries/{target}.dict"))
                .display()
        ))
        .arg(format!("-artifact_prefix={}/", root.join(&found).display()));
    let ran = command.output().map_err(|error| error.to_string())?;
    outcome(target, &ran)
}

fn cargo_fuzz(what: &str, target: &str) -> Command {
    let mut command = Command::new("cargo");
    // The cargo that runs this task would come before the nightly one.
    command
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("RUSTUP_TOOLCHAIN");
    command.current_dir(tree::root()).stdin(Stdio::null());
    command.args([
        "+nightly",
        "fuzz",
        what,
        "--fuzz-dir",
        FOLDER,
        "--target-dir",
        BUILT,
        target,
    ]);
    command
}

fn outcome(target: &str, ran: &Output) -> Result<Outcome, String> {
    let said = said(ran);
    let crash = crash(target, &said);
    let executions = figure(&said, "stat::number_of_executed_units:");
    if executions.is_none() && crash.is_none() {
        return Err(format!("{target} did not run:\n{said}"));
    }
    if !ran.status.success() && crash.is_none() {
        return Err(format!(
            "{target} ended without an input to show for it:\n{said}"
        ));
    }
    Ok(Outcome {
        target: target.to_owned(),
        executions: executions.unwrap_or_default(),
        new_inputs: figure(&said, "stat::new_units_added:"),
        crash,
    })
}

/// What libFuzzer wrote down, and why.
fn crash(target: &str, said: &str) -> Option<Crash> {
    let path = said.lines().find_map(|line| {
        line.split_once("Test unit written to ")
            .map(|(_, path)| path.trim())
    })?;
    let input = Path::new(path)
        .strip_prefix(tree::root())
        .unwrap_or(Path::new(path))
        .display()
        .to_string();
    let reason = said
        .lines()
        .skip_while(|line| !line.contains("panicked at"))
        .nth(1)
        .or_else(|| said.lines().find(|line| line.contains("ERROR: ")))
        .unwrap_or("it stopped without a word");
    Some(Crash {
        command: super::replay(target, &input),
        reason: reason.trim().to_owned(),
        input,
    })
}

fn figure(said: &str, name: &str) -> Option<u64> {
    let line = said
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix(name))?;
    line.trim().parse().ok()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{crash, figure};

    #[test]
    fn figures_and_crashes_are_read_from_what_libfuzzer_says() {
        let said = "thread 'x' panicked at a.rs:1:1:\nassertion failed: no\n\
                    Test unit written to target/fuzz/found/form/crash-1\n\
                    stat::number_of_executed_units: 1234\nstat::new_units_added:         5\n";
        assert_eq!(figure(said, "stat::number_of_executed_units:"), Some(1234));
        assert_eq!(figure(said, "stat::new_units_added:"), Some(5));
        let crash = crash("form", said).unwrap();
        assert_eq!(crash.reason, "assertion failed: no");
        assert_eq!(crash.input, "target/fuzz/found/form/crash-1");
        assert!(
            crash
                .command
                .ends_with("replay form target/fuzz/found/form/crash-1")
        );
    }

    #[test]
    fn an_input_that_takes_too_long_is_a_crash_too() {
        let said = "==1== ERROR: libFuzzer: timeout after 20 seconds\nartifact_prefix='x/'; Test unit written to x/timeout-1\n";
        let crash = crash("form", said).unwrap();
        assert!(crash.reason.contains("timeout"), "{}", crash.reason);
    }
}
