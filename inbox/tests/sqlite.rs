//! The inbox on SQLite: what every inbox does, and what only a file can do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

#[path = "sqlite/directory.rs"]
mod directory;
#[path = "sqlite/open.rs"]
mod open;
#[path = "sqlite/torn.rs"]
mod torn;
#[path = "sqlite/trouble.rs"]
mod trouble;

mod suite;

use dockseal_inbox::Inbox;

use directory::Directory;

/// A file of its own.
struct File(Directory);

impl suite::Place for File {
    type Inbox = Inbox;

    async fn new() -> Option<File> {
        Some(File(Directory::new()))
    }

    async fn open(&self) -> Inbox {
        Inbox::open(self.0.file("inbox.db")).unwrap()
    }
}

suite::behaviours!(File);

/// In memory; every handle is a clone of one.
struct Memory(Inbox);

impl suite::Place for Memory {
    type Inbox = Inbox;

    async fn new() -> Option<Memory> {
        Some(Memory(Inbox::in_memory().unwrap()))
    }

    async fn open(&self) -> Inbox {
        self.0.clone()
    }
}

mod memory {
    crate::suite::behaviours!(super::Memory);
}
