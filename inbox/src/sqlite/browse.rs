//! Lists of pushes and documents, page by page.

use dockseal::receiver::{Effect, Kind, Receipt};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::clock;
use super::trouble::Trouble;
use crate::browse::{
    DocumentFilter, Page, PushFilter, PushRow, StoredDocument, StoredPush, Waiting,
};

/// A page ends early once it holds so many bytes of receipts and bodies.
const PAGE: usize = 1 << 20;

/// The columns of [`row`]; what a whole push has besides comes behind them.
const ROW: &str = "p.id, p.received_at, p.node, p.method, d.kind, p.document_id, p.effect,
                   w.push IS NOT NULL, w.attempts, w.due_at, p.receipt";

/// Pushes as a list shows them.
pub(super) fn pushes(
    inbox: &Connection,
    filter: &PushFilter,
    page: Page,
) -> Result<Vec<PushRow>, Trouble> {
    list(inbox, &which_pushes(filter, page).select(ROW), |found| {
        let (row, _, size) = row(found)?;
        Ok((row, size))
    })
}

/// Pushes with everything stored of them.
pub(super) fn stored(
    inbox: &Connection,
    filter: &PushFilter,
    page: Page,
) -> Result<Vec<StoredPush>, Trouble> {
    let columns = format!("{ROW}, p.body, p.sign, p.task, p.reply");
    list(
        inbox,
        &which_pushes(filter, page).select(&columns),
        |found| {
            let (row, receipt, size) = row(found)?;
            let body: Vec<u8> = found.get(11)?;
            let size = size + body.len();
            let push = StoredPush {
                row,
                body,
                sign: found.get(12)?,
                task: found.get(13)?,
                receipt,
                reply: found.get(14)?,
            };
            Ok((push, size))
        },
    )
}

/// Documents.
pub(super) fn documents(
    inbox: &Connection,
    filter: &DocumentFilter,
    page: Page,
) -> Result<Vec<StoredDocument>, Trouble> {
    list(inbox, &which_documents(filter, page), |found| {
        let kind: String = found.get(1)?;
        let text: String = found.get(5)?;
        let document = StoredDocument {
            document: found.get(0)?,
            node: found.get(2)?,
            created_at: clock::time(found.get(3)?)?,
            updated_at: clock::time(found.get(4)?)?,
            receipt: Receipt::from_json(known(Kind::from_name(&kind))?, &text)?,
        };
        Ok((document, text.len()))
    })
}

/// A query and the values for its question marks.
struct Query {
    sql: String,
    values: Vec<Value>,
}

impl Query {
    fn new(sql: &str) -> Query {
        Query {
            sql: sql.to_owned(),
            values: Vec::new(),
        }
    }

    /// Adds a condition that has one question mark, if there is a value for it.
    fn and(&mut self, condition: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.sql.push_str(" AND ");
            self.sql.push_str(condition);
            self.values.push(value.into());
        }
    }

    fn page(mut self, key: &str, page: Page) -> Query {
        let limit = i64::try_from(page.limit).unwrap_or(i64::MAX);
        self.and(&format!("{key} > ?"), Some(page.after));
        self.sql.push_str(&format!(" ORDER BY {key} LIMIT ?"));
        self.values.push(limit.into());
        self
    }

    fn select(mut self, columns: &str) -> Query {
        self.sql = format!("SELECT {columns} {}", self.sql);
        self
    }
}

fn which_pushes(filter: &PushFilter, page: Page) -> Query {
    let mut query = Query::new(
        "FROM push p JOIN document d ON d.id = p.document_id
         LEFT JOIN delivery w ON w.document_id = p.document_id AND w.push = p.id WHERE TRUE",
    );
    query.and("p.id = ?", filter.push);
    query.and(&of_documents("SELECT ? AS id"), filter.document);
    query.and("p.node = ?", filter.node.clone());
    query.and("d.kind = ?", filter.kind.map(|kind| kind.name().to_owned()));
    query.and(
        "p.effect = ?",
        filter.effect.map(|effect| effect.name().to_owned()),
    );
    query.and(
        &of_documents("SELECT document_id AS id FROM identifier WHERE value = ?"),
        filter.number.clone(),
    );
    query.and(
        "p.received_at >= ?",
        filter.since.map(dockseal::BeijingTime::unix),
    );
    if filter.undelivered {
        query
            .sql
            .push_str(" AND p.id IN (SELECT push FROM delivery)");
    }
    query.page("p.id", page)
}

/// The pushes of documents: the one that began each has its number, an index has the others.
fn of_documents(documents: &str) -> String {
    format!(
        "p.id IN (WITH these AS ({documents})
                  SELECT id FROM these UNION ALL
                  SELECT later.id FROM these JOIN push later
                  ON later.document_id = these.id AND later.document_id <> later.id)"
    )
}

fn which_documents(filter: &DocumentFilter, page: Page) -> Query {
    let mut query = Query::new(
        "SELECT d.id, d.kind, d.node, d.created_at, d.updated_at,
                coalesce(d.body, (SELECT receipt FROM push WHERE push.id = d.id))
         FROM document d WHERE TRUE",
    );
    query.and("d.id = ?", filter.document);
    query.and("d.node = ?", filter.node.clone());
    query.and("d.kind = ?", filter.kind.map(|kind| kind.name().to_owned()));
    query.and("d.status = ?", filter.status.clone());
    query.and(
        "d.id IN (SELECT document_id FROM identifier WHERE value = ?)",
        filter.number.clone(),
    );
    query.and(
        "d.updated_at >= ?",
        filter.since.map(dockseal::BeijingTime::unix),
    );
    query.page("d.id", page)
}

/// Reads rows, each with its size in bytes, until the page is full.
fn list<T>(
    inbox: &Connection,
    query: &Query,
    read: impl Fn(&Row<'_>) -> Result<(T, usize), Trouble>,
) -> Result<Vec<T>, Trouble> {
    let mut statement = inbox.prepare_cached(&query.sql)?;
    let mut rows = statement.query(params_from_iter(&query.values))?;
    let mut list = Vec::new();
    let mut size = 0;
    while size < PAGE
        && let Some(row) = rows.next()?
    {
        let (item, bytes) = read(row)?;
        list.push(item);
        size += bytes;
    }
    Ok(list)
}

/// A row of a list, its receipt, and the size of that.
fn row(found: &Row<'_>) -> Result<(PushRow, Receipt, usize), Trouble> {
    let kind: String = found.get(4)?;
    let kind = known(Kind::from_name(&kind))?;
    let effect: String = found.get(6)?;
    let text: String = found.get(10)?;
    let receipt = Receipt::from_json(kind, &text)?;
    let row = PushRow {
        push: found.get(0)?,
        received_at: clock::time(found.get(1)?)?,
        node: found.get(2)?,
        method: found.get(3)?,
        kind,
        document: found.get(5)?,
        effect: known(Effect::from_name(&effect))?,
        identifiers: receipt.identifiers().map(|value| value.map(str::to_owned)),
        waiting: waiting(found)?,
    };
    Ok((row, receipt, text.len()))
}

fn waiting(found: &Row<'_>) -> Result<Option<Waiting>, Trouble> {
    if !found.get::<_, bool>(7)? {
        return Ok(None);
    }
    let due: Option<i64> = found.get(9)?;
    // Rounded up, as the outbox does.
    let due =
        due.map(|due| clock::time(due.div_euclid(1000) + i64::from(due.rem_euclid(1000) > 0)));
    Ok(Some(Waiting::new(found.get(8)?, due.transpose()?)))
}

fn known<T>(word: Option<T>) -> Result<T, Trouble> {
    word.ok_or_else(|| Trouble::new("a newer program wrote this row; use that one"))
}
