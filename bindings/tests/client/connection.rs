//! Connections that fail: before, while and after a request is sent.

use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use dockseal::reply::{Cause, NotSent};
use dockseal::taobao_top::ProtocolCallback;
use dockseal::wangdian_enterprise::StockinRefundPush;
use dockseal::wangdian_flagship::ProcessUpload;
use dockseal::{BeijingTime, CallError, Options, prepare};

use crate::support::clients::{
    both, callback, enterprise, enterprise_account, flagship, good, keyed, keyless, policy, quick,
    top, top_account,
};
use crate::support::server::{Received, Server, ok};

#[test]
fn f1_a_refused_connection_is_tried_again_until_one_request_is_accepted() {
    both(|kind| {
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let late = thread::spawn(move || {
            thread::sleep(Duration::from_millis(150));
            Server::on(address, |_, connection| {
                connection.serve(good::<ProcessUpload>());
            })
        });
        let mut settings = quick(format!("http://{address}/openapi"));
        settings.policy = policy(6, Duration::from_millis(100));
        let made = flagship(kind, settings).call(&keyless()).unwrap();
        assert_eq!(made.process_no, "PS2021113010");
        assert_eq!(late.join().unwrap().count(), 1);
    });
}

#[test]
fn f1_nobody_listening_ends_as_not_sent() {
    both(|kind| {
        let address = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let error = flagship(kind, quick(format!("http://{address}")))
            .call(&keyless())
            .unwrap_err();
        let CallError::NotSent(NotSent::Connect(told)) = &error else {
            panic!("{error:?}")
        };
        assert!(told.to_lowercase().contains("refused"), "{told}");
        assert!(!told.contains("sign"), "{told}");
    });
}

#[test]
fn f1_an_unknown_host_ends_as_not_sent() {
    both(|kind| {
        let error = flagship(kind, quick("http://gateway.invalid/openapi".into())).call(&keyless());
        let error = error.unwrap_err();
        assert!(
            matches!(error, CallError::NotSent(NotSent::Connect(_))),
            "{error:?}"
        );
    });
}

#[test]
fn f1_a_connection_that_closes_at_once_never_leads_to_two_requests() {
    both(|kind| {
        for _ in 0..20 {
            let server = Server::start(|number, connection| match number {
                0 => connection.close(),
                _ => connection.serve(good::<ProcessUpload>()),
            });
            // Whether a byte left before the close is a race; what follows from it is not.
            match flagship(kind, quick(server.url())).call(&keyless()) {
                Ok(_) => assert_eq!(server.count(), 1),
                Err(CallError::Unknown(_)) => assert_eq!(server.count(), 0),
                Err(other) => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn f2_a_reset_after_the_request_is_unknown_and_not_sent_again_without_a_key() {
    both(|kind| {
        let server = Server::start(|_, connection| {
            connection.read();
            connection.close();
        });
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        let CallError::Unknown(unknown) = &error else {
            panic!("{error:?}")
        };
        assert!(matches!(unknown.cause, Cause::Lost(_)), "{unknown:?}");
        assert!(!unknown.advice.repeat_is_harmless);
        assert_eq!((server.count(), server.connections()), (1, 1));
    });
}

#[test]
fn f2_a_reset_amid_the_request_is_unknown_and_not_sent_again_without_a_key() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.reset());
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert_eq!((server.count(), server.connections()), (0, 1));
    });
}

#[test]
fn f2_with_a_key_it_is_sent_again_with_a_fresh_time_and_signature() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0 => _ = connection.read(),
            _ => connection.serve(good::<StockinRefundPush>()),
        });
        let mut settings = quick(server.url());
        settings.policy = policy(3, Duration::from_millis(2400));
        enterprise(kind, settings.clone()).call(&keyed()).unwrap();
        let sent = server.received();
        assert_eq!(sent.len(), 2);
        for one in &sent {
            let now = BeijingTime::from_unix(
                one.parameter("timestamp").parse::<i64>().unwrap() + since(),
            )
            .unwrap();
            assert!(one.at.abs_diff(now.unix().cast_unsigned()) <= 1);
            let again = prepare(&keyed(), &enterprise_account(), now, &Options::default()).unwrap();
            assert_eq!(one.body.as_bytes(), &again.into_http().into_body()[..]);
        }
        assert_ne!(sent[0].parameter("sign"), sent[1].parameter("sign"));

        let server = Server::start(|number, connection| match number {
            0 => _ = connection.read(),
            _ => connection.serve(good::<ProtocolCallback>()),
        });
        settings.base_url = Some(server.url());
        top(kind, settings).call(&callback()).unwrap();
        let sent = server.received();
        assert_eq!(sent.len(), 2);
        for one in &sent {
            let now: BeijingTime = one.parameter("timestamp").parse().unwrap();
            assert!(one.at.abs_diff(now.unix().cast_unsigned()) <= 1);
            let again = prepare(&callback(), &top_account(), now, &Options::default()).unwrap();
            let again = again.into_http();
            let query = again.uri().query().unwrap();
            assert!(one.line.contains(query), "{}", one.line);
        }
        assert_ne!(sent[0].parameter("sign"), sent[1].parameter("sign"));
    });
}

/// The enterprise gateway's year zero.
fn since() -> i64 {
    match dockseal::wangdian_enterprise::GATEWAY.stamp {
        dockseal::gateway::Stamp::Seconds { since } => since,
        dockseal::gateway::Stamp::DateTime => 0,
    }
}

#[test]
fn f3_a_reply_that_ends_too_early_is_unknown() {
    let cases: [&[u8]; 4] = [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"status\":0,",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sta\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n\x1f\x8b\x08\0\0\0\0\0\0\xff",
    ];
    both(|kind| {
        for case in cases {
            let server = Server::start(move |_, connection| connection.answer(case));
            let error = flagship(kind, quick(server.url()))
                .call(&keyless())
                .unwrap_err();
            assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
            assert_eq!(server.count(), 1);

            let server = Server::start(move |number, connection| match number {
                0 => connection.answer(case),
                _ => connection.serve(good::<StockinRefundPush>()),
            });
            enterprise(kind, quick(server.url()))
                .call(&keyed())
                .unwrap();
            assert_eq!(server.count(), 2);
        }
    });
}

#[test]
fn f4_a_pooled_connection_that_was_closed_meanwhile_is_replaced() {
    both(|kind| {
        let server = Server::start(|_, connection| connection.answer(ok(good::<ProcessUpload>())));
        let client = flagship(kind, quick(server.url()));
        client.call(&keyless()).unwrap();
        thread::sleep(Duration::from_millis(100));
        client.call(&keyless()).unwrap();
        assert_eq!((server.count(), server.connections()), (2, 2));
    });
}

#[test]
fn f4_a_pooled_connection_that_dies_with_the_request_brings_no_silent_second_one() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0 => {
                connection.answer(ok(good::<ProcessUpload>()));
                connection.read();
            }
            _ => connection.serve(good::<ProcessUpload>()),
        });
        let client = flagship(kind, quick(server.url()));
        client.call(&keyless()).unwrap();
        let error = client.call(&keyless()).unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert_eq!((server.count(), server.connections()), (2, 1));
    });
}

#[test]
fn f4_a_pooled_connection_that_closes_as_the_request_is_sent_brings_at_most_one() {
    both(|kind| {
        for _ in 0..40 {
            let server = Server::start(|number, connection| match number {
                0 => {
                    connection.answer(ok(good::<ProcessUpload>()));
                    connection.close();
                }
                _ => connection.serve(good::<ProcessUpload>()),
            });
            let client = flagship(kind, quick(server.url()));
            client.call(&keyless()).unwrap();
            match client.call(&keyless()) {
                Ok(_) => assert_eq!(server.count(), 2),
                Err(CallError::Unknown(_)) => assert_eq!(server.count(), 1),
                Err(other) => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn a_later_attempt_that_did_nothing_does_not_hide_that_an_earlier_one_is_open() {
    both(|kind| {
        let server = Server::start(|_, connection| _ = connection.read());
        let mut settings = quick(server.url());
        settings.policy = policy(3, Duration::from_millis(200));
        let client = enterprise(kind, settings);
        let call = thread::spawn(move || client.call(&keyed()));
        crate::support::server::until(|| server.count() == 1);
        drop(server);
        let error = call.join().unwrap().unwrap_err();
        let CallError::Unknown(unknown) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(unknown.advice.key_value.as_deref(), Some("ghs"));
    });
}

#[test]
fn every_attempt_sends_the_same_business_request() {
    both(|kind| {
        let server = Server::start(|number, connection| match number {
            0..2 => _ = connection.read(),
            _ => connection.serve(good::<StockinRefundPush>()),
        });
        enterprise(kind, quick(server.url()))
            .call(&keyed())
            .unwrap();
        let info = |one: &Received| one.parameter("stockin_refund_info");
        let sent: Vec<_> = server.received().iter().map(info).collect();
        assert_eq!(sent.len(), 3);
        assert!(sent.iter().all(|one| *one == sent[0]));
    });
}
