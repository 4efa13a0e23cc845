//! A sender that says on its socket exactly what a test wants said.

use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpStream};

use serde_json::Value;

use super::oms::PATIENCE;

/// The headers of an ordinary push up to its length.
pub(crate) const HEAD: &str = "POST /index.php/api HTTP/1.1\r\nHost: oms\r\nContent-Type: application/x-www-form-urlencoded\r\n";

/// A connection to an OMS.
pub(crate) struct Sender(BufReader<TcpStream>);

/// A reply.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Sender {
    pub(crate) fn connect(to: SocketAddr) -> Sender {
        let stream = TcpStream::connect(to).unwrap();
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Sender::of(stream)
    }

    pub(crate) fn of(stream: TcpStream) -> Sender {
        Sender(BufReader::new(stream))
    }

    pub(crate) fn stream(&self) -> &TcpStream {
        self.0.get_ref()
    }

    /// Says all of it.
    pub(crate) fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    /// Says as much of it as the other side takes.
    pub(crate) fn try_say(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.0.get_mut().write_all(bytes.as_ref()).is_ok()
    }

    /// Has nothing more to say, and listens on.
    pub(crate) fn fall_silent(&self) {
        self.stream().shutdown(Shutdown::Write).unwrap();
    }

    /// A whole push, and the reply.
    pub(crate) fn push(&mut self, form: &str) -> Reply {
        self.say(request(form));
        self.reply()
    }

    /// The next reply.
    pub(crate) fn reply(&mut self) -> Reply {
        let first = self.line();
        let status = first.split(' ').nth(1).unwrap().parse().unwrap();
        let mut headers = Vec::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            headers.push((name.to_lowercase(), value.to_owned()));
        }
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
        self.0.read_exact(&mut body).unwrap();
        Reply {
            status,
            headers,
            body: String::from_utf8(body).unwrap(),
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        assert!(line.ends_with("\r\n"), "the reply ends after {line:?}");
        line.trim_end().to_owned()
    }

    /// Whether the other side closes without another word; a silence of [`PATIENCE`] is none.
    pub(crate) fn is_closed(&mut self) -> bool {
        match self.0.read(&mut [0]) {
            Ok(read) => read == 0,
            Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        }
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The envelope; the reply has to have one.
    pub(crate) fn envelope(&self) -> Value {
        let of = self.header("content-type");
        assert_eq!(of, Some("application/json; charset=utf-8"), "{self:?}");
        let envelope: Value = serde_json::from_str(&self.body).unwrap();
        envelope
    }

    /// That it refuses, with this status and code.
    pub(crate) fn refuses(&self, status: u16, code: &str) {
        let envelope = self.envelope();
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(envelope["rsp"], "fail", "{self:?}");
        assert_eq!(envelope["msg_code"], code, "{self:?}");
    }

    /// That it takes the push.
    pub(crate) fn takes(&self) {
        assert_eq!(self.status, 200, "{self:?}");
        assert_eq!(self.envelope()["rsp"], "succ", "{self:?}");
    }
}

/// A whole request with that form.
pub(crate) fn request(form: &str) -> String {
    format!("{HEAD}Content-Length: {}\r\n\r\n{form}", form.len())
}
