//! What was tried and found, as a table and as JSON.

use serde_json::json;

use super::{Driver, Outcome};

pub(super) fn text(outcomes: &[Outcome]) -> String {
    let mut text = format!(
        "{:<12} {:>12} {:>11} {:>8}",
        "target", "executions", "new inputs", "crashes"
    );
    for outcome in outcomes {
        let new = outcome
            .new_inputs
            .map_or_else(|| "-".to_owned(), |new| new.to_string());
        let crashes = u8::from(outcome.crash.is_some());
        text.push_str(&format!(
            "\n{:<12} {:>12} {new:>11} {crashes:>8}",
            outcome.target, outcome.executions
        ));
    }
    for outcome in outcomes {
        if let Some(crash) = &outcome.crash {
            let (target, reason) = (&outcome.target, &crash.reason);
            text.push_str(&format!(
                "\n\n{target}: {reason}\n  input  {}\n  again  {}",
                crash.input, crash.command
            ));
        }
    }
    text
}

pub(super) fn json(driver: &Driver, seconds: u64, outcomes: &[Outcome]) -> String {
    let targets: Vec<_> = outcomes
        .iter()
        .map(|outcome| {
            json!({
                "target": outcome.target,
                "executions": outcome.executions,
                "new_inputs": outcome.new_inputs,
                "crash": outcome.crash.as_ref().map(|crash| json!({
                    "input": crash.input, "reason": crash.reason, "command": crash.command,
                })),
            })
        })
        .collect();
    let (name, why) = match driver {
        Driver::LibFuzzer => ("libFuzzer", None),
        Driver::Proptest(reason) => ("proptest", Some(reason)),
    };
    json!({ "driver": name, "why": why, "seconds": seconds, "targets": targets }).to_string()
}
