//! What the sandbox remembers and says of each request: short facts for whoever asks, and details
//! for the log.
//!
//! Facts hold no secret, signature or business data. Details show the text that should have been
//! signed, with secrets masked: they are for the person who sent it.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use dockseal::BeijingTime;

use super::fault::Fault;
use crate::language::Said;

/// The facts of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Seen {
    /// Its number, from 1.
    pub number: u64,
    /// When, by the sandbox's clock.
    pub at: BeijingTime,
    /// The gateway that it was sent to; none if it never got so far.
    pub gateway: Option<&'static str>,
    /// The account, by the parameter that names it.
    pub account: Option<String>,
    /// The method that was asked for.
    pub method: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// The fault that struck it.
    pub fault: Option<Fault>,
    /// JSON Pointer of the field that is wrong.
    pub pointer: Option<String>,
    /// Why it was refused.
    pub reason: Option<Said>,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It was understood and took effect.
    Accepted,
    /// It was done before; the first reply was given again.
    Repeated,
    /// It was done before and refused for that.
    Duplicate,
    /// It took effect, and its inside says failure.
    Partial,
    /// It was refused: the kind of what was wrong.
    Refused(&'static str),
    /// It was refused as one of too many.
    Throttled,
    /// The connection was reset before it was read.
    NotRead,
    /// It was read, and a fault answered in place of the gateway.
    NotProcessed,
    /// It followed a redirection that no signed request should follow.
    Strayed,
    /// No gateway has this address.
    Nowhere,
    /// It was done, and the state file could not be written.
    NotKept,
}

impl Outcome {
    /// One word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Repeated => "repeated",
            Outcome::Duplicate => "duplicate",
            Outcome::Partial => "partial",
            Outcome::Refused(kind) => kind,
            Outcome::Throttled => "throttled",
            Outcome::NotRead => "not-read",
            Outcome::NotProcessed => "not-processed",
            Outcome::Strayed => "strayed",
            Outcome::Nowhere => "nowhere",
            Outcome::NotKept => "not-kept",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the log is told of a request.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The facts.
    pub seen: Seen,
    /// How it was checked, where something was wrong.
    pub details: Vec<Said>,
}

impl Seen {
    /// The facts as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        let (en, zh) = self
            .reason
            .as_ref()
            .map(|reason| (&reason.en, &reason.zh))
            .unzip();
        serde_json::json!({
            "number": self.number, "at": self.at.to_string(), "gateway": self.gateway, "account": self.account,
            "method": self.method, "outcome": self.outcome.name(), "fault": self.fault.map(Fault::name),
            "pointer": self.pointer, "en": en, "zh": zh,
        })
    }

    pub(super) fn new(at: BeijingTime, outcome: Outcome) -> Seen {
        Seen {
            number: 0,
            at,
            gateway: None,
            account: None,
            method: None,
            outcome,
            fault: None,
            pointer: None,
            reason: None,
        }
    }
}

/// Whoever wants to know of every request.
#[derive(Clone, Default)]
pub(super) struct Sink(Option<Arc<Tell>>);

type Tell = dyn Fn(&Entry) + Send + Sync;

impl Sink {
    pub(super) fn of(log: impl Fn(&Entry) + Send + Sync + 'static) -> Sink {
        Sink(Some(Arc::new(log)))
    }

    pub(super) fn tell(&self, entry: &Entry) {
        if let Some(log) = &self.0 {
            log(entry);
        }
    }
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Sink(..)" } else { "Sink" })
    }
}

/// The latest requests, and how many there were in all.
#[derive(Debug, Default)]
pub(super) struct Log {
    count: u64,
    latest: VecDeque<Seen>,
}

impl Log {
    /// Requests whose facts are kept.
    const KEPT: usize = 1000;

    /// Numbers a request and keeps its facts.
    pub(super) fn keep(&mut self, mut seen: Seen) -> Seen {
        self.count += 1;
        seen.number = self.count;
        if self.latest.len() == Self::KEPT {
            self.latest.pop_front();
        }
        self.latest.push_back(seen.clone());
        seen
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn latest(&self) -> impl Iterator<Item = &Seen> {
        self.latest.iter()
    }
}
