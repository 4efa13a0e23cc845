//! Open enums: the values that a document names, and room for the ones it will name tomorrow.

use std::borrow::Cow;

/// What the schema says of one enum.
#[derive(Debug)]
pub struct EnumTable {
    /// The Rust name.
    pub name: &'static str,
    /// The document's Chinese term.
    pub title: &'static str,
    /// File and JSON Pointer of the schema.
    pub location: &'static str,
    /// The known values, in schema order.
    pub variants: &'static [VariantRow],
}

/// One known value.
#[derive(Debug)]
pub struct VariantRow {
    /// The Rust variant.
    pub rust: &'static str,
    /// The value on the wire.
    pub code: Code<'static>,
    /// English label.
    pub label: &'static str,
    /// Chinese label.
    pub label_zh: &'static str,
}

/// A value of an enum on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code<'a> {
    /// An integer enum's.
    Integer(i64),
    /// A text enum's.
    Text(&'a str),
}

impl std::fmt::Display for Code<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Code::Integer(value) => write!(f, "{value}"),
            Code::Text(value) => f.write_str(value),
        }
    }
}

/// An enum that keeps values it does not know. Implemented by `open_enum!`.
pub trait OpenEnum: 'static {
    /// Its rows.
    fn table(&self) -> &'static EnumTable;
    /// The value on the wire.
    fn code(&self) -> Code<'_>;
    /// Takes a value from the wire; false if the enum is of the other kind.
    fn set(&mut self, code: Code<'_>) -> bool;
    /// Whether the document names this value.
    fn is_known(&self) -> bool;
}

/// English label; the value itself when it is not known. Called by `open_enum!`.
#[doc(hidden)]
pub fn label(value: &dyn OpenEnum) -> Cow<'static, str> {
    labelled(value, |row| row.label)
}

/// Chinese label 中文名称; the value itself when it is not known. Called by `open_enum!`.
#[doc(hidden)]
pub fn label_zh(value: &dyn OpenEnum) -> Cow<'static, str> {
    labelled(value, |row| row.label_zh)
}

fn labelled(value: &dyn OpenEnum, of: fn(&VariantRow) -> &'static str) -> Cow<'static, str> {
    let code = value.code();
    let row = value.table().variants.iter().find(|row| row.code == code);
    row.map_or_else(|| code.to_string().into(), |row| of(row).into())
}
