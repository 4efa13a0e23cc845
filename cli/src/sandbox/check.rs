//! The checks of a gateway, in its order: system parameters, account, signature, clock, method,
//! business request.

use dockseal::api::AnyApi;
use dockseal::gateway::{Credential, Gateway, Need, Source, Stamp};
use dockseal::object::read::{self, DecodeError};
use dockseal::object::violation::{Severity, Violation};
use dockseal::object::{self, Object};
use dockseal::sign::{self, Options, SignError};
use dockseal::{BeijingTime, Keys};

use super::explain::Report;
use super::parameters::Parameters;
use super::record::Seen;
use super::wrong::Wrong;

/// A request that is right.
pub(super) struct Checked {
    pub(super) api: &'static dyn AnyApi,
    pub(super) request: Box<dyn Object>,
}

/// Checks a request, noting account and method in its facts on the way. What could be read of the
/// business request is handed out even if it is wrong.
pub(super) fn check(
    parameters: &Parameters,
    path_method: Option<&str>,
    accounts: &[Keys],
    now: BeijingTime,
    seen: &mut Seen,
) -> Result<Checked, (Wrong, Option<Checked>)> {
    let gateway = parameters.gateway;
    let method = parameters
        .system(Source::Method)
        .or(path_method)
        .unwrap_or_default();
    seen.method = Some(method.chars().take(100).collect());
    let only = |wrong| (wrong, None);
    present(parameters).map_err(only)?;
    let keys = account(parameters, accounts, seen).map_err(only)?;
    constants(parameters).map_err(only)?;
    signature(parameters, keys).map_err(only)?;
    clock(parameters, now).map_err(only)?;
    let api = api(gateway, method).map_err(only)?;
    business(api, parameters)
}

/// The account's own name: the value of its first credential.
fn name(keys: &Keys) -> &str {
    keys.gateway()
        .credentials
        .first()
        .and_then(|row| keys.get(row.name))
        .unwrap_or_default()
}

/// Whether a request without this parameter is incomplete.
fn is_required(gateway: &Gateway, source: Source) -> bool {
    match source {
        Source::Method | Source::Constant(_) | Source::Timestamp | Source::Sign => true,
        Source::Credential(field) => {
            let row = gateway.credentials.iter().find(|row| belongs(row, field));
            row.is_some_and(|row| row.need == Need::Required)
                || gateway.scheme.digest_parameter == Some(field)
        }
    }
}

fn present(parameters: &Parameters) -> Result<(), Wrong> {
    let gateway = parameters.gateway;
    let mut required = gateway
        .parameters
        .iter()
        .filter(|parameter| is_required(gateway, parameter.source));
    match required.find(|parameter| {
        parameters
            .text(parameter.name)
            .is_none_or(|text| text.trim().is_empty())
    }) {
        None => Ok(()),
        Some(parameter) => Err(Wrong::Missing {
            parameter: parameter.name,
        }),
    }
}

/// The account that every credential in the request belongs to; the first credential names it.
fn account<'k>(
    parameters: &Parameters,
    accounts: &'k [Keys],
    seen: &mut Seen,
) -> Result<&'k Keys, Wrong> {
    let gateway = parameters.gateway;
    let mut fit: Vec<&Keys> = accounts
        .iter()
        .filter(|keys| keys.gateway().name == gateway.name)
        .collect();
    for row in gateway.credentials {
        // What an account only has by default is the caller's to choose.
        if matches!(row.need, Need::Default(_)) {
            continue;
        }
        for parameter in gateway.parameters {
            let Source::Credential(field) = parameter.source else {
                continue;
            };
            let Some(sent) = parameters
                .text(parameter.name)
                .filter(|_| belongs(row, field))
            else {
                continue;
            };
            fit.retain(|keys| keys.get(field).is_none_or(|value| value == sent));
            match fit.first() {
                Some(keys) => seen.account = Some(name(keys).to_owned()),
                None if seen.account.is_some() => {
                    return Err(Wrong::Credential {
                        parameter: parameter.name,
                    });
                }
                None => {
                    return Err(Wrong::Account {
                        parameter: parameter.name,
                    });
                }
            }
        }
    }
    fit.first().copied().ok_or(Wrong::Account {
        parameter: gateway.scheme.parameter,
    })
}

/// Whether a field is this credential or a half of it.
fn belongs(row: &Credential, field: &str) -> bool {
    row.name == field || row.split.is_some_and(|(_, halves)| halves.contains(&field))
}

fn constants(parameters: &Parameters) -> Result<(), Wrong> {
    let gateway = parameters.gateway;
    for parameter in gateway.parameters {
        let Some(sent) = parameters.text(parameter.name) else {
            continue;
        };
        match parameter.source {
            Source::Constant(expected) if sent != expected => {
                return Err(Wrong::Constant {
                    parameter: parameter.name,
                    expected,
                });
            }
            Source::Credential(field) => {
                let row = gateway.credentials.iter().find(|row| row.name == field);
                if let Some(row) =
                    row.filter(|row| !row.allowed.is_empty() && !row.allowed.contains(&sent))
                {
                    return Err(Wrong::NotAllowed {
                        parameter: parameter.name,
                        allowed: row.allowed,
                    });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn signature(parameters: &Parameters, keys: &Keys) -> Result<(), Wrong> {
    let scheme = &parameters.gateway.scheme;
    let given = parameters.text(scheme.parameter).unwrap_or_default();
    let digest = scheme
        .digest_parameter
        .and_then(|name| parameters.text(name));
    let options = Options {
        digest,
        ..Options::default()
    };
    // Every account of this crate has its secret.
    let secret = keys
        .secret()
        .map_err(|_| Wrong::Unsigned(SignError::EmptyName))?;
    let mut signed = parameters.signed(keys, true);
    if sign::verify(scheme, &options, &mut signed, secret, given).is_ok() {
        return Ok(());
    }
    let wanted = sign::compute(scheme, &options, &mut signed, secret).map_err(Wrong::Unsigned)?;
    Err(Wrong::Signature(Box::new(Report::new(
        parameters, keys, &options, &wanted, given,
    ))))
}

fn clock(parameters: &Parameters, now: BeijingTime) -> Result<(), Wrong> {
    let gateway = parameters.gateway;
    let Some(parameter) = gateway
        .parameters
        .iter()
        .find(|parameter| parameter.source == Source::Timestamp)
    else {
        return Ok(());
    };
    let text = parameters.text(parameter.name).unwrap_or_default();
    let (sent, form) = match gateway.stamp {
        Stamp::Seconds { since } => {
            let form = if since == 0 {
                "Unix seconds"
            } else {
                "seconds since 2012-01-01 00:00:00 +08:00"
            };
            (seconds(text).map(|sent| sent.saturating_add(since)), form)
        }
        // The platform takes Unix milliseconds as well.
        Stamp::DateTime => {
            let time = text.parse::<BeijingTime>().ok().map(BeijingTime::unix);
            (
                time.or_else(|| seconds(text).map(|millis| millis / 1000)),
                "2025-01-31 10:00:00, Beijing time",
            )
        }
    };
    let sent = sent.ok_or(Wrong::Stamp {
        parameter: parameter.name,
        form,
    })?;
    let Some(window) = gateway.window else {
        return Ok(());
    };
    let ahead = sent.saturating_sub(now.unix());
    if ahead.abs() <= i64::from(window) {
        Ok(())
    } else {
        Err(Wrong::Clock { ahead, window })
    }
}

/// A number of at most ten digits where it counts seconds, 13 where milliseconds.
fn seconds(text: &str) -> Option<i64> {
    if text.len() > 13 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn api(gateway: &Gateway, method: &str) -> Result<&'static dyn AnyApi, Wrong> {
    let mut apis = dockseal::APIS
        .iter()
        .filter(|api| api.api().gateway.name == gateway.name);
    match apis.clone().find(|api| api.api().method == method) {
        Some(api) => Ok(*api),
        None => Err(Wrong::Method {
            known: apis.by_ref().map(|api| api.api().method).collect(),
        }),
    }
}

fn business(
    api: &'static dyn AnyApi,
    parameters: &Parameters,
) -> Result<Checked, (Wrong, Option<Checked>)> {
    let mut request = api.blank_request();
    let read = match &parameters.body {
        Some(body) => read::request(api.api().positional, &mut *request, body.as_bytes()),
        None => read::from_form(&mut *request, &parameters.business()),
    };
    let wrong = read.map_err(unreadable).and_then(|()| {
        let broken = object::inspect(&*request)
            .into_iter()
            .filter(|found| found.severity == Severity::Error);
        let broken: Vec<Violation> = broken.collect();
        if broken.is_empty() {
            Ok(())
        } else {
            Err(Wrong::Invalid(broken))
        }
    });
    let checked = Checked { api, request };
    match wrong {
        Ok(()) => Ok(checked),
        Err(wrong) => Err((wrong, Some(checked))),
    }
}

fn unreadable(error: DecodeError) -> Wrong {
    if error
        .problems
        .iter()
        .all(|problem| problem.found == "nothing")
    {
        Wrong::Incomplete(error.problems)
    } else {
        Wrong::Unreadable(error.problems)
    }
}
