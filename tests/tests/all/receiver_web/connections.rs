//! What else connections do: follow each other, speak all at once, fall silent, vanish.

use std::net::Shutdown;

use dockseal::receiver::ServeSettings;

use super::support::form;
use super::support::oms::{Oms, Setup};
use super::support::sender::{HEAD, Sender, request};

#[test]
fn pushes_sent_all_at_once_are_answered_in_their_order() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    let numbers: Vec<_> = (0..20).map(|number| format!("S{number}")).collect();
    let all: String = numbers
        .iter()
        .map(|number| request(&form::stockin(number)))
        .collect();
    sender.say(all);
    for number in &numbers {
        let reply = sender.reply();
        reply.takes();
        assert_eq!(reply.envelope()["data"]["stockin_bn"], *number);
    }
}

#[test]
fn a_sender_that_has_said_all_and_listens_gets_its_reply() {
    let oms = Oms::start();
    let mut sender = Sender::connect(oms.address);
    sender.say(request(&form::stockin("S1")));
    sender.fall_silent();
    sender.reply().takes();
    assert!(sender.is_closed());
}

#[test]
fn half_a_push_has_no_effect() {
    let oms = Oms::start();
    let form = form::stockin("S1");
    for part in [1, form.len() / 2, form.len() - 1] {
        let mut sender = Sender::connect(oms.address);
        sender.say(format!(
            "{HEAD}Content-Length: {}\r\n\r\n{}",
            form.len(),
            &form[..part]
        ));
        sender.fall_silent();
        sender.reply().refuses(400, "E_PARAM");
    }
    Sender::connect(oms.address)
        .push(&form::stockin("S2"))
        .takes();
    assert_eq!(oms.next(), "S2");
}

#[test]
fn the_push_of_a_sender_that_vanishes_is_taken_whole_or_not_at_all() {
    let oms = Oms::start();
    let numbers: Vec<_> = (0..50).map(|number| format!("S{number}")).collect();
    for number in &numbers {
        let mut sender = Sender::connect(oms.address);
        sender.say(request(&form::stockin(number)));
        sender.stream().shutdown(Shutdown::Both).unwrap();
    }
    // Whatever became of the first, the second is answered, and one delivery comes of both.
    let mut sender = Sender::connect(oms.address);
    for number in &numbers {
        sender.push(&form::stockin(number)).takes();
    }
    let mut handled: Vec<_> = numbers.iter().map(|_| oms.next()).collect();
    handled.sort_unstable();
    let mut expected = numbers;
    expected.sort_unstable();
    assert_eq!(handled, expected);
    assert!(oms.handled.try_recv().is_err());
}

#[test]
fn connections_beyond_the_limit_wait_until_one_ends() {
    let mut serve = ServeSettings::default();
    serve.connections = 2;
    let oms = Oms::set(Setup {
        serve,
        ..Setup::default()
    });
    let mut first = Sender::connect(oms.address);
    first.push(&form::stockin("S1")).takes();
    let mut second = Sender::connect(oms.address);
    second.push(&form::stockin("S2")).takes();

    let mut third = Sender::connect(oms.address);
    third.say(request(&form::stockin("S3")));
    // The others are served, the third is not.
    first.push(&form::stockin("S4")).takes();
    second.push(&form::stockin("S5")).takes();
    let numbers: Vec<_> = (0..4).map(|_| oms.next()).collect();
    assert!(!numbers.contains(&"S3".to_owned()), "{numbers:?}");
    drop(first);
    third.reply().takes();
}
