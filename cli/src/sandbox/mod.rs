//! A gateway to try things out on: real HTTP on loopback, all four gateways, test accounts, state,
//! and faults on demand.
//!
//! In goes an HTTP request; it is taken apart (`parameters`), checked as the gateway checks it
//! (`check`), answered from the schema's own examples (`responder`) in the vendor's envelope
//! (`envelope`), remembered (`state`) and noted (`record`). What is wrong is said in the vendor's form
//! and, in full, to the log. Nothing here knows a method by name.
//!
//! ```
//! use dockseal_cli::sandbox::{Fault, Sandbox};
//!
//! let sandbox = Sandbox::builder().fault(Fault::ResetAfter.at(10)).seed(7).start()?;
//! assert!(sandbox.base_url("wangdian-flagship").ends_with("/openapi"));
//! assert!(sandbox.requests().is_empty());
//! sandbox.stop();
//! # Ok::<(), dockseal_cli::sandbox::SandboxError>(())
//! ```
//!
//! # What a request can ask for
//!
//! A request that holds the words of one of its document's failing examples in any text is answered
//! with that example: a flagship order whose `remark` is 审核失败 (or `AUDIT-FAIL`) is made and fails
//! its audit, one whose `operator_name` is 员工 admin1 不存在/已停用/无生产员角色 is refused with
//! `status` 100, a TOP receipt with 参数错误 comes back with `success` false.
//!
//! # What is remembered
//!
//! | gateway | a repetition |
//! |---|---|
//! | enterprise | of an `outer_no` is refused: 外部单号已存在,不能重复推送 |
//! | TOP | of an `out_bill_code` gets the first reply again |
//! | flagship | does not exist: every push makes another order |
//! | OMS | of a form parameter `task` gets the first reply again; without it every push counts |
//!
//! Stricter than the vendors where that helps: every required system parameter has to be there and
//! to belong to the account, also those that an OMS does not look at.

mod accounts;
mod check;
mod clock;
mod envelope;
mod explain;
mod fault;
mod gzip;
mod index;
mod line;
mod parameters;
mod pour;
mod record;
mod responder;
mod running;
mod serve;
mod state;
mod vendor;
mod world;
mod wrong;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dockseal::Keys;

pub use self::accounts::{ACCOUNTS, TestAccount, account, accounts};
pub use self::clock::Clock;
pub use self::fault::{Fault, FaultError, Injected};
pub use self::parameters::base_path;
pub use self::record::{Entry, Outcome, Seen};
pub use self::running::Running;
pub use self::state::StateError;

use self::fault::Dice;
use self::record::{Log, Sink};
use self::state::State;
use self::world::World;

/// A sandbox that has not been started.
#[derive(Debug)]
#[must_use = "a sandbox answers once it is started"]
pub struct Sandbox {
    port: u16,
    state: Option<PathBuf>,
    faults: Vec<Injected>,
    seed: u64,
    clock: Clock,
    drip: Duration,
    accounts: Vec<Keys>,
    sink: Sink,
}

/// A sandbox that could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port is taken, or not allowed.
    #[error("port {port} of 127.0.0.1 cannot be used: {source}; choose another one, or 0 for any")]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// The state file cannot be used.
    #[error(transparent)]
    State(#[from] StateError),
    /// This machine has no thread or timer left.
    #[error("the sandbox cannot start: {0}")]
    Runtime(io::Error),
}

impl SandboxError {
    /// The same in Chinese 中文说明.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            SandboxError::Port { port, source } => {
                format!("无法使用 127.0.0.1 的端口 {port}：{source}；请换一个端口，或用 0 自动选择")
            }
            SandboxError::State(error) => error.zh(),
            SandboxError::Runtime(error) => format!("沙箱无法启动：{error}"),
        }
    }
}

impl Sandbox {
    /// A sandbox on any free port, in memory, without faults.
    pub fn builder() -> Sandbox {
        Sandbox {
            port: 0,
            state: None,
            faults: Vec::new(),
            seed: 0,
            clock: Clock::system(),
            drip: Duration::from_secs(1),
            accounts: ACCOUNTS.iter().filter_map(TestAccount::keys).collect(),
            sink: Sink::default(),
        }
    }

    /// The port on 127.0.0.1; 0 for any.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Keeps the state in this file.
    pub fn state(mut self, file: impl Into<PathBuf>) -> Self {
        self.state = Some(file.into());
        self
    }

    /// A fault, in all requests or in some of them. May be called again; the first that strikes
    /// counts.
    pub fn fault(mut self, fault: impl Into<Injected>) -> Self {
        self.faults.push(fault.into());
        self
    }

    /// Where the order of faults begins; 0 when not set.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The clock that requests are judged and dated by; this machine's when not set.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The pause between two bytes of [`Fault::Slow`]; a second when not set.
    pub fn drip(mut self, pause: Duration) -> Self {
        self.drip = pause;
        self
    }

    /// One more account, besides the test accounts.
    pub fn account(mut self, keys: Keys) -> Self {
        self.accounts.push(keys);
        self
    }

    /// Is told of every request, from the sandbox's thread.
    pub fn log(mut self, log: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        self.sink = Sink::of(log);
        self
    }

    /// Starts it in a thread of its own; may be called from blocking and from async code.
    ///
    /// # Errors
    /// The port or the state file cannot be used.
    pub fn start(self) -> Result<Running, SandboxError> {
        let state = match &self.state {
            Some(path) => State::open(path)?,
            None => State::default(),
        };
        let listen = || {
            let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port)))?;
            listener.set_nonblocking(true)?;
            Ok(listener)
        };
        let listener = listen().map_err(|source| SandboxError::Port {
            port: self.port,
            source,
        })?;
        let world = World {
            accounts: self.accounts,
            clock: self.clock,
            drip: self.drip,
            sink: self.sink,
            dice: Mutex::new(Dice::new(self.faults, self.seed)),
            state: Mutex::new(state),
            log: Mutex::new(Log::default()),
        };
        Running::start(listener, Arc::new(world)).map_err(SandboxError::Runtime)
    }
}
