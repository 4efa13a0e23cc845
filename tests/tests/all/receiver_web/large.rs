//! Too much of anything: refused while it comes, in the envelope, with nothing kept.

use std::thread;

use super::support::form::{self, NODE};
use super::support::oms::{Oms, Setup};
use super::support::sender::{HEAD, Sender};

const MIB: usize = 1 << 20;

#[test]
fn a_body_that_announces_too_much_is_refused_before_it_comes() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    sender.say(format!("{HEAD}Content-Length: {}\r\n\r\n", 3 * MIB));
    sender.reply().refuses(413, "E_PARAM");
    assert!(sender.is_closed());

    // Who asks first is told not to send it.
    let mut sender = Sender::connect(oms.address);
    let expect = "Expect: 100-continue\r\n";
    sender.say(format!("{HEAD}{expect}Content-Length: {}\r\n\r\n", 3 * MIB));
    sender.reply().refuses(413, "E_PARAM");
    assert!(sender.is_closed());
}

#[test]
fn a_sender_that_sends_3_mib_reads_the_envelope() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    sender.say(format!("{HEAD}Content-Length: {}\r\n\r\n", 3 * MIB));
    sender.say(vec![b'a'; 3 * MIB]);
    let reply = sender.reply();
    reply.refuses(413, "E_PARAM");
    assert_eq!(reply.header("connection"), Some("close"));
    assert!(sender.is_closed());
}

#[test]
fn chunks_without_end_are_refused_at_the_limit() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    sender.say(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n"));
    let mut pouring = Sender::of(sender.stream().try_clone().unwrap());
    let pour = thread::spawn(move || {
        let chunk = [b"10000\r\n", &vec![b'a'; 0x10000][..], b"\r\n"].concat();
        let mut chunks = 0;
        while pouring.try_say(&chunk) {
            chunks += 1;
        }
        chunks
    });
    sender.reply().refuses(413, "E_PARAM");
    // It is not read for ever.
    let chunks = pour.join().unwrap();
    assert!(chunks >= 32, "{chunks}");
}

#[test]
fn a_body_at_the_limit_is_read_and_one_byte_more_is_not() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    sender.push(&"a".repeat(2 * MIB)).refuses(200, "E_PARAM");
    sender
        .push(&"a".repeat(2 * MIB + 1))
        .refuses(413, "E_PARAM");
}

#[test]
fn a_hundred_thousand_pairs_are_refused() {
    let oms = Oms::start();
    let pairs: Vec<_> = (0..100_000).map(|number| format!("a{number}=1")).collect();
    let form = format!("{}&{}", form::stockin("S1"), pairs.join("&"));
    let mut sender = Sender::connect(oms.address);
    sender.push(&form).refuses(200, "E_PARAM");
    sender.push(&form::stockin("S1")).takes();
}

#[test]
fn json_nested_a_hundred_thousand_deep_is_refused() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    for (open, close) in [("[", "]"), (r#"[{"batch":"#, "}]"), (r#"{"a":"#, "}")] {
        let item = open.repeat(100_000) + "1" + &close.repeat(100_000);
        sender
            .push(&form::with_item(NODE, "S1", &item))
            .refuses(200, "E_PARAM");
    }
    sender.push(&form::stockin("S1")).takes();
}

#[test]
fn headers_beyond_their_size_or_number_are_431() {
    let oms = Oms::start();
    let long = format!("{HEAD}X: {}\r\nContent-Length: 0\r\n\r\n", "x".repeat(MIB));
    let many = format!("{HEAD}{}Content-Length: 0\r\n\r\n", "X: x\r\n".repeat(1000));
    for head in [long, many] {
        let mut sender = Sender::connect(oms.address);
        sender.try_say(head);
        assert_eq!(sender.reply().status, 431);
        assert!(sender.is_closed());
    }
}

#[test]
fn a_body_for_which_there_is_no_memory_is_503_and_leaves_what_it_had() {
    let oms = Oms::set(Setup {
        endpoint: |endpoint| endpoint.with_bodies(64 << 10),
        ..Setup::default()
    });
    for number in 0..20 {
        let mut sender = Sender::connect(oms.address);
        let reply = sender.push(&"&".repeat(100_000));
        reply.refuses(503, "E_INTERNAL");
        assert_eq!(reply.header("retry-after"), Some("5"));
        let push = form::stockin(&format!("S{number}"));
        Sender::connect(oms.address).push(&push).takes();
    }
}
