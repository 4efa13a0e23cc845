//! What may come into the tree of dependencies: `cargo deny`, by the rules in `.cargo/deny.toml`.

use std::process::Stdio;

use super::Outcome;
use crate::run;

/// The version that the rules are written for; `.ci/tools.txt` has the same.
const VERSION: &str = "0.20.2";

/// Licences, duplicates, build scripts and sources. Without the program the step is skipped by
/// hand, and fails under CI.
pub(super) fn check() -> Outcome {
    let asked = run::cargo()
        .args(["deny", "--version"])
        .stderr(Stdio::null())
        .output();
    let there = asked.is_ok_and(|said| said.status.success());
    if !there {
        let how =
            format!("cargo-deny is missing: cargo install --locked cargo-deny --version {VERSION}");
        return if std::env::var_os("CI").is_some() {
            Outcome::Failed(vec![how])
        } else {
            Outcome::Skipped(how)
        };
    }
    let mut deny = run::cargo();
    deny.args(["deny", "--locked", "check", "--hide-inclusion-graph"])
        .args(["-D", "warnings", "bans", "licenses", "sources"]);
    if run::succeeds(&mut deny) {
        Outcome::Passed
    } else {
        Outcome::Failed(vec!["see above, and .cargo/deny.toml".to_owned()])
    }
}
