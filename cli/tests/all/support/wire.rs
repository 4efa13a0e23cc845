//! An HTTP client on a bare socket, which sees what really comes over the wire.

use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use dockseal_cli::sandbox::Running;
use serde_json::Value;

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("UTF-8")
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.text()))
    }
}

/// Sends bytes and reads all that comes.
pub fn exchange(sandbox: &Running, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut stream = connect(sandbox);
    stream.write_all(bytes)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer)
}

pub fn connect(sandbox: &Running) -> TcpStream {
    let stream = TcpStream::connect(sandbox.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

/// An HTTP request as bytes.
pub fn bytes_of(request: &http::Request<bytes::Bytes>, headers: &str) -> Vec<u8> {
    let uri = request.uri();
    let mut head = format!(
        "{} {} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}",
        request.method(),
        uri.path_and_query().map_or("/", |path| path.as_str()),
        uri.authority().map_or("", |authority| authority.as_str()),
        request.body().len(),
    );
    for (name, value) in request.headers() {
        write!(head, "{name}: {}\r\n", value.to_str().unwrap()).unwrap();
    }
    let mut bytes = (head + "\r\n").into_bytes();
    bytes.extend(request.body());
    bytes
}

pub fn send(sandbox: &Running, request: &http::Request<bytes::Bytes>) -> io::Result<Answer> {
    send_with(sandbox, request, "")
}

pub fn send_with(
    sandbox: &Running,
    request: &http::Request<bytes::Bytes>,
    headers: &str,
) -> io::Result<Answer> {
    Ok(parse(&exchange(sandbox, &bytes_of(request, headers))?))
}

pub fn get(sandbox: &Running, path: &str) -> Answer {
    let request = http::Request::get(format!("http://{}{path}", sandbox.address()))
        .body(bytes::Bytes::new())
        .unwrap();
    send(sandbox, &request).unwrap()
}

/// Takes an answer apart; a body in chunks is put together.
pub fn parse(bytes: &[u8]) -> Answer {
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a head");
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut answer = Answer {
        status: head[9..12].parse().unwrap(),
        head,
        body: bytes[end + 4..].to_vec(),
    };
    if answer.header("transfer-encoding") == Some("chunked") {
        answer.body = unchunk(&answer.body);
    }
    answer
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(at) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..at]).unwrap(), 16).unwrap();
        body.extend(&rest[at + 2..at + 2 + size]);
        rest = &rest[(at + 4 + size).min(rest.len())..];
    }
    body
}
