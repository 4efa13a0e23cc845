//! Opening files of every sort.

use std::path::Path;

use dockseal::receiver::Outcome;
use dockseal_inbox::{Browse as _, Inbox, OpenError, Page, PushFilter};
use rusqlite::Connection;

use super::directory::Directory;
use super::suite::{documents, goods, receiver, send, stockin, take};

/// What both ways of opening have in common.
fn both(path: &Path) -> [OpenError; 2] {
    let errors = [
        Inbox::open(path).unwrap_err(),
        Inbox::open_existing(path).unwrap_err(),
    ];
    for error in &errors {
        let path = path.to_str().unwrap();
        assert!(error.to_string().contains(path), "{error}");
        assert!(error.zh().contains(path), "{}", error.zh());
    }
    errors
}

#[tokio::test]
async fn a_missing_file_is_made_only_by_who_may() {
    let directory = Directory::new();
    let path = directory.file("inbox.db");
    let error = Inbox::open_existing(&path).unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
    assert!(!path.exists());

    drop(Inbox::open(&path).unwrap());
    drop(Inbox::open_existing(&path).unwrap());
}

#[test]
fn an_empty_file_is_no_inbox_yet() {
    let directory = Directory::new();
    let path = directory.file("inbox.db");
    std::fs::write(&path, "").unwrap();
    let error = Inbox::open_existing(&path).unwrap_err();
    assert!(matches!(error, OpenError::Missing { .. }), "{error:?}");
    drop(Inbox::open(&path).unwrap());
}

#[test]
fn a_file_that_is_no_database_is_refused_and_kept() {
    let directory = Directory::new();
    let path = directory.file("notes.txt");
    let text = "notes of somebody ".repeat(1000);
    std::fs::write(&path, &text).unwrap();
    for error in both(&path) {
        assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_database_of_another_program_is_refused_and_kept() {
    let directory = Directory::new();
    let path = directory.file("theirs.db");
    let theirs = Connection::open(&path).unwrap();
    theirs.execute_batch("CREATE TABLE theirs (a)").unwrap();
    drop(theirs);
    let before = std::fs::read(&path).unwrap();
    for error in both(&path) {
        assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn an_inbox_of_a_newer_program_is_refused_and_kept() {
    let directory = Directory::new();
    let path = directory.file("inbox.db");
    drop(Inbox::open(&path).unwrap());
    let newer = Connection::open(&path).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = std::fs::read(&path).unwrap();
    for error in both(&path) {
        assert!(
            matches!(
                error,
                OpenError::Newer {
                    found: 99,
                    known: 1,
                    ..
                }
            ),
            "{error:?}"
        );
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn an_inbox_of_version_1_keeps_everything() {
    let directory = Directory::new();
    let path = directory.file("inbox.db");
    let made = Connection::open(&path).unwrap();
    made.execute_batch(include_str!("version_1.sql")).unwrap();
    drop(made);

    let inbox = Inbox::open(&path).unwrap();
    let stored = inbox
        .stored(PushFilter::default(), Page::first(10))
        .await
        .unwrap();
    assert_eq!(stored.len(), 2);
    assert_eq!(stored[1].row.identifiers[0].as_deref(), Some("IN-1"));
    assert!(stored[0].row.waiting.is_none() && stored[1].row.waiting.is_some());
    let before = documents(&inbox).await;
    assert_eq!(before.len(), 1);
    assert_eq!(goods(&before[0].receipt), [("A", 12, 2)]);

    // A retransmission is still known as one, and the next push adds to the document.
    let receiver = receiver(inbox.clone());
    let again = send(&receiver, &stockin("IN-1", "PARTIN", 7).at(2)).await;
    assert!(
        matches!(again.outcome, Outcome::Repeated { push: 2 }),
        "{again:?}"
    );
    assert_eq!(again.body, stored[1].reply);
    take(&receiver, &stockin("IN-1", "FINISH", 3).at(3)).await;
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 15, 3)]);
}

#[test]
fn a_place_that_cannot_be_written_is_refused() {
    let directory = Directory::new();
    // No such directory; a directory instead of a file.
    let missing = directory.file("missing").join("inbox.db");
    let error = Inbox::open(&missing).unwrap_err();
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    let error = Inbox::open(directory.file("")).unwrap_err();
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_only_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;

    let directory = Directory::new();
    let path = directory.file("inbox.db");
    drop(Inbox::open(&path).unwrap());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
    if std::fs::OpenOptions::new().write(true).open(&path).is_ok() {
        println!("skipped: this user may write every file");
        return;
    }
    for error in both(&path) {
        assert!(matches!(error, OpenError::NotWritable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn several_programs_may_make_it_at_once() {
    for _ in 0..5 {
        let directory = Directory::new();
        let path = directory.file("inbox.db");
        let start = std::sync::Barrier::new(8);
        let inboxes: Vec<_> = std::thread::scope(|scope| {
            let open = || {
                start.wait();
                Inbox::open(&path).unwrap()
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        for (second, inbox) in (0..).zip(inboxes) {
            take(&receiver(inbox), &stockin("IN-1", "PARTIN", 1).at(second)).await;
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_the_file_is_as_good() {
    let (directory, elsewhere) = (Directory::new(), Directory::new());
    let path = directory.file("inbox.db");
    drop(Inbox::open(elsewhere.file("real.db")).unwrap());
    std::os::unix::fs::symlink(elsewhere.file("real.db"), &path).unwrap();
    let inbox = Inbox::open(&path).unwrap();
    take(&receiver(inbox.clone()), &stockin("IN-1", "FINISH", 1)).await;
    assert_eq!(documents(&inbox).await.len(), 1);
}
