//! Options of everything that compares two trees of schemas.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use dockseal_codegen::review::{self, Wire};

/// What is compared.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Sides {
    /// Compare with the merge base of this commit and the head [default: the first there is of
    /// origin/HEAD, origin/main, origin/master, main, master]
    #[arg(long, value_name = "REF")]
    pub(crate) base: Option<String>,
    /// Compare with the base itself, whatever it has in common with the head
    #[arg(long, requires = "base")]
    pub(crate) exact: bool,
    /// The commit to judge, or `worktree`: the files as they are
    #[arg(long, value_name = "REF", default_value = "worktree")]
    pub(crate) head: String,
    /// Compare with the last `v*` tag before the head
    #[arg(long, conflicts_with = "base")]
    pub(crate) since_release: bool,
    /// What to look at
    #[arg(long, value_enum, default_value_t)]
    pub(crate) axis: Axis,
    /// Look at these only: `taobao-top/*`, `*/process.Process.upload`
    #[arg(long, value_name = "GLOB")]
    pub(crate) only: Option<String>,
}

/// How it is reported, and what fails.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Output {
    /// How to report, and where: text, markdown, json, sarif, junit, github [default: text];
    /// may be given several times
    #[arg(long = "format", value_name = "FORMAT[=FILE]")]
    pub(crate) formats: Vec<Format>,
    /// What ends with exit code 1, unless it is approved
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    pub(crate) fail_on: FailOn,
    /// Never end with exit code 0 when something was passed over
    #[arg(long)]
    pub(crate) strict: bool,
    /// Show what is compatible, and words, in the text too
    #[arg(long)]
    pub(crate) verbose: bool,
}

/// What a review looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Axis {
    /// Traffic
    Wire,
    /// Programs that use the bindings
    Rust,
    /// Traffic and programs
    #[default]
    Both,
}

/// What fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What breaks traffic or programs
    #[default]
    Breaking,
    /// That, and what nobody but a person can tell
    Risky,
    /// Nothing
    None,
}

/// A form of report, and the file that it is written to; none is standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Format {
    pub(crate) kind: Kind,
    pub(crate) file: Option<PathBuf>,
}

/// A form of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    Text,
    Markdown,
    Json,
    Sarif,
    Junit,
    Github,
}

impl Axis {
    pub(crate) fn of_review(self) -> review::Axis {
        match self {
            Axis::Wire => review::Axis::Wire,
            Axis::Rust => review::Axis::Rust,
            Axis::Both => review::Axis::Both,
        }
    }
}

impl FailOn {
    /// Whether a finding of that severity fails, if nobody approves it.
    pub(crate) fn takes(self, severity: Wire) -> bool {
        match self {
            FailOn::Breaking => severity >= Wire::Breaking,
            FailOn::Risky => severity >= Wire::Risky,
            FailOn::None => false,
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, file) = match text.split_once('=') {
            None => (text, None),
            Some((_, "")) => return Err("there is no file after `=`".to_owned()),
            Some((kind, file)) => (kind, Some(PathBuf::from(file))),
        };
        let kind = Kind::from_str(kind, false).map_err(|_| {
            "choose of text, markdown, json, sarif, junit, github, each with =FILE or without"
                .to_owned()
        })?;
        Ok(Format { kind, file })
    }
}

impl Output {
    /// The reports to make. Only one can have standard output.
    pub(crate) fn formats(&self) -> Result<Vec<Format>, String> {
        let mut formats = self.formats.clone();
        if formats.is_empty() {
            formats.push(Format {
                kind: Kind::Text,
                file: None,
            });
        }
        for (at, format) in formats.iter().enumerate() {
            let mut before = formats.iter().take(at);
            if before.any(|earlier| earlier.file == format.file) {
                let place = format.file.as_ref().map_or_else(
                    || "standard output".to_owned(),
                    |file| file.display().to_string(),
                );
                return Err(format!(
                    "two reports go to {place}\n  help: give each its file, as in: --format text --format json=diff.json"
                ));
            }
        }
        Ok(formats)
    }
}
