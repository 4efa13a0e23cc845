//! The account of the demo: made up from the rows of `gateway.json`, the same in every run.

use dockseal::gateway::{Credential, Gateway, Need};
use dockseal::{CredentialError, Keys};

/// An account with a made-up value for whatever a real one must have.
///
/// Secrets that may be left out are there too, so that the demo shows how they are masked.
pub(super) fn account(gateway: &'static Gateway) -> Result<Keys, CredentialError> {
    let mut keys = Keys::new(gateway);
    for row in gateway.credentials {
        if row.need == Need::Required || (row.secret && row.need == Need::Optional) {
            keys.set(row.name, value(row))?;
        }
    }
    Ok(keys)
}

/// Texts that must not be seen.
pub(super) fn secrets(keys: &Keys) -> Vec<&str> {
    let rows = keys.gateway().credentials.iter().filter(|row| row.secret);
    let names = rows.flat_map(|row| match row.split {
        Some((_, halves)) => halves.to_vec(),
        None => vec![row.name],
    });
    names.filter_map(|name| keys.get(name)).collect()
}

/// `testsid` for `sid`, `testsecret:testsalt` for a secret of two halves.
fn value(row: &Credential) -> String {
    match (row.allowed.first(), row.split) {
        (Some(allowed), _) => (*allowed).to_owned(),
        (None, Some((at, [first, second]))) => {
            format!("{}{at}{}", made_up(first), made_up(second))
        }
        (None, None) => made_up(row.name),
    }
}

fn made_up(name: &str) -> String {
    format!("test{}", name.replace('_', ""))
}
