//! How time and memory grow with inputs of the worst shapes: twice the input, twice the cost.

mod readers;
mod shapes;

use std::process::{Command, ExitCode};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use std::{fs, io};

use serde::{Deserialize, Serialize};

/// A doubling that costs more than this grows faster than its input: a linear reader takes 2, a
/// quadratic one 4.
const STEEP: f64 = 3.0;

/// How often each size is measured; the least counts.
const ROUNDS: usize = 3;

/// A reader and an input that is hard for it.
struct Shape {
    reader: &'static str,
    name: &'static str,
    read: fn(&[u8]),
    input: fn(usize) -> Vec<u8>,
    /// Pieces of the smaller of two inputs.
    pieces: usize,
}

/// What one shape costs.
#[derive(Deserialize, Serialize)]
struct Cost {
    bytes: usize,
    seconds: f64,
    ratio: f64,
    /// Bytes of memory for each byte of the largest input; none where the system does not tell.
    memory: Option<usize>,
}

/// All shapes, each in a process of its own: what one left behind would hide what the next one takes.
pub(super) fn run(json: bool) -> ExitCode {
    let mut steep = 0;
    if !json {
        anstream::println!(
            "{:<10} {:<44} {:>9} {:>9} {:>6} {:>7}",
            "reader",
            "input",
            "bytes",
            "seconds",
            "x2",
            "memory"
        );
    }
    for (place, shape) in shapes::SHAPES.iter().enumerate() {
        let cost = match in_a_process(place) {
            Ok(cost) => cost,
            Err(error) => {
                anstream::eprintln!("error: {}, {}: {error}", shape.reader, shape.name);
                return ExitCode::from(2);
            }
        };
        let is_steep = cost.ratio > STEEP;
        steep += u8::from(is_steep);
        if json {
            let line =
                serde_json::json!({ "reader": shape.reader, "input": shape.name, "cost": cost });
            anstream::println!("{line}");
        } else {
            let memory = cost
                .memory
                .map_or_else(|| "-".to_owned(), |memory| format!("{memory}x"));
            anstream::println!(
                "{:<10} {:<44} {:>9} {:>9.4} {:>6.2} {memory:>7}{}",
                shape.reader,
                shape.name,
                cost.bytes,
                cost.seconds,
                cost.ratio,
                if is_steep {
                    "  steeper than its input"
                } else {
                    ""
                }
            );
        }
    }
    ExitCode::from(u8::from(steep > 0))
}

fn in_a_process(place: usize) -> io::Result<Cost> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["shape", &place.to_string()]).output()?;
    serde_json::from_slice(&output.stdout).map_err(io::Error::other)
}

/// One shape, as [`run`] asks for it.
pub(super) fn one(place: usize) -> ExitCode {
    let Some(shape) = shapes::SHAPES.get(place) else {
        return ExitCode::from(2);
    };
    match serde_json::to_string(&measure(shape)) {
        Ok(line) => {
            anstream::println!("{line}");
            ExitCode::SUCCESS
        }
        Err(_) => ExitCode::from(2),
    }
}

fn measure(shape: &Shape) -> Cost {
    let half = (shape.input)(shape.pieces);
    let before = fastest(shape, &half);
    let input = (shape.input)(2 * shape.pieces);
    let start = peak();
    let first = timed(shape, &input);
    let memory = peak().zip(start);
    let last = fastest(shape, &input).min(first);
    Cost {
        bytes: input.len(),
        seconds: last,
        // What takes no time does not grow.
        ratio: last / before.max(1e-4),
        memory: memory.map(|(end, start)| end.saturating_sub(start) / input.len()),
    }
}

fn fastest(shape: &Shape, input: &[u8]) -> f64 {
    (0..ROUNDS)
        .map(|_| timed(shape, input))
        .fold(f64::INFINITY, f64::min)
}

fn timed(shape: &Shape, input: &[u8]) -> f64 {
    let began = clock();
    (shape.read)(input);
    clock() - began
}

/// Seconds that this thread has run; of the clock on the wall where the system does not tell.
fn clock() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = told.and_then(|told| told.split(' ').next()?.parse().ok());
    let ran = ran.map_or_else(
        || START.get_or_init(Instant::now).elapsed(),
        Duration::from_nanos,
    );
    ran.as_secs_f64()
}

/// The most memory that this process had since this was last asked.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(kib << 10)
}
