//! How fast the parts are, as ratios within one run; started by `cargo xtask bench`.

mod budgets;
mod commits;
mod contenders;
mod cpu;
mod figures;
mod load;
mod place;
mod pushes;
mod report;
mod rounds;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use self::budgets::Budgets;
use self::report::Report;

#[derive(Parser)]
#[command(bin_name = "cargo xtask bench")]
struct Arguments {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// A receiver on SQLite against its own parts, under 64 connections
    Receiver(Receiver),
}

#[derive(clap::Args)]
struct Receiver {
    /// Length of each measurement
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=60))]
    seconds: u64,
    /// How often all are measured in turn
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=1000))]
    rounds: u64,
    /// Write the figures as JSON
    #[arg(long)]
    json: bool,
    /// Measure only these rows: read, verified, durable, commits
    #[arg(long, value_name = "ROW")]
    only: Vec<String>,
    /// Where the databases are made, on the disk that is to be measured
    #[arg(long, value_name = "DIRECTORY", default_value_os_t = target())]
    directory: PathBuf,
}

fn main() -> ExitCode {
    let Bench::Receiver(options) = Arguments::parse().bench;
    match receiver(&options) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every ratio is within its budget.
fn receiver(options: &Receiver) -> Result<bool, Box<dyn Error>> {
    let budgets = Budgets::read(&manifest().join("bench/budgets.toml"))?;
    let plan = rounds::Plan {
        length: Duration::from_secs(options.seconds),
        rounds: options.rounds,
        rows: rounds::chosen(&options.only)?,
    };
    let place = place::Place::new(&options.directory)?;
    let measured = rounds::run(&plan, &place)?;
    let report = Report::new(&plan, &place, &measured, &budgets);
    if options.json {
        anstream::println!("{}", report.to_json());
    } else {
        anstream::print!("{report}");
    }
    for missed in report.missed() {
        anstream::eprintln!("error: over budget: {missed}");
    }
    Ok(report.is_within_budget())
}

fn manifest() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// In the directory of everything that is built: a disk, unlike the one for temporary files.
fn target() -> PathBuf {
    manifest()
        .parent()
        .unwrap_or(manifest())
        .join("target")
        .join("bench")
}
