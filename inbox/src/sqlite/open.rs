//! From a path to a connection that is ready to write: made at need, of the right shape, safe on
//! disk after every commit.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::place::Place;
use super::schema::{self, STEPS, Shape};

/// Why an inbox could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no such file, and it was not to be made.
    #[error(
        "there is no inbox at {path:?}; check the path, or start the receiver once, which makes it"
    )]
    Missing {
        /// What was to be opened.
        path: PathBuf,
    },
    /// The file cannot be made or written.
    #[error(
        "the inbox {path:?} cannot be written; the directory has to exist, and it and the file have to be writable for this user"
    )]
    NotWritable {
        /// What was to be opened.
        path: PathBuf,
        /// What SQLite says.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The file is no SQLite database, or another program's.
    #[error("{path:?} is no inbox but another file; choose another path")]
    Foreign {
        /// What was to be opened.
        path: PathBuf,
    },
    /// A newer release of this program made it.
    #[error(
        "the inbox {path:?} has version {found} of its format, and this program knows up to {known}; use the newer program that wrote it"
    )]
    Newer {
        /// What was to be opened.
        path: PathBuf,
        /// Version of its format.
        found: usize,
        /// The newest version that this program knows.
        known: usize,
    },
    /// An older release of this program made it, and it was not to be changed.
    #[error(
        "the inbox {path:?} has version {found} of its format, and this program writes {known}; start the receiver of this version once, which brings it up to date"
    )]
    Older {
        /// What was to be opened.
        path: PathBuf,
        /// Version of its format.
        found: usize,
        /// The version that this program writes.
        known: usize,
    },
    /// Another program keeps it locked.
    #[error("another program holds the inbox {path:?} locked; end it")]
    Locked {
        /// What was to be opened.
        path: PathBuf,
    },
    /// The file system lacks what a write-ahead log needs.
    #[error(
        "the file system of {path:?} cannot keep a write-ahead log; put the inbox on a local disk, not on a network share"
    )]
    NoLog {
        /// What was to be opened.
        path: PathBuf,
    },
    /// Anything else.
    #[error("the inbox {path:?} cannot be opened")]
    Failed {
        /// What was to be opened.
        path: PathBuf,
        /// What happened.
        source: Box<dyn Error + Send + Sync>,
    },
}

impl OpenError {
    /// The message in Chinese.
    #[must_use]
    #[expect(
        clippy::unnecessary_debug_formatting,
        reason = "a path with odd characters must not pass for the program's own words"
    )]
    pub fn zh(&self) -> String {
        match self {
            OpenError::Missing { path } => {
                format!("{path:?} 处没有收件箱：请检查路径，或先启动一次接收端，由它创建")
            }
            OpenError::NotWritable { path, .. } => {
                format!("收件箱 {path:?} 无法写入：目录必须存在，且当前用户对目录和文件都有写权限")
            }
            OpenError::Foreign { path } => {
                format!("{path:?} 不是收件箱，而是其他文件：请换一个路径")
            }
            OpenError::Newer { path, found, known } => format!(
                "收件箱 {path:?} 的格式版本为 {found}，本程序最高支持 {known}：请使用写入它的新版程序"
            ),
            OpenError::Older { path, found, known } => format!(
                "收件箱 {path:?} 的格式版本为 {found}，本程序使用 {known}：请先启动一次本版本的接收端完成升级"
            ),
            OpenError::Locked { path } => {
                format!("收件箱 {path:?} 被其他程序锁定：请先结束该程序")
            }
            OpenError::NoLog { path } => format!(
                "{path:?} 所在的文件系统不支持预写日志：请把收件箱放在本地磁盘上，不要放在网络共享上"
            ),
            OpenError::Failed { path, source } => format!("收件箱 {path:?} 无法打开：{source}"),
        }
    }
}

/// Whether a file may be made, or changed in its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Make {
    /// At need.
    Yes,
    /// It has to be there.
    No,
}

/// How long to wait for another program that writes to the same file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a file for writing.
pub(super) fn file(path: &Path, make: Make) -> Result<(Connection, Place), OpenError> {
    if make == Make::No && !path.exists() {
        return Err(OpenError::Missing {
            path: path.to_owned(),
        });
    }
    let end = Instant::now() + PATIENCE;
    loop {
        match attempt(path, make) {
            // SQLite does not wait by itself while another program turns the log on.
            Err(OpenError::Locked { .. }) if Instant::now() < end => {
                std::thread::sleep(Duration::from_millis(10));
            }
            opened => return opened,
        }
    }
}

fn attempt(path: &Path, make: Make) -> Result<(Connection, Place), OpenError> {
    let failed = |error| failure(path, error);
    let creating = match make {
        Make::Yes => OpenFlags::SQLITE_OPEN_CREATE,
        Make::No => OpenFlags::empty(),
    };
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | creating;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(PATIENCE).map_err(failed)?;
    // SQLite falls back to reading when it may not write.
    if connection.is_readonly("main").map_err(failed)? {
        return Err(OpenError::NotWritable {
            path: path.to_owned(),
            source: "the file can be read, but not written".into(),
        });
    }
    check(&connection, path, make)?;
    logged(&connection, path)?;
    settle(&connection).map_err(failed)?;
    if make == Make::Yes {
        schema::migrate(&mut connection, STEPS).map_err(failed)?;
    }
    // Again: another program may have been faster.
    check(&connection, path, Make::No)?;
    let place = Place::of(path).map_err(|error| OpenError::Failed {
        path: path.to_owned(),
        source: error.into(),
    })?;
    Ok((connection, place))
}

/// Makes a database in memory.
pub(super) fn memory() -> Result<Connection, OpenError> {
    let failed = |error| failure(Path::new(":memory:"), error);
    let mut connection = Connection::open_in_memory().map_err(failed)?;
    settle(&connection).map_err(failed)?;
    schema::migrate(&mut connection, STEPS).map_err(failed)?;
    Ok(connection)
}

/// Opens a file that another connection keeps open, for reading.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    Ok(connection)
}

/// Before anything is written: a file of somebody else stays as it is.
fn check(connection: &Connection, path: &Path, make: Make) -> Result<(), OpenError> {
    let path = path.to_owned();
    let known = STEPS.len();
    match schema::shape(connection).map_err(|error| failure(&path, error))? {
        Shape::Version(found) if found > known => Err(OpenError::Newer { path, found, known }),
        Shape::Version(found) if found < known && make == Make::No => {
            Err(OpenError::Older { path, found, known })
        }
        Shape::Empty if make == Make::No => Err(OpenError::Missing { path }),
        Shape::Foreign => Err(OpenError::Foreign { path }),
        Shape::Empty | Shape::Version(_) => Ok(()),
    }
}

/// Turns the write-ahead log on; the file remembers it.
fn logged(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(|error| failure(path, error))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(OpenError::NoLog {
            path: path.to_owned(),
        })
    }
}

/// What every writing connection needs; the file does not remember it.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    // A commit is on disk when it returns; on macOS, too.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    // The log is copied into the file every 64 MiB of pages: seldom, as nobody is answered meanwhile,
    // and a page that many pushes touch is copied once.
    connection.pragma_update(None, "wal_autocheckpoint", 16_384)?;
    // A log that grew while somebody read for long shrinks again.
    connection.pragma_update(None, "journal_size_limit", 128 << 20)?;
    // In KiB, because it is negative.
    connection.pragma_update(None, "cache_size", -16_384)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn failure(path: &Path, error: rusqlite::Error) -> OpenError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => OpenError::Foreign { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Locked { path },
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            OpenError::NotWritable {
                path,
                source: error.into(),
            }
        }
        _ => OpenError::Failed {
            path,
            source: error.into(),
        },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{Make, file};

    #[test]
    fn a_commit_waits_for_the_disk() {
        let name = format!("dockseal-open-{}.db", std::process::id());
        let path = std::env::temp_dir().join(name);
        let (connection, _) = file(&path, Make::Yes).unwrap();
        let of = |pragma| {
            let text = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
            connection.pragma_query_value(None, pragma, text).unwrap()
        };
        assert_eq!(of("journal_mode"), "wal".to_owned().into());
        assert_eq!(of("synchronous"), 2.into(), "FULL");
        drop(connection);
        std::fs::remove_file(path).unwrap();
    }
}
