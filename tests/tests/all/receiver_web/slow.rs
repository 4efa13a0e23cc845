//! Senders that take their time, or send nothing: every one is let go.

use std::io::Write as _;
use std::thread;
use std::time::Duration;

use dockseal::receiver::ServeSettings;

use super::support::form;
use super::support::oms::{Oms, Setup};
use super::support::sender::{HEAD, Sender, request};

/// So little patience that a test need not have much.
const SHORT: Duration = Duration::from_millis(300);

fn impatient() -> Oms {
    let mut serve = ServeSettings::default();
    serve.headers_time = SHORT;
    serve.reply_time = SHORT;
    Oms::set(Setup {
        serve,
        endpoint: |endpoint| endpoint.with_body_time(SHORT),
        ..Setup::default()
    })
}

#[test]
fn a_connection_that_sends_nothing_is_closed() {
    let oms = impatient();
    assert!(Sender::connect(oms.address).is_closed());
}

#[test]
fn headers_that_stop_halfway_are_not_waited_for() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    sender.say("POST /index.php/api HTTP/1.1\r\nHost: o");
    assert!(sender.is_closed());
}

#[test]
fn headers_that_never_end_are_cut_off_however_steadily_they_come() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    sender.say(HEAD);
    let mut drip = sender.stream().try_clone().unwrap();
    let dripping = thread::spawn(move || {
        while drip.write_all(b"X: y\r\n").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    assert!(sender.is_closed());
    dripping.join().unwrap();
}

#[test]
fn a_connection_without_a_next_request_is_closed() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    sender.push(&form::stockin("S1")).takes();
    assert!(sender.is_closed());
}

#[test]
fn a_body_that_stops_halfway_is_408_and_the_connection_ends() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    sender.say(format!("{HEAD}Content-Length: 1000\r\n\r\nnode_id=1"));
    let reply = sender.reply();
    reply.refuses(408, "E_PARAM");
    assert_eq!(reply.header("connection"), Some("close"));
    assert!(sender.is_closed());
}

#[test]
fn a_body_that_drips_is_408_however_steadily_it_comes() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    sender.say(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n"));
    let mut drip = sender.stream().try_clone().unwrap();
    let dripping = thread::spawn(move || {
        while drip.write_all(b"1\r\na\r\n").is_ok() {
            thread::sleep(Duration::from_millis(20));
        }
    });
    sender.reply().refuses(408, "E_PARAM");
    drop(sender);
    dripping.join().unwrap();
}

#[test]
fn a_sender_that_reads_no_replies_is_let_go() {
    let oms = impatient();
    let mut sender = Sender::connect(oms.address);
    // The replies fill every buffer between here and there, then nothing moves.
    let many = request("a=b").repeat(1000);
    while sender.try_say(&many) {}
    Sender::connect(oms.address)
        .push(&form::stockin("S1"))
        .takes();
}
