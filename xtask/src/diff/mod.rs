//! `cargo xtask diff`: what a change of the schemas means.
//!
//! Two trees of files come from git, the engine of `dockseal-codegen` reviews them, and one file for
//! each form of report renders what it found.

pub(crate) mod base;
mod driver;
mod explain;
pub(crate) mod frame;
pub(crate) mod git;
mod github;
mod json;
mod junit;
mod markdown;
mod objects;
mod only;
pub(crate) mod options;
pub(crate) mod publish;
pub(crate) mod run;
mod sarif;
#[cfg(test)]
mod tests;
mod text;
mod words;

use std::path::PathBuf;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::approvals::Reason;
use options::{Output, Sides};

/// What stands below the help of the task.
pub(crate) const HELP: &str = "\
Example: cargo xtask diff
  cargo xtask diff --base origin/main --format markdown=review.md --format json=review.json
  cargo xtask diff --since-release --fail-on none
  cargo xtask diff --explain max-length-tightened
  cargo xtask diff --approve 0123456789ab --reason vendor-change --note \"announced for March\" --expires 2027-03-01

Exit codes: 0 nothing fails, 1 findings at or above --fail-on that nobody approved, 2 it could not be judged";

#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    pub(crate) sides: Sides,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Directory of the schemas, from the repository's
    #[arg(long, value_name = "DIRECTORY", default_value = "schemas")]
    schemas: String,
    /// Say what a rule means; all rules when none is named
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "list")]
    explain: Option<String>,
    /// Approve the finding of this fingerprint in approvals.toml
    #[arg(long, value_name = "FINGERPRINT")]
    approve: Option<String>,
    /// Why it is approved
    #[arg(long, value_enum, requires = "approve")]
    reason: Option<Reason>,
    /// Why it is approved, in a sentence
    #[arg(long, requires = "approve")]
    note: Option<String>,
    /// The last day of the approval
    #[arg(long, value_name = "DATE", requires = "approve")]
    expires: Option<Date>,
    /// Draft a fragment of the changelog in changes/
    #[arg(long, conflicts_with = "approve")]
    write_changelog: bool,
    /// Why the schemas change, for the fragment
    #[arg(
        long,
        value_enum,
        requires = "write_changelog",
        default_value = "vendor-change"
    )]
    cause: Reason,
    /// Compare two files instead of two trees
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], requires = "path")]
    files: Option<Vec<PathBuf>>,
    /// Where those files belong: schemas/GATEWAY/METHOD.json
    #[arg(long, requires = "files")]
    path: Option<String>,
    /// Show the file that git hands to an external diff
    #[arg(long, num_args = 1..=9, value_name = "ARGUMENT", allow_hyphen_values = true)]
    git_driver: Option<Vec<String>>,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    match act(options) {
        Ok(code) => code,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            publish::unjudged(&error, &options.output);
            ExitCode::from(2)
        }
    }
}

fn act(options: &Options) -> Result<ExitCode, String> {
    if let Some(rule) = &options.explain {
        anstream::print!("{}", explain::explain(rule)?);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(arguments) = &options.git_driver {
        anstream::print!("{}", driver::called_by_git(arguments, &options.schemas)?);
        return Ok(ExitCode::SUCCESS);
    }
    if let (Some([old, new]), Some(path)) = (options.files.as_deref(), &options.path) {
        let edit = driver::Edit { path, old, new };
        anstream::print!("{}", driver::judged(&edit, &options.schemas)?);
        return Ok(ExitCode::SUCCESS);
    }
    options.output.formats()?;
    let mut compared = run::compare(&options.sides, &options.schemas)?;
    if let Some(fingerprint) = &options.approve {
        let wanted = crate::approvals::Wanted {
            fingerprint,
            reason: options.reason,
            note: options.note.as_deref(),
            expires: options.expires,
            today: crate::approvals::today()?,
        };
        return compared.approve(&wanted);
    }
    if options.write_changelog {
        return compared.draft(options.cause);
    }
    let approvals = compared.approvals()?;
    let mut frame = compared.frame(&options.output, &approvals)?;
    frame.notes.extend(approvals.in_vain(&compared.review));
    if let Some(glob) = &options.sides.only {
        only::keep(&mut compared.review, glob);
    }
    publish::publish(&compared.review, &frame, &options.output)
}
