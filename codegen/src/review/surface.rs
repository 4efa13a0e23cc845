//! The public interface of the generated bindings, before and after.

use super::finding::{Finding, Item};
use crate::diagnostic::Diagnostics;
use crate::source::SourceFile;

/// What became of the public interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surface {
    /// Items that were added, removed or declared otherwise, each with the places that may have
    /// caused it.
    pub(crate) items: Vec<Placed>,
    /// Generated files that are not equal byte by byte, below `src/generated/`.
    pub(crate) files: Vec<String>,
}

/// An item, and where the schema says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) item: Item,
    /// `wangdian-flagship/process.Process.upload.json#/$defs/ProcessUpload/properties/num`.
    pub(crate) places: Vec<String>,
}

/// Generates both sides and compares what programs see.
pub(crate) fn compare(_old: &[SourceFile], _new: &[SourceFile]) -> Result<Surface, Unlowered> {
    Ok(Surface::default())
}

/// A side whose schemas the generator refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unlowered {
    pub(crate) base: bool,
    pub(crate) diagnostics: Diagnostics,
}

/// Gives each item to the findings that caused it, and raises their verdicts. What is left over
/// becomes findings of its own, so that nothing is lost.
pub(crate) fn attribute(_surface: &Surface, _findings: &mut Vec<Finding>) {}
