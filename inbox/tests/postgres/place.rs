//! A schema on the server, for one test.

use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use deadpool_postgres::{Manager, Pool, Runtime};
use dockseal_inbox::postgres::Inbox;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_postgres::{Client, Config, NoTls};

use crate::suite::Place;

/// How many tests use the server at once, so that its connections are enough.
static TURNS: Semaphore = Semaphore::const_new(TESTS);
const TESTS: usize = 4;

/// How many connections a handle has.
const CONNECTIONS: usize = 8;

/// A schema that is dropped in the end.
pub(crate) struct Schema {
    pub(crate) name: String,
    config: Config,
    _turn: SemaphorePermit<'static>,
}

static SAID: Once = Once::new();

/// The server's address; none, and a word about it, where there is no server.
pub(crate) fn server() -> Option<Config> {
    if let Ok(address) = std::env::var("DOCKSEAL_POSTGRES") {
        Some(
            address
                .parse()
                .expect("DOCKSEAL_POSTGRES is no address of a server"),
        )
    } else {
        // Not by `println!`, which the harness keeps to itself when a test passes.
        let word = b"skipped: no PostgreSQL; set DOCKSEAL_POSTGRES=postgres://user@host/database\n";
        SAID.call_once(|| std::io::stderr().write_all(word).unwrap());
        None
    }
}

impl Place for Schema {
    type Inbox = Inbox;

    async fn new() -> Option<Schema> {
        Schema::with(1).await
    }

    async fn open(&self) -> Inbox {
        Inbox::with_pool(self.pool(CONNECTIONS)).await.unwrap()
    }
}

impl Schema {
    /// While no other test uses the server.
    pub(crate) async fn alone() -> Option<Schema> {
        Schema::with(TESTS).await
    }

    async fn with(turns: usize) -> Option<Schema> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let config = server()?;
        let turn = TURNS
            .acquire_many(u32::try_from(turns).unwrap())
            .await
            .unwrap();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let schema = Schema {
            name: format!("dockseal_test_{}_{count}", std::process::id()),
            config,
            _turn: turn,
        };
        schema.run(&format!("CREATE SCHEMA {}", schema.name)).await;
        Some(schema)
    }

    /// How to reach the schema. Its name is also that of the application.
    pub(crate) fn config(&self) -> Config {
        let mut config = self.config.clone();
        config
            .options(format!("-c search_path={}", self.name))
            .application_name(&self.name);
        config
    }

    /// So many connections to it.
    pub(crate) fn pool(&self, size: usize) -> Pool {
        pool(self.config(), size)
    }

    /// A connection of the test itself.
    pub(crate) async fn client(&self) -> Client {
        let mut config = self.config();
        config.application_name("dockseal tests");
        client(&config).await
    }

    /// Does something in the schema.
    pub(crate) async fn run(&self, sql: &str) {
        self.client().await.batch_execute(sql).await.unwrap();
    }

    /// A number out of the schema.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        let row = self.client().await.query_one(sql, &[]).await.unwrap();
        row.get(0)
    }
}

pub(crate) fn pool(config: Config, size: usize) -> Pool {
    let pool = Pool::builder(Manager::new(config, NoTls)).max_size(size);
    pool.runtime(Runtime::Tokio1).build().unwrap()
}

pub(crate) async fn client(config: &Config) -> Client {
    let (client, connection) = config.connect(NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A runtime of its own, since the test's may be at its end.
impl Drop for Schema {
    fn drop(&mut self) {
        let drop = format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name);
        let config = self.config.clone();
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async { client(&config).await.batch_execute(&drop).await })
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            println!("the schema {} could not be dropped", self.name);
        }
    }
}
