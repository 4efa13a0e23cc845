//! How fast the parts are, as ratios within one run; started by `cargo xtask bench`.
//!
//! [`rows`] are measured by a [`contest`] each and shown as one [`table`]; the [`receiver`] under
//! load is a report of its own. What a ratio may be is data: [`budgets`].

mod budgets;
mod contest;
mod figures;
mod forms;
mod generator;
mod payloads;
mod prepared;
mod programs;
mod receiver;
mod rows;
mod table;
mod twins;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::budgets::Budgets;
use self::contest::Contest;
use self::table::Table;

#[derive(Parser)]
#[command(bin_name = "cargo xtask bench", args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    bench: Option<Bench>,
    #[command(flatten)]
    table: Rows,
}

#[derive(Subcommand)]
enum Bench {
    /// A receiver on SQLite against its own parts, under 64 connections
    Receiver(receiver::Options),
}

#[derive(clap::Args)]
struct Rows {
    /// Measure only these: sign, build, write, parse, decimal, validate, verdict, xml, compile,
    /// codegen
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// How often both sides are measured in turn
    #[arg(long, default_value_t = 101, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: u32,
    /// Write the figures as JSON
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ended = match arguments.bench {
        Some(Bench::Receiver(options)) => receiver::run(&options),
        None => table(&arguments.table),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every row is within its budget.
fn table(options: &Rows) -> Result<bool, Box<dyn Error>> {
    let budgets = Budgets::read(&manifest().join("bench/budgets.toml"))?;
    let contest = Contest::new(options.rounds);
    let mut table = Table::default();
    for (name, measure) in rows::chosen(&options.names)? {
        table.progress(name);
        measure(&contest, &mut table)?;
    }
    table.judge(&budgets);
    if options.json {
        anstream::println!("{}", table.to_json(&contest));
    } else {
        anstream::print!("{table}");
    }
    for missed in table.missed() {
        anstream::eprintln!("error: over budget: {missed}");
    }
    Ok(table.is_within_budget())
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
