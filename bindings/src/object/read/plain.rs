//! JSON text as serde reads it, quicker than serde_json, to which it leaves everything that is hard:
//! escapes, floats, the extent of values that are kept or passed over, and every complaint.
//!
//! It reads nothing that serde_json would not read, and as the same. [`Unread`] says no more than
//! that a text is for serde_json, which knows the place and the words.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

use super::number::{NUMBER, RAW};

/// Reads the whole of a text.
pub(super) fn read<'de, S: DeserializeSeed<'de>>(
    text: &'de str,
    seed: S,
) -> Result<S::Value, Unread> {
    let mut json = Json { text, at: 0 };
    let value = seed.deserialize(&mut json)?;
    match json.peek() {
        Some(_) => Err(Unread),
        None => Ok(value),
    }
}

/// The text was not read, or only the beginning of it.
#[derive(Debug)]
pub(super) struct Unread;

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not read")
    }
}

impl std::error::Error for Unread {}

impl Error for Unread {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unread
    }
}

/// A text and how far it was read.
struct Json<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Json<'de> {
    /// The next byte that is not white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.text.as_bytes().get(self.at)?;
            if byte > b' ' || !b" \n\t\r".contains(&byte) {
                return Some(byte);
            }
            self.at += 1;
        }
    }

    #[inline]
    fn take(&mut self, expected: u8) -> Result<(), Unread> {
        if self.peek() != Some(expected) {
            return Err(Unread);
        }
        self.at += 1;
        Ok(())
    }

    /// The text from `start` to here.
    #[inline]
    fn since(&self, start: usize) -> Result<&'de str, Unread> {
        self.text.get(start..self.at).ok_or(Unread)
    }

    /// A string whose quote is next.
    #[inline]
    fn string(&mut self) -> Result<Cow<'de, str>, Unread> {
        let quote = self.at;
        if self.skip_string()? {
            let text = self.text.get(quote + 1..self.at - 1).ok_or(Unread)?;
            return Ok(Cow::Borrowed(text));
        }
        let unescaped = serde_json::from_str(self.since(quote)?);
        unescaped.map(Cow::Owned).map_err(|_| Unread)
    }

    /// Passes over a string; whether it means what it says, or has escapes, which may be wrong.
    #[inline]
    fn skip_string(&mut self) -> Result<bool, Unread> {
        self.at += 1;
        let mut is_plain = true;
        loop {
            let rest = self.text.as_bytes().get(self.at..).ok_or(Unread)?;
            let length = plain_length(rest);
            match rest.get(length) {
                Some(b'"') => {
                    self.at += length + 1;
                    return Ok(is_plain);
                }
                Some(b'\\') => {
                    self.at += length + 2;
                    is_plain = false;
                }
                _ => return Err(Unread),
            }
        }
    }

    /// Passes over a key if it is this one.
    #[inline]
    fn skip_key(&mut self, name: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let is_next = rest.starts_with(name.as_bytes()) && rest.get(name.len()) == Some(&b'"');
        if is_next {
            self.at += name.len() + 2;
        }
        is_next
    }

    /// A number that begins here.
    #[inline]
    fn number(&mut self) -> Result<&'de str, Unread> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        self.at += usize::from(bytes.get(self.at) == Some(&b'-'));
        if bytes.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = bytes.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        self.since(start)
    }

    #[inline]
    fn digits(&mut self) -> Result<(), Unread> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        if count == 0 { Err(Unread) } else { Ok(()) }
    }

    fn word(&mut self, word: &str) -> Result<(), Unread> {
        let start = self.at;
        self.at += word.len();
        if self.since(start)? == word {
            Ok(())
        } else {
            Err(Unread)
        }
    }

    /// The text of any value.
    fn extent(&mut self) -> Result<&'de str, Unread> {
        let first = self.peek();
        let start = self.at;
        match first {
            Some(b'-' | b'0'..=b'9') => return self.number(),
            Some(b'"') if self.skip_string()? => return self.since(start),
            _ => {}
        }
        let rest = self.text.get(start..).ok_or(Unread)?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
        let value = values.next().and_then(Result::ok).ok_or(Unread)?;
        self.at = start + values.byte_offset();
        Ok(value.get())
    }
}

/// How many bytes a string has until its end, an escape or a character that it may not have.
#[inline]
fn plain_length(text: &[u8]) -> usize {
    // Eight at a time: the lowest high bit that is set marks the first of them.
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = ONES << 7;
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word;
    let mut length = 0;
    let mut rest = text;
    while let Some((eight, tail)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*eight);
        let controls = word.wrapping_sub(ONES * 0x20) & !word;
        let quotes = zeros(word ^ (ONES * u64::from(b'"')));
        let escapes = zeros(word ^ (ONES * u64::from(b'\\')));
        let found = (controls | quotes | escapes) & HIGHS;
        if found != 0 {
            return length + found.trailing_zeros() as usize / 8;
        }
        length += 8;
        rest = tail;
    }
    let is_plain = |byte: &&u8| !matches!(**byte, b'"' | b'\\' | 0..0x20);
    length + rest.iter().take_while(is_plain).count()
}

impl<'de> Deserializer<'de> for &mut Json<'de> {
    type Error = Unread;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        match self.peek().ok_or(Unread)? {
            b'"' => match self.string()? {
                Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
                Cow::Owned(text) => visitor.visit_string(text),
            },
            b'{' => {
                self.at += 1;
                let value = visitor.visit_map(Members {
                    json: self,
                    is_first: true,
                })?;
                self.take(b'}').map(|()| value)
            }
            b'[' => {
                self.at += 1;
                let value = visitor.visit_seq(Members {
                    json: self,
                    is_first: true,
                })?;
                self.take(b']').map(|()| value)
            }
            b't' => {
                self.word("true")?;
                visitor.visit_bool(true)
            }
            b'f' => {
                self.word("false")?;
                visitor.visit_bool(false)
            }
            b'n' => {
                self.word("null")?;
                visitor.visit_unit()
            }
            _ => {
                let text = self.number()?;
                if let (Ok(value), true) = (text.parse(), text.as_bytes() != b"-0") {
                    return visitor.visit_i64(value);
                }
                serde_json::Deserializer::from_str(text)
                    .deserialize_any(visitor)
                    .map_err(|_| Unread)
            }
        }
    }

    /// As serde_json, which knows a value's own text by its name. [`NUMBER`] is a number's own text
    /// without ceremony; a key that is the expected one, by its name, is told by a unit: it needs no
    /// comparing with other names, nor a look for its end.
    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unread> {
        match name {
            NUMBER => match self.peek() {
                Some(b'-' | b'0'..=b'9') => visitor.visit_bytes(self.number()?.as_bytes()),
                _ => self.deserialize_any(visitor),
            },
            RAW => visitor.visit_map(OwnText(self.extent()?)),
            key if self.skip_key(key) => visitor.visit_unit(),
            _ => self.deserialize_any(visitor),
        }
    }

    /// A text that is passed over may be a key, in which serde_json takes no half of a surrogate
    /// pair, as it does in a value: read as a text, neither is taken.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unread> {
        if self.peek() == Some(b'"') {
            self.string()?;
        } else {
            self.extent()?;
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// The members of an object or the elements of a list.
struct Members<'a, 'de> {
    json: &'a mut Json<'de>,
    is_first: bool,
}

impl Members<'_, '_> {
    /// The first byte of the next one; none if there is none.
    #[inline]
    fn next(&mut self, end: u8) -> Result<Option<u8>, Unread> {
        let next = self.json.peek();
        if next == Some(end) {
            return Ok(None);
        }
        if std::mem::take(&mut self.is_first) {
            return next.map(Some).ok_or(Unread);
        }
        if next != Some(b',') {
            return Err(Unread);
        }
        self.json.at += 1;
        self.json.peek().map(Some).ok_or(Unread)
    }
}

impl<'de> SeqAccess<'de> for Members<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        match self.next(b']')? {
            None => Ok(None),
            Some(_) => seed.deserialize(&mut *self.json).map(Some),
        }
    }
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Unread;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        match self.next(b'}')? {
            None => Ok(None),
            Some(b'"') => seed.deserialize(&mut *self.json).map(Some),
            Some(_) => Err(Unread),
        }
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        self.json.take(b':')?;
        seed.deserialize(&mut *self.json)
    }
}

/// A value's own text in a map around it, as serde_json hands it out.
struct OwnText<'de>(&'de str);

impl<'de> MapAccess<'de> for OwnText<'de> {
    type Error = Unread;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unread> {
        seed.deserialize(BorrowedStrDeserializer::new(RAW))
            .map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unread> {
        seed.deserialize(BorrowedStrDeserializer::new(self.0))
    }
}
