//! The receiver on the web: an axum router, and a server that no sender can hold up.
//!
//! ```no_run
//! # use dockseal::receiver::{self, Delivery, Inbox, NodeTokens, Receiver, ServeSettings};
//! # async fn program(inbox: impl Inbox) -> std::io::Result<()> {
//! let tokens = NodeTokens::by_node_id().with("1234567890", "the token of that node");
//! let pushes = receiver::router(Receiver::new(inbox, tokens), |delivery: Delivery| async move {
//!     println!("push {}: {:?}", delivery.push, delivery.document);
//!     Ok::<(), std::io::Error>(())
//! });
//! // Routes of the program's own go here.
//! let app = pushes.fallback(receiver::not_found);
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! let ctrl_c = async { drop(tokio::signal::ctrl_c().await) };
//! receiver::serve(listener, app, ServeSettings::default(), ctrl_c).await;
//! # Ok(())
//! # }
//! ```
//!
//! `axum::serve` serves the router too. It closes no connection that sends its headers slowly or not
//! at all, and it takes any number of them: use it only behind a proxy that does both.

mod body;
mod connection;
mod endpoint;
mod line;
mod refused;
mod serve;

pub use self::endpoint::{Endpoint, not_found, router};
pub use self::serve::{ServeSettings, serve};
