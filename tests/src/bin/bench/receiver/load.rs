//! The sender: 64 connections that are kept alive, on one thread of its own, doing as little as a
//! sender can.

use std::cell::Cell;
use std::error::Error;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::{JoinSet, LocalSet};

use super::cpu::Watch;
use super::measured::Measured;
use super::pushes::Pushes;

/// Connections at once, each with one push under way.
pub(super) const CONNECTIONS: usize = 64;

/// The largest reply that is expected.
const REPLY: usize = 4096;

/// Which pushes are sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Supply {
    /// Each once; the load ends early when none is left.
    Once,
    /// All of them over and over.
    Again,
}

/// Sends for this long, and says how that went.
pub(super) fn send(
    address: SocketAddr,
    pushes: &Arc<Pushes>,
    supply: Supply,
    length: Duration,
) -> Result<Measured, Box<dyn Error>> {
    let pushes = Arc::clone(pushes);
    let thread = std::thread::spawn(move || -> io::Result<Measured> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        LocalSet::new().block_on(&runtime, load(address, pushes, supply, length))
    });
    match thread.join() {
        Ok(measured) => Ok(measured?),
        Err(_) => Err("the sender panicked".into()),
    }
}

async fn load(
    address: SocketAddr,
    pushes: Arc<Pushes>,
    supply: Supply,
    length: Duration,
) -> io::Result<Measured> {
    let mut streams = Vec::new();
    for _ in 0..CONNECTIONS {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        streams.push(stream);
    }
    let next = Rc::new(Cell::new(0));
    let watch = Watch::start();
    let end = Instant::now() + length;
    let mut senders = JoinSet::new();
    for stream in streams {
        let sender = Sender {
            stream,
            pushes: Arc::clone(&pushes),
            next: Rc::clone(&next),
            supply,
            end,
        };
        senders.spawn_local(sender.run());
    }
    let mut times = Vec::new();
    while let Some(sent) = senders.join_next().await {
        times.extend(sent.map_err(io::Error::other)??);
    }
    Ok(Measured::new(times, &watch))
}

struct Sender {
    stream: TcpStream,
    pushes: Arc<Pushes>,
    next: Rc<Cell<usize>>,
    supply: Supply,
    end: Instant,
}

impl Sender {
    /// One push after the other; how long each took.
    async fn run(mut self) -> io::Result<Vec<Duration>> {
        let mut times = Vec::new();
        let mut reply = Vec::with_capacity(REPLY);
        while let Some(position) = self.position() {
            let started = Instant::now();
            if started >= self.end {
                break;
            }
            let push = self.pushes.get(position).unwrap_or_default();
            self.stream.write_all(push).await?;
            reply.clear();
            while !is_complete(&reply)? {
                if self.stream.read_buf(&mut reply).await? == 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            times.push(started.elapsed());
            check(&reply)?;
        }
        Ok(times)
    }

    fn position(&self) -> Option<usize> {
        let position = self.next.get();
        self.next.set(position + 1);
        match self.supply {
            Supply::Once => (position < self.pushes.len()).then_some(position),
            Supply::Again => position.checked_rem(self.pushes.len()),
        }
    }
}

/// Whether a reply is there to the end of its body.
fn is_complete(reply: &[u8]) -> io::Result<bool> {
    const END: &[u8] = b"\r\n\r\n";
    const LENGTH: &[u8] = b"content-length: ";
    let Some(head) = reply.windows(END.len()).position(|window| window == END) else {
        return Ok(false);
    };
    let (head, body) = reply.split_at(head + END.len());
    let length = head
        .windows(LENGTH.len())
        .position(|window| window == LENGTH)
        .and_then(|start| head.get(start + LENGTH.len()..))
        .and_then(|rest| rest.split(|byte| *byte == b'\r').next())
        .and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<usize>().ok())
        .ok_or_else(|| io::Error::other("a reply without its length"))?;
    Ok(body.len() >= length)
}

/// Every push must be a success: refusals are cheaper.
fn check(reply: &[u8]) -> io::Result<()> {
    const SUCCESS: &[u8] = br#"{"rsp":"succ""#;
    if reply.windows(SUCCESS.len()).any(|window| window == SUCCESS) {
        Ok(())
    } else {
        let text = String::from_utf8_lossy(reply);
        Err(io::Error::other(format!("a push was refused: {text}")))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::{check, is_complete};

    const REPLY: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{\"rsp\":\"succ\"}";

    #[test]
    fn a_reply_is_complete_with_the_last_byte_of_its_body() {
        for end in 0..REPLY.len() {
            assert!(!is_complete(REPLY.get(..end).unwrap()).unwrap(), "{end}");
        }
        assert!(is_complete(REPLY).unwrap());
        assert!(is_complete(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn a_refusal_ends_the_measurement() {
        assert!(check(REPLY).is_ok());
        let refused = b"HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"rsp\":\"fail\"}";
        let error = check(refused).unwrap_err().to_string();
        assert!(error.starts_with("a push was refused: "), "{error}");
    }
}
