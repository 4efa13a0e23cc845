//! The budgets: what a run has to keep, from a file.

use std::error::Error;
use std::fs;
use std::path::Path;

use toml::de::{DeTable, DeValue};

/// What one ratio or figure has to keep.
struct Budget {
    /// `build/10`, or `durable/verified` of the receiver.
    name: String,
    limit: f64,
}

/// All of them.
pub(super) struct Budgets {
    /// Rows of the table: at most these.
    most: Vec<Budget>,
    /// Ratios of the receiver: at least these.
    least: Vec<Budget>,
}

impl Budgets {
    /// Reads `name = limit` of the tables `most` and `receiver`.
    pub(super) fn read(path: &Path) -> Result<Budgets, Box<dyn Error>> {
        let wrong = |why: &str| format!("{}: {why}", path.display());
        let text = fs::read_to_string(path).map_err(|error| wrong(&error.to_string()))?;
        let file = DeTable::parse(&text).map_err(|error| wrong(error.message()))?;
        let table = |name: &str| {
            let Some(DeValue::Table(rows)) = file.get_ref().get(name).map(toml::Spanned::get_ref)
            else {
                return Err(wrong(&format!("no table [{name}]")));
            };
            let rows = rows.iter().map(|(name, limit)| {
                let name = name.get_ref();
                budget(name, limit.get_ref())
                    .ok_or_else(|| wrong(&format!("{name} is no number, such as 0.8")))
            });
            rows.collect::<Result<Vec<_>, _>>()
        };
        Ok(Budgets {
            most: table("most")?,
            least: table("receiver")?,
        })
    }

    /// What a row of the table may be at most, by its whole key or by what stands before the `/`;
    /// none when it is only shown.
    pub(super) fn most(&self, key: &str) -> Option<f64> {
        let all = key.split_once('/').map(|(name, _)| name);
        limit(&self.most, key).or_else(|| limit(&self.most, all?))
    }

    /// What the ratio of two rows of the receiver must reach; none when it is only shown.
    pub(super) fn least(&self, of: &str, to: &str) -> Option<f64> {
        limit(&self.least, &format!("{of}/{to}"))
    }
}

fn limit(budgets: &[Budget], name: &str) -> Option<f64> {
    let budget = budgets.iter().find(|budget| budget.name == name)?;
    Some(budget.limit)
}

fn budget(name: &str, limit: &DeValue<'_>) -> Option<Budget> {
    let text = match limit {
        DeValue::Float(limit) => limit.as_str(),
        DeValue::Integer(limit) => limit.as_str(),
        _ => return None,
    };
    Some(Budget {
        name: name.to_owned(),
        limit: text.parse().ok()?,
    })
}
