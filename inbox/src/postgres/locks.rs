//! What two pushes must not do at once, as the numbers of PostgreSQL's advisory locks.
//!
//! A lock on a number excludes also what is not there yet: two processes that are about to store the
//! same push, or two pushes that are about to make the same document, where no row could be locked.

use dockseal::receiver::Arrival;
use sha2::{Digest as _, Sha256};

/// One process at a time lays out the tables.
pub(super) const MIGRATION: i64 = 0x646f_636b_7365_616c;

/// What has to be held to take a push in, in the order in which to take it: sorted, so that two
/// pushes never wait for each other, and each once.
pub(super) fn of(arrival: &Arrival) -> Vec<i64> {
    let node = arrival.identity.node.as_bytes();
    let kind = arrival.kind().name().as_bytes();
    let numbers = arrival.receipt.numbers();
    let mut locks: Vec<_> = numbers
        .map(|(name, value)| {
            lock(
                b"document",
                &[kind, node, name.as_bytes(), value.as_bytes()],
            )
        })
        .collect();
    locks.push(lock(b"push", &[node, arrival.identity.sign.as_bytes()]));
    if let Some(task) = &arrival.identity.task {
        locks.push(lock(
            b"task",
            &[node, arrival.identity.method.as_bytes(), task.as_bytes()],
        ));
    }
    locks.sort_unstable();
    locks.dedup();
    locks
}

/// Two things of one number only wait for each other without need.
fn lock(what: &[u8], parts: &[&[u8]]) -> i64 {
    let mut digest = Sha256::new();
    for part in [what].iter().chain(parts) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    let digest: [u8; 32] = digest.finalize().into();
    let mut number = [0; 8];
    number.copy_from_slice(digest.split_at(8).0);
    i64::from_le_bytes(number)
}
