//! The inbox on PostgreSQL, for several processes side by side.
//! PostgreSQL 上的收件箱：多个进程可并行使用同一数据库。
//!
//! ```no_run
//! use dockseal::receiver::{NodeTokens, Receiver};
//! use dockseal_inbox::postgres::Inbox;
//!
//! # async fn open() -> Result<(), Box<dyn std::error::Error>> {
//! let inbox = Inbox::connect("postgres://oms:password@db.internal/oms").await?;
//! let tokens = NodeTokens::by_node_id().with("1000000001", "the token of this sender");
//! let receiver = Receiver::new(inbox, tokens);
//! # Ok(())
//! # }
//! ```
//!
//! The tables are named `dockseal_...` and lie where `search_path` leads. Whoever starts first lays
//! them out, and needs `CREATE` there; after that `SELECT`, `INSERT`, `UPDATE`, `DELETE` on the
//! tables and `USAGE` on the sequence are enough. Nothing is kept in a session, so that a pooler in
//! transaction mode may be between.
//!
//! A push is committed before its sender is told so, with `synchronous_commit` on even where the
//! database has it off. A server whose standby takes over can still lose what only it had: let
//! `synchronous_standby_names` name the standby.
//!
//! # How a push is taken in
//!
//! By one transaction in READ COMMITTED: advisory locks on the push and on the numbers of its
//! document, the look-ups, the row of the document `FOR UPDATE`, then what [`Arrival::apply`]
//! decides. What fails in passing, such as a deadlock or a lost connection, is tried again; when it
//! was not heard whether a commit went through, the next attempt finds the push or does not, under
//! the same locks. Deliveries are shared by leases, which are times of the server: the clocks of the
//! processes do not matter.

// One push flows through these: `accept` takes it in by a `transaction` that holds `locks`, finds and
// writes its `document`, and adds a delivery, which `deliver` hands out. `fault` is what can fail and
// what is tried again, `value` what texts and times become, `schema` the tables, `browse` and
// `replay` what an operator asks.
mod accept;
mod browse;
mod deliver;
mod document;
mod fault;
mod locks;
mod replay;
mod schema;
mod transaction;
mod value;

use std::time::Duration;

/// The pool of [`Inbox::with_pool`], in the version that fits.
pub use deadpool_postgres;
use deadpool_postgres::{Manager, Pool, Runtime, Timeouts};
use dockseal::receiver::{
    Accepted, Arrival, Claim, Earlier, Identity, InboxError, Pending, Settled,
};
use tokio::sync::Notify;
use tokio_postgres::{Config, NoTls};

use self::accept::LookUp;
use self::deliver::{Lease, Settle};
use self::replay::Replay;
use crate::browse::{
    Browse, DocumentFilter, Page, PushFilter, PushRow, Replayed, StoredDocument, StoredPush,
};

/// How many connections [`Inbox::connect`] opens at most.
const CONNECTIONS: usize = 16;
/// How long another process's push may wait before this one looks for deliveries.
const POLL: Duration = Duration::from_millis(500);

/// The durable memory of receivers, on PostgreSQL 11 or later.
///
/// Several processes may use one database: each push has one effect and one reply, and each delivery
/// goes to one of them at a time.
#[derive(Clone)]
pub struct Inbox {
    pool: Pool,
    woken: std::sync::Arc<Notify>,
}

impl Inbox {
    /// Opens an inbox by an address such as `postgres://user:password@host/database`, without TLS,
    /// with at most 16 connections. Lays the tables out if they are not there.
    ///
    /// # Errors
    /// The address cannot be read, the server cannot be reached, or the tables are those of a newer
    /// version. No text of an error holds the password.
    pub async fn connect(url: &str) -> Result<Inbox, InboxError> {
        Inbox::with_pool(pool(url)?).await
    }

    /// The same for an inbox that is there already: nothing is laid out. For programs that look into
    /// the inbox of another.
    ///
    /// # Errors
    /// As [`connect`](Self::connect); and there is no inbox, or one of an older version.
    pub async fn connect_existing(url: &str) -> Result<Inbox, InboxError> {
        let inbox = Inbox {
            pool: pool(url)?,
            woken: std::sync::Arc::default(),
        };
        inbox.require().await?;
        Ok(inbox)
    }

    /// Opens an inbox on connections of your own making: with TLS, or more of them. Lays the tables
    /// out if they are not there.
    ///
    /// # Errors
    /// The server cannot be reached, or the tables are those of a newer version.
    pub async fn with_pool(pool: Pool) -> Result<Inbox, InboxError> {
        let inbox = Inbox {
            pool,
            woken: std::sync::Arc::default(),
        };
        inbox.migrate().await?;
        Ok(inbox)
    }
}

/// Connections to that address; none is made yet.
fn pool(url: &str) -> Result<Pool, InboxError> {
    let mut config: Config = url.parse().map_err(|_| {
        // The cause may quote what is in the place of the password.
        InboxError::new("the address of the PostgreSQL inbox cannot be read: postgres://user:password@host/database")
    })?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(fault::CONNECTION);
    }
    if config.get_application_name().is_none() {
        config.application_name("dockseal");
    }
    Pool::builder(Manager::new(config, NoTls))
        .max_size(CONNECTIONS)
        .timeouts(Timeouts {
            wait: Some(fault::CONNECTION),
            create: Some(fault::CONNECTION),
            recycle: Some(fault::CONNECTION),
        })
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|error| InboxError::because("no pool of connections can be made", error))
}

impl dockseal::receiver::Inbox for Inbox {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        Box::pin(self.take_in(arrival))
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        Box::pin(self.attempt(LookUp(identity)))
    }

    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        Box::pin(self.attempt(Lease { most, time: lease }))
    }

    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        Box::pin(async move {
            self.attempt(Settle(settled)).await?;
            // The next of a document may have its turn now.
            self.woken.notify_one();
            Ok(())
        })
    }

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        Box::pin(async move {
            // Woken or not, there may be something by now.
            let _ = tokio::time::timeout(most.min(POLL), self.woken.notified()).await;
        })
    }
}

impl Browse for Inbox {
    fn pushes(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<PushRow>, InboxError>> {
        Box::pin(self.attempt(browse::pushes(&filter, page)))
    }

    fn stored(
        &self,
        filter: PushFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredPush>, InboxError>> {
        Box::pin(self.attempt(browse::stored(&filter, page)))
    }

    fn documents(
        &self,
        filter: DocumentFilter,
        page: Page,
    ) -> Pending<'_, Result<Vec<StoredDocument>, InboxError>> {
        Box::pin(self.attempt(browse::documents(&filter, page)))
    }

    fn replay(&self, push: i64) -> Pending<'_, Result<Replayed, InboxError>> {
        Box::pin(async move {
            let replayed = self.attempt(Replay(push)).await?;
            self.woken.notify_one();
            Ok(replayed)
        })
    }
}

/// Shows how the pool is used, never the address.
impl std::fmt::Debug for Inbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox")
            .field("pool", &self.pool.status())
            .finish_non_exhaustive()
    }
}
