//! Taking a push in, inside the transaction of the writer: nothing is written before
//! [`Arrival::apply`] decided.

use dockseal::receiver::{
    Accepted, Arrival, Change, Earlier, Effect, Identity, Receipt, Refusal, Repeats,
};
use rusqlite::{Connection, OptionalExtension as _};

use super::trouble::Trouble;
use super::{clock, outbox};

/// Takes a push in. `receipt` is the push's own as JSON, written by the caller to spare this thread.
pub(super) fn accept(
    inbox: &Connection,
    arrival: &Arrival,
    receipt: &str,
) -> Result<Accepted, Trouble> {
    if let Some(repeated) = earlier(inbox, &arrival.identity)? {
        return Ok(Accepted::Repeated(repeated));
    }
    let found = find(inbox, &arrival.identity.node, &arrival.receipt)?;
    let (change, before) = match decide(inbox, arrival, found)? {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Accepted::Refused(refusal)),
    };
    let push = next(inbox)?;
    // A document has the number of the push that began it.
    let document = before.as_ref().map_or(push, |found| found.id);
    insert(inbox, arrival, receipt, push, document, change.effect)?;
    store(inbox, arrival, document, before.as_ref(), &change)?;
    if change.effect.is_delivered() {
        outbox::add(inbox, document, push, clock::now())?;
    }
    Ok(Accepted::Taken {
        push,
        effect: change.effect,
    })
}

/// A document that one of a push's identifiers leads to.
pub(super) struct Found {
    pub(super) id: i64,
    pub(super) receipt: Receipt,
}

/// A push of this signature, or else of this name, by the same sender.
pub(super) fn earlier(inbox: &Connection, identity: &Identity) -> Result<Option<Earlier>, Trouble> {
    let repeated = |row: &rusqlite::Row<'_>| {
        let (fingerprint, content): (Vec<u8>, Vec<u8>) = (row.get(2)?, row.get(3)?);
        Ok(Earlier::new(
            row.get(0)?,
            row.get(1)?,
            &fingerprint,
            &content,
            row.get(4)?,
        ))
    };
    let equal = inbox
        .prepare_cached(
            "SELECT id, reply, fingerprint, content, task FROM push WHERE sign = ?1 AND node = ?2",
        )?
        .query_row((&identity.sign, &identity.node), repeated)
        .optional()?;
    let (None, Some(task)) = (&equal, &identity.task) else {
        return Ok(equal);
    };
    let named = inbox
        .prepare_cached(
            "SELECT id, reply, fingerprint, content, task FROM push
             WHERE task = ?1 AND node = ?2 AND method = ?3",
        )?
        .query_row((task, &identity.node, identity.method), repeated)
        .optional()?;
    Ok(named)
}

/// The documents that the identifiers lead to, each once.
pub(super) fn find(
    inbox: &Connection,
    node: &str,
    receipt: &Receipt,
) -> Result<Vec<Found>, Trouble> {
    let kind = receipt.kind();
    let mut found: Vec<Found> = Vec::new();
    let mut look_up = inbox.prepare_cached(
        "SELECT document_id FROM identifier WHERE value = ?1 AND name = ?2 AND kind = ?3 AND node = ?4",
    )?;
    for (name, value) in receipt.numbers() {
        let id: Option<i64> = look_up
            .query_row((value, name, kind.name(), node), |row| row.get(0))
            .optional()?;
        if let Some(id) = id
            && found.iter().all(|known| known.id != id)
        {
            let receipt = Receipt::from_json(kind, &body(inbox, id)?)?;
            found.push(Found { id, receipt });
        }
    }
    Ok(found)
}

fn body(inbox: &Connection, document: i64) -> rusqlite::Result<String> {
    inbox
        .prepare_cached(
            "SELECT coalesce(body, (SELECT receipt FROM push WHERE push.id = document.id))
             FROM document WHERE id = ?1",
        )?
        .query_row([document], |row| row.get(0))
}

/// What the push does, and to which document if it is there already.
pub(super) fn decide(
    inbox: &Connection,
    arrival: &Arrival,
    mut found: Vec<Found>,
) -> Result<Result<(Change, Option<Found>), Refusal>, Trouble> {
    let counted = match (found.as_slice(), arrival.repeats) {
        ([one], Repeats::Quarantine | Repeats::Drop) => counted(inbox, one.id, arrival)?,
        _ => false,
    };
    let receipts: Vec<Receipt> = found.iter().map(|found| found.receipt.clone()).collect();
    Ok(arrival
        .apply(&receipts, counted)
        .map(|change| (change, found.pop())))
}

/// Whether an earlier push to the document, one that had an effect, says the same.
fn counted(inbox: &Connection, document: i64, arrival: &Arrival) -> Result<bool, Trouble> {
    let mut earlier = inbox.prepare_cached(
        "SELECT effect FROM push
         WHERE (id = ?1 OR document_id = ?1 AND document_id <> id) AND content = ?2",
    )?;
    let effects = earlier.query_map((document, arrival.identity.content.as_bytes()), |row| {
        row.get::<_, String>(0)
    })?;
    for effect in effects {
        if Effect::from_name(&effect?).is_some_and(Effect::is_delivered) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The number of the next push. Nobody else writes while the transaction is open.
fn next(inbox: &Connection) -> rusqlite::Result<i64> {
    inbox
        .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM push")?
        .query_row([], |row| row.get(0))
}

fn insert(
    inbox: &Connection,
    arrival: &Arrival,
    receipt: &str,
    push: i64,
    document: i64,
    effect: Effect,
) -> rusqlite::Result<()> {
    inbox
        .prepare_cached(
            "INSERT INTO push (id, document_id, received_at, effect, node, method, fingerprint,
                               content, task, sign, reply, receipt, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute((
            push,
            document,
            arrival.received_at.unix(),
            effect.name(),
            &arrival.identity.node,
            arrival.identity.method,
            arrival.identity.fingerprint.as_bytes(),
            arrival.identity.content.as_bytes(),
            &arrival.identity.task,
            &arrival.identity.sign,
            &arrival.reply,
            receipt,
            &arrival.body,
        ))?;
    Ok(())
}

/// Stores the document after the push, and the identifiers that lead to it from now on.
pub(super) fn store(
    inbox: &Connection,
    arrival: &Arrival,
    document: i64,
    before: Option<&Found>,
    change: &Change,
) -> Result<(), Trouble> {
    let Some(after) = &change.document else {
        return match before {
            Some(_) => Ok(()),
            None => Err(Trouble::new("a push belongs to no document")),
        };
    };
    let at = arrival.received_at.unix();
    if before.is_some() {
        inbox
            .prepare_cached(
                "UPDATE document SET status = ?2, updated_at = max(updated_at, ?3), body = ?4
                 WHERE id = ?1",
            )?
            .execute((document, after.status(), at, after.to_json()))?;
    } else {
        let body = (*after != arrival.receipt).then(|| after.to_json());
        inbox
            .prepare_cached(
                "INSERT INTO document (id, kind, node, status, created_at, updated_at, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
            )?
            .execute((
                document,
                after.kind().name(),
                &arrival.identity.node,
                after.status(),
                at,
                body,
            ))?;
    }
    learn(inbox, &arrival.identity.node, document, before, after)
}

/// Stores the identifiers that the document did not have before.
fn learn(
    inbox: &Connection,
    node: &str,
    document: i64,
    before: Option<&Found>,
    after: &Receipt,
) -> Result<(), Trouble> {
    let known: Vec<_> = before
        .map(|found| found.receipt.numbers().collect())
        .unwrap_or_default();
    for (name, value) in after.numbers() {
        if !known.contains(&(name, value)) {
            inbox
                .prepare_cached(
                    "INSERT INTO identifier (value, name, kind, node, document_id)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((value, name, after.kind().name(), node, document))?;
        }
    }
    Ok(())
}
