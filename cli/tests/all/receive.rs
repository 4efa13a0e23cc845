//! `dockseal receive`: it says where it listens, shows each delivery once, says why it refuses,
//! keeps what it took, and lives through a want of file descriptors.

use std::fs;
use std::io::{BufReader, Read as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use crate::program::{self, Run, command, run};

const STOCKIN: &str = "wms.stockin.status_update";
const TRANSFER: &str = "wms.transferorder.update";

/// The node and token with which `dockseal push` signs when it is given none.
const SENDER: &str = "1000000001=env:SENDER_TOKEN";

/// A receiver in a folder of its own.
struct Receiver {
    child: Child,
    out: BufReader<ChildStdout>,
    err: BufReader<ChildStderr>,
    url: String,
}

impl Receiver {
    fn start(folder: &PathBuf, more: &[&str]) -> Receiver {
        let arguments = [
            &["receive", "--listen", "127.0.0.1:0", "--token", SENDER],
            more,
        ]
        .concat();
        Receiver::of(command(&arguments), folder)
    }

    fn of(mut command: Command, folder: &PathBuf) -> Receiver {
        let mut child = command
            .current_dir(folder)
            .env_remove("DOCKSEAL_INBOX")
            .env("SENDER_TOKEN", "sandbox-token")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let err = BufReader::new(child.stderr.take().unwrap());
        let first = line(&mut out);
        let at = first.find("http://").unwrap_or_else(|| panic!("{first:?}"));
        let url = first[at..].trim_end_matches(['"', '}', '\n']).to_owned();
        assert!(url.ends_with("/index.php/api"), "{first:?}");
        Receiver {
            child,
            out,
            err,
            url,
        }
    }

    fn push(&self, method: &str, more: &[&str]) -> Run {
        run(&[&["push", method, "--to", &self.url], more].concat())
    }

    fn shown(&mut self) -> String {
        line(&mut self.out)
    }

    /// Stops it; what it showed and logged since.
    fn stop(mut self) -> (String, String) {
        let id = self.child.id().to_string();
        let asked = Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(asked.success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.err.read_to_string(&mut err).unwrap();
        (out, err)
    }
}

fn line(of: &mut impl std::io::BufRead) -> String {
    let mut line = String::new();
    of.read_line(&mut line).unwrap();
    line
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("receive-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn each_push_is_taken_and_shown_once_however_often_it_comes_and_whoever_starts_again() {
    let folder = folder("once");
    let mut receiver = Receiver::start(&folder, &[]);
    let pushed = receiver.push(STOCKIN, &["--times", "3"]);
    assert_eq!(pushed.code, 0, "{}", pushed.seen());
    let shown = receiver.shown();
    let told = " #1 stockin 1000000001 stockin_bn=I20250101001 created FINISH 1 goods\n";
    assert!(shown.ends_with(told), "{shown}");
    let (rest, _) = receiver.stop();
    assert_eq!(rest, "");

    let mut receiver = Receiver::start(&folder, &["--json"]);
    receiver.push(STOCKIN, &[]);
    receiver.push(TRANSFER, &[]);
    let shown: serde_json::Value = serde_json::from_str(&receiver.shown()).unwrap();
    assert_eq!(shown["kind"], "transfer");
    let key = shown["key"].as_str().unwrap();
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    assert!(!key.is_empty() && key.bytes().all(is_hex), "{key}");
    assert_eq!(shown["effect"], "created");
    assert_eq!(shown["identifiers"]["order_code"], "TRF20250101001");
    assert_eq!(shown["document"]["order_code"], "TRF20250101001");
    let (rest, _) = receiver.stop();
    assert_eq!(rest, "");
}

#[test]
fn numbers_are_shown_as_they_were_sent_on_one_line() {
    let folder = folder("numbers");
    let mut receiver = Receiver::start(&folder, &["--json"]);
    let long = "0.12345678901234567890123456789";
    let item = format!(
        "[{{\"product_bn\":\"A\",\"normal_num\":1,\"volume\":{long},\"weight\":1e400,\"odd\":[1,\n 2]}}]"
    );
    let data = serde_json::json!({ "status": "FINISH", "stockin_bn": "I-1", "item": item });
    let pushed = receiver.push(STOCKIN, &["--unchecked", "--data", &data.to_string()]);
    assert_eq!(pushed.code, 0, "{}", pushed.seen());
    let shown = receiver.shown();
    for member in [
        "\"receipt\":{",
        "\"document\":{",
        "\"weight\":1e400",
        &format!("\"volume\":{long}"),
    ] {
        assert!(shown.contains(member), "{member}: {shown}");
    }
    assert!(shown.ends_with("}\n"), "{shown}");
    assert_eq!(receiver.stop().0, "");
}

#[test]
fn a_sender_can_write_neither_to_the_terminal_nor_a_line_of_its_own() {
    let folder = folder("forgery");
    let mut receiver = Receiver::start(&folder, &[]);
    let data = serde_json::json!({
        "status": "FINISH",
        "stockin_bn": "I-1\n2026-01-01 #9 \u{1b}[32m\u{202e}",
        "item": [{ "product_bn": "A", "normal_num": 1 }],
    });
    let pushed = receiver.push(STOCKIN, &["--unchecked", "--data", &data.to_string()]);
    assert_eq!(pushed.code, 0, "{}", pushed.seen());
    let shown = receiver.shown();
    let escaped = "stockin_bn=I-1\\n2026-01-01 #9 \\u{1b}[32m\\u{202e} created FINISH 1 goods\n";
    assert!(shown.ends_with(escaped), "{shown}");
    assert_eq!(receiver.stop().0, "");
}

#[test]
fn the_path_of_an_oms_is_added_to_the_address_that_the_help_of_push_shows() {
    let help = run(&["push", "--help"]).out;
    assert!(
        help.contains("--to http://127.0.0.1:8080 --times"),
        "{help}"
    );
    let mut receiver = Receiver::start(&folder("path"), &[]);
    let base = receiver.url.trim_end_matches("/index.php/api");
    let pushed = run(&["push", STOCKIN, "--to", base]);
    assert_eq!(pushed.code, 0, "{}", pushed.seen());
    assert!(receiver.shown().contains(" #1 "));
    receiver.stop();
}

#[test]
fn an_empty_token_is_refused_at_the_start() {
    let mut command = command(&[
        "receive",
        "--listen",
        "127.0.0.1:0",
        "--token",
        "1=env:NOTHING",
    ]);
    command.env("NOTHING", "").current_dir(folder("empty"));
    let run = program::finish(command, b"");
    assert_eq!(run.code, 2, "{}", run.seen());
    let told = "--token 1=env:NOTHING: the token is empty";
    assert!(run.err.contains(told), "{}", run.seen());
}

#[test]
fn a_refusal_is_explained_to_the_sender_where_wanted_and_in_the_log_always() {
    let folder = folder("refusal");
    for (more, explained) in [(&["--explain"][..], true), (&[], false)] {
        let receiver = Receiver::start(&folder, more);
        let refused = receiver.push(
            STOCKIN,
            &["--unchecked", "--data", r#"{"status":"FINISH"}"#],
        );
        assert_eq!(refused.code, 1, "{}", refused.seen());
        let reason = "/stockin_bn";
        assert_eq!(
            refused.out.contains(reason),
            explained,
            "{}",
            refused.seen()
        );
        let (out, err) = receiver.stop();
        assert_eq!(out, "");
        assert!(err.contains(reason), "{err}");
        assert!(!err.contains("sandbox-token"), "{err}");
    }
}

#[test]
fn connections_beyond_the_file_descriptors_wait_and_end_nothing() {
    let folder = folder("descriptors");
    let program = env!("CARGO_BIN_EXE_dockseal");
    let script =
        format!("ulimit -n 40; exec {program} receive --listen 127.0.0.1:0 --token {SENDER}");
    let mut shell = Command::new("sh");
    shell.args(["-c", &script]);
    let mut receiver = Receiver::of(shell, &folder);
    let address = receiver.url["http://".len()..].split('/').next().unwrap();
    let many: Vec<_> = (0..80)
        .map(|_| TcpStream::connect(address).unwrap())
        .collect();
    let complaint = line(&mut receiver.err);
    assert!(
        complaint.contains("no connection can be accepted"),
        "{complaint}"
    );
    drop(many);
    let pushed = receiver.push(STOCKIN, &[]);
    assert_eq!(pushed.code, 0, "{}", pushed.seen());
    assert!(receiver.shown().contains(" #1 "));
    receiver.stop();
}

#[test]
fn what_cannot_be_used_is_told_with_exit_code_2() {
    let folder = folder("usage");
    let nowhere = folder.join("no such folder/inbox.db");
    let nowhere = nowhere.to_str().unwrap();
    let base = ["receive", "--listen", "127.0.0.1:0"];
    for (more, word) in [
        (&[][..], "--token"),
        (&["--token", "1000000001"], "--token wants NODE=SOURCE"),
        (&["--token", "1000000001="], "the token is empty"),
        (&["--token", "1=env:NOT_SET_ANYWHERE"], "NOT_SET_ANYWHERE"),
        (&["--token", "1=x", "--inbox", nowhere], "no such folder"),
        (
            &[
                "--token",
                "1=x",
                "--inbox",
                "postgres://u:very-secret@127.0.0.1:1/d",
            ],
            "inbox",
        ),
    ] {
        let run = run(&[&base, more].concat());
        assert_eq!(run.code, 2, "{more:?}: {}", run.seen());
        assert!(run.err.contains(word), "{more:?}: {}", run.seen());
        assert!(!run.seen().contains("very-secret"), "{}", run.seen());
    }
}
