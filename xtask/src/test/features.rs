//! Every set of features that is promised: none, the default ones, each alone, all.
//!
//! The sets come from the manifests, so that a new feature is held to it the day it is there. Each
//! is checked by itself: together with other packages, cargo would turn on what those ask for.

use super::graph::{self, Package};
use crate::run;

/// A package with some of its features.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Set {
    pub(super) package: String,
    /// The features as a person names them.
    pub(super) name: String,
    /// The features as cargo is told them.
    pub(super) arguments: Vec<String>,
}

/// The sets of all published packages.
pub(super) fn sets() -> Result<Vec<Set>, String> {
    Ok(graph::packages()?.iter().flat_map(of).collect())
}

/// The sets of a package, each once.
pub(super) fn of(package: &Package) -> Vec<Set> {
    let set = |name: &str, arguments: &[&str]| Set {
        package: package.name.clone(),
        name: name.to_owned(),
        arguments: arguments
            .iter()
            .map(|argument| (*argument).to_owned())
            .collect(),
    };
    let own = || package.features.keys().filter(|name| *name != "default");
    let mut sets = vec![set("no features", &["--no-default-features"])];
    let default = package.features.get("default");
    if default.is_some_and(|on| !on.is_empty()) {
        sets.push(set("default features", &[]));
    }
    for name in own() {
        let alone = format!("--features={name}");
        sets.push(set(name, &["--no-default-features", &alone]));
    }
    if own().count() > 1 {
        sets.push(set("all features", &["--all-features"]));
    }
    sets
}

/// Compiles every set, and has clippy find nothing.
pub(super) fn check() -> Result<Vec<String>, String> {
    let mut failed = Vec::new();
    for set in sets()? {
        let mut clippy = run::cargo();
        clippy
            .args(["clippy", "--quiet", "--locked", "--package", &set.package])
            .args(&set.arguments)
            .args(["--", "-D", "warnings"]);
        if run::succeeds(&mut clippy) {
            anstream::println!("   {}: {}", set.package, set.name);
        } else {
            failed.push(format!("{}: {}", set.package, set.name));
        }
    }
    Ok(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(features: &[(&str, &[&str])]) -> Vec<String> {
        let package = Package {
            name: "own".to_owned(),
            rust_version: String::new(),
            features: features
                .iter()
                .map(|(name, on)| {
                    let on = on.iter().map(|on| (*on).to_owned()).collect();
                    ((*name).to_owned(), on)
                })
                .collect(),
        };
        of(&package).into_iter().map(|set| set.name).collect()
    }

    #[test]
    fn each_set_is_checked_once() {
        assert_eq!(names(&[]), ["no features"]);
        assert_eq!(names(&[("default", &[])]), ["no features"]);
        let one: &[(&str, &[&str])] = &[("default", &[]), ("web", &["dep:server"])];
        assert_eq!(names(one), ["no features", "web"]);
        let two: &[(&str, &[&str])] = &[("a", &[]), ("b", &["a"]), ("default", &["a"])];
        assert_eq!(
            names(two),
            ["no features", "default features", "a", "b", "all features"]
        );
    }
}
