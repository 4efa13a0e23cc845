//! A tree back to text, on one line and without blanks.

use std::fmt::Write as _;

use super::{Node, Value};

/// Compact JSON: members in their order, numbers as they were written.
pub(crate) fn compact(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out
}

/// A JSON string literal.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

// The reader bounds the depth of every tree, so recursion is safe here.
fn write(node: &Node, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => out.push_str(&quoted(text)),
        Value::List(elements) => {
            out.push('[');
            for (n, element) in elements.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write(element, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (n, member) in members.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                out.push_str(&quoted(&member.key));
                out.push(':');
                write(&member.node, out);
            }
            out.push('}');
        }
    }
}
