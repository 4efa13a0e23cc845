//! Requests that share no code with dockseal are accepted: made by hand in Python, after the vendors'
//! pages. Skipped, with the reason printed, where there is no Python.

use std::path::Path;
use std::process::Command;

use dockseal_cli::sandbox::{Fault, Outcome, Sandbox};

#[test]
fn requests_made_by_hand_are_accepted_by_every_gateway() {
    let sandbox = Sandbox::builder().start().unwrap();
    sandbox.plan([
        None,
        None,
        None,
        None,
        Some(Fault::Gzip),
        Some(Fault::GzipBomb),
    ]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/handmade.py");
    let run = Command::new("python3")
        .arg(script)
        .arg(sandbox.address().to_string())
        .env("PYTHONUTF8", "1")
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: python3 cannot be started ({error})");
            return;
        }
    };
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{printed}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );

    let lines: Vec<Vec<&str>> = printed
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    for (line, (name, expected)) in lines.iter().zip([
        ("wangdian-flagship", r#""process_id":1"#),
        ("wangdian-enterprise", r#"{"code":0,"message":"succeed"}"#),
        ("taobao-top", "<success>true</success>"),
        ("shopex-oms", "入库单状态更新成功"),
        ("gzip", r#""process_id":2"#),
        ("gzip-bomb", "134213665 zeros"),
    ]) {
        assert_eq!(line[..2], [name, "200"], "{printed}");
        assert!(line[3].contains(expected), "{name}: {}", line[3]);
    }
    assert_eq!(lines.len(), 6, "{printed}");
    let seen = sandbox.requests();
    assert!(
        seen.iter().all(|seen| seen.outcome == Outcome::Accepted),
        "{seen:?}"
    );
}
