//! What git knows, read from its objects: no checkout, no network.
//!
//! Whatever git cannot give comes back as a sentence and, under `help:`, the command that mends it.

mod refused;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Once;

use self::refused::{INIT, no_git, readable};
use super::objects::Objects;
use crate::tree;

/// A repository on this machine.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    root: PathBuf,
}

/// That another repository is looked at is said once, however often it is found.
static TELL: Once = Once::new();

/// What a command of git said, when it failed.
struct Refused(String);

impl Repository {
    /// The repository of the schemas around the current directory. Only where there are none, it is
    /// the one that this program was built in, which is then told.
    pub(crate) fn find(schemas: &str) -> Result<Repository, String> {
        if let Some(own) = tree::own(schemas) {
            return Repository::of(own, schemas);
        }
        let home = tree::root();
        if home.join(schemas).is_dir() {
            let found = Repository::of(home, schemas)?;
            TELL.call_once(|| {
                anstream::eprintln!(
                    "note: there is no directory `{schemas}` around this one; this is about the repository {}",
                    found.root.display()
                );
            });
            return Ok(found);
        }
        Err(format!(
            "no git repository with a directory `{schemas}` around this one\n  help: change to the clone, or name its directory with --schemas; a directory becomes a repository by: {INIT}"
        ))
    }

    /// The repository whose work tree is that directory.
    fn of(directory: PathBuf, schemas: &str) -> Result<Repository, String> {
        let asked = Repository { root: directory };
        let directory = &asked.root;
        match asked.line(&["rev-parse", "--show-toplevel"])? {
            Ok(root) if same(Path::new(&root), directory) => Ok(asked),
            Ok(root) => Err(format!(
                "no git repository of its own has {}: it is a part of {root}\n  help: change to {root} and name the directory of the schemas with --schemas\n  help: or make it one: {INIT}",
                directory.join(schemas).display()
            )),
            Err(Refused(said)) => {
                let mut lines = said.lines();
                Err(format!(
                    "no git repository can be read in {}: {}\n  help: {}",
                    directory.display(),
                    lines.next().unwrap_or("git does not say why"),
                    readable(directory, &said)
                ))
            }
        }
    }

    /// Its work tree.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The commit of a name.
    pub(crate) fn commit(&self, name: &str) -> Result<String, String> {
        let wanted = format!("{name}^{{commit}}");
        if !name.starts_with('-')
            && let Ok(commit) = self.line(&["rev-parse", "--verify", "--quiet", &wanted])?
        {
            return Ok(commit);
        }
        Err(self.unknown(name)?)
    }

    /// Whether there is a commit of that name.
    pub(crate) fn has(&self, name: &str) -> Result<bool, String> {
        let wanted = format!("{name}^{{commit}}");
        let found = self.line(&["rev-parse", "--verify", "--quiet", &wanted])?;
        Ok(found.is_ok())
    }

    /// The commit in which two lines of history part.
    pub(crate) fn merge_base(&self, head: &str, other: &str) -> Result<String, String> {
        let (ours, theirs) = (self.commit(head)?, self.commit(other)?);
        if let Ok(base) = self.line(&["merge-base", &ours, &theirs])? {
            return Ok(base);
        }
        Err(if self.is_shallow()? {
            format!(
                "{head} and {other} part before the history of this shallow clone begins\n  help: git fetch --unshallow {}",
                self.remote()?
            )
        } else {
            format!(
                "{head} and {other} have no commit in common\n  help: compare the two as they are with: cargo xtask diff --base {other} --exact"
            )
        })
    }

    /// The last `v*` tag on the way to a commit, itself included.
    pub(crate) fn last_release(&self, head: &str) -> Result<String, String> {
        let describe = ["describe", "--tags", "--abbrev=0", "--match=v[0-9]*"];
        let commit = self.commit(head)?;
        if let Ok(tag) = self.line(&[&describe[..], &[commit.as_str()]].concat())? {
            return Ok(tag);
        }
        Err(self.no_release(head)?)
    }

    /// Why there is no release to compare with.
    pub(crate) fn no_release(&self, head: &str) -> Result<String, String> {
        Ok(format!(
            "no release: no tag `v*` is on the way to {head}\n  help: git fetch {}--tags {}\n  help: or name a commit with --base",
            self.depth()?,
            self.remote()?
        ))
    }

    /// The files below a directory in a commit, by their path from there.
    pub(crate) fn files(
        &self,
        commit: &str,
        directory: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, String> {
        let prefix = format!("{directory}/");
        let listed = self.output(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", &prefix])?;
        let listed = listed.map_err(|refused| self.absent(commit, &refused.0))?;
        let mut objects = None;
        let mut files = BTreeMap::new();
        for entry in listed.split(|byte| *byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            let Some((about, path)) = entry.split_once('\t') else {
                continue;
            };
            let (Some(["blob", object]), Some(name)) =
                (fields(about), path.strip_prefix(prefix.as_str()))
            else {
                continue;
            };
            let objects = match &mut objects {
                Some(objects) => objects,
                none => none.insert(self.objects()?),
            };
            let bytes = objects
                .read(object)
                .map_err(|why| self.absent(commit, &why))?;
            files.insert(name.to_owned(), bytes);
        }
        Ok(files)
    }

    /// One file in a commit.
    pub(crate) fn file(&self, commit: &str, path: &str) -> Result<Option<Vec<u8>>, String> {
        let listed = self.output(&["ls-tree", "-z", "--full-tree", commit, "--", path])?;
        let listed = listed.map_err(|refused| self.absent(commit, &refused.0))?;
        let listed = String::from_utf8_lossy(&listed);
        match listed.split_once('\t').and_then(|(about, _)| fields(about)) {
            Some(["blob", object]) => self
                .objects()?
                .read(object)
                .map(Some)
                .map_err(|why| self.absent(commit, &why)),
            _ => Ok(None),
        }
    }

    /// Paths that differ between a commit and another one, or the work tree when none is named.
    pub(crate) fn changed(
        &self,
        base: &str,
        head: Option<&str>,
        paths: &[&str],
    ) -> Result<Vec<String>, String> {
        let sides = std::iter::once(base).chain(head);
        let arguments: Vec<&str> = ["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z"]
            .into_iter()
            .chain(sides)
            .chain(["--"])
            .chain(paths.iter().copied())
            .collect();
        let mut changed = self.paths(base, &arguments)?;
        if head.is_none() {
            let new = ["ls-files", "--others", "--exclude-standard", "-z", "--"];
            changed.extend(self.paths(base, &[&new[..], paths].concat())?);
            changed.sort();
        }
        Ok(changed)
    }

    /// What a command prints with `-z`.
    fn paths(&self, commit: &str, arguments: &[&str]) -> Result<Vec<String>, String> {
        let listed = self.output(arguments)?;
        let listed = listed.map_err(|refused| self.absent(commit, &refused.0))?;
        let paths = listed.split(|byte| *byte == 0);
        Ok(paths
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .filter(|path| !path.is_empty())
            .collect())
    }

    /// Branches of remotes, local branches and tags, by their short names.
    pub(crate) fn names(&self) -> Result<Vec<String>, String> {
        let spaces = ["refs/remotes", "refs/heads", "refs/tags"];
        let listed = self.output(
            &[
                &["for-each-ref", "--format=%(refname:lstrip=2)"][..],
                &spaces[..],
            ]
            .concat(),
        )?;
        let listed = listed.unwrap_or_default();
        let names = String::from_utf8_lossy(&listed);
        Ok(names.lines().map(str::to_owned).collect())
    }

    /// The branch that a name like origin/HEAD stands for.
    pub(crate) fn resolved(&self, name: &str) -> Result<String, String> {
        let resolved = self.line(&["rev-parse", "--abbrev-ref", name])?;
        Ok(resolved.unwrap_or_else(|_| name.to_owned()))
    }

    /// The command that brings every branch, and tells which is the default one.
    pub(crate) fn fetch_all(&self) -> Result<String, String> {
        let (depth, remote) = (self.depth()?, self.remote()?);
        Ok(format!(
            "git fetch {depth}{remote} '+refs/heads/*:refs/remotes/{remote}/*' && git remote set-head {remote} --auto"
        ))
    }

    /// What `git fetch` needs in a shallow clone.
    fn depth(&self) -> Result<&'static str, String> {
        Ok(if self.is_shallow()? {
            "--unshallow "
        } else {
            ""
        })
    }

    /// Whether its history was cut off.
    pub(crate) fn is_shallow(&self) -> Result<bool, String> {
        let answer = self.line(&["rev-parse", "--is-shallow-repository"])?;
        Ok(answer.is_ok_and(|answer| answer == "true"))
    }

    /// The remote that commands name: `origin` if it is there, or the first.
    fn remote(&self) -> Result<String, String> {
        let listed = self.output(&["remote"])?.unwrap_or_default();
        let listed = String::from_utf8_lossy(&listed);
        let origin = listed.lines().find(|name| *name == "origin");
        let found = origin.or_else(|| listed.lines().next());
        Ok(found.unwrap_or("origin").to_owned())
    }

    fn objects(&self) -> Result<Objects, String> {
        Objects::open(self.git(&["cat-file", "--batch"])).map_err(|error| no_git(&error))
    }

    /// The first line that a command prints.
    fn line(&self, arguments: &[&str]) -> Result<Result<String, Refused>, String> {
        Ok(self.output(arguments)?.map(|bytes| {
            let text = String::from_utf8_lossy(&bytes);
            text.lines().next().unwrap_or_default().to_owned()
        }))
    }

    /// What a command prints. The outer error is that there is no git.
    fn output(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, Refused>, String> {
        let output = self
            .git(arguments)
            .output()
            .map_err(|error| no_git(&error))?;
        Ok(if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(Refused(
                String::from_utf8_lossy(&output.stderr).into_owned(),
            ))
        })
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.root)
            .args(arguments)
            .stdin(Stdio::null())
            .env("LC_ALL", "C")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // A partial clone would fetch what it lacks.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none");
        command
    }
}

/// `mode type object` of a listed tree.
fn fields(about: &str) -> Option<[&str; 2]> {
    let mut words = about.split(' ').skip(1);
    Some([words.next()?, words.next()?])
}

/// Whether two paths are one directory, however they are written.
fn same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}

/// A commit as people read it.
pub(crate) fn short(commit: &str) -> &str {
    commit.get(..12).unwrap_or(commit)
}
