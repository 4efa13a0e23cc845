//! Jobs that fail, one way or another, beside jobs that do not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::Poll;

use super::{Connection, InboxError, Place, Trouble, Writer};

/// A writer on a database in memory that has one table.
fn writer() -> Writer {
    let connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        .unwrap();
    Writer::start(connection, Place::default()).unwrap()
}

/// A file that has one table.
fn file(name: &str) -> (PathBuf, Connection) {
    let name = format!("dockseal-writer-{}-{name}", std::process::id());
    let file = std::env::temp_dir().join(name);
    let connection = Connection::open(&file).unwrap();
    connection
        .execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        .unwrap();
    (file, connection)
}

/// Adds a row, then ends like this.
fn add(
    a: i64,
    end: fn() -> Result<i64, Trouble>,
) -> impl FnMut(&Connection) -> Result<i64, Trouble> + Send {
    move |connection| {
        connection.execute("INSERT INTO t VALUES (?1)", [a])?;
        end().map(|_| a)
    }
}

async fn rows(writer: &Writer) -> Vec<i64> {
    let all = writer.run(|connection| {
        let mut select = connection.prepare("SELECT a FROM t ORDER BY a")?;
        let rows = select.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    });
    all.await.unwrap()
}

/// Runs these jobs in one batch: the thread is held up until all of them wait.
async fn together<F>(writer: &Writer, jobs: Vec<F>) -> Vec<Result<i64, InboxError>>
where
    F: FnMut(&Connection) -> Result<i64, Trouble> + Send + 'static,
{
    let (open, gate) = mpsc::channel::<()>();
    let (arrive, arrived) = mpsc::channel::<()>();
    let mut hold = Box::pin(writer.run(move |_| {
        arrive.send(()).unwrap();
        // Ends when the other side is dropped.
        let _ = gate.recv();
        Ok(())
    }));
    queue(&mut hold).await;
    arrived.recv().unwrap();
    let mut all: Vec<_> = jobs
        .into_iter()
        .map(|job| Box::pin(writer.run(job)))
        .collect();
    for one in &mut all {
        queue(one).await;
    }
    drop(open);
    hold.await.unwrap();
    let mut ends = Vec::new();
    for one in all {
        ends.push(one.await);
    }
    ends
}

/// Polled once, a job is in the channel.
async fn queue<T>(job: &mut Pin<Box<impl Future<Output = T>>>) {
    std::future::poll_fn(|context| {
        let _ = job.as_mut().poll(context);
        Poll::Ready(())
    })
    .await;
}

#[expect(clippy::unnecessary_wraps, reason = "one of the ways to end")]
fn fine() -> Result<i64, Trouble> {
    Ok(0)
}

#[tokio::test]
async fn a_job_that_fails_half_way_harms_no_other() {
    let writer = writer();
    let fails = || Err(Trouble::new("no"));
    let jobs = vec![add(1, fine), add(2, fails), add(3, fine), add(3, fine)];
    let ends = together(&writer, jobs).await;
    assert!(
        matches!(ends.as_slice(), [Ok(1), Err(_), Ok(3), Err(_)]),
        "{ends:?}"
    );
    assert_eq!(rows(&writer).await, [1, 3]);
}

#[tokio::test]
async fn a_job_that_panics_harms_no_other() {
    let writer = writer();
    let jobs = vec![add(1, fine), add(2, || panic!("on purpose")), add(3, fine)];
    let ends = together(&writer, jobs).await;
    assert!(
        matches!(ends.as_slice(), [Ok(1), Err(_), Ok(3)]),
        "{ends:?}"
    );
    assert_eq!(rows(&writer).await, [1, 3]);
}

#[tokio::test]
async fn a_commit_that_fails_fails_all_who_shared_it() {
    let writer = writer();
    let constrain = |connection: &Connection| {
        connection.execute_batch(
            "CREATE TABLE child (a INTEGER REFERENCES t (a) DEFERRABLE INITIALLY DEFERRED);",
        )?;
        Ok(())
    };
    writer.run(constrain).await.unwrap();
    // Of no effect inside a transaction, which the writer opens: ended and begun again.
    let enforce = |connection: &Connection| {
        connection.execute_batch("COMMIT; PRAGMA foreign_keys = ON; BEGIN IMMEDIATE")?;
        Ok(())
    };
    writer.run(enforce).await.unwrap();

    let orphan = |a: i64| {
        move |connection: &Connection| {
            let table = if a == 2 { "child" } else { "t" };
            connection.execute(&format!("INSERT INTO {table} VALUES (?1)"), [a])?;
            Ok(a)
        }
    };
    let ends = together(&writer, vec![orphan(1), orphan(2), orphan(3)]).await;
    assert!(ends.iter().all(Result::is_err), "{ends:?}");
    assert_eq!(rows(&writer).await, Vec::<i64>::new());
    // And the next one is as if nothing had been.
    assert_eq!(writer.run(add(4, fine)).await.unwrap(), 4);
}

#[tokio::test]
async fn a_full_disk_is_an_error_and_not_the_end() {
    let writer = writer();
    let limit = |pages: i64| {
        move |connection: &Connection| {
            connection.pragma_update(None, "max_page_count", pages)?;
            Ok(())
        }
    };
    let large = |connection: &Connection| {
        connection
            .execute_batch("CREATE TABLE u (b BLOB); INSERT INTO u VALUES (zeroblob(99999))")?;
        Ok(())
    };
    writer.run(limit(4)).await.unwrap();
    let error = writer.run(large).await.unwrap_err();
    assert!(error.to_string().contains("full"), "{error}");
    writer.run(limit(1000)).await.unwrap();
    writer.run(large).await.unwrap();
}

/// How many commits a log of SQLite holds: a frame that ends one has the size of the database.
fn commits(log: &[u8]) -> usize {
    let (header, frames) = log.split_at(32);
    let page = u32::from_be_bytes(header[8..12].try_into().unwrap());
    let frames = frames.chunks(24 + usize::try_from(page).unwrap());
    frames.filter(|frame| frame[4..8] != [0; 4]).count()
}

#[tokio::test]
async fn jobs_that_wait_together_share_a_commit() {
    let (file, connection) = file("share");
    let _: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    let mut beside = file.clone().into_os_string();
    beside.push("-wal");
    let log = || std::fs::read(&beside).unwrap();
    let writer = Writer::start(connection, Place::default()).unwrap();
    writer.run(add(0, fine)).await.unwrap();
    let before = commits(&log());
    let ends = together(&writer, (1..=50).map(|a| add(a, fine)).collect()).await;
    assert!(ends.iter().all(Result::is_ok), "{ends:?}");
    assert_eq!(commits(&log()), before + 1);
    drop(writer);
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn what_waits_when_the_last_handle_goes_is_still_done() {
    let (file, connection) = file("waits");
    let writer = Writer::start(connection, Place::default()).unwrap();
    let mut job = Box::pin(writer.run(add(1, fine)));
    queue(&mut job).await;
    drop(job);
    drop(writer);
    let connection = Connection::open(&file).unwrap();
    let rows: i64 = connection
        .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1);
    drop(connection);
    std::fs::remove_file(file).unwrap();
}
