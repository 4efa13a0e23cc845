//! Case files against the bindings; started by `cargo xtask conformance`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use dockseal_tests::conformance;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Signature vectors
    Sign { files: Vec<PathBuf> },
    /// Pushes of a warehouse system
    Receiver { files: Vec<PathBuf> },
}

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let outcome = match Arguments::parse().kind {
        Kind::Sign { files } => conformance::sign(&files, &mut out),
        Kind::Receiver { files } => conformance::receiver(&files, &mut out),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(error) => {
            anstream::eprintln!("error: cannot write the report: {error}");
            ExitCode::from(2)
        }
    }
}
