//! Cases of schema changes whose answer was found by trying every value: what the review, its walker
//! and its algebra say of them.
//!
//! `DOCKSEAL_CASE_FILE` names another file of cases, for a soak; what is wrong then is printed line by
//! line.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::spawn;
use dockseal_codegen::review::{Answer, Comparison, Flow, Reading, Wire, compare};
use serde_json::Value;

/// How long two small schemas may take, in a build without optimisation.
const PATIENCE: Duration = Duration::from_secs(2);

fn own(name: &str) -> PathBuf {
    spawn::repository().join("tests/diff-cases").join(name)
}

fn cases(path: &PathBuf) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// A case as a change of what we send, or turned around as a change of what we receive.
struct Turn<'a> {
    old: &'a Value,
    new: &'a Value,
    flow: Flow,
    /// Nothing that was exchanged is lost.
    keeps: bool,
}

fn turns(case: &Value) -> [Turn<'_>; 2] {
    let (old, new) = (&case["old"], &case["new"]);
    let keeps = case["accepts_old"].as_bool().unwrap();
    [
        Turn {
            old,
            new,
            flow: Flow::Sent,
            keeps,
        },
        Turn {
            old: new,
            new: old,
            flow: Flow::Received,
            keeps,
        },
    ]
}

impl Turn<'_> {
    fn compare(&self) -> Result<Comparison, String> {
        let (old, new) = (self.old.to_string(), self.new.to_string());
        let said = catch_unwind(AssertUnwindSafe(|| {
            compare(&old, &new, Reading::Plain, self.flow)
        }));
        match said {
            Ok(Ok(said)) => Ok(said),
            Ok(Err(diagnostics)) => Err(format!("refused: {diagnostics}")),
            Err(_) => Err("panicked".to_owned()),
        }
    }

    /// What is wrong with what was said.
    fn wrong(&self, said: &Comparison) -> Vec<String> {
        let mut wrong = Vec::new();
        let fine = |wire: Wire| wire <= Wire::Compatible;
        if !self.keeps && fine(said.verdict) {
            wrong.push("the review is unsound".to_owned());
        }
        if !self.keeps && fine(said.walker) && !said.walker_unclear {
            wrong.push("the walker is unsound".to_owned());
        }
        if !self.keeps && said.algebra == Answer::Yes {
            wrong.push("the algebra says yes".to_owned());
        }
        if self.keeps && said.algebra == Answer::No {
            wrong.push("the algebra says no".to_owned());
        }
        if self.keeps && said.verdict == Wire::Breaking && said.algebra == Answer::Yes {
            wrong.push("the algebra says yes and the review breaking".to_owned());
        }
        if let Some(example) = &said.example
            && !self.proves(example.value.as_str(), example.was_valid)
        {
            wrong.push(format!("the example {example:?} proves nothing"));
        }
        wrong
    }

    /// Whether a value is valid on one side only, as a standard validator has it.
    fn proves(&self, example: &str, was_valid: bool) -> bool {
        let Ok(value) = serde_json::from_str::<Value>(example) else {
            return example.contains('…');
        };
        let valid = |schema: &Value| jsonschema::draft202012::is_valid(schema, &value);
        (valid(self.old), valid(self.new)) == (was_valid, !was_valid)
    }
}

/// Judges all cases of a file: what is wrong, and counts by what was said.
fn judge(path: &PathBuf) -> (Vec<String>, BTreeMap<String, usize>) {
    let mut wrong = Vec::new();
    let mut counts = BTreeMap::new();
    for case in &cases(path) {
        for turn in turns(case) {
            let began = Instant::now();
            let said = turn.compare();
            let took = began.elapsed();
            let place = format!(
                "{} {:?}: {} => {}",
                case["id"], turn.flow, turn.old, turn.new
            );
            if took > PATIENCE {
                wrong.push(format!("{place}: took {took:?}"));
            }
            match said {
                Err(error) => wrong.push(format!("{place}: {error}")),
                Ok(said) => {
                    let rules: Vec<_> = said.rules.iter().map(|rule| rule.id).collect();
                    let lines = turn.wrong(&said).into_iter();
                    wrong.extend(lines.map(|line| {
                        format!(
                            "{place}: {line} (keeps {}, walker {:?} unclear {}, algebra {:?}, verdict {:?}, {rules:?})",
                            turn.keeps, said.walker, said.walker_unclear, said.algebra, said.verdict
                        )
                    }));
                    let kind = match (turn.keeps, said.verdict) {
                        _ if said.undecided => "undecided",
                        (true, Wire::Breaking) => "over-strict",
                        (true, Wire::Risky) => "risky, and nothing is lost",
                        (false, Wire::Docs | Wire::Compatible) => "unsound",
                        (false, Wire::Risky) => "risky, and something is lost",
                        _ => "agrees",
                    };
                    *counts
                        .entry(format!("{:?}: {kind}", turn.flow))
                        .or_default() += 1;
                    *counts
                        .entry(format!("algebra {:?}", said.algebra))
                        .or_default() += 1;
                }
            }
        }
    }
    (wrong, counts)
}

#[test]
fn nothing_that_loses_values_is_called_compatible() {
    let (wrong, counts) = judge(&own("undirected.jsonl"));
    eprintln!("{counts:#?}");
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn nothing_is_wrong_in_a_soak() {
    let Some(path) = std::env::var_os("DOCKSEAL_CASE_FILE") else {
        println!("skipped: no soak: DOCKSEAL_CASE_FILE names no file of cases");
        return;
    };
    let (wrong, counts) = judge(&PathBuf::from(path));
    eprintln!("{}\n{counts:#?}", wrong.join("\n"));
    assert!(wrong.is_empty(), "{} are wrong", wrong.len());
}

#[test]
fn the_values_that_prove_the_labels_do() {
    for case in cases(&own("undirected.jsonl")) {
        let lost = case.get("stranger");
        assert_eq!(lost.is_none(), case["accepts_old"], "{}", case["id"]);
        if let Some(value) = lost {
            let valid = |side: &str| jsonschema::draft202012::is_valid(&case[side], value);
            assert!(valid("old") && !valid("new"), "{}", case["id"]);
        }
    }
}

#[test]
fn a_schema_compared_with_itself_has_not_changed() {
    for case in cases(&own("undirected.jsonl")) {
        let text = case["old"].to_string();
        for flow in [Flow::Sent, Flow::Received] {
            let said = compare(&text, &text, Reading::Plain, flow).unwrap();
            assert_eq!(
                (said.walker, said.verdict),
                (Wire::Docs, Wire::Docs),
                "{text}"
            );
            assert!(said.rules.is_empty() && said.example.is_none(), "{text}");
        }
    }
}

#[test]
fn the_labels_of_both_directions_hold() {
    let mut wrong = Vec::new();
    for case in cases(&own("directional.jsonl")) {
        let (reading, flow) = match case["direction"].as_str().unwrap() {
            "request" => (Reading::Closed, Flow::Sent),
            _ => (Reading::Open, Flow::Received),
        };
        let pair = &case["pairs"][0];
        let (old, new) = (pair["old"].to_string(), pair["new"].to_string());
        let said = compare(&old, &new, reading, flow).unwrap();
        let held = match case["label"].as_str().unwrap() {
            "breaking" => said.verdict == Wire::Breaking,
            "risky" => said.verdict >= Wire::Risky,
            _ => said.verdict < Wire::Breaking,
        };
        if !held {
            wrong.push(format!(
                "{}: {:?}, not {}: {old} => {new}",
                case["id"], said.verdict, case["label"]
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
