//! A value as the Rust expression that builds it, for people who learn the types from examples.
//!
//! Laid out much as rustfmt does it, by its limit for one line; a few rare shapes differ.

use super::{Code, Field, Object, OpenEnum, View};

/// Characters that arguments, elements or a chain may take on one line: rustfmt's own limit.
const ONE_LINE: usize = 60;
/// Characters that a chain of one call may take, its indentation not counted.
const ONE_CALL: usize = 80;

/// `ProcessUpload::new(...).with_remark(...)`, laid out over lines. Shows sensitive values: it is
/// meant for examples, not for logs.
#[must_use]
pub fn rust_source(object: &dyn Object) -> String {
    object_text(object, 0, ONE_LINE)
}

/// `room` is what the arguments of `new` may take on one line.
fn object_text(object: &dyn Object, depth: usize, room: usize) -> String {
    let table = object.table();
    let required: Vec<_> = fields(object)
        .filter(|(field, _)| field.required)
        .map(|(_, view)| view)
        .collect();
    let head = bracketed(
        &format!("{}::new(", table.name),
        &required,
        ")",
        depth,
        room,
    );
    let call = |(field, view)| {
        bracketed(
            &format!(".with_{}(", setter(field)),
            &[view],
            ")",
            depth,
            ONE_LINE,
        )
    };
    let calls: Vec<_> = optional(object).map(call).collect();

    let flat = format!("{head}{}", calls.concat());
    let (over_lines, length) = (flat.contains('\n'), flat.chars().count());
    match calls.as_slice() {
        [] => flat,
        // Under the bracket that closes a head, a chain is not indented.
        _ if head.contains('\n') => calls
            .iter()
            .fold(head, |text, call| text + &new_line(depth) + call),
        [_] if over_lines || length <= ONE_CALL => flat,
        _ if !over_lines && length <= ONE_LINE => flat,
        // Line ends inside of texts are escaped, so that every one found here is the layout's.
        _ => calls.iter().fold(head, |text, call| {
            text + &new_line(depth + 1) + &call.replace('\n', "\n    ")
        }),
    }
}

fn fields(object: &dyn Object) -> impl Iterator<Item = (&'static Field, View<'_>)> {
    object
        .table()
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| (field, object.get(index)))
}

/// The fields that are set by a call of their own.
fn optional(object: &dyn Object) -> impl Iterator<Item = (&'static Field, View<'_>)> {
    fields(object).filter(|(field, view)| !field.required && !matches!(view, View::Absent))
}

fn setter(field: &Field) -> &'static str {
    field.rust.strip_prefix("r#").unwrap_or(field.rust)
}

/// Values between brackets: on one line if they fit, else each on its own; the brackets of an only
/// value may hug it.
fn bracketed(open: &str, values: &[View<'_>], close: &str, depth: usize, room: usize) -> String {
    if let [only] = values
        && is_bracketed(*only)
    {
        return format!("{open}{}{close}", value_text(*only, depth, room));
    }
    let texts: Vec<_> = values
        .iter()
        .map(|view| value_text(*view, depth + 1, ONE_LINE))
        .collect();
    let flat = texts.join(", ");
    // A text that is too long for any line stays where it is.
    let single = values.len() <= 1 && !matches!(values, [View::Object(_)]);
    if !flat.contains('\n') && (single || flat.chars().count() <= room) {
        return format!("{open}{flat}{close}");
    }
    let (inside, outside) = (new_line(depth + 1), new_line(depth));
    let lines = texts
        .iter()
        .fold(open.to_owned(), |lines, text| lines + &inside + text + ",");
    lines + &outside + close
}

/// Whether a value over several lines begins and ends with a bracket.
fn is_bracketed(view: View<'_>) -> bool {
    match view {
        View::List(_) => true,
        View::Object(object) => optional(object).next().is_none(),
        _ => false,
    }
}

/// `room` is what the whole value may take on one line, where it is the only one.
fn value_text(view: View<'_>, depth: usize, room: usize) -> String {
    match view {
        View::Absent => "None".to_owned(),
        View::Text(text) => format!("{text:?}"),
        View::Integer(value) => value.to_string(),
        View::Boolean(value) => value.to_string(),
        View::Decimal(value) => format!("dec!({value})"),
        View::DateTime(time) => format!("\"{time}\".parse()?"),
        View::Date(day) => format!("\"{day}\".parse()?"),
        View::Enum(value) => enum_text(value),
        View::Object(object) => {
            let name = object.table().name.len() + "::new()".len();
            object_text(object, depth, room.saturating_sub(name))
        }
        View::List(list) => {
            let elements: Vec<_> = (0..list.count()).map(|index| list.element(index)).collect();
            bracketed(
                "vec![",
                &elements,
                "]",
                depth,
                room.saturating_sub("vec![]".len()),
            )
        }
        View::Json(raw) => format!("RawJson::parse({:?})?", raw.as_str()),
    }
}

fn enum_text(value: &dyn OpenEnum) -> String {
    let (table, code) = (value.table(), value.code());
    let variant = match (table.variants.iter().find(|row| row.code == code), code) {
        (Some(row), _) => row.rust.to_owned(),
        (None, Code::Integer(code)) => format!("Unknown({code})"),
        (None, Code::Text(code)) => format!("Unknown({code:?}.into())"),
    };
    format!("{}::{variant}", table.name)
}

fn new_line(depth: usize) -> String {
    format!("\n{}", "    ".repeat(depth))
}
