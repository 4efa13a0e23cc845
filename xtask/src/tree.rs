//! Reading a tree of files into memory, and writing one back where it differs.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use dockseal_codegen::SourceFile;

/// The repository's directory, wherever the command was called.
pub(crate) fn root() -> PathBuf {
    // Asked at run time: two clones may share one target directory, and so one program.
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest
        .parent()
        .map_or_else(PathBuf::new, Path::to_path_buf)
}

/// The nearest directory, from the current one upwards, that has such a directory of schemas.
pub(crate) fn own(schemas: &str) -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut around = here.ancestors();
    around
        .find(|directory| directory.join(schemas).is_dir())
        .map(Path::to_path_buf)
}

/// A path as people write it: from the repository's directory, where it is below that.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

/// Every file below `directory` that ends in one of `endings`, by its path with forward slashes.
pub(crate) fn read(
    directory: &Path,
    endings: &[&str],
) -> Result<BTreeMap<String, Vec<u8>>, String> {
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
        return Err(format!(
            "no schema in {}; name the directory with --schemas",
            directory.display()
        ));
    }
    Ok(files
        .into_iter()
        .map(|(path, bytes)| SourceFile { path, bytes })
        .collect())
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
pub(crate) fn compare(
    wanted: &BTreeMap<String, String>,
    there: &BTreeMap<String, Vec<u8>>,
) -> Difference {
    let mut difference = Difference::default();
    for (path, text) in wanted {
        match there.get(path) {
            None => difference.missing.push(path.clone()),
            Some(bytes) if bytes != text.as_bytes() => difference.changed.push(path.clone()),
            Some(_) => {}
        }
    }
    difference.stale = there
        .keys()
        .filter(|path| !wanted.contains_key(*path))
        .cloned()
        .collect();
    difference
}

/// The first file that would be removed or overwritten and that does not begin with `mark`.
pub(crate) fn foreign<'a>(
    difference: &'a Difference,
    there: &BTreeMap<String, Vec<u8>>,
    mark: &str,
) -> Option<&'a String> {
    let ours = |name: &&String| {
        there
            .get(*name)
            .is_some_and(|bytes| bytes.starts_with(mark.as_bytes()))
    };
    let touched = difference.stale.iter().chain(&difference.changed);
    touched.into_iter().find(|name| !ours(name))
}

/// Writes what is missing or changed, removes what is stale, leaves the rest untouched.
pub(crate) fn write(
    directory: &Path,
    wanted: &BTreeMap<String, String>,
    difference: &Difference,
) -> Result<(), String> {
    let failed =
        |path: &Path, error: io::Error| format!("cannot write {}: {error}", path.display());
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
    for parent in emptied
        .iter()
        .filter(|parent| parent.as_path() != directory)
    {
        // A directory that still holds something stays.
        let _ = std::fs::remove_dir(parent);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use super::*;

    fn scratch(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("xtask-tree-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        path
    }

    fn wanted(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }

    fn there(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn trees_are_compared_both_ways() {
        let wanted = wanted(&[("a.rs", "1"), ("b/c.rs", "2"), ("d.rs", "3")]);
        let there = there(&[("a.rs", "1"), ("b/c.rs", "other"), ("e.rs", "4")]);
        let difference = compare(&wanted, &there);
        assert_eq!(difference.missing, ["d.rs"]);
        assert_eq!(difference.changed, ["b/c.rs"]);
        assert_eq!(difference.stale, ["e.rs"]);
        assert!(!difference.is_empty());
        assert!(
            compare(
                &wanted,
                &self::there(&[("a.rs", "1"), ("b/c.rs", "2"), ("d.rs", "3")])
            )
            .is_empty()
        );
    }

    #[test]
    fn writing_makes_the_tree_what_it_should_be_and_leaves_other_files() {
        let directory = scratch("write");
        for (name, text) in [
            ("gone/old.rs", "x"),
            ("kept/old.rs", "x"),
            ("kept/notes.txt", "mine"),
        ] {
            let path = directory.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let wanted = wanted(&[("new/a.rs", "1"), ("b.rs", "2")]);
        let difference = compare(&wanted, &read(&directory, &[".rs"]).unwrap());
        write(&directory, &wanted, &difference).unwrap();
        assert!(compare(&wanted, &read(&directory, &[".rs"]).unwrap()).is_empty());
        assert!(!directory.join("gone").exists());
        assert_eq!(
            std::fs::read_to_string(directory.join("kept/notes.txt")).unwrap(),
            "mine"
        );
        std::fs::remove_dir_all(directory).unwrap();
    }

    #[test]
    fn a_directory_without_schemas_names_the_option() {
        let directory = scratch("empty");
        assert!(schemas(&directory).unwrap_err().contains("--schemas"));
        assert!(
            schemas(&directory.join("nowhere"))
                .unwrap_err()
                .starts_with("cannot read ")
        );
        std::fs::remove_dir_all(directory).unwrap();
    }
}
