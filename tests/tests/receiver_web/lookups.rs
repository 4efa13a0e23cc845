//! Look-ups of the program that panic, fail or never end: the sender is told, and nobody else
//! notices.

use std::time::Duration;

use crate::support::form;
use crate::support::oms::{FAILS, HANGS, Oms, PANICS, Setup};
use crate::support::sender::Sender;

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
