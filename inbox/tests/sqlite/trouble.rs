//! What can happen to the file of a running inbox: never an answer of success without a commit.

use dockseal::receiver::{Answer, Outcome, Receiver};
use dockseal::shopex_oms::ErrorCode;
use dockseal_inbox::Inbox;
use rusqlite::Connection;
use tokio::task::JoinSet;

use super::directory::Directory;
use super::suite::{documents, receiver, send, stockin, take};

fn failed(answer: &Answer) -> bool {
    matches!(&answer.outcome, Outcome::Refused(refusal) if refusal.code == ErrorCode::Internal)
        && answer.body.contains(r#""rsp":"fail""#)
}

fn open(directory: &Directory) -> (Inbox, Receiver) {
    let inbox = Inbox::open(directory.file("inbox.db")).unwrap();
    (inbox.clone(), receiver(inbox))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_cannot_be_stored_harms_none_that_shares_its_commit() {
    let directory = Directory::new();
    let (inbox, receiver) = open(&directory);
    // As a full disk does, it ends the whole transaction.
    let other = Connection::open(directory.file("inbox.db")).unwrap();
    other
        .execute_batch(
            "CREATE TRIGGER t BEFORE INSERT ON document WHEN new.status = 'SPOILT'
             BEGIN SELECT raise(ROLLBACK, 'on purpose'); END",
        )
        .unwrap();
    let mut tasks = JoinSet::new();
    for n in 0..64 {
        let receiver = receiver.clone();
        let status = if n % 16 == 7 { "SPOILT" } else { "OUT" };
        let push = super::suite::transfer(&format!("TR-{n}"), status);
        tasks.spawn(async move { send(&receiver, &push).await });
    }
    let answers = tasks.join_all().await;
    assert_eq!(answers.iter().filter(|answer| failed(answer)).count(), 4);
    let taken = |answer: &&Answer| matches!(answer.outcome, Outcome::Taken { .. });
    assert_eq!(answers.iter().filter(taken).count(), 60);
    assert_eq!(documents(&inbox).await.len(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_failed_can_be_sent_again() {
    let directory = Directory::new();
    let (inbox, receiver) = open(&directory);
    let other = Connection::open(directory.file("inbox.db")).unwrap();
    let trigger = "CREATE TRIGGER t BEFORE INSERT ON identifier
                   BEGIN SELECT raise(ABORT, 'on purpose'); END";
    other.execute_batch(trigger).unwrap();
    let push = stockin("IN-1", "FINISH", 5);
    assert!(failed(&send(&receiver, &push).await));
    assert!(documents(&inbox).await.is_empty());
    other.execute_batch("DROP TRIGGER t").unwrap();
    assert_eq!(take(&receiver, &push).await.0, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_another_program_keeps_locked_is_an_error() {
    let directory = Directory::new();
    let (inbox, receiver) = open(&directory);
    let other = Connection::open(directory.file("inbox.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let push = stockin("IN-1", "FINISH", 5);
    assert!(failed(&send(&receiver, &push).await));
    assert!(documents(&inbox).await.is_empty());
    other.execute_batch("ROLLBACK").unwrap();
    take(&receiver, &push).await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_into_a_file_that_is_gone() {
    for gone in ["inbox.db", "inbox.db-wal"] {
        let directory = Directory::new();
        let (_inbox, receiver) = open(&directory);
        take(&receiver, &stockin("IN-1", "PARTIN", 1).at(1)).await;
        let path = directory.file(gone);
        let aside = directory.file("aside");
        std::fs::rename(&path, &aside).unwrap();
        assert!(failed(
            &send(&receiver, &stockin("IN-1", "PARTIN", 2).at(2)).await
        ));
        // Another file in its place is not the same.
        std::fs::copy(&aside, &path).unwrap();
        assert!(failed(
            &send(&receiver, &stockin("IN-1", "PARTIN", 4).at(3)).await
        ));
        std::fs::remove_file(&path).unwrap();
        std::fs::rename(&aside, &path).unwrap();
        take(&receiver, &stockin("IN-1", "PARTIN", 8).at(4)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_handle_empties_the_log() {
    let directory = Directory::new();
    let (inbox, receiver) = open(&directory);
    take(&receiver, &stockin("IN-1", "FINISH", 1)).await;
    // The reader of lists must not keep the file open.
    assert_eq!(documents(&inbox).await.len(), 1);
    let log = directory.file("inbox.db-wal");
    assert!(log.metadata().unwrap().len() > 0);
    drop(inbox);
    assert!(log.exists(), "the receiver still has a handle");
    drop(receiver);
    assert!(!log.exists());
}
