//! Lists of pushes and documents, page by page.

use deadpool_postgres::Object;
use dockseal::BeijingTime;
use dockseal::receiver::{Effect, Kind, Receipt};
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::fault::{Fault, Work};
use super::value::{self, given, kept};
use crate::browse::{
    DocumentFilter, Page, PushFilter, PushRow, StoredDocument, StoredPush, Waiting,
};

/// A page ends early once it holds so many bytes of receipts and bodies.
const PAGE: i64 = 1 << 20;

/// A list to be read.
pub(super) struct List<T> {
    query: Query,
    read: fn(&Row) -> Result<T, Fault>,
}

impl<T: Send> Work for List<T> {
    type Done = Vec<T>;

    const FAILED: &'static str = "the inbox cannot be read";

    async fn work(&mut self, lent: &mut Object) -> Result<Vec<T>, Fault> {
        let rows = self.query.run(lent).await?;
        rows.iter().map(self.read).collect()
    }
}

/// A query and the values for its places.
struct Query {
    /// What is selected; the first column is the number by which a list is sorted.
    columns: &'static str,
    from: String,
    /// The size of a row in bytes.
    size: &'static str,
    limit: usize,
    values: Vec<(Box<dyn ToSql + Send + Sync>, Type)>,
}

/// Pushes as a list shows them.
pub(super) fn pushes(filter: &PushFilter, page: Page) -> List<PushRow> {
    let query = Query {
        columns: "p.id, p.received_at, p.node, p.method, d.kind, p.document_id, p.effect,
            w.attempts, date_trunc('second', w.due_at + interval '999999 microseconds') AS due_at,
            p.receipt",
        size: "octet_length(p.receipt)",
        ..which_pushes(filter, page)
    };
    let read = push_row;
    List { query, read }
}

/// Pushes with everything stored of them.
pub(super) fn stored(filter: &PushFilter, page: Page) -> List<StoredPush> {
    let query = Query {
        columns: "p.id, p.received_at, p.node, p.method, d.kind, p.document_id, p.effect,
            w.attempts, date_trunc('second', w.due_at + interval '999999 microseconds') AS due_at,
            p.receipt, p.body, p.sign, p.task, p.reply",
        size: "octet_length(p.receipt) + octet_length(p.body)",
        ..which_pushes(filter, page)
    };
    let read = stored_push;
    List { query, read }
}

/// Documents.
pub(super) fn documents(filter: &DocumentFilter, page: Page) -> List<StoredDocument> {
    let mut query = Query {
        columns: "d.id, d.kind, d.node, d.created_at, d.updated_at, d.body",
        from: "dockseal_document AS d WHERE TRUE".to_owned(),
        size: "octet_length(d.body)",
        limit: page.limit,
        values: Vec::new(),
    };
    query.and("d.id =", filter.document, Type::INT8);
    query.and("d.node =", filter.node.as_deref().map(text), Type::TEXT);
    query.and("d.kind =", filter.kind.map(Kind::name), Type::TEXT);
    query.and("d.status =", filter.status.as_deref().map(text), Type::TEXT);
    query.and(
        "d.updated_at >=",
        filter.since.map(value::moment),
        Type::TIMESTAMPTZ,
    );
    query.number("d.id", filter.number.as_deref());
    query.and("d.id >", Some(page.after), Type::INT8);
    let read = stored_document;
    List { query, read }
}

fn which_pushes(filter: &PushFilter, page: Page) -> Query {
    let mut query = Query {
        columns: "",
        from: "dockseal_push AS p JOIN dockseal_document AS d ON d.id = p.document_id
            LEFT JOIN dockseal_delivery AS w ON w.document_id = p.document_id AND w.push = p.id
            WHERE TRUE"
            .to_owned(),
        size: "",
        limit: page.limit,
        values: Vec::new(),
    };
    query.and("p.id =", filter.push, Type::INT8);
    query.and("p.document_id =", filter.document, Type::INT8);
    query.and("p.node =", filter.node.as_deref().map(text), Type::TEXT);
    query.and("d.kind =", filter.kind.map(Kind::name), Type::TEXT);
    query.and("p.effect =", filter.effect.map(Effect::name), Type::TEXT);
    query.and(
        "p.received_at >=",
        filter.since.map(value::moment),
        Type::TIMESTAMPTZ,
    );
    query.number("p.document_id", filter.number.as_deref());
    if filter.undelivered {
        query.from.push_str(" AND w.push IS NOT NULL");
    }
    query.and("p.id >", Some(page.after), Type::INT8);
    query
}

fn text(text: &str) -> String {
    kept(text).into_owned()
}

impl Query {
    /// Adds a condition that ends in a value, if there is one.
    fn and(
        &mut self,
        condition: &str,
        value: Option<impl ToSql + Send + Sync + 'static>,
        kind: Type,
    ) {
        if let Some(value) = value {
            self.values.push((Box::new(value), kind));
            let place = self.values.len();
            self.from.push_str(&format!(" AND {condition} ${place}"));
        }
    }

    /// Only what belongs to a document that has this number.
    fn number(&mut self, column: &str, number: Option<&str>) {
        if let Some(number) = number {
            self.values.push((Box::new(text(number)), Type::TEXT));
            let place = self.values.len();
            self.from.push_str(&format!(
                " AND {column} IN (SELECT document_id FROM dockseal_identifier
                    WHERE sha256(decode(value, 'escape')) = sha256(decode(${place}, 'escape')))"
            ));
        }
    }

    /// Leaves out, on the server, what is behind the end of the page.
    async fn run(&self, lent: &mut Object) -> Result<Vec<Row>, Fault> {
        let Query {
            columns,
            from,
            size,
            limit,
            ..
        } = self;
        let sql = format!(
            "SELECT * FROM (
                 SELECT rows.*, sum(size) OVER (ORDER BY id) - size AS before FROM (
                     SELECT {columns}, {size} AS size FROM {from} ORDER BY 1 LIMIT {limit}
                 ) AS rows
             ) AS page WHERE before < {PAGE} ORDER BY id"
        );
        let values: Vec<(&(dyn ToSql + Sync), Type)> = self
            .values
            .iter()
            .map(|(value, kind)| (&**value as &(dyn ToSql + Sync), kind.clone()))
            .collect();
        Ok(lent.query_typed(&sql, &values).await?)
    }
}

/// A push of a list.
fn push_row(row: &Row) -> Result<PushRow, Fault> {
    Ok(with_receipt(row)?.0)
}

/// A push with everything.
fn stored_push(found: &Row) -> Result<StoredPush, Fault> {
    let (row, receipt) = with_receipt(found)?;
    let task: Option<&str> = found.try_get(12)?;
    Ok(StoredPush {
        row,
        body: found.try_get(10)?,
        sign: given(found.try_get(11)?),
        task: task.map(given),
        receipt,
        reply: found.try_get(13)?,
    })
}

/// A document.
fn stored_document(row: &Row) -> Result<StoredDocument, Fault> {
    let kind = value::kind(row.try_get(1)?)?;
    Ok(StoredDocument {
        document: row.try_get(0)?,
        node: given(row.try_get(2)?),
        created_at: value::beijing(row.try_get(3)?)?,
        updated_at: value::beijing(row.try_get(4)?)?,
        receipt: value::read(kind, row.try_get(5)?)?,
    })
}

fn with_receipt(found: &Row) -> Result<(PushRow, Receipt), Fault> {
    let kind = value::kind(found.try_get(4)?)?;
    let receipt = value::read(kind, found.try_get(9)?)?;
    let row = PushRow {
        push: found.try_get(0)?,
        received_at: value::beijing(found.try_get(1)?)?,
        node: given(found.try_get(2)?),
        method: found.try_get(3)?,
        kind,
        document: found.try_get(5)?,
        effect: value::effect(found.try_get(6)?)?,
        identifiers: receipt.identifiers().map(|value| value.map(str::to_owned)),
        waiting: waiting(found)?,
    };
    Ok((row, receipt))
}

fn waiting(found: &Row) -> Result<Option<Waiting>, Fault> {
    let Some(attempts) = found.try_get::<_, Option<i32>>(7)? else {
        return Ok(None);
    };
    let due: Option<BeijingTime> = found
        .try_get::<_, Option<_>>(8)?
        .map(value::beijing)
        .transpose()?;
    let attempts = u32::try_from(attempts).unwrap_or(0);
    Ok(Some(Waiting::new(attempts, due)))
}
