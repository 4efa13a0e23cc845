//! A signing scheme as data, and what a caller may choose within it.
//!
//! Everything here can be built in a `const`; the generator writes one [`Scheme`] per gateway.

use std::fmt;

use super::SignError;

/// How a gateway signs its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The parameter that carries the signature.
    pub parameter: &'static str,
    /// Names that are never signed, `parameter` among them.
    pub omit: &'static [&'static str],
    /// How names and values are put together.
    pub layout: Layout,
    /// At least one; the first is the default.
    pub digests: &'static [Digest],
    /// The parameter that names the digest, when the caller may choose.
    pub digest_parameter: Option<&'static str>,
    /// Letter case of the signature.
    pub case: Case,
    /// The pseudo-parameter under which the body's text is signed; it is signed and not sent.
    pub body: Option<&'static str>,
    /// Values that are empty or white space ([`super::is_blank`]) are neither signed nor sent.
    pub skip_blank: bool,
}

/// How names and values are put together. Names are always in byte order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// name value name value ..., without separators.
    NameValue,
    /// `%02d-name:%04d-value` joined by `;`. The widths are minimum widths.
    LengthPrefixed,
    /// name value, where a value may be a list or a map, in byte order at every level.
    Nested,
}

/// One of the digests that a gateway accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The name as sent in `digest_parameter`.
    pub name: &'static str,
    /// What is computed.
    pub algorithm: Algorithm,
    /// Where the secret goes.
    pub secret: SecretPlace,
}

/// What is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// MD5: 32 hexadecimal digits.
    Md5,
    /// HMAC over MD5: 32 hexadecimal digits.
    HmacMd5,
    /// HMAC over SHA-256: 64 hexadecimal digits.
    HmacSha256,
}

/// Where the secret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretPlace {
    /// secret + text + secret.
    Around,
    /// text + secret.
    After,
    /// The key of the HMAC.
    Key,
    /// upper-hex(digest(text)) + secret, digested again.
    AfterInnerDigest,
}

/// Letter case of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `0123456789abcdef`
    Lower,
    /// `0123456789ABCDEF`
    Upper,
}

/// What a length in [`Layout::LengthPrefixed`] counts.
///
/// The three agree on ASCII. They differ on Chinese text (bytes) and on characters outside the
/// Basic Multilingual Plane (all three).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LengthUnit {
    /// Unicode code points, as the vendor's PHP code and its server count.
    #[default]
    CodePoints,
    /// UTF-16 units, as the vendor's Java and C# code counts.
    Utf16,
    /// Bytes of UTF-8, as several clients by others count.
    Utf8Bytes,
}

/// What the caller chooses within a scheme.
#[derive(Clone, Copy, Default)]
pub struct Options<'a> {
    /// Name of the digest; the scheme's first when none.
    pub digest: Option<&'a str>,
    /// Unit of the lengths in [`Layout::LengthPrefixed`].
    pub unit: LengthUnit,
    /// A raw body that is signed without a name behind the parameters, as the Taobao platform does
    /// for batch calls. Only [`Layout::NameValue`] has it.
    pub tail: Option<&'a str>,
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("digest", &self.digest)
            .field("unit", &self.unit)
            .finish_non_exhaustive()
    }
}

impl Scheme {
    /// The digest that `options` choose.
    pub(super) fn digest(&self, options: &Options<'_>) -> Result<&'static Digest, SignError> {
        let chosen = match options.digest {
            None => self.digests.first(),
            Some(name) => self.digests.iter().find(|digest| digest.name == name),
        };
        chosen.ok_or_else(|| SignError::UnknownDigest {
            digest: options.digest.unwrap_or_default().to_owned(),
            known: self.digests,
        })
    }

    /// Whether the parameter takes part in the signature, judged by its name.
    pub(super) fn covers(&self, name: &str) -> bool {
        !self.omit.contains(&name)
    }
}

impl LengthUnit {
    /// The length of `text` in this unit.
    pub fn count(self, text: &str) -> usize {
        match self {
            Self::CodePoints => text.chars().count(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf8Bytes => text.len(),
        }
    }
}
