//! A signing scheme in words: the formula, and what its parts are.

use dockseal::gateway::Gateway;
use dockseal::sign::{Algorithm, Case, Digest, Layout, Scheme, SecretPlace};

use crate::language::Language;

/// The digest that a message chooses; the first if it chooses none that is known.
pub(in crate::verb) fn chosen(scheme: &Scheme, name: Option<&str>) -> Option<&'static Digest> {
    let named = name.and_then(|name| scheme.digests.iter().find(|digest| digest.name == name));
    named.or_else(|| scheme.digests.first())
}

/// The formula and what `text` stands for in it.
pub(in crate::verb) fn formula(gateway: &Gateway, digest: &Digest, language: Language) -> String {
    let case = match gateway.scheme.case {
        Case::Lower => "lowerhex",
        Case::Upper => "UPPERHEX",
    };
    let inside = match (digest.algorithm, digest.secret) {
        (Algorithm::HmacMd5, _) => "hmac_md5(key = secret, text)",
        (Algorithm::HmacSha256, _) => "hmac_sha256(key = secret, text)",
        (_, SecretPlace::Around) => "md5(secret + text + secret)",
        (_, SecretPlace::AfterInnerDigest) => "md5(UPPERHEX(md5(text)) + secret)",
        (_, SecretPlace::After | SecretPlace::Key) => "md5(text + secret)",
    };
    let text = match gateway.scheme.layout {
        Layout::NameValue => language.pick(
            "name value name value …, nothing between",
            "名 值 名 值 …，无分隔符",
        ),
        Layout::LengthPrefixed => language.pick(
            "length-name:length-value;…, lengths in characters, at least 2 and 4 digits",
            "长度-名:长度-值;…，长度按字符计，至少 2 位与 4 位",
        ),
        Layout::Nested => language.pick(
            "name value …, nothing between, lists and maps in the same way at every level",
            "名 值 …，无分隔符，列表与对象逐层同样展开",
        ),
    };
    let order = language.pick("; names in byte order", "；按名称字节序排列");
    format!("{case}({inside})\ntext = {text}{order}")
}
