//! Other programs, run to their end: what they cost, and what cargo built for us.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How often a running program is asked for its memory.
const LOOK: Duration = Duration::from_millis(2);

/// Length of a tick of `/proc/self/stat` in seconds, on every Linux that is in use.
const TICK: f64 = 0.01;

/// What a program came to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cost {
    /// Seconds of processor time, of all its threads and children.
    pub(super) cpu: f64,
    /// Seconds that passed.
    pub(super) wall: f64,
    /// The most memory that it held, in MiB, as far as it was seen.
    pub(super) peak: f64,
}

/// Runs a program; it is an error if that fails, and its own words say why.
pub(super) fn run(command: &mut Command) -> Result<Cost, Box<dyn Error>> {
    let before = children()?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    let mut peak = 0.0;
    let status = loop {
        // Only grows, and is gone when the program is.
        peak = peak_of(&child).unwrap_or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        sleep(LOOK);
    };
    let wall = started.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{} ended with {status}", command.get_program().display()).into());
    }
    Ok(Cost {
        cpu: children()? - before,
        wall,
        peak,
    })
}

/// Everything that cargo names as built, by its crate: libraries and programs.
pub(super) fn built(command: &mut Command) -> Result<BTreeMap<String, PathBuf>, Box<dyn Error>> {
    let output = command
        .args(["--quiet", "--message-format=json-render-diagnostics"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("cargo ended with {}", output.status).into());
    }
    let mut built = BTreeMap::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let message: Value = serde_json::from_str(line)?;
        let name = message.pointer("/target/name").and_then(Value::as_str);
        let files = message.get("filenames").and_then(Value::as_array);
        // Of a library that is optimized, cargo names its metadata as well.
        let files = files.into_iter().flatten().filter_map(Value::as_str);
        let file = files
            .map(Path::new)
            .min_by_key(|file| file.extension() == Some("rmeta".as_ref()));
        if let (Some(name), Some(file)) = (name, file) {
            built.insert(name.replace('-', "_"), file.to_owned());
        }
    }
    Ok(built)
}

/// Seconds of processor time of all programs that we ran and that ended.
fn children() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    // The name, in brackets, may hold anything; user and system time of children are columns 16, 17.
    let columns = stat.rsplit_once(')').map_or("", |(_, columns)| columns);
    let ticks: Vec<u32> = columns
        .split_ascii_whitespace()
        .skip(13)
        .take(2)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    Ok(ticks.into_iter().map(f64::from).sum::<f64>() * TICK)
}

fn peak_of(child: &Child) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib / 1024.0)
}
