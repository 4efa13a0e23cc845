//! The bodies of the fuzzers without a fuzzer: `cargo xtask fuzz` runs this where there is no nightly
//! toolchain, and for everything but fuzzing.

#![allow(clippy::expect_used, reason = "a program that cannot go on stops")]

mod growth;
mod stable;

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use clap::{Parser, Subcommand};
use dockseal_tests::fuzz::seeds;

#[derive(Parser)]
#[command(name = "fuzz")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run one body on made-up inputs for so many seconds; one line of JSON says what came of it
    Run {
        target: String,
        #[arg(long)]
        seconds: u64,
        /// Where an input that brings the body down is written
        #[arg(long)]
        found: PathBuf,
    },
    /// Run one body on one file
    Replay { target: String, file: PathBuf },
    /// Write the seeds and dictionaries
    Seeds,
    /// Measure one of these inputs
    #[command(hide = true)]
    Shape { place: usize },
    /// Measure how time and memory grow with inputs of the worst shapes
    Growth {
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Run {
            target,
            seconds,
            found,
        } => stable::run(&target, seconds, &found),
        Task::Replay { target, file } => stable::replay(&target, &file),
        Task::Seeds => match write_seeds() {
            Ok(count) => {
                anstream::println!("{count} files in tests/fuzz");
                ExitCode::SUCCESS
            }
            Err(error) => {
                anstream::eprintln!("error: {error}");
                ExitCode::from(2)
            }
        },
        Task::Shape { place } => growth::one(place),
        Task::Growth { json } => growth::run(json),
    }
}

fn write_seeds() -> io::Result<usize> {
    let files = seeds::all()?;
    for folder in ["seeds", "dictionaries"] {
        match fs::remove_dir_all(seeds::home().join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for (name, bytes) in &files {
        let path = seeds::home().join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, bytes)?;
    }
    Ok(files.len())
}
