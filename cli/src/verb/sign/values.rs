//! What people's programs do to a value before it is signed, though it is sent as it was.

use encoding_rs::GBK;
use std::fmt::Write as _;

/// A change of one text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Change {
    /// None.
    #[default]
    Nothing,
    /// Percent encoding.
    Encoded(Encoding),
    /// Percent encoding undone once more.
    Decoded,
    /// White space at both ends taken away.
    Trimmed,
    /// `&lt;` and its like.
    Html,
    /// `True` and `False`.
    PythonBool,
    /// `1` and nothing.
    PhpBool,
}

/// A way of percent encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Encoding {
    /// A space is `+`, else `%20`.
    pub(super) plus: bool,
    /// `%E4`, else `%e4`.
    pub(super) upper: bool,
    /// What stays as it is, beside letters, digits, `-`, `_` and `.`.
    pub(super) raw: &'static str,
}

impl Change {
    /// The changed text.
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Change::Nothing => text.to_owned(),
            Change::Encoded(encoding) => encoding.apply(text),
            Change::Decoded => decoded(text),
            Change::Trimmed => text.trim().to_owned(),
            Change::Html => text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;")
                .replace('"', "&quot;"),
            Change::PythonBool => renamed(text, "True", "False"),
            Change::PhpBool => renamed(text, "1", ""),
        }
    }
}

fn renamed(text: &str, yes: &str, no: &str) -> String {
    match text {
        "true" => yes.to_owned(),
        "false" => no.to_owned(),
        text => text.to_owned(),
    }
}

/// A form of one name with this value, read as a gateway reads it.
fn decoded(text: &str) -> String {
    let form = format!("v={}", text.replace('&', "%26"));
    let pairs = dockseal::form::decode(form.as_bytes(), &dockseal::form::Limits::DEFAULT)
        .unwrap_or_default();
    let value = pairs.first().and_then(|(_, value)| value.as_text());
    value.unwrap_or(text).to_owned()
}

impl Encoding {
    fn apply(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() * 3);
        for byte in text.bytes() {
            let c = char::from(byte);
            if c.is_ascii_alphanumeric()
                || "-_.".contains(c)
                || (c.is_ascii() && self.raw.contains(c))
            {
                out.push(c);
            } else if c == ' ' && self.plus {
                out.push('+');
            } else if self.upper {
                let _ = write!(out, "%{byte:02X}");
            } else {
                let _ = write!(out, "%{byte:02x}");
            }
        }
        out
    }
}

/// The bytes that a text is signed as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Charset {
    /// What every gateway takes.
    #[default]
    Utf8,
    /// The usual charset of Chinese Windows.
    Gbk,
    /// UTF-8 bytes taken for Latin-1 characters, and these encoded as UTF-8.
    Twice,
    /// `?` for what an ASCII locale cannot write.
    QuestionMarks,
}

impl Charset {
    /// The bytes; none if the charset lacks a character.
    pub(super) fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Charset::Utf8 => Some(text.as_bytes().to_vec()),
            Charset::Gbk => {
                let (bytes, _, lacking) = GBK.encode(text);
                (!lacking).then(|| bytes.into_owned())
            }
            Charset::Twice => Some(
                text.bytes()
                    .map(char::from)
                    .collect::<String>()
                    .into_bytes(),
            ),
            Charset::QuestionMarks => Some(
                text.chars()
                    .map(|c| if c.is_ascii() { c } else { '?' })
                    .collect::<String>()
                    .into_bytes(),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_changed_as_named() {
        let php = Encoding {
            plus: true,
            upper: true,
            raw: "",
        };
        let rfc = Encoding {
            plus: false,
            upper: false,
            raw: "~",
        };
        assert_eq!(Change::Encoded(php).apply("a b~中"), "a+b%7E%E4%B8%AD");
        assert_eq!(Change::Encoded(rfc).apply("a b~中*"), "a%20b~%e4%b8%ad%2a");
        assert_eq!(Change::Decoded.apply("a%20b+c&d"), "a b c&d");
        assert_eq!(Change::Html.apply("<\"&"), "&lt;&quot;&amp;");
        assert_eq!(Change::PhpBool.apply("true"), "1");
        assert_eq!(Change::PythonBool.apply("falsey"), "falsey");
    }

    #[test]
    fn charsets_give_their_bytes() {
        assert_eq!(Charset::Gbk.encode("中"), Some(vec![0xD6, 0xD0]));
        assert_eq!(Charset::Gbk.encode("😀"), None);
        assert_eq!(Charset::Twice.encode("é"), Some("Ã©".as_bytes().to_vec()));
        assert_eq!(Charset::QuestionMarks.encode("a中"), Some(b"a?".to_vec()));
    }
}
