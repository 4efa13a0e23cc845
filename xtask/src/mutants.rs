//! `cargo xtask mutants`: plants one fault at a time in the code that must not be wrong, and says
//! which of them no test notices.
//!
//! cargo-mutants plants and runs; `.cargo/mutants.toml` says where and with which tests. What
//! survives is compared with the explanations of `tests/mutants/survivors.toml`, in both directions.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{ExitCode, Stdio};

use clap::ValueEnum as _;
use serde_json::{Value, json};

use crate::record::{File, Malformed, Record};
use crate::{run, tree};

pub(crate) const HELP: &str = "\
Example: cargo xtask mutants
         cargo xtask mutants sign --in-place

Needs cargo-mutants: cargo install cargo-mutants --locked
It takes about an hour on two cores, and is no part of `cargo xtask test`.
A fault that makes the tests hang counts as noticed. What survives is explained in
tests/mutants/survivors.toml, or a test is missing.

Exit codes: 0 every survivor is explained and every explanation needed, 1 not, 2 it could not be run";

/// From the repository's directory.
const EXPLANATIONS: &str = "tests/mutants/survivors.toml";
const FORM: &str = "an entry is: [[survivor]], mutant = \"bindings/src/…: replace … in …\", reason = \"why no test can notice\"";
/// Where cargo-mutants leaves its logs, and what came of each fault.
const OUTPUT: &str = "target/mutants";
const INSTALL: &str = "cargo install cargo-mutants --locked";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only these modules; all when none is named
    modules: Vec<Module>,
    /// Plant the faults in this tree instead of a copy, and use what it has built: do not edit it meanwhile
    #[arg(long)]
    in_place: bool,
    /// Write what came of it as JSON
    #[arg(long)]
    json: bool,
}

/// Code that must not be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub(crate) enum Module {
    /// Signing, and verifying signatures
    Sign,
    /// Proving who sent a push
    Verify,
    /// What a reply means, and what is done about it
    Classify,
    /// The rules of the schemas
    Validate,
}

impl Module {
    /// Its files, as `.cargo/mutants.toml` names them.
    const fn files(self) -> &'static [&'static str] {
        match self {
            Module::Sign => &["bindings/src/sign/**/*.rs", "bindings/src/digits.rs"],
            Module::Verify => &["bindings/src/receiver/entry.rs"],
            Module::Classify => &[
                "bindings/src/reply/**/*.rs",
                "bindings/src/outcome.rs",
                "bindings/src/client/call.rs",
            ],
            Module::Validate => &[
                "bindings/src/object/validate.rs",
                "bindings/src/object/check.rs",
                "bindings/src/object/marks.rs",
                "bindings/src/object/unique.rs",
                "bindings/src/object/rule.rs",
                "bindings/src/object/violation.rs",
                "bindings/src/object/path.rs",
            ],
        }
    }

    /// Which module a file is of.
    fn of(file: &str) -> Option<Module> {
        let holds = |glob: &str| match glob.split_once("**") {
            Some((folder, _)) => file.starts_with(folder),
            None => file == glob,
        };
        let mut modules = Module::value_variants().iter().copied();
        modules.find(|module| module.files().iter().any(|glob| holds(glob)))
    }

    fn name(self) -> String {
        self.to_possible_value()
            .map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// What came of a planted fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Caught,
    /// The tests did not come to an end.
    TimedOut,
    /// It does not compile.
    Unviable,
    Survived,
}

/// A planted fault.
#[derive(Clone, Debug, PartialEq)]
struct Mutant {
    module: Module,
    /// Without line and column.
    name: String,
    fate: Fate,
    seconds: f64,
}

/// What was found.
#[derive(Debug, Default, PartialEq)]
struct Report {
    modules: BTreeMap<Module, Counts>,
    /// Survivors without an explanation.
    unexplained: Vec<String>,
    /// Explanations of what did not survive.
    obsolete: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    caught: usize,
    timed_out: usize,
    unviable: usize,
    explained: usize,
    unexplained: usize,
    seconds: f64,
}

pub(crate) fn run(options: &Options) -> ExitCode {
    match report(options) {
        Ok(report) => {
            if options.json {
                anstream::println!("{}", report.json());
            } else {
                anstream::print!("{}", report.text());
            }
            ExitCode::from(u8::from(!report.passed()))
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn report(options: &Options) -> Result<Report, String> {
    let mut modules = options.modules.clone();
    if modules.is_empty() {
        modules = Module::value_variants().to_vec();
    }
    let path = tree::root().join(EXPLANATIONS);
    let bytes =
        std::fs::read(path).map_err(|error| format!("cannot read {EXPLANATIONS}: {error}"))?;
    let explained = explanations(&bytes).map_err(|error| error.to_string())?;
    plant(&modules, options)?;
    let outcomes = tree::root().join(OUTPUT).join("mutants.out/outcomes.json");
    let mutants = outcomes_of(&outcomes)?;
    Ok(Report::of(&modules, &mutants, &explained))
}

/// Runs cargo-mutants; its output is progress, and goes to standard error.
fn plant(modules: &[Module], options: &Options) -> Result<(), String> {
    let mut asked = run::cargo();
    asked.args(["mutants", "--version"]);
    asked.stdout(Stdio::null()).stderr(Stdio::null());
    if !asked.status().is_ok_and(|status| status.success()) {
        return Err(format!("there is no cargo-mutants\n  help: {INSTALL}"));
    }
    let mut command = run::cargo();
    command.args(["mutants", "--output", OUTPUT, "--no-shuffle"]);
    // Files named here would be added to those of its settings.
    let others = Module::value_variants().iter();
    let others = others.filter(|module| !modules.contains(module));
    let files = others.flat_map(|module| module.files());
    command.args(files.flat_map(|file| ["--exclude", *file]));
    if options.in_place {
        command.arg("--in-place");
    }
    let folder = tree::root().join(OUTPUT);
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {OUTPUT}: {error}"))?;
    command.stdin(Stdio::null()).stdout(std::io::stderr());
    let status = command
        .status()
        .map_err(|error| format!("cannot run cargo mutants: {error}"))?;
    match status.code() {
        // All caught, some missed, some timed out.
        Some(0 | 2 | 3) => Ok(()),
        Some(4) => Err("the tests fail without any fault; mend them first".to_owned()),
        _ => Err("cargo mutants did not come to an end; its last words say why".to_owned()),
    }
}

/// The faults of a run.
fn outcomes_of(path: &Path) -> Result<Vec<Mutant>, String> {
    let unreadable =
        |reason: &dyn std::fmt::Display| format!("cannot read {}: {reason}", tree::shown(path));
    let bytes = std::fs::read(path).map_err(|error| unreadable(&error))?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| unreadable(&error))?;
    let outcomes = value.get("outcomes").and_then(Value::as_array);
    let outcomes = outcomes.ok_or_else(|| unreadable(&"no outcomes"))?;
    outcomes
        .iter()
        // The run without a fault is an outcome too.
        .filter_map(|outcome| Some((outcome, outcome.get("scenario")?.get("Mutant")?)))
        .map(|(outcome, mutant)| {
            read(outcome, mutant).ok_or_else(|| unreadable(&format!("an outcome is {outcome}")))
        })
        .collect()
}

fn read(outcome: &Value, mutant: &Value) -> Option<Mutant> {
    let file = mutant.get("file")?.as_str()?;
    // `file:line:column: what is done`.
    let (_, what) = mutant.get("name")?.as_str()?.split_once(": ")?;
    let fate = match outcome.get("summary")?.as_str()? {
        "CaughtMutant" => Fate::Caught,
        "Timeout" => Fate::TimedOut,
        "Unviable" => Fate::Unviable,
        "MissedMutant" => Fate::Survived,
        _ => return None,
    };
    let phases = outcome.get("phase_results")?.as_array()?.iter();
    Some(Mutant {
        module: Module::of(file)?,
        name: format!("{file}: {what}"),
        fate,
        seconds: phases
            .filter_map(|phase| phase.get("duration")?.as_f64())
            .sum(),
    })
}

/// The explained survivors; one name may stand there several times.
fn explanations(bytes: &[u8]) -> Result<Vec<String>, Malformed> {
    let file = File::new(EXPLANATIONS, bytes)?;
    let root = file.parse()?;
    let root = Record::open(file, 1, &root, &["survivor"], FORM)?;
    let records = root.records("survivor", &["mutant", "reason"])?;
    let names = records.iter().map(|record| {
        record.text("reason")?;
        record.text("mutant").map(|mutant| mutant.value)
    });
    names.collect()
}

impl Report {
    /// Compares survivors with explanations, of these modules only.
    fn of(modules: &[Module], mutants: &[Mutant], explained: &[String]) -> Report {
        let module_of = |name: &str| Module::of(name.split(": ").next().unwrap_or_default());
        let concerns =
            |name: &&String| module_of(name).is_none_or(|module| modules.contains(&module));
        let mut open: Vec<String> = explained.iter().filter(concerns).cloned().collect();
        let mut report = Report::default();
        for mutant in mutants {
            let counts = report.modules.entry(mutant.module).or_default();
            counts.seconds += mutant.seconds;
            let count = match mutant.fate {
                Fate::Caught => &mut counts.caught,
                Fate::TimedOut => &mut counts.timed_out,
                Fate::Unviable => &mut counts.unviable,
                Fate::Survived => {
                    let explanation = open.iter().position(|name| *name == mutant.name);
                    if let Some(at) = explanation {
                        open.swap_remove(at);
                        &mut counts.explained
                    } else {
                        report.unexplained.push(mutant.name.clone());
                        &mut counts.unexplained
                    }
                }
            };
            *count += 1;
        }
        open.sort();
        report.obsolete = open;
        report
    }

    fn passed(&self) -> bool {
        self.unexplained.is_empty() && self.obsolete.is_empty()
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (module, counts) in &self.modules {
            text += &format!(
                "{}: {} planted, {} caught, {} timed out, {} not viable, {} survived and explained, {} survived; {:.0} s\n",
                module.name(),
                counts.planted(),
                counts.caught,
                counts.timed_out,
                counts.unviable,
                counts.explained,
                counts.unexplained,
                counts.seconds,
            );
        }
        for name in &self.unexplained {
            text += &format!("survived: {name}\n");
        }
        for name in &self.obsolete {
            text += &format!("explained, and did not survive: {name}\n");
        }
        if !self.passed() {
            text += &format!(
                "a survivor wants a test, or an explanation in {EXPLANATIONS}; the logs are in {OUTPUT}/mutants.out\n"
            );
        }
        text
    }

    fn json(&self) -> Value {
        let modules = self.modules.iter().map(|(module, counts)| {
            json!({
                "module": module.name(),
                "planted": counts.planted(),
                "caught": counts.caught,
                "timed_out": counts.timed_out,
                "unviable": counts.unviable,
                "explained": counts.explained,
                "unexplained": counts.unexplained,
                "seconds": counts.seconds,
            })
        });
        json!({
            "modules": modules.collect::<Vec<_>>(),
            "unexplained": self.unexplained,
            "obsolete": self.obsolete,
        })
    }
}

impl Counts {
    fn planted(&self) -> usize {
        self.caught + self.timed_out + self.unviable + self.explained + self.unexplained
    }
}

#[cfg(test)]
mod tests;
