//! Having a push take its effect again, or at last, inside the transaction of the writer.

use dockseal::receiver::{Arrival, Effect, Kind, Receipt};
use rusqlite::{Connection, OptionalExtension as _};

use super::trouble::Trouble;
use super::{accept, clock, outbox};
use crate::browse::Replayed;

/// Hands a delivery out again, or lets a push out of quarantine.
pub(super) fn replay(inbox: &Connection, push: i64) -> Result<Replayed, Trouble> {
    let found: Option<(i64, String, bool)> = inbox
        .prepare_cached(
            "SELECT p.document_id, p.effect, w.push IS NOT NULL
             FROM push p LEFT JOIN delivery w ON w.document_id = p.document_id AND w.push = p.id
             WHERE p.id = ?1",
        )?
        .query_row([push], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((document, effect, waiting)) = found else {
        return Ok(Replayed::Unknown);
    };
    if waiting {
        return Ok(Replayed::Waiting);
    }
    match Effect::from_name(&effect) {
        Some(Effect::Quarantined) => let_through(inbox, push),
        Some(effect) if effect.is_delivered() => {
            outbox::add(inbox, document, push, clock::now())?;
            Ok(Replayed::Again)
        }
        Some(effect) => Ok(Replayed::NoEffect(effect)),
        None => Err(Trouble::new(
            "a newer program wrote this push; use that one",
        )),
    }
}

/// Counts a push that was in quarantine, as if it came now.
fn let_through(inbox: &Connection, push: i64) -> Result<Replayed, Trouble> {
    let arrival = recall(inbox, push)?;
    let found = accept::find(inbox, &arrival.identity.node, &arrival.receipt)?;
    let (change, before) = match accept::decide(inbox, &arrival, found)? {
        Ok(decided) => decided,
        Err(refusal) => return Ok(Replayed::Refused(refusal)),
    };
    let Some(before) = before else {
        return Err(Trouble::new("a push belongs to no document"));
    };
    if !change.effect.is_delivered() {
        // Nothing would count: what waits for a decision keeps waiting.
        return Ok(Replayed::NoEffect(change.effect));
    }
    inbox
        .prepare_cached("UPDATE push SET effect = ?2 WHERE id = ?1")?
        .execute((push, change.effect.name()))?;
    accept::store(inbox, &arrival, before.id, Some(&before), &change)?;
    outbox::add(inbox, before.id, push, clock::now())?;
    Ok(Replayed::LetThrough(change.effect))
}

fn recall(inbox: &Connection, push: i64) -> Result<Arrival, Trouble> {
    let mut select = inbox.prepare_cached(
        "SELECT p.node, p.received_at, p.body, d.kind, p.receipt
         FROM push p JOIN document d ON d.id = p.document_id WHERE p.id = ?1",
    )?;
    let mut rows = select.query([push])?;
    let unreadable = || Trouble::new("a newer program wrote this push; use that one");
    let row = rows.next()?.ok_or_else(unreadable)?;
    let node: String = row.get(0)?;
    let kind: String = row.get(3)?;
    let text: String = row.get(4)?;
    let receipt = Receipt::from_json(Kind::from_name(&kind).ok_or_else(unreadable)?, &text)?;
    Arrival::recall(&node, clock::time(row.get(1)?)?, row.get(2)?, receipt)
        .map_err(|refusal| Trouble::because("a stored push cannot be read", refusal))
}
