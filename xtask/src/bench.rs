//! `cargo xtask bench`: hands its options to the program that measures, which needs the bindings and
//! is built with optimizations.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::{TESTS, run};

pub(crate) const HELP: &str = "Example: cargo xtask bench sign build\n\nEvery row is a ratio of two ways to do the same, measured in turn in one run: the median of all rounds, and the range of their middle half. The budgets are in tests/bench/budgets.toml.\n\nExit codes: 0 within the budgets, 1 not, 2 it could not be measured";

/// What is measured: asked for by a name that is none, nothing is compiled.
const NAMES: [&str; 10] = [
    "sign", "build", "write", "parse", "decimal", "validate", "verdict", "xml", "compile",
    "codegen",
];

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Options {
    #[command(subcommand)]
    bench: Option<Bench>,
    /// Measure only these
    #[arg(value_name = "NAME", value_parser = NAMES)]
    names: Vec<String>,
    /// How often both sides are measured in turn
    #[arg(long, default_value = "101")]
    rounds: String,
    /// Write the figures as JSON
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Bench {
    /// A receiver on SQLite against its own parts, under 64 connections 接收端
    #[command(
        after_help = "Example: cargo xtask bench receiver --seconds 2 --rounds 3\n\nThe budgets are in tests/bench/budgets.toml.\n\nExit codes: 0 within the budgets, 1 not, 2 it could not be measured"
    )]
    Receiver {
        /// Length of each measurement
        #[arg(long, default_value = "3")]
        seconds: String,
        /// How often all are measured in turn
        #[arg(long, default_value = "5")]
        rounds: String,
        /// Measure only these rows: read, verified, durable, commits
        #[arg(long, value_name = "ROW")]
        only: Vec<String>,
        /// Where the databases are made; in `target` when not given
        #[arg(long)]
        directory: Option<PathBuf>,
        /// Write the figures as JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(options: &Options) -> ExitCode {
    let arguments = match &options.bench {
        Some(receiver) => receiver_arguments(receiver),
        None => table_arguments(options),
    };
    run::optimized(TESTS, "bench", "bench", arguments)
}

fn table_arguments(options: &Options) -> Vec<String> {
    let mut arguments = options.names.clone();
    arguments.push(format!("--rounds={}", options.rounds));
    arguments.extend(options.json.then(|| "--json".to_owned()));
    arguments
}

fn receiver_arguments(bench: &Bench) -> Vec<String> {
    let Bench::Receiver {
        seconds,
        rounds,
        only,
        directory,
        json,
    } = bench;
    let mut arguments = vec![
        "receiver".to_owned(),
        format!("--seconds={seconds}"),
        format!("--rounds={rounds}"),
    ];
    arguments.extend(only.iter().map(|row| format!("--only={row}")));
    arguments.extend(
        directory
            .iter()
            .map(|path| format!("--directory={}", path.display())),
    );
    arguments.extend(json.then(|| "--json".to_owned()));
    arguments
}
