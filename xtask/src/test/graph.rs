//! The trees of dependencies as cargo resolves them, and what the manifests declare.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use serde_json::Value;

use crate::run;

/// Trees are asked for one kind of machine, so that they are the same wherever they are asked.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// A package of the workspace that is there to be used by others.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Package {
    pub(super) name: String,
    /// The oldest compiler that it promises to compile with.
    pub(super) rust_version: String,
    /// Each feature, with what it turns on.
    pub(super) features: BTreeMap<String, Vec<String>>,
}

/// A crate in a tree.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Crate {
    pub(super) features: BTreeSet<String>,
    /// A procedural macro.
    pub(super) is_macro: bool,
    /// The crates that ask for it.
    pub(super) through: BTreeSet<String>,
}

/// The packages that are published, in the order of the workspace.
pub(super) fn packages() -> Result<Vec<Package>, String> {
    Ok(published(&metadata(&["--no-deps"])?))
}

/// The name of each package of the workspace, by what cargo's messages call it.
pub(super) fn names() -> Result<BTreeMap<String, String>, String> {
    let metadata = &metadata(&["--no-deps"])?;
    let listed = metadata["packages"].as_array().into_iter().flatten();
    Ok(listed
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect())
}

fn published(metadata: &Value) -> Vec<Package> {
    let listed = metadata["packages"].as_array();
    let listed = listed.into_iter().flatten();
    // `publish = false` is an empty list of registries.
    let published = listed.filter(|package| package["publish"].is_null());
    published
        .map(|package| Package {
            name: text(&package["name"]),
            rust_version: text(&package["rust_version"]),
            features: package["features"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, on)| (name.clone(), texts(on)))
                .collect(),
        })
        .collect()
}

/// Crates of the whole workspace with every feature that run a program of their own while they
/// are built, and the oldest compiler that each crate asks for.
pub(super) fn demands() -> Result<(BTreeSet<String>, BTreeMap<String, String>), String> {
    let filter = format!("--filter-platform={TARGET}");
    let metadata = metadata(&["--all-features", &filter])?;
    let packages = metadata.get("packages").and_then(Value::as_array);
    let mut scripts = BTreeSet::new();
    let mut versions = BTreeMap::new();
    for package in packages.into_iter().flatten() {
        let name = text(&package["name"]);
        let targets = package["targets"].as_array().into_iter().flatten();
        if targets
            .flat_map(|target| texts(&target["kind"]))
            .any(|kind| kind == "custom-build")
        {
            scripts.insert(name.clone());
        }
        if let Some(version) = package["rust_version"].as_str() {
            let name = format!("{name} {}", text(&package["version"]));
            versions.insert(name, version.to_owned());
        }
    }
    Ok((scripts, versions))
}

/// What is compiled, and what runs while it is, for a package with features as cargo is told them.
pub(super) fn tree(package: &str, features: &[String]) -> Result<BTreeMap<String, Crate>, String> {
    let mut arguments = vec!["tree", "--package", package];
    arguments.extend(features.iter().map(String::as_str));
    arguments.extend(["--edges", "normal,build", "--target", TARGET]);
    arguments.extend(["--prefix", "depth", "--format", "{p}|{f}", "--locked"]);
    Ok(read(&said(&arguments)?))
}

/// The lines of `cargo tree`, each with its depth before it.
fn read(lines: &str) -> BTreeMap<String, Crate> {
    let mut crates: BTreeMap<String, Crate> = BTreeMap::new();
    let mut above: Vec<String> = Vec::new();
    for line in lines.lines() {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (depth, rest) = line.split_at(digits);
        let Ok(depth) = depth.parse::<usize>() else {
            continue;
        };
        let (package, features) = rest.split_once('|').unwrap_or((rest, ""));
        let name = package.split(' ').next().unwrap_or_default().to_owned();
        let features = features.trim_end_matches(" (*)").split(',');
        above.truncate(depth);
        let found = crates.entry(name.clone()).or_default();
        found.is_macro |= package.contains("(proc-macro)");
        found.through.extend(above.last().cloned());
        found.features.extend(
            features
                .filter(|feature| !feature.is_empty())
                .map(str::to_owned),
        );
        above.push(name);
    }
    crates
}

fn metadata(arguments: &[&str]) -> Result<Value, String> {
    let mut all = vec!["metadata", "--format-version=1", "--locked"];
    all.extend(arguments);
    serde_json::from_str(&said(&all)?)
        .map_err(|error| format!("cannot read cargo metadata: {error}"))
}

/// What cargo says on its standard output.
fn said(arguments: &[&str]) -> Result<String, String> {
    let asked = format!("cargo {}", arguments.join(" "));
    let output = run::cargo()
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run {asked}: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let error = String::from_utf8_lossy(&output.stderr);
        Err(format!("{asked}: {}", error.trim()))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_read_with_who_asks_for_what() {
        let crates = read(
            "0own v0.1.0 (/somewhere)|\n\
             1a v1.0.0|std\n\
             2shared v1.0.0|alloc,std\n\
             1made v2.0.0 (proc-macro)|\n\
             2shared v1.0.0|alloc,std (*)\n",
        );
        let of = |name: &str| {
            crates
                .get(name)
                .map(|found| (&found.through, found.is_macro))
        };
        let by = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(of("own"), Some((&by(&[]), false)));
        assert_eq!(of("made"), Some((&by(&["own"]), true)));
        assert_eq!(of("shared"), Some((&by(&["a", "made"]), false)));
        let features = crates.get("shared").map(|found| &found.features);
        assert_eq!(features, Some(&by(&["alloc", "std"])));
        assert_eq!(crates.len(), 4);
    }

    #[test]
    fn what_is_not_published_is_left_out() {
        let metadata = serde_json::json!({ "packages": [
            { "name": "tool", "publish": [], "features": {} },
            { "name": "used", "publish": null, "rust_version": "1.88",
              "features": { "default": [], "web": ["dep:server"] } },
        ]});
        let features = [("default", vec![]), ("web", vec!["dep:server".to_owned()])];
        let used = Package {
            name: "used".to_owned(),
            rust_version: "1.88".to_owned(),
            features: features.map(|(name, on)| (name.to_owned(), on)).into(),
        };
        assert_eq!(published(&metadata), [used]);
    }
}
