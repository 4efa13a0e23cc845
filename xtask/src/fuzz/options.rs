//! The command line of `cargo xtask fuzz`.

use clap::Args;

pub(crate) const HELP: &str = "Example: cargo xtask fuzz --seconds 180
         cargo xtask fuzz --seconds 600 form receiver

The time is that of each target; they run one after the other. Inputs that reach something new are
kept in target/fuzz/corpus, those that bring a body down in target/fuzz/found; put these into
tests/fuzz/crashes/TARGET once they are mended, where the tests try them again each time.

Exit codes: 0 nothing was found, 1 an input brought a body down, 2 it cannot run";

#[derive(Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(crate) struct Options {
    /// Run only these; all when none is named
    #[arg(value_name = "TARGET")]
    pub(super) targets: Vec<String>,
    /// Seconds for each target
    #[arg(long, default_value_t = 60)]
    pub(super) seconds: u64,
    /// Run under proptest even where there is a nightly toolchain
    #[arg(long, conflicts_with = "nightly")]
    pub(super) stable: bool,
    /// Do not fall back to proptest: exit with 2 where libFuzzer cannot run
    #[arg(long)]
    pub(super) nightly: bool,
    /// Write the outcome as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Only write tests/fuzz/seeds and tests/fuzz/dictionaries anew
    #[arg(long, conflicts_with_all = ["targets", "growth"])]
    pub(super) seeds: bool,
    /// Only measure how time and memory grow with inputs of the worst shapes
    #[arg(long, conflicts_with = "targets")]
    pub(super) growth: bool,
}
