//! The server: connections in, as many as there is room for, until it is told to stop.

use std::future::Future;
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

use super::connection::connection;

/// How long to wait when the system has no room for another connection.
const NO_ROOM: Duration = Duration::from_secs(1);

/// How long senders are waited for, and how much they may send before their first form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServeSettings {
    /// How long a sender may take for the headers of a request, from the moment at which it
    /// connected or got the last reply: a connection that sends nothing is closed after it too. 10
    /// seconds by default.
    pub headers_time: Duration,
    /// Bytes of the headers; more get status 431. 16 KiB by default.
    pub headers: usize,
    /// How long a sender may leave a reply unread before its connection is closed. 30 seconds by
    /// default.
    pub reply_time: Duration,
    /// Connections at once; others wait until one ends. 1024 by default. Each needs a file
    /// descriptor: see that the process may have more than that (`ulimit -n`).
    pub connections: usize,
    /// How long requests under way may take to end when the server stops. 30 seconds by default.
    pub grace: Duration,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            headers_time: Duration::from_secs(10),
            headers: 16 << 10,
            reply_time: Duration::from_secs(30),
            connections: 1024,
            grace: Duration::from_secs(30),
        }
    }
}

/// Serves until `shutdown` is ready; then takes no more connections, lets the requests under way
/// end, and returns.
///
/// It is for HTTP/1 without TLS, as behind a proxy. Any router will do, not only
/// [`router`](super::router)'s. A failure to accept is logged and ends nothing.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) {
    let mut shutdown = pin!(shutdown);
    let room = Arc::new(Semaphore::new(
        settings.connections.clamp(1, Semaphore::MAX_PERMITS),
    ));
    let (stop, stopped) = watch::channel(());
    let mut connections = JoinSet::new();
    loop {
        let (stream, place) = tokio::select! {
            biased;
            () = &mut shutdown => break,
            next = next(&listener, &room) => next,
        };
        while connections.try_join_next().is_some() {}
        let serving = connection(stream, app.clone(), settings.clone(), stopped.clone());
        connections.spawn(async move {
            serving.await;
            drop(place);
        });
    }
    drop((listener, app, stopped));
    // Connections end when they have nothing under way.
    drop(stop);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(settings.grace, all).await.is_err() {
        tracing::warn!(left = connections.len(), "requests under way were cut off");
    }
    connections.shutdown().await;
}

/// A connection, and its place among those there is room for.
async fn next(listener: &TcpListener, room: &Arc<Semaphore>) -> (TcpStream, OwnedSemaphorePermit) {
    loop {
        let Ok(place) = Arc::clone(room).acquire_owned().await else {
            // Nobody closes it.
            return std::future::pending().await;
        };
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            Err(error) if of_the_sender(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                drop(place);
                tokio::time::sleep(NO_ROOM).await;
            }
        }
    }
}

/// Whether the sender was gone before it was accepted: others fare better at once.
fn of_the_sender(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset
    )
}
