//! Where the databases of a run lie, and on what: without a disk there is nothing to measure.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A directory of this run, removed at its end.
pub(super) struct Place {
    directory: PathBuf,
    file_system: Option<String>,
}

impl Place {
    pub(super) fn new(parent: &Path) -> io::Result<Place> {
        let directory = parent.join(format!("run-{}", std::process::id()));
        fs::create_dir_all(&directory)?;
        let directory = directory.canonicalize()?;
        let file_system = file_system(&directory);
        Ok(Place {
            directory,
            file_system,
        })
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The type of its file system, where the system tells.
    pub(super) fn file_system(&self) -> &str {
        self.file_system.as_deref().unwrap_or("unknown")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What stays behind lies among what is built.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

/// By the longest mount point above the directory, on Linux.
fn file_system(directory: &Path) -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    mounts
        .lines()
        .filter_map(|line| {
            let mut columns = line.split(' ').skip(1);
            Some((columns.next()?, columns.next()?))
        })
        .filter(|(point, _)| directory.starts_with(point))
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind.to_owned())
}
