//! How time and memory grow with inputs of the worst shapes: twice the input, twice the cost.

mod readers;
mod shapes;

use std::fs;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Of so many doublings the last is looked at, where what is done once no longer counts.
const DOUBLINGS: u32 = 3;

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
    /// Pieces of the smallest input.
    pieces: usize,
}

/// What one shape costs.
struct Cost {
    bytes: usize,
    seconds: f64,
    ratio: f64,
    /// Bytes of memory for each byte of the largest input; none where the system does not tell.
    memory: Option<usize>,
}

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
    for shape in shapes::SHAPES {
        let cost = measure(shape);
        let is_steep = cost.ratio > STEEP;
        steep += u8::from(is_steep);
        if json {
            let line = serde_json::json!({
                "reader": shape.reader, "input": shape.name, "bytes": cost.bytes,
                "seconds": cost.seconds, "ratio": cost.ratio, "memory": cost.memory,
            });
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

fn measure(shape: &Shape) -> Cost {
    let (mut before, mut last, mut bytes, mut memory) = (0.0, 0.0, 0, None);
    for doubling in 0..=DOUBLINGS {
        let input = (shape.input)(shape.pieces << doubling);
        bytes = input.len();
        before = last;
        last = f64::INFINITY;
        for _ in 0..ROUNDS {
            let start = peak();
            let began = clock();
            (shape.read)(&input);
            last = last.min(clock() - began);
            memory = peak()
                .zip(start)
                .map(|(end, start)| end.saturating_sub(start) / bytes);
        }
    }
    Cost {
        bytes,
        seconds: last,
        ratio: last / before.max(1e-6),
        memory,
    }
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
