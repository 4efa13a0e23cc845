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

fn bench(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bench"))
        .args(["receiver", "--seconds=1", "--rounds=1", "--directory"])
        .arg(env!("CARGO_TARGET_TMPDIR"))
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn every_row_and_every_ratio_is_measured_and_the_exit_code_is_that_of_the_budgets() {
    let run = bench(&["--json"]);
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
    let run = bench(&["--only", "nothing"]);
    assert_eq!(run.status.code(), Some(2));
    let told = String::from_utf8(run.stderr).unwrap();
    assert!(told.contains("no row \"nothing\""), "{told}");
}
