//! Having a push take its effect again, or at last.

use deadpool_postgres::{Object, Transaction};
use dockseal::receiver::{Arrival, Effect};
use tokio_postgres::types::Type;

use super::fault::{Fault, Work};
use super::transaction::{begin, hold, limit};
use super::value::{self, Typed, given};
use super::{deliver, document, locks};
use crate::browse::Replayed;

/// A push to be replayed, by number.
pub(super) struct Replay(pub(super) i64);

impl Work for Replay {
    type Done = Replayed;

    const FAILED: &'static str = "the push cannot be replayed";

    async fn work(&mut self, lent: &mut Object) -> Result<Replayed, Fault> {
        replay(lent, self.0).await
    }
}

/// Hands a delivery out again, or lets a push out of quarantine.
async fn replay(lent: &mut Object, push: i64) -> Result<Replayed, Fault> {
    let transaction = begin(lent).await?;
    limit(&transaction).await?;
    let Some(quarantined) = recall(&transaction, push).await? else {
        return Ok(Replayed::Unknown);
    };
    if let Some(arrival) = &quarantined {
        // In the order in which a push takes them: first the locks, then the row of the document.
        hold(&transaction, &locks::of(arrival)).await?;
    }
    let (document, effect, waiting) = state(&transaction, push).await?;
    let replayed = match (effect, quarantined) {
        _ if waiting => Replayed::Waiting,
        (Effect::Quarantined, Some(arrival)) => let_through(&transaction, push, &arrival).await?,
        (effect, _) if effect.is_delivered() => {
            deliver::add(&transaction, document, push).await?;
            Replayed::Again
        }
        (effect, _) => Replayed::NoEffect(effect),
    };
    transaction.commit().await?;
    Ok(replayed)
}

/// Nothing when there is no such push; otherwise the push again, if it is in quarantine.
async fn recall(
    transaction: &Transaction<'_>,
    push: i64,
) -> Result<Option<Option<Arrival>>, Fault> {
    let parameters: [Typed; 1] = [(&push, Type::INT8)];
    let row = transaction.query_typed_opt(
        "SELECT push.effect, push.node, push.received_at, push.body, document.kind, push.receipt
         FROM dockseal_push AS push
         JOIN dockseal_document AS document ON document.id = push.document_id
         WHERE push.id = $1",
        &parameters,
    );
    let Some(row) = row.await? else {
        return Ok(None);
    };
    if value::effect(row.try_get(0)?)? != Effect::Quarantined {
        return Ok(Some(None));
    }
    let kind = value::kind(row.try_get(4)?)?;
    let node = given(row.try_get(1)?);
    let received_at = value::beijing(row.try_get(2)?)?;
    let receipt = value::read(kind, row.try_get(5)?)?;
    let arrival = Arrival::recall(&node, received_at, row.try_get(3)?, receipt)
        .map_err(|_| Fault::Stored("the body of a stored push cannot be read"))?;
    Ok(Some(Some(arrival)))
}

/// The document of the push, held, and how far the push is now that nobody else can change that.
async fn state(transaction: &Transaction<'_>, push: i64) -> Result<(i64, Effect, bool), Fault> {
    let parameters: [Typed; 1] = [(&push, Type::INT8)];
    transaction
        .query_typed(
            "SELECT id FROM dockseal_document
             WHERE id = (SELECT document_id FROM dockseal_push WHERE id = $1) FOR UPDATE",
            &parameters,
        )
        .await?;
    let row = transaction
        .query_typed_one(
            "SELECT document_id, effect,
                 EXISTS (SELECT FROM dockseal_delivery AS delivery
                     WHERE delivery.document_id = push.document_id AND delivery.push = push.id)
             FROM dockseal_push AS push WHERE id = $1",
            &parameters,
        )
        .await?;
    let effect = value::effect(row.try_get(1)?)?;
    Ok((row.try_get(0)?, effect, row.try_get(2)?))
}

/// Counts a push that was in quarantine, as if it came now.
async fn let_through(
    transaction: &Transaction<'_>,
    push: i64,
    arrival: &Arrival,
) -> Result<Replayed, Fault> {
    let found = document::find(transaction, arrival).await?;
    let (change, before) = match document::decide(arrival, found, false) {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Replayed::Refused(refusal)),
    };
    let effect = change.effect;
    if !effect.is_delivered() {
        // Nothing would count: what waits for a decision keeps waiting.
        return Ok(Replayed::NoEffect(effect));
    }
    let document = document::put(transaction, arrival, before.as_ref(), &change).await?;
    let name = effect.name();
    let parameters: [Typed; 2] = [(&push, Type::INT8), (&name, Type::TEXT)];
    transaction
        .execute_typed(
            "UPDATE dockseal_push SET effect = $2 WHERE id = $1",
            &parameters,
        )
        .await?;
    deliver::add(transaction, document, push).await?;
    Ok(Replayed::LetThrough(effect))
}
