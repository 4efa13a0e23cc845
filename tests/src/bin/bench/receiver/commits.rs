//! What the disk can do: one row a commit, one commit after the other, without HTTP.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use super::cpu::Watch;
use super::measured::Measured;
use super::pushes;

/// A database with one table, as safe on disk as an inbox.
pub(super) struct Commits {
    connection: Connection,
}

impl Commits {
    pub(super) fn new(path: &Path) -> Result<Commits, Box<dyn Error>> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE push (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;",
        )?;
        Ok(Commits { connection })
    }

    /// Commits for this long, and says how that went.
    pub(super) fn run(&self, length: Duration) -> Result<Measured, Box<dyn Error>> {
        let body = pushes::form(0)?;
        let mut insert = self
            .connection
            .prepare("INSERT INTO push (body) VALUES (?1)")?;
        let mut times = Vec::new();
        let watch = Watch::start();
        let end = Instant::now() + length;
        while Instant::now() < end {
            let commit = Instant::now();
            insert.execute(params![body.as_bytes()])?;
            times.push(commit.elapsed());
        }
        Ok(Measured::new(times, &watch))
    }
}
