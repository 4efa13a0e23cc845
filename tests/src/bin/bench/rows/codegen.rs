//! What the generator costs: `cargo xtask generate` on invented APIs, against writing the same bytes.
//!
//! The command reads the schemas, generates, compares with what is there and writes what differs.
//! Its processor time, that of the system for the disk among it, is measured on an empty directory;
//! then it runs again on its own output, and has to leave every file alone.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::time::{ClockId, clock_gettime};

use crate::contest::{Contest, Outcome};
use crate::generator::{Generator, empty, invent, write};
use crate::table::Table;
use crate::target;

/// How many APIs, and how often they are generated.
const SIZES: [(usize, &str, u32); 3] = [
    (100, "100 APIs", 5),
    (1_000, "1,000 APIs", 3),
    (5_000, "5,000 APIs", 1),
];

/// Each file, with when it was written last.
type Files = BTreeMap<PathBuf, SystemTime>;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let generator = Generator::build()?;
    let mut medians = Vec::new();
    for (count, subject, enough) in SIZES {
        let place = target().join("codegen").join(count.to_string());
        let (schemas, out, copy) = (place.join("schemas"), place.join("out"), place.join("copy"));
        empty(&schemas)?;
        invent(count, &schemas)?;
        let mut rounds = Vec::new();
        let mut peak = 0.0_f64;
        for _ in 0..contest.rounds().min(enough) {
            empty(&out)?;
            empty(&copy)?;
            let cost = generator.run(&schemas, &out)?;
            peak = peak.max(cost.peak);
            rounds.push((cost.cpu, copied(&out, &copy)?));
        }
        let outcome = Outcome::of(&rounds)?;
        table.row("codegen", subject, outcome);
        table.claim("codegen/peak", format!("MiB held at most, {subject}"), peak);
        let before = files(&out)?;
        let again = generator.run(&schemas, &out)?;
        table.claim(
            "codegen/unchanged",
            format!("files written anew, {subject}"),
            touched(&before, &files(&out)?),
        );
        table.claim(
            "codegen/again",
            format!("of the first time, when unchanged, {subject}"),
            again.cpu / outcome.ours.median,
        );
        medians.push((subject, outcome.ours.median));
        empty(&place)?;
    }
    for pair in medians.windows(2) {
        if let [(fewer, small), (more, large)] = pair {
            table.claim(
                "codegen/growth",
                format!("time of {more} by {fewer}"),
                large / small,
            );
        }
    }
    Ok(())
}

/// Seconds of processor time to write the files of one directory to another.
#[allow(clippy::cast_precision_loss, reason = "exact for a hundred days")]
fn copied(from: &Path, to: &Path) -> Result<f64, Box<dyn Error>> {
    let mut all = Vec::new();
    for path in files(from)?.into_keys() {
        all.push((to.join(path.strip_prefix(from)?), fs::read(&path)?));
    }
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
    };
    let started = now();
    for (path, bytes) in all {
        write(&path, &bytes)?;
    }
    Ok(now() - started)
}

/// How many files are new or were written since.
#[allow(clippy::cast_precision_loss, reason = "there are few")]
fn touched(before: &Files, after: &Files) -> f64 {
    let same = |(path, time): &(&PathBuf, &SystemTime)| before.get(*path) == Some(*time);
    after.iter().filter(|file| !same(file)).count() as f64
}

fn files(directory: &Path) -> Result<Files, Box<dyn Error>> {
    let mut found = Files::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?);
        } else {
            found.insert(entry.path(), entry.metadata()?.modified()?);
        }
    }
    Ok(found)
}
