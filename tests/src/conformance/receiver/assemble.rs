//! Cases of the text that is signed.

use dockseal::SecretString;
use dockseal::shopex_oms::GATEWAY;
use dockseal::sign::{self, Options};

use super::super::cases::Malformed;
use super::super::datum::{self, Datum};
use super::super::difference;

/// Where the text or the signature is another one.
pub(super) fn difference(case: &Datum) -> Result<Option<String>, Malformed> {
    let (scheme, options) = (&GATEWAY.scheme, Options::default());
    let mut params = datum::params(case.map("params")?)?;
    let token = SecretString::from(case.text("token")?);
    // Fails on no parameters of this scheme, whatever they are.
    let unsigned = |error: sign::SignError| Malformed(format!("cannot be signed: {error}"));
    let assembled = sign::assembled(scheme, &options, &mut params).map_err(unsigned)?;
    let sign = sign::compute(scheme, &options, &mut params, &token).map_err(unsigned)?;

    let mut found = [("assembled", assembled), ("sign", sign.to_string())].into_iter();
    found
        .find_map(|(member, got)| {
            let expected = case.text(member).map(|text| Datum::Text(text.to_owned()));
            match expected {
                Ok(expected) => {
                    let place = format!("/{member}");
                    difference::first(&place, &expected, &Datum::Text(got))
                        .map(|difference| Ok(difference.to_string()))
                }
                Err(problem) => Some(Err(problem)),
            }
        })
        .transpose()
}
