//! A cargo that is started by a program which a cargo started.

use std::process::Command;

/// The cargo that built and started this program.
///
/// Without what cargo tells a program of its own package: a build script that asks for that, as
/// ring's does, would be run again, and all that stands on it compiled again.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
}
