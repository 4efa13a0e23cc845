//! Which two trees are compared.

use super::git::{Repository, short};
use super::options::Sides;

/// Where the default branch is looked for, in this order.
const BRANCHES: &[&str] = &[
    "origin/HEAD",
    "origin/main",
    "origin/master",
    "main",
    "master",
];

/// A commit, and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) hash: String,
    /// `1a2b3c4d5e6f, the merge base of HEAD and origin/main`
    pub(crate) name: String,
    /// The tag, where it is taken for the last release.
    pub(crate) release: Option<String>,
}

/// The commits to compare; no head is the work tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ends {
    pub(crate) base: Commit,
    pub(crate) head: Option<Commit>,
}

impl Commit {
    /// A commit, as it was called.
    fn named(hash: String, name: &str) -> Commit {
        let called = if hash.starts_with(name) {
            short(&hash).to_owned()
        } else {
            format!("{} ({name})", short(&hash))
        };
        Commit {
            hash,
            name: called,
            release: None,
        }
    }
}

/// Finds what the options ask for.
pub(crate) fn ends(repository: &Repository, options: &Sides) -> Result<Ends, String> {
    let head = match options.head.as_str() {
        "worktree" => None,
        name => Some(Commit::named(repository.commit(name)?, name)),
    };
    let at = head.as_ref().map_or("HEAD", |head| head.hash.as_str());
    let called = head.as_ref().map_or("HEAD", |_| options.head.as_str());
    let base = match &options.base {
        None if options.since_release => released(repository, head.as_ref())?,
        Some(name) if options.exact => Commit::named(repository.commit(name)?, name),
        Some(name) => parting(repository, (at, called), name)?,
        None => parting(repository, (at, called), &default(repository)?)?,
    };
    Ok(Ends { base, head })
}

/// Whether a name is that of a release: `v1`, `v0.2.0`.
pub(crate) fn is_release(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next() == Some('v') && letters.next().is_some_and(|c| c.is_ascii_digit())
}

/// The merge base; `head` is a commit and what it is called.
fn parting(
    repository: &Repository,
    (head, called): (&str, &str),
    name: &str,
) -> Result<Commit, String> {
    let other = repository.commit(name)?;
    let hash = repository
        .merge_base(head, name)
        .map_err(|error| error.replace(head, called))?;
    let parted = format!("{}, the merge base of {called} and {name}", short(&hash));
    Ok(if hash == other {
        Commit::named(hash, name)
    } else {
        Commit {
            hash,
            name: parted,
            release: None,
        }
    })
}

/// The last release before the head. The work tree comes after a release that is its own commit; a
/// commit that is named does not, so that a tag is compared with the tag before it.
fn released(repository: &Repository, head: Option<&Commit>) -> Result<Commit, String> {
    let from = match head {
        None => "HEAD".to_owned(),
        Some(head) => format!("{}^", head.hash),
    };
    if !repository.has(&from)? && head.is_some() {
        // The first commit of all.
        return Err(repository.no_release(&from)?);
    }
    let tag = repository.last_release(&from)?;
    let found = Commit::named(repository.commit(&format!("refs/tags/{tag}"))?, &tag);
    Ok(Commit {
        name: format!("{}, the last release", found.name),
        release: Some(tag),
        ..found
    })
}

fn default(repository: &Repository) -> Result<String, String> {
    for branch in BRANCHES {
        if repository.has(branch)? {
            return repository.resolved(branch);
        }
    }
    repository.commit("HEAD")?;
    let names = repository.names()?;
    let names: Vec<_> = names.iter().take(8).map(String::as_str).collect();
    Err(format!(
        "cannot tell what to compare with: there is none of {}\n  help: {}\n  help: or name one with --base, of: {}",
        BRANCHES.join(", "),
        repository.fetch_all()?,
        names.join(", ")
    ))
}
