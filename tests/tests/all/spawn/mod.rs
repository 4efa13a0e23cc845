//! What the tests of whole programs share: the real `xtask`, trees of files in scratch directories,
//! and fresh crates that depend on `dockseal` as a user's crate does.
//!
//! Scratch directories lie under cargo's own for tests, one for each name, and are emptied when a
//! test asks for one.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// How a program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        Outcome {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

/// The repository's directory.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// The directory that cargo builds into.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// A cargo that touches no network and builds where this test was built.
pub(crate) fn cargo() -> Command {
    let mut command = dockseal_tests::nested::cargo();
    command
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_TERM_COLOR", "never");
    command
        .env_remove("RUSTFLAGS")
        .arg("--offline")
        .stdin(Stdio::null());
    command
}

/// Runs the real `xtask`, which is built once.
pub(crate) fn xtask<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Outcome {
    let mut command = Command::new(xtask_program());
    command
        .current_dir(repository())
        .args(arguments)
        .stdin(Stdio::null());
    command
        .env("CARGO", env!("CARGO"))
        .env("CARGO_TARGET_DIR", target())
        .env("NO_COLOR", "1");
    command.output().unwrap().into()
}

/// The real `xtask`, which is built once: from the workspace with all features, as this test was.
pub(crate) fn xtask_program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut command = cargo();
        command.current_dir(repository()).args([
            "build",
            "--quiet",
            "--all-features",
            "--bin",
            "xtask",
        ]);
        let built = Outcome::from(command.output().unwrap());
        assert_eq!(built.code, Some(0), "{}", built.stderr);
        target().join(format!("debug/xtask{}", std::env::consts::EXE_SUFFIX))
    })
}

/// `xtask generate` from one directory to another, with more arguments.
pub(crate) fn generate(schemas: &Path, out: &Path, more: &[&str]) -> Outcome {
    let arguments = [
        "generate".as_ref(),
        "--schemas".as_ref(),
        schemas.as_os_str(),
    ];
    let out = ["--out".as_ref(), out.as_os_str()];
    xtask(
        arguments
            .into_iter()
            .chain(out)
            .chain(more.iter().map(OsStr::new)),
    )
}

/// An empty directory.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).unwrap();
    }
    fs::create_dir_all(&path).unwrap();
    path
}

/// An empty directory with a copy of the repository's schemas in `schemas`.
pub(crate) fn scratch_with_schemas(name: &str) -> (PathBuf, PathBuf) {
    let path = scratch(name);
    let schemas = path.join("schemas");
    write_tree(&schemas, &read_tree(&repository().join("schemas")));
    (path, schemas)
}

/// Every file below a directory, by its path with forward slashes.
pub(crate) fn read_tree(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_path_buf()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let parts = path.strip_prefix(root).unwrap().iter();
                let parts: Vec<_> = parts.map(|part| part.to_str().unwrap()).collect();
                files.insert(parts.join("/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// Writes files below a directory.
pub(crate) fn write_tree(root: &Path, files: &BTreeMap<String, String>) {
    for (name, text) in files {
        write(&root.join(name), text);
    }
}

/// Writes one file, with its directory.
pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Replaces a text that must stand exactly once in a file.
pub(crate) fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(
        text.matches(from).count(),
        1,
        "{from:?} in {}",
        path.display()
    );
    fs::write(path, text.replace(from, to)).unwrap();
}

/// A crate of its own in `directory`, outside the workspace, that depends on `dockseal` by path.
///
/// Its library holds the bindings generated into `directory/generated` and admits no warning; its
/// program is `main`. It takes the workspace's own lock, so that nothing else is fetched.
pub(crate) fn fresh_crate(directory: &Path, name: &str, main: &str) {
    let bindings = repository().join("bindings").display().to_string();
    let manifest = format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\ndockseal = {{ path = {bindings:?}, features = [\"schema\"] }}\n\n\
         [workspace]\n\n{}",
        profile()
    );
    let library = "//! Generated bindings, held to the strictest rules.\n\
                   #![deny(warnings, missing_docs, unused, unreachable_pub)]\n\
                   #![forbid(unsafe_code)]\n\
                   #[path = \"../generated/mod.rs\"]\npub mod generated;\n";
    write(&directory.join("Cargo.toml"), &manifest);
    write(&directory.join("src/lib.rs"), library);
    write(&directory.join("src/main.rs"), main);
    fs::copy(
        repository().join("Cargo.lock"),
        directory.join("Cargo.lock"),
    )
    .unwrap();
}

/// The workspace's own profile: what was compiled by it is taken as it is.
pub(crate) fn profile() -> String {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).unwrap();
    let start = manifest.find("[profile.dev]").unwrap();
    let rest = &manifest[start..];
    // Settings of single packages would warn in a crate that does without them.
    let end = rest.find("\n\n").map_or(rest.len(), |end| end + 1);
    rest[..end].to_owned()
}

/// Runs cargo on a fresh crate.
pub(crate) fn cargo_in(directory: &Path, arguments: &[&str]) -> Outcome {
    cargo()
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
        .into()
}
