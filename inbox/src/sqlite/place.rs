//! Whether the file that is written is still the one that a restart would find.
//!
//! On Unix a file can be deleted, moved or replaced while it is open; SQLite goes on writing what
//! nobody will ever read. A push must not be acknowledged then.

use std::path::{Path, PathBuf};

use super::trouble::Trouble;

/// Where the database and its log lie, and which files they were when they were opened. Empty for a
/// database in memory.
#[derive(Default)]
pub(super) struct Place {
    files: Vec<(PathBuf, Identity)>,
}

impl Place {
    /// Of an open database at this path, in WAL mode and read at least once.
    pub(super) fn of(path: &Path) -> std::io::Result<Place> {
        // Beside the file itself, should the path be a link.
        let mut log = path.canonicalize()?.into_os_string();
        log.push("-wal");
        let files = [path.to_owned(), PathBuf::from(log)]
            .into_iter()
            .map(|file| identity(&file).map(|identity| (file, identity)))
            .collect::<Result<_, _>>()?;
        Ok(Place { files })
    }

    /// Whether they are there still.
    pub(super) fn check(&self) -> Result<(), Trouble> {
        let there = |(path, opened): &(PathBuf, Identity)| {
            identity(path).is_ok_and(|found| found == *opened)
        };
        if self.files.iter().all(there) {
            Ok(())
        } else {
            Err(Trouble::new(
                "the file of the inbox was deleted, moved or replaced; put it back and restart the program",
            ))
        }
    }
}

/// Device and number of a file.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> std::io::Result<Identity> {
    use std::os::unix::fs::MetadataExt as _;

    let of = std::fs::metadata(path)?;
    Ok((of.dev(), of.ino()))
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_: &Path) -> std::io::Result<Identity> {
    Ok(())
}
