//! What counts as a value that is not there.

/// Whether `text` is empty or white space as Java's `Character.isWhitespace` sees it.
///
/// The Taobao platform's Java SDK drops such values from the request and from the signature. The
/// rule is not Rust's: U+001C to U+001F and U+3000 are white space, U+0085 and the no-break spaces
/// U+00A0, U+2007 and U+202F are not.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(is_java_whitespace)
}

fn is_java_whitespace(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | '\u{1C}'..='\u{1F}' | ' '
        | '\u{1680}'
        | '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}'
        | '\u{2028}' | '\u{2029}'
        | '\u{205F}' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::{is_blank, is_java_whitespace};

    #[test]
    fn blank_follows_java_and_not_rust() {
        for blank in ["", " ", "\t\n\r", "\u{3000}", "\u{1F}", "\u{2028} "] {
            assert!(is_blank(blank), "{blank:?}");
        }
        for kept in [
            "\u{A0}", "\u{2007}", "\u{202F}", "\u{85}", "\u{200B}", "\u{FEFF}", " x ",
        ] {
            assert!(!is_blank(kept), "{kept:?}");
        }
    }

    #[test]
    fn java_s_white_space_is_these_25_characters_and_no_other() {
        let found: Vec<u32> = ('\0'..=char::MAX)
            .filter(|c| is_java_whitespace(*c))
            .map(u32::from)
            .collect();
        let ranges = [
            0x9..=0xD,
            0x1C..=0x20,
            0x1680..=0x1680,
            0x2000..=0x2006,
            0x2008..=0x200A,
            0x2028..=0x2029,
            0x205F..=0x205F,
            0x3000..=0x3000,
        ];
        let named: Vec<u32> = ranges.into_iter().flatten().collect();
        assert_eq!((found.len(), found), (25, named));
    }
}
