//! The figures for people and as JSON, and whether they are within the budgets.

use std::fmt;

use serde_json::{Value, json};

use super::super::budgets::Budgets;
use super::super::figures::Spread;
use super::load::CONNECTIONS;
use super::measured::Measured;
use super::place::Place;
use super::rounds::{Figures, Plan, Row};

/// The ratios that are shown, those without a budget as well.
const RATIOS: [(Row, Row); 4] = [
    (Row::Durable, Row::Verified),
    (Row::Durable, Row::Read),
    (Row::Durable, Row::Commits),
    (Row::Verified, Row::Read),
];

/// What a run came to.
pub(super) struct Report<'r> {
    plan: &'r Plan,
    place: &'r Place,
    figures: &'r Figures,
    ratios: Vec<Ratio>,
}

struct Ratio {
    of: Row,
    to: Row,
    /// Of the two rates of each round.
    spread: Spread,
    least: Option<f64>,
}

impl Ratio {
    fn is_over_budget(&self) -> bool {
        self.least.is_some_and(|least| self.spread.median < least)
    }

    fn name(&self) -> String {
        format!("{}/{}", self.of.name(), self.to.name())
    }
}

impl<'r> Report<'r> {
    pub(super) fn new(
        plan: &'r Plan,
        place: &'r Place,
        figures: &'r Figures,
        budgets: &Budgets,
    ) -> Report<'r> {
        let of = |wanted: Row| {
            let (_, measured) = figures.rows.iter().find(|(row, _)| *row == wanted)?;
            Some(measured)
        };
        let ratios = RATIOS.into_iter().filter_map(|(upper, lower)| {
            let pairs = of(upper)?.iter().zip(of(lower)?);
            Some(Ratio {
                of: upper,
                to: lower,
                spread: Spread::of(pairs.map(|(upper, lower)| upper.rate / lower.rate))?,
                least: budgets.least(upper.name(), lower.name()),
            })
        });
        Report {
            plan,
            place,
            figures,
            ratios: ratios.collect(),
        }
    }

    pub(super) fn is_within_budget(&self) -> bool {
        !self.ratios.iter().any(Ratio::is_over_budget)
    }

    /// What is not within its budget, in words.
    pub(super) fn missed(&self) -> Vec<String> {
        let missed = self.ratios.iter().filter(|ratio| ratio.is_over_budget());
        missed
            .filter_map(|ratio| {
                let (least, name, got) = (ratio.least?, ratio.name(), ratio.spread.median);
                Some(format!("{name} is {got:.2}, at least {least} is wanted"))
            })
            .collect()
    }

    pub(super) fn to_json(&self) -> Value {
        let rows = self.figures.rows.iter().map(|(row, measured)| {
            json!({
                "row": row.name(),
                "rate": spread(Spread::of(measured.iter().map(|one| one.rate))),
                "p50_ms": spread(latency(*row, measured, |one| one.p50)),
                "p99_ms": spread(latency(*row, measured, |one| one.p99)),
                "cpu_us": spread(Spread::of(measured.iter().filter_map(|one| one.cpu))),
            })
        });
        let ratios = self.ratios.iter().map(|ratio| {
            json!({
                "ratio": ratio.name(),
                "value": spread(Some(ratio.spread)),
                "least": ratio.least,
                "within_budget": !ratio.is_over_budget(),
            })
        });
        json!({
            "connections": CONNECTIONS,
            "body_bytes": self.figures.body,
            "seconds": self.plan.length.as_secs(),
            "rounds": self.plan.rounds,
            "cores": cores(),
            "directory": self.place.directory().display().to_string(),
            "file_system": self.place.file_system(),
            "deliveries_behind": self.figures.behind,
            "rows": rows.collect::<Vec<_>>(),
            "ratios": ratios.collect::<Vec<_>>(),
            "within_budget": self.is_within_budget(),
        })
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{CONNECTIONS} connections on loopback, bodies of {} bytes, {} cores for sender and receiver; {} rounds of {} s each, in turn",
            self.figures.body,
            cores(),
            self.plan.rounds,
            self.plan.length.as_secs(),
        )?;
        writeln!(
            f,
            "databases in {} ({})\n",
            self.place.directory().display(),
            self.place.file_system()
        )?;
        writeln!(
            f,
            "row          per second  (least to most)         p50 ms   p99 ms   CPU µs each"
        )?;
        for (row, measured) in &self.figures.rows {
            line(f, *row, measured)?;
        }
        if let Some(most) = self.figures.behind.iter().max() {
            writeln!(
                f,
                "at most {most} deliveries were still to be made when a load ended"
            )?;
        }
        writeln!(f, "\nratio               median  (least to most)  budget")?;
        for ratio in &self.ratios {
            let Spread {
                median,
                least,
                most,
            } = ratio.spread;
            write!(
                f,
                "{:<18} {median:>7.2}  ({least:.2} to {most:.2})",
                ratio.name()
            )?;
            match ratio.least {
                None => writeln!(f)?,
                Some(budget) if ratio.is_over_budget() => {
                    writeln!(f, "    at least {budget}: NOT REACHED")?;
                }
                Some(budget) => writeln!(f, "    at least {budget}: ok")?,
            }
        }
        Ok(())
    }
}

fn line(f: &mut fmt::Formatter<'_>, row: Row, measured: &[Measured]) -> fmt::Result {
    let Some(rate) = Spread::of(measured.iter().map(|one| one.rate)) else {
        return Ok(());
    };
    let range = format!("({:.0} to {:.0})", rate.least, rate.most);
    write!(f, "{:<12} {:>10.0}  {range:<20}", row.name(), rate.median)?;
    for time in [
        latency(row, measured, |one| one.p50),
        latency(row, measured, |one| one.p99),
    ] {
        match time {
            Some(time) => write!(f, " {:>8.2}", time.median)?,
            None => write!(f, " {:>8}", "-")?,
        }
    }
    if let Some(cpu) = Spread::of(measured.iter().filter_map(|one| one.cpu)) {
        write!(f, " {:>13.1}", cpu.median)?;
    }
    writeln!(f)
}

/// Of requests; a bare commit is none.
fn latency(row: Row, measured: &[Measured], of: fn(&Measured) -> f64) -> Option<Spread> {
    if row == Row::Commits {
        None
    } else {
        Spread::of(measured.iter().map(of))
    }
}

fn spread(spread: Option<Spread>) -> Value {
    spread.map_or(
        Value::Null,
        |spread| json!({ "median": spread.median, "least": spread.least, "most": spread.most }),
    )
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
