//! The members of a struct: by name from an object, by position from a list, as the table says.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::value::{Mode, Target, ValueVisitor};
use super::{Problem, is_enough, problem};
use crate::RawJson;
use crate::object::path::Path;
use crate::object::{Layout, Object, Table};

/// Anything else than what is wanted: noted without its value, which serde's own error would show.
macro_rules! refuse_scalars {
    () => {
        fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
            self.refuse("true or false");
            Ok(())
        }

        fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
            self.refuse("a number");
            Ok(())
        }

        fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
            self.refuse("a text");
            Ok(())
        }

        fn visit_unit<E: Error>(self) -> Result<(), E> {
            self.refuse("null");
            Ok(())
        }
    };
}

/// Reads the members of a struct, by name or by position.
pub(super) struct ObjectVisitor<'a> {
    pub(super) object: &'a mut (dyn Object + 'static),
    pub(super) path: &'a Path<'a>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl ObjectVisitor<'_> {
    /// The same visitor, lent.
    pub(super) fn again(&mut self) -> ObjectVisitor<'_> {
        ObjectVisitor {
            object: &mut *self.object,
            path: self.path,
            problems: &mut *self.problems,
        }
    }

    fn refuse(self, found: &'static str) {
        let expected = match self.object.table().layout {
            Layout::Named => "an object",
            Layout::Positional => "a list of arguments",
        };
        self.problems
            .push(Problem::new(self.path.pointer(), expected, found));
    }
}

impl<'de> Visitor<'de> for ObjectVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    refuse_scalars!();

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.object.table();
        if table.layout == Layout::Positional {
            pass_over(map)?;
            self.refuse("an object");
            return Ok(());
        }
        let mut seen = Seen::default();
        let mut next = 0;
        while let Some(key) = map.next_key_seed(KeySeed { table, next })? {
            if is_enough(self.problems) {
                map.next_value::<IgnoredAny>()?;
                return pass_over(map);
            }
            match key {
                Key::Known(index) => {
                    next = index + 1;
                    let Some(field) = table.fields.get(index) else {
                        continue;
                    };
                    let found = map.next_value_seed(ValueVisitor {
                        target: Target::Field(self.object, index),
                        value: &field.value,
                        path: &Path::Key(self.path, field.name),
                        problems: self.problems,
                        mode: Mode::Outer,
                    })?;
                    seen.note(index, found);
                }
                Key::Unknown(name) => {
                    let raw: RawJson = map.next_value()?;
                    self.object.extra_mut().insert(name, raw);
                }
            }
        }
        missing(table, &seen, self.path, self.problems);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let table = self.object.table();
        if table.layout == Layout::Named {
            // PHP writes an empty object as an empty list.
            if seq.next_element::<IgnoredAny>()?.is_some() {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                self.refuse("a list");
                return Ok(());
            }
        }
        let mut seen = Seen::default();
        for (index, field) in table.fields.iter().enumerate() {
            let found = seq.next_element_seed(ValueVisitor {
                target: Target::Field(self.object, index),
                value: &field.value,
                path: &Path::Index(self.path, index),
                problems: self.problems,
                mode: Mode::Outer,
            })?;
            let Some(found) = found else { break };
            seen.note(index, found);
        }
        let mut beyond = table.fields.len();
        while let Some(raw) = seq.next_element::<RawJson>()? {
            self.object.extra_mut().insert(beyond.to_string(), raw);
            beyond += 1;
        }
        missing(table, &seen, self.path, self.problems);
        Ok(())
    }
}

/// Notes every required field that was not there.
pub(crate) fn missing(table: &Table, seen: &Seen, path: &Path<'_>, problems: &mut Vec<Problem>) {
    for index in table.marks.required.without(seen.first) {
        let Some(field) = table.fields.get(index) else {
            return;
        };
        if field.required && !seen.has(index) {
            let path = match table.layout {
                Layout::Named => Path::Key(path, field.name),
                Layout::Positional => Path::Index(path, index),
            };
            problems.push(problem(&path, &field.value, "nothing"));
        }
    }
}

/// Which fields of a struct have been found; any number of fields.
#[derive(Default)]
pub(crate) struct Seen {
    first: u64,
    rest: Vec<usize>,
}

impl Seen {
    pub(crate) fn note(&mut self, index: usize, found: Found) {
        if found == Found::Absent {
            return;
        }
        match bit(index) {
            Some(bit) => self.first |= bit,
            None => self.rest.push(index),
        }
    }

    fn has(&self, index: usize) -> bool {
        match bit(index) {
            Some(bit) => self.first & bit != 0,
            None => self.rest.contains(&index),
        }
    }
}

fn bit(index: usize) -> Option<u64> {
    1_u64.checked_shl(u32::try_from(index).ok()?)
}

/// Whether a value was there. A broken one was: it is not reported as missing too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Present,
    Absent,
    Broken,
}

enum Key {
    Known(usize),
    Unknown(String),
}

struct KeySeed {
    table: &'static Table,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    /// Says which key it expects, see [`plain`](super::plain); other formats ignore it.
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        match self.table.fields.get(self.next) {
            Some(field) if self.table.marks.plain_names => {
                deserializer.deserialize_newtype_struct(field.name, self)
            }
            _ => deserializer.deserialize_str(self),
        }
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_unit<E: Error>(self) -> Result<Key, E> {
        Ok(Key::Known(self.next))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        Ok(match self.table.position(name, self.next) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(name.to_owned()),
        })
    }
}

/// The single argument of a positional request.
pub(super) struct OnlyArgument<'a>(pub(super) ObjectVisitor<'a>);

impl<'de> Visitor<'de> for OnlyArgument<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of one argument")
    }

    refuse_scalars!();

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        pass_over(map)?;
        self.refuse("an object");
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if seq.next_element_seed(self.0)?.is_none() {
            return Err(A::Error::custom(
                "a list of one argument, found an empty one",
            ));
        }
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(()),
            Some(_) => Err(A::Error::custom("a list of one argument, found more")),
        }
    }
}

impl OnlyArgument<'_> {
    fn refuse(self, found: &'static str) {
        let expected = "a list of one argument".to_owned();
        self.0
            .problems
            .push(Problem::new(String::new(), expected, found));
    }
}

fn pass_over<'de, A: MapAccess<'de>>(mut map: A) -> Result<(), A::Error> {
    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    Ok(())
}

impl<'de> DeserializeSeed<'de> for OnlyArgument<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> DeserializeSeed<'de> for ObjectVisitor<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}
