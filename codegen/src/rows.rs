//! Rows of the vendors' documents: each is cited exactly once.
//!
//! `x-row` and `x-source.rows` cite a row as `<table>/<n>` of the file's own document, or as
//! `<document>#<table>/<n>`. `sources.lock` lists every document with its tables and the digest
//! of each row.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::{Diagnostics, Problem, Problems};
use crate::json::{Node, Value};
use crate::members::{self, Members};
use crate::source::{FileId, Place, SourceFile, Sources, Span, Spanned};
use crate::suggest::did_you_mean;

/// One citation of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Key of the document in `sources.lock`.
    pub document: String,
    /// `<table>/<n>`
    pub row: String,
    /// The file that cites it.
    pub path: String,
    /// JSON Pointer of the citation.
    pub pointer: String,
    /// Its bytes.
    pub span: Span,
}

/// All well-formed citations, in order of file and place.
pub fn citations(files: &[SourceFile]) -> Vec<Citation> {
    let mut problems = Problems::default();
    let sources = Sources::read(files, &mut problems);
    let cited = collect(&sources, &mut problems);
    cited
        .into_iter()
        .map(|cited| Citation {
            row: format!("{}/{}", cited.table, cited.number),
            document: cited.document,
            path: sources.path(cited.place.file).to_owned(),
            pointer: sources.pointer(cited.place),
            span: cited.place.span,
        })
        .collect()
}

/// Whether the files cite each row of the lock exactly once, and stand on the same documents.
pub fn check_rows(files: &[SourceFile], lock: &SourceFile) -> Diagnostics {
    let mut problems = Problems::default();
    // What is wrong with the files themselves is told by `lower`.
    let mut sources = Sources::read(files, &mut Problems::default());
    let lock_id = sources.push(lock, &mut problems);
    if let Some(documents) = read_lock(&sources, lock_id, &mut problems) {
        check_digests(&sources, &documents, &mut problems);
        let cited = collect(&sources, &mut problems);
        check_citations(&cited, &documents, &mut problems);
    }
    problems.resolve(&sources)
}

/// A citation before it is looked up.
struct Cited {
    document: String,
    table: String,
    /// From 1.
    number: usize,
    place: Place,
}

fn collect(sources: &Sources<'_>, problems: &mut Problems) -> Vec<Cited> {
    let mut cited = Vec::new();
    for (_, _, root) in sources.iter() {
        let Some(root) = root else { continue };
        let own = root
            .get("x-source")
            .and_then(|s| s.get("document"))
            .and_then(Node::text);
        let mut texts = Vec::new();
        find(root, &mut texts);
        cited.extend(
            texts
                .into_iter()
                .filter_map(|node| citation(node, own, problems)),
        );
    }
    cited
}

/// Every text that cites a row. Trees nest no deeper than the reader allows.
fn find<'n>(node: &'n Node, texts: &mut Vec<&'n Node>) {
    for element in node.elements() {
        find(element, texts);
    }
    for member in node.members() {
        let inner = &member.node;
        match member.key.as_str() {
            "x-row" => texts.extend(one_or_many(inner)),
            "x-source" => texts.extend(inner.get("rows").into_iter().flat_map(one_or_many)),
            // Names of properties and definitions are no keywords.
            "properties" | "$defs" => {
                for member in inner.members() {
                    find(&member.node, texts);
                }
            }
            // Values, not schemas.
            "examples" | "default" | "enum" | "const" => {}
            _ => find(inner, texts),
        }
    }
}

fn one_or_many(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(elements) => elements.iter().collect(),
        _ => vec![node],
    }
}

fn citation(node: &Node, own: Option<&str>, problems: &mut Problems) -> Option<Cited> {
    // Anything but text was reported where it is read.
    let text = node.text()?;
    let (document, row) = match text.split_once('#') {
        Some((document, row)) => (Some(document), row),
        None => (own, text),
    };
    let parsed = row.rsplit_once('/').and_then(|(table, number)| {
        let number: usize = number.parse().ok()?;
        (number > 0 && !table.is_empty()).then_some((table, number))
    });
    if let (Some((table, number)), Some(document)) = (parsed, document) {
        return Some(Cited {
            document: document.to_owned(),
            table: table.to_owned(),
            number,
            place: node.place,
        });
    }
    let help = if parsed.is_some() {
        "this file has no document of its own: write `<document>#<table>/<n>`"
    } else {
        "write `<table>/<n>` or `<document>#<table>/<n>`, with n from 1"
    };
    problems.report(
        Code::BadCitation,
        node.place,
        format!("`{text}` cites no row"),
        help,
    );
    None
}

/// One document of the lock.
struct Document {
    sha256: Spanned<String>,
    /// The places of the rows of each table.
    tables: BTreeMap<String, Vec<Place>>,
}

fn read_lock(
    sources: &Sources<'_>,
    id: FileId,
    problems: &mut Problems,
) -> Option<BTreeMap<String, Document>> {
    let mut members = Members::open(sources.root(id)?, "`sources.lock`", problems)?;
    let documents = members.need("documents", problems)?;
    members.close(problems);
    if !matches!(documents.value, Value::Object(_)) {
        members::wrong_type(documents, "an object of documents", problems);
        return None;
    }
    let documents = documents
        .members()
        .iter()
        .filter_map(|member| Some((member.key.clone(), read_document(&member.node, problems)?)));
    Some(documents.collect())
}

fn read_document(node: &Node, problems: &mut Problems) -> Option<Document> {
    let mut members = Members::open(node, "a document", problems)?;
    members.take_text("title", problems);
    members.take_text("address", problems);
    let sha256 = members
        .need("sha256", problems)
        .and_then(|n| members::text(n, problems));
    let count = members
        .need("rows", problems)
        .and_then(|n| members::count(n, problems));
    let tables = members.need("tables", problems);
    members.close(problems);
    let mut document = Document {
        sha256: sha256?,
        tables: BTreeMap::new(),
    };
    for table in tables?.members() {
        let rows = members::list(&table.node, problems, |row, problems| {
            members::text(row, problems).map(|row| row.place)
        })?;
        document.tables.insert(table.key.clone(), rows.value);
    }
    let count = count?;
    let listed: usize = document.tables.values().map(Vec::len).sum();
    if count.value as usize != listed {
        problems.report(
            Code::WrongValue,
            count.place,
            format!("the tables have {listed} rows"),
            "make the lock anew from the documents",
        );
    }
    Some(document)
}

/// Each file must have been transcribed from the document that the lock knows.
fn check_digests(
    sources: &Sources<'_>,
    documents: &BTreeMap<String, Document>,
    problems: &mut Problems,
) {
    for (_, _, root) in sources.iter() {
        let Some(source) = root.and_then(|root| root.get("x-source")) else {
            continue;
        };
        let (Some(name), Some(digest)) = (source.get("document"), source.get("sha256")) else {
            continue;
        };
        let (Some(name_text), Some(digest_text)) = (name.text(), digest.text()) else {
            continue;
        };
        let Some(document) = documents.get(name_text) else {
            report_document(name_text, name.place, documents, problems);
            continue;
        };
        if digest_text != document.sha256.value {
            problems.push(
                Problem::new(
                    Code::DigestDiffers,
                    digest.place,
                    format!("`{name_text}` is not the document that this was transcribed from"),
                    format!(
                        "compare the rows with the document, then write `{}`",
                        document.sha256.value
                    ),
                )
                .also(document.sha256.place, "the lock says"),
            );
        }
    }
}

fn report_document(
    name: &str,
    place: Place,
    documents: &BTreeMap<String, Document>,
    problems: &mut Problems,
) {
    let known = || documents.keys().map(String::as_str);
    problems.report(
        Code::UnknownDocument,
        place,
        format!("`sources.lock` has no document `{name}`"),
        did_you_mean(name, known())
            .unwrap_or_else(|| format!("it has {}", known().collect::<Vec<_>>().join(", "))),
    );
}

fn check_citations(
    cited: &[Cited],
    documents: &BTreeMap<String, Document>,
    problems: &mut Problems,
) {
    let mut first: BTreeMap<(&str, &str, usize), Place> = BTreeMap::new();
    for citation in cited {
        let Cited {
            document,
            table,
            number,
            place,
        } = citation;
        let Some(known) = documents.get(document) else {
            report_document(document, *place, documents, problems);
            continue;
        };
        if known
            .tables
            .get(table)
            .is_none_or(|rows| *number > rows.len())
        {
            report_row(citation, known, problems);
            continue;
        }
        if let Some(first) = first.insert((document, table, *number), *place) {
            problems.push(
                Problem::new(
                    Code::RowCitedTwice,
                    *place,
                    format!("`{document}#{table}/{number}` is cited twice"),
                    "a row stands for one thing: delete the citation that does not",
                )
                .also(first, "first here"),
            );
        }
    }
    for (name, document) in documents {
        for (table, rows) in &document.tables {
            for (n, place) in rows.iter().enumerate() {
                let number = n + 1;
                if !first.contains_key(&(name.as_str(), table.as_str(), number)) {
                    problems.report(
                        Code::RowNotCited,
                        *place,
                        format!("`{name}#{table}/{number}` is cited nowhere"),
                        "transcribe the row and cite it with `x-row`",
                    );
                }
            }
        }
    }
}

fn report_row(citation: &Cited, document: &Document, problems: &mut Problems) {
    let Cited {
        document: name,
        table,
        number,
        place,
    } = citation;
    let (message, help) = if let Some(rows) = document.tables.get(table) {
        let message = format!("the table `{table}` of `{name}` has no row {number}");
        (message, format!("its rows are 1 to {}", rows.len()))
    } else {
        let known = || document.tables.keys().map(String::as_str);
        let help = did_you_mean(table, known()).unwrap_or_else(|| {
            format!("its tables are {}", known().collect::<Vec<_>>().join(", "))
        });
        (format!("`{name}` has no table `{table}`"), help)
    };
    problems.report(Code::UnknownRow, *place, message, help);
}
