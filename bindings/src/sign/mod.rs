//! Signatures: the schemes of the four gateways as runtime algorithms.
//!
//! A [`Scheme`] is data that the generator writes from `gateway.json`. In go the parameters of one
//! message, as borrowed pairs, and the secret; out comes a [`Signature`]. The text to be signed is
//! streamed into the digest and never built; parameters are sorted where they stand, so that signing
//! flat parameters allocates nothing.
//!
//! ```
//! use dockseal::sign::{self, Algorithm, Case, Digest, Layout, Options, Param, Scheme, SecretPlace};
//!
//! const SCHEME: Scheme = Scheme {
//!     parameter: "sign",
//!     omit: &["sign"],
//!     layout: Layout::NameValue,
//!     digests: &[Digest { name: "md5", algorithm: Algorithm::Md5, secret: SecretPlace::Around }],
//!     digest_parameter: Some("sign_method"),
//!     case: Case::Upper,
//!     body: None,
//!     skip_blank: true,
//! };
//!
//! let mut params = [
//!     Param::new("foo", "1"),
//!     Param::new("bar", "2"),
//!     Param::new("foo_bar", "3"),
//!     Param::new("foobar", "4"),
//! ];
//! let secret = sign::SecretString::from("helloworld");
//! let options = Options::default();
//! let signature = sign::sign(&SCHEME, &options, &mut params, &secret)?;
//! assert_eq!(signature.as_str(), "5AAF1C690262A24768F5478B084C2C8A");
//! sign::verify(&SCHEME, &options, &mut params, &secret, "5AAF1C690262A24768F5478B084C2C8A")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To look at what is signed, [`to_sign`] writes it out with the secret masked.

mod blank;
mod digest;
mod dry_run;
mod error;
mod layout;
mod order;
mod param;
mod scheme;
mod signature;
mod sink;

pub use self::blank::is_blank;
pub use self::dry_run::{assembled, to_sign};
pub use self::error::{SignError, VerifyError};
pub use self::order::check_names;
pub use self::param::{Param, Value};
pub use self::scheme::{Algorithm, Case, Digest, Layout, LengthUnit, Options, Scheme, SecretPlace};
pub use self::signature::Signature;
pub use secrecy::SecretString;

use self::digest::Hasher;

/// Signs a message that we send. The parameters are sorted in place.
///
/// # Errors
/// A name that is empty, not ASCII or given twice; a nested value in a flat layout; a digest that
/// the scheme does not have. No error shows a value.
pub fn sign(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
    secret: &SecretString,
) -> Result<Signature, SignError> {
    order::refuse_odd_names(params)?;
    compute(scheme, options, params, secret)
}

/// Computes a signature whatever the names are: for messages that others wrote.
///
/// What a partner signed is signed, even under a name that [`sign`] would refuse.
///
/// # Errors
/// As [`sign`], except that names may be empty or hold any character.
pub fn compute(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
    secret: &SecretString,
) -> Result<Signature, SignError> {
    let digest = scheme.digest(options)?;
    order::sort(params)?;
    let mut hasher = Hasher::new(digest, secret)?;
    layout::write(scheme, options, params, &mut hasher)?;
    Ok(hasher.finish(scheme.case))
}

/// Checks the signature of a message that we received, in constant time. The comparison is exact:
/// a signature in the other letter case is refused.
///
/// # Errors
/// The signature is another one, or none can be computed.
pub fn verify(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
    secret: &SecretString,
    given: &str,
) -> Result<(), VerifyError> {
    verify_any(scheme, options, params, [secret], given)
}

/// Checks the signature of a message that may be signed with any of these secrets: while one
/// replaces another, both count.
///
/// Every secret is tried, whether or not one before it matched, so that the time taken does not tell
/// which one did. Where the secret comes behind the text, the text is digested only once.
///
/// # Errors
/// As [`verify`]; without secrets, every signature is another one.
pub fn verify_any<'s>(
    scheme: &Scheme,
    options: &Options<'_>,
    params: &mut [Param<'_>],
    secrets: impl IntoIterator<Item = &'s SecretString>,
    given: &str,
) -> Result<(), VerifyError> {
    let digest = scheme.digest(options)?;
    order::sort(params)?;
    let mut text = Hasher::without_secret(digest);
    if let Some(hasher) = &mut text {
        layout::write(scheme, options, params, hasher)?;
        hasher.end_text();
    }
    let mut is_signed = false;
    for secret in secrets {
        let hasher = if let Some(text) = &text {
            text.with_secret(secret)
        } else {
            let mut hasher = Hasher::new(digest, secret)?;
            layout::write(scheme, options, params, &mut hasher)?;
            hasher
        };
        is_signed |= hasher.finish(scheme.case).matches(given);
    }
    if is_signed {
        Ok(())
    } else {
        Err(VerifyError::Mismatch)
    }
}

#[cfg(test)]
mod tests;
