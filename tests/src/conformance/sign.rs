//! `cargo xtask conformance sign FILE...`: signatures against vectors of the vendors' own programs.
//!
//! A case is `{name, gateway, secret, params: [[name, value], ...], body?, sign_method?, sign}`, for
//! the length-prefixed gateway also `sign_utf16` and `sign_bytes`. Values are decoded text; where
//! values may be nested, a JSON array is a list and `{"map": [[key, value], ...]}` a map. Other
//! members are passed over.

mod vector;

use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;

use dockseal::sign::{self, LengthUnit, Options, Param, Scheme, SecretString};

use self::vector::Vector;
use super::cases::{self, Malformed, Outcome, Verdict};
use super::datum;

/// Signs every vector of the files and reports to `out`.
///
/// # Errors
/// `out` cannot be written. A file that cannot be read is reported and counted.
pub fn sign(files: &[PathBuf], out: &mut impl Write) -> io::Result<Outcome> {
    cases::run_files(files, run, out)
}

fn run(line: &[u8]) -> Result<Verdict, Malformed> {
    let vector = Vector::parse(line)?;
    let differences = differences(&vector)
        .iter()
        .map(ToString::to_string)
        .collect();
    Ok(Verdict {
        name: vector.name,
        differences,
    })
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
            Err(reason) => differences.push(Difference::Unsigned { member, reason }),
        }
    }
    differences
}

/// The signature by rule, whatever the names are: a vector may hold names that we would not send.
fn signature(scheme: &Scheme, unit: LengthUnit, vector: &Vector) -> Result<String, String> {
    let mut params = datum::params(&vector.params).map_err(|problem| problem.to_string())?;
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
    sign::compute(scheme, &options, &mut params, &secret)
        .map(|sign| sign.to_string())
        .map_err(|error| error.to_string())
}

/// The digest that the vector asks for, by its own member or by the parameter that would be sent.
fn digest<'v>(scheme: &Scheme, vector: &'v Vector) -> Option<&'v str> {
    let parameter = scheme.digest_parameter?;
    vector.sign_method.as_deref().or_else(|| {
        let (_, value) = vector.params.iter().find(|(name, _)| name == parameter)?;
        value.as_text()
    })
}

enum Difference {
    Gateway(String),
    Sign {
        member: &'static str,
        expected: String,
        got: String,
    },
    Unsigned {
        member: &'static str,
        reason: String,
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
            Self::Unsigned { member, reason } => write!(f, "{member}: {reason}"),
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
