//! Percent encoding, as every vendor's program does it: a space is `+`, hexadecimal is upper case.

/// What each byte is written as, and how many of these bytes count.
const TABLE: [([u8; 3], u8); 256] = table();

/// How many bytes are encoded at a time.
const CHUNK: usize = 256;

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
    if text
        .bytes()
        .all(|byte| written(byte).1 == 1 && byte != b' ')
    {
        out.push_str(text);
        return;
    }
    let mut encoded = [0; CHUNK * 3];
    for chunk in text.as_bytes().chunks(CHUNK) {
        let mut end = 0;
        // All three bytes are written whatever counts: what does not is written over. Whether the
        // next byte is special is not to be guessed, so this has no branch for it.
        for byte in chunk {
            let (bytes, count) = written(*byte);
            if let Some(place) = encoded.get_mut(end..end + 3) {
                place.copy_from_slice(&bytes);
            }
            end += usize::from(count);
        }
        let encoded = encoded.get(..end).unwrap_or_default();
        out.push_str(std::str::from_utf8(encoded).unwrap_or_default());
    }
}

fn written(byte: u8) -> ([u8; 3], u8) {
    // The table has a place for every byte.
    TABLE.get(usize::from(byte)).copied().unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    reason = "at compile time, where a wrong index does not build"
)]
const fn table() -> [([u8; 3], u8); 256] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [([0; 3], 0); 256];
    let mut byte = 0_u8;
    loop {
        let place = byte as usize;
        table[place] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => {
                ([byte, 0, 0], 1)
            }
            b' ' => ([b'+', 0, 0], 1),
            _ => ([b'%', HEX[place >> 4], HEX[place & 0xF]], 3),
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
    fn long_texts_are_encoded_as_their_parts_are() {
        for length in [255, 256, 257, 511, 512, 513, 1_000] {
            let text: String = "仓 a\"".chars().cycle().take(length).collect();
            let (mut whole, mut parts) = (String::new(), String::new());
            encode(&text, &mut whole);
            for c in text.chars() {
                encode(c.encode_utf8(&mut [0; 4]), &mut parts);
            }
            assert_eq!(whole, parts);
        }
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
