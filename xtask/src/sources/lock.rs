//! `sources.lock`: what was known of each document when it was transcribed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    /// By document name, `shopex-oms.wms.stockin.status_update`.
    pub(crate) documents: BTreeMap<String, Entry>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The document's Chinese title.
    pub(crate) title: String,
    /// Where the vendor publishes it.
    pub(crate) address: String,
    /// [`super::document_hash`] of its tables.
    pub(crate) sha256: String,
    /// Rows in all tables.
    pub(crate) rows: usize,
    /// The hash of each row, by table.
    pub(crate) tables: BTreeMap<String, Vec<String>>,
}

impl Lock {
    /// Reads the file's text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let documents = object(value.get("documents"), "/documents")?;
        let documents = documents
            .iter()
            .map(|(name, value)| {
                Ok((
                    name.clone(),
                    Entry::parse(value, &format!("/documents/{name}"))?,
                ))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self { documents })
    }

    /// The file's text: names in order, one row hash a line, so that a changed row is a changed
    /// line.
    pub(crate) fn text(&self) -> String {
        let documents: Map<String, Value> = self
            .documents
            .iter()
            .map(|(name, entry)| (name.clone(), entry.value()))
            .collect();
        format!("{:#}\n", json!({ "documents": documents }))
    }
}

impl Entry {
    /// Keeps what the text of a page may not tell.
    pub(crate) fn keep_heading_of(&mut self, old: &Self) {
        if !old.title.is_empty() {
            self.title.clone_from(&old.title);
        }
        if !old.address.is_empty() {
            self.address.clone_from(&old.address);
        }
    }

    fn parse(value: &Value, pointer: &str) -> Result<Self, String> {
        let text = |key: &str| {
            value
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
                .ok_or_else(|| format!("{pointer}/{key}: expected a string"))
        };
        let tables = object(value.get("tables"), &format!("{pointer}/tables"))?;
        let tables: BTreeMap<String, Vec<String>> = tables
            .iter()
            .map(|(name, rows)| {
                let hashes = rows
                    .as_array()
                    .and_then(|rows| {
                        rows.iter()
                            .map(|row| row.as_str().map(str::to_owned))
                            .collect()
                    })
                    .ok_or_else(|| {
                        format!("{pointer}/tables/{name}: expected a list of row hashes")
                    })?;
                Ok((name.clone(), hashes))
            })
            .collect::<Result<_, String>>()?;
        Ok(Self {
            title: text("title")?,
            address: text("address")?,
            sha256: text("sha256")?,
            rows: tables.values().map(Vec::len).sum(),
            tables,
        })
    }

    fn value(&self) -> Value {
        json!({
            "title": self.title,
            "address": self.address,
            "sha256": self.sha256,
            "rows": self.rows,
            "tables": self.tables,
        })
    }
}

fn object<'a>(value: Option<&'a Value>, pointer: &str) -> Result<&'a Map<String, Value>, String> {
    value
        .and_then(Value::as_object)
        .ok_or_else(|| format!("{pointer}: expected an object"))
}
