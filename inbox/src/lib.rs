//! The durable memory of a receiver of ShopeX OMS pushes: SQLite, or PostgreSQL.
//! ShopeX OMS 接收端的持久收件箱：SQLite 或 PostgreSQL。
//!
//! [`Inbox`] keeps everything in one SQLite file, which is made at need:
//!
//! ```no_run
//! use dockseal::receiver::{NodeTokens, Receiver};
//! use dockseal_inbox::Inbox;
//!
//! let inbox = Inbox::open("inbox.db")?;
//! let tokens = NodeTokens::by_node_id().with("1000000001", "the token of this sender");
//! let receiver = Receiver::new(inbox, tokens);
//! # Ok::<(), dockseal_inbox::OpenError>(())
//! ```
//!
//! A push is on disk before its sender is told so: the file is written with `synchronous=FULL`. One
//! thread writes, and pushes that arrive together share one commit, so that the cost of a slow disk
//! is shared as well. To copy the file of a running receiver, use SQLite's own backup (`.backup` of
//! its shell), not `cp`.
//!
//! `postgres::Inbox`, of the feature `postgres`, keeps it in a PostgreSQL database that several
//! processes may share.
//!
//! [`Browse`] looks into an inbox from outside, and lets a push have its effect again.
#![forbid(unsafe_code)]

mod browse;
#[cfg(feature = "postgres")]
pub mod postgres;
mod sqlite;

pub use self::browse::{
    Browse, DocumentFilter, Page, PushFilter, PushRow, Replayed, StoredDocument, StoredPush,
    Waiting,
};
pub use self::sqlite::{Inbox, OpenError};
