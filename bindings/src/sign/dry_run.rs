//! The dry run: the text to be signed, for people to look at.

use super::sink::Sink;
use super::{Options, Param, Scheme, SecretPlace, SignError, layout, order};

/// Writes the whole text to be signed, the secret masked as `‹secret›` and the value of a secret
/// parameter as its name between the same marks.
///
/// Where an inner digest is taken first it is shown as `UPPERHEX(MD5(text))‹secret›`; under an HMAC
/// the secret is the key and does not appear.
///
/// # Errors
/// As [`super::compute`].
pub fn to_sign(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
) -> Result<String, SignError> {
    let digest = scheme.digest(options)?;
    let text = assembled(scheme, options, params)?;
    Ok(match digest.secret {
        SecretPlace::Around => format!("‹secret›{text}‹secret›"),
        SecretPlace::After => format!("{text}‹secret›"),
        SecretPlace::Key => text,
        SecretPlace::AfterInnerDigest => format!("UPPERHEX(MD5({text}))‹secret›"),
    })
}

/// Writes the part of the text to be signed that comes from the parameters: without the secret,
/// the values of secret parameters masked as in [`to_sign`].
///
/// # Errors
/// As [`super::compute`].
pub fn assembled(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
) -> Result<String, SignError> {
    order::sort(params)?;
    let mut paper = Paper(String::new());
    layout::write(scheme, options, params, &mut paper)?;
    Ok(paper.0)
}

struct Paper(String);

impl Sink for Paper {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn secret(&mut self, name: &str, _text: &str) {
        self.0.push('‹');
        self.0.push_str(name);
        self.0.push('›');
    }
}
