//! A comparison: two trees, what the review says of them, and the files that people write about it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use dockseal_codegen::SourceFile;
use dockseal_codegen::review::{self, Bump, Review, Unjudged};

use super::base::{Ends, ends};
use super::frame::{Facts, Frame};
use super::git::{Repository, short};
use super::options::{Axis, Output, Sides};
use crate::approvals::{self, Approvals, Reason, Wanted};
use crate::check::version::Version;
use crate::{changes, tree};

/// What a change could use to relax the gate that it has to pass.
const GATE: &[&str] = &[
    ".cargo",
    ".ci",
    ".gitattributes",
    ".github",
    "codegen",
    "schemas/approvals.toml",
    "schemas/dialect.json",
    "xtask",
];

/// Two trees and their review.
pub(crate) struct Compared {
    pub(crate) repository: Repository,
    pub(crate) ends: Ends,
    /// Directory of the schemas, from the repository's.
    pub(crate) schemas: String,
    pub(crate) base: Vec<SourceFile>,
    pub(crate) head: Vec<SourceFile>,
    pub(crate) review: Review,
    skipped: Vec<String>,
}

/// Reads both sides and reviews them.
pub(crate) fn compare(sides: &Sides, schemas: &str) -> Result<Compared, String> {
    let schemas = schemas.trim_start_matches("./").trim_end_matches('/');
    let repository = Repository::find(schemas)?;
    let ends = ends(&repository, sides)?;
    let base = files_of(&repository, &ends.base.hash, schemas)?;
    let head = match &ends.head {
        Some(head) => files_of(&repository, &head.hash, schemas)?,
        None => files_of_worktree(&repository, schemas)?,
    };
    let review = patiently(base.len().max(head.len()), || {
        review::review(&base, &head, sides.axis.of_review())
    });
    let review = review.map_err(|unjudged| {
        let of_wire = || review::review(&base, &head, review::Axis::Wire).is_ok();
        let help = if !unjudged.base {
            "mend the schemas; see also: cargo xtask check".to_owned()
        } else if sides.axis != Axis::Wire && of_wire() {
            "cargo xtask diff --axis wire looks at traffic alone, without generating bindings of the old schemas".to_owned()
        } else {
            format!(
                "name a base that can be read with --base, or judge this one with the tool of its time: git worktree add ../base {}",
                short(&ends.base.hash)
            )
        };
        format!(
            "the schemas of the {} cannot be judged\n{}\n  help: {help}",
            if unjudged.base { "base" } else { "head" },
            told(&unjudged, schemas)
        )
    })?;
    let mut skipped = Vec::new();
    match sides.axis {
        Axis::Wire => skipped.push("programs: --axis wire looks at traffic only".to_owned()),
        Axis::Rust => skipped.push("traffic: --axis rust looks at programs only".to_owned()),
        Axis::Both => {}
    }
    if let Some(glob) = &sides.only {
        skipped.push(format!("everything but {glob}: --only"));
    }
    Ok(Compared {
        repository,
        ends,
        schemas: schemas.to_owned(),
        base,
        head,
        review,
        skipped,
    })
}

impl Compared {
    /// What the reports need beside the review.
    pub(crate) fn frame(&self, output: &Output, approvals: &Approvals) -> Result<Frame, String> {
        let approved = self.review.findings.iter().filter_map(|finding| {
            let entry = approvals.of(finding)?;
            let until = entry
                .expires
                .map_or_else(String::new, |day| format!(" until {day}"));
            let told = format!("{}{until}: {}", entry.reason.text(), entry.note);
            Some((finding.fingerprint.clone(), told))
        });
        let release = self.ends.base.release.as_deref();
        let bump = self.review.bump();
        let needs = release
            .filter(|_| bump > Bump::None)
            .and_then(Version::of_tag)
            .map(|last| last.after(bump).to_string());
        Ok(Frame {
            facts: Facts {
                needs,
                ..Facts::default()
            },
            base: self.ends.base.name.clone(),
            head: self.head_name(),
            schemas: self.schemas.clone(),
            files: self.head.iter().map(|file| file.path.clone()).collect(),
            documents: documents(&self.base)
                .into_iter()
                .chain(documents(&self.head))
                .collect(),
            approved: approved.collect(),
            fail_on: output.fail_on,
            verbose: output.verbose,
            skipped: self.skipped.clone(),
            notes: self.notes()?,
            ..Frame::default()
        })
    }

    /// A file of the base and of the head, from the repository's directory.
    pub(crate) fn both(&self, path: &str) -> Result<[Option<Vec<u8>>; 2], String> {
        let base = self.repository.file(&self.ends.base.hash, path)?;
        let head = match &self.ends.head {
            Some(head) => self.repository.file(&head.hash, path)?,
            None => self.worktree(path)?,
        };
        Ok([base, head])
    }

    /// The approvals of both sides.
    pub(crate) fn approvals(&self) -> Result<Approvals, String> {
        let [base, head] = self.both(&self.approvals_path())?;
        Approvals::read(base.as_deref(), head.as_deref(), approvals::today()?)
            .map_err(|malformed| malformed.to_string())
    }

    /// Writes an approval into the work tree.
    pub(crate) fn approve(&self, wanted: &Wanted<'_>) -> Result<ExitCode, String> {
        let path = self.approvals_path();
        let there = self.worktree(&path)?.unwrap_or_default();
        let there = String::from_utf8(there).map_err(|_| format!("{path} is not UTF-8 text"))?;
        let text = approvals::add(&there, &self.review, wanted)?;
        self.write(&path, &text)?;
        anstream::println!(
            "{} is approved in {path}: commit it with the change",
            wanted.fingerprint
        );
        Ok(ExitCode::SUCCESS)
    }

    /// Writes a draft of a changelog fragment into the work tree.
    pub(crate) fn draft(&self, cause: Reason) -> Result<ExitCode, String> {
        let Some(draft) = changes::draft(&self.review, cause) else {
            anstream::println!("nothing for the changelog: only words changed");
            return Ok(ExitCode::SUCCESS);
        };
        if self.worktree(&draft.path)?.is_some() {
            return Err(format!(
                "{} is there already and may have been edited\n  help: delete it to draft it anew",
                draft.path
            ));
        }
        self.write(&draft.path, &draft.text)?;
        anstream::println!(
            "{} was drafted: edit its summary, then commit it with the change",
            draft.path
        );
        Ok(ExitCode::SUCCESS)
    }

    fn approvals_path(&self) -> String {
        format!("{}/approvals.toml", self.schemas)
    }

    fn head_name(&self) -> String {
        let head = self.ends.head.as_ref();
        head.map_or_else(|| "the work tree".to_owned(), |head| head.name.clone())
    }

    fn worktree(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match fs::read(self.repository.root().join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(format!("cannot read {path}: {error}")),
        }
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let failed = |error| format!("cannot write {path}: {error}");
        let path = self.repository.root().join(path);
        if let Some(directory) = path.parent() {
            fs::create_dir_all(directory).map_err(failed)?;
        }
        fs::write(path, text).map_err(failed)
    }

    /// What a reviewer should know beside: that all is new, that the change touches what judges it.
    fn notes(&self) -> Result<Vec<String>, String> {
        let mut notes = Vec::new();
        if self.base.is_empty() {
            notes.push(format!(
                "the base has no files in {}: all is new",
                self.schemas
            ));
        }
        let head = self.ends.head.as_ref().map(|head| head.hash.as_str());
        let changed = self.repository.changed(&self.ends.base.hash, head, GATE)?;
        if let Some(first) = changed.first() {
            let more = match changed.len() {
                1 => String::new(),
                many => format!(" and {} more", many - 1),
            };
            notes.push(format!(
                "what judges the schemas changes too: {first}{more}"
            ));
        }
        Ok(notes)
    }
}

/// The schema files of a commit, and the lock.
fn files_of(
    repository: &Repository,
    commit: &str,
    schemas: &str,
) -> Result<Vec<SourceFile>, String> {
    repository.files(commit, schemas).map(sources)
}

/// The schema files as they are, and the lock.
pub(crate) fn files_of_worktree(
    repository: &Repository,
    schemas: &str,
) -> Result<Vec<SourceFile>, String> {
    tree::read(&repository.root().join(schemas), &[""]).map(sources)
}

fn sources(files: BTreeMap<String, Vec<u8>>) -> Vec<SourceFile> {
    files
        .into_iter()
        .filter(|(path, _)| {
            let ending = PathBuf::from(path);
            ending.extension().is_some_and(|ending| ending == "json") || path == "sources.lock"
        })
        .map(|(path, bytes)| SourceFile { path, bytes })
        .collect()
}

/// The diagnostics of a side. The library speaks of `schemas/`.
pub(crate) fn told(unjudged: &Unjudged, schemas: &str) -> String {
    let text = unjudged.diagnostics.to_string();
    text.trim_end()
        .replace(" schemas/", &format!(" {schemas}/"))
}

/// Addresses of documents in a lock; a lock that cannot be read has none, which `check` reports.
fn documents(files: &[SourceFile]) -> BTreeMap<String, String> {
    let lock = files.iter().find(|file| file.path == "sources.lock");
    let lock = lock.and_then(|lock| serde_json::from_slice::<serde_json::Value>(&lock.bytes).ok());
    let documents = lock
        .as_ref()
        .and_then(|lock| lock.get("documents")?.as_object());
    let addresses = documents
        .into_iter()
        .flatten()
        .filter_map(|(name, document)| {
            let address = document.get("address")?.as_str()?;
            Some((name.clone(), address.to_owned()))
        });
    addresses.collect()
}

/// Tells whoever waits at a terminal that there is something to wait for.
fn patiently<T: Send>(files: usize, work: impl FnOnce() -> T + Send) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    std::thread::scope(|scope| {
        let (done, waiting) = mpsc::channel::<()>();
        scope.spawn(move || {
            if waiting.recv_timeout(Duration::from_secs(2)) == Err(mpsc::RecvTimeoutError::Timeout)
            {
                anstream::eprintln!("comparing {files} files …");
            }
        });
        let result = work();
        drop(done);
        result
    })
}
