//! The smallest pieces of JSON text: strings, numbers and words.

use crate::source::Span;

/// A piece that is not JSON: where, and what is wrong with it.
pub(super) struct Flaw {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: &'static str,
}

impl Flaw {
    fn new(start: usize, end: usize, message: impl Into<String>, help: &'static str) -> Flaw {
        Flaw {
            span: Span { start, end },
            message: message.into(),
            help,
        }
    }
}

/// Reads the string that opens at `start`. Gives its value and the offset behind it; a string that
/// is never closed ends at the end of its line.
pub(super) fn string(text: &str, start: usize, flaws: &mut Vec<Flaw>) -> (String, usize) {
    let mut value = String::new();
    let mut at = start + 1;
    loop {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            flaws.push(Flaw::new(
                start,
                at,
                "the string is not closed",
                "close it with `\"`",
            ));
            return (value, at);
        };
        match c {
            '"' => return (value, at + 1),
            '\n' | '\r' => {
                flaws.push(Flaw::new(
                    start,
                    at,
                    "the string is not closed",
                    "close it with `\"`",
                ));
                return (value, at);
            }
            '\\' => {
                let (c, end) = escape(text, at, flaws);
                value.extend(c);
                at = end;
            }
            c if u32::from(c) < 0x20 => {
                flaws.push(Flaw::new(
                    at,
                    at + 1,
                    format!(
                        "a bare control character U+{:04X} in a string",
                        u32::from(c)
                    ),
                    "write it as an escape, `\\t` or `\\u00XX`",
                ));
                at += 1;
            }
            c => {
                value.push(c);
                at += c.len_utf8();
            }
        }
    }
}

/// One escape sequence; `start` is its backslash.
fn escape(text: &str, start: usize, flaws: &mut Vec<Flaw>) -> (Option<char>, usize) {
    let Some(c) = text.get(start + 1..).and_then(|rest| rest.chars().next()) else {
        return (None, start + 1);
    };
    let end = start + 1 + c.len_utf8();
    let simple = match c {
        '"' | '\\' | '/' => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(text, start, flaws),
        _ => {
            flaws.push(Flaw::new(
                start,
                end,
                format!("`\\{c}` is no escape of JSON"),
                "JSON has \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX",
            ));
            return (None, end);
        }
    };
    (Some(simple), end)
}

/// `\uXXXX`, or two of them that make a surrogate pair.
fn unicode(text: &str, start: usize, flaws: &mut Vec<Flaw>) -> (Option<char>, usize) {
    let help =
        "write four hexadecimal digits, and characters beyond U+FFFF as a pair or as themselves";
    let Some(high) = hex4(text, start + 2) else {
        flaws.push(Flaw::new(
            start,
            start + 2,
            "`\\u` without four hexadecimal digits",
            help,
        ));
        return (None, start + 2);
    };
    let end = start + 6;
    if let Some(c) = char::from_u32(high) {
        return (Some(c), end);
    }
    let low = text
        .get(end..end + 2)
        .filter(|t| *t == "\\u")
        .and_then(|_| hex4(text, end + 2));
    match low {
        Some(low) if (0xD800..0xDC00).contains(&high) && (0xDC00..0xE000).contains(&low) => {
            let c = char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
            (c, end + 6)
        }
        _ => {
            flaws.push(Flaw::new(start, end, "half of a surrogate pair", help));
            (None, end)
        }
    }
}

fn hex4(text: &str, start: usize) -> Option<u32> {
    let digits = text.get(start..start + 4)?;
    digits
        .bytes()
        .all(|b| b.is_ascii_hexdigit())
        .then_some(())?;
    u32::from_str_radix(digits, 16).ok()
}

/// The run of characters at `start` that could be a number or a word.
pub(super) fn word(text: &str, start: usize) -> &str {
    let rest = text.get(start..).unwrap_or_default();
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_')))
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// Whether the text is a number as JSON writes them.
pub(super) fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}
