//! Reading a tree of files into memory, and writing one back where it differs.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use dockseal_codegen::SourceFile;

/// The repository's directory, wherever the command was called.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A path as people write it: from the repository's directory, where it is below that.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Every file below `directory` that ends in one of `endings`, by its path with forward slashes.
pub(crate) fn read(directory: &Path, endings: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut files = BTreeMap::new();
    visit(directory, directory, &mut |path, name| {
        if endings.iter().any(|ending| name.ends_with(ending)) {
            files.insert(name, std::fs::read(path)?);
        }
        Ok(())
    })
    .map_err(|error| format!("cannot read {}: {error}", directory.display()))?;
    Ok(files)
}

/// The schema files below `directory`.
pub(crate) fn schemas(directory: &Path) -> Result<Vec<SourceFile>, String> {
    let files = read(directory, &[".json"])?;
    if files.is_empty() {
        return Err(format!("no schema in {}; name the directory with --schemas", directory.display()));
    }
    Ok(files.into_iter().map(|(path, bytes)| SourceFile { path, bytes }).collect())
}

fn visit(
    root: &Path,
    directory: &Path,
    found: &mut impl FnMut(&Path, String) -> io::Result<()>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            visit(root, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(root) {
            let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            found(&path, parts.join("/"))?;
        }
    }
    Ok(())
}

/// How a tree differs from what it should be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) missing: Vec<String>,
    pub(crate) changed: Vec<String>,
    pub(crate) stale: Vec<String>,
}

impl Difference {
    pub(crate) fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.stale.is_empty()
    }
}

/// Compares both ways.
pub(crate) fn compare(wanted: &BTreeMap<String, String>, there: &BTreeMap<String, Vec<u8>>) -> Difference {
    let mut difference = Difference::default();
    for (path, text) in wanted {
        match there.get(path) {
            None => difference.missing.push(path.clone()),
            Some(bytes) if bytes != text.as_bytes() => difference.changed.push(path.clone()),
            Some(_) => {}
        }
    }
    difference.stale = there.keys().filter(|path| !wanted.contains_key(*path)).cloned().collect();
    difference
}

/// Writes what is missing or changed, removes what is stale, leaves the rest untouched.
pub(crate) fn write(
    directory: &Path,
    wanted: &BTreeMap<String, String>,
    difference: &Difference,
) -> Result<(), String> {
    let failed = |path: &Path, error: io::Error| format!("cannot write {}: {error}", path.display());
    for name in difference.missing.iter().chain(&difference.changed) {
        let path = directory.join(name);
        let parent = path.parent().unwrap_or(directory);
        std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        let text = wanted.get(name).map_or("", String::as_str);
        std::fs::write(&path, text).map_err(|error| failed(&path, error))?;
    }
    let mut emptied = BTreeSet::new();
    for name in &difference.stale {
        let path = directory.join(name);
        std::fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        emptied.extend(path.parent().map(Path::to_path_buf));
    }
    for parent in emptied.iter().filter(|parent| parent.as_path() != directory) {
        // A directory that still holds something stays.
        let _ = std::fs::remove_dir(parent);
    }
    Ok(())
}
