//! The steps of signing, each with the right way and the wrong ones.

use std::borrow::Cow;

use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::{Digest as _, Md5};
use secrecy::ExposeSecret as _;
use sha2::Sha256;

use super::Subject;
use crate::verb::sign::message::Role;

/// Which parameters are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Without {
    Nothing,
    Body,
    Business,
    System,
    Names(&'static [&'static str]),
}

/// Which parameters are there beyond those that should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum With {
    Nothing,
    Sign,
    EmptySign,
    Omitted,
    Secret,
}

/// The order of the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Order {
    Bytes,
    Sent,
    IgnoringCase,
    Descending,
    SystemFirst,
    BodyLast,
}

/// The order of a list's positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Lists {
    AsTexts,
    AsNumbers,
    WithoutPositions,
}

/// How the time stamp is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum StampForm {
    Sent,
    Shifted(i64),
    Milliseconds,
    Unix,
    Since2012,
    DateTime,
}

/// What becomes of values that are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Blanks {
    Kept,
    EmptyDropped,
    BlankDropped,
    AsNull,
}

/// How names and values are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Join {
    NameValue,
    Lengths { padded: bool },
    Query,
    Values,
    BodyWithoutName,
}

/// What is taken for the secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Key {
    Right,
    Whole,
    Salt,
    Param(&'static [&'static str]),
    Empty,
    Before(&'static str),
    Behind(&'static str),
    Quoted,
    Upper,
    Lower,
}

/// Where the secret stands beside the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Place {
    Nowhere,
    Before,
    After,
    Around,
}

/// What is computed of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::verb::sign) enum Hash {
    Md5,
    Sha256,
    HmacMd5,
    HmacSha256,
}

impl Order {
    pub(super) fn sort<T>(
        self,
        items: &mut [T],
        name: impl Fn(&T) -> &str,
        role: impl Fn(&T) -> Role,
    ) {
        items.sort_by(|a, b| {
            let bytes = name(a).cmp(name(b));
            match self {
                Order::Sent => std::cmp::Ordering::Equal,
                Order::Bytes => bytes,
                Order::Descending => bytes.reverse(),
                Order::IgnoringCase => name(a).to_lowercase().cmp(&name(b).to_lowercase()),
                Order::SystemFirst => (role(a) == Role::Business)
                    .cmp(&(role(b) == Role::Business))
                    .then(bytes),
                Order::BodyLast => (role(a) == Role::Body)
                    .cmp(&(role(b) == Role::Body))
                    .then(bytes),
            }
        });
    }
}

impl Key {
    pub(super) fn bytes(self, Subject { message, secret }: Subject<'_>) -> Option<Vec<u8>> {
        let right = secret.signing.expose_secret();
        let text: Cow<'_, str> = match self {
            Key::Right => right.into(),
            Key::Whole => secret.whole.as_ref()?.expose_secret().into(),
            Key::Salt => secret.salt.as_ref()?.expose_secret().into(),
            Key::Param(names) => names.iter().find_map(|name| message.text(name))?.into(),
            Key::Empty => "".into(),
            Key::Before(what) => format!("{what}{right}").into(),
            Key::Behind(what) => format!("{right}{what}").into(),
            Key::Quoted => format!("\"{right}\"").into(),
            Key::Upper => right.to_uppercase().into(),
            Key::Lower => right.to_lowercase().into(),
        };
        Some(text.as_bytes().to_vec())
    }
}

impl Place {
    pub(super) fn around(self, text: &[u8], key: &[u8]) -> Vec<u8> {
        match self {
            Place::Nowhere => text.to_vec(),
            Place::Before => [key, text].concat(),
            Place::After => [text, key].concat(),
            Place::Around => [key, text, key].concat(),
        }
    }
}

impl Hash {
    pub(super) fn of(self, text: &[u8], key: &[u8]) -> Option<Vec<u8>> {
        Some(match self {
            Hash::Md5 => Md5::digest(text).to_vec(),
            Hash::Sha256 => Sha256::digest(text).to_vec(),
            Hash::HmacMd5 => Hmac::<Md5>::new_from_slice(key)
                .ok()?
                .chain_update(text)
                .finalize()
                .into_bytes()
                .to_vec(),
            Hash::HmacSha256 => Hmac::<Sha256>::new_from_slice(key)
                .ok()?
                .chain_update(text)
                .finalize()
                .into_bytes()
                .to_vec(),
        })
    }

    /// Whether the secret is its key.
    pub(in crate::verb::sign) fn is_keyed(self) -> bool {
        matches!(self, Hash::HmacMd5 | Hash::HmacSha256)
    }
}
