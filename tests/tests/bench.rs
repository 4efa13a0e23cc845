//! The program behind `cargo xtask bench`: it measures every row, and says what is over its budget.
//!
//! How fast anything is here says nothing: other tests run beside, and nothing is optimized.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

use std::process::{Command, Output};

use serde_json::Value;

/// The rows that take no minutes: all but those that run cargo.
const QUICK: [&str; 8] = [
    "sign", "build", "write", "parse", "decimal", "validate", "verdict", "xml",
];

fn bench(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(arguments)
        .output()
        .unwrap()
}

fn receiver(arguments: &[&str]) -> Output {
    let fixed = ["receiver", "--seconds=1", "--rounds=1", "--directory"];
    let directory = [env!("CARGO_TARGET_TMPDIR")];
    bench(&[&fixed[..], &directory, arguments].concat())
}

#[test]
fn every_row_of_the_table_is_measured_and_judged_by_a_budget() {
    let run = bench(&[&QUICK[..], &["--rounds=1", "--json"]].concat());
    let told = String::from_utf8_lossy(&run.stderr);
    let report: Value = serde_json::from_slice(&run.stdout).expect(&told);
    let rows = report["rows"].as_array().unwrap();
    for name in QUICK {
        let mut of = rows.iter().filter(|row| {
            let key = row["row"].as_str().unwrap();
            key == name || key.starts_with(&format!("{name}/"))
        });
        assert!(of.any(|row| row["most"].is_number()), "{name}: {told}");
    }
    for row in rows {
        assert!(row["ratio"]["median"].as_f64().unwrap() > 0.0, "{row}");
    }
    let within = report["within_budget"].as_bool().unwrap();
    assert_eq!(run.status.code(), Some(i32::from(!within)), "{told}");
    assert_eq!(told.contains("over budget"), !within, "{told}");
}

#[test]
fn a_name_that_is_no_row_is_told_with_those_that_are() {
    let run = bench(&["nothing"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(told.contains("no row \"nothing\""), "{told}");
    assert!(QUICK.iter().all(|name| told.contains(name)), "{told}");
    // `cargo xtask bench` refuses a name before it compiles this program: it has to know all.
    let task = include_str!("../../xtask/src/bench.rs");
    let (_, known) = told.split_once("there are ").unwrap();
    let (known, _) = known.split_once(", and ").unwrap();
    let asked = |name: &str| task.contains(&format!("\"{name}\""));
    assert!(known.split(", ").all(asked), "{known}");
}

#[test]
fn every_row_and_every_ratio_is_measured_and_the_exit_code_is_that_of_the_budgets() {
    let run = receiver(&["--json"]);
    let told = String::from_utf8_lossy(&run.stderr);
    let report: Value = serde_json::from_slice(&run.stdout).expect(&told);
    let names = |list: &str, member: &str| -> Vec<String> {
        let rows = report[list].as_array().unwrap().iter();
        rows.map(|row| row[member].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        names("rows", "row"),
        ["read", "verified", "durable", "commits"]
    );
    for row in report["rows"].as_array().unwrap() {
        assert!(row["rate"]["median"].as_f64().unwrap() > 0.0, "{row}");
    }
    assert!(names("ratios", "ratio").contains(&"durable/verified".to_owned()));
    let within = report["within_budget"].as_bool().unwrap();
    assert_eq!(run.status.code(), Some(i32::from(!within)), "{told}");
}

#[test]
fn a_row_that_does_not_exist_cannot_be_measured() {
    let run = receiver(&["--only", "nothing"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(told.contains("no row \"nothing\""), "{told}");
}
