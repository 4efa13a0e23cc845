//! The inbox in one SQLite file.
//!
//! `open` makes and checks the file, `schema` is its shape; `writer` is the thread through which
//! everything is written. What runs there: `accept` takes a push in, `outbox` hands deliveries out,
//! `replay` has a push take effect again. `browse` reads, beside the writer.

mod accept;
mod browse;
mod clock;
mod open;
mod outbox;
mod place;
mod replay;
mod schema;
mod trouble;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dockseal::receiver::{
    Accepted, Arrival, Claim, Delivery, Earlier, Effect, Identity, InboxError, Kind, Pending,
    Receipt, Settled,
};
use rusqlite::Connection;
use tokio::sync::Notify;

use self::open::Make;
pub use self::open::OpenError;
use self::outbox::Leased;
use self::trouble::Trouble;
use self::writer::Writer;
use crate::browse::{
    Browse, DocumentFilter, Page, PushFilter, PushRow, Replayed, StoredDocument, StoredPush,
};

/// An inbox in one SQLite file. A clone is another handle of the same; the file is closed in an
/// orderly way when the last one goes.
#[derive(Clone)]
pub struct Inbox(Arc<Shared>);

/// Dropped in this order: the writer closes the file last, which empties its log.
struct Shared {
    /// For browsing; opened at need, and none for a database in memory.
    reader: Mutex<Option<Connection>>,
    path: Option<PathBuf>,
    writer: Writer,
    /// Told when something may have become due.
    due: Arc<Notify>,
}

impl Inbox {
    /// Opens the inbox at this path, and makes it if there is none. An older one is brought up to
    /// date.
    ///
    /// # Errors
    /// The message says what is wrong with the path or the file, and what to do.
    pub fn open(path: impl AsRef<Path>) -> Result<Inbox, OpenError> {
        Inbox::file(path.as_ref(), Make::Yes)
    }

    /// Opens the inbox at this path as it is: one that is missing is not made, and an older one is
    /// not brought up to date. For programs that look into the inbox of another.
    ///
    /// # Errors
    /// The message says what is wrong with the path or the file, and what to do.
    pub fn open_existing(path: impl AsRef<Path>) -> Result<Inbox, OpenError> {
        Inbox::file(path.as_ref(), Make::No)
    }

    /// An inbox that is gone when its last handle is: for tests.
    ///
    /// # Errors
    /// There is not enough memory, or no thread can be started.
    pub fn in_memory() -> Result<Inbox, OpenError> {
        Inbox::start(open::memory()?, place::Place::default(), None)
    }

    fn file(path: &Path, make: Make) -> Result<Inbox, OpenError> {
        let failed = |error: std::io::Error| OpenError::Failed {
            path: path.to_owned(),
            source: error.into(),
        };
        // The process may change its directory later.
        let path = std::path::absolute(path).map_err(failed)?;
        let (connection, place) = open::file(&path, make)?;
        Inbox::start(connection, place, Some(path))
    }

    fn start(
        connection: Connection,
        place: place::Place,
        path: Option<PathBuf>,
    ) -> Result<Inbox, OpenError> {
        let writer = Writer::start(connection, place).map_err(|error| OpenError::Failed {
            path: path.clone().unwrap_or_default(),
            source: error.into(),
        })?;
        Ok(Inbox(Arc::new(Shared {
            reader: Mutex::new(None),
            path,
            writer,
            due: Arc::new(Notify::new()),
        })))
    }

    /// Reads beside the writer, on a thread that may wait for the disk.
    async fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&Connection) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, InboxError> {
        let Some(path) = self.0.path.clone() else {
            return self.0.writer.run(work).await;
        };
        let shared = Arc::clone(&self.0);
        let reading = tokio::task::spawn_blocking(move || {
            let mut reader = shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = match reader.take() {
                Some(connection) => connection,
                None => open::reader(&path)?,
            };
            let read = work(&connection);
            *reader = Some(connection);
            read
        });
        let read = reading
            .await
            .map_err(|error| InboxError::because("reading the inbox was cut short", error))?;
        Ok(read?)
    }
}

impl dockseal::receiver::Inbox for Inbox {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        let due = Arc::clone(&self.0.due);
        let receipt = arrival.receipt.to_json();
        Box::pin(self.0.writer.run(move |inbox| {
            let accepted = accept::accept(inbox, &arrival, &receipt)?;
            if let Accepted::Taken { effect, .. } = accepted
                && effect.is_delivered()
            {
                // Not committed yet; but whoever claims it now waits behind that.
                due.notify_one();
            }
            Ok(accepted)
        }))
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        Box::pin(
            self.0
                .writer
                .run(move |inbox| accept::earlier(inbox, &identity)),
        )
    }

    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        Box::pin(async move {
            let leased = self
                .0
                .writer
                .run(move |inbox| outbox::claim(inbox, most, lease))
                .await?;
            Ok(leased.into_iter().filter_map(readable).collect())
        })
    }

    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        let due = Arc::clone(&self.0.due);
        Box::pin(self.0.writer.run(move |inbox| {
            outbox::settle(inbox, &settled)?;
            // The next of a document has its turn, or a retry is nearer than anything else.
            due.notify_one();
            Ok(())
        }))
    }

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        Box::pin(async move {
            let next = self.0.writer.run(|inbox| Ok(outbox::next(inbox)?)).await;
            let wait = match next {
                Ok(Some(next)) => next.min(most),
                Ok(None) | Err(_) => most,
            };
            // Both ways of ending are the same to the caller.
            let _ = tokio::time::timeout(wait, self.0.due.notified()).await;
        })
    }
}

impl Browse for Inbox {
    fn pushes(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<PushRow>, InboxError>> {
        Box::pin(self.read(move |inbox| browse::pushes(inbox, &filter, page)))
    }

    fn stored(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredPush>, InboxError>> {
        Box::pin(self.read(move |inbox| browse::stored(inbox, &filter, page)))
    }

    fn documents(
        &self,
        filter: DocumentFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredDocument>, InboxError>> {
        Box::pin(self.read(move |inbox| browse::documents(inbox, &filter, page)))
    }

    fn replay(&self, push: i64) -> Pending<'_, Result<Replayed, InboxError>> {
        let due = Arc::clone(&self.0.due);
        Box::pin(self.0.writer.run(move |inbox| {
            let replayed = replay::replay(inbox, push)?;
            due.notify_one();
            Ok(replayed)
        }))
    }
}

/// A lease as the handler gets it. One that cannot be read holds up its document only, and the log
/// says which.
fn readable(leased: Leased) -> Option<Claim> {
    let (push, attempt) = (leased.push, leased.attempt);
    match delivery(leased) {
        Ok(delivery) => Some(Claim::new(delivery, attempt)),
        Err(trouble) => {
            let error = InboxError::from(trouble);
            tracing::error!(
                push,
                error = &error as &dyn std::error::Error,
                "undeliverable"
            );
            None
        }
    }
}

fn delivery(leased: Leased) -> Result<Delivery, Trouble> {
    let unknown = || Trouble::new("a newer program wrote this delivery; use that one");
    let kind = Kind::from_name(&leased.kind).ok_or_else(unknown)?;
    let effect = Effect::from_name(&leased.effect).ok_or_else(unknown)?;
    let receipt = Receipt::from_json(kind, &leased.receipt)?;
    let document = match &leased.document {
        Some(text) => Receipt::from_json(kind, text)?,
        None => receipt.clone(),
    };
    Ok(Delivery::new(
        leased.push,
        &leased.key,
        leased.node,
        clock::time(leased.received_at)?,
        effect,
        receipt,
        document,
    ))
}

impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox")
            .field("path", &self.0.path)
            .finish_non_exhaustive()
    }
}
