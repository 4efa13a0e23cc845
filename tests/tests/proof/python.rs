//! Signatures against an independent program: `sign.py`, which was written after the vendors' pages
//! and knows nothing of ours. One process signs all sets; what it says is compared, and verified.
//! Skipped, with the reason printed, where there is no Python.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use dockseal::sign::{self, LengthUnit, VerifyError};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{RngSeed, TestRunner};
use serde_json::{Value, json};

use crate::cases;
use crate::messages::{Datum, Message, messages};

/// Sets on their way at a time.
const BATCH: usize = 2_000;

#[test]
fn an_independent_program_signs_the_same() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/proof/sign.py");
    let run = Command::new("python3")
        .arg(script)
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut python = match run {
        Ok(python) => python,
        Err(error) => {
            println!("skipped: python3 cannot be started ({error})");
            return;
        }
    };
    let mut input = python.stdin.take().unwrap();
    let output = BufReader::new(python.stdout.take().unwrap());
    let count = cases::count(1_000);
    let (batches, signed) = std::sync::mpsc::sync_channel(2);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut some = arbitrary();
            let mut left = count;
            while left > 0 {
                let batch: Vec<Message> = some.by_ref().take(left.min(BATCH)).collect();
                left -= batch.len();
                let lines: String = batch.iter().map(|set| format!("{}\n", line(set))).collect();
                // Ours first, so that what Python has printed fits what we wait for.
                if batches.send(batch).is_err() || input.write_all(lines.as_bytes()).is_err() {
                    return;
                }
            }
        });
        let mut theirs = output.lines();
        let mut compared = 0;
        for set in signed.into_iter().flatten() {
            let theirs = theirs.next().expect("Python has ended too early").unwrap();
            compare(&set, &theirs);
            compared += 1;
        }
        assert_eq!(compared, count);
        assert!(theirs.next().is_none(), "Python says more than was asked");
    });
    assert!(python.wait().unwrap().success());
    cases::ran("signing", count, "parameter sets against Python");
}

fn arbitrary() -> impl Iterator<Item = Message> {
    let mut runner = TestRunner::new(ProptestConfig {
        rng_seed: RngSeed::Fixed(cases::seed()),
        ..ProptestConfig::default()
    });
    let some = messages();
    std::iter::from_fn(move || Some(some.new_tree(&mut runner).unwrap().current()))
}

/// Both ways: our signature is theirs, and theirs is one that we take, for this set alone.
fn compare(set: &Message, theirs: &str) {
    let (scheme, options, secret) = (set.scheme(), set.options(), set.secret());
    let place = || format!("{}\nof DOCKSEAL_SEED={}", line(set), cases::seed());
    let ours = sign::compute(scheme, &options, &mut set.params(), &secret).unwrap();
    assert_eq!(ours.as_str(), theirs, "{}", place());
    if set.params.iter().all(|(name, _)| name.is_ascii()) {
        let ours = sign::sign(scheme, &options, &mut set.params(), &secret).unwrap();
        assert_eq!(ours.as_str(), theirs, "{}", place());
    }
    let verify = |params: &mut Vec<_>| sign::verify(scheme, &options, params, &secret, theirs);
    assert_eq!(verify(&mut set.params()), Ok(()), "{}", place());
    let mut more = set.params();
    more.push(sign::Param::new("one more", "x"));
    assert_eq!(verify(&mut more), Err(VerifyError::Mismatch), "{}", place());
}

/// One set for Python.
fn line(set: &Message) -> Value {
    let mut line = json!({
        "gateway": set.gateway.name,
        "secret": set.secret,
        "params": pairs(&set.params),
        "method": set.digest,
        "unit": match set.unit {
            LengthUnit::CodePoints => "code points",
            LengthUnit::Utf16 => "utf-16",
            LengthUnit::Utf8Bytes => "utf-8",
        },
    });
    if let Some(tail) = &set.tail {
        line["tail"] = json!(tail);
    }
    line
}

fn pairs(pairs: &[(String, Datum)]) -> Value {
    pairs
        .iter()
        .map(|(name, value)| json!([name, datum(value)]))
        .collect()
}

fn datum(value: &Datum) -> Value {
    match value {
        Datum::Text(text) => json!(text),
        Datum::Null => Value::Null,
        Datum::Bool(truth) => json!(truth),
        Datum::Integer(number) => json!(number),
        Datum::List(items) => items.iter().map(datum).collect(),
        Datum::Map(inside) => json!({ "map": pairs(inside) }),
    }
}
