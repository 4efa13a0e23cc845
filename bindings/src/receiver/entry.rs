//! From a raw form body to parameters whose sender is proved.

use std::time::Duration;

use secrecy::ExposeSecret as _;

use super::log::Causes;
use super::refusal::MALFORMED;
use super::system::{System, is_system};
use super::{Fingerprint, Identity, Kind, LookupError, Refusal, Tokens};
use crate::BeijingTime;
use crate::form::{self, FormError, FormValue, Limits};
use crate::shopex_oms::{ErrorCode, GATEWAY};
use crate::sign::{self, Param, SecretString, VerifyError};

/// How many tokens are tried at least, so that the time taken does not tell whether there is one, or
/// whether another replaces it.
const TRIES: usize = 2;

/// The system parameters without which nobody can be proved, in the order in which they are asked
/// for.
const NEEDED: [&str; 3] = ["node_id", "method", "sign"];

/// What the documents call a wrong signature.
const WRONG_SIGNATURE: &str = "签名错误";

/// A push whose sender is proved.
pub(super) struct Proved {
    /// Who pushed what.
    pub(super) identity: Identity,
    /// Which of the two documents.
    pub(super) kind: Kind,
}

impl Proved {
    /// Of a sender that was proved, now or when it pushed.
    pub(super) fn new(
        parameters: &[(String, FormValue)],
        node: &str,
        kind: Kind,
        sign: &str,
    ) -> Proved {
        let (fingerprint, content) = Fingerprint::of_push(parameters);
        let task = System::new(parameters).get("task");
        let identity = Identity {
            node: node.to_owned(),
            method: kind.method(),
            sign: sign.to_owned(),
            fingerprint,
            content,
            task: task.filter(|task| !task.is_empty()).map(str::to_owned),
        };
        Proved { identity, kind }
    }
}

/// Reads the body. What a queue on the way put in is passed over: it is neither signed nor meant.
pub(super) fn decode(body: &[u8], limits: &Limits) -> Result<Vec<(String, FormValue)>, Refusal> {
    let mut parameters = form::decode(body, limits).map_err(|error| not_a_form(&error))?;
    parameters.retain(|(name, _)| {
        name == GATEWAY.scheme.parameter || !GATEWAY.scheme.omit.contains(&name.as_str())
    });
    Ok(parameters)
}

/// Proves who sent the parameters, and that this receiver knows what they are.
pub(super) async fn prove(
    parameters: &[(String, FormValue)],
    tokens: &dyn Tokens,
    strict: bool,
) -> Result<Proved, Refusal> {
    let system = System::new(parameters);
    check_presence(system, strict)?;
    check_flag(parameters)?;
    let node = given(system, tokens.parameter())?;

    let found = tokens.find(system).await.map_err(|error| failed(&error))?;
    let sign = given(system, GATEWAY.scheme.parameter)?;
    check_signature(parameters, found, sign, tokens.parameter())?;
    check_texts(parameters)?;

    let kind = Kind::from_method(given(system, "method")?).ok_or_else(unknown_method)?;
    Ok(Proved::new(parameters, node, kind, sign))
}

/// A refusal of a method that is not received here.
pub(super) fn unknown_method() -> Refusal {
    let reason = "this method is not received here; compare its name with the document";
    Refusal::new(ErrorCode::Param, "接口不存在", reason).at("/method")
}

/// Logs why a look-up failed; the sender may push again.
pub(super) fn failed(error: &LookupError) -> Refusal {
    tracing::error!(error = ?Causes(error), "a look-up failed");
    Refusal::internal("a look-up of the receiver failed; push again later")
}

fn check_presence(system: System<'_>, strict: bool) -> Result<(), Refusal> {
    for name in NEEDED {
        given(system, name)?;
    }
    if strict {
        for row in GATEWAY.parameters {
            given(system, row.name)?;
        }
    }
    Ok(())
}

fn check_flag(parameters: &[(String, FormValue)]) -> Result<(), Refusal> {
    match parameters.iter().find(|(name, _)| name == "flag") {
        Some((_, flag)) if flag.as_text() != Some("erpapi") => Err(Refusal::malformed(
            "/flag",
            "the flag is another one; send erpapi, or no flag",
        )),
        _ => Ok(()),
    }
}

/// A known sender and a stranger take the same time.
fn check_signature(
    parameters: &[(String, FormValue)],
    mut tokens: Vec<SecretString>,
    sign: &str,
    known_by: &str,
) -> Result<(), Refusal> {
    // Anybody could sign with an empty token.
    tokens.retain(|token| !token.expose_secret().is_empty());
    let nobody = [SecretString::default()];
    let tried = if tokens.is_empty() {
        &nobody[..]
    } else {
        &tokens
    };

    let mut signed: Vec<Param<'_>> = parameters
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let verified = sign::verify_any(
        &GATEWAY.scheme,
        &sign::Options::default(),
        &mut signed,
        tried.iter().cycle().take(TRIES.max(tried.len())),
        sign,
    );
    if tokens.is_empty() {
        let reason = "no sender is known under this node; ask the operator of the receiver for the right one";
        let refusal = Refusal::new(ErrorCode::Param, "节点不存在", reason);
        return Err(refusal.at(format!("/{known_by}")));
    }
    let reason = match verified {
        Ok(()) => return Ok(()),
        Err(VerifyError::Mismatch) => {
            "the signature is another one; compare the token, then what was signed with what was sent"
        }
        Err(VerifyError::NotComputed(_)) => {
            "these parameters cannot be signed; send fewer brackets in a name"
        }
    };
    Err(Refusal::new(ErrorCode::Sign, WRONG_SIGNATURE, reason).at("/sign"))
}

/// System parameters are texts: one with brackets would be signed and then not be seen.
fn check_texts(parameters: &[(String, FormValue)]) -> Result<(), Refusal> {
    let nested = parameters
        .iter()
        .find(|(name, value)| is_system(name) && value.as_text().is_none());
    match nested {
        None => Ok(()),
        Some((name, _)) => Err(Refusal::malformed(
            format!("/{name}"),
            "this system parameter is a text; send one value, without brackets in its name",
        )),
    }
}

/// A signature that proved other parameters before proves nothing: the signed text has no separators,
/// so that whoever saw one push could cut other pushes from it.
pub(super) fn reused_signature() -> Refusal {
    let reason = "this signature came with other parameters before; sign each push anew";
    Refusal::new(ErrorCode::Sign, WRONG_SIGNATURE, reason).at("/sign")
}

/// Refuses a time stamp that lies too far from the present.
pub(super) fn check_window(
    system: System<'_>,
    window: Option<Duration>,
    now: BeijingTime,
) -> Result<(), Refusal> {
    let Some(window) = window else {
        return Ok(());
    };
    let timestamp = given(system, "timestamp")?;
    let is_plain = timestamp.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: Option<i64> = timestamp.parse().ok().filter(|_| is_plain);
    match seconds {
        Some(seconds) if seconds.abs_diff(now.unix()) <= window.as_secs() => Ok(()),
        Some(_) => Err(Refusal::malformed(
            "/timestamp",
            "this time is too far from the present; set the clock, and sign when sending",
        )),
        None => Err(Refusal::malformed(
            "/timestamp",
            "this is no time stamp; send seconds since 1970-01-01 00:00:00 UTC as digits",
        )),
    }
}

/// The text of a system parameter.
fn given<'p>(system: System<'p>, name: &str) -> Result<&'p str, Refusal> {
    system
        .get(name)
        .filter(|text| !text.is_empty())
        .ok_or_else(|| {
            Refusal::malformed(
                format!("/{name}"),
                "this system parameter is missing; send text that is not empty",
            )
        })
}

fn not_a_form(error: &FormError) -> Refusal {
    let reason = match error {
        FormError::Repeated { .. } => "this is set more than once; send it once",
        FormError::ValueNotUtf8 { .. } | FormError::NameNotUtf8 { .. } => {
            "this is not UTF-8; encode the form as UTF-8"
        }
        FormError::NoNextKey { .. } => "there is no next key for []; number the elements from 0",
        FormError::TooLarge { .. } => {
            "the form has more bytes, pairs or brackets than are read; send fewer lines in one push"
        }
    };
    let refusal = Refusal::new(ErrorCode::Param, MALFORMED, reason);
    match error.pointer() {
        Some(pointer) => refusal.at(pointer),
        None => refusal,
    }
}
