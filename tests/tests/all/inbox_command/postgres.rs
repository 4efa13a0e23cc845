//! `dockseal inbox` on PostgreSQL: the same list, page and export. Skipped, with the reason printed,
//! where no server is named.

use std::path::Path;

use dockseal::BeijingTime;
use dockseal::receiver::{NodeTokens, Outcome, Receiver};
use dockseal_inbox::postgres::Inbox;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio_postgres::NoTls;

use super::oms::{Run, run};
use crate::served::push::signed;
use crate::served::{NODE, TOKEN};

/// A schema on the server; it is dropped in the end.
struct Schema {
    runtime: Runtime,
    server: String,
    name: String,
}

impl Schema {
    fn new() -> Option<Schema> {
        let Ok(server) = std::env::var("DOCKSEAL_POSTGRES") else {
            println!("skipped: no PostgreSQL; set DOCKSEAL_POSTGRES=postgres://user@host/database");
            return None;
        };
        let schema = Schema {
            runtime: Runtime::new().unwrap(),
            server,
            name: format!("dockseal_command_{}", std::process::id()),
        };
        schema.run("CREATE SCHEMA");
        Some(schema)
    }

    /// Its address.
    fn url(&self) -> String {
        let mark = if self.server.contains('?') { '&' } else { '?' };
        let path = format!("options=-c%20search_path%3D{}", self.name);
        format!("{}{mark}{path}", self.server)
    }

    fn tables(&self) -> i64 {
        let count = "SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = $1";
        self.runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.server, NoTls).await.unwrap();
            tokio::spawn(connection);
            client.query_one(count, &[&self.name]).await.unwrap().get(0)
        })
    }

    fn run(&self, what: &str) {
        let sql = format!("{what} {}", self.name);
        self.runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.server, NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(&sql).await.unwrap();
        });
    }

    /// `dockseal inbox` on it.
    fn inbox(&self, arguments: &[&str]) -> Run {
        run(Path::new(&self.url()), arguments)
    }

    /// One stock-in in two parts.
    fn fill(&self) {
        self.runtime.block_on(async {
            let inbox = Inbox::connect(&self.url()).await.unwrap();
            let receiver = Receiver::new(inbox, NodeTokens::by_node_id().with(NODE, TOKEN));
            for (stamp, status) in [("1700000001", "PARTIN"), ("1700000002", "FINISH")] {
                let body = signed(&[
                    ("item", r#"[{"product_bn":"A","normal_num":2}]"#),
                    ("method", "wms.stockin.status_update"),
                    ("node_id", NODE),
                    ("status", status),
                    ("stockin_bn", "I-1"),
                    ("timestamp", stamp),
                ]);
                let answer = receiver.receive(body.as_bytes(), BeijingTime::now()).await;
                assert!(
                    matches!(answer.outcome, Outcome::Taken { .. }),
                    "{answer:?}"
                );
            }
        });
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let sql = format!("DROP SCHEMA IF EXISTS {} CASCADE", self.name);
        let (server, handle) = (self.server.clone(), self.runtime.handle().clone());
        let dropped = std::thread::spawn(move || {
            handle.block_on(async {
                let (client, connection) = tokio_postgres::connect(&server, NoTls).await.ok()?;
                tokio::spawn(connection);
                client.batch_execute(&sql).await.ok()
            })
        });
        if !matches!(dropped.join(), Ok(Some(()))) {
            println!("the schema {} could not be dropped", self.name);
        }
    }
}

#[test]
fn an_inbox_on_postgresql_is_listed_shown_replayed_and_exported() {
    let Some(schema) = Schema::new() else { return };
    // Looking lays nothing out.
    let none = schema.inbox(&["ls"]);
    assert_eq!(none.code, 2, "{}", none.out);
    assert!(
        none.err.contains("there is no inbox in this database"),
        "{}",
        none.err
    );
    assert_eq!(schema.tables(), 0);

    schema.fill();
    let json = |arguments: &[&str]| -> Value {
        let run = schema.inbox(&[arguments, &["--json"]].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
    };
    let rows = json(&["ls", "--undelivered", "--number", "I-1", "--limit", "1"]);
    let (push, document) = (&rows["pushes"][0]["push"], &rows["pushes"][0]["document"]);
    assert_eq!(rows["pushes"][0]["effect"], "created");
    assert_eq!(&rows["next"], push);
    let shown = json(&["show", "--document", &document.to_string()]);
    assert_eq!(shown["status"], "FINISH");
    assert_eq!(shown["receipt"]["items"][0]["normal_num"], 4);
    let ends = json(&["replay", &push.to_string()]);
    assert_eq!(
        ends,
        json!([{ "push": push, "outcome": "waiting", "reason": ends[0]["reason"] }])
    );
    assert_eq!(schema.inbox(&["export"]).out.lines().count(), 2);
    assert_eq!(
        schema.inbox(&["export", "--documents"]).out.lines().count(),
        1
    );
}

#[test]
fn the_password_in_an_address_is_never_shown() {
    for address in [
        "postgres://oms:hunter2@127.0.0.1:1/oms?connect_timeout=1",
        "postgres://oms:hunter2@127.0.0.1:port/oms",
    ] {
        let run = run(Path::new(address), &["ls"]);
        assert_eq!(run.code, 2);
        assert!(
            !run.out.contains("hunter2") && !run.err.contains("hunter2"),
            "{}",
            run.err
        );
    }
}
