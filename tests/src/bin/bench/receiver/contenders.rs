//! The three servers: the same HTTP in front of ever more work.

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use dockseal::receiver::{
    Accepted, Arrival, Claim, Delivery, Earlier, Effect, Endpoint, Identity, Inbox, InboxError,
    NodeTokens, Pending, Receiver, ServeSettings, Settled, router, serve,
};
use dockseal::shopex_oms::GATEWAY;
use tokio::net::TcpListener;

use super::pushes::{NODE, TOKEN};

/// A reply as the receiver gives it.
const REPLY: &str =
    r#"{"rsp":"succ","msg":"入库单状态更新成功","data":{"stockin_bn":"I000000000000"}}"#;

/// A server reads each body, and answers the same to all.
pub(super) async fn read() -> Result<SocketAddr, Box<dyn Error>> {
    start(Router::new().route(GATEWAY.transport.path, post(answer))).await
}

async fn answer(body: Bytes) -> impl IntoResponse {
    drop(body);
    ([(CONTENT_TYPE, "application/json")], REPLY)
}

/// A receiver that proves, checks and understands each push, and stores nothing.
pub(super) async fn verified() -> Result<SocketAddr, Box<dyn Error>> {
    start(Endpoint::new(Receiver::new(Forgetful, tokens())).router()).await
}

/// A receiver with a durable inbox and a handler; and how many deliveries that has seen.
pub(super) async fn durable(path: &Path) -> Result<(SocketAddr, Arc<AtomicU64>), Box<dyn Error>> {
    let receiver = Receiver::new(dockseal_inbox::Inbox::open(path)?, tokens());
    let delivered = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&delivered);
    let app = router(receiver, move |_: Delivery| {
        counter.fetch_add(1, Ordering::Relaxed);
        std::future::ready(Ok::<(), InboxError>(()))
    });
    Ok((start(app).await?, delivered))
}

async fn start(app: Router) -> Result<SocketAddr, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(serve(
        listener,
        app,
        ServeSettings::default(),
        std::future::pending(),
    ));
    Ok(address)
}

fn tokens() -> NodeTokens {
    NodeTokens::by_node_id().with(NODE, TOKEN)
}

/// Takes everything and keeps nothing.
struct Forgetful;

impl Inbox for Forgetful {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        drop(arrival);
        Box::pin(std::future::ready(Ok(Accepted::Taken {
            push: 1,
            effect: Effect::Created,
        })))
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

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        Box::pin(tokio::time::sleep(most))
    }
}
