//! Wire names to Rust names.
//!
//! A Rust name follows from the wire name alone, never from what else is there: a clash is
//! reported (see [`TypeNames`]) and mended by `x-rust-name`.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::{Problem, Problems};
use crate::source::Place;

/// Words that become raw identifiers.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be raw identifiers, and the field in which unknown members are kept.
const RESERVED_FIELDS: &[&str] = &["self", "super", "crate", "extra"];

/// Names that generated modules use themselves.
const RESERVED_TYPES: &[&str] = &[
    // The prelude, and what generated text says without a path.
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "Box",
    "String",
    "Default",
    "Into",
    "AsRef",
    "TryFrom",
    // Beside the types of every gateway.
    "Client",
    "BlockingClient",
    "Credentials",
    // The vocabulary of the rows.
    "AnyOfRequired",
    "BeyondBmp",
    "Bound",
    "Const",
    "DependentRequired",
    "Described",
    "ExclusiveMaximum",
    "ExclusiveMinimum",
    "Field",
    "Forms",
    "Known",
    "MaxBytes",
    "MaxItems",
    "MaxLength",
    "Maximum",
    "MinItems",
    "MinLength",
    "Minimum",
    "Pattern",
    "Table",
    "UniqueItems",
];

/// `[A-Z][A-Za-z0-9]*`
pub(crate) fn is_upper_camel(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// `[a-z][a-z0-9_]*`
pub(crate) fn is_snake(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

pub(crate) fn is_reserved_type(name: &str) -> bool {
    RESERVED_TYPES.contains(&name)
}

/// `orderLineNo`, `OrderLineNO`, `order.line-no`: all are `order_line_no`.
pub(crate) fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (n, c) in chars.iter().copied().enumerate() {
        let before = n.checked_sub(1).and_then(|n| chars.get(n)).copied();
        let after = chars.get(n + 1).copied();
        if c.is_ascii_uppercase() {
            let starts_word = before.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
                || (before.is_some_and(|b| b.is_ascii_uppercase())
                    && after.is_some_and(|a| a.is_ascii_lowercase()));
            if starts_word {
                separate(&mut out);
            }
            out.push(c.to_ascii_lowercase());
        } else if matches!(c, '_' | '-' | '.' | ' ') {
            separate(&mut out);
        } else {
            out.push(c);
        }
    }
    out.trim_end_matches('_').to_owned()
}

fn separate(out: &mut String) {
    if !out.is_empty() && !out.ends_with('_') {
        out.push('_');
    }
}

/// `order_line_no` as `OrderLineNo`.
pub(crate) fn camel(name: &str) -> String {
    let mut out = String::new();
    for word in snake(name).split('_') {
        let mut chars = word.chars();
        out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(chars.as_str());
    }
    out
}

/// A snake-case word as an identifier: raw when it is a keyword, nothing when it cannot be one.
pub(crate) fn identifier(word: &str) -> Option<String> {
    if !is_snake(word) || RESERVED_FIELDS.contains(&word) {
        None
    } else if KEYWORDS.contains(&word) {
        Some(format!("r#{word}"))
    } else {
        Some(word.to_owned())
    }
}

/// The Rust types of one gateway, each with the place that gives it its name.
#[derive(Debug, Default)]
pub(crate) struct TypeNames {
    taken: BTreeMap<String, Place>,
}

impl TypeNames {
    /// Takes a name. A second type of that name is reported.
    pub(crate) fn take(&mut self, name: &str, place: Place, problems: &mut Problems) {
        let first = *self.taken.entry(name.to_owned()).or_insert(place);
        if first != place {
            problems.push(
                Problem::new(
                    Code::TypeClash,
                    place,
                    format!("two types of this gateway are named `{name}`"),
                    "give one of them another name with `x-rust-name`",
                )
                .also(first, "the other is"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_snake_case() {
        for (wire, rust) in [
            ("extendProps", "extend_props"),
            ("orderLineNo", "order_line_no"),
            ("SKUCode", "sku_code"),
            ("address1", "address1"),
            ("process_sku_d_o_s", "process_sku_d_o_s"),
            ("process.Process.upload", "process_process_upload"),
            ("wangdian-flagship", "wangdian_flagship"),
            ("_leading__double_", "leading_double"),
        ] {
            assert_eq!(snake(wire), rust);
        }
    }

    #[test]
    fn identifiers() {
        assert_eq!(identifier("type").as_deref(), Some("r#type"));
        assert_eq!(identifier("status").as_deref(), Some("status"));
        assert_eq!(identifier("self"), None);
        assert_eq!(identifier("1st"), None);
        assert_eq!(identifier("名称"), None);
        assert_eq!(camel("inventory_type_d_o_s"), "InventoryTypeDOS");
    }
}
