//! The processor time of this process: unlike a rate, it says little of what else the machine does.

use std::fs;
use std::time::{Duration, Instant};

/// Length of a tick of `/proc/self/stat`, on every Linux that is in use.
const TICK: Duration = Duration::from_millis(10);

/// What passes from its making on.
pub(super) struct Watch {
    started: Instant,
    used: Option<Duration>,
}

impl Watch {
    pub(super) fn start() -> Watch {
        Watch {
            started: Instant::now(),
            used: used(),
        }
    }

    /// The time that passed, and the processor time of all threads where the system tells.
    pub(super) fn stop(&self) -> (Duration, Option<Duration>) {
        let passed = self.started.elapsed();
        (
            passed,
            used()
                .zip(self.used)
                .map(|(now, then)| now.saturating_sub(then)),
        )
    }
}

/// Of all threads up to now, those that ended too.
fn used() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold anything.
    let (_, columns) = stat.rsplit_once(')')?;
    let mut columns = columns.split_ascii_whitespace().skip(11);
    let mut ticks = || columns.next()?.parse::<u32>().ok();
    Some(TICK * (ticks()? + ticks()?))
}
