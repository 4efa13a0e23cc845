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

enum State {
    /// What has to follow the text, and the digest that takes it.
    Md5 {
        digest: Md5,
        end: End,
    },
    HmacMd5(Hmac<Md5>),
    HmacSha256(Hmac<Sha256>),
}

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

    pub(super) fn finish(self, case: Case) -> Signature {
        match self.state {
            State::Md5 { digest, end } => Signature::new(&close(digest, &end, self.secret), case),
            State::HmacMd5(mac) => Signature::new(&mac.finalize().into_bytes(), case),
            State::HmacSha256(mac) => Signature::new(&mac.finalize().into_bytes(), case),
        }
    }
}

fn close(digest: Md5, end: &End, secret: &str) -> [u8; 16] {
    let outer = match end {
        End::Secret => digest,
        End::InnerDigestAndSecret => {
            // Upper case whatever the case of the signature: it is part of the formula.
            let mut inner = Signature::new(&digest.finalize(), Case::Upper);
            let outer = Md5::new_with_prefix(inner.as_str());
            inner.zeroize();
            outer
        }
    };
    outer.chain_update(secret).finalize().into()
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
