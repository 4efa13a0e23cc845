//! An OMS: the server with a SQLite inbox in a folder of its own, in a runtime of its own.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver as Seen, channel};
use std::time::Duration;

use axum::Router;
use dockseal::SecretString;
use dockseal::receiver::{
    Delivery, Endpoint, LookupError, Pending, Receiver, ServeSettings, System, Tokens, not_found,
    router, serve,
};
use dockseal_inbox::Inbox;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::form::{NODE, TOKEN};
use super::trouble::Troubled;

/// Longer than anything here may take on the slowest machine; reaching it is a failure.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Look-ups that know one node, and what to do at others.
pub(crate) struct Lookups;

/// Their look-up panics, fails, or never ends.
pub(crate) const PANICS: &str = "1000000002";
pub(crate) const FAILS: &str = "1000000003";
pub(crate) const HANGS: &str = "1000000004";

impl Tokens for Lookups {
    fn parameter(&self) -> &'static str {
        "node_id"
    }

    fn find<'a>(
        &'a self,
        system: System<'a>,
    ) -> Pending<'a, Result<Vec<SecretString>, LookupError>> {
        let node = system.node_id();
        Box::pin(async move {
            match node {
                NODE => Ok(vec![TOKEN.into()]),
                PANICS => panic!("this look-up panics"),
                FAILS => Err(LookupError::new("the database is away")),
                HANGS => std::future::pending().await,
                _ => Ok(Vec::new()),
            }
        })
    }
}

/// What is set otherwise than by default.
pub(crate) struct Setup {
    pub(crate) serve: ServeSettings,
    pub(crate) endpoint: fn(Endpoint) -> Endpoint,
    /// Each so many-th use of the inbox by the worker panics, each so many-th fails; 0 for none.
    pub(crate) trouble: u32,
    /// Around the router of the pushes.
    pub(crate) app: fn(Router) -> Router,
}

impl Default for Setup {
    fn default() -> Self {
        Setup {
            serve: ServeSettings::default(),
            endpoint: |endpoint| endpoint,
            trouble: 0,
            app: |pushes| pushes.fallback(not_found),
        }
    }
}

/// A running OMS.
pub(crate) struct Oms {
    pub(crate) address: SocketAddr,
    /// The document numbers of the deliveries that its handler was done with.
    pub(crate) handled: Seen<String>,
    stop: Option<oneshot::Sender<()>>,
    served: Option<JoinHandle<()>>,
    runtime: Option<Runtime>,
    folder: PathBuf,
}

impl Oms {
    pub(crate) fn start() -> Oms {
        Oms::with(Setup::default(), |_| async { Ok::<(), &str>(()) })
    }

    pub(crate) fn set(setup: Setup) -> Oms {
        Oms::with(setup, |_| async { Ok::<(), &str>(()) })
    }

    /// With a handler that is given the number of the document.
    pub(crate) fn with<R>(
        setup: Setup,
        handler: impl Fn(String) -> R + Send + Sync + 'static,
    ) -> Oms
    where
        R: Future<Output = Result<(), &'static str>> + Send + 'static,
    {
        let folder = folder();
        let runtime = Runtime::new().unwrap();
        let (done, seen) = channel();
        let done = Mutex::new(done);
        let handler = move |delivery: Delivery| {
            let [number, _] = delivery.document.identifiers();
            let number = number.unwrap().to_owned();
            let end = handler(number.clone());
            let done = done.lock().unwrap().clone();
            async move {
                end.await?;
                // The test may have seen enough.
                let _ = done.send(number);
                Ok::<(), &str>(())
            }
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let inbox = Inbox::open(folder.join("inbox.db")).unwrap();
        let endpoint =
            (setup.endpoint)(Receiver::new(Troubled::new(inbox, setup.trouble), Lookups).into());
        let (address, served) = runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let app = (setup.app)(router(endpoint, handler));
            let ended = async {
                let _ = stopped.await;
            };
            (
                address,
                tokio::spawn(serve(listener, app, setup.serve, ended)),
            )
        });
        Oms {
            address,
            handled: seen,
            stop: Some(stop),
            served: Some(served),
            runtime: Some(runtime),
            folder,
        }
    }

    /// Asks the server to stop.
    pub(crate) fn ask_to_stop(&mut self) {
        drop(self.stop.take());
    }

    /// Waits for the end of the server.
    pub(crate) fn wait(&mut self) {
        let (runtime, served) = (self.runtime.as_ref().unwrap(), self.served.take().unwrap());
        let ended = runtime.block_on(async { tokio::time::timeout(PATIENCE, served).await });
        ended.unwrap().unwrap();
    }

    /// The next document that the handler was done with.
    pub(crate) fn next(&self) -> String {
        self.handled.recv_timeout(PATIENCE).unwrap()
    }
}

impl Drop for Oms {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// An empty folder that nobody else has.
pub(crate) fn folder() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let name = format!("receiver-web-{}-{number}", std::process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}
