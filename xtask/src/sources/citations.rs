//! Which schema property was transcribed from which row.
//!
//! Reads every schema beside the lock and gathers its `x-row` and `x-source.rows`. A citation is
//! `<document>#<table>/<n>`; inside an API's own file the document is left out.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// Pointers into the schemas, by full citation.
#[derive(Debug, Default)]
pub(super) struct Citations(BTreeMap<String, Vec<String>>);

impl Citations {
    /// Reads `<directory>/<gateway>/<file>.json`. A directory that does not exist cites nothing.
    pub(super) fn read(directory: &Path) -> Result<Self, String> {
        let mut citations = Self::default();
        for gateway in entries(directory)?.into_iter().filter(|path| path.is_dir()) {
            for file in entries(&gateway)? {
                if file
                    .extension()
                    .is_some_and(|extension| extension == "json")
                {
                    let text = super::read_file(&file)?;
                    let shown = file
                        .strip_prefix(directory)
                        .unwrap_or(&file)
                        .display()
                        .to_string();
                    citations.add(&shown, &text)?;
                }
            }
        }
        Ok(citations)
    }

    /// Adds the citations of one schema.
    pub(super) fn add(&mut self, file: &str, text: &str) -> Result<(), String> {
        let schema: Value =
            serde_json::from_str(text).map_err(|error| format!("{file}: {error}"))?;
        let document = schema
            .pointer("/x-source/document")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        self.walk(file, &document, &mut String::new(), &schema);
        Ok(())
    }

    /// Where a row is cited, `gateway/file.json#/pointer`.
    pub(super) fn of(&self, document: &str, table: &str, row: usize) -> &[String] {
        self.0
            .get(&format!("{document}#{table}/{row}"))
            .map_or(&[], Vec::as_slice)
    }

    fn walk(&mut self, file: &str, document: &str, pointer: &mut String, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, member) in members {
                    let cites =
                        key == "x-row" || (key == "rows" && pointer.as_str() == "/x-source");
                    if cites {
                        self.cite(file, document, pointer, member);
                    } else {
                        let length = pointer.len();
                        pointer.push('/');
                        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                        self.walk(file, document, pointer, member);
                        pointer.truncate(length);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let length = pointer.len();
                    pointer.push('/');
                    pointer.push_str(&index.to_string());
                    self.walk(file, document, pointer, item);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn cite(&mut self, file: &str, document: &str, pointer: &str, rows: &Value) {
        let one = std::slice::from_ref(rows);
        for row in rows
            .as_array()
            .map_or(one, Vec::as_slice)
            .iter()
            .filter_map(Value::as_str)
        {
            let full = if row.contains('#') {
                row.to_owned()
            } else {
                format!("{document}#{row}")
            };
            self.0
                .entry(full)
                .or_default()
                .push(format!("{file}#{pointer}"));
        }
    }
}

/// The paths in a directory, in order of their names.
fn entries(directory: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", directory.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}
