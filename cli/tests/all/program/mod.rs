//! The program as its users meet it: started with arguments, variables and standard input.

use std::io::Write as _;
use std::process::{Command, Stdio};

use md5::{Digest as _, Md5};

/// What a run left behind.
pub struct Run {
    pub out: String,
    pub err: String,
    pub code: i32,
}

impl Run {
    /// The answer of `--json`.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Everything that can be seen.
    pub fn seen(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}

/// A command in English, without the variables of whoever runs the tests.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dockseal"));
    command
        .args(arguments)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8");
    command
}

/// Runs a command with this standard input.
pub fn finish(mut command: Command, input: &[u8]) -> Run {
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

/// Runs the program.
pub fn run(arguments: &[&str]) -> Run {
    finish(command(arguments), b"")
}

/// Runs `dockseal sign VERB GATEWAY` with a request as standard input and a secret in a variable.
pub fn sign(verb: &str, gateway: &str, request: &str, secret: &str, more: &[&str]) -> Run {
    let arguments = [
        &[
            "sign",
            verb,
            gateway,
            "--request",
            "-",
            "--secret",
            "env:SECRET",
        ],
        more,
    ]
    .concat();
    let mut command = command(&arguments);
    command.env("SECRET", secret);
    finish(command, request.as_bytes())
}

/// The signed parameters as a form.
pub fn form(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    dockseal::form::encode_pairs(pairs.iter().copied(), &mut out);
    out
}

/// A form as an HTTP request.
pub fn post(query: &str, content_type: &str, body: &str) -> String {
    format!("POST /api?{query} HTTP/1.1\r\nHost: h\r\nContent-Type: {content_type}\r\n\r\n{body}")
}

/// The MD5 of a text that a test has put together, in lower case.
pub fn md5(text: impl AsRef<[u8]>) -> String {
    hex(&Md5::digest(text.as_ref()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The names of the mistakes that `sign find` found, those of one explanation joined by `+`.
pub fn ids(run: &Run) -> Vec<String> {
    let json = run.json();
    let id = |cause: &serde_json::Value| cause["id"].as_str().unwrap().to_owned();
    let causes = json["causes"].as_array().unwrap().iter();
    causes
        .map(|causes| {
            causes
                .as_array()
                .unwrap()
                .iter()
                .map(id)
                .collect::<Vec<_>>()
                .join("+")
        })
        .collect()
}

/// Asserts that `sign find` explains a signature by exactly these mistakes, and shows no secret.
#[track_caller]
pub fn found(gateway: &str, request: &str, secret: &str, got: &str, expected: &[&str]) {
    let run = sign("find", gateway, request, secret, &["--json", "--got", got]);
    assert_eq!(ids(&run), expected, "{}", run.seen());
    assert_eq!(run.code, 0);
    assert!(!run.seen().contains(secret), "{}", run.seen());
}
