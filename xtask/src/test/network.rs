//! That the default features compile where there is no network: no crate fetches anything of its own.

use std::process::{Command, Stdio};

use super::Outcome;
use crate::{run, tree};

/// Runs what follows in a namespace that has no network, as nobody in particular.
const WITHOUT: &[&str] = &["unshare", "--map-root-user", "--net", "--"];

/// Compiles in a directory of its own, so that each build script runs there at least once.
pub(super) fn check() -> Outcome {
    let tried = without("true").stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        return Outcome::Skipped(
            "there is no `unshare` here that may take the network away".to_owned(),
        );
    }
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut check = without(&cargo);
    check
        .current_dir(tree::root())
        .args(["check", "--quiet", "--locked", "--offline"])
        .args(["--package", "dockseal", "--no-default-features"])
        .args(["--target-dir", "target/no-network"]);
    if run::succeeds(&mut check) {
        Outcome::Passed
    } else {
        Outcome::Failed(vec![
            "the default features do not compile without a network".to_owned(),
        ])
    }
}

fn without(program: &str) -> Command {
    let mut words = WITHOUT.iter();
    let mut command = Command::new(words.next().unwrap_or(&"unshare"));
    command.args(words).arg(program);
    command
}
