//! How the runtime reaches into generated types: [`View`] to look at a field, [`Slot`] to fill it.
//!
//! Both are plain enums over the few types a field can have, so that reading, writing and checking
//! are compiled once, not once per type.

use rust_decimal::Decimal;

use super::{Object, OpenEnum};
use crate::{BeijingDate, BeijingTime, RawJson};

/// A look at one value.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Not there.
    Absent,
    /// Text.
    Text(&'a str),
    /// An integer.
    Integer(i64),
    /// True or false.
    Boolean(bool),
    /// An exact decimal.
    Decimal(&'a Decimal),
    /// A time.
    DateTime(BeijingTime),
    /// A day.
    Date(BeijingDate),
    /// An open enum.
    Enum(&'a dyn OpenEnum),
    /// A struct.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn Elements),
    /// Any JSON.
    Json(&'a RawJson),
}

/// A place to put one value; taking it makes an optional field present.
pub enum Slot<'a> {
    /// Nowhere: the index was out of range.
    Nowhere,
    /// Text.
    Text(&'a mut String),
    /// An integer.
    Integer(&'a mut i64),
    /// True or false.
    Boolean(&'a mut bool),
    /// An exact decimal.
    Decimal(&'a mut Decimal),
    /// A time.
    DateTime(&'a mut BeijingTime),
    /// A day.
    Date(&'a mut BeijingDate),
    /// An open enum.
    Enum(&'a mut (dyn OpenEnum + 'static)),
    /// A struct.
    Object(&'a mut (dyn Object + 'static)),
    /// A list.
    List(&'a mut (dyn Elements + 'static)),
    /// Any JSON.
    Json(&'a mut RawJson),
}

/// A list whose element type the runtime does not know.
pub trait Elements: 'static {
    /// How many there are.
    fn count(&self) -> usize;
    /// A look at one.
    fn element(&self, index: usize) -> View<'_>;
    /// Room for one more.
    fn push(&mut self) -> Slot<'_>;
    /// Forgets them all.
    fn clear(&mut self);
}

/// A type that a field can have.
pub trait Member: 'static {
    /// A look at it.
    fn view(&self) -> View<'_>;
    /// A place to fill.
    fn slot(&mut self) -> Slot<'_>;
}

/// The value that stands in a field until it is read.
pub trait Blank {
    /// That value.
    fn blank() -> Self;
}

macro_rules! members {
    ($($type:ty, $variant:ident, $view:expr, $blank:expr;)*) => {$(
        impl Member for $type {
            fn view(&self) -> View<'_> {
                let view: fn(&$type) -> View<'_> = $view;
                view(self)
            }
            fn slot(&mut self) -> Slot<'_> {
                Slot::$variant(self)
            }
        }
        impl Blank for $type {
            fn blank() -> Self {
                $blank
            }
        }
    )*};
}

members! {
    String, Text, |v| View::Text(v), String::new();
    i64, Integer, |v| View::Integer(*v), 0;
    bool, Boolean, |v| View::Boolean(*v), false;
    Decimal, Decimal, |v| View::Decimal(v), Decimal::ZERO;
    BeijingTime, DateTime, |v| View::DateTime(*v), BeijingTime::default();
    BeijingDate, Date, |v| View::Date(*v), BeijingDate::default();
    RawJson, Json, |v| View::Json(v), RawJson::default();
}

impl<T: Member + Blank> Member for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Member::view)
    }
    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::blank).slot()
    }
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T: Member + Blank> Member for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self)
    }
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Vec::new()
    }
}

impl<T: Member + Blank> Elements for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }
    fn element(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Absent, Member::view)
    }
    fn push(&mut self) -> Slot<'_> {
        Vec::push(self, T::blank());
        self.last_mut().map_or(Slot::Nowhere, Member::slot)
    }
    fn clear(&mut self) {
        Vec::clear(self);
    }
}
