//! One connection: its requests one after the other, until it is idle for too long, breaks, or the
//! server stops.

use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::Service as _;

use super::line::Line;
use super::serve::ServeSettings;

/// What hyper reads ahead of a connection.
const BUFFER: usize = 64 << 10;

/// How long a sender that still sends gets to read why it was refused, and how much of what it sends
/// is thrown away for that: a socket closed with unread bytes takes the reply with it.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 16 << 20;

/// Serves one connection to its end; the end of `stopped`'s sender asks for it.
pub(super) async fn connection(
    stream: TcpStream,
    app: Router,
    settings: ServeSettings,
    mut stopped: watch::Receiver<()>,
) {
    // Replies are small and whole: nothing is gained by waiting for more.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut app = app.clone();
        Box::pin(async move {
            let request: Request = request.map(axum::body::Body::new);
            app.call(request).await
        }) as Pin<Box<dyn Future<Output = Result<_, Infallible>> + Send>>
    });
    let line = TokioIo::new(Line::new(stream, settings.reply_time));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(settings.headers_time)
        .max_header_size(settings.headers)
        .max_buf_size(BUFFER.max(settings.headers))
        // Who has said all it has to say may still wait for the reply.
        .half_close(true);
    let mut connection = http.serve_connection(line, service);

    let ended = tokio::select! {
        ended = poll_fn(|cx| connection.poll_without_shutdown(cx)) => ended,
        // Nothing is ever sent: the end of the sender is the news.
        _ = stopped.changed() => {
            Pin::new(&mut connection).graceful_shutdown();
            poll_fn(|cx| connection.poll_without_shutdown(cx)).await
        }
    };
    let in_vain = match &ended {
        Ok(()) => false,
        Err(error) => {
            tracing::debug!(%error, "a connection failed");
            // A request that cannot be parsed was answered; nobody else is there to read.
            !error.is_parse()
        }
    };
    if !in_vain {
        linger(connection.into_parts().io.into_inner()).await;
    }
}

/// Ends the writing side, then reads what still comes.
async fn linger(mut line: Line) {
    let rest = async {
        line.shutdown().await.ok()?;
        let mut scrap = [0; 8 << 10];
        let mut left = LINGER_BYTES;
        while left > 0 {
            match line.read(&mut scrap).await {
                Ok(0) | Err(_) => break,
                Ok(read) => left = left.saturating_sub(read),
            }
        }
        Some(())
    };
    let _ = tokio::time::timeout(LINGER, rest).await;
}
