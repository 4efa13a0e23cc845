//! `dockseal sandbox`: it greets, logs every request, and ends when asked to.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use crate::program::{command, run};

#[test]
fn it_greets_logs_one_object_a_line_and_ends_on_a_signal() {
    let mut child = command(&[
        "sandbox",
        "--port",
        "0",
        "--fault",
        "reset-after:0",
        "--json",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let greeting: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = greeting["sandbox"].as_str().unwrap();
    let call = run(&[
        "call",
        "process.Process.upload",
        "--example",
        "--sandbox",
        url,
    ]);
    assert_eq!(call.code, 0, "{}", call.seen());
    line.clear();
    out.read_line(&mut line).unwrap();
    let entry: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(entry["outcome"], "accepted");

    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn what_cannot_be_started_is_a_usage_error() {
    for (arguments, says) in [
        (&["--fault", "no-such-fault"][..], "no fault is called"),
        (&["--fault", "slow:101"], "percentage"),
        (&["--account", "no-such-gateway:a=b"], "no gateway"),
        (&["--account", "wangdian-enterprise:sid=a"], "lacks"),
    ] {
        let run = run(&[&["sandbox", "--port", "0"], arguments].concat());
        assert_eq!(run.code, 2, "{}", run.seen());
        assert!(run.err.contains(says), "{}", run.err);
    }
}
