//! What the handler is not done with: of each document one delivery has its turn, the others wait
//! behind it.

use std::time::Duration;

use dockseal::receiver::Settled;
use rusqlite::{Connection, OptionalExtension as _};

use super::clock;
use super::trouble::Trouble;

/// A delivery as it is handed out; its texts are read by the caller, to spare this thread.
pub(super) struct Leased {
    pub(super) push: i64,
    pub(super) attempt: u32,
    pub(super) key: Vec<u8>,
    pub(super) node: String,
    pub(super) received_at: i64,
    pub(super) effect: String,
    pub(super) kind: String,
    pub(super) receipt: String,
    /// None while it equals the receipt.
    pub(super) document: Option<String>,
}

/// Adds a delivery; it has its turn at once unless another of the document is on.
pub(super) fn add(inbox: &Connection, document: i64, push: i64, now: i64) -> rusqlite::Result<()> {
    inbox
        .prepare_cached(
            "INSERT INTO delivery (document_id, push, attempts, due_at)
             VALUES (?1, ?2, 0,
                     iif(EXISTS (SELECT 1 FROM delivery WHERE document_id = ?1), NULL, ?3))",
        )?
        .execute((document, push, now))?;
    Ok(())
}

/// Leases what is due.
pub(super) fn claim(
    inbox: &Connection,
    most: usize,
    lease: Duration,
) -> Result<Vec<Leased>, Trouble> {
    let now = clock::now();
    let until = now.saturating_add(clock::milliseconds(lease));
    let due: Vec<(i64, i64)> = inbox
        .prepare_cached(
            "SELECT document_id, push FROM delivery WHERE due_at <= ?1 ORDER BY due_at, push",
        )?
        .query_map([now], |row| Ok((row.get(0)?, row.get(1)?)))?
        .take(most)
        .collect::<Result<_, _>>()?;
    let mut lease = inbox.prepare_cached(
        "UPDATE delivery SET attempts = attempts + 1, due_at = ?3
         WHERE document_id = ?1 AND push = ?2 RETURNING attempts",
    )?;
    let mut leased = Vec::with_capacity(due.len());
    for (document, push) in due {
        let attempt = lease.query_row((document, push, until), |row| row.get(0))?;
        leased.push(read(inbox, push, attempt)?);
    }
    Ok(leased)
}

fn read(inbox: &Connection, push: i64, attempt: u32) -> rusqlite::Result<Leased> {
    inbox
        .prepare_cached(
            "SELECT p.node, p.received_at, p.effect, d.kind, p.receipt,
                    iif(d.body IS NULL AND p.id <> d.id,
                        (SELECT first.receipt FROM push first WHERE first.id = d.id), d.body),
                    p.fingerprint
             FROM push p JOIN document d ON d.id = p.document_id WHERE p.id = ?1",
        )?
        .query_row([push], |row| {
            Ok(Leased {
                push,
                attempt,
                key: row.get(6)?,
                node: row.get(0)?,
                received_at: row.get(1)?,
                effect: row.get(2)?,
                kind: row.get(3)?,
                receipt: row.get(4)?,
                document: row.get(5)?,
            })
        })
}

/// Writes down how deliveries ended; what had its turn makes room for the next of its document.
pub(super) fn settle(inbox: &Connection, settled: &[Settled]) -> Result<(), Trouble> {
    let now = clock::now();
    for end in settled {
        let document: Option<i64> = inbox
            .prepare_cached("SELECT document_id FROM push WHERE id = ?1")?
            .query_row([end.push], |row| row.get(0))
            .optional()?;
        let Some(document) = document else {
            continue;
        };
        match end.again_in {
            Some(wait) => {
                let due = now.saturating_add(clock::milliseconds(wait));
                again(inbox, document, end, due)?;
            }
            None => done(inbox, document, end, now)?,
        }
    }
    Ok(())
}

fn again(inbox: &Connection, document: i64, end: &Settled, due: i64) -> rusqlite::Result<()> {
    inbox
        .prepare_cached(
            "UPDATE delivery SET due_at = ?4
             WHERE document_id = ?1 AND push = ?2 AND attempts = ?3 AND due_at IS NOT NULL",
        )?
        .execute((document, end.push, end.attempt, due))?;
    Ok(())
}

fn done(inbox: &Connection, document: i64, end: &Settled, now: i64) -> rusqlite::Result<()> {
    let gone = inbox
        .prepare_cached(
            "DELETE FROM delivery WHERE document_id = ?1 AND push = ?2 AND attempts = ?3",
        )?
        .execute((document, end.push, end.attempt))?;
    if gone > 0 {
        inbox
            .prepare_cached(
                "UPDATE delivery SET due_at = ?2
                 WHERE document_id = ?1
                   AND push = (SELECT min(push) FROM delivery WHERE document_id = ?1)",
            )?
            .execute((document, now))?;
    }
    Ok(())
}

/// How long until something is due; none when nothing waits.
pub(super) fn next(inbox: &Connection) -> rusqlite::Result<Option<Duration>> {
    let due: Option<i64> = inbox
        .prepare_cached("SELECT min(due_at) FROM delivery WHERE due_at IS NOT NULL")?
        .query_row([], |row| row.get(0))?;
    let wait = |due: i64| u64::try_from(due.saturating_sub(clock::now())).unwrap_or(0);
    Ok(due.map(|due| Duration::from_millis(wait(due))))
}
