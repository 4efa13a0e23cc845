//! What can go wrong inside the writer thread, in a form that every job of a batch can be told.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use dockseal::receiver::InboxError;
use rusqlite::ErrorCode;

/// A failure of the store.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    what: &'static str,
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

impl Trouble {
    /// What failed, and the remedy.
    pub(super) fn new(what: &'static str) -> Trouble {
        Trouble { what, cause: None }
    }

    /// What failed because of what.
    pub(super) fn because(
        what: &'static str,
        cause: impl Error + Send + Sync + 'static,
    ) -> Trouble {
        Trouble {
            what,
            cause: Some(Arc::new(cause)),
        }
    }
}

/// The messages of SQLite name tables and columns, never a bound value.
impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Trouble {
        let what = match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => "the disk of the inbox is full; make room",
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "another program holds the inbox locked; end it"
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                "the inbox cannot be written; mend the permissions of the file and its directory"
            }
            Some(ErrorCode::SystemIoFailure) => {
                "the disk of the inbox failed; look at the system log"
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                "the file of the inbox is damaged; restore a backup"
            }
            _ => "the inbox failed",
        };
        Trouble::because(what, error)
    }
}

impl From<dockseal::RawError> for Trouble {
    fn from(error: dockseal::RawError) -> Trouble {
        Trouble::because("a stored document cannot be read", error)
    }
}

impl From<Trouble> for InboxError {
    fn from(trouble: Trouble) -> InboxError {
        match trouble.cause {
            Some(cause) => InboxError::because(trouble.what, Shared(cause)),
            None => InboxError::new(trouble.what),
        }
    }
}

/// A cause that several jobs are told.
#[derive(Debug)]
struct Shared(Arc<dyn Error + Send + Sync>);

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Shared {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
