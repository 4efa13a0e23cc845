//! Turns dockseal's reviewed JSON Schema files into Rust bindings.
//!
//! Text flows one way: [`SourceFile`]s are read with their places, become a model of typed
//! keywords, lose their references and get their names, and are lowered to the [`ir`]. The library
//! does no IO and keeps no state: what it is given decides what it gives, byte by byte. Whatever is
//! wrong with the schemas comes back as [`Diagnostics`], all of it at once.
//!
//! [`lower()`] gives the IR, [`lint()`] tells what a reviewer would ask for, [`check_rows`] proves that
//! every row of the vendors' documents is cited exactly once.

mod code;
mod diagnostic;
mod emit;
mod json;
mod lint;
mod members;
mod model;
mod names;
mod render;
mod resolve;
pub mod review;
mod rows;
mod source;
mod suggest;

pub mod ir;
pub mod keyword;
mod lower;

pub use code::Code;
pub use diagnostic::{Diagnostic, Diagnostics, Label};
pub use emit::GeneratedFile;
pub use lint::lint;
pub use rows::{Citation, check_rows, citations};
pub use source::{SourceFile, Span};

/// What the schemas mean, or everything that is wrong with them.
///
/// The order of the files does not matter. `dialect.json`, `sources.lock` and what reviews keep
/// (`approvals.toml`, `changes/`) are passed over.
pub fn lower(files: &[SourceFile]) -> Result<ir::Ir, Diagnostics> {
    lower::lower(files)
}

/// The bindings that the schemas ask for, in order of their paths, or everything that is wrong with
/// the schemas.
pub fn generate(files: &[SourceFile]) -> Result<Vec<GeneratedFile>, Diagnostics> {
    lower(files).map(|ir| emit::emit(&ir))
}
