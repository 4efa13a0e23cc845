//! `cargo xtask release-notes`: the fragments of `schemas/changes/` become a part of the changelog.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use crate::changes::{self, DIRECTORY, Fragment};
use crate::diff::git::Repository;
use crate::generate::count;
use crate::tree;

/// From the repository's directory.
const CHANGELOG: &str = "CHANGELOG.md";

const UNRELEASED: &str = "## [Unreleased]";
const CHANGED: &str = "### Changed";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write them below `[Unreleased]` in CHANGELOG.md, and delete the fragments
    #[arg(long)]
    write: bool,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    match notes(options.write) {
        Ok(text) => {
            anstream::print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn notes(write: bool) -> Result<String, String> {
    let root = Repository::find("schemas").map_or_else(
        |_| tree::own("schemas").unwrap_or_else(tree::root),
        |repository| repository.root().to_path_buf(),
    );
    let fragments = fragments(&root)?;
    if fragments.is_empty() {
        return Ok(format!("there are no fragments in {DIRECTORY}\n"));
    }
    let section = section(&fragments);
    if !write {
        return Ok(section);
    }
    let path = root.join(CHANGELOG);
    let failed = |what: &str, error| format!("cannot {what} {CHANGELOG}: {error}");
    let text = fs::read_to_string(&path).map_err(|error| failed("read", error))?;
    fs::write(&path, folded(&text, &section)?).map_err(|error| failed("write", error))?;
    for fragment in &fragments {
        fs::remove_file(root.join(&fragment.path))
            .map_err(|error| format!("cannot delete {}: {error}", fragment.path))?;
    }
    let moved = count(fragments.len(), "fragment");
    Ok(format!("{moved} moved to {CHANGELOG}\n"))
}

/// What breaks comes first.
fn fragments(root: &Path) -> Result<Vec<Fragment>, String> {
    let directory = root.join(DIRECTORY);
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let files = tree::read(&directory, &[""])?;
    let mut fragments =
        changes::read(&BTreeMap::new(), &files).map_err(|malformed| malformed.to_string())?;
    fragments.sort_by(|a, b| b.bump.cmp(&a.bump).then_with(|| a.path.cmp(&b.path)));
    Ok(fragments)
}

/// The summaries as they are; one that is no list becomes its first point.
fn section(fragments: &[Fragment]) -> String {
    let points = fragments.iter().map(|fragment| {
        let summary = fragment.summary.as_str();
        let mark = if summary.starts_with("- ") { "" } else { "- " };
        format!("{mark}{summary}\n")
    });
    points.collect()
}

/// The changelog with the points at the end of what changed since the last release.
fn folded(text: &str, section: &str) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let find = |from: usize, is: &dyn Fn(&str) -> bool| {
        let rest = lines.iter().enumerate().skip(from);
        rest.into_iter()
            .find(|(_, line)| is(line))
            .map(|(at, _)| at)
    };
    let start = find(0, &|line| line.trim_end() == UNRELEASED).ok_or_else(|| {
        format!("{CHANGELOG} has no line `{UNRELEASED}`\n  help: add it above the last release")
    })?;
    let is_release = |line: &str| line.starts_with("## ");
    let is_heading = |line: &str| line.starts_with("## ") || line.starts_with("### ");
    let end = find(start + 1, &is_release).unwrap_or(lines.len());
    let changed = find(start + 1, &|line| line.trim_end() == CHANGED).filter(|at| *at < end);
    let (at, heading) = match changed {
        Some(at) => (find(at + 1, &is_heading).unwrap_or(lines.len()), None),
        None => (end, Some(format!("{CHANGED}\n\n"))),
    };
    let (before, after) = lines.split_at(at.min(lines.len()));
    let mut folded = before.join("\n").trim_end().to_owned();
    folded.push_str(if heading.is_some() || ends_with_heading(&folded) {
        "\n\n"
    } else {
        "\n"
    });
    folded.push_str(&heading.unwrap_or_default());
    folded.push_str(section);
    if !after.is_empty() {
        folded.push('\n');
        folded.push_str(&after.join("\n"));
        folded.push('\n');
    }
    Ok(folded)
}

fn ends_with_heading(text: &str) -> bool {
    text.lines()
        .last()
        .is_some_and(|line| line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use super::*;

    #[test]
    fn points_go_to_the_end_of_what_changed_since_the_last_release() {
        for (before, after) in [
            (
                "# Changelog\n\n## [Unreleased]\n\n## [0.1.0]\n\n### Changed\n\n- old\n",
                "# Changelog\n\n## [Unreleased]\n\n### Changed\n\n- new\n\n## [0.1.0]\n\n### Changed\n\n- old\n",
            ),
            (
                "## [Unreleased]\n\n### Changed\n\n- one\n\n### Fixed\n\n- two\n",
                "## [Unreleased]\n\n### Changed\n\n- one\n- new\n\n### Fixed\n\n- two\n",
            ),
            (
                "## [Unreleased]\n\n### Changed\n",
                "## [Unreleased]\n\n### Changed\n\n- new\n",
            ),
            (
                "## [Unreleased]\n",
                "## [Unreleased]\n\n### Changed\n\n- new\n",
            ),
        ] {
            assert_eq!(folded(before, "- new\n").unwrap(), after);
        }
        assert!(
            folded("# Changelog\n", "- new\n")
                .unwrap_err()
                .contains("[Unreleased]")
        );
    }
}
