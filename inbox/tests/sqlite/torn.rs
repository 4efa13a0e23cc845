//! A copy as a power failure leaves it: the database file, and some first part of its log.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use dockseal::receiver::{Effect, Receiver};
use dockseal_inbox::{Browse as _, Inbox, Page, PushFilter};
use rusqlite::Connection;
use tokio::task::JoinSet;

use super::directory::Directory;
use super::suite::{documents, goods, receiver, send, stockin};

/// Twelve documents, twelve pushes to each, from twelve tasks.
async fn write(receiver: &Receiver) {
    let mut tasks = JoinSet::new();
    for document in 0..12_u32 {
        let receiver = receiver.clone();
        tasks.spawn(async move {
            for n in 1..=12_u32 {
                let push = stockin(&format!("IN-{document}"), "PARTIN", i64::from(n));
                send(&receiver, &push.at(document * 100 + n)).await;
            }
        });
    }
    tasks.join_all().await;
}

/// Opens a copy and returns how many pushes it holds: the first ones, none missing, and documents as
/// those make them.
async fn check(path: &Path) -> usize {
    let plain = Connection::open(path).unwrap();
    let sound: String = plain
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sound, "ok");
    drop(plain);

    let inbox = Inbox::open(path).unwrap();
    let rows = inbox
        .pushes(PushFilter::default(), Page::first(1000))
        .await
        .unwrap();
    let numbers: Vec<_> = rows.iter().map(|row| row.push).collect();
    assert!(numbers.into_iter().eq((1..).take(rows.len())));
    let mut made: BTreeMap<i64, (i64, i64)> = BTreeMap::new();
    let whole = inbox
        .stored(PushFilter::default(), Page::first(1000))
        .await
        .unwrap();
    assert_eq!(whole.len(), rows.len());
    for push in &whole {
        assert_eq!(
            push.row.effect == Effect::Created,
            push.row.document == push.row.push
        );
        let [(_, normal, defective)] = goods(&push.receipt)[..] else {
            panic!("one line was pushed");
        };
        let sum = made.entry(push.row.document).or_default();
        sum.0 += normal;
        sum.1 += defective;
    }
    let stored = documents(&inbox).await;
    let stored = stored.iter().map(|document| {
        let [(_, normal, defective)] = goods(&document.receipt)[..] else {
            panic!("one line was pushed");
        };
        (document.document, (normal, defective))
    });
    assert!(stored.eq(made));
    rows.len()
}

/// The database file as it was before the log was begun, with this log beside it.
fn copy(from: &Directory, log: &[u8], to: &Directory) {
    for name in ["inbox.db", "inbox.db-wal", "inbox.db-shm"] {
        let _ = fs::remove_file(to.file(name));
    }
    fs::copy(from.file("inbox.db"), to.file("inbox.db")).unwrap();
    fs::write(to.file("inbox.db-wal"), log).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_cut_anywhere_opens_to_the_first_pushes() {
    let (from, to) = (Directory::new(), Directory::new());
    let inbox = Inbox::open(from.file("inbox.db")).unwrap();
    write(&receiver(inbox.clone())).await;
    let log = fs::read(from.file("inbox.db-wal")).unwrap();
    assert!(
        log.len() < 64 << 20,
        "or it was copied into the database meanwhile"
    );

    // Evenly spread, and never at the same place of a frame of 4,120 bytes.
    let mut held = Vec::new();
    for n in 0..=60 {
        let cut = log.len() * n / 60;
        copy(&from, &log[..cut], &to);
        held.push(check(&to.file("inbox.db")).await);
    }
    assert!(held.is_sorted(), "{held:?}");
    assert_eq!(held.last(), Some(&144));
    let mut distinct = held.clone();
    distinct.dedup();
    assert!(distinct.len() > 3, "the cuts made a difference: {held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_taken_while_pushes_come_in_opens_to_the_first_pushes() {
    let (from, to) = (Directory::new(), Directory::new());
    let inbox = Inbox::open(from.file("inbox.db")).unwrap();
    let receiver = receiver(inbox.clone());
    let writing = tokio::spawn(async move { write(&receiver).await });
    let mut held = Vec::new();
    loop {
        // Asked before: the last copy holds everything.
        let finished = writing.is_finished();
        let log = fs::read(from.file("inbox.db-wal")).unwrap();
        copy(&from, &log, &to);
        held.push(check(&to.file("inbox.db")).await);
        if finished {
            break;
        }
    }
    writing.await.unwrap();
    assert!(held.is_sorted(), "{held:?}");
    assert_eq!(held.last(), Some(&144));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_log_that_is_damaged_ends_it() {
    let (from, to) = (Directory::new(), Directory::new());
    let inbox = Inbox::open(from.file("inbox.db")).unwrap();
    write(&receiver(inbox.clone())).await;
    let log = fs::read(from.file("inbox.db-wal")).unwrap();
    for n in 1..20 {
        let mut damaged = log.clone();
        let at = log.len() * n / 20;
        damaged[at] ^= 0x40;
        copy(&from, &damaged, &to);
        assert!(check(&to.file("inbox.db")).await < 144);
    }
}
