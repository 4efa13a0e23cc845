//! A body under proptest: seeds with edits, until the time is over or something does not hold.

use std::cell::Cell;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{fs, panic};

use dockseal_tests::fuzz::{Target, mutate, seeds, target};
use proptest::test_runner::{Config, TestError, TestRunner};

/// Inputs between two looks at the clock.
const ROUND: u32 = 64;

pub(super) fn run(name: &str, seconds: u64, found: &Path) -> ExitCode {
    let Some(target) = target(name) else {
        return unknown(name);
    };
    let seeds: Vec<Vec<u8>> = match seeds::kept(target) {
        Ok(kept) => kept.into_iter().map(|(_, input)| input).collect(),
        Err(error) => {
            anstream::eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    // What does not hold is told once, with the smallest input.
    panic::set_hook(Box::new(|_| {}));
    let executions = Cell::new(0_u64);
    match first_failure(target, seeds, Duration::from_secs(seconds), &executions) {
        None => {
            anstream::println!(r#"{{"executions":{}}}"#, executions.get());
            ExitCode::SUCCESS
        }
        Some((input, reason)) => {
            let path = found.join(format!("crash-{:016x}", digest(&input)));
            let written = fs::create_dir_all(found).and_then(|()| fs::write(&path, &input));
            if let Err(error) = written {
                anstream::eprintln!("error: {}: {error}", path.display());
                return ExitCode::from(2);
            }
            let crash = serde_json::json!({
                "executions": executions.get(), "crash": path.display().to_string(), "reason": reason,
            });
            anstream::println!("{crash}");
            ExitCode::FAILURE
        }
    }
}

/// The smallest input that was found, and what did not hold.
fn first_failure(
    target: &Target,
    seeds: Vec<Vec<u8>>,
    time: Duration,
    executions: &Cell<u64>,
) -> Option<(Vec<u8>, String)> {
    let config = Config {
        cases: ROUND,
        failure_persistence: None,
        ..Config::default()
    };
    let strategy = mutate::inputs(target, seeds.clone());
    let began = Instant::now();
    let mut first = seeds.into_iter();
    loop {
        for seed in first.by_ref() {
            executions.set(executions.get() + 1);
            if let Err(reason) = panic::catch_unwind(|| (target.body)(&seed)) {
                return Some((seed, words(&*reason)));
            }
        }
        let mut runner = TestRunner::new(config.clone());
        let round = runner.run(&strategy, |input| {
            executions.set(executions.get() + 1);
            (target.body)(&input);
            Ok(())
        });
        match round {
            Err(TestError::Fail(reason, input)) => return Some((input, reason.to_string())),
            Err(TestError::Abort(reason)) => return Some((Vec::new(), reason.to_string())),
            Ok(()) if began.elapsed() >= time => return None,
            Ok(()) => {}
        }
    }
}

fn words(reason: &(dyn std::any::Any + Send)) -> String {
    let text = reason.downcast_ref::<String>().cloned();
    let text = text.or_else(|| reason.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_else(|| "it stopped without a word".to_owned())
}

/// FNV-1a: only a name.
fn digest(input: &[u8]) -> u64 {
    input.iter().fold(0xCBF2_9CE4_8422_2325, |digest, byte| {
        (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

pub(super) fn replay(name: &str, file: &Path) -> ExitCode {
    let Some(target) = target(name) else {
        return unknown(name);
    };
    match fs::read(file) {
        // It stops with its own words where something does not hold.
        Ok(input) => {
            (target.body)(&input);
            anstream::println!("{name} holds for {}", file.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            anstream::eprintln!("error: {}: {error}", file.display());
            ExitCode::from(2)
        }
    }
}

fn unknown(name: &str) -> ExitCode {
    anstream::eprintln!("error: there is no target {name:?}");
    ExitCode::from(2)
}
