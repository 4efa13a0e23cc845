//! Handing out what the handler has not seen, and writing down how it ended.

use std::time::Duration;

use deadpool_postgres::{Object, Transaction};
use dockseal::receiver::{Claim, Delivery, Settled};
use tokio_postgres::Row;
use tokio_postgres::types::Type;

use super::fault::{Fault, Work};
use super::transaction::{begin, limit};
use super::value::{self, Typed, beijing, given, read};

/// Leases what is due. A commit that went through unheard costs one lease.
pub(super) struct Lease {
    pub(super) most: usize,
    pub(super) time: Duration,
}

/// Writes down how deliveries ended.
pub(super) struct Settle(pub(super) Vec<Settled>);

impl Work for Lease {
    type Done = Vec<Claim>;

    const FAILED: &'static str = "deliveries cannot be claimed";

    async fn work(&mut self, lent: &mut Object) -> Result<Vec<Claim>, Fault> {
        claim(lent, self.most, self.time).await
    }
}

impl Work for Settle {
    type Done = ();

    const FAILED: &'static str = "it cannot be stored how deliveries ended";

    async fn work(&mut self, lent: &mut Object) -> Result<(), Fault> {
        settle(lent, &self.0).await
    }
}

/// Adds a delivery; it has its turn at once unless another of the document is on. The document is
/// held by the transaction.
pub(super) async fn add(
    transaction: &Transaction<'_>,
    document: i64,
    push: i64,
) -> Result<(), Fault> {
    let parameters: [Typed; 2] = [(&document, Type::INT8), (&push, Type::INT8)];
    let added = transaction.execute_typed(
        "INSERT INTO dockseal_delivery (document_id, push, attempts, due_at)
         VALUES ($1, $2, 0, CASE WHEN NOT EXISTS (
             SELECT FROM dockseal_delivery WHERE document_id = $1) THEN now() END)",
        &parameters,
    );
    added.await?;
    Ok(())
}

/// Others that claim at the same time pass over what this one holds.
async fn claim(lent: &mut Object, most: usize, lease: Duration) -> Result<Vec<Claim>, Fault> {
    let transaction = begin(lent).await?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let lease = milliseconds(lease);
    let parameters: [Typed; 2] = [(&most, Type::INT8), (&lease, Type::INT8)];
    let rows = async {
        let rows = transaction.query_typed(
            "WITH due AS (
                 SELECT document_id, push FROM dockseal_delivery WHERE due_at <= now()
                 ORDER BY due_at, push LIMIT $1 FOR UPDATE SKIP LOCKED
             ), leased AS (
                 UPDATE dockseal_delivery AS delivery
                 SET attempts = attempts + 1, due_at = now() + $2 * interval '1 millisecond'
                 FROM due
                 WHERE delivery.document_id = due.document_id AND delivery.push = due.push
                 RETURNING delivery.push, delivery.attempts
             )
             SELECT push.id, push.node, push.received_at, push.effect, document.kind, push.receipt,
                 document.body, leased.attempts, push.fingerprint
             FROM leased
             JOIN dockseal_push AS push ON push.id = leased.push
             JOIN dockseal_document AS document ON document.id = push.document_id
             ORDER BY push.id",
            &parameters,
        );
        Ok(rows.await?)
    };
    let ((), rows) = tokio::try_join!(biased; limit(&transaction), rows)?;
    transaction.commit().await?;
    // One that cannot be read must not keep the others back; it comes again after its lease.
    let claims = rows.iter().filter_map(|row| {
        claimed(row)
            .inspect_err(|fault| tracing::error!(%fault, "a delivery is passed over"))
            .ok()
    });
    Ok(claims.collect())
}

fn claimed(row: &Row) -> Result<Claim, Fault> {
    let kind = value::kind(row.try_get(4)?)?;
    let effect = value::effect(row.try_get(3)?)?;
    let delivery = Delivery::new(
        row.try_get(0)?,
        row.try_get(8)?,
        given(row.try_get(1)?),
        beijing(row.try_get(2)?)?,
        effect,
        read(kind, row.try_get(5)?)?,
        read(kind, row.try_get(6)?)?,
    );
    let attempts: i32 = row.try_get(7)?;
    Ok(Claim::new(delivery, u32::try_from(attempts).unwrap_or(0)))
}

async fn settle(lent: &mut Object, settled: &[Settled]) -> Result<(), Fault> {
    let pushes: Vec<_> = settled.iter().map(|one| one.push).collect();
    let attempts: Vec<_> = settled
        .iter()
        .map(|one| i32::try_from(one.attempt).unwrap_or(i32::MAX))
        .collect();
    let again: Vec<_> = settled
        .iter()
        .map(|one| one.again_in.map(milliseconds))
        .collect();
    let parameters: [Typed; 3] = [
        (&pushes, Type::INT8_ARRAY),
        (&attempts, Type::INT4_ARRAY),
        (&again, Type::INT8_ARRAY),
    ];
    let transaction = begin(lent).await?;
    let work = async {
        // Whoever changes whose turn it is holds the document: no push can be taken in meanwhile that
        // would believe that an earlier one is still on.
        transaction
            .query_typed(
                "SELECT id FROM dockseal_document
                 WHERE id IN (SELECT document_id FROM dockseal_push WHERE id = ANY ($1))
                 ORDER BY id FOR UPDATE",
                parameters.get(..1).unwrap_or_default(),
            )
            .await?;
        transaction
            .execute_typed(
                "WITH ended AS (
                     SELECT * FROM unnest($1, $2, $3) AS ended (push, attempt, again)
                 ), later AS (
                     UPDATE dockseal_delivery AS delivery
                     SET due_at = now() + again * interval '1 millisecond'
                     FROM ended
                     WHERE delivery.push = ended.push AND delivery.attempts = ended.attempt
                         AND delivery.due_at IS NOT NULL AND again IS NOT NULL
                 ), done AS (
                     DELETE FROM dockseal_delivery AS delivery USING ended
                     WHERE delivery.push = ended.push AND delivery.attempts = ended.attempt
                         AND delivery.due_at IS NOT NULL AND again IS NULL
                     RETURNING delivery.document_id, delivery.push
                 )
                 UPDATE dockseal_delivery AS delivery SET due_at = now()
                 FROM done
                 WHERE delivery.document_id = done.document_id AND delivery.push = (
                     SELECT min(other.push) FROM dockseal_delivery AS other
                     WHERE other.document_id = done.document_id AND other.push <> done.push)",
                &parameters,
            )
            .await?;
        Ok::<_, Fault>(())
    };
    tokio::try_join!(biased; limit(&transaction), work)?;
    transaction.commit().await?;
    Ok(())
}

/// For the server's clock, rounded up; what is longer than a hundred years is that long.
fn milliseconds(time: Duration) -> i64 {
    const CENTURY: i64 = 100 * 365 * 86_400_000;
    i64::try_from(time.as_nanos().div_ceil(1_000_000)).map_or(CENTURY, |of| of.min(CENTURY))
}
