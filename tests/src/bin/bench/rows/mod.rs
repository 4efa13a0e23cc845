//! The rows of the table, by name: each file measures one.

mod build;
mod codegen;
mod compile;
mod decimal;
mod parse;
mod sign;
mod validate;
mod verdict;
mod write;
mod xml;

use std::error::Error;

use super::contest::Contest;
use super::table::Table;

/// Measures a row's figures and puts them into the table.
type Measure = fn(&Contest, &mut Table) -> Result<(), Box<dyn Error>>;

/// In the order in which they are shown.
const ALL: &[(&str, Measure)] = &[
    ("sign", sign::measure),
    ("build", build::measure),
    ("write", write::measure),
    ("parse", parse::measure),
    ("decimal", decimal::measure),
    ("validate", validate::measure),
    ("verdict", verdict::measure),
    ("xml", xml::measure),
    ("compile", compile::measure),
    ("codegen", codegen::measure),
];

/// The rows of these names; all when none is named.
pub(super) fn chosen(names: &[String]) -> Result<Vec<(&'static str, Measure)>, String> {
    if names.is_empty() {
        return Ok(ALL.to_vec());
    }
    let row = |name: &String| {
        let row = ALL.iter().find(|(known, _)| known == name).copied();
        let known = || {
            ALL.iter()
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
                .join(", ")
        };
        row.ok_or_else(|| {
            format!(
                "no row {name:?}; there are {}, and `receiver` alone",
                known()
            )
        })
    };
    names.iter().map(row).collect()
}
