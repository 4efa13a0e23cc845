//! JSON text straight from the tables: one walk over a value, one text that grows.
//!
//! Names are looked at once, not once for each line of a long list: see [`Names`].

use super::escape::{escape, escape_wide};
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

/// About how many bytes a member of a struct takes, so that a long text is not moved each time that
/// it doubles.
const MEMBER: usize = 24;

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
            if let Some(begin) = known.and_then(|place| self.known.get(place)?.get(index)) {
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
            } else {
                self.name(is_first, field.name);
                self.value(view, &field.value);
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
        if let Kind::Object(table) = element.kind {
            let guess = list.count().saturating_mul(table.fields.len() * MEMBER);
            self.text.reserve(guess);
        }
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
            Escape::Ascii => escape_wide(json, &mut self.text),
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

#[cfg(test)]
mod tests {
    use super::{Escape, Writer};
    use crate::Described;
    use crate::object::{Member, Value, rows};
    use crate::shopex_oms::StockinItem;

    /// A list that is long enough for its names to be written beforehand, with structs inside.
    #[test]
    fn long_lists_are_written_as_serde_writes_them() {
        let json = |lines: usize| {
            let line = |at: usize| {
                let absent = if at.is_multiple_of(3) { "null" } else { "2" };
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
