//! The programs under `bindings/examples`, as they stand, against a sandbox: they end well, print what
//! they promise, and what they send is accepted.

use std::path::Path;
use std::process::{Command, Output};

use dockseal::Keys;
use dockseal_cli::sandbox::{Fault, Outcome, Running, Sandbox};

/// A sandbox that knows the accounts that the examples show.
fn sandbox() -> Running {
    let known = |gateway: &str, values: [(&str, &str); 3]| {
        let gateway = dockseal::GATEWAYS
            .iter()
            .find(|known| known.name == gateway);
        values
            .into_iter()
            .fold(Keys::new(gateway.unwrap()), |keys, (name, value)| {
                keys.with(name, value).unwrap()
            })
    };
    Sandbox::builder()
        .account(known(
            "wangdian-flagship",
            [("sid", "sid"), ("key", "key"), ("appsecret", "secret:salt")],
        ))
        .account(known(
            "wangdian-enterprise",
            [
                ("sid", "sid"),
                ("appkey", "appkey"),
                ("appsecret", "appsecret"),
            ],
        ))
        .start()
        .unwrap()
}

/// Runs an example, compiled with all features, as this test was.
fn run(name: &str, base: &str) -> Output {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let mut command = Command::new(env!("CARGO"));
    // Not what cargo tells this test of its package: build scripts that ask for that, as ring's does,
    // would be run again, and all that stands on them compiled again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name.as_ref());
        }
    }
    command
        .args(["run", "--quiet", "--offline", "--manifest-path"])
        .arg(manifest)
        .args(["--all-features", "--example", name])
        .env("DOCKSEAL_BASE_URL", base)
        .output()
        .unwrap()
}

#[track_caller]
fn assert_printed(output: &Output, expected: &str) {
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}{errors}");
    assert!(printed.starts_with(expected), "{printed}{errors}");
    assert_eq!(printed.lines().count(), 1, "{printed}");
}

#[test]
fn the_async_example_tells_an_order_from_one_to_review_and_one_to_look_for() {
    let sandbox = sandbox();
    let base = sandbox.base_url("wangdian-flagship");
    assert_printed(&run("call", &base), "made: PS");
    sandbox.plan([Some(Fault::ResetAfter), Some(Fault::NewEnum)]);
    let lost = run("call", &base);
    assert_printed(&lost, "reconcile: no complete answer");
    assert!(String::from_utf8_lossy(&lost.stdout).contains("do not send it again"));
    assert_printed(&run("call", &base), "review: ");
    let seen: Vec<_> = sandbox.requests().iter().map(|seen| seen.outcome).collect();
    assert_eq!(seen, [Outcome::Accepted; 3]);
}

#[test]
fn the_blocking_example_tells_a_new_document_from_one_that_is_there() {
    let sandbox = sandbox();
    let base = sandbox.base_url("wangdian-enterprise");
    assert_printed(&run("call_blocking", &base), "made");
    assert_printed(&run("call_blocking", &base), "already there: ");
    let seen: Vec<_> = sandbox.requests().iter().map(|seen| seen.outcome).collect();
    assert_eq!(seen, [Outcome::Accepted, Outcome::Duplicate]);
}

#[test]
fn the_raw_example_prints_the_reply() {
    let sandbox = sandbox();
    let base = sandbox.base_url("wangdian-flagship");
    assert_printed(&run("raw", &base), r#"{""#);
    assert_eq!(sandbox.requests()[0].outcome, Outcome::Accepted);
}

#[test]
fn an_example_that_is_refused_says_why_and_fails() {
    let sandbox = Sandbox::builder().start().unwrap();
    let output = run("call", &sandbox.base_url("wangdian-flagship"));
    assert!(!output.status.success());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("sid is not exists"), "{errors}");
}
