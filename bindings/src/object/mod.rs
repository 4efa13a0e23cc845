//! The object runtime: thin generated types over one table each, and one runtime over the tables.
//!
//! A generated struct says what it is in a [`Table`] and lets the runtime reach its fields through
//! [`Object`]. Everything else is written once, here: JSON both ways ([`read`], [`mod@write`]), rules
//! ([`validate`](Described::validate)), form parameters, XML, redacted `Debug`, Rust source.

mod check;
mod debug;
mod enums;
mod macros;
mod marks;
pub mod path;
pub mod read;
mod rule;
mod rust;
mod scalar;
#[cfg(feature = "schema")]
pub mod schema;
mod table;
#[cfg(test)]
#[allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "its enum is public, as generated ones are"
)]
mod tests;
mod unique;
mod validate;
mod view;
pub mod violation;
pub mod write;
pub mod xml;
pub use debug::fmt_object;
pub use enums::{Code, EnumTable, OpenEnum, VariantRow};
#[doc(hidden)]
pub use enums::{label, label_zh};
pub use rule::{Bound, ObjectRule, Rule};
pub use rust::rust_source;
pub use table::{BeyondBmp, Field, Forms, Kind, Layout, Table, Value, rows};
pub use view::{Blank, Elements, Member, Slot, View};

use violation::{Violation, Violations};

/// A generated struct, as the runtime sees it. Implemented by `object!`.
pub trait Object: Send + Sync + 'static {
    /// Its rows.
    fn table(&self) -> &'static Table;
    /// A look at the field of that row.
    fn get(&self, index: usize) -> View<'_>;
    /// A place to fill the field of that row.
    fn slot(&mut self, index: usize) -> Slot<'_>;
    /// Fields that the schema does not know.
    fn extra(&self) -> &crate::Extra;
    /// Room for fields that the schema does not know.
    fn extra_mut(&mut self) -> &mut crate::Extra;
}

/// What every generated struct can do.
pub trait Described: Object + Blank + Sized {
    /// Its rows.
    const TABLE: &'static Table;

    /// Reads one value from JSON text, leniently: see [`read`].
    ///
    /// # Errors
    /// Every field that could not be understood, each with its JSON Pointer; or the place where the
    /// text stops being JSON.
    fn from_json(json: &[u8]) -> Result<Self, read::DecodeError> {
        let mut value = Self::blank();
        read::from_json(&mut value, json)?;
        Ok(value)
    }

    /// The value as JSON text.
    fn to_json(&self) -> String {
        write::to_json(self, write::Escape::Raw)
    }

    /// Checks every rule of the schema.
    ///
    /// # Errors
    /// All violations, not only the first. Warnings are not among them: see
    /// [`inspect`](Described::inspect).
    fn validate(&self) -> Result<(), Violations> {
        violations(self).map_or(Ok(()), Err)
    }

    /// All violations and warnings, in schema order.
    fn inspect(&self) -> Vec<Violation> {
        validate::inspect(self)
    }
}

/// A struct stands in a field as itself.
impl<T: Object + Blank> Member for T {
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

/// Reads a struct in any format of serde; called by `object!`.
#[doc(hidden)]
pub fn deserialize<'de, T: Object + Blank, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::blank();
    read::deserialize(&mut value, deserializer)?;
    Ok(value)
}

/// The violations of a value, warnings aside; none if it is valid.
pub(crate) fn violations(object: &dyn Object) -> Option<Violations> {
    let found = validate::violations(object);
    if found.is_empty() {
        None
    } else {
        Some(Violations(found))
    }
}

/// All violations and warnings of a value whose type is known only at run time, in schema order.
#[must_use]
pub fn inspect(object: &dyn Object) -> Vec<Violation> {
    validate::inspect(object)
}

/// The object that has the member at a pointer of wire names, and the name of that member.
pub(crate) fn holder<'a, 'p>(
    object: &'a dyn Object,
    pointer: &'p str,
) -> Option<(&'a dyn Object, &'p str)> {
    let (mut object, mut rest) = (object, pointer.strip_prefix('/')?);
    while let Some((head, below)) = rest.split_once('/') {
        match member(object, head)? {
            (_, View::Object(inside)) => (object, rest) = (inside, below),
            _ => return None,
        }
    }
    Some((object, rest))
}

/// The member of that wire name, if the schema knows it.
pub(crate) fn member<'a>(object: &'a dyn Object, name: &str) -> Option<(&'static Field, View<'a>)> {
    let mut fields = object.table().fields.iter().enumerate();
    let (index, field) = fields.find(|(_, field)| field.name == name)?;
    Some((field, object.get(index)))
}
