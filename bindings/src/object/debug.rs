//! `Debug` that hides what the schemas call sensitive.

use std::fmt;

use super::{Object, View};

/// Prints a struct's present fields by their Rust names; sensitive ones as `[redacted]`.
///
/// # Errors
/// The formatter's own.
pub fn fmt_object(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut shown = f.debug_struct(table.name);
    for (index, field) in table.fields.iter().enumerate() {
        let view = object.get(index);
        if matches!(view, View::Absent) {
            continue;
        }
        if field.value.sensitive {
            shown.field(field.rust, &format_args!("[redacted]"));
        } else {
            shown.field(field.rust, &Shown(view));
        }
    }
    if !object.extra().is_empty() {
        shown.field("extra", object.extra());
    }
    shown.finish()
}

/// As the value's own type prints it.
impl fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_object(self, f)
    }
}

struct Shown<'a>(View<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Absent => f.write_str("None"),
            View::Text(text) => fmt::Debug::fmt(text, f),
            View::Integer(value) => fmt::Debug::fmt(&value, f),
            View::Boolean(value) => fmt::Debug::fmt(&value, f),
            View::Decimal(value) => fmt::Display::fmt(value, f),
            View::DateTime(time) => fmt::Display::fmt(&time, f),
            View::Date(day) => fmt::Display::fmt(&day, f),
            View::Enum(value) => {
                let code = value.code();
                match value.table().variants.iter().find(|row| row.code == code) {
                    Some(row) => f.write_str(row.rust),
                    None => write!(f, "Unknown({code})"),
                }
            }
            View::Object(object) => fmt_object(object, f),
            View::List(list) => {
                let elements = (0..list.count()).map(|index| Shown(list.element(index)));
                f.debug_list().entries(elements).finish()
            }
            View::Json(raw) => fmt::Debug::fmt(raw, f),
        }
    }
}
