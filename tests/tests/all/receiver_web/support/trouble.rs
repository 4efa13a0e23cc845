//! A real inbox on a bad day: now and then it panics, now and then it fails.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use dockseal::receiver::{
    Accepted, Arrival, Claim, Earlier, Identity, Inbox, InboxError, Pending, Settled,
};

pub(crate) struct Troubled {
    inbox: dockseal_inbox::Inbox,
    every: u32,
    uses: AtomicU32,
}

impl Troubled {
    pub(crate) fn new(inbox: dockseal_inbox::Inbox, every: u32) -> Troubled {
        Troubled {
            inbox,
            every,
            uses: AtomicU32::new(0),
        }
    }

    fn trouble(&self) -> Result<(), InboxError> {
        if self.every == 0 {
            return Ok(());
        }
        match self.uses.fetch_add(1, Ordering::Relaxed) % self.every {
            0 => panic!("this inbox panics"),
            1 => Err(InboxError::new("this inbox fails")),
            _ => Ok(()),
        }
    }
}

impl Inbox for Troubled {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        self.inbox.accept(arrival)
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        self.inbox.earlier(identity)
    }

    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        Box::pin(async move {
            self.trouble()?;
            self.inbox.claim(most, lease).await
        })
    }

    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        Box::pin(async move {
            self.trouble()?;
            self.inbox.settle(settled).await
        })
    }

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        Box::pin(async move {
            // It says that something is due when nothing is.
            if self.trouble().is_ok() {
                self.inbox.due(most).await;
            }
        })
    }
}
