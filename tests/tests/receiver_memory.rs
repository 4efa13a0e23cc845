//! A receiver under hostile senders keeps its memory: whatever they send, the process is no larger
//! for it. Alone in its process, so that nothing else is measured.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

#[path = "all/receiver_web/support/mod.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

use std::fs;
use std::net::SocketAddr;
use std::thread;

use support::form::{self, NODE};
use support::oms::Oms;
use support::sender::{HEAD, Sender, request};

const MIB: usize = 1 << 20;
const SENDERS: usize = 8;

/// What they may cost at once: a few bodies for each of them.
const AT_ONCE: usize = 160 * MIB;

/// What it may cost that they go on; they send more than ten times as much meanwhile.
const IN_THE_LONG_RUN: usize = 32 * MIB;

#[test]
fn memory_does_not_grow_with_what_hostile_senders_send() {
    let Some(_) = peak() else {
        println!("skipped: this system does not tell the peak of a process's memory");
        return;
    };
    let oms = Oms::start();
    // Whatever is made once is made now.
    hostile(oms.address);

    let before = peak().unwrap();
    all_at_once(oms.address, 2);
    let once = peak().unwrap();
    all_at_once(oms.address, 6);
    let long = peak().unwrap();
    let [was, first, last] = [before, once, long].map(|bytes| bytes / MIB);
    println!("at most {was} MiB before, {first} MiB at first, {last} MiB in the long run");
    assert!(once < before + AT_ONCE, "{before} bytes, then {once}");
    assert!(long < once + IN_THE_LONG_RUN, "{once} bytes, then {long}");
    Sender::connect(oms.address)
        .push(&form::stockin("S1"))
        .takes();
}

/// So many rounds of so many senders side by side.
fn all_at_once(oms: SocketAddr, rounds: usize) {
    thread::scope(|scope| {
        for _ in 0..SENDERS {
            scope.spawn(|| (0..rounds).for_each(|_| hostile(oms)));
        }
    });
}

/// One of each.
fn hostile(oms: SocketAddr) {
    let block = vec![b'a'; 0x10000];
    // More than is read, announced and not.
    let mut sender = Sender::connect(oms);
    sender.say(format!("{HEAD}Content-Length: {}\r\n\r\n", 3 * MIB));
    let _ = (0..64).all(|_| sender.try_say(&block));

    let mut sender = Sender::connect(oms);
    sender.say(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n"));
    let chunk = [b"10000\r\n", &block[..], b"\r\n"].concat();
    let _ = (0..64).all(|_| sender.try_say(&chunk));

    // As much as is read: pairs, depth, one long value, one long name.
    let pairs: String = (0..100_000).map(|number| format!("a{number}=1&")).collect();
    let deep = "[".repeat(100_000);
    for form in [
        pairs,
        form::with_item(NODE, "S1", &deep),
        format!("a={}", "%41".repeat(600_000)),
        format!("a[{}]=1", "b][".repeat(600_000)),
    ] {
        let mut sender = Sender::connect(oms);
        sender.push(&form).refuses(200, "E_PARAM");
    }

    // What is never read.
    let mut sender = Sender::connect(oms);
    sender.say(request("").replace(
        "Content-Length: 0",
        "Content-Encoding: gzip\r\nContent-Length: 1000000",
    ));
    sender.try_say(vec![0; 1_000_000]);
    let mut sender = Sender::connect(oms);
    sender.try_say(format!("{HEAD}X: {}\r\n\r\n", "x".repeat(MIB)));

    // Half a body, and gone.
    let mut sender = Sender::connect(oms);
    sender.say(format!("{HEAD}Content-Length: {MIB}\r\n\r\n"));
    sender.try_say(&block);
}

/// Bytes of the largest that the process was since this was last asked.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: usize = line.trim().strip_suffix(" kB")?.parse().ok()?;
    fs::write("/proc/self/clear_refs", "5").ok()?;
    Some(kib << 10)
}
