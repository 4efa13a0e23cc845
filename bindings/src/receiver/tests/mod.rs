//! The receiver up to its inbox: who is let in, what is understood, what a push does to a document.
//! What an inbox makes of it is tested with the inboxes.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::field_reassign_with_default,
    reason = "a test may stop"
)]

mod entry;
mod lines;
mod log;
mod receipts;
mod state;

use std::time::Duration;

use super::*;
use crate::BeijingTime;
use crate::form::{self, FormValue};
use crate::shopex_oms::GATEWAY;
use crate::sign::{self, Param, SecretString};

const NODE: &str = "N100";
const TOKEN: &str = "token-of-n100";
const STOCKIN: &str = "wms.stockin.status_update";
const TRANSFER: &str = "wms.transferorder.update";

/// An inbox whose store is out of reach.
struct OutOfReach;

impl Inbox for OutOfReach {
    fn accept(&self, _: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        let error = InboxError::because("the store is out of reach", "connection refused");
        Box::pin(std::future::ready(Err(error)))
    }

    fn earlier(&self, _: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    fn claim(&self, _: usize, _: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    fn settle(&self, _: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn due(&self, _: Duration) -> Pending<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Knows one node by one token.
fn receiver() -> Receiver {
    Receiver::new(OutOfReach, NodeTokens::by_node_id().with(NODE, TOKEN))
}

fn with(change: impl FnOnce(&mut Settings)) -> Receiver {
    let mut settings = Settings::default();
    change(&mut settings);
    receiver().with_settings(settings)
}

fn now() -> BeijingTime {
    "2025-01-31 10:00:00".parse().unwrap()
}

/// A push of the known node, correctly signed. Later pairs replace earlier ones of the same name.
fn push(method: &str, pairs: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("node_id", NODE),
        ("method", method),
        ("timestamp", "1738288800"),
    ];
    for pair in pairs {
        all.retain(|known| known.0 != pair.0);
        all.push(*pair);
    }
    signed(&all, TOKEN)
}

/// Names may have brackets: what is signed is what they decode to.
fn signed(pairs: &[(&str, &str)], token: &str) -> String {
    let mut body = String::new();
    form::encode_pairs(pairs.iter().copied(), &mut body);
    let decoded = form::decode(body.as_bytes(), &form::Limits::DEFAULT).unwrap();
    let mut params: Vec<_> = decoded
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let options = sign::Options::default();
    let token = SecretString::from(token);
    let sign = sign::compute(&GATEWAY.scheme, &options, &mut params, &token).unwrap();
    body.push('&');
    form::encode_pairs([("sign", sign.as_str())], &mut body);
    body
}

/// A push up to the inbox.
async fn arrive(receiver: &Receiver, body: &str) -> Result<Arrival, Refusal> {
    let parameters = super::entry::decode(body.as_bytes(), &receiver.settings.limits)?;
    let settings = &receiver.settings;
    let proved = super::entry::prove(&parameters, &*receiver.tokens, settings.strict).await?;
    let draft = receiver.check(proved.kind, &parameters, now()).await?;
    let body = body.as_bytes().to_vec();
    Ok(Arrival::new(proved, body, draft, settings.repeats, now()))
}

/// Pointer, or message where there is none, of the refusal of a body.
async fn refused(receiver: &Receiver, body: &str) -> String {
    let refusal = arrive(receiver, body).await.unwrap_err();
    format!(
        "{} {} {}",
        refusal.code,
        refusal.message,
        refusal.pointer.unwrap_or_default()
    )
}

/// What the parameters of a push mean.
async fn understood(method: &str, pairs: &[(&str, &str)]) -> Result<Receipt, Refusal> {
    let mut body = String::new();
    form::encode_pairs(pairs.iter().copied(), &mut body);
    let parameters: Vec<(String, FormValue)> =
        form::decode(body.as_bytes(), &form::Limits::DEFAULT).unwrap();
    receiver().understand(method, &parameters, now()).await
}

fn stockin(receipt: Receipt) -> StockinReceipt {
    match receipt {
        Receipt::Stockin(receipt) => receipt,
        Receipt::Transfer(_) => panic!("a transfer order"),
    }
}

fn transfer(receipt: Receipt) -> TransferReceipt {
    match receipt {
        Receipt::Transfer(receipt) => receipt,
        Receipt::Stockin(_) => panic!("a stock-in"),
    }
}
