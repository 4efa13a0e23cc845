//! What can fail between here and the server, what of it passes, and how long anything may take.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use deadpool_postgres::{Object, PoolError, TimeoutType};
use dockseal::receiver::InboxError;
use tokio_postgres::error::{Severity, SqlState};

use super::Inbox;

/// How long a statement may run, the waiting for locks included.
pub(super) const STATEMENT: Duration = Duration::from_secs(5);
/// How long a statement may wait for one lock.
pub(super) const LOCK: Duration = Duration::from_secs(4);
/// How long it may take to get a connection.
pub(super) const CONNECTION: Duration = Duration::from_secs(5);
/// How long one attempt may take: a server that is gone without a word answers no time-out.
const ATTEMPT: Duration = Duration::from_secs(10);
/// How often something that may pass is tried.
const TRIES: u32 = 8;
/// How long to wait after the first; twice as long each time.
const PAUSE: Duration = Duration::from_millis(10);

/// Why an attempt failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// The server said so, or the connection to it is gone.
    #[error(transparent)]
    Server(Said),
    /// All connections are in use, and stay so.
    #[error("no connection was free for {} s", CONNECTION.as_secs())]
    Busy,
    /// Nothing came back.
    #[error("the server did not answer within {} s", ATTEMPT.as_secs())]
    Silent,
    /// The pool cannot be used.
    #[error("{0}")]
    Pool(&'static str),
    /// What is stored is not what this program stores.
    #[error("{0}")]
    Stored(&'static str),
}

/// What went wrong on the server, without its details: they quote what was to be stored.
pub(super) struct Said(tokio_postgres::Error);

impl Fault {
    /// Whether the same can go well a moment later. What was asked for is guarded by locks and
    /// looked up first, so that it is never done twice.
    fn passes(&self) -> bool {
        let Fault::Server(Said(error)) = self else {
            return false;
        };
        let Some(code) = error.code() else {
            return error.is_closed() || has_io_error(error);
        };
        let passing = [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::UNIQUE_VIOLATION,
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::TOO_MANY_CONNECTIONS,
        ];
        passing.contains(code) || code.code().starts_with("08")
    }
}

fn has_io_error(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<std::io::Error>() || error.source().is_some_and(has_io_error)
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Fault {
        Fault::Server(Said(error))
    }
}

impl From<PoolError> for Fault {
    fn from(error: PoolError) -> Fault {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(TimeoutType::Wait) => Fault::Busy,
            PoolError::Timeout(_) => Fault::Silent,
            PoolError::Closed => Fault::Pool("the pool of connections is closed"),
            PoolError::NoRuntimeSpecified => {
                Fault::Pool("the pool has time-outs and no runtime: set Runtime::Tokio1")
            }
            PoolError::PostCreateHook(_) => Fault::Pool("a hook of the pool failed"),
        }
    }
}

impl std::error::Error for Said {}

/// As for people: nothing of the details here either.
impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Said({self})")
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(said) = self.0.as_db_error() else {
            write!(f, "{}", self.0)?;
            // What lies below is of the network: addresses and system errors.
            let cause = std::error::Error::source(&self.0);
            return cause.map_or(Ok(()), |cause| write!(f, ": {cause}"));
        };
        let fatal = said
            .parsed_severity()
            .is_some_and(|of| of != Severity::Error);
        let severity = if fatal { "fatal " } else { "" };
        write!(f, "{severity}SQLSTATE {}", said.code().code())?;
        // Messages of class 22 quote values.
        if said.code().code().starts_with("22") {
            Ok(())
        } else {
            write!(f, ": {}", said.message())
        }
    }
}

/// Something to be done on a connection, all of it or nothing.
pub(super) trait Work: Send {
    /// What comes of it.
    type Done: Send;

    /// What is said when it cannot be done.
    const FAILED: &'static str;

    /// Does it; perhaps once more, after a failure.
    fn work(&mut self, lent: &mut Object)
    -> impl Future<Output = Result<Self::Done, Fault>> + Send;
}

impl Inbox {
    /// Does it; again on another connection as long as the failure may pass.
    pub(super) async fn attempt<W: Work>(&self, mut work: W) -> Result<W::Done, InboxError> {
        let mut left = TRIES;
        let mut pause = PAUSE;
        loop {
            left -= 1;
            match self.once(&mut work).await {
                Ok(done) => return Ok(done),
                Err(fault) if left > 0 && fault.passes() => {
                    tracing::debug!(%fault, left, "{}; trying again", W::FAILED);
                }
                Err(fault) => return Err(InboxError::because(W::FAILED, fault)),
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    async fn once<W: Work>(&self, work: &mut W) -> Result<W::Done, Fault> {
        let lent = tokio::time::timeout(CONNECTION, self.pool.get()).await;
        let mut lent = lent.map_err(|_| Fault::Busy)??;
        if let Ok(done) = tokio::time::timeout(ATTEMPT, work.work(&mut lent)).await {
            return done;
        }
        // A connection that stays silent must not go back to the pool.
        drop(Object::take(lent));
        Err(Fault::Silent)
    }
}
