//! A push that passed every check, and what it does to the documents that are there.

use super::convert::{self, Draft};
use super::entry::{self, Proved};
use super::system::System;
use super::{Identity, Kind, Receipt, Refusal, Repeats, Settings, answer};
use crate::BeijingTime;
use crate::form::Limits;

/// For a body that was read within limits once.
const EVERYTHING: Limits = Limits {
    body: usize::MAX,
    pairs: usize::MAX,
    name: usize::MAX,
    depth: usize::MAX,
};

/// A push that was proved, checked and understood: what an [`Inbox`](super::Inbox) takes in.
#[derive(Clone)]
#[non_exhaustive]
pub struct Arrival {
    /// Who pushed what.
    pub identity: Identity,
    /// When it was received.
    pub received_at: BeijingTime,
    /// The form body as received, byte for byte; holds the signature.
    pub body: Vec<u8>,
    /// What it says, by itself.
    pub receipt: Receipt,
    /// What to do with a repeat of `content` under another signature.
    pub repeats: Repeats,
    /// The reply to give and to store, unless it is refused after all.
    pub reply: String,
    /// The counts of a stock-in's lines in the order of the push: a sum may leave the range at any.
    pub(crate) lines: Vec<Line>,
}

/// What one line of a stock-in push counts.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) product_bn: String,
    pub(crate) normal_num: i64,
    pub(crate) defective_num: i64,
}

/// What a push did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// A new document.
    Created,
    /// Added to a stock-in in part; it stays in part.
    Accumulated,
    /// Added to a stock-in in part, and closed it.
    Finished,
    /// The transfer order has another status now.
    StatusChanged,
    /// A transfer order of the same status: nothing but, perhaps, its second number was learned.
    Unchanged,
    /// The stock-in was finished before: nothing but, perhaps, its second number was learned.
    Ignored,
    /// Would count again what an earlier push counted: kept until somebody decides.
    Quarantined,
    /// Would count again what an earlier push counted: left out.
    Dropped,
}

/// What has to be stored for a push.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// What it did.
    pub effect: Effect,
    /// The document after it; none when the stored one stays as it is.
    pub document: Option<Receipt>,
}

impl Arrival {
    /// Which of the two documents it is about.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.receipt.kind()
    }

    /// Of a push that was proved and read.
    pub(super) fn new(
        proved: Proved,
        body: Vec<u8>,
        draft: Draft,
        repeats: Repeats,
        received_at: BeijingTime,
    ) -> Arrival {
        Arrival {
            identity: proved.identity,
            received_at,
            body,
            reply: answer::taken(&draft.receipt),
            receipt: draft.receipt,
            repeats,
            lines: draft.lines,
        }
    }

    /// The same push again, from what an inbox stored of it: for one that was quarantined and is to
    /// be let through.
    ///
    /// It counts whatever [`Repeats`] says, and the look-ups are not asked again: the receipt is
    /// taken as it was stored.
    ///
    /// # Errors
    /// The body is not that of a push of this kind.
    pub fn recall(
        node: &str,
        received_at: BeijingTime,
        body: Vec<u8>,
        receipt: Receipt,
    ) -> Result<Arrival, Refusal> {
        let parameters = entry::decode(&body, &EVERYTHING)?;
        let system = System::new(&parameters);
        let sign = system.get("sign").unwrap_or_default();
        let proved = Proved::new(&parameters, node, receipt.kind(), sign);
        let settings = Settings::default();
        let draft = convert::read(proved.kind, &parameters, &settings, received_at)?;
        let draft = Draft { receipt, ..draft };
        let repeats = Repeats::Accumulate;
        Ok(Arrival::new(proved, body, draft, repeats, received_at))
    }
}

impl Effect {
    /// One word for it, for storing and showing.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Effect::Created => "created",
            Effect::Accumulated => "accumulated",
            Effect::Finished => "finished",
            Effect::StatusChanged => "status-changed",
            Effect::Unchanged => "unchanged",
            Effect::Ignored => "ignored",
            Effect::Quarantined => "quarantined",
            Effect::Dropped => "dropped",
        }
    }

    /// All of them.
    pub const ALL: [Effect; 8] = [
        Effect::Created,
        Effect::Accumulated,
        Effect::Finished,
        Effect::StatusChanged,
        Effect::Unchanged,
        Effect::Ignored,
        Effect::Quarantined,
        Effect::Dropped,
    ];

    /// The effect of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|effect| effect.name() == name)
    }

    /// Whether the handler is told of it: it counts.
    #[must_use]
    pub fn is_delivered(self) -> bool {
        matches!(
            self,
            Effect::Created | Effect::Accumulated | Effect::Finished | Effect::StatusChanged
        )
    }
}

/// Shows where it belongs, never what it holds.
impl std::fmt::Debug for Arrival {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Arrival")
            .field("identity", &self.identity)
            .field("receipt", &self.receipt)
            .finish_non_exhaustive()
    }
}
