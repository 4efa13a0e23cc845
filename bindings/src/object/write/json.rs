//! JSON text straight from the tables: one walk over a value, one text that grows.
//!
//! Names are looked at once, not once for each line of a long list: see [`Names`].

use super::{Escape, decimal_text};
use crate::digits::Digits;
use crate::object::{Code, Elements, Field, Kind, Layout, Object, Table, Value, View};

/// JSON text as it grows.
pub(super) struct Writer {
    text: String,
    escape: Escape,
    /// A list of many elements has begun, so that names are written again and again.
    is_long: bool,
    known: Vec<Names>,
}

/// From how many elements on it pays to write the names of a list's structs beforehand.
const MANY: usize = 8;

/// The names of a struct as its members begin, `,"name":"`, one behind the other.
struct Names {
    table: &'static Table,
    text: String,
    ends: Vec<usize>,
}

impl Names {
    fn new(table: &'static Table, style: Escape) -> Names {
        let mut text = String::new();
        let write = |field: &Field| {
            text.push_str(",\"");
            escape(field.name, style, &mut text);
            text.push_str("\":\"");
            text.len()
        };
        let ends = table.fields.iter().map(write).collect();
        Names { table, text, ends }
    }

    /// The name of that row.
    fn get(&self, index: usize) -> Option<&str> {
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.text.get(start..*self.ends.get(index)?)
    }
}

impl Writer {
    pub(super) fn new(escape: Escape) -> Writer {
        Writer {
            text: String::with_capacity(256),
            escape,
            is_long: false,
            known: Vec::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// A struct as the only element of an array.
    pub(super) fn array(&mut self, object: &dyn Object) {
        self.text.push('[');
        self.object(object);
        self.text.push(']');
    }

    pub(super) fn object(&mut self, object: &dyn Object) {
        let table = object.table();
        match table.layout {
            Layout::Named => self.members(object, table),
            Layout::Positional => self.elements_by_position(object, table.fields),
        }
    }

    fn members(&mut self, object: &dyn Object, table: &'static Table) {
        let known = self.names(table);
        let mut is_first = true;
        for (index, field) in table.fields.iter().enumerate() {
            let view = object.get(index);
            if matches!(view, View::Absent) {
                continue;
            }
            match known.and_then(|place| self.known.get(place)?.get(index)) {
                Some(begin) => {
                    if is_first {
                        self.text.push('{');
                    }
                    let begin = begin.get(usize::from(is_first)..).unwrap_or_default();
                    // Texts are the most, and the quote that opens one comes with the name.
                    if let (View::Text(text), false) = (view, field.value.json_text) {
                        self.text.push_str(begin);
                        escape(text, self.escape, &mut self.text);
                        self.text.push('"');
                    } else {
                        let name = begin.strip_suffix('"').unwrap_or_default();
                        self.text.push_str(name);
                        self.value(view, &field.value);
                    }
                }
                None => {
                    self.name(is_first, field.name);
                    self.value(view, &field.value);
                }
            }
            is_first = false;
        }
        for (name, raw) in object.extra().iter() {
            self.name(is_first, name);
            is_first = false;
            self.raw(raw.as_str());
        }
        self.text.push_str(if is_first { "{}" } else { "}" });
    }

    fn name(&mut self, is_first: bool, name: &str) {
        self.text.push_str(if is_first { "{\"" } else { ",\"" });
        escape(name, self.escape, &mut self.text);
        self.text.push_str("\":");
    }

    /// Where the names of a struct are known, if it pays to know them.
    fn names(&mut self, table: &'static Table) -> Option<usize> {
        if !self.is_long {
            return None;
        }
        let is_known = |names: &Names| std::ptr::eq(names.table, table);
        self.known.iter().position(is_known).or_else(|| {
            self.known.push(Names::new(table, self.escape));
            self.known.len().checked_sub(1)
        })
    }

    fn elements_by_position(&mut self, object: &dyn Object, fields: &'static [Field]) {
        self.text.push('[');
        for (index, field) in fields.iter().enumerate().take(arguments(object)) {
            if index > 0 {
                self.text.push(',');
            }
            self.value(object.get(index), &field.value);
        }
        self.text.push(']');
    }

    /// A value as the wire wants it, which may be as JSON text inside a string.
    pub(super) fn value(&mut self, view: View<'_>, value: &Value) {
        if value.json_text && !matches!(view, View::Absent) {
            let mut writer = Writer::new(Escape::Raw);
            writer.inner(view, value);
            self.string(&writer.finish());
        } else {
            self.inner(view, value);
        }
    }

    /// A value as itself.
    pub(super) fn inner(&mut self, view: View<'_>, value: &Value) {
        match view {
            View::Absent => self.text.push_str("null"),
            View::Text(text) => self.string(text),
            View::Integer(number) => self.digits(&Digits::of(number), value.as_text),
            View::Boolean(true) => self.text.push_str("true"),
            View::Boolean(false) => self.text.push_str("false"),
            View::Decimal(decimal) => self.digits(&decimal_text(decimal, value), value.as_text),
            View::DateTime(time) => self.digits(&Digits::time(time), true),
            View::Date(day) => self.digits(&Digits::date(day), true),
            View::Enum(code) => match code.code() {
                Code::Integer(number) => self.digits(&Digits::of(number), value.as_text),
                Code::Text(text) => self.string(text),
            },
            View::Object(object) => self.object(object),
            View::List(list) => self.list(list, value),
            View::Json(raw) => self.raw(raw.as_str()),
        }
    }

    fn list(&mut self, list: &dyn Elements, value: &Value) {
        // Generated tables say of every list what its elements are.
        let Kind::List(element) = value.kind else {
            self.text.push_str("null");
            return;
        };
        self.is_long |= list.count() >= MANY;
        self.text.push('[');
        for index in 0..list.count() {
            if index > 0 {
                self.text.push(',');
            }
            self.value(list.element(index), element);
        }
        self.text.push(']');
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        escape(text, self.escape, &mut self.text);
        self.text.push('"');
    }

    fn digits(&mut self, digits: &Digits, quoted: bool) {
        if quoted {
            self.text.push('"');
            self.text.push_str(digits.as_str());
            self.text.push('"');
        } else {
            self.text.push_str(digits.as_str());
        }
    }

    /// JSON that is kept as its own text has characters outside ASCII only inside its strings.
    fn raw(&mut self, json: &str) {
        match self.escape {
            Escape::Raw => self.text.push_str(json),
            Escape::Ascii => escape_where(|byte| !byte.is_ascii(), json, &mut self.text),
        }
    }
}

/// How many arguments are written by position: an absent one before a present one is `null`, absent
/// ones at the end are left out.
pub(super) fn arguments(object: &dyn Object) -> usize {
    (0..object.table().fields.len())
        .rev()
        .find(|&index| !matches!(object.get(index), View::Absent))
        .map_or(0, |last| last + 1)
}

/// Appends a text as it stands between the quotes of a JSON string.
fn escape(text: &str, escape: Escape, out: &mut String) {
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
    use super::{Escape, Writer, escape, is_plain};
    use crate::Described;
    use crate::object::{Member, Value, rows};
    use crate::shopex_oms::StockinItem;

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

    /// A list that is long enough for its names to be written beforehand, with structs inside.
    #[test]
    fn long_lists_are_written_as_serde_writes_them() {
        let json = |lines: usize| {
            let line = |at: usize| {
                let absent = if at % 3 == 0 { "null" } else { "2" };
                format!(
                    r#"{{"product_bn":"{at}","normal_num":{absent},"batch":[{{"actualQty":1}}],"a\"b":[1]}}"#
                )
            };
            let lines: Vec<String> = (0..lines).map(line).collect();
            format!("[{}]", lines.join(","))
        };
        for lines in [1, 7, 8, 9, 40] {
            let items: Vec<StockinItem> = serde_json::from_str(&json(lines)).unwrap_or_default();
            assert_eq!(items.len(), lines);
            let mut writer = Writer::new(Escape::Raw);
            let value = rows::list(&ITEM, &[]);
            writer.value(items.view(), &value);
            assert_eq!(
                Ok(writer.finish()),
                serde_json::to_string(&items).map_err(|_| ())
            );
        }
    }

    const ITEM: Value = rows::object(StockinItem::TABLE, &[]);
}
