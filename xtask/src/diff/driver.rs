//! `git diff` in words: what git hands to an external diff, judged.
//!
//! Git gives one file before and after; the files beside it are those of the work tree. What cannot
//! be judged alone is shown as git would have shown it.

use std::path::Path;
use std::process::{Command, Stdio};

use dockseal_codegen::SourceFile;
use dockseal_codegen::review::{Axis, Unjudged, review};

use super::frame::Frame;
use super::git::Repository;
use super::run::{files_of_worktree, told};
use super::text;

/// One file before and after.
pub(crate) struct Edit<'a> {
    /// Its path in the repository.
    pub(crate) path: &'a str,
    /// Files to read; `/dev/null` for none.
    pub(crate) old: &'a Path,
    pub(crate) new: &'a Path,
}

/// The arguments that git gives: `path old-file old-hex old-mode new-file new-hex new-mode`, and for
/// what moved the new path after them; the path alone for what is not merged yet.
pub(crate) fn called_by_git(arguments: &[String], schemas: &str) -> Result<String, String> {
    match arguments {
        [path] => Ok(format!("{path} is not merged yet\n")),
        [path, old, _, _, new, _, _, rest @ ..] => {
            let edit = Edit {
                path: rest.first().unwrap_or(path),
                old: Path::new(old),
                new: Path::new(new),
            };
            let (told, is_judged) = match judged(&edit, schemas) {
                Ok(report) => (report, true),
                Err(why) => (format!("not judged: {why}\n"), false),
            };
            let mut out = format!("schema {}\n{told}", edit.path);
            if !is_judged {
                out.push_str(&lines(&edit));
            }
            Ok(out)
        }
        _ => Err("git gives 7 arguments to an external diff\n  help: git config diff.dockseal.command \"cargo xtask diff --git-driver\"".to_owned()),
    }
}

/// The edit as a report.
pub(crate) fn judged(edit: &Edit<'_>, schemas: &str) -> Result<String, String> {
    let prefix = format!("{schemas}/");
    let name = edit.path.strip_prefix(&prefix).ok_or_else(|| {
        format!(
            "{} is not below {prefix}\n  help: say where the file belongs with --path {prefix}GATEWAY/METHOD.json",
            edit.path
        )
    })?;
    let repository = Repository::find(schemas)?;
    let gateway = name.rsplit_once('/').map_or("", |(directory, _)| directory);
    let beside: Vec<SourceFile> = files_of_worktree(&repository, schemas)?
        .into_iter()
        .filter(|file| {
            let directory = file
                .path
                .rsplit_once('/')
                .map_or("", |(directory, _)| directory);
            file.path != name && (directory == gateway || directory.is_empty())
        })
        .collect();
    let with = |path: &Path| -> Result<Vec<SourceFile>, String> {
        let mut files = beside.clone();
        if path != Path::new("/dev/null") {
            let bytes = std::fs::read(path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let path = name.to_owned();
            files.push(SourceFile { path, bytes });
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    };
    let (old, new) = (with(edit.old)?, with(edit.new)?);
    // A file of another time may not go with the types of today: its words on the wire still do.
    let found = review(&old, &new, Axis::Both).or_else(|_| review(&old, &new, Axis::Wire));
    let review = found.map_err(|unjudged: Unjudged| told(&unjudged, schemas))?;
    let frame = Frame {
        schemas: schemas.to_owned(),
        verbose: true,
        ..Frame::default()
    };
    Ok(text::render(&review, &frame))
}

/// The edit as lines.
fn lines(edit: &Edit<'_>) -> String {
    let output = Command::new("git")
        .args(["--no-pager", "diff", "--no-index", "--no-ext-diff", "--"])
        .args([edit.old, edit.new])
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
        Err(error) => format!("cannot run git: {error}\n"),
    }
}
