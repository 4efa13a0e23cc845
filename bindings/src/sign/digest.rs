//! The digests: text and secret in, signature out.

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use secrecy::ExposeSecret as _;
use sha2::Sha256;
use zeroize::Zeroize as _;

use super::sink::Sink;
use super::{Algorithm, Case, Digest, SecretPlace, SecretString, SignError, Signature};

/// A digest under way: takes the text to be signed and puts the secret where the scheme wants it.
pub(super) struct Hasher<'s> {
    state: State,
    secret: &'s str,
}

#[derive(Clone)]
enum State {
    /// What has to follow the text, and the digest that takes it.
    Md5 {
        digest: Md5,
        end: End,
    },
    HmacMd5(Hmac<Md5>),
    HmacSha256(Hmac<Sha256>),
}

#[derive(Clone, Copy)]
enum End {
    Secret,
    InnerDigestAndSecret,
}

impl<'s> Hasher<'s> {
    /// # Errors
    /// The digest has no such place for a secret: without this check a text would go out unsigned.
    pub(super) fn new(digest: &Digest, secret: &'s SecretString) -> Result<Self, SignError> {
        let secret = secret.expose_secret();
        let unusable = || SignError::Unusable {
            digest: digest.name,
        };
        let state = match (digest.algorithm, digest.secret) {
            (Algorithm::Md5, SecretPlace::Around) => State::Md5 {
                digest: Md5::new_with_prefix(secret),
                end: End::Secret,
            },
            (Algorithm::Md5, SecretPlace::After) => State::Md5 {
                digest: Md5::new(),
                end: End::Secret,
            },
            (Algorithm::Md5, SecretPlace::AfterInnerDigest) => State::Md5 {
                digest: Md5::new(),
                end: End::InnerDigestAndSecret,
            },
            (Algorithm::HmacMd5, SecretPlace::Key) => {
                State::HmacMd5(Hmac::new_from_slice(secret.as_bytes()).map_err(|_| unusable())?)
            }
            (Algorithm::HmacSha256, SecretPlace::Key) => {
                State::HmacSha256(Hmac::new_from_slice(secret.as_bytes()).map_err(|_| unusable())?)
            }
            (Algorithm::Md5, SecretPlace::Key)
            | (Algorithm::HmacMd5 | Algorithm::HmacSha256, _) => return Err(unusable()),
        };
        Ok(Self { state, secret })
    }

    /// Takes a text before its secret is known; none where the secret comes before the text.
    pub(super) fn without_secret(digest: &Digest) -> Option<Hasher<'static>> {
        let end = match (digest.algorithm, digest.secret) {
            (Algorithm::Md5, SecretPlace::After) => End::Secret,
            (Algorithm::Md5, SecretPlace::AfterInnerDigest) => End::InnerDigestAndSecret,
            _ => return None,
        };
        let digest = Md5::new();
        Some(Hasher {
            state: State::Md5 { digest, end },
            secret: "",
        })
    }

    /// Computes what takes the text alone, once for all secrets: no text may follow.
    pub(super) fn end_text(&mut self) {
        if let State::Md5 { digest, end } = &mut self.state
            && let End::InnerDigestAndSecret = end
        {
            *digest = outer(std::mem::take(digest));
            *end = End::Secret;
        }
    }

    /// The same text, to be closed with this secret.
    pub(super) fn with_secret<'t>(&self, secret: &'t SecretString) -> Hasher<'t> {
        Hasher {
            state: self.state.clone(),
            secret: secret.expose_secret(),
        }
    }

    pub(super) fn finish(mut self, case: Case) -> Signature {
        self.end_text();
        match self.state {
            State::Md5 { digest, .. } => {
                Signature::new(&digest.chain_update(self.secret).finalize(), case)
            }
            State::HmacMd5(mac) => Signature::new(&mac.finalize().into_bytes(), case),
            State::HmacSha256(mac) => Signature::new(&mac.finalize().into_bytes(), case),
        }
    }
}

/// The digest of a digest, which the secret follows.
fn outer(inner: Md5) -> Md5 {
    // Upper case whatever the case of the signature: it is part of the formula.
    let mut inner = Signature::new(&inner.finalize(), Case::Upper);
    let outer = Md5::new_with_prefix(inner.as_str());
    inner.zeroize();
    outer
}

impl Sink for Hasher<'_> {
    fn text(&mut self, text: &str) {
        match &mut self.state {
            State::Md5 { digest, .. } => digest.update(text),
            State::HmacMd5(mac) => mac.update(text.as_bytes()),
            State::HmacSha256(mac) => mac.update(text.as_bytes()),
        }
    }
}
