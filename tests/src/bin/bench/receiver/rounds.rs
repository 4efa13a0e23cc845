//! The run: all rows in turn, round after round, so that what the machine does besides falls on all.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use super::commits::Commits;
use super::contenders;
use super::load::{Supply, send};
use super::measured::Measured;
use super::place::Place;
use super::pushes::Pushes;

/// How many pushes are sent over and over where nothing remembers them.
const REPEATED: usize = 10_000;

/// How long deliveries may take to catch up after a measurement.
const CATCH_UP: Duration = Duration::from_secs(120);

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// HTTP alone: bodies are read.
    Read,
    /// And proved, checked, understood.
    Verified,
    /// And stored, answered after the commit, delivered.
    Durable,
    /// One row a commit, no HTTP.
    Commits,
}

impl Row {
    pub(super) const ALL: [Row; 4] = [Row::Read, Row::Verified, Row::Durable, Row::Commits];

    pub(super) fn name(self) -> &'static str {
        match self {
            Row::Read => "read",
            Row::Verified => "verified",
            Row::Durable => "durable",
            Row::Commits => "commits",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Row> {
        Row::ALL.into_iter().find(|row| row.name() == name)
    }
}

/// What to measure, how long and how often.
pub(super) struct Plan {
    pub(super) length: Duration,
    pub(super) rounds: u64,
    pub(super) rows: Vec<Row>,
}

/// The rows of these names; all when none is named.
pub(super) fn chosen(names: &[String]) -> Result<Vec<Row>, String> {
    if names.is_empty() {
        return Ok(Row::ALL.to_vec());
    }
    let row = |name: &String| Row::from_name(name).ok_or_else(|| format!("no row {name:?}"));
    names.iter().map(row).collect()
}

/// What was measured.
pub(super) struct Figures {
    /// For each row its measurements, one a round.
    pub(super) rows: Vec<(Row, Vec<Measured>)>,
    /// Bytes of a form body.
    pub(super) body: usize,
    /// For each round how many deliveries were still to be made when the load ended.
    pub(super) behind: Vec<u64>,
}

/// Measures, after a short warm-up of each row.
pub(super) fn run(plan: &Plan, place: &Place) -> Result<Figures, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let mut contest = runtime.block_on(Contest::new(place))?;
    for row in &plan.rows {
        contest.measure(*row, Duration::from_millis(500))?;
    }
    contest.behind.clear();
    let mut rows: Vec<_> = plan.rows.iter().map(|row| (*row, Vec::new())).collect();
    for _ in 0..plan.rounds {
        for (row, measured) in &mut rows {
            measured.push(contest.measure(*row, plan.length)?);
        }
    }
    let figures = Figures {
        rows,
        body: contest.repeated.body(),
        behind: contest.behind,
    };
    stop(runtime);
    Ok(figures)
}

/// The servers serve for ever.
fn stop(runtime: Runtime) {
    runtime.shutdown_timeout(Duration::from_secs(5));
}

/// All that is measured, ready to go.
struct Contest {
    read: SocketAddr,
    verified: SocketAddr,
    durable: SocketAddr,
    delivered: Arc<AtomicU64>,
    commits: Commits,
    repeated: Arc<Pushes>,
    /// Pushes that were stored, with those of the warm-up.
    stored: u64,
    /// The number of the next document.
    next: u64,
    /// The rate of the durable row, as it was last time.
    rate: f64,
    behind: Vec<u64>,
}

impl Contest {
    async fn new(place: &Place) -> Result<Contest, Box<dyn Error>> {
        let (durable, delivered) = contenders::durable(&place.file("inbox.db")).await?;
        Ok(Contest {
            read: contenders::read().await?,
            verified: contenders::verified().await?,
            durable,
            delivered,
            commits: Commits::new(&place.file("commits.db"))?,
            repeated: Arc::new(Pushes::new(0, REPEATED)?),
            stored: 0,
            next: 0,
            rate: 40_000.0,
            behind: Vec::new(),
        })
    }

    fn measure(&mut self, row: Row, length: Duration) -> Result<Measured, Box<dyn Error>> {
        match row {
            Row::Read => send(self.read, &self.repeated, Supply::Again, length),
            Row::Verified => send(self.verified, &self.repeated, Supply::Again, length),
            Row::Durable => self.durable(length),
            Row::Commits => self.commits.run(length),
        }
    }

    /// Documents of their own, twice as many as the rate so far needs.
    fn durable(&mut self, length: Duration) -> Result<Measured, Box<dyn Error>> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of pushes that fit in memory"
        )]
        let count = (self.rate * 2.0 * length.as_secs_f64()) as usize + super::load::CONNECTIONS;
        let pushes = Arc::new(Pushes::new(self.next, count)?);
        self.next += count as u64;
        let measured = send(self.durable, &pushes, Supply::Once, length)?;
        self.rate = measured.rate;
        self.stored += measured.count as u64;
        self.behind.push(self.outstanding());
        self.catch_up()?;
        Ok(measured)
    }

    fn outstanding(&self) -> u64 {
        self.stored
            .saturating_sub(self.delivered.load(Ordering::Relaxed))
    }

    /// What is left to deliver must not slow the next row down.
    fn catch_up(&self) -> Result<(), Box<dyn Error>> {
        let started = Instant::now();
        while self.outstanding() > 0 {
            if started.elapsed() > CATCH_UP {
                let left = self.outstanding();
                return Err(format!("{left} deliveries were not made in {CATCH_UP:?}").into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}
