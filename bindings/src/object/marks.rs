//! What follows from a struct's rows alone, worked out while the program is compiled: the fields that
//! must be there, and those that `validate` has to look at.

use super::table::{BeyondBmp, Field, Forms, Kind, Value};

/// Sets of a struct's fields.
#[derive(Clone, Debug)]
pub(crate) struct Marks {
    /// A message without them is incomplete.
    pub(crate) required: Set,
    /// They could break a rule.
    pub(crate) ruled: Set,
    /// They could break a rule or be warned of.
    pub(crate) watched: Set,
    /// Every name stands in JSON text as it is, without escapes.
    pub(crate) plain_names: bool,
}

/// A set of fields by their places. All from the 64th on are in it: whoever asks looks again.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    bits: u64,
    /// The places beyond the bits.
    beyond: usize,
    end: usize,
}

impl Marks {
    pub(super) const NONE: Marks = Marks::of(&[], BeyondBmp::Allow);

    pub(super) const fn of(fields: &[Field], beyond_bmp: BeyondBmp) -> Marks {
        let mut marks = Marks {
            required: Set::empty(fields.len()),
            ruled: Set::empty(fields.len()),
            watched: Set::empty(fields.len()),
            plain_names: true,
        };
        let (mut rest, mut bit) = (fields, 1_u64);
        // Shifting the last bit out leaves none for the fields beyond.
        while let [field, tail @ ..] = rest {
            if field.required {
                marks.required.bits |= bit;
            }
            if is_ruled(&field.value) {
                marks.ruled.bits |= bit;
            }
            if is_watched(&field.value, beyond_bmp) {
                marks.watched.bits |= bit;
            }
            marks.plain_names = marks.plain_names && is_plain(field.name.as_bytes());
            (rest, bit) = (tail, bit << 1);
        }
        marks
    }
}

impl Set {
    const fn empty(end: usize) -> Set {
        Set {
            bits: 0,
            beyond: u64::BITS as usize,
            end,
        }
    }

    /// Without the first fields that have their bit set.
    pub(crate) fn without(&self, bits: u64) -> Set {
        Set {
            bits: self.bits & !bits,
            ..self.clone()
        }
    }

    const fn is_empty(&self) -> bool {
        self.bits == 0 && self.end <= self.beyond
    }
}

/// The places in order.
impl Iterator for Set {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.bits != 0 {
            let index = self.bits.trailing_zeros() as usize;
            self.bits &= self.bits - 1;
            return Some(index);
        }
        let index = self.beyond;
        self.beyond += 1;
        (index < self.end).then_some(index)
    }
}

const fn is_plain(name: &[u8]) -> bool {
    match name {
        [] => true,
        [b'"' | b'\\' | 0..0x20, ..] => false,
        [_, rest @ ..] => is_plain(rest),
    }
}

const fn is_ruled(value: &Value) -> bool {
    if !value.rules.is_empty() {
        return true;
    }
    match value.kind {
        Kind::Decimal { .. } => true,
        Kind::Object(table) => {
            table.closed || !table.rules.is_empty() || !table.marks.ruled.is_empty()
        }
        Kind::List(element) => is_ruled(element),
        Kind::Json => !Forms::USUAL.has(value.forms),
        _ => false,
    }
}

const fn is_watched(value: &Value, beyond_bmp: BeyondBmp) -> bool {
    if is_ruled(value) {
        return true;
    }
    match value.kind {
        Kind::Text => !matches!(beyond_bmp, BeyondBmp::Allow),
        Kind::Object(table) => !table.marks.watched.is_empty(),
        Kind::List(element) => is_watched(element, beyond_bmp),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::table::rows::{MaxLength, Table, object, optional, text};

    /// The fields that have to be looked at, of a struct whose only field is a struct of so many, the
    /// last of which has a rule or not.
    fn ruled(count: usize, rule: bool) -> Vec<usize> {
        let mut fields: Vec<_> = (0..count).map(|_| optional("f", "", text(&[]))).collect();
        if let (Some(last), true) = (fields.last_mut(), rule) {
            *last = optional("f", "", text(&[MaxLength(1)]));
        }
        let inner = Table::new("Inner", "", "").fields(fields.leak());
        let outer = [optional(
            "inner",
            "",
            object(Box::leak(Box::new(inner)), &[]),
        )];
        Marks::of(&outer, BeyondBmp::Allow).ruled.collect()
    }

    #[test]
    fn a_struct_is_looked_into_for_a_rule_of_any_of_its_fields() {
        for count in [1, 63, 64, 65, 66, 200] {
            assert_eq!(ruled(count, true), [0], "{count} fields");
        }
        for count in [0, 1, 64] {
            assert!(ruled(count, false).is_empty(), "{count} fields");
        }
    }
}
