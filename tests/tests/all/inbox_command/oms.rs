//! A real receiver with an inbox of its own, pushes to fill it, and the program that looks into it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::served::push::{Connection, signed};
use crate::served::{self, NODE, Served};

/// A receiver with an inbox of its own.
pub(crate) struct Oms {
    pub(crate) file: PathBuf,
    pub(crate) receiver: Served,
    pub(crate) connection: Connection,
    pub(crate) stamp: u32,
    /// The forms of its pushes, from number 1.
    pub(crate) bodies: Vec<String>,
}

impl Oms {
    pub(crate) fn start(name: &str, more: &[&str]) -> Oms {
        let file = served::scratch(&format!("inbox-{name}")).join("inbox.db");
        let receiver = Served::start(&file, more);
        let connection = Connection::open(&receiver.address);
        Oms {
            file,
            receiver,
            connection,
            stamp: 1_700_000_000,
            bodies: Vec::new(),
        }
    }

    pub(crate) fn stock_in(&mut self, number: &str, status: &str, item: &str) {
        let business = [("status", status), ("stockin_bn", number), ("item", item)];
        self.push("wms.stockin.status_update", &business);
    }

    pub(crate) fn transfer(&mut self, number: &str, status: &str) {
        let business = [("order_code", number), ("order_status", status)];
        self.push("wms.transferorder.update", &business);
    }

    pub(crate) fn push(&mut self, method: &str, business: &[(&str, &str)]) {
        self.stamp += 1;
        let stamp = self.stamp.to_string();
        let mut all = vec![("method", method), ("node_id", NODE), ("timestamp", &stamp)];
        all.extend(business);
        all.sort_unstable();
        let body = signed(&all);
        let reply = self.connection.push(&body).unwrap();
        assert!(reply.starts_with(br#"{"rsp":"succ""#));
        self.bodies.push(body);
    }

    /// Waits until every effect was delivered.
    pub(crate) fn settled(&self) {
        self.wait(|| self.run(&["ls", "--undelivered"]).code == 1);
    }

    pub(crate) fn wait(&self, done: impl Fn() -> bool) {
        let patience = Instant::now() + Duration::from_secs(60);
        while !done() {
            assert!(Instant::now() < patience, "{:?}", self.receiver.delivered());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run(&self.file, arguments)
    }

    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(&[arguments, &["--json"]].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
    }

    /// The numbers of the rows of a list.
    pub(crate) fn numbers(&self, arguments: &[&str]) -> Vec<i64> {
        let json = self.json(&[&["ls"], arguments].concat());
        let (rows, number) = match json.get("pushes") {
            Some(rows) => (rows, "push"),
            None => (&json["documents"], "document"),
        };
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row[number].as_i64().unwrap()).collect()
    }
}

pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: i32,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code().unwrap(),
        }
    }
}

pub(crate) fn command(file: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(served::program());
    command
        .arg("inbox")
        .args(arguments)
        .arg("--inbox")
        .arg(file)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null());
    command
}

pub(crate) fn run(file: &Path, arguments: &[&str]) -> Run {
    command(file, arguments).output().unwrap().into()
}

/// Pushes 1 to 7: two documents of stock-in, one that was ignored, and a transfer order.
pub(crate) fn filled(name: &str) -> Oms {
    let mut oms = Oms::start(name, &[]);
    let ten = r#"[{"product_bn":"SKU 1","normal_num":10.0}]"#;
    oms.stock_in("I-1", "PARTIN", ten);
    oms.stock_in("I-1", "PARTIN", ten);
    oms.stock_in("I-1", "FINISH", ten);
    oms.stock_in("I-1", "FINISH", ten);
    oms.stock_in(
        "I-2",
        "PARTIN",
        r#"[{"product_bn":"\u001b[31m","normal_num":1}]"#,
    );
    oms.transfer("T-1", "OUT");
    oms.transfer("T-1", "IN");
    oms.settled();
    oms
}
