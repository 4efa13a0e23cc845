//! A document inside a transaction: found and held, written, and what it is found by.

use deadpool_postgres::Transaction;
use dockseal::receiver::{Arrival, Change, Receipt, Refusal};
use tokio_postgres::types::Type;

use super::fault::Fault;
use super::value::{self, Typed, kept};

/// A document that is there.
pub(super) struct Found {
    pub(super) document: i64,
    pub(super) receipt: Receipt,
}

/// The documents that have one of its numbers, and nobody else may change them now.
pub(super) async fn find(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
) -> Result<Vec<Found>, Fault> {
    let kind = arrival.kind();
    let node = kept(&arrival.identity.node);
    let name = kind.name();
    let [first, second] = kind.identifiers();
    let [a, b] = arrival.receipt.identifiers().map(|value| value.map(kept));
    let parameters: [Typed; 6] = [
        (&node, Type::TEXT),
        (&name, Type::TEXT),
        (&first, Type::TEXT),
        (&a, Type::TEXT),
        (&second, Type::TEXT),
        (&b, Type::TEXT),
    ];
    let rows = transaction.query_typed(
        "SELECT id, body FROM dockseal_document WHERE id IN (
             SELECT document_id FROM dockseal_identifier
             WHERE sha256(decode(value, 'escape')) = sha256(decode($4, 'escape'))
                 AND name = $3 AND kind = $2 AND node = $1
             UNION
             SELECT document_id FROM dockseal_identifier
             WHERE sha256(decode(value, 'escape')) = sha256(decode($6, 'escape'))
                 AND name = $5 AND kind = $2 AND node = $1)
         ORDER BY id FOR UPDATE",
        &parameters,
    );
    let rows = rows.await?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                document: row.try_get(0)?,
                receipt: value::read(kind, row.try_get(1)?)?,
            })
        })
        .collect()
}

/// What a push does, and to which document if it is there already.
pub(super) fn decide(
    arrival: &Arrival,
    mut found: Vec<Found>,
    counted: bool,
) -> Result<(Change, Option<Found>), Refusal> {
    let receipts: Vec<_> = found.iter().map(|found| found.receipt.clone()).collect();
    let change = arrival.apply(&receipts, counted)?;
    Ok((change, found.pop()))
}

/// Writes the document after a push, and what it is found by from now on. Returns its number.
pub(super) async fn put(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    before: Option<&Found>,
    change: &Change,
) -> Result<i64, Fault> {
    match (before, &change.document) {
        (Some(before), None) => Ok(before.document),
        (None, None) => Err(Fault::Stored("a push belongs to no document")),
        (Some(before), Some(after)) => {
            update(transaction, arrival, before.document, after).await?;
            let known = before.receipt.identifiers();
            learn(transaction, arrival, before.document, known, after).await?;
            Ok(before.document)
        }
        (None, Some(after)) => {
            let document = insert(transaction, arrival, after).await?;
            learn(transaction, arrival, document, [None; 2], after).await?;
            Ok(document)
        }
    }
}

async fn update(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    document: i64,
    after: &Receipt,
) -> Result<(), Fault> {
    let status = kept(after.status());
    let body = after.to_json();
    let at = value::moment(arrival.received_at);
    let parameters: [Typed; 4] = [
        (&document, Type::INT8),
        (&status, Type::TEXT),
        (&body, Type::TEXT),
        (&at, Type::TIMESTAMPTZ),
    ];
    let updated = transaction.execute_typed(
        "UPDATE dockseal_document SET status = $2, body = $3,
             updated_at = greatest(updated_at, $4) WHERE id = $1",
        &parameters,
    );
    updated.await?;
    Ok(())
}

async fn insert(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    after: &Receipt,
) -> Result<i64, Fault> {
    let kind = arrival.kind().name();
    let node = kept(&arrival.identity.node);
    let status = kept(after.status());
    let body = after.to_json();
    let at = value::moment(arrival.received_at);
    let parameters: [Typed; 5] = [
        (&kind, Type::TEXT),
        (&node, Type::TEXT),
        (&status, Type::TEXT),
        (&body, Type::TEXT),
        (&at, Type::TIMESTAMPTZ),
    ];
    let row = transaction.query_typed_one(
        "INSERT INTO dockseal_document (id, kind, node, status, body, created_at, updated_at)
         VALUES (nextval('dockseal_number'), $1, $2, $3, $4, $5, $5) RETURNING id",
        &parameters,
    );
    Ok(row.await?.try_get(0)?)
}

/// Writes the numbers of a document that it was not found by before.
async fn learn(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    document: i64,
    known: [Option<&str>; 2],
    after: &Receipt,
) -> Result<(), Fault> {
    let names = arrival.kind().identifiers().into_iter();
    let now = after.identifiers();
    let (names, values): (Vec<_>, Vec<_>) = names
        .zip(known.into_iter().zip(now))
        .filter(|(_, (known, _))| known.is_none())
        .filter_map(|(name, (_, now))| Some((name, kept(now?))))
        .unzip();
    if names.is_empty() {
        return Ok(());
    }
    let kind = arrival.kind().name();
    let node = kept(&arrival.identity.node);
    let parameters: [Typed; 5] = [
        (&names, Type::TEXT_ARRAY),
        (&values, Type::TEXT_ARRAY),
        (&kind, Type::TEXT),
        (&node, Type::TEXT),
        (&document, Type::INT8),
    ];
    transaction
        .execute_typed(
            "INSERT INTO dockseal_identifier (value, name, kind, node, document_id)
             SELECT new.value, new.name, $3, $4, $5 FROM unnest($1, $2) AS new (name, value)",
            &parameters,
        )
        .await?;
    Ok(())
}
