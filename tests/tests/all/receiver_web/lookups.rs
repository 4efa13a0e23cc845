//! Look-ups of the program that panic, fail or never end: the sender is told, and nobody else
//! notices.

use std::thread::sleep;
use std::time::Duration;

use super::support::form::{self, NODE};
use super::support::oms::{FAILS, HANGS, Oms, PANICS, Setup};
use super::support::sender::{Sender, request};

#[test]
fn a_look_up_that_panics_fails_or_hangs_is_told_as_internal() {
    let oms = Oms::set(Setup {
        endpoint: |endpoint| endpoint.with_answer_time(Duration::from_millis(300)),
        ..Setup::default()
    });
    let mut sender = Sender::connect(oms.address);
    for node in [PANICS, FAILS, HANGS] {
        // The connection goes on as well.
        sender
            .push(&form::of_node(node, "S1"))
            .refuses(200, "E_INTERNAL");
        sender.push(&form::stockin("S1")).takes();
    }
}

#[test]
fn what_a_sender_that_hung_up_left_is_counted_until_the_look_up_is_over() {
    let oms = Oms::set(Setup {
        endpoint: |endpoint| {
            endpoint
                .with_bodies(64 << 10)
                .with_answer_time(Duration::from_secs(2))
        },
        ..Setup::default()
    });
    let large = |node| {
        let item = format!(r#"[{{"product_bn":"{}"}}]"#, "A".repeat(40 << 10));
        form::with_item(node, "S1", &item)
    };
    let mut gone = Sender::connect(oms.address);
    gone.say(request(&large(HANGS)));
    // Long enough to be read, and for its end to be noticed.
    sleep(Duration::from_millis(300));
    drop(gone);
    sleep(Duration::from_millis(300));
    Sender::connect(oms.address)
        .push(&large(NODE))
        .refuses(503, "E_INTERNAL");

    let over = (0..100).any(|_| {
        sleep(Duration::from_millis(100));
        Sender::connect(oms.address).push(&large(NODE)).status == 200
    });
    assert!(over, "the look-up is over, and its share is free");
}
