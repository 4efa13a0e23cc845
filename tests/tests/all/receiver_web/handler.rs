//! Handlers that fail, panic or hang: their delivery comes again, and the others do not wait.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dockseal::receiver::{Endpoint, Pace};

use super::support::form;
use super::support::oms::{Oms, Setup};
use super::support::sender::Sender;

/// Little time for a delivery, and short pauses.
fn quick(endpoint: Endpoint) -> Endpoint {
    let mut pace = Pace::default();
    pace.at_once = 2;
    pace.time_limit = Duration::from_millis(300);
    pace.first_pause = Duration::from_millis(20);
    endpoint.with_pace(pace)
}

fn quickly() -> Setup {
    Setup {
        endpoint: quick,
        ..Setup::default()
    }
}

#[test]
fn a_delivery_comes_again_until_the_handler_is_done_with_it() {
    let failed = Mutex::new(HashSet::new());
    let oms = Oms::with(quickly(), move |number| {
        let first = failed.lock().unwrap().insert(number.clone());
        async move {
            match (first, number.as_str()) {
                (true, "FAILS") => Err("not this time"),
                (true, "PANICS") => panic!("this handler panics"),
                (true, "HANGS") => std::future::pending().await,
                _ => Ok(()),
            }
        }
    });
    let mut sender = Sender::connect(oms.address);
    let mut numbers = vec!["FAILS", "HANGS", "PANICS", "S1", "S2"];
    for number in &numbers {
        sender.push(&form::stockin(number)).takes();
    }
    let mut handled: Vec<_> = numbers.iter().map(|_| oms.next()).collect();
    handled.sort_unstable();
    numbers.sort_unstable();
    assert_eq!(handled, numbers);
}

#[test]
fn one_document_that_always_fails_holds_no_other_up() {
    let oms = Oms::with(quickly(), move |number| async move {
        if number == "NEVER" {
            Err("not any time")
        } else {
            Ok(())
        }
    });
    let mut sender = Sender::connect(oms.address);
    sender.push(&form::stockin("NEVER")).takes();
    for number in 0..20 {
        let number = format!("S{number}");
        sender.push(&form::stockin(&number)).takes();
        assert_eq!(oms.next(), number);
    }
}

#[test]
fn no_more_deliveries_are_in_hand_at_once_than_the_pace_says() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let peak = Arc::clone(&most);
    let oms = Oms::with(quickly(), move |_| {
        let (now, most) = (Arc::clone(&now), Arc::clone(&most));
        async move {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            now.fetch_sub(1, Ordering::SeqCst);
            Ok(())
        }
    });
    let mut sender = Sender::connect(oms.address);
    for number in 0..20 {
        sender.push(&form::stockin(&format!("S{number}"))).takes();
    }
    let handled: HashSet<_> = (0..20).map(|_| oms.next()).collect();
    assert_eq!(handled.len(), 20);
    assert_eq!(peak.load(Ordering::SeqCst), 2);
}

#[test]
fn an_inbox_that_fails_and_panics_delays_deliveries_and_loses_none() {
    let oms = Oms::with(
        Setup {
            trouble: 4,
            ..quickly()
        },
        |_| async { Ok(()) },
    );
    let mut sender = Sender::connect(oms.address);
    for number in 0..10 {
        let number = format!("S{number}");
        sender.push(&form::stockin(&number)).takes();
        assert_eq!(oms.next(), number);
    }
}
