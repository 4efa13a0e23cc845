//! Receiving the pushes of a warehouse system: the side of the OMS, without a web framework.
//! 接收 WMS 推送：OMS 一侧，与 Web 框架无关。
//!
//! One push flows through these files in this order: [`Receiver::receive`] takes the raw form body;
//! `entry` decodes it and proves who sent it, with the tokens of a [`Tokens`]; `convert` checks every
//! field and makes a [`Receipt`]; an [`Inbox`] remembers it, in one transaction, with what
//! [`Arrival::apply`] (in `state`) decides; out comes an [`Answer`]. A [`Handler`] then gets each [`Delivery`] at
//! least once.
//!
//! Nothing is written before everything was checked, and no success is answered before the inbox has
//! it safe. The rules are those of the two documents; where they are silent, the docs of each item
//! say what was decided.

mod answer;
mod arrival;
mod convert;
mod delivery;
mod entry;
mod fingerprint;
mod identity;
mod inbox;
mod kind;
mod log;
mod orders;
mod receipt;
mod refusal;
mod settings;
mod state;
mod system;
#[cfg(test)]
mod tests;
mod tokens;
mod turn;
#[cfg(feature = "axum")]
pub mod web;
mod worker;

pub use self::answer::{Answer, Outcome};
pub use self::arrival::{Arrival, Change, Effect};
pub use self::delivery::{Delivery, Handler};
pub use self::fingerprint::Fingerprint;
pub use self::identity::{Earlier, Identity};
pub use self::inbox::{Accepted, Claim, Inbox, InboxError, Settled};
pub use self::kind::Kind;
pub use self::orders::{NoOrders, Orders};
pub use self::receipt::{
    Batch, Condition, Receipt, StockinGoods, StockinReceipt, TransferGoods, TransferReceipt,
};
pub use self::refusal::Refusal;
pub use self::settings::{Repeats, Settings};
pub use self::system::System;
pub use self::tokens::{LookupError, NodeTokens, Tokens};
pub use self::turn::Receiver;
#[cfg(feature = "axum")]
pub use self::web::{Endpoint, ServeSettings, not_found, router, serve};
pub use self::worker::{Pace, deliver, deliver_until};

use std::future::Future;
use std::pin::Pin;

/// What the traits of this module return, so that they can be used as `dyn`.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
