//! The tables of a vendor's document, and the lock that says which of them were transcribed.
//!
//! In flows the text of a page as a reader saved it; out flow its tables as rows of cells, the
//! same whatever the page around them looks like today. `schemas/sources.lock` keeps one hash for
//! each row. When a vendor changes a page, [`command`] says which rows were added, changed or
//! removed, and which schema property was transcribed from each.
//!
//! Pages come in three renderings, told apart by their text: pipe tables, tables whose cells run
//! together on one line, and lists with one bullet for each cell. Each has one reader below.

mod bullets;
mod citations;
mod compare;
mod glued;
mod lock;
mod names;
mod pipe;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub(crate) use lock::{Entry, Lock};

/// One table of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// From the heading above it: a section number, a field name, or the heading's own words.
    /// No two tables of a document share one.
    pub(crate) name: String,
    /// Without the row of column titles. Cells are normalised.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads every table of a document.
///
/// Fails when the text holds no table in a rendering that is known, or a table without rows only.
pub(crate) fn tables(document_text: &str) -> Result<Vec<Table>, String> {
    let text = strip_front_matter(document_text);
    let lines: Vec<&str> = text.lines().collect();
    let read = if pipe::recognises(&lines) {
        pipe::read(&lines)
    } else if bullets::recognises(&lines) {
        bullets::read(&lines)
    } else if glued::recognises(&lines) {
        glued::read(&lines)
    } else {
        return Err(
            "no table in a known rendering: expected pipe tables, cells run together \
                    under `名称字段类型`, or bullets under `名称 类型`"
                .to_owned(),
        );
    };
    let tables = unique(read);
    if tables.is_empty() {
        return Err("the tables of this document have no rows".to_owned());
    }
    Ok(tables)
}

/// The hash of a row: the first 12 hex digits of SHA-256 over its cells joined by U+001F.
pub(crate) fn row_hash(cells: &[String]) -> String {
    let mut hash = hex(&Sha256::digest(cells.join("\u{1f}").as_bytes()));
    hash.truncate(12);
    hash
}

/// The hash of a document: SHA-256 over its tables in order.
///
/// A table is its name and its rows, each after U+001E; tables are joined by U+001D. Nothing else
/// of the page counts, so that a new menu or advertisement does not look like a new document.
pub(crate) fn document_hash(tables: &[Table]) -> String {
    let mut text = String::new();
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            text.push('\u{1d}');
        }
        text.push_str(&table.name);
        for row in &table.rows {
            text.push('\u{1e}');
            text.push_str(&row.join("\u{1f}"));
        }
    }
    hex(&Sha256::digest(text.as_bytes()))
}

/// What the lock says of a document.
///
/// The title and the address are taken from the text; they are empty where the text does not tell.
pub(crate) fn lock_entry(document_text: &str) -> Result<Entry, String> {
    let tables = tables(document_text)?;
    let hashes: BTreeMap<String, Vec<String>> = tables
        .iter()
        .map(|table| {
            (
                table.name.clone(),
                table.rows.iter().map(|row| row_hash(row)).collect(),
            )
        })
        .collect();
    Ok(Entry {
        title: names::document_title(document_text),
        address: front_matter(document_text, "url"),
        sha256: document_hash(&tables),
        rows: tables.iter().map(|table| table.rows.len()).sum(),
        tables: hashes,
    })
}

/// `cargo xtask sources FILE [--name NAME] [--lock PATH] [--write]`.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The saved page.
    pub(crate) file: PathBuf,
    /// The document's key in the lock; the file's name without its ending when absent.
    pub(crate) name: Option<String>,
    /// `schemas/sources.lock`. The schemas that cite its rows lie beside it.
    pub(crate) lock: PathBuf,
    /// Whether the lock is brought up to date.
    pub(crate) write: bool,
}

/// What [`command`] found.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// For the terminal, with a final newline.
    pub(crate) text: String,
    /// Whether the document and the lock, as it was, agree.
    pub(crate) unchanged: bool,
}

/// Compares a saved page with the lock, and with `write` updates the lock.
pub(crate) fn command(options: &Options) -> Result<Outcome, String> {
    let text = read_file(&options.file)?;
    let name = match &options.name {
        Some(name) => name.clone(),
        None => default_name(&options.file)?,
    };
    let mut lock = if options.lock.exists() {
        Lock::parse(&read_file(&options.lock)?)
            .map_err(|error| format!("{}: {error}", options.lock.display()))?
    } else {
        Lock::default()
    };
    let place = |error: String| format!("{}: {error}", options.file.display());
    let tables = tables(&text).map_err(place)?;
    let mut entry = lock_entry(&text).map_err(place)?;
    let schemas = options.lock.parent().unwrap_or(Path::new("."));
    let citations = citations::Citations::read(schemas)?;
    let old = lock.documents.get(&name);
    if let Some(old) = old {
        entry.keep_heading_of(old);
    }
    let changes = compare::changes(old, &tables);
    let unchanged = old.is_some_and(|old| *old == entry);
    if options.write && !unchanged {
        // By now the schemas cite the new rows, so a report by the old ones would name the wrong
        // properties.
        let untitled = if entry.title.is_empty() {
            "\nits title was not found on the page: write it into the lock by hand"
        } else {
            ""
        };
        let text = format!("{name}: wrote {}{untitled}\n", options.lock.display());
        lock.documents.insert(name, entry);
        std::fs::write(&options.lock, lock.text())
            .map_err(|error| format!("{}: {error}", options.lock.display()))?;
        return Ok(Outcome { text, unchanged });
    }
    let mut report = compare::report(&name, &changes, &entry, &citations);
    if !unchanged {
        // Writing to a string cannot fail.
        let _ = writeln!(
            report,
            "once the schemas say the same, run this again with --write"
        );
    }
    Ok(Outcome {
        text: report,
        unchanged,
    })
}

fn read_file(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn default_name(file: &Path) -> Result<String, String> {
    file.file_stem()
        .and_then(|stem| stem.to_str())
        .map(str::to_owned)
        .ok_or_else(|| format!("{}: give the document's name with --name", file.display()))
}

/// Trims a cell, folds white space inside its lines, and undoes the escapes of Markdown.
fn normalise(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut characters = cell.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek()) {
            ('\\', Some(&next)) if "_*|[]<>#~".contains(next) => {
                text.push(next);
                characters.next();
            }
            _ => text.push(character),
        }
    }
    for tag in ["<br />", "<br/>", "<BR>"] {
        text = text.replace(tag, "<br>");
    }
    let lines: Vec<String> = text
        .split("<br>")
        .flat_map(str::lines)
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// A line without the white space around it, no-break and ideographic spaces included.
fn trimmed(line: &str) -> &str {
    line.trim_matches(|character: char| character.is_whitespace() || character == '\u{feff}')
}

/// Drops tables without rows, and tells tables of one name apart: `data`, `data~2`.
fn unique(read: Vec<Table>) -> Vec<Table> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut tables = Vec::new();
    for mut table in read.into_iter().filter(|table| !table.rows.is_empty()) {
        let count = seen.entry(table.name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            table.name = format!("{}~{count}", table.name);
        }
        tables.push(table);
    }
    tables
}

/// The text after a leading `---` block, which belongs to whoever saved the page.
fn strip_front_matter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else {
        return text;
    };
    rest.split_once("\n---\n").map_or(text, |(_, body)| body)
}

/// The value of `key: "value"` in a leading `---` block, or nothing.
fn front_matter(text: &str, key: &str) -> String {
    let Some(rest) = text.strip_prefix("---\n") else {
        return String::new();
    };
    let Some((head, _)) = rest.split_once("\n---\n") else {
        return String::new();
    };
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| *name == key)
        .map(|(_, value)| trimmed(value).trim_matches('"').to_owned())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests;
