//! Why git cannot give what was asked for, as a sentence and the command that mends it.

use std::io::ErrorKind;
use std::path::Path;

use super::{Repository, short};

/// The command that makes a repository of a directory.
pub(super) const INIT: &str = "git init && git add -A && git commit";

/// How like a known name has to be to be shown, and to be what was meant.
const LIKE: f64 = 0.8;
const VERY_LIKE: f64 = 0.93;

/// What git's names of branches never have; it stands for a step from one, or a place in one.
const NEVER_IN_A_NAME: [char; 9] = ['~', '^', ':', '?', '*', '[', '\\', ' ', '{'];

impl Repository {
    /// Why a name has no commit, and what to call instead.
    pub(super) fn unknown(&self, name: &str) -> Result<String, String> {
        if !self.has("HEAD")? {
            return Ok(format!(
                "{} has no commit yet\n  help: git add . && git commit",
                self.root.display()
            ));
        }
        if let Some((from, to)) = name.split_once("..") {
            return Ok(range(name, from, to.trim_start_matches('.')));
        }
        let names = self.names()?;
        let mut near: Vec<_> = names
            .iter()
            .map(|known| (strsim::jaro_winkler(name, known), known))
            .filter(|(likeness, _)| *likeness > LIKE)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let quoted: Vec<_> = near
            .iter()
            .take(3)
            .map(|(_, known)| format!("`{known}`"))
            .collect();
        let mut said = format!("git knows no commit `{name}`");
        if !quoted.is_empty() {
            said.push_str(&format!("; there is {}", quoted.join(", ")));
        }
        let (remote, depth) = (self.remote()?, self.depth()?);
        // A remote that is spelled wrongly is no part of a branch's name.
        let branch = match name.split_once('/') {
            Some((first, branch)) if strsim::jaro_winkler(first, &remote) > LIKE => branch,
            _ => name,
        };
        let fetched = format!("{remote}/{branch}");
        let nearest = near.first().filter(|(likeness, _)| *likeness > VERY_LIKE);
        let meant = names.iter().find(|known| **known == fetched);
        let meant = meant.or(nearest.map(|(_, known)| *known));
        if let Some(known) = meant {
            said.push_str(&format!("\n  help: if it is meant, name {known}"));
        }
        let is_number = name.len() >= 7 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let what = if is_number {
            format!(" {name}")
        } else if crate::diff::base::is_release(name) {
            format!(" tag {name}")
        } else if branch.starts_with('-') || branch.contains(NEVER_IN_A_NAME) {
            String::new()
        } else {
            format!(" +refs/heads/{branch}:refs/remotes/{remote}/{branch}")
        };
        said.push_str(&format!("\n  help: git fetch {depth}{remote}{what}"));
        if what.starts_with(" +") && name != fetched && meant != Some(&fetched) {
            said.push_str(&format!("\n  help: then name it {fetched}"));
        }
        Ok(said)
    }

    /// Why an object cannot be read: in a partial clone it was never fetched.
    pub(super) fn absent(&self, commit: &str, why: &str) -> String {
        let remote = self.remote().unwrap_or_else(|_| "origin".to_owned());
        format!(
            "git cannot read {}, this clone lacks objects: {}\n  help: git fetch --refetch --no-filter {remote}",
            short(commit),
            why.lines().next().unwrap_or_default()
        )
    }
}

/// Two commits where one is wanted.
fn range(name: &str, from: &str, to: &str) -> String {
    let or_head = |side: &str| if side.is_empty() { "HEAD" } else { side }.to_owned();
    format!(
        "`{name}` is a range, and one commit is wanted\n  help: cargo xtask diff --base {} --head {}",
        or_head(from),
        or_head(to)
    )
}

/// What makes git read the repository of a directory that it refused.
pub(super) fn readable(directory: &Path, said: &str) -> String {
    let mut lines = said.lines().map(str::trim);
    if let Some(command) = lines.find(|line| line.starts_with("git config --global --add")) {
        // Another user's, whose settings would be trusted; git writes the path as a shell reads it.
        return command.to_owned();
    }
    let mut variables = ["GIT_DIR", "GIT_WORK_TREE"].into_iter();
    if let Some(set) = variables.find(|name| std::env::var_os(name).is_some()) {
        return format!("unset {set}");
    }
    if directory.join(".git").exists() {
        return format!(
            "mend it until this answers: git -C {} status",
            directory.display()
        );
    }
    INIT.to_owned()
}

pub(super) fn no_git(error: &std::io::Error) -> String {
    if error.kind() == ErrorKind::NotFound {
        "git was not found\n  help: install it, and see that `git --version` answers".to_owned()
    } else {
        format!("cannot run git: {error}")
    }
}
