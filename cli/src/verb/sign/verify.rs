//! `dockseal sign verify`: whether a request's signature passes.

use dockseal::sign::{self, VerifyError};
use serde::Serialize;
use std::fmt::Write as _;

use super::explain::{cannot, options};
use super::input::{Input, Loaded};
use crate::exit::Exit;
use crate::language::Said;
use crate::output::{Answer, BAD, Complaint, GOOD};
use crate::verb::Context;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    input: Input,
    /// The signature to check; the request's own when not given 待验证的签名
    #[arg(long, value_name = "HEX")]
    got: Option<String>,
    /// Show the signature that would pass 显示正确的签名
    #[arg(long)]
    show: bool,
}

#[derive(Serialize)]
struct Verified {
    gateway: &'static str,
    valid: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
}

/// Verifies a signature.
pub(super) fn run(given: &Options, context: Context) -> Result<Answer, Complaint> {
    let loaded = given.input.load(context)?;
    let got = got(given.got.as_deref(), &loaded)?;
    let valid = is_right(&loaded, got)?;
    let expected = if given.show {
        Some(expected(&loaded)?)
    } else {
        None
    };
    let language = context.language;
    let mut text = if valid {
        format!(
            "{GOOD}✓{GOOD:#} {}\n",
            language.pick("the signature passes", "签名正确")
        )
    } else {
        let gateway = loaded.message.gateway.name;
        let what = language.pick("the signature does not match", "签名不符");
        let next = language.pick("to search for the mistake", "查找原因");
        format!("{BAD}✗{BAD:#} {what}\n{next}: dockseal sign find {gateway} …\n")
    };
    if let Some(expected) = &expected {
        let _ = writeln!(
            text,
            "{}: {expected}",
            language.pick("expected", "正确签名")
        );
    }
    let exit = if valid { Exit::Ok } else { Exit::Signature };
    let answer = Answer::new(
        exit,
        text,
        &Verified {
            gateway: loaded.message.gateway.name,
            valid,
            expected,
        },
    );
    Ok(loaded.finish(answer))
}

/// The signature in question.
pub(super) fn got<'l>(given: Option<&'l str>, loaded: &'l Loaded) -> Result<&'l str, Complaint> {
    given.or_else(|| loaded.message.given()).ok_or_else(|| {
        Complaint::usage(Said::new("the request has no signature", "请求中没有签名"))
            .with_help(Said::new("add --got HEX", "请加 --got 签名"))
    })
}

/// Whether a signature is the one that the gateway computes.
pub(super) fn is_right(loaded: &Loaded, got: &str) -> Result<bool, Complaint> {
    let message = &loaded.message;
    let secret = &loaded.need_secret()?.signing;
    match sign::verify(
        &message.gateway.scheme,
        &options(message),
        &mut message.params(false),
        secret,
        got,
    ) {
        Ok(()) => Ok(true),
        Err(VerifyError::NotComputed(error)) => Err(cannot(&error)),
        Err(_) => Ok(false),
    }
}

/// The signature that the gateway computes.
pub(super) fn expected(loaded: &Loaded) -> Result<String, Complaint> {
    let message = &loaded.message;
    let secret = &loaded.need_secret()?.signing;
    let made = sign::compute(
        &message.gateway.scheme,
        &options(message),
        &mut message.params(false),
        secret,
    );
    made.map(|sign| sign.to_string())
        .map_err(|error| cannot(&error))
}
