//! A real `dockseal receive` for the tests of whole programs: built once, started on any port, and
//! ended with the test, whichever way that ends.

pub(crate) mod push;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

/// The sender that the receiver knows.
pub(crate) const NODE: &str = "1000000001";
/// Its token.
pub(crate) const TOKEN: &str = "token-of-a-test";

/// The program, from this workspace with all features, as this test was built.
pub(crate) fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let built = dockseal_tests::nested::cargo()
            .args(["build", "--quiet", "--offline", "--all-features"])
            .args(["--bin", "dockseal"])
            .env("CARGO_TARGET_DIR", target)
            .env_remove("RUSTFLAGS")
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
            .stdin(Stdio::null())
            .status()
            .unwrap();
        assert!(built.success());
        target.join(format!("debug/dockseal{}", std::env::consts::EXE_SUFFIX))
    })
}

/// An empty directory.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(&path).unwrap();
    path
}

/// A running receiver; it is ended when this is dropped.
pub(crate) struct Served {
    child: Child,
    /// Host and port.
    pub(crate) address: String,
    /// Every delivery that it has printed.
    delivered: Arc<Mutex<Vec<Value>>>,
    reader: Option<JoinHandle<()>>,
}

impl Served {
    /// Starts one that keeps its inbox in this file, with more arguments.
    pub(crate) fn start(inbox: &Path, more: &[&str]) -> Served {
        let mut child = Command::new(program())
            .args(["receive", "--json", "--listen", "127.0.0.1:0", "--inbox"])
            .arg(inbox)
            .args(["--token", &format!("{NODE}=env:TEST_TOKEN")])
            .args(more)
            .env("TEST_TOKEN", TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let delivered = Arc::new(Mutex::new(Vec::new()));
        let (told, greeting) = channel();
        let seen = Arc::clone(&delivered);
        let reader = thread::spawn(move || {
            for line in BufReader::new(out).lines() {
                // The last line of a program that was killed may be cut.
                let Ok(json) = serde_json::from_str::<Value>(&line.unwrap()) else {
                    return;
                };
                if json.get("push").is_some() {
                    seen.lock().unwrap().push(json);
                } else {
                    let _ = told.send(json);
                }
            }
        });
        let mut served = Served {
            child,
            address: String::new(),
            delivered,
            reader: Some(reader),
        };
        served.address = served.listening(&greeting);
        served
    }

    fn listening(&mut self, greeting: &Receiver<Value>) -> String {
        let json = greeting
            .recv_timeout(Duration::from_secs(60))
            .unwrap_or_else(|_| panic!("no greeting; {:?}", self.child.try_wait()));
        let url = json.pointer("/listening").and_then(Value::as_str).unwrap();
        let rest = url.strip_prefix("http://").unwrap();
        rest.split('/').next().unwrap().to_owned()
    }

    /// What it has delivered up to now.
    pub(crate) fn delivered(&self) -> Vec<Value> {
        self.delivered.lock().unwrap().clone()
    }

    /// Ends it without any warning, as a power cut would end its process; what it had delivered.
    pub(crate) fn kill(mut self) -> Vec<Value> {
        self.end();
        self.delivered()
    }

    fn end(&mut self) {
        // One that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}
