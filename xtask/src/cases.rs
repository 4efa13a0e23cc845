//! `cargo xtask conformance diff`: cases of schema changes against the review.
//!
//! A case is one line of JSON: two schemas and whether every value that was valid still is
//! (`accepts_old`), or pairs of schemas with a direction and a label. The review as a whole and its
//! walker alone are scored, since cases may have been chosen with the algebra that the review uses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use dockseal_codegen::review::{Comparison, Flow, Reading, Wire, compare};
use serde_json::{Value, json};

use crate::record::{File, Malformed, Record};
use crate::tree;

/// Labels that we do not share, each with its reason.
const EXPECTED: &str = "tests/diff-cases/expected.toml";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// One case a line
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Labels that are not shared, each with its reason
    #[arg(long)]
    expected: Option<PathBuf>,
    /// One JSON object a line for each score and each disagreement
    #[arg(long)]
    json: bool,
}

/// How what was said stands to the label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Score {
    Agrees,
    /// Less was said than the label asks for; of cases without a direction: compatible, and it is not.
    Unsound,
    /// Breaking was said, and it is not.
    OverStrict,
    /// It cannot be told.
    Undecided,
}

/// Who is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Judge {
    Review,
    Walker,
}

/// What was said of a case: the worst of its pairs.
#[derive(Clone, Copy, Debug)]
struct Said {
    wire: Wire,
    undecided: bool,
    /// No rule named anything.
    silent: bool,
}

/// Counts by judge and class of cases.
type Table = BTreeMap<(Judge, String), BTreeMap<Score, usize>>;

pub(crate) fn run(options: &Options) -> ExitCode {
    match score(options) {
        Ok(tally) => {
            if !options.json {
                anstream::println!("{} passed, {} failed", tally.passed, tally.failed);
            }
            ExitCode::from(u8::from(tally.failed > 0))
        }
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// How many cases were judged as they should be.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
}

/// Scores all files.
fn score(options: &Options) -> Result<Tally, String> {
    let own = tree::root().join(EXPECTED);
    let expected = expected(options.expected.as_deref().unwrap_or(&own))?;
    let mut tally = Tally::default();
    for file in &options.files {
        let text = std::fs::read_to_string(file)
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let mut table = Table::new();
        for (number, line) in text.lines().enumerate() {
            let place = || format!("{}:{}", file.display(), number + 1);
            let case: Value =
                serde_json::from_str(line).map_err(|error| format!("{}: {error}", place()))?;
            let passed = one(&case, &expected, &mut table, options)
                .map_err(|error| format!("{}: {error}", place()))?;
            tally.passed += usize::from(passed);
            tally.failed += usize::from(!passed);
        }
        show(file, &table, options);
    }
    Ok(tally)
}

/// Scores one case for both judges, and tells whether it is judged as it should be.
fn one(
    case: &Value,
    expected: &BTreeMap<String, String>,
    table: &mut Table,
    options: &Options,
) -> Result<bool, String> {
    let id = case
        .get("id")
        .and_then(Value::as_str)
        .ok_or("the case has no `id`")?;
    let class = case.get("class").and_then(Value::as_str).unwrap_or("own");
    let label = label(case)?;
    let compared = comparisons(case)?;
    // Of these nobody knows whether the label is right.
    let binding = label.directed || !matches!(class, "disputed" | "label-only");
    let mut passed = true;
    for judge in [Judge::Review, Judge::Walker] {
        let said = worst(compared.iter().map(|comparison| said(comparison, judge)));
        let score = rate(said, label);
        let counts = table.entry((judge, class.to_owned())).or_default();
        *counts.entry(score).or_default() += 1;
        let reason = expected.get(id);
        let complaint = match (score, reason) {
            (Score::Agrees | Score::Undecided, Some(_)) if judge == Judge::Review => {
                Some("the label is met: take the case off the list")
            }
            (Score::Unsound, None) if binding => Some("less was said than the label asks for"),
            (Score::OverStrict, None) if binding && judge == Judge::Review => {
                Some("breaking was said of a compatible change")
            }
            _ => None,
        };
        if let Some(complaint) = complaint {
            passed = false;
            let rules: Vec<&str> = compared
                .iter()
                .flat_map(|c| &c.rules)
                .map(|rule| rule.id)
                .collect();
            if options.json {
                anstream::println!(
                    "{}",
                    json!({
                        "id": id, "judge": judge.text(), "score": score.text(), "said": said.wire.text(),
                        "undecided": said.undecided, "label": label.wire.text(), "rules": rules, "complaint": complaint,
                    })
                );
            } else {
                anstream::eprintln!(
                    "{id}: {}: {complaint}: said {}, label {}; {}",
                    judge.text(),
                    said.wire.text(),
                    label.wire.text(),
                    rules.join(", ")
                );
            }
        }
    }
    Ok(passed)
}

/// What the case says of itself.
#[derive(Clone, Copy, Debug)]
struct Label {
    wire: Wire,
    directed: bool,
}

fn label(case: &Value) -> Result<Label, String> {
    if let Some(accepts) = case.get("accepts_old").and_then(Value::as_bool) {
        let wire = if accepts {
            Wire::Compatible
        } else {
            Wire::Breaking
        };
        return Ok(Label {
            wire,
            directed: false,
        });
    }
    let wire = match case.get("label").and_then(Value::as_str) {
        Some("breaking") => Wire::Breaking,
        Some("risky") => Wire::Risky,
        Some("compatible") => Wire::Compatible,
        _ => return Err("the case has neither `accepts_old` nor a known `label`".to_owned()),
    };
    Ok(Label {
        wire,
        directed: true,
    })
}

fn comparisons(case: &Value) -> Result<Vec<Comparison>, String> {
    let compared = |old: Option<&Value>, new: Option<&Value>, reading, flow| {
        let (Some(old), Some(new)) = (old, new) else {
            return Err("`old` or `new` is missing".to_owned());
        };
        compare(&old.to_string(), &new.to_string(), reading, flow)
            .map_err(|diagnostics| diagnostics.to_string())
    };
    if let Some(pairs) = case.get("pairs").and_then(Value::as_array) {
        let one = |pair: &Value| {
            let flow = match pair.get("direction").and_then(Value::as_str) {
                Some("request") => Flow::Sent,
                Some("response" | "reply") => Flow::Received,
                _ => return Err("a pair has no known `direction`".to_owned()),
            };
            compared(pair.get("old"), pair.get("new"), flow.reading(), flow)
        };
        return pairs.iter().map(one).collect();
    }
    let side = |name: &str| case.get(format!("{name}_2020")).or_else(|| case.get(name));
    Ok(vec![compared(
        side("old"),
        side("new"),
        Reading::Plain,
        Flow::Sent,
    )?])
}

fn said(comparison: &Comparison, judge: Judge) -> Said {
    let silent = comparison.rules.is_empty();
    match judge {
        Judge::Review => Said {
            wire: comparison.verdict,
            undecided: comparison.undecided,
            silent,
        },
        Judge::Walker => Said {
            wire: comparison.walker,
            undecided: comparison.walker_unclear,
            silent,
        },
    }
}

/// A pair that breaks for sure settles the case; otherwise one that cannot be told leaves it open.
fn worst(all: impl Iterator<Item = Said>) -> Said {
    let rank = |said: &Said| {
        (
            said.wire == Wire::Breaking && !said.undecided,
            said.undecided,
            said.wire,
        )
    };
    all.max_by_key(rank).unwrap_or(Said {
        wire: Wire::Docs,
        undecided: false,
        silent: true,
    })
}

fn rate(said: Said, label: Label) -> Score {
    let compatible = said.wire <= Wire::Compatible;
    match label.wire {
        _ if said.undecided => Score::Undecided,
        Wire::Breaking if label.directed && said.wire < Wire::Breaking => Score::Unsound,
        Wire::Breaking if compatible => Score::Unsound,
        // A risky change has to be reported, however it is called.
        Wire::Risky if said.silent => Score::Unsound,
        Wire::Compatible if said.wire == Wire::Breaking => Score::OverStrict,
        _ => Score::Agrees,
    }
}

fn show(file: &Path, table: &Table, options: &Options) {
    let name = file.file_name().map_or_else(
        || file.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    if !options.json {
        anstream::println!(
            "{name}\n  {:<8}{:<12}{:>7}{:>8}{:>9}{:>13}{:>11}",
            "judge",
            "class",
            "cases",
            "agree",
            "unsound",
            "over-strict",
            "undecided"
        );
    }
    for ((judge, class), counts) in table {
        let of = |score| counts.get(&score).copied().unwrap_or(0);
        let cases: usize = counts.values().sum();
        let [agrees, unsound, strict, undecided] = [
            Score::Agrees,
            Score::Unsound,
            Score::OverStrict,
            Score::Undecided,
        ]
        .map(of);
        if options.json {
            anstream::println!(
                "{}",
                json!({
                    "file": name, "judge": judge.text(), "class": class, "cases": cases, "agree": agrees,
                    "unsound": unsound, "over_strict": strict, "undecided": undecided,
                })
            );
        } else {
            anstream::println!(
                "  {:<8}{class:<12}{cases:>7}{agrees:>8}{unsound:>9}{strict:>13}{undecided:>11}",
                judge.text()
            );
        }
    }
}

/// The expected disagreements, by case.
fn expected(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let bytes =
        std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    entries(&tree::shown(path), &bytes).map_err(|malformed| malformed.to_string())
}

fn entries(path: &str, bytes: &[u8]) -> Result<BTreeMap<String, String>, Malformed> {
    const FORM: &str =
        "an entry has the `id` of a case, and the `reason` why its label is not shared";
    let file = File::new(path, bytes)?;
    let root = file.parse()?;
    let root = Record::open(file, 1, &root, &["expected"], FORM)?;
    let records = root.records("expected", &["id", "reason"])?;
    let entry =
        |record: &Record<'_, '_>| Ok((record.text("id")?.value, record.text("reason")?.value));
    records.iter().map(entry).collect()
}

impl Judge {
    fn text(self) -> &'static str {
        match self {
            Judge::Review => "review",
            Judge::Walker => "walker",
        }
    }
}

impl Score {
    fn text(self) -> &'static str {
        match self {
            Score::Agrees => "agrees",
            Score::Unsound => "unsound",
            Score::OverStrict => "over-strict",
            Score::Undecided => "undecided",
        }
    }
}
