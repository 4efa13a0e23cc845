//! What a rule is: one kind of change, and what it does in each flow.

use super::verdict::{Flow, Rust, Wire};

/// One kind of change. The rules are data: see [`RULES`](super::RULES).
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `max-length-tightened`; stable, part of fingerprints.
    pub id: &'static str,
    /// What the change does to the set of valid values.
    pub sense: Sense,
    /// Its verdict in what we send.
    pub sent: Wire,
    /// Its verdict in what we receive.
    pub received: Wire,
    /// Its verdict in what we receive when the reader is the bindings, which never validate what
    /// they read; the same as `received` where that does not help.
    pub tolerated: Wire,
    /// Whether standard keywords say it, so that the algebra of sets can see it.
    pub visible: bool,
    /// What it does to programs beyond what the types of the bindings show, in what we send.
    pub sent_rust: Rust,
    /// The same in what we receive.
    pub received_rust: Rust,
    /// The rule of the reverse edit; its own id when the reverse is the same kind of change.
    pub opposite: &'static str,
    /// What happened, in English: "a text may be shorter than before at most".
    pub title: &'static str,
    /// What happened, in Chinese.
    pub title_zh: &'static str,
    /// Why the verdicts are what they are, and what to do.
    pub why: &'static str,
}

/// What a change does to the set of valid values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// Values were lost.
    Narrows,
    /// Values were gained.
    Widens,
    /// Both may be.
    Differs,
    /// The set is the same; what it means may not be.
    Meaning,
    /// Words only.
    Words,
}

impl Rule {
    /// Its verdict in a flow. `bindings`: the reader is ours.
    pub fn wire(&self, flow: Flow, bindings: bool) -> Wire {
        match flow {
            Flow::Sent => self.sent,
            Flow::Received if bindings => self.tolerated,
            Flow::Received => self.received,
        }
    }

    /// Whether values that were exchanged in this flow may no longer be: a sender lost values that
    /// it sent, or a reader meets values that it does not know.
    pub fn loses(&self, flow: Flow) -> bool {
        let strict = self.wire(flow, false) >= Wire::Risky;
        strict && !matches!(self.sense, Sense::Meaning | Sense::Words)
    }

    /// What it does to programs, in a flow, whatever the types show.
    pub fn rust(&self, flow: Flow) -> Rust {
        match flow {
            Flow::Sent => self.sent_rust,
            Flow::Received => self.received_rust,
        }
    }
}
