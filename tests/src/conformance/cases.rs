//! What both kinds of case share: files are read line by line, verdicts printed and counted.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a run found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Cases that came out as they should.
    pub passed: usize,
    /// Cases that came out otherwise, and lines that hold no case.
    pub failed: usize,
    /// Files that could not be read, or hold no case.
    pub unreadable: usize,
}

impl Outcome {
    /// 0 when all passed, 1 when a case failed, 2 when a file could not be read.
    pub fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self {
                unreadable: 1.., ..
            } => 2,
            Self { failed: 1.., .. } => 1,
            _ => 0,
        })
    }
}

/// One case that was run.
pub(super) struct Verdict {
    pub(super) name: String,
    /// Why it fails; nothing when it passes.
    pub(super) differences: Vec<String>,
}

/// Why a line holds no case.
#[derive(Debug)]
pub(super) struct Malformed(pub(super) String);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs every line of the files through `run` and reports to `out`, ending with the totals.
///
/// # Errors
/// `out` cannot be written. A file that cannot be read is reported and counted.
pub(super) fn run_files(
    files: &[PathBuf],
    run: impl Fn(&[u8]) -> Result<Verdict, Malformed>,
    out: &mut impl Write,
) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for file in files {
        match std::fs::read(file) {
            Ok(bytes) => {
                let before = outcome.passed + outcome.failed;
                run_lines(file, &bytes, &run, &mut outcome, out)?;
                if outcome.passed + outcome.failed == before {
                    outcome.unreadable += 1;
                    writeln!(out, "error: no case in {}", file.display())?;
                }
            }
            Err(error) => {
                outcome.unreadable += 1;
                writeln!(out, "error: cannot read {}: {error}", file.display())?;
            }
        }
    }
    writeln!(out, "{} passed, {} failed", outcome.passed, outcome.failed)?;
    Ok(outcome)
}

/// Runs the lines of one file; `file` is only its name.
pub(super) fn run_lines(
    file: &Path,
    bytes: &[u8],
    run: impl Fn(&[u8]) -> Result<Verdict, Malformed>,
    outcome: &mut Outcome,
    out: &mut impl Write,
) -> io::Result<()> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_usize..) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let failures = match run(line) {
            Ok(Verdict { name, differences }) => differences
                .into_iter()
                .map(|difference| format!("{name}: {difference}"))
                .collect(),
            Err(problem) => vec![format!("{}:{number}: {problem}", file.display())],
        };
        if failures.is_empty() {
            outcome.passed += 1;
        } else {
            outcome.failed += 1;
        }
        for failure in failures {
            writeln!(out, "FAILED {failure}")?;
        }
    }
    Ok(())
}
