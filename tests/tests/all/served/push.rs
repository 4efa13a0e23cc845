//! A push as a warehouse system makes it: signed by hand, over a connection of its own.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use dockseal::form::encode_pairs;
use md5::{Digest as _, Md5};

use super::TOKEN;

/// The form of parameters that are in byte order already.
pub(crate) fn signed(parameters: &[(&str, &str)]) -> String {
    let text: String = parameters
        .iter()
        .flat_map(|(name, value)| [*name, *value])
        .collect();
    let sign = upper_md5(&(upper_md5(&text) + TOKEN));
    let mut body = String::new();
    let all = parameters.iter().copied();
    encode_pairs(all.chain([("sign", sign.as_str())]), &mut body);
    body
}

fn upper_md5(text: &str) -> String {
    let digest = Md5::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// A connection that is kept open.
pub(crate) struct Connection(TcpStream);

impl Connection {
    pub(crate) fn open(address: &str) -> Connection {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).unwrap();
        Connection(stream)
    }

    /// The body of the answer; none when the other side is gone before all of it came.
    pub(crate) fn push(&mut self, body: &str) -> Option<Vec<u8>> {
        let request = format!(
            "POST /index.php/api HTTP/1.1\r\nHost: oms\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.0.write_all(request.as_bytes()).ok()?;
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        loop {
            if let Some(body) = complete(&answer) {
                return Some(body.to_vec());
            }
            let read = self.0.read(&mut piece).ok().filter(|read| *read > 0)?;
            answer.extend_from_slice(&piece[..read]);
        }
    }
}

/// The body of an answer of which all has come.
fn complete(answer: &[u8]) -> Option<&[u8]> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.parse::<usize>().unwrap())
    });
    answer[end + 4..].get(..length.unwrap())
}
