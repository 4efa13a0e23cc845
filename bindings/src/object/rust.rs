//! A value as the Rust expression that builds it, for people who learn the types from examples.

use super::{Code, Field, Object, OpenEnum, View};

/// `ProcessUpload::new(...).with_remark(...)`, laid out over lines. Shows sensitive values: it is
/// meant for examples, not for logs.
#[must_use]
pub fn rust_source(object: &dyn Object) -> String {
    let mut out = String::new();
    write_object(object, 0, &mut out);
    out
}

fn write_object(object: &dyn Object, depth: usize, out: &mut String) {
    let table = object.table();
    let fields = || table.fields.iter().enumerate().map(|(index, field)| (field, object.get(index)));
    out.push_str(table.name);
    out.push_str("::new(");
    let required: Vec<_> = fields().filter(|(field, _)| field.required).collect();
    for (_, view) in &required {
        indent(depth + 1, out);
        write_value(*view, depth + 1, out);
        out.push(',');
    }
    if !required.is_empty() {
        indent(depth, out);
    }
    out.push(')');
    for (field, view) in fields().filter(|(field, view)| !field.required && !matches!(view, View::Absent)) {
        indent(depth, out);
        out.push_str(".with_");
        out.push_str(setter(field));
        out.push('(');
        write_value(view, depth, out);
        out.push(')');
    }
}

fn setter(field: &Field) -> &'static str {
    field.rust.strip_prefix("r#").unwrap_or(field.rust)
}

fn write_value(view: View<'_>, depth: usize, out: &mut String) {
    match view {
        View::Absent => out.push_str("None"),
        View::Text(text) => out.push_str(&format!("{text:?}")),
        View::Integer(value) => out.push_str(&value.to_string()),
        View::Boolean(value) => out.push_str(&value.to_string()),
        View::Decimal(value) => out.push_str(&format!("dec!({value})")),
        View::DateTime(time) => out.push_str(&format!("\"{time}\".parse()?")),
        View::Date(day) => out.push_str(&format!("\"{day}\".parse()?")),
        View::Enum(value) => write_enum(value, out),
        View::Object(object) => write_object(object, depth, out),
        View::List(list) => {
            out.push_str("vec![");
            for index in 0..list.count() {
                indent(depth + 1, out);
                write_value(list.element(index), depth + 1, out);
                out.push(',');
            }
            if list.count() > 0 {
                indent(depth, out);
            }
            out.push(']');
        }
        View::Json(raw) => out.push_str(&format!("RawJson::parse({:?})?", raw.as_str())),
    }
}

fn write_enum(value: &dyn OpenEnum, out: &mut String) {
    let (table, code) = (value.table(), value.code());
    out.push_str(table.name);
    match (table.variants.iter().find(|row| row.code == code), code) {
        (Some(row), _) => out.push_str(&format!("::{}", row.rust)),
        (None, Code::Integer(code)) => out.push_str(&format!("::Unknown({code})")),
        (None, Code::Text(code)) => out.push_str(&format!("::Unknown({code:?}.into())")),
    }
}

fn indent(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("    ");
    }
}
