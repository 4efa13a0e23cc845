//! One push from its raw body to its reply.

use std::sync::Arc;

use super::convert::{self, Draft};
use super::log::{Causes, Short};
use super::system::System;
use super::{
    Accepted, Answer, Arrival, Earlier, Identity, Inbox, InboxError, Kind, LookupError, NoOrders,
    Orders, Outcome, Receipt, Refusal, Settings, Tokens, entry,
};
use crate::BeijingTime;
use crate::form::FormValue;
use crate::shopex_oms::StockinType;

/// Receives pushes: proves, checks, remembers, answers.
#[derive(Clone)]
pub struct Receiver {
    pub(crate) tokens: Arc<dyn Tokens>,
    pub(crate) orders: Arc<dyn Orders>,
    pub(crate) inbox: Arc<dyn Inbox>,
    pub(crate) settings: Settings,
}

impl Receiver {
    /// With the default [`Settings`], and nothing to look stock-in numbers up in.
    #[must_use]
    pub fn new(inbox: impl Inbox, tokens: impl Tokens) -> Receiver {
        Receiver {
            tokens: Arc::new(tokens),
            orders: Arc::new(NoOrders),
            inbox: Arc::new(inbox),
            settings: Settings::default(),
        }
    }

    /// Looks stock-in numbers up here.
    #[must_use]
    pub fn with_orders(mut self, orders: impl Orders) -> Receiver {
        self.orders = Arc::new(orders);
        self
    }

    /// As strict as this.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Receiver {
        self.settings = settings;
        self
    }

    /// Where it remembers.
    #[must_use]
    pub fn inbox(&self) -> Arc<dyn Inbox> {
        Arc::clone(&self.inbox)
    }

    /// Receives the form body of one push; `now` is the time of receiving.
    ///
    /// Every push has an answer. One that says `succ` is safe in the inbox.
    pub async fn receive(&self, body: &[u8], now: BeijingTime) -> Answer {
        let parameters = match entry::decode(body, &self.settings.limits) {
            Ok(parameters) => parameters,
            Err(refusal) => return self.refuse(System::new(&[]), refusal),
        };
        match self.take(body, &parameters, now).await {
            Ok(answer) => answer,
            Err(refusal) => self.refuse(System::new(&parameters), refusal),
        }
    }

    /// Checks the parameters of a push that came another way, and says what it means: no signature
    /// is looked at, and nothing is remembered.
    ///
    /// # Errors
    /// The first check that the parameters do not pass.
    pub async fn understand(
        &self,
        method: &str,
        parameters: &[(String, FormValue)],
        now: BeijingTime,
    ) -> Result<Receipt, Refusal> {
        let kind = Kind::from_method(method).ok_or_else(entry::unknown_method)?;
        let draft = self.read(kind, parameters, now).await?;
        Ok(draft.receipt)
    }

    async fn take(
        &self,
        body: &[u8],
        parameters: &[(String, FormValue)],
        now: BeijingTime,
    ) -> Result<Answer, Refusal> {
        let proved = entry::prove(parameters, &*self.tokens, self.settings.strict).await?;
        match self.check(proved.kind, parameters, now).await {
            Ok(draft) => {
                let repeats = self.settings.repeats;
                self.store(Arrival::new(proved, body.to_vec(), draft, repeats, now))
                    .await
            }
            Err(refusal) => self.recognise(proved.identity, refusal).await,
        }
    }

    /// A retransmission gets its reply although it would be refused today: the rules, the clock and
    /// the look-ups may be others than when it was taken.
    async fn recognise(&self, identity: Identity, refusal: Refusal) -> Result<Answer, Refusal> {
        match self.inbox.earlier(identity.clone()).await {
            Ok(Some(earlier)) if earlier.is_repeated_by(&identity) => {
                Ok(repeated(earlier, &identity))
            }
            Ok(_) => Err(refusal),
            Err(error) => Err(out_of_reach(&error, &identity)),
        }
    }

    async fn store(&self, arrival: Arrival) -> Result<Answer, Refusal> {
        let reply = arrival.reply.clone();
        let identity = arrival.identity.clone();
        match self.inbox.accept(arrival).await {
            Ok(Accepted::Taken { push, effect }) => {
                let (node, method) = (&identity.node, identity.method);
                tracing::info!(push, ?node, method, effect = effect.name(), "push taken");
                Ok(Answer {
                    body: reply,
                    outcome: Outcome::Taken { push, effect },
                })
            }
            Ok(Accepted::Repeated(earlier)) if earlier.is_repeated_by(&identity) => {
                Ok(repeated(earlier, &identity))
            }
            Ok(Accepted::Repeated(_)) => Err(entry::reused_signature()),
            Ok(Accepted::Refused(refusal)) => Err(refusal),
            Err(error) => Err(out_of_reach(&error, &identity)),
        }
    }

    /// Everything that a sender who is proved can still have wrong.
    pub(super) async fn check(
        &self,
        kind: Kind,
        parameters: &[(String, FormValue)],
        now: BeijingTime,
    ) -> Result<Draft, Refusal> {
        entry::check_window(System::new(parameters), self.settings.window, now)?;
        self.read(kind, parameters, now).await
    }

    /// Checks everything the push says, then asks the look-ups where they matter.
    async fn read(
        &self,
        kind: Kind,
        parameters: &[(String, FormValue)],
        now: BeijingTime,
    ) -> Result<Draft, Refusal> {
        let mut draft = convert::read(kind, parameters, &self.settings, now)?;
        if let (true, Receipt::Stockin(receipt)) = (draft.is_type_open, &mut draft.receipt) {
            let number = receipt.stockin_bn.as_deref().unwrap_or_default();
            let is_other = self.is_only_asn(number).await;
            if is_other.map_err(|error| entry::failed(&error))? {
                receipt.stockin_type = StockinType::Other;
            }
        }
        Ok(draft)
    }

    async fn is_only_asn(&self, number: &str) -> Result<bool, LookupError> {
        Ok(!self.orders.is_purchase_order(number).await? && self.orders.is_asn(number).await?)
    }

    /// What the sender claims to be is shown only so far, and quoted: nothing of it is proved yet.
    fn refuse(&self, claimed: System<'_>, refusal: Refusal) -> Answer {
        tracing::warn!(
            node = ?Short(claimed.node_id()),
            method = ?Short(claimed.get("method").unwrap_or_default()),
            code = %refusal.code,
            pointer = ?refusal.pointer,
            reason = refusal.reason,
            "push refused"
        );
        Answer::refused(refusal, self.settings.explain)
    }
}

fn repeated(earlier: Earlier, identity: &Identity) -> Answer {
    let (push, node, method) = (earlier.push, &identity.node, identity.method);
    if earlier.content == identity.content {
        tracing::info!(push, ?node, method, "push repeated");
    } else {
        tracing::warn!(
            push,
            ?node,
            method,
            "push repeated by its task with other content, which has no effect"
        );
    }
    Answer {
        body: earlier.reply,
        outcome: Outcome::Repeated { push },
    }
}

fn out_of_reach(error: &InboxError, identity: &Identity) -> Refusal {
    let (node, method) = (&identity.node, identity.method);
    tracing::error!(error = ?Causes(error), ?node, method, "the inbox failed");
    Refusal::internal("the push could not be stored; push again later")
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Receiver")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
