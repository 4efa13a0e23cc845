//! `cargo xtask generate`: schemas to bindings, or proof that they are up to date.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use dockseal_codegen::Diagnostics;

use crate::tree;

/// Generated files are Rust.
const ENDINGS: &[&str] = &[".rs"];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail if a file is missing, different or stale
    #[arg(long)]
    check: bool,
    /// Directory of the schemas [default: schemas]
    #[arg(long)]
    schemas: Option<PathBuf>,
    /// Directory of the generated files, which hold nothing else [default: bindings/src/generated]
    #[arg(long)]
    out: Option<PathBuf>,
    /// One JSON object a line for each diagnostic, on standard output
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let schemas = options
        .schemas
        .clone()
        .unwrap_or_else(|| tree::root().join("schemas"));
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| tree::root().join("bindings/src/generated"));
    let files = match tree::schemas(&schemas) {
        Ok(files) => files,
        Err(error) => return unreadable(&error),
    };
    let wanted: BTreeMap<String, String> = match dockseal_codegen::generate(&files) {
        Ok(files) => files
            .into_iter()
            .map(|file| (file.path, file.text))
            .collect(),
        Err(diagnostics) => {
            report(&diagnostics, options.json);
            anstream::eprintln!(
                "error: {} in the schemas; nothing was written",
                count(diagnostics.len(), "problem")
            );
            return ExitCode::FAILURE;
        }
    };
    let there = if out.exists() {
        tree::read(&out, ENDINGS)
    } else {
        Ok(BTreeMap::new())
    };
    let difference = match there {
        Ok(there) => tree::compare(&wanted, &there),
        Err(error) => return unreadable(&error),
    };
    if options.check {
        return judge(&wanted, &difference, options);
    }
    if let Err(error) = tree::write(&out, &wanted, &difference) {
        return unreadable(&error);
    }
    anstream::println!(
        "{}: {} written, {} removed, {} unchanged",
        tree::shown(&out),
        difference.missing.len() + difference.changed.len(),
        difference.stale.len(),
        wanted.len() - difference.missing.len() - difference.changed.len()
    );
    ExitCode::SUCCESS
}

/// Prints diagnostics for people, or one JSON object a line.
pub(crate) fn report(diagnostics: &Diagnostics, json: bool) {
    if json {
        for diagnostic in diagnostics {
            anstream::println!("{}", diagnostic.to_json());
        }
    } else {
        anstream::eprintln!("{diagnostics}");
    }
}

/// `1 problem`, `2 problems`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// Whether the bindings are what the schemas say; used by `check` too.
pub(crate) fn is_fresh(files: &[dockseal_codegen::SourceFile]) -> Result<bool, String> {
    let Ok(generated) = dockseal_codegen::generate(files) else {
        return Ok(false);
    };
    let wanted = generated
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();
    let there = tree::read(&tree::root().join("bindings/src/generated"), ENDINGS)?;
    Ok(tree::compare(&wanted, &there).is_empty())
}

fn judge(
    wanted: &BTreeMap<String, String>,
    difference: &tree::Difference,
    options: &Options,
) -> ExitCode {
    if difference.is_empty() {
        anstream::println!("{} up to date", count(wanted.len(), "generated file"));
        return ExitCode::SUCCESS;
    }
    for (what, paths) in [
        ("missing", &difference.missing),
        ("different", &difference.changed),
        ("stale", &difference.stale),
    ] {
        for path in paths {
            anstream::eprintln!("{what}: {path}");
        }
    }
    let mut command = String::from("cargo xtask generate");
    for (flag, path) in [("--schemas", &options.schemas), ("--out", &options.out)] {
        if let Some(path) = path {
            command.push_str(&format!(" {flag} {}", path.display()));
        }
    }
    anstream::eprintln!("error: the bindings are out of date; mend them with: {command}");
    ExitCode::FAILURE
}

fn unreadable(error: &str) -> ExitCode {
    anstream::eprintln!("error: {error}");
    ExitCode::from(2)
}
