//! The one thread that writes: jobs that wait together are done in one transaction and share its
//! commit.
//!
//! A job is work on the connection, and somebody who waits for its result. In: jobs, through a
//! bounded channel, so that too many of them make their senders wait rather than fill the memory.
//! Out: each result, only after the commit that makes it last. A job that fails half way must not
//! harm the others: the transaction is undone, and each is done again in one of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::JoinHandle;

use dockseal::receiver::InboxError;
use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::place::Place;
use super::trouble::Trouble;

/// How many jobs share a commit at most, and how many more may wait.
const TOGETHER: usize = 128;

/// A handle of the thread; dropping it ends the thread when all jobs are done, and waits for that.
pub(super) struct Writer {
    /// None only while it is dropped.
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection, place: Place) -> std::io::Result<Writer> {
        let (jobs, mut waiting) = mpsc::channel(TOGETHER);
        let thread = std::thread::Builder::new()
            .name("dockseal-inbox".to_owned())
            .spawn(move || serve(&mut waiting, connection, &place))?;
        Ok(Writer {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Has this work done, and returns when its transaction is committed. Work that fails or panics
    /// changes nothing. It may be run a second time, after everything it did was undone.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, InboxError> {
        let (tell, told) = oneshot::channel();
        let job = Box::new(Task {
            work,
            result: None,
            tell,
        });
        let gone = || InboxError::new("the thread of the inbox has ended; restart the program");
        let jobs = self.jobs.as_ref().ok_or_else(gone)?;
        jobs.send(job).await.map_err(|_| gone())?;
        Ok(told.await.map_err(|_| gone())??)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of the inbox panicked");
        }
    }
}

/// What the thread does; the type of its result is hidden.
trait Job: Send {
    /// Does the work; the result is kept.
    fn work(&mut self, connection: &Connection) -> Result<(), Trouble>;

    /// Tells whoever waits, if anybody still does.
    fn answer(self: Box<Self>, end: Result<(), Trouble>);
}

struct Task<W, T> {
    work: W,
    result: Option<T>,
    tell: oneshot::Sender<Result<T, Trouble>>,
}

impl<W, T> Job for Task<W, T>
where
    W: FnMut(&Connection) -> Result<T, Trouble> + Send,
    T: Send,
{
    fn work(&mut self, connection: &Connection) -> Result<(), Trouble> {
        self.result = Some((self.work)(connection)?);
        Ok(())
    }

    fn answer(self: Box<Self>, end: Result<(), Trouble>) {
        let Task { result, tell, .. } = *self;
        let never = || Trouble::new("a job of the inbox was never done");
        // A caller that went away needs no answer.
        let _ = tell.send(end.and_then(|()| result.ok_or_else(never)));
    }
}

fn serve(waiting: &mut mpsc::Receiver<Box<dyn Job>>, connection: Connection, place: &Place) {
    let mut batch = Vec::with_capacity(TOGETHER);
    while waiting.blocking_recv_many(&mut batch, TOGETHER) > 0 {
        together(&connection, place, &mut batch);
    }
    // The last connection copies the log into the file and removes it.
    if let Err((_, error)) = connection.close() {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "closing the inbox failed"
        );
    }
}

/// Does all jobs in one transaction.
fn together(connection: &Connection, place: &Place, batch: &mut Vec<Box<dyn Job>>) {
    let alone = batch.len() == 1;
    let mut ends = Vec::with_capacity(batch.len());
    let mut whole = begin(connection);
    if whole.is_ok() {
        for job in batch.iter_mut() {
            match attempt(connection, job.as_mut()) {
                Attempt::Ended(end) => ends.push(end),
                Attempt::HalfDone(trouble) if alone => {
                    roll_back(connection);
                    whole = Err(trouble);
                    break;
                }
                Attempt::HalfDone(_) => {
                    roll_back(connection);
                    return one_by_one(connection, place, batch);
                }
            }
        }
        whole = whole.and_then(|()| commit(connection, place));
    }
    answer(batch, ends, &whole);
}

/// Does each job in a transaction of its own: one of them cannot be done.
fn one_by_one(connection: &Connection, place: &Place, batch: &mut Vec<Box<dyn Job>>) {
    for job in batch.drain(..) {
        together(connection, place, &mut vec![job]);
    }
}

fn answer(
    batch: &mut Vec<Box<dyn Job>>,
    ends: Vec<Result<(), Trouble>>,
    whole: &Result<(), Trouble>,
) {
    let mut ends = ends.into_iter();
    for job in batch.drain(..) {
        let own = ends.next().unwrap_or(Ok(()));
        job.answer(whole.clone().and(own));
    }
}

/// How work on an open transaction ended.
enum Attempt {
    /// As it should, or without having changed anything.
    Ended(Result<(), Trouble>),
    /// It failed and may have left something behind.
    HalfDone(Trouble),
}

fn attempt(connection: &Connection, job: &mut dyn Job) -> Attempt {
    let before = connection.total_changes();
    let end = catch_unwind(AssertUnwindSafe(|| job.work(connection)))
        .unwrap_or_else(|_| Err(Trouble::new("the inbox panicked over a job")));
    match end {
        // Some failures, as that of a full disk, end the transaction.
        Err(trouble) if connection.is_autocommit() || connection.total_changes() != before => {
            Attempt::HalfDone(trouble)
        }
        end => Attempt::Ended(end),
    }
}

fn begin(connection: &Connection) -> Result<(), Trouble> {
    // Only after one that could not be undone.
    roll_back(connection);
    connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    Ok(())
}

/// Makes the transaction last; an error says that it did not, or that nobody would find it.
fn commit(connection: &Connection, place: &Place) -> Result<(), Trouble> {
    let committed = connection
        .prepare_cached("COMMIT")
        .and_then(|mut commit| commit.execute([]));
    if let Err(error) = committed {
        roll_back(connection);
        return Err(error.into());
    }
    place.check()
}

fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = connection.execute_batch("ROLLBACK")
    {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "undoing a transaction failed"
        );
    }
}

#[cfg(test)]
mod tests;
