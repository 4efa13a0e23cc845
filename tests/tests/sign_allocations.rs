//! Signing allocates nothing, whatever the gateway, the digest and the length of the message.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop there"
)]

use std::process::Command;

#[test]
fn signing_allocates_nothing() {
    let run = Command::new(env!("CARGO_BIN_EXE_allocations"))
        .output()
        .unwrap();
    assert!(run.status.success());
    let counted = String::from_utf8(run.stdout).unwrap();
    // Four sizes of six digests.
    assert_eq!(counted.lines().count(), 24, "{counted}");
    for line in counted.lines() {
        assert!(line.starts_with("0 "), "{line}");
    }
}
