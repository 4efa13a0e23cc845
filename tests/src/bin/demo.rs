//! The documents' examples as typed values and signed requests; started by `cargo xtask demo --examples`.

use std::io::{self, ErrorKind};
use std::process::ExitCode;

use clap::Parser;
use dockseal_tests::demo;

#[derive(Parser)]
#[command(bin_name = "cargo xtask demo --examples")]
struct Arguments {
    /// Methods to show; all when none is given
    methods: Vec<String>,
}

fn main() -> ExitCode {
    let apis = match demo::choose(dockseal::APIS, &Arguments::parse().methods) {
        Ok(apis) => apis,
        Err(unknown) => {
            anstream::eprintln!("error: {unknown}");
            return ExitCode::from(2);
        }
    };
    match demo::run(&apis, &mut anstream::AutoStream::auto(io::stdout().lock())) {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        // Whoever reads has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: cannot write the demo: {error}");
            ExitCode::from(2)
        }
    }
}
