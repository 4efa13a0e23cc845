//! A way to the server that is cut when a commit passes, so that its end is not heard.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio_postgres::Config;
use tokio_postgres::config::Host;

/// Where the way is cut.
#[derive(Clone, Copy)]
pub(crate) enum Cut {
    /// The server never gets the commit.
    Before,
    /// The server commits, and its word is lost.
    Behind,
}

/// A listener on a port of its own; ends with the runtime.
pub(crate) struct Proxy {
    port: u16,
    /// How many commits are still to be cut.
    left: Arc<AtomicU32>,
}

impl Proxy {
    /// To this server, cutting the next commits.
    pub(crate) async fn start(server: Config, cut: Cut, times: u32) -> Proxy {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicU32::new(times));
        let counted = Arc::clone(&left);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let left = Arc::clone(&counted);
                match (&server.get_hosts()[0], server.get_ports().first()) {
                    (Host::Tcp(host), port) => {
                        let address = (host.as_str(), *port.unwrap_or(&5432));
                        let upstream = TcpStream::connect(address).await.unwrap();
                        tokio::spawn(carry(client, upstream, cut, left));
                    }
                    (Host::Unix(directory), port) => {
                        let name = format!(".s.PGSQL.{}", port.unwrap_or(&5432));
                        let upstream = UnixStream::connect(directory.join(name)).await.unwrap();
                        tokio::spawn(carry(client, upstream, cut, left));
                    }
                }
            }
        });
        Proxy { port, left }
    }

    /// Whether all that was to be cut was.
    pub(crate) fn is_spent(&self) -> bool {
        self.left.load(Ordering::SeqCst) == 0
    }

    /// The same database, over this way.
    pub(crate) fn config(&self, server: &Config) -> Config {
        let mut config = Config::new();
        config
            .host("127.0.0.1")
            .port(self.port)
            .dbname(server.get_dbname().unwrap_or("postgres"))
            .user(server.get_user().unwrap_or("postgres"))
            .options(server.get_options().unwrap_or_default())
            .ssl_mode(tokio_postgres::config::SslMode::Disable);
        if let Some(password) = server.get_password() {
            config.password(password);
        }
        config
    }
}

/// Carries bytes both ways until either side ends, or a commit is cut.
async fn carry(
    mut client: TcpStream,
    server: impl AsyncRead + AsyncWrite,
    cut: Cut,
    left: Arc<AtomicU32>,
) {
    let (mut answers, mut questions) = tokio::io::split(server);
    let (mut asked, mut told) = ([0; 8192], [0; 8192]);
    loop {
        tokio::select! {
            size = client.read(&mut asked) => {
                let question = &asked[..size.unwrap_or(0)];
                // The driver sends it by itself: nothing else is under way.
                let cuts = question.ends_with(b"COMMIT\0") && take(&left);
                if question.is_empty() || (cuts && matches!(cut, Cut::Before)) {
                    return;
                }
                questions.write_all(question).await.unwrap();
                if cuts {
                    let heard = answers.read(&mut told).await.unwrap();
                    assert!(told[..heard].windows(7).any(|word| word == b"COMMIT\0"));
                    return;
                }
            }
            size = answers.read(&mut told) => {
                let answer = &told[..size.unwrap_or(0)];
                if answer.is_empty() || client.write_all(answer).await.is_err() {
                    return;
                }
            }
        }
    }
}

fn take(left: &AtomicU32) -> bool {
    let one_less = |left: u32| left.checked_sub(1);
    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
        .is_ok()
}
