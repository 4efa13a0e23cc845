//! Case files against the bindings; started by `cargo xtask conformance`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Signature vectors
    Sign { files: Vec<PathBuf> },
}

fn main() -> ExitCode {
    let Kind::Sign { files } = Arguments::parse().kind;
    match dockseal_tests::conformance::sign(&files, &mut std::io::stdout().lock()) {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => {
            anstream::eprintln!("error: cannot write the report: {error}");
            ExitCode::from(2)
        }
    }
}
