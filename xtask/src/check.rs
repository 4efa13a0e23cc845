//! `cargo xtask check`: everything about the schemas that can be said without the bindings, and
//! whether a change of them brings along what it has to.
//!
//! All steps run, whatever the others find. Each says what came of it.

mod approved;
mod files;
mod fragments;
mod gates;
mod inside;
mod provenance;
mod report;
pub(crate) mod version;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::approvals;
use crate::diff::git::Repository;
use crate::diff::options::Output;
use crate::diff::{frame, publish};
use crate::generate::count;
use crate::tree;
use gates::{Demands, Judged};
use report::{Outcome, Problem, Report, Step};

/// What stands below the help of the task.
pub(crate) const HELP: &str = "\
Example: cargo xtask check
         cargo xtask check --fix
         cargo xtask check --strict --base origin/main --format github --format markdown=review.md
         cargo xtask check --release

Exit codes: 0 nothing found, 1 findings, 2 something could not be judged; with --strict, also when a step was skipped";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Directory of schemas outside the repository: what needs a base or bindings is skipped
    /// [default: schemas]
    #[arg(long, conflicts_with_all = ["base", "fix", "release"])]
    schemas: Option<PathBuf>,
    /// Judge what changed since the merge base with this commit [default: the first there is of
    /// origin/HEAD, origin/main, origin/master, main, master]
    #[arg(long, value_name = "REF")]
    base: Option<String>,
    #[command(flatten)]
    output: Output,
    /// Generate the bindings anew where they are out of date
    #[arg(long)]
    fix: bool,
    /// Fail if the version has not grown enough since the last release
    #[arg(long)]
    release: bool,
    /// One JSON object a line for each finding, on standard output
    #[arg(long, conflicts_with = "formats")]
    json: bool,
}

/// Where things are.
struct Place {
    root: PathBuf,
    schemas: PathBuf,
    /// None where the schemas are not those of a repository, or there is no git, and why.
    repository: Result<Repository, String>,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    match check(options) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            publish::unjudged(&error, &options.output);
            ExitCode::from(2)
        }
    }
}

fn check(options: &Options) -> Result<u8, String> {
    options.output.formats()?;
    let demands = Demands {
        base: options.base.as_deref(),
        output: &options.output,
        release: options.release,
        today: approvals::today()?,
    };
    let place = Place::find(options);
    let files = tree::schemas(&place.schemas)?;
    let mut steps = files::steps(&place.schemas, &files);
    let readable = !steps
        .iter()
        .any(|step| step.outcome == Outcome::Failed && step.name == files::SCHEMAS);
    steps.push(if options.schemas.is_some() {
        Step::skipped(files::DRIFT, OUTSIDE)
    } else {
        files::drift(&files, &place.root.join(files::GENERATED), options.fix)
    });
    let root = options.schemas.is_none().then_some(place.root.as_path());
    let Judged {
        steps: gates,
        review,
        frame,
    } = match &place.repository {
        Err(error) if options.base.is_some() => gates::unjudged(root, error, demands),
        Err(_) if root.is_none() => gates::without_base(root, OUTSIDE, demands),
        Err(error) => gates::no_base(root, error, demands),
        Ok(repository) => gates::judge(repository, readable, demands),
    };
    steps.extend(gates);
    let report = Report { steps };
    show(&report, &place.schemas, options);
    // Where nothing was asked for and nothing changed, there is nothing to read.
    let is_idle = options.output.formats.is_empty() && review.findings.is_empty();
    if !options.json && !is_idle {
        let frame = framed(frame, &report, options);
        publish::write(&review, &frame, &options.output)?;
    }
    Ok(conclude(&report, options))
}

/// Why steps are skipped for a directory that was named.
const OUTSIDE: &str = "--schemas names a directory of its own";

impl Place {
    fn find(options: &Options) -> Self {
        if let Some(schemas) = &options.schemas {
            return Self {
                root: tree::root(),
                schemas: schemas.clone(),
                repository: Err(OUTSIDE.to_owned()),
            };
        }
        let repository = Repository::find("schemas");
        let root = match &repository {
            Ok(repository) => repository.root().to_path_buf(),
            Err(_) => tree::own("schemas").unwrap_or_else(tree::root),
        };
        Self {
            schemas: root.join("schemas"),
            root,
            repository,
        }
    }
}

/// Everything for people on standard error, unless a report for them was asked for there.
fn show(report: &Report, directory: &Path, options: &Options) {
    // The library speaks of `schemas/`; people are shown the directory that they named.
    let named = |text: String| match &options.schemas {
        Some(_) => text.replace(" schemas/", &format!(" {}/", tree::shown(directory))),
        None => text,
    };
    let reported = options
        .output
        .formats
        .iter()
        .any(|format| format.file.is_none());
    for step in &report.steps {
        for problem in &step.problems {
            if options.json {
                anstream::println!("{}", problem.json());
            } else if !reported {
                anstream::eprintln!("{}", named(problem.text()));
            }
        }
    }
    for step in &report.steps {
        anstream::eprintln!("{}", step.text());
    }
}

/// The last line, and the exit code.
fn conclude(report: &Report, options: &Options) -> u8 {
    let code = report.code(options.output.strict);
    let failures = report.failures();
    match code {
        0 if options.json || options.output.formats.iter().any(|f| f.file.is_none()) => {}
        0 => anstream::println!("schemas checked: nothing found"),
        1 => anstream::eprintln!("error: {}", count(failures, "finding")),
        _ if failures > 0 => anstream::eprintln!(
            "error: {}; not everything could be judged",
            count(failures, "finding")
        ),
        _ => anstream::eprintln!(
            "error: not everything was looked at, which --strict demands\n  help: see the steps that were skipped"
        ),
    }
    code
}

/// The frame of the reports, with what the steps say.
fn framed(frame: frame::Frame, report: &Report, options: &Options) -> frame::Frame {
    let steps = report.steps.iter();
    let skipped = steps.clone().filter_map(|step| match &step.outcome {
        Outcome::Skipped(reason) => Some(format!("{}: {reason}", step.name)),
        _ => None,
    });
    let others = steps
        .clone()
        .filter(|step| step.name != gates::DIFF || step.outcome == Outcome::Unjudged);
    // Without a report asked for, the problems were shown already.
    let shown = options.output.formats.is_empty();
    let problems = others
        .clone()
        .flat_map(|step| &step.problems)
        .filter(|_| !shown);
    let notes = others.flat_map(|step| step.notes.iter().cloned());
    let fresh = steps.clone().find(|step| step.name == files::DRIFT);
    let generated = fresh.and_then(|step| match step.outcome {
        Outcome::Passed(_) => Some("fresh".to_owned()),
        Outcome::Failed => Some("stale".to_owned()),
        _ => None,
    });
    frame::Frame {
        schemas: "schemas".to_owned(),
        fail_on: options.output.fail_on,
        verbose: options.output.verbose,
        facts: frame::Facts {
            generated,
            ..frame.facts
        },
        problems: problems.map(problem).collect(),
        skipped: skipped.collect(),
        notes: frame.notes.into_iter().chain(notes).collect(),
        ..frame
    }
}

fn problem(problem: &Problem) -> frame::Problem {
    frame::Problem {
        id: problem.id.clone(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        path: problem.path.clone(),
        line: problem.line.max(1),
        column: problem.column.max(1),
        fails: !problem.warning,
    }
}
