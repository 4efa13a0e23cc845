//! Running other programs, with their exit codes as ours.

use std::process::{Command, ExitCode, Stdio};

use crate::tree;

/// The cargo that runs this task, in the repository's directory.
pub(crate) fn cargo() -> Command {
    let mut command = cargo_here();
    command.current_dir(tree::root());
    command
}

/// The same, in the caller's directory.
///
/// Without what cargo tells a program of its own package: a build script that asks for that, as
/// ring's does, would be run again, and all that stands on it compiled again.
fn cargo_here() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}

/// Runs a command, with what it says, and tells whether it ended well.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    match command.stdin(Stdio::null()).status() {
        Ok(status) => status.success(),
        Err(error) => {
            let program = command.get_program().display();
            anstream::eprintln!("error: cannot run {program}: {error}");
            false
        }
    }
}

/// Builds and runs a program of the workspace, in the caller's directory. With every feature of every
/// package, as the tests are built, so that what they compiled is taken as it is.
pub(crate) fn program(name: &str, arguments: impl IntoIterator<Item = String>) -> ExitCode {
    built(&["--all-features", "--bin", name], arguments)
}

/// Builds and runs an optimized program that only a feature of its package builds.
pub(crate) fn optimized(
    package: &str,
    feature: &str,
    name: &str,
    arguments: impl IntoIterator<Item = String>,
) -> ExitCode {
    let which = [
        "--release",
        "--package",
        package,
        "--features",
        feature,
        "--bin",
        name,
    ];
    built(&which, arguments)
}

fn built(which: &[&str], arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let mut command = cargo_here();
    let manifest = tree::root().join("Cargo.toml");
    command
        .args(["run", "--quiet", "--manifest-path"])
        .arg(manifest);
    command.args(which).arg("--").args(arguments);
    match command.stdin(Stdio::null()).status() {
        // A program that was ended by a signal has no code.
        Ok(status) => ExitCode::from(
            status
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(1),
        ),
        Err(error) => {
            anstream::eprintln!("error: cannot run cargo: {error}");
            ExitCode::from(2)
        }
    }
}
