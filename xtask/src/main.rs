//! Tasks of this repository: `cargo xtask --help`.
//!
//! A thin command line. Schemas and generation are `dockseal-codegen`; what needs the generated
//! bindings runs as programs of their own, so that bindings which do not compile can still be
//! generated again.

mod approvals;
mod cases;
mod changes;
mod check;
mod diff;
mod generate;
mod mutants;
mod postgres;
mod record;
mod release_notes;
mod run;
mod sources;
mod test;
mod tree;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of the dockseal repository 仓库任务.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the bindings from the schemas 由 schema 生成绑定
    #[command(
        after_help = "Example: cargo xtask generate --check\n\nExit codes: 0 done or up to date, 1 a schema is wrong or the bindings are out of date, 2 a file cannot be read or written"
    )]
    Generate(generate::Options),
    /// Check the schemas, and whether a change of them brings along what it has to 检查 schema
    #[command(after_help = check::HELP)]
    Check(check::Options),
    /// Say what a change of the schemas means 评审 schema 变更
    #[command(after_help = diff::HELP)]
    Diff(Box<diff::Options>),
    /// Move the changelog fragments of schemas/changes into the changelog 汇总更新日志
    #[command(
        after_help = "Example: cargo xtask release-notes --write\n\nWithout --write they are only shown.\n\nExit codes: 0 done, 2 a file cannot be read or written"
    )]
    ReleaseNotes(release_notes::Options),
    /// Call a sandbox with every API, or show the documents' examples 演示
    #[command(
        after_help = "Example: cargo xtask demo\n         cargo xtask demo --examples process.Process.upload\n\nWithout options it is `dockseal demo`.\n\nExit codes: 0 all as expected, 1 not, 2 no such method"
    )]
    Demo {
        /// Show these methods' examples as typed values and signed requests; all when none is named
        #[arg(long, value_name = "METHOD", num_args = 0..)]
        examples: Option<Vec<String>>,
    },
    /// Run every check of the repository, as CI does 运行全部检查
    #[command(
        after_help = "Example: cargo xtask test\n\nExit codes: 0 all passed, 1 a step failed"
    )]
    Test,
    /// Plant faults, and say which of them no test notices 变异测试
    #[command(after_help = mutants::HELP)]
    Mutants(mutants::Options),
    /// Run case files against the bindings 一致性用例
    #[command(subcommand)]
    Conformance(Conformance),
    /// Measure the parts against each other 性能对比
    #[command(subcommand)]
    Bench(Bench),
    /// Compare a vendor's document with the lock 比对文档与 sources.lock
    #[command(
        after_help = "Example: cargo xtask sources page.md --name wangdian-flagship.process.Process.upload\n\nExit codes: 0 unchanged or written, 1 changed, 2 a file cannot be read"
    )]
    Sources {
        /// The page as saved, in Markdown or plain text
        file: PathBuf,
        /// Its key in the lock; the file's name without its ending when not given
        #[arg(long)]
        name: Option<String>,
        /// The lock
        #[arg(long, default_value = "schemas/sources.lock")]
        lock: PathBuf,
        /// Write the document's rows to the lock
        #[arg(long)]
        write: bool,
    },
}

#[derive(Subcommand)]
enum Conformance {
    /// Sign vector files and compare 验证签名用例
    #[command(
        after_help = "Example: cargo xtask conformance sign tests/vectors/*.jsonl\n\nExit codes: 0 all passed, 1 a case failed, 2 a file cannot be read"
    )]
    Sign {
        /// One case a line
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Push case files into a receiver and compare 验证接收端用例
    #[command(
        after_help = "Example: cargo xtask conformance receiver tests/receiver-cases/*.jsonl\n\nExit codes: 0 all passed, 1 a case failed, 2 a file cannot be read"
    )]
    Receiver {
        /// One case a line
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Review case files of schema changes and compare 验证变更评审用例
    #[command(
        after_help = "Example: cargo xtask conformance diff tests/diff-cases/*.jsonl\n\nCounts for each class of cases what the review said, and what its walker alone said: agree, unsound (compatible, and it is not), over-strict (breaking, and it is not), undecided.\n\nExit codes: 0 nothing unsound and every label shared or expected, 1 otherwise, 2 a file cannot be read"
    )]
    Diff(cases::Options),
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

/// The package whose programs need the generated bindings.
const TESTS: &str = "dockseal-tests";

fn main() -> ExitCode {
    match Arguments::parse().task {
        Task::Generate(options) => generate::run(&options),
        Task::Check(options) => check::run(&options),
        Task::ReleaseNotes(options) => release_notes::run(&options),
        Task::Diff(options) => diff::run(&options),
        Task::Demo { examples: None } => {
            run::program("dockseal-cli", "dockseal", ["demo".to_owned()])
        }
        Task::Demo {
            examples: Some(methods),
        } => run::program(TESTS, "demo", methods),
        Task::Test => test::run(),
        Task::Mutants(options) => mutants::run(&options),
        Task::Conformance(Conformance::Sign { files }) => conformance("sign", &files),
        Task::Conformance(Conformance::Receiver { files }) => conformance("receiver", &files),
        Task::Conformance(Conformance::Diff(options)) => cases::run(&options),
        Task::Bench(Bench::Receiver {
            seconds,
            rounds,
            only,
            directory,
            json,
        }) => {
            let mut arguments = vec![
                "receiver".to_owned(),
                format!("--seconds={seconds}"),
                format!("--rounds={rounds}"),
            ];
            arguments.extend(only.iter().map(|row| format!("--only={row}")));
            arguments.extend(directory.map(|path| format!("--directory={}", path.display())));
            arguments.extend(json.then(|| "--json".to_owned()));
            run::optimized(TESTS, "bench", "bench", arguments)
        }
        Task::Sources {
            file,
            name,
            lock,
            write,
        } => sources_task(&sources::Options {
            file,
            name,
            lock,
            write,
        }),
    }
}

fn conformance(kind: &str, files: &[PathBuf]) -> ExitCode {
    let files = files.iter().map(|file| file.display().to_string());
    let arguments = std::iter::once(kind.to_owned()).chain(files);
    run::program(TESTS, "conformance", arguments)
}

fn sources_task(options: &sources::Options) -> ExitCode {
    match sources::command(options) {
        Ok(outcome) => {
            anstream::print!("{}", outcome.text);
            ExitCode::from(u8::from(!outcome.unchanged && !options.write))
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
