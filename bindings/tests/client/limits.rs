//! The client's own limits: attempts under way, calls per minute, and many accounts side by side.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dockseal::CallError;
use dockseal::reply::NotSent;
use dockseal::wangdian_flagship::ProcessUpload;

use crate::support::clients::{both, flagship, good, keyless, quick};
use crate::support::server::{Server, ok};

/// A server that takes its time, and the most requests that it had at the same time.
fn slow(time: Duration) -> (Server, Arc<AtomicUsize>) {
    let (now, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let server = Server::start(move |_, connection| {
        while connection.read() {
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(time);
            now.fetch_sub(1, Ordering::SeqCst);
            let _ = connection.write(ok(good::<ProcessUpload>()));
        }
    });
    (server, most)
}

#[test]
fn no_more_attempts_are_under_way_than_allowed() {
    both(|kind| {
        let (server, most) = slow(Duration::from_millis(60));
        let mut settings = quick(server.url());
        settings.max_in_flight = 2;
        let client = flagship(kind, settings);
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| client.call(&keyless()).unwrap());
            }
        });
        assert_eq!((server.count(), most.load(Ordering::SeqCst)), (6, 2));
    });
}

#[test]
fn calls_that_get_no_place_in_time_are_not_sent() {
    both(|kind| {
        let (server, _) = slow(Duration::from_secs(2));
        let mut settings = quick(server.url());
        settings.max_in_flight = 1;
        settings.policy.deadline = Duration::from_millis(300);
        let client = flagship(kind, settings);
        let started = Instant::now();
        let sent = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| match client.call(&keyless()).unwrap_err() {
                    CallError::NotSent(NotSent::Held) => {}
                    CallError::Unknown(_) => _ = sent.fetch_add(1, Ordering::SeqCst),
                    other => panic!("{other:?}"),
                });
            }
        });
        assert!(
            started.elapsed() < Duration::from_millis(900),
            "{:?}",
            started.elapsed()
        );
        let sent = sent.load(Ordering::SeqCst);
        assert!(
            (1..8).contains(&sent) && server.count() <= sent,
            "{sent} {}",
            server.count()
        );
    });
}

#[test]
fn f18_the_time_is_stamped_after_the_wait_for_a_turn() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
        let mut settings = quick(server.url());
        settings.calls_per_minute = Some(30);
        let client = flagship(kind, settings);
        let started = Instant::now();
        client.call(&keyless()).unwrap();
        assert!(started.elapsed() < Duration::from_secs(1));
        client.call(&keyless()).unwrap();
        assert!(
            started.elapsed() >= Duration::from_millis(1900),
            "{:?}",
            started.elapsed()
        );
        let sent = server.received();
        assert_eq!(sent.len(), 2);
        let stamp =
            |at: usize| sent[at].parameter("timestamp").parse::<u64>().unwrap() + 1_325_347_200;
        assert!(stamp(1) > stamp(0));
        assert!(stamp(1).abs_diff(sent[1].at) <= 1);
        assert_ne!(sent[0].parameter("sign"), sent[1].parameter("sign"));
    });
}

#[test]
fn a_turn_that_comes_after_the_deadline_is_not_waited_for() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
        let mut settings = quick(server.url());
        settings.calls_per_minute = Some(1);
        let client = flagship(kind, settings);
        client.call(&keyless()).unwrap();
        let started = Instant::now();
        let error = client.call(&keyless()).unwrap_err();
        assert!(
            matches!(error, CallError::NotSent(NotSent::Held)),
            "{error:?}"
        );
        assert!(started.elapsed() < Duration::from_millis(200));
        assert_eq!(server.count(), 1);
    });
}
