//! Taking a push in: all of it or nothing, once.

use deadpool_postgres::{Object, Transaction};
use dockseal::receiver::{Accepted, Arrival, Earlier, Effect, Identity, InboxError, Repeats};
use tokio_postgres::types::Type;

use super::document::{self, Found};
use super::fault::{Fault, Work};
use super::transaction::{begin, hold, limit};
use super::value::{self, Typed, given, kept};
use super::{Inbox, deliver, locks};

/// A push to be taken in.
struct Accept {
    arrival: Arrival,
    /// What was written, and perhaps committed.
    written: Option<Written>,
}

#[derive(Clone, Copy)]
struct Written {
    push: i64,
    effect: Effect,
}

impl Inbox {
    pub(super) async fn take_in(&self, arrival: Arrival) -> Result<Accepted, InboxError> {
        let written = None;
        let accepted = self.attempt(Accept { arrival, written }).await?;
        if matches!(&accepted, Accepted::Taken { effect, .. } if effect.is_delivered()) {
            self.woken.notify_one();
        }
        Ok(accepted)
    }
}

impl Work for Accept {
    type Done = Accepted;

    const FAILED: &'static str = "the push cannot be stored";

    async fn work(&mut self, lent: &mut Object) -> Result<Accepted, Fault> {
        take_in(lent, &self.arrival, &mut self.written).await
    }
}

/// The push that one of this identity repeats, to be looked up.
pub(super) struct LookUp(pub(super) Identity);

impl Work for LookUp {
    type Done = Option<Earlier>;

    const FAILED: &'static str = "earlier pushes cannot be looked up";

    async fn work(&mut self, lent: &mut Object) -> Result<Option<Earlier>, Fault> {
        earlier(&begin(lent).await?, &self.0).await
    }
}

async fn take_in(
    lent: &mut Object,
    arrival: &Arrival,
    written: &mut Option<Written>,
) -> Result<Accepted, Fault> {
    let transaction = begin(lent).await?;
    let locks = locks::of(arrival);
    // One round trip: the server runs them one after the other, each looking at what was committed
    // when it began, so that the look-ups see whatever the locks waited for.
    let ((), (), repeated, found) = tokio::try_join!(
        biased;
        limit(&transaction),
        hold(&transaction, &locks),
        earlier(&transaction, &arrival.identity),
        document::find(&transaction, arrival),
    )?;
    if let Some(earlier) = repeated {
        return Ok(match *written {
            // The end of an attempt of ours was not heard, and it was committed after all.
            Some(ours) if ours.push == earlier.push => Accepted::Taken {
                push: ours.push,
                effect: ours.effect,
            },
            _ => Accepted::Repeated(earlier),
        });
    }
    let counted = counted(&transaction, arrival, &found).await?;
    let (change, before) = match document::decide(arrival, found, counted) {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Accepted::Refused(refusal)),
    };
    let effect = change.effect;
    let document = document::put(&transaction, arrival, before.as_ref(), &change).await?;
    let push = put_push(&transaction, arrival, document, effect).await?;
    if effect.is_delivered() {
        deliver::add(&transaction, document, push).await?;
    }
    *written = Some(Written { push, effect });
    transaction.commit().await?;
    Ok(Accepted::Taken { push, effect })
}

/// A push of this signature, or of this name, by the same sender.
async fn earlier(
    transaction: &Transaction<'_>,
    identity: &Identity,
) -> Result<Option<Earlier>, Fault> {
    let node = kept(&identity.node);
    let sign = kept(&identity.sign);
    let task = identity.task.as_deref().map(kept);
    let parameters: [Typed; 4] = [
        (&node, Type::TEXT),
        (&sign, Type::TEXT),
        (&identity.method, Type::TEXT),
        (&task, Type::TEXT),
    ];
    let row = transaction.query_typed_opt(
        "SELECT id, reply, fingerprint, content, task FROM dockseal_push
         WHERE sign = $2 AND node = $1
         UNION
         SELECT id, reply, fingerprint, content, task FROM dockseal_push
         WHERE sha256(decode(task, 'escape')) = sha256(decode($4, 'escape'))
             AND node = $1 AND method = $3 AND task IS NOT NULL
         ORDER BY id LIMIT 1",
        &parameters,
    );
    let Some(row) = row.await? else {
        return Ok(None);
    };
    Ok(Some(Earlier::new(
        row.try_get(0)?,
        row.try_get(1)?,
        row.try_get(2)?,
        row.try_get(3)?,
        row.try_get::<_, Option<&str>>(4)?.map(given),
    )))
}

/// Whether an earlier push to these documents had an effect and says the same.
async fn counted(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    found: &[Found],
) -> Result<bool, Fault> {
    if arrival.repeats == Repeats::Accumulate || found.is_empty() {
        return Ok(false);
    }
    let documents: Vec<_> = found.iter().map(|found| found.document).collect();
    let content = arrival.identity.content.as_bytes();
    let effects: Vec<_> = Effect::ALL
        .into_iter()
        .filter(|effect| effect.is_delivered())
        .map(Effect::name)
        .collect();
    let parameters: [Typed; 3] = [
        (&documents, Type::INT8_ARRAY),
        (&content, Type::BYTEA),
        (&effects, Type::TEXT_ARRAY),
    ];
    let row = transaction.query_typed_one(
        "SELECT EXISTS (SELECT FROM dockseal_push
             WHERE document_id = ANY ($1) AND content = $2 AND effect = ANY ($3))",
        &parameters,
    );
    Ok(row.await?.try_get(0)?)
}

/// Writes the push itself. One that began its document has the number of that, others the next.
async fn put_push(
    transaction: &Transaction<'_>,
    arrival: &Arrival,
    document: i64,
    effect: Effect,
) -> Result<i64, Fault> {
    let push = (effect == Effect::Created).then_some(document);
    let at = value::moment(arrival.received_at);
    let node = kept(&arrival.identity.node);
    let fingerprint = arrival.identity.fingerprint.as_bytes();
    let content = arrival.identity.content.as_bytes();
    let task = arrival.identity.task.as_deref().map(kept);
    let sign = kept(&arrival.identity.sign);
    let receipt = arrival.receipt.to_json();
    let effect = effect.name();
    let parameters: [Typed; 13] = [
        (&push, Type::INT8),
        (&document, Type::INT8),
        (&at, Type::TIMESTAMPTZ),
        (&effect, Type::TEXT),
        (&node, Type::TEXT),
        (&arrival.identity.method, Type::TEXT),
        (&fingerprint, Type::BYTEA),
        (&content, Type::BYTEA),
        (&task, Type::TEXT),
        (&sign, Type::TEXT),
        (&arrival.reply, Type::TEXT),
        (&receipt, Type::TEXT),
        (&arrival.body, Type::BYTEA),
    ];
    let row = transaction.query_typed_one(
        "INSERT INTO dockseal_push (id, document_id, received_at, effect, node, method, fingerprint,
             content, task, sign, reply, receipt, body)
         VALUES (coalesce($1, nextval('dockseal_number')), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
             $12, $13)
         RETURNING id",
        &parameters,
    );
    Ok(row.await?.try_get(0)?)
}
