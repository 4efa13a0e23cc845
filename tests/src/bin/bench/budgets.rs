//! The budgets: ratios that a run must reach, from a file.

use std::error::Error;
use std::fs;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::rounds::Row;

/// What a ratio of two rows must reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    pub(super) of: Row,
    pub(super) to: Row,
    pub(super) least: f64,
}

/// All of them.
pub(super) struct Budgets(Vec<Budget>);

impl Budgets {
    pub(super) fn read(path: &Path) -> Result<Budgets, Box<dyn Error>> {
        let wrong = |why: &str| format!("{}: {why}", path.display());
        let text = fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
        let table = DeTable::parse(&text).map_err(|error| wrong(error.message()))?;
        let rows = table.get_ref().get("receiver").map(toml::Spanned::get_ref);
        let Some(DeValue::Array(rows)) = rows else {
            return Err(wrong("no list [[receiver]]").into());
        };
        let budgets = rows.iter().map(|row| {
            budget(row.get_ref()).ok_or_else(|| {
                wrong(
                    "a budget is a `ratio` of two rows, such as \"durable/verified\", and `least`",
                )
            })
        });
        Ok(Budgets(budgets.collect::<Result<_, _>>()?))
    }

    /// What the ratio of two rows must reach; none when it is only shown.
    pub(super) fn least(&self, of: Row, to: Row) -> Option<f64> {
        let budget = self
            .0
            .iter()
            .find(|budget| (budget.of, budget.to) == (of, to))?;
        Some(budget.least)
    }
}

fn budget(row: &DeValue<'_>) -> Option<Budget> {
    let DeValue::Table(row) = row else {
        return None;
    };
    let member = |name: &str| row.get(name).map(toml::Spanned::get_ref);
    let (Some(DeValue::String(ratio)), Some(DeValue::Float(least))) =
        (member("ratio"), member("least"))
    else {
        return None;
    };
    let (of, to) = ratio.split_once('/')?;
    Some(Budget {
        of: Row::from_name(of)?,
        to: Row::from_name(to)?,
        least: least.as_str().parse().ok()?,
    })
}
