//! `cargo xtask generate` on invented APIs, optimized.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use dockseal_tests::invented;
use dockseal_tests::nested::cargo;

use super::manifest;
use super::programs::{Cost, built, run};

/// The built program.
pub(super) struct Generator(PathBuf);

impl Generator {
    pub(super) fn build() -> Result<Generator, Box<dyn Error>> {
        let mut cargo = cargo();
        cargo
            .current_dir(manifest())
            .args(["build", "--release", "--package", "xtask"]);
        let built = built(&mut cargo)?;
        let program = built.get("xtask").ok_or("cargo built no xtask")?;
        Ok(Generator(program.clone()))
    }

    /// Writes the bindings that the schemas ask for.
    pub(super) fn run(&self, schemas: &Path, out: &Path) -> Result<Cost, Box<dyn Error>> {
        let mut xtask = Command::new(&self.0);
        xtask
            .arg("generate")
            .arg("--schemas")
            .arg(schemas)
            .arg("--out")
            .arg(out);
        run(&mut xtask)
    }
}

/// Writes the schemas of so many invented APIs.
pub(super) fn invent(count: usize, schemas: &Path) -> Result<(), Box<dyn Error>> {
    for (path, text) in invented::schemas(count) {
        write(&schemas.join(path), text.as_bytes())?;
    }
    Ok(())
}

/// Writes a file and the directories above it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes));
    written.map_err(|error| format!("{}: {error}", path.display()).into())
}

/// A directory without anything in it.
pub(super) fn empty(directory: &Path) -> Result<(), Box<dyn Error>> {
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    fs::create_dir_all(directory)?;
    Ok(())
}
