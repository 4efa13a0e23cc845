//! A receiver on SQLite against its own parts, under load.

mod commits;
mod contenders;
mod cpu;
mod load;
mod measured;
mod place;
mod pushes;
mod report;
mod rounds;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use super::budgets::Budgets;
use super::{manifest, target};
use report::Report;

#[derive(clap::Args)]
pub(super) struct Options {
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

/// Whether every ratio is within its budget.
pub(super) fn run(options: &Options) -> Result<bool, Box<dyn Error>> {
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
