//! The step `version`: the workspace's version has grown as much since the last release as what
//! changed asks for.

use std::fmt;

use dockseal_codegen::review::{Bump, Review};
use toml::de::{DeTable, DeValue};

use super::report::{Problem, Step};
use crate::record::line_at;

pub(super) const NAME: &str = "version";

pub(super) const MANIFEST: &str = "Cargo.toml";

/// `0.1.0`; what follows a hyphen does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    major: u64,
    minor: u64,
    patch: u64,
}

/// The last release.
#[derive(Clone, Copy, Debug)]
pub(super) struct Released<'a> {
    /// `v0.1.0`
    pub(super) tag: &'a str,
    /// What changed since.
    pub(super) review: &'a Review,
}

impl Version {
    /// Reads `1.2.3`, `1.2.3-rc.1`, `1.2`, `1`.
    fn parse(text: &str) -> Option<Self> {
        let numbers = text.split(['-', '+']).next().unwrap_or_default();
        let mut numbers = numbers.split('.').map(|part| part.parse().ok());
        let version = Self {
            major: numbers.next()??,
            minor: numbers.next().unwrap_or(Some(0))?,
            patch: numbers.next().unwrap_or(Some(0))?,
        };
        numbers.next().is_none().then_some(version)
    }

    /// The version of a release: `v1.2.3`.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        Self::parse(tag.trim_start_matches('v'))
    }

    /// The least version that may follow. Before 1.0 the middle part stands for what breaks.
    pub(crate) fn after(self, bump: Bump) -> Self {
        let Self {
            major,
            minor,
            patch,
        } = self;
        let (major, minor, patch) = match (bump, major) {
            (Bump::None, _) => (major, minor, patch),
            (Bump::Major, 0) => (0, minor + 1, 0),
            (Bump::Minor | Bump::Patch, 0) | (Bump::Patch, _) => (major, minor, patch + 1),
            (Bump::Minor, _) => (major, minor + 1, 0),
            (Bump::Major, _) => (major + 1, 0, 0),
        };
        Self {
            major,
            minor,
            patch,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Holds the version of the workspace's `Cargo.toml` against the last release. It fails where a
/// `release` is made; until then it warns.
pub(super) fn step(manifest: Option<&str>, released: Released<'_>, release: bool) -> Step {
    let Some((line, version)) = manifest.and_then(stated) else {
        let reason = format!("{MANIFEST} states no version at workspace.package or package");
        return Step::skipped(NAME, reason);
    };
    let Released { tag, review } = released;
    let Some(last) = Version::of_tag(tag) else {
        let reason = format!("the tag {tag} is no version");
        return Step::skipped(NAME, reason);
    };
    let bump = review.bump();
    let needed = last.after(bump);
    if version >= needed {
        let detail = format!("{version}, and {needed} is enough after {tag}");
        return Step::judged(NAME, Vec::new(), detail);
    }
    let message = format!(
        "the version is {version}; what changed since {tag} needs {needed} ({})",
        bump.text()
    );
    let help = format!("write `version = \"{needed}\"`; why: cargo xtask diff --since-release");
    let problem = Problem::new("bump-too-small", message, help)
        .at(MANIFEST, line)
        .warns(!release);
    let detail = format!("a release needs {needed}");
    Step::judged(NAME, vec![problem], detail)
}

/// The version that a manifest states, and its line.
fn stated(manifest: &str) -> Option<(usize, Version)> {
    let root = DeTable::parse(manifest).ok()?.into_inner();
    let workspace = inner(&root, "workspace").and_then(|workspace| inner(workspace, "package"));
    let package = workspace.or_else(|| inner(&root, "package"))?;
    let version = package.get("version")?;
    let DeValue::String(text) = version.get_ref() else {
        return None;
    };
    let line = line_at(manifest.as_bytes(), version.span().start);
    Some((line, Version::parse(text)?))
}

fn inner<'t, 'i>(table: &'t DeTable<'i>, key: &str) -> Option<&'t DeTable<'i>> {
    match table.get(key)?.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_1_0_the_middle_part_stands_for_what_breaks() {
        for (last, bump, needed) in [
            ("0.1.2", Bump::None, "0.1.2"),
            ("0.1.2", Bump::Patch, "0.1.3"),
            ("0.1.2", Bump::Minor, "0.1.3"),
            ("0.1.2", Bump::Major, "0.2.0"),
            ("1.1.2", Bump::None, "1.1.2"),
            ("1.1.2", Bump::Patch, "1.1.3"),
            ("1.1.2", Bump::Minor, "1.2.0"),
            ("1.1.2", Bump::Major, "2.0.0"),
        ] {
            let after = Version::parse(last).map(|last| last.after(bump).to_string());
            assert_eq!(after.as_deref(), Some(needed), "{last} {}", bump.text());
        }
    }

    #[test]
    fn versions_and_tags_are_read_with_and_without_all_parts() {
        let read = |tag: &str| Version::of_tag(tag).map(|version| version.to_string());
        for (tag, version) in [
            ("v1.2.3", Some("1.2.3")),
            ("v1.2", Some("1.2.0")),
            ("v1", Some("1.0.0")),
            ("v1.2.3-rc.1", Some("1.2.3")),
            ("v1.2.3+build", Some("1.2.3")),
            ("v1.2.3.4", None),
            ("vnext", None),
        ] {
            assert_eq!(read(tag).as_deref(), version, "{tag}");
        }
    }
}
