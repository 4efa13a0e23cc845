//! One target under proptest, in a program of the stable toolchain.

use std::process::Stdio;

use serde_json::Value;

use super::{Crash, Options, Outcome, PROGRAM};
use crate::{TESTS, run, tree};

pub(super) fn run(target: &str, options: &Options) -> Result<Outcome, String> {
    let found = format!("target/fuzz/found/{target}");
    let [feature, name] = PROGRAM;
    let mut command = run::cargo();
    command
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            TESTS,
            "--features",
            feature,
            "--bin",
            name,
        ])
        .args([
            "--",
            "run",
            target,
            "--seconds",
            &options.seconds.to_string(),
            "--found",
        ])
        .arg(tree::root().join(&found))
        .stdin(Stdio::null());
    let ran = command
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let line = String::from_utf8_lossy(&ran.stdout);
    let said: Value = serde_json::from_str(line.trim()).map_err(|_| {
        format!(
            "{target} did not run:\n{}",
            String::from_utf8_lossy(&ran.stderr)
        )
    })?;
    let text = |member: &str| said.get(member).and_then(Value::as_str).map(str::to_owned);
    let crash = text("crash").map(|path| {
        let root = format!("{}/", tree::root().display());
        let input = path.strip_prefix(&root).unwrap_or(&path).to_owned();
        Crash {
            command: super::replay(target, &input),
            reason: text("reason").unwrap_or_default(),
            input,
        }
    });
    Ok(Outcome {
        target: target.to_owned(),
        executions: said
            .get("executions")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
        new_inputs: None,
        crash,
    })
}
