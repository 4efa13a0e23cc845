//! Text as it stands between the quotes of a JSON string.

use super::Escape;

/// Appends a text as it stands between the quotes of a JSON string.
pub(super) fn escape(text: &str, escape: Escape, out: &mut String) {
    let outside_ascii = match escape {
        Escape::Raw => 0,
        Escape::Ascii => HIGH,
    };
    if is_plain(text.as_bytes(), outside_ascii) {
        out.push_str(text);
    } else {
        escape_special(text, escape, out);
    }
}

/// Appends a text with nothing escaped but what is outside ASCII.
pub(super) fn escape_wide(text: &str, out: &mut String) {
    escape_where(|byte| !byte.is_ascii(), text, out);
}

#[cold]
fn escape_special(text: &str, escape: Escape, out: &mut String) {
    let special = |byte: u8| {
        byte < b' '
            || byte == b'"'
            || byte == b'\\'
            || (escape == Escape::Ascii && !byte.is_ascii())
    };
    escape_where(special, text, out);
}

/// One in each byte of a word, and the highest bit of each.
const ONES: u64 = u64::MAX / 255;
const HIGH: u64 = ONES << 7;

/// Whether no byte of a text is special in JSON, eight bytes at a time. Bytes outside ASCII are
/// special as far as `outside_ascii` has their highest bits.
fn is_plain(text: &[u8], outside_ascii: u64) -> bool {
    // The highest bit of the lowest byte below `limit`, and maybe of others above it.
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let special = |word: u64| {
        // Flipping this bit puts the quote right behind the control characters, and nothing between.
        let controls = below(word ^ (ONES * 0b10), u64::from(b' ') + 1);
        let backslashes = below(word ^ (ONES * u64::from(b'\\')), 1);
        (controls | backslashes | (word & outside_ascii)) & HIGH
    };
    let eight = |bytes: &[u8; 8]| special(u64::from_le_bytes(*bytes));
    let found = match (text.first_chunk(), text.last_chunk()) {
        // The last word overlaps the one before it, so that no byte is left over.
        (Some(first), Some(last)) if text.len() <= 16 => eight(first) | eight(last),
        (_, Some(last)) => {
            let words = text.as_chunks().0.iter();
            words.fold(eight(last), |found, bytes| found | eight(bytes))
        }
        _ => special(short(text)),
    };
    found == 0
}

/// Fewer than eight bytes in one word, some of them twice or behind spaces.
fn short(text: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
    } else {
        let spaces = ONES * u64::from(b' ');
        text.iter()
            .fold(spaces, |word, byte| word << 8 | u64::from(*byte))
    }
}

/// Appends a text with those characters escaped whose first byte is special.
fn escape_where(special: impl Fn(u8) -> bool, text: &str, out: &mut String) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        // The bytes inside of a character are written with its first.
        if at < written || !special(byte) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some(character) = rest.chars().next() else {
            continue;
        };
        out.push_str(text.get(written..at).unwrap_or_default());
        push_escaped(character, out);
        written = at + character.len_utf8();
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

fn push_escaped(character: char, out: &mut String) {
    let short = match character {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{C}' => "\\f",
        '\r' => "\\r",
        _ => return push_units(character, out),
    };
    out.push_str(short);
}

/// `\uXXXX`, in surrogate pairs where needed.
fn push_units(character: char, out: &mut String) {
    for unit in character.encode_utf16(&mut [0; 2]) {
        out.push_str("\\u");
        for shift in [12, 8, 4, 0] {
            let digit = char::from_digit(u32::from(*unit >> shift) & 0xF, 16);
            out.push(digit.unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Escape, escape, is_plain};

    /// Every byte at every place of texts of every length up to three words.
    #[test]
    fn the_words_of_a_text_find_what_its_bytes_have() {
        for length in 1..25 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'!'; length];
                    if let Some(place) = text.get_mut(at) {
                        *place = byte;
                    }
                    let special = byte < 0x20 || byte == b'"' || byte == b'\\';
                    assert_eq!(
                        is_plain(&text, 0),
                        !special,
                        "{byte:#x} at {at} of {length}"
                    );
                    let special = special || !byte.is_ascii();
                    assert_eq!(is_plain(&text, super::HIGH), !special, "{byte:#x} at {at}");
                }
            }
        }
        assert!(is_plain(b"", super::HIGH));
    }

    #[test]
    fn texts_are_escaped_as_serde_json_escapes_them() {
        for character in (0..0x2FF).filter_map(char::from_u32).chain(['仓', '😀']) {
            for text in [
                format!("{character}"),
                format!("before {character} and behind \"{character}\""),
                format!("12345678{character}"),
            ] {
                let mut raw = "\"".to_owned();
                escape(&text, Escape::Raw, &mut raw);
                raw.push('"');
                assert_eq!(Ok(raw), serde_json::to_string(&text).map_err(|_| ()));

                let mut ascii = "\"".to_owned();
                escape(&text, Escape::Ascii, &mut ascii);
                ascii.push('"');
                assert!(ascii.is_ascii(), "{ascii}");
                assert_eq!(
                    serde_json::from_str::<String>(&ascii).map_err(|_| ()),
                    Ok(text)
                );
            }
        }
    }

    #[test]
    fn characters_outside_ascii_are_written_in_utf16() {
        let mut out = String::new();
        escape("é仓😀~", Escape::Ascii, &mut out);
        assert_eq!(out, "\\u00e9\\u4ed3\\ud83d\\ude00~");
    }
}
