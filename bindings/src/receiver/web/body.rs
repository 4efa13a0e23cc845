//! Reading a body: counted while it comes, not waited for without end, and never more of it in
//! memory than all bodies together may be.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use http_body_util::BodyExt as _;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refused::Refused;

/// A body with its share of the memory for bodies, which it gives back when dropped.
pub(super) struct Read {
    pub(super) bytes: Vec<u8>,
    share: Option<OwnedSemaphorePermit>,
}

/// How bodies are read.
pub(super) struct Reader {
    /// Bytes of one.
    pub(super) most: usize,
    /// Time for one.
    pub(super) time: Duration,
    /// Bytes of all that are being read or received.
    pub(super) together: Arc<Semaphore>,
}

impl Reader {
    pub(super) async fn read(&self, body: Body) -> Result<Read, Refused> {
        // A body that announces too much is not waited for.
        let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
        if announced > self.most {
            return Err(Refused::TooLarge);
        }
        let all = tokio::time::timeout(self.time, self.collect(body));
        all.await.unwrap_or(Err(Refused::TooSlow))
    }

    async fn collect(&self, mut body: Body) -> Result<Read, Refused> {
        let mut read = Read {
            bytes: Vec::new(),
            share: None,
        };
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Refused::Broken)?;
            // Trailers say nothing to a receiver.
            let Some(data) = frame.data_ref() else {
                continue;
            };
            if data.len() > self.most - read.bytes.len() {
                return Err(Refused::TooLarge);
            }
            self.share(&mut read, data.len())?;
            read.bytes.extend_from_slice(data);
        }
        Ok(read)
    }

    /// Takes memory for so many bytes more.
    fn share(&self, read: &mut Read, more: usize) -> Result<(), Refused> {
        let more = u32::try_from(more).map_err(|_| Refused::TooLarge)?;
        let together = Arc::clone(&self.together);
        let more = together
            .try_acquire_many_owned(more)
            .map_err(|_| Refused::Busy)?;
        match &mut read.share {
            Some(share) => share.merge(more),
            none => *none = Some(more),
        }
        Ok(())
    }
}
