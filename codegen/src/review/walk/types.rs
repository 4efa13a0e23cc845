//! Sets of types: what kinds of values a schema admits.

use std::ops::{BitAnd, BitOr, Not};

use crate::json::{Node, Value};
use crate::review::number::Number;

/// A set of JSON's types, numbers parted into whole ones and others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NONE: Types = Types(0);
    pub(super) const NULL: Types = Types(1);
    pub(super) const BOOLEAN: Types = Types(1 << 1);
    pub(super) const INTEGER: Types = Types(1 << 2);
    pub(super) const FRACTION: Types = Types(1 << 3);
    pub(super) const STRING: Types = Types(1 << 4);
    pub(super) const ARRAY: Types = Types(1 << 5);
    pub(super) const OBJECT: Types = Types(1 << 6);
    pub(super) const NUMBER: Types = Types(Types::INTEGER.0 | Types::FRACTION.0);
    pub(super) const ALL: Types = Types((1 << 7) - 1);

    /// Each of them alone.
    pub(super) fn each() -> impl Iterator<Item = Types> {
        (0..7).map(|bit| Types(1 << bit))
    }

    /// What a name in `type` stands for.
    fn named(name: &str) -> Option<Types> {
        Some(match name {
            "null" => Types::NULL,
            "boolean" => Types::BOOLEAN,
            "integer" => Types::INTEGER,
            "number" => Types::NUMBER,
            "string" => Types::STRING,
            "array" => Types::ARRAY,
            "object" => Types::OBJECT,
            _ => return None,
        })
    }

    /// What the value of `type` stands for: a name or a list of them. None when it is neither.
    pub(super) fn said(node: &Node) -> Option<Types> {
        match &node.value {
            Value::Text(name) => Types::named(name),
            Value::List(names) => names
                .iter()
                .map(|name| Types::named(name.text()?))
                .try_fold(Types::NONE, |all, one| Some(all | one?)),
            _ => None,
        }
    }

    /// The type of a value.
    pub(super) fn of(value: &Node) -> Types {
        match &value.value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(_) => match Number::of(value) {
                Some(number) if number.is_integral() => Types::INTEGER,
                Some(_) => Types::FRACTION,
                None => Types::NUMBER,
            },
            Value::Text(_) => Types::STRING,
            Value::List(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self == Types::NONE
    }

    /// Whether they have a type in common.
    pub(super) fn meet(self, other: Types) -> bool {
        !(self & other).is_empty()
    }
}

impl BitAnd for Types {
    type Output = Types;

    fn bitand(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }
}

impl BitOr for Types {
    type Output = Types;

    fn bitor(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }
}

impl Not for Types {
    type Output = Types;

    fn not(self) -> Types {
        Types(!self.0) & Types::ALL
    }
}
