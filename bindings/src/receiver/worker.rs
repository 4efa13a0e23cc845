//! From the inbox to the handler: each effect at least once, those of a document in order.
//!
//! One loop: write down what ended, take what is due, wait until either changes. A handler that
//! fails, panics or takes too long costs its own document time and no other.

use std::collections::HashMap;
use std::error::Error;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};

use super::{Claim, Handler, Inbox, InboxError, Settled};

/// How much longer than a handler may take nobody else gets its delivery: time to write the end down.
const MARGIN: Duration = Duration::from_secs(30);

/// The inbox is asked at least this often, should a wake-up be lost or another process have died.
const LONGEST_WAIT: Duration = Duration::from_secs(1);

/// The least time between two questions that found nothing.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);

/// The pause after a failure of the inbox; doubles up to the other.
const TROUBLE: Duration = Duration::from_millis(100);
const LONGEST_TROUBLE: Duration = Duration::from_secs(10);

/// How deliveries are handed to a [`Handler`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pace {
    /// Deliveries in hand at once, each of another document. 16 by default, at least 1.
    pub at_once: usize,
    /// How long the handler may take for one before it is dropped and counts as failed. 30 seconds
    /// by default.
    pub time_limit: Duration,
    /// How long after its first failure a delivery comes again; twice as long after each other. 1
    /// second by default.
    pub first_pause: Duration,
    /// The longest such time. 10 minutes by default.
    pub longest_pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            at_once: 16,
            time_limit: Duration::from_secs(30),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(600),
        }
    }
}

/// Delivers for ever, at the default [`Pace`]; needs a Tokio runtime.
///
/// Stop it by dropping the future: what was under way comes again when its lease ends, a minute
/// after it was taken. [`deliver_until`] ends without that.
pub async fn deliver(inbox: Arc<dyn Inbox>, handler: Arc<dyn Handler>) {
    deliver_until(inbox, handler, Pace::default(), std::future::pending()).await;
}

/// Delivers until `stop` is ready, then waits for what the handler has in hand and writes it down.
///
/// Needs a Tokio runtime. A failure of the inbox is logged and tried again, more slowly each time.
pub async fn deliver_until(
    inbox: Arc<dyn Inbox>,
    handler: Arc<dyn Handler>,
    pace: Pace,
    stop: impl Future<Output = ()>,
) {
    let mut stop = pin!(stop);
    let mut worker = Worker {
        inbox,
        handler,
        pace,
        running: JoinSet::new(),
        under_way: HashMap::new(),
        ended: Vec::new(),
        troubles: 0,
    };
    loop {
        let rest = worker.turn().await;
        let inbox = Arc::clone(&worker.inbox);
        tokio::select! {
            biased;
            () = &mut stop => break,
            () = worker.next_end() => {}
            () = rest.over(inbox) => {}
        }
    }
    worker.finish().await;
}

struct Worker {
    inbox: Arc<dyn Inbox>,
    handler: Arc<dyn Handler>,
    pace: Pace,
    running: JoinSet<Result<(), Failure>>,
    /// Which delivery each of them has in hand.
    under_way: HashMap<Id, Hand>,
    /// What ended and is not written down yet.
    ended: Vec<Settled>,
    /// Failures of the inbox, one after the other.
    troubles: u32,
}

/// A delivery in hand.
#[derive(Clone, Copy)]
struct Hand {
    push: i64,
    attempt: u32,
}

/// Why a delivery comes again.
enum Failure {
    Refused(Box<dyn Error + Send + Sync>),
    TooSlow,
}

/// What to wait for beside the end of a handler.
enum Rest {
    /// Every hand is full.
    Full,
    /// For something to become due.
    Idle,
    /// For the inbox to recover.
    Pause(Duration),
}

impl Rest {
    async fn over(self, inbox: Arc<dyn Inbox>) {
        match self {
            Rest::Full => std::future::pending().await,
            Rest::Pause(time) => tokio::time::sleep(time).await,
            Rest::Idle => {
                let least = tokio::time::sleep(SHORTEST_WAIT);
                tokio::join!(least, due(inbox));
            }
        }
    }
}

impl Worker {
    /// Writes down what ended, and takes what is due.
    async fn turn(&mut self) -> Rest {
        match self.settle_and_claim().await {
            Ok(rest) => {
                self.troubles = 0;
                rest
            }
            Err(error) => {
                self.troubles = self.troubles.saturating_add(1);
                log_trouble(&error);
                Rest::Pause(doubled(TROUBLE, self.troubles, LONGEST_TROUBLE))
            }
        }
    }

    /// Both at once, so that they share a commit.
    async fn settle_and_claim(&mut self) -> Result<Rest, InboxError> {
        let (settled, claimed) = tokio::join!(self.settle(), self.claim());
        if settled.is_ok() {
            self.ended.clear();
        }
        for claim in claimed? {
            self.start(claim);
        }
        settled?;
        Ok(if self.running.len() < self.pace.at_once.max(1) {
            Rest::Idle
        } else {
            Rest::Full
        })
    }

    async fn settle(&self) -> Result<(), InboxError> {
        if self.ended.is_empty() {
            return Ok(());
        }
        let (inbox, ended) = (Arc::clone(&self.inbox), self.ended.clone());
        guarded(async move { inbox.settle(ended).await }).await
    }

    /// As many as there are free hands for.
    async fn claim(&self) -> Result<Vec<Claim>, InboxError> {
        let free = self.pace.at_once.max(1).saturating_sub(self.running.len());
        if free == 0 {
            return Ok(Vec::new());
        }
        let lease = self.pace.time_limit.saturating_add(MARGIN);
        let inbox = Arc::clone(&self.inbox);
        guarded(async move { inbox.claim(free, lease).await }).await
    }

    /// In a task of its own, so that a panic ends nothing else.
    fn start(&mut self, claim: Claim) {
        let hand = Hand {
            push: claim.delivery.push,
            attempt: claim.attempt,
        };
        let handler = Arc::clone(&self.handler);
        let limit = self.pace.time_limit;
        let task = self.running.spawn(async move {
            match tokio::time::timeout(limit, handler.handle(claim.delivery)).await {
                Ok(end) => end.map_err(Failure::Refused),
                Err(_) => Err(Failure::TooSlow),
            }
        });
        self.under_way.insert(task.id(), hand);
    }

    /// Waits for the end of a handler and notes it, with all others that have ended; for ever when
    /// none is running.
    async fn next_end(&mut self) {
        let Some(first) = self.running.join_next_with_id().await else {
            return std::future::pending().await;
        };
        self.note(first);
        // Those about to end as well share the commit: nearly twice the deliveries a second.
        tokio::task::yield_now().await;
        while let Some(more) = self.running.try_join_next_with_id() {
            self.note(more);
        }
    }

    fn note(&mut self, end: Result<(Id, Result<(), Failure>), JoinError>) {
        let (id, failed) = match end {
            Ok((id, Ok(()))) => (id, None),
            Ok((id, Err(failure))) => (id, Some(Some(failure))),
            Err(panicked) => (panicked.id(), Some(None)),
        };
        let Some(hand) = self.under_way.remove(&id) else {
            return;
        };
        if failed.is_none() {
            tracing::debug!(hand.push, hand.attempt, "delivered");
        }
        let again_in = failed.map(|failure| {
            let pause = doubled(self.pace.first_pause, hand.attempt, self.pace.longest_pause);
            log_failure(hand, failure.as_ref(), pause);
            pause
        });
        self.ended.push(Settled {
            push: hand.push,
            attempt: hand.attempt,
            again_in,
        });
    }

    /// Waits for the handlers at work. What cannot be written down comes again.
    async fn finish(mut self) {
        while let Some(end) = self.running.join_next_with_id().await {
            self.note(end);
        }
        if let Err(error) = self.settle().await {
            log_trouble(&error);
        }
    }
}

/// A panic of an inbox is a failure like others: deliveries must not end in silence.
async fn guarded<T: Send + 'static>(
    work: impl Future<Output = Result<T, InboxError>> + Send + 'static,
) -> Result<T, InboxError> {
    let end = tokio::spawn(work).await;
    end.unwrap_or_else(|_| Err(InboxError::new("the inbox panicked")))
}

/// Waits until something may be due; after a panic, until then at the latest.
async fn due(inbox: Arc<dyn Inbox>) {
    let mut waiting = JoinSet::new();
    waiting.spawn(async move { inbox.due(LONGEST_WAIT).await });
    if let Some(Err(_)) = waiting.join_next().await {
        tokio::time::sleep(LONGEST_WAIT).await;
    }
}

/// The time for the first, twice as much for each further one, up to the longest.
fn doubled(first: Duration, number: u32, longest: Duration) -> Duration {
    let times = 1_u32
        .checked_shl(number.saturating_sub(1))
        .unwrap_or(u32::MAX);
    first.saturating_mul(times).min(longest)
}

/// A failure's own words, escaped so that they cannot pass for lines of the log.
fn log_failure(hand: Hand, failure: Option<&Failure>, pause: Duration) {
    let Hand { push, attempt } = hand;
    match failure {
        Some(Failure::Refused(error)) => {
            let error = error.to_string();
            tracing::warn!(push, attempt, ?error, ?pause, "the handler failed");
        }
        Some(Failure::TooSlow) => {
            tracing::warn!(push, attempt, ?pause, "the handler took too long");
        }
        None => tracing::error!(push, attempt, ?pause, "the handler panicked"),
    }
}

fn log_trouble(error: &InboxError) {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    tracing::error!(%error, ?cause, "the inbox failed; deliveries wait");
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::doubled;

    #[test]
    fn a_pause_doubles_up_to_the_longest_and_never_overflows() {
        let pause = |number| {
            let (first, longest) = (Duration::from_secs(1), Duration::from_secs(600));
            doubled(first, number, longest).as_secs()
        };
        assert_eq!([1, 2, 3, 10].map(pause), [1, 2, 4, 512]);
        assert_eq!([11, 33, 64, u32::MAX].map(pause), [600; 4]);
        assert_eq!(pause(0), 1);
    }
}
