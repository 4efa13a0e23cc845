//! The rows that describe a type: one [`Table`] per struct, one [`Field`] per property.
//!
//! Generated code builds these as constants with the functions of [`rows`]; everything that reads,
//! writes, checks, prints or documents a value is driven by them.

use super::marks::Marks;
use super::rule::{ObjectRule, Rule};

/// What the schema says of one struct.
#[derive(Debug)]
pub struct Table {
    /// The Rust name.
    pub name: &'static str,
    /// The document's Chinese term.
    pub title: &'static str,
    /// File and JSON Pointer of the schema, `gateway/method.json#/$defs/Name`.
    pub location: &'static str,
    /// How its fields travel.
    pub layout: Layout,
    /// Unknown fields are a violation.
    pub closed: bool,
    /// Which texts are warned of when they leave the Basic Multilingual Plane.
    pub beyond_bmp: BeyondBmp,
    /// In schema order.
    pub fields: &'static [Field],
    /// Rules over several fields.
    pub rules: &'static [ObjectRule],
    /// What reading and checking would else find out for every value anew.
    pub(crate) marks: Marks,
}

/// How the fields of a struct travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// As an object, by name.
    Named,
    /// As an array, by position.
    Positional,
}

/// A gateway's trouble with characters outside the Basic Multilingual Plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BeyondBmp {
    /// They are safe.
    Allow,
    /// They are signed well, but the vendor's database refuses them.
    Refused,
    /// Vendors' own programs disagree on their length, which is signed.
    Miscounted,
}

/// What the schema says of one property.
#[derive(Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The Rust field.
    pub rust: &'static str,
    /// The document's Chinese term.
    pub title: &'static str,
    /// A message without it is incomplete.
    pub required: bool,
    /// Its type and rules.
    pub value: Value,
}

/// The type of a field or of a list's elements, with its rules.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a keyword of the dialect of its own"
)]
#[derive(Debug)]
pub struct Value {
    /// The type.
    pub kind: Kind,
    /// JSON types that the schema admits.
    pub forms: Forms,
    /// Numbers and booleans are written as JSON strings.
    pub as_text: bool,
    /// The value travels as JSON text inside a string.
    pub json_text: bool,
    /// A list that may arrive as its only element.
    pub one_or_many: bool,
    /// Never shown: buyer data, free text, names of persons.
    pub sensitive: bool,
    /// Checked by `validate`.
    pub rules: &'static [Rule],
}

/// The types that the dialect knows.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `bool`.
    Boolean,
    /// `rust_decimal::Decimal` with at most `precision` digits, `scale` of them decimals.
    Decimal {
        /// Digits in all.
        precision: u32,
        /// Digits after the point.
        scale: u32,
    },
    /// [`BeijingTime`](crate::BeijingTime).
    DateTime,
    /// [`BeijingDate`](crate::BeijingDate).
    Date,
    /// An open enum.
    Enum(&'static super::EnumTable),
    /// A struct with a table of its own.
    Object(&'static Table),
    /// `Vec` of these.
    List(&'static Value),
    /// Any JSON, kept as its own text.
    Json,
}

/// JSON types that a schema admits where the kind leaves a choice, as a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forms(u8);

impl Forms {
    /// What the kind alone implies.
    pub const USUAL: Forms = Forms(0);
    /// A JSON string.
    pub const STRING: Forms = Forms(1);
    /// A JSON number.
    pub const NUMBER: Forms = Forms(2);
    /// An object.
    pub const OBJECT: Forms = Forms(4);
    /// An array.
    pub const ARRAY: Forms = Forms(8);
    /// `null`.
    pub const NULL: Forms = Forms(16);
    /// An empty string (or the zero time) that stands for absence.
    pub const BLANK: Forms = Forms(32);

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }

    /// Whether every form of `other` is admitted.
    #[must_use]
    pub const fn has(self, other: Forms) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Table {
    /// A struct whose fields travel by name.
    #[must_use]
    pub const fn new(name: &'static str, title: &'static str, location: &'static str) -> Table {
        Table {
            name,
            title,
            location,
            layout: Layout::Named,
            closed: false,
            beyond_bmp: BeyondBmp::Allow,
            fields: &[],
            rules: &[],
            marks: Marks::NONE,
        }
    }

    /// Its fields travel by position.
    #[must_use]
    pub const fn positional(mut self) -> Table {
        self.layout = Layout::Positional;
        self
    }

    /// Unknown fields are a violation.
    #[must_use]
    pub const fn closed(mut self) -> Table {
        self.closed = true;
        self
    }

    /// What is said of characters outside the Basic Multilingual Plane.
    #[must_use]
    pub const fn beyond_bmp(mut self, policy: BeyondBmp) -> Table {
        self.beyond_bmp = policy;
        self
    }

    /// Rules over several fields.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [ObjectRule]) -> Table {
        self.rules = rules;
        self
    }

    /// Its rows; called by `object!`.
    #[doc(hidden)]
    #[must_use]
    pub const fn fields(mut self, fields: &'static [Field]) -> Table {
        self.fields = fields;
        self.marks = Marks::of(fields, self.beyond_bmp);
        self
    }

    /// Whether a message without any field is incomplete.
    pub(crate) fn needs_fields(&self) -> bool {
        self.fields.iter().any(|field| field.required)
    }

    /// The place of a field, searched from `expected` on: messages mostly come in schema order,
    /// without some of the optional fields.
    #[must_use]
    pub fn position(&self, name: &str, expected: usize) -> Option<usize> {
        let expected = expected.min(self.fields.len());
        let (before, after) = self.fields.split_at_checked(expected)?;
        let place = |fields: &[Field]| fields.iter().position(|field| field.name == name);
        place(after)
            .map(|index| expected + index)
            .or_else(|| place(before))
    }
}

impl Field {
    /// The Rust name; called by `object!`.
    #[doc(hidden)]
    #[must_use]
    pub const fn named(mut self, rust: &'static str) -> Field {
        self.rust = rust;
        self
    }
}

impl Value {
    const fn of(kind: Kind, rules: &'static [Rule]) -> Value {
        Value {
            kind,
            forms: Forms::USUAL,
            as_text: false,
            json_text: false,
            one_or_many: false,
            sensitive: false,
            rules,
        }
    }

    /// The schema admits these JSON types.
    #[must_use]
    pub const fn forms(mut self, forms: Forms) -> Value {
        self.forms = forms;
        self
    }

    /// Written as a JSON string.
    #[must_use]
    pub const fn as_text(mut self) -> Value {
        self.as_text = true;
        self
    }

    /// Travels as JSON text inside a string.
    #[must_use]
    pub const fn json_text(mut self) -> Value {
        self.json_text = true;
        self
    }

    /// May arrive as its only element.
    #[must_use]
    pub const fn one_or_many(mut self) -> Value {
        self.one_or_many = true;
        self
    }

    /// Never shown.
    #[must_use]
    pub const fn sensitive(mut self) -> Value {
        self.sensitive = true;
        self
    }
}

/// The vocabulary of generated rows.
pub mod rows {
    use super::super::enums::EnumTable;
    pub use super::super::rule::Bound;
    pub use super::super::rule::ObjectRule::{AnyOfRequired, DependentRequired};
    pub use super::super::rule::Rule::{
        Const, ExclusiveMaximum, ExclusiveMinimum, Known, MaxBytes, MaxItems, MaxLength, Maximum,
        MinItems, MinLength, Minimum, Pattern, UniqueItems,
    };
    pub use super::{BeyondBmp, Field, Forms, Table};
    use super::{Kind, Rule, Value};

    /// A field that every message has.
    #[must_use]
    pub const fn required(name: &'static str, title: &'static str, value: Value) -> Field {
        Field {
            name,
            rust: "",
            title,
            required: true,
            value,
        }
    }

    /// A field that a message may lack.
    #[must_use]
    pub const fn optional(name: &'static str, title: &'static str, value: Value) -> Field {
        Field {
            name,
            rust: "",
            title,
            required: false,
            value,
        }
    }

    /// Text.
    #[must_use]
    pub const fn text(rules: &'static [Rule]) -> Value {
        Value::of(Kind::Text, rules)
    }

    /// A 64-bit integer.
    #[must_use]
    pub const fn integer(rules: &'static [Rule]) -> Value {
        Value::of(Kind::Integer, rules)
    }

    /// True or false.
    #[must_use]
    pub const fn boolean(rules: &'static [Rule]) -> Value {
        Value::of(Kind::Boolean, rules)
    }

    /// An exact decimal.
    #[must_use]
    pub const fn decimal(precision: u32, scale: u32, rules: &'static [Rule]) -> Value {
        Value::of(Kind::Decimal { precision, scale }, rules)
    }

    /// `Y-m-d H:i:s` in Beijing time.
    #[must_use]
    pub const fn datetime(rules: &'static [Rule]) -> Value {
        Value::of(Kind::DateTime, rules)
    }

    /// `Y-m-d`.
    #[must_use]
    pub const fn date(rules: &'static [Rule]) -> Value {
        Value::of(Kind::Date, rules)
    }

    /// An open enum.
    #[must_use]
    pub const fn enumeration(table: &'static EnumTable, rules: &'static [Rule]) -> Value {
        Value::of(Kind::Enum(table), rules)
    }

    /// A struct.
    #[must_use]
    pub const fn object(table: &'static Table, rules: &'static [Rule]) -> Value {
        Value::of(Kind::Object(table), rules)
    }

    /// A list.
    #[must_use]
    pub const fn list(element: &'static Value, rules: &'static [Rule]) -> Value {
        Value::of(Kind::List(element), rules)
    }

    /// Any JSON.
    #[must_use]
    pub const fn json(rules: &'static [Rule]) -> Value {
        Value::of(Kind::Json, rules)
    }
}
