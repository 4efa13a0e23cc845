//! A sandbox that answers: its address, what it saw, and its end.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use super::fault::{Fault, Injected};
use super::parameters::base_path;
use super::record::Seen;
use super::serve::{INDEX, serve};
use super::world::{World, lock};

/// A sandbox that answers until it is stopped or dropped.
pub struct Running {
    address: SocketAddr,
    world: Arc<World>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    pub(super) fn start(listener: TcpListener, world: Arc<World>) -> io::Result<Running> {
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&world);
        let run = move || {
            runtime.block_on(serve(listener, shared, stopped));
            // Connections that are still open end with their tasks.
            drop(runtime);
        };
        let thread = std::thread::Builder::new()
            .name("dockseal-sandbox".to_owned())
            .spawn(run)?;
        Ok(Running {
            address,
            world,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base address of a gateway, as dockseal's clients and [`Options`](dockseal::Options) take
    /// it; that of the sandbox itself for an unknown name.
    #[must_use]
    pub fn base_url(&self, gateway: &str) -> String {
        let gateway = dockseal::GATEWAYS
            .iter()
            .find(|known| known.name == gateway);
        format!(
            "http://{}{}",
            self.address,
            gateway.map_or("", |gateway| base_path(gateway))
        )
    }

    /// Where the sandbox shows itself.
    #[must_use]
    pub fn index_url(&self) -> String {
        format!("http://{}{INDEX}/", self.address)
    }

    /// The facts of the latest requests, at most a thousand, in the order in which they were noted.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        lock(&self.world.log).latest().cloned().collect()
    }

    /// How many requests came in all, those that faults ate among them.
    #[must_use]
    pub fn count(&self) -> u64 {
        lock(&self.world.log).count()
    }

    /// Replaces the faults from now on.
    pub fn inject(&self, faults: impl IntoIterator<Item = Injected>) {
        lock(&self.world.dice).inject(faults.into_iter().collect());
    }

    /// The faults of the next requests, one each, before the dice are thrown again.
    pub fn plan(&self, faults: impl IntoIterator<Item = Option<Fault>>) {
        lock(&self.world.dice).plan(faults);
    }

    /// Stops it and closes its connections.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Running")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
