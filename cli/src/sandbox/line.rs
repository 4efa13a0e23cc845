//! The socket under HTTP, where resets really happen.
//!
//! Between two requests the line peeks at the next byte, and throws the dice when it comes: that is
//! before anything is read. A reset is a real one: the socket is closed without lingering.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::fault::Fault;
use super::record::Outcome;
use super::world::{World, lock};

/// Bytes of a request that are read before a reset in its middle.
const PART: usize = 32;

/// What happens to the request that a connection carries at the moment.
#[derive(Debug, Default)]
pub(super) struct Plan(Mutex<Stage>);

#[derive(Debug, Default)]
struct Stage {
    /// A request has begun and is not answered yet.
    begun: bool,
    fault: Option<Fault>,
    /// Nothing may be written any more.
    cut: bool,
}

impl Plan {
    /// The fault that strikes the present request.
    pub(super) fn fault(&self) -> Option<Fault> {
        lock(&self.0).fault
    }

    /// The present request is done with: the next byte begins another one.
    pub(super) fn answered(&self) {
        let mut stage = lock(&self.0);
        stage.cut = stage.fault == Some(Fault::ResetAfter);
        (stage.begun, stage.fault) = (false, None);
    }
}

/// A connection.
pub(super) struct Line {
    stream: TcpStream,
    plan: Arc<Plan>,
    world: Arc<World>,
    /// An orderly end is no longer wanted.
    reset: bool,
}

impl Line {
    pub(super) fn new(stream: TcpStream, plan: Arc<Plan>, world: Arc<World>) -> Line {
        Line {
            stream,
            plan,
            world,
            reset: false,
        }
    }

    /// The socket is reset when it is dropped, which an error leads to.
    fn reset(&mut self) -> io::Error {
        self.reset = self.stream.set_zero_linger().is_ok();
        io::ErrorKind::ConnectionReset.into()
    }

    /// The fault of the request that the next bytes belong to; none too at the end of the stream.
    fn poll_fault(&self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Fault>>> {
        if lock(&self.plan.0).begun {
            return Poll::Ready(Ok(self.plan.fault()));
        }
        let mut first = [0];
        let mut first = ReadBuf::new(&mut first);
        ready!(self.stream.poll_peek(cx, &mut first))?;
        // Only a POST goes to a gateway.
        let fault = match first.filled() {
            [] => return Poll::Ready(Ok(None)),
            [b'P'] => lock(&self.world.dice).roll(),
            _ => None,
        };
        if let Some(Fault::ResetBefore | Fault::ResetDuring) = fault {
            self.world.note_outcome(Outcome::NotRead, fault);
        }
        let mut stage = lock(&self.plan.0);
        (stage.begun, stage.fault) = (true, fault);
        Poll::Ready(Ok(fault))
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        match ready!(line.poll_fault(cx))? {
            Some(Fault::ResetBefore) => Poll::Ready(Err(line.reset())),
            Some(Fault::ResetDuring) => {
                let mut part = [0; PART];
                let mut part = ReadBuf::new(&mut part);
                ready!(Pin::new(&mut line.stream).poll_read(cx, &mut part))?;
                Poll::Ready(Err(line.reset()))
            }
            _ => Pin::new(&mut line.stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        if lock(&line.plan.0).cut {
            return Poll::Ready(Err(line.reset()));
        }
        Pin::new(&mut line.stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let line = self.get_mut();
        if line.reset {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut line.stream).poll_shutdown(cx)
    }
}
