//! Bodies of answers: whole, drop by drop, cut short, or without end.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// A body.
#[derive(Debug)]
pub(super) struct Pour {
    now: Bytes,
    /// This follows so many times more; without end where there is no number.
    then: Bytes,
    times: Option<u32>,
    last: Bytes,
    /// One byte, then a pause.
    drip: Option<(Duration, Option<Pin<Box<Sleep>>>)>,
    end: End,
    /// Its length is known and announced.
    sized: bool,
}

/// What happens when all is sent.
#[derive(Debug)]
enum End {
    /// The answer is complete.
    Orderly,
    /// The connection breaks, once all is sent.
    Break,
    /// All is sent.
    Broken,
}

impl Pour {
    /// A whole body.
    pub(super) fn whole(body: impl Into<Bytes>) -> Pour {
        Pour {
            now: body.into(),
            then: Bytes::new(),
            times: Some(0),
            last: Bytes::new(),
            drip: None,
            end: End::Orderly,
            sized: true,
        }
    }

    /// One byte at a time.
    pub(super) fn dripping(body: impl Into<Bytes>, pause: Duration) -> Pour {
        Pour {
            drip: Some((pause, None)),
            sized: false,
            ..Pour::whole(body)
        }
    }

    /// A body whose connection breaks at its end.
    pub(super) fn broken(body: impl Into<Bytes>) -> Pour {
        Pour {
            end: End::Break,
            sized: false,
            ..Pour::whole(body)
        }
    }

    /// A body that goes on with the same bytes for ever.
    pub(super) fn endless(body: impl Into<Bytes>, then: Bytes) -> Pour {
        Pour {
            then,
            times: None,
            sized: false,
            ..Pour::whole(body)
        }
    }

    /// A body with a repeated middle.
    pub(super) fn repeated(head: Bytes, block: Bytes, times: u32, tail: Bytes) -> Pour {
        Pour {
            then: block,
            times: Some(times),
            last: tail,
            sized: false,
            ..Pour::whole(head)
        }
    }

    /// The next bytes; none at the end.
    fn next(&mut self) -> Bytes {
        if !self.now.is_empty() {
            let length = if self.drip.is_some() {
                1
            } else {
                self.now.len()
            };
            return self.now.split_to(length);
        }
        match &mut self.times {
            None => self.then.clone(),
            Some(0) => std::mem::take(&mut self.last),
            Some(times) => {
                *times -= 1;
                self.then.clone()
            }
        }
    }
}

impl Body for Pour {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let pour = self.get_mut();
        if let Some((pause, waiting)) = &mut pour.drip {
            if let Some(sleeping) = waiting {
                ready!(sleeping.as_mut().poll(cx));
            }
            *waiting = Some(Box::pin(sleep(*pause)));
        }
        let bytes = pour.next();
        if !bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match std::mem::replace(&mut pour.end, End::Orderly) {
            End::Orderly => Poll::Ready(None),
            // What was given so far is sent while nothing more is to be had.
            End::Break => {
                pour.end = End::Broken;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            End::Broken => Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.sized && self.now.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        match u64::try_from(self.now.len()) {
            Ok(length) if self.sized => SizeHint::with_exact(length),
            _ => SizeHint::new(),
        }
    }
}
