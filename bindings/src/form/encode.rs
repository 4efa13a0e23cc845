//! Percent encoding, as every vendor's program does it: a space is `+`, hexadecimal is upper case.

/// What each byte is written as: itself, `+`, or `%XX`.
const TABLE: [Written; 256] = table();

#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    AsItIs,
    Plus,
    Percent([u8; 3]),
}

/// Appends the encoded pairs to `out`, joined by `&`. What `out` holds already stays as it is.
pub fn encode_pairs<N, V>(pairs: impl IntoIterator<Item = (N, V)>, out: &mut String)
where
    N: AsRef<str>,
    V: AsRef<str>,
{
    let mut separator = "";
    for (name, value) in pairs {
        out.push_str(separator);
        separator = "&";
        encode(name.as_ref(), out);
        out.push('=');
        encode(value.as_ref(), out);
    }
}

/// Appends the encoded text to `out`: letters, digits and `*-._` as they are, a space as `+`, every
/// other byte of the UTF-8 form as `%XX`.
pub fn encode(text: &str, out: &mut String) {
    let mut raw_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let written = written_as(byte);
        if written == Written::AsItIs {
            continue;
        }
        // Inside a character the range is empty and has no text.
        out.push_str(text.get(raw_from..at).unwrap_or_default());
        raw_from = at + 1;
        match written {
            Written::AsItIs => {}
            Written::Plus => out.push('+'),
            Written::Percent(code) => out.extend(code.map(char::from)),
        }
    }
    out.push_str(text.get(raw_from..).unwrap_or_default());
}

fn written_as(byte: u8) -> Written {
    // The table has a place for every byte.
    TABLE
        .get(usize::from(byte))
        .copied()
        .unwrap_or(Written::AsItIs)
}

#[expect(
    clippy::indexing_slicing,
    reason = "at compile time, where a wrong index does not build"
)]
const fn table() -> [Written; 256] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [Written::AsItIs; 256];
    let mut byte = 0_u8;
    loop {
        let place = byte as usize;
        table[place] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => Written::AsItIs,
            b' ' => Written::Plus,
            _ => Written::Percent([b'%', HEX[place >> 4], HEX[place & 0xF]]),
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{encode, encode_pairs};

    #[test]
    fn every_ascii_character_is_written_as_forms_write_it() {
        let raw = "*-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for byte in 0..=0x7F_u8 {
            let c = char::from(byte);
            let expected = match c {
                ' ' => "+".to_owned(),
                c if raw.contains(c) => c.to_string(),
                _ => format!("%{byte:02X}"),
            };
            let mut out = String::new();
            encode(&c.to_string(), &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn text_outside_ascii_is_encoded_byte_by_byte() {
        let mut out = String::new();
        encode("a 中~😀z", &mut out);
        assert_eq!(out, "a+%E4%B8%AD%7E%F0%9F%98%80z");
    }

    #[test]
    fn pairs_are_appended_to_what_is_there() {
        let mut out = "http://h/openapi?".to_owned();
        encode_pairs([("a", "1&2"), ("b", ""), ("c", "x=y")], &mut out);
        assert_eq!(out, "http://h/openapi?a=1%262&b=&c=x%3Dy");
        encode_pairs([("", ""); 0], &mut out);
        assert!(out.ends_with("x%3Dy"));
    }
}
