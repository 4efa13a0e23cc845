//! The oldest compiler that the packages promise: no dependency asks for a newer one, and where
//! that compiler is installed, it compiles them.

use std::process::Command;

use super::Outcome;
use super::graph;
use crate::{run, tree};

/// The promise of every published package.
pub(super) fn check() -> Result<Outcome, String> {
    let packages = graph::packages()?;
    let mut promised = packages.iter().map(|package| package.rust_version.as_str());
    let oldest = promised.next().unwrap_or_default();
    if let Some(other) = promised.find(|other| *other != oldest) {
        return Err(format!("packages promise both {oldest} and {other}"));
    }
    let (_, demands) = graph::demands()?;
    let newer: Vec<_> = demands
        .iter()
        .filter(|(_, version)| release(version) > release(oldest))
        .map(|(name, version)| format!("{name} asks for Rust {version}"))
        .collect();
    if !newer.is_empty() {
        return Ok(Outcome::Failed(newer));
    }
    anstream::println!(
        "   none of {} dependencies asks for more than Rust {oldest}",
        demands.len()
    );
    let Some(toolchain) = toolchain(oldest) else {
        return Ok(Outcome::Skipped(format!(
            "Rust {oldest} is not installed, so that nothing was compiled with it: rustup toolchain install {oldest}"
        )));
    };
    // A directory of its own: compilers do not share what they compiled.
    let mut check = Command::new("rustup");
    check
        .current_dir(tree::root())
        .args(["run", &toolchain, "cargo", "check", "--quiet", "--locked"])
        .args(["--all-features", "--target-dir", "target/oldest"]);
    for package in &packages {
        check.args(["--package", &package.name]);
    }
    // Those of the cargo that runs this task, which is a newer one.
    check.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
    if run::succeeds(&mut check) {
        anstream::println!("   compiled with {toolchain}");
        Ok(Outcome::Passed)
    } else {
        Ok(Outcome::Failed(vec![format!(
            "it does not compile with {toolchain}"
        )]))
    }
}

/// Major and minor version.
fn release(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0))
}

/// The installed toolchain of a release.
fn toolchain(version: &str) -> Option<String> {
    let listed = Command::new("rustup").args(["toolchain", "list"]).output();
    let listed = String::from_utf8(listed.ok()?.stdout).ok()?;
    named(&listed, version).map(str::to_owned)
}

/// The first of `rustup toolchain list` that is named for a release.
fn named<'l>(listed: &'l str, version: &str) -> Option<&'l str> {
    let mut names = listed.lines().filter_map(|line| line.split(' ').next());
    names.find(|name| {
        let number = name.split('-').next().unwrap_or_default();
        number.contains('.') && release(number) == release(version)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toolchain_is_found_by_its_release() {
        let listed =
            "stable-x86_64 (active, default)\nnightly-x86_64\n1.8.0-x86_64\n1.88.1-x86_64\n";
        assert_eq!(named(listed, "1.88"), Some("1.88.1-x86_64"));
        assert_eq!(named(listed, "1.95"), None);
        assert_eq!(named(listed, "1.8"), Some("1.8.0-x86_64"));
    }

    #[test]
    fn releases_compare_as_numbers() {
        assert!(release("1.100") > release("1.88.2"));
        assert_eq!(release("1.88"), release("1.88.2"));
    }
}
