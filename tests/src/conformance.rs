//! `cargo xtask conformance sign FILE...`: signatures against vectors of the vendors' own programs.
//!
//! A file holds one case a line: `{name, gateway, secret, params: [[name, value], ...], body?,
//! sign_method?, sign}`, for the length-prefixed gateway also `sign_utf16` and `sign_bytes`. Values
//! are decoded text; where values may be nested, a JSON array is a list and `{"map": [[key, value],
//! ...]}` a map. Other members are passed over. Failing names go to the output, then the totals.

mod vector;

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dockseal::sign::{self, LengthUnit, Options, Param, Scheme, SecretString, SignError, Value};

use self::vector::Vector;

/// What a run found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Cases whose every signature came out.
    pub passed: usize,
    /// Cases with another signature, and lines that hold no case.
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

/// Signs every vector of the files and reports to `out`.
///
/// # Errors
/// `out` cannot be written. A file that cannot be read is reported and counted.
pub fn sign(files: &[PathBuf], out: &mut impl Write) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for file in files {
        match std::fs::read(file) {
            Ok(bytes) => {
                let before = outcome.passed + outcome.failed;
                sign_file(file, &bytes, &mut outcome, out)?;
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

fn sign_file(
    file: &Path,
    bytes: &[u8],
    outcome: &mut Outcome,
    out: &mut impl Write,
) -> io::Result<()> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_usize..) {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let failures = match Vector::parse(line) {
            Ok(vector) => differences(&vector)
                .into_iter()
                .map(|difference| format!("{}: {difference}", vector.name))
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

/// Why a vector fails; nothing when it passes.
fn differences(vector: &Vector) -> Vec<Difference> {
    let Some(scheme) = scheme_for(&vector.gateway) else {
        return vec![Difference::Gateway(vector.gateway.clone())];
    };
    let expected = [
        ("sign", LengthUnit::CodePoints, Some(&vector.sign)),
        ("sign_utf16", LengthUnit::Utf16, vector.sign_utf16.as_ref()),
        (
            "sign_bytes",
            LengthUnit::Utf8Bytes,
            vector.sign_bytes.as_ref(),
        ),
    ];
    let mut differences = Vec::new();
    for (member, unit, expected) in expected {
        let Some(expected) = expected else { continue };
        match signature(scheme, unit, vector) {
            Ok(got) if got == *expected => {}
            Ok(got) => differences.push(Difference::Sign {
                member,
                expected: expected.clone(),
                got,
            }),
            Err(error) => differences.push(Difference::Error { member, error }),
        }
    }
    differences
}

/// The signature by rule, whatever the names are: a vector may hold names that we would not send.
fn signature(scheme: &Scheme, unit: LengthUnit, vector: &Vector) -> Result<String, SignError> {
    let mut params: Vec<Param<'_>> = vector
        .params
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let mut options = Options {
        digest: digest(scheme, vector),
        unit,
        tail: None,
    };
    match (scheme.body, &vector.body) {
        (Some(name), Some(body)) => params.push(Param::new(name, body)),
        (None, Some(body)) if !body.is_empty() => options.tail = Some(body),
        _ => {}
    }
    let secret = SecretString::from(vector.secret.as_str());
    sign::compute(scheme, &options, &mut params, &secret).map(|sign| sign.to_string())
}

/// The digest that the vector asks for, by its own member or by the parameter that would be sent.
fn digest<'v>(scheme: &Scheme, vector: &'v Vector) -> Option<&'v str> {
    let parameter = scheme.digest_parameter?;
    vector.sign_method.as_deref().or_else(|| {
        let (_, value) = vector.params.iter().find(|(name, _)| name == parameter)?;
        match value.into() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    })
}

enum Difference {
    Gateway(String),
    Sign {
        member: &'static str,
        expected: String,
        got: String,
    },
    Error {
        member: &'static str,
        error: SignError,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway(gateway) => write!(f, "unknown gateway {gateway:?}"),
            Self::Sign {
                member,
                expected,
                got,
            } => {
                write!(f, "{member}: expected {expected}, got {got}")
            }
            Self::Error { member, error } => write!(f, "{member}: {error}"),
        }
    }
}

fn scheme_for(gateway: &str) -> Option<&'static Scheme> {
    let gateway = dockseal::GATEWAYS
        .iter()
        .find(|known| known.name == gateway)?;
    Some(&gateway.scheme)
}

#[cfg(test)]
mod tests;
