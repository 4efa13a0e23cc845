//! `dockseal push`: the WMS's side, once and again.

use std::io::{Read as _, Write as _};

use crate::program::{self, run};
use dockseal_cli::sandbox::{Fault, Sandbox};

const STOCKIN: &str = "wms.stockin.status_update";

#[test]
fn a_retransmission_gets_the_same_reply() {
    let sandbox = Sandbox::builder().start().unwrap();
    let base = sandbox.base_url("shopex-oms");
    for to in [base.clone(), format!("{base}/index.php/api")] {
        let run = run(&["push", STOCKIN, "--to", &to, "--times", "2", "--json"]);
        assert_eq!(run.code, 0, "{}", run.seen());
        let pushes = run.json();
        assert_eq!(pushes.as_array().unwrap().len(), 2);
        assert_eq!(pushes[0]["reply"], pushes[1]["reply"]);
        assert_eq!(pushes[0]["status"], 200);
    }
    assert_eq!(sandbox.count(), 4);
}

#[test]
fn the_exit_code_is_that_of_the_worst_push() {
    let sandbox = Sandbox::builder().start().unwrap();
    sandbox.plan([None, Some(Fault::ResetAfter), None]);
    let to = sandbox.base_url("shopex-oms");
    let run = run(&["push", STOCKIN, "--to", &to, "--times", "3", "--restamp"]);
    assert_eq!(run.code, 3, "{}", run.seen());
    assert_eq!(sandbox.count(), 3);
}

#[test]
fn only_pushes_are_pushed() {
    let run = run(&[
        "push",
        "process.Process.upload",
        "--to",
        "http://127.0.0.1:1",
    ]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("dockseal call"), "{}", run.err);
}

#[test]
fn a_push_that_breaks_its_schema_is_sent_only_unchecked() {
    let sandbox = Sandbox::builder().start().unwrap();
    let to = sandbox.base_url("shopex-oms");
    let data = r#"{"status":"FINISH","item":"[]"}"#;
    let push = ["push", STOCKIN, "--to", &to, "--data", data, "--lang", "zh"];
    let refused = run(&push);
    assert_eq!(
        (refused.code, sandbox.count()),
        (1, 0),
        "{}",
        refused.seen()
    );
    assert!(refused.err.contains("未发送"), "{}", refused.err);
    let sent = run(&[&push[..], &["--unchecked"]].concat());
    assert_eq!((sent.code, sandbox.count()), (1, 1), "{}", sent.seen());
}

#[test]
fn a_wrong_token_is_five() {
    let sandbox = Sandbox::builder().start().unwrap();
    let to = sandbox.base_url("shopex-oms");
    let mut command = program::command(&[
        "push",
        STOCKIN,
        "--to",
        &to,
        "--credential",
        "node_id=1000000001",
        "--credential",
        "from_node_id=2000000001",
        "--credential",
        "certi_id=3000000001",
        "--credential",
        "token=env:TOKEN",
    ]);
    command.env("TOKEN", "not-the-token");
    let run = program::finish(command, b"");
    assert_eq!(run.code, 5, "{}", run.seen());
    assert!(!run.seen().contains("not-the-token"));
}

#[test]
fn a_status_of_something_between_is_judged_as_the_library_judges_it() {
    for (status, body, code) in [
        (
            "500 Internal Server Error",
            r#"{"rsp":"succ","msg":"ok"}"#,
            3,
        ),
        (
            "502 Bad Gateway",
            r#"{"rsp":"fail","msg":"bad gateway"}"#,
            3,
        ),
        ("429 Too Many Requests", "<html>", 4),
    ] {
        let to = answering(status, body);
        let run = run(&["push", STOCKIN, "--to", &to]);
        assert_eq!(run.code, code, "{status}: {}", run.seen());
    }
}

/// A server that reads one request and answers it so; its address.
fn answering(status: &'static str, body: &'static str) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut seen = Vec::new();
        let mut piece = [0; 4096];
        // The request is a form with its signature in it; it is short, and ends where the head says.
        while !is_whole(&seen) {
            let count = socket.read(&mut piece).unwrap();
            seen.extend_from_slice(&piece[..count]);
        }
        let length = body.len();
        write!(
            socket,
            "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
    });
    format!("http://{address}")
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.split("content-length: ").nth(1);
    let length = length.and_then(|rest| rest.lines().next()?.parse().ok());
    length.is_some_and(|length: usize| body.len() >= length)
}
