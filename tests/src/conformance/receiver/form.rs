//! Parameters as the form body that a sender would make of them.

use dockseal::SecretString;
use dockseal::form::{self, FormValue};
use dockseal::shopex_oms::GATEWAY;
use dockseal::sign::{self, Options, Param};

use super::super::cases::Malformed;
use super::super::datum::Datum;

/// The members of a map as decoded parameters.
pub(super) fn parameters(pairs: &[(String, Datum)]) -> Result<Vec<(String, FormValue)>, Malformed> {
    pairs
        .iter()
        .map(|(name, value)| Ok((name.clone(), value.to_form(name)?)))
        .collect()
}

/// The body of these parameters with their signature.
pub(super) fn signed(
    parameters: &[(String, FormValue)],
    token: &SecretString,
) -> Result<String, Malformed> {
    let scheme = &GATEWAY.scheme;
    let mut params: Vec<_> = parameters
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let sign = sign::compute(scheme, &Options::default(), &mut params, token)
        .map_err(|error| Malformed(format!("cannot be signed: {error}")))?;

    let mut pairs = Vec::new();
    for (name, value) in parameters {
        flatten(name.clone(), value, &mut pairs)?;
    }
    pairs.push((scheme.parameter.to_owned(), sign.as_str()));
    let mut body = String::new();
    form::encode_pairs(pairs, &mut body);
    Ok(body)
}

/// Nested values under names with brackets.
fn flatten<'v>(
    name: String,
    value: &'v FormValue,
    pairs: &mut Vec<(String, &'v str)>,
) -> Result<(), Malformed> {
    match value {
        FormValue::Text(text) => pairs.push((name, text)),
        FormValue::List(items) if !items.is_empty() => {
            for (position, item) in items.iter().enumerate() {
                flatten(format!("{name}[{position}]"), item, pairs)?;
            }
        }
        FormValue::Map(members) if !members.is_empty() => {
            for (key, item) in members {
                flatten(format!("{name}[{key}]"), item, pairs)?;
            }
        }
        FormValue::List(_) | FormValue::Map(_) => {
            return Err(Malformed(format!(
                "{name:?} is empty: a form has no way to send that"
            )));
        }
    }
    Ok(())
}
