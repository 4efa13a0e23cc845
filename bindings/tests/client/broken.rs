//! Replies that are broken, endless, or somebody else's.

use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dockseal::CallError;
use dockseal::reply::Cause;
use dockseal::wangdian_flagship::ProcessUpload;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::support::clients::{both, enterprise, flagship, good, keyed, keyless, quick};
use crate::support::server::{Server, ok, reply};

#[test]
fn f6_a_dripping_reply_ends_with_the_time_of_the_attempt_and_of_the_call() {
    both(|kind| {
        let drip = |_, connection: &mut crate::support::server::Connection| {
            if connection.read()
                && connection
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
                    .is_ok()
            {
                while connection.write("{").is_ok() {
                    thread::sleep(Duration::from_millis(20));
                }
            }
        };
        let server = Server::start(drip);
        let mut settings = quick(server.url());
        settings.attempt_timeout = Duration::from_millis(300);
        let started = Instant::now();
        let error = flagship(kind, settings.clone())
            .call(&keyless())
            .unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert!(
            (290..1100).contains(&started.elapsed().as_millis()),
            "{:?}",
            started.elapsed()
        );
        assert_eq!(server.count(), 1);

        // Three attempts would take longer than the whole call may.
        settings.policy.deadline = Duration::from_millis(700);
        let started = Instant::now();
        let error = enterprise(kind, settings).call(&keyed()).unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert!(
            (590..1500).contains(&started.elapsed().as_millis()),
            "{:?}",
            started.elapsed()
        );
        assert_eq!(server.count(), 1 + 3);
    });
}

#[test]
fn f7_what_is_no_reply_is_bad_and_what_only_looks_odd_is_read() {
    let broken: [&[u8]; 5] = [
        b"{\"status\":0,\"data\":{\"process_id\":317",
        b"{\"status\":0,\"data\":{}}trailing",
        b"",
        b"\xb2\xbb\xca\xc7 GBK",
        b"{\"status\":0,\"data\":{\"process_no\":\"\x00\"}}",
    ];
    both(|kind| {
        for body in broken {
            let server =
                Server::start(move |_, connection| connection.answer(reply("200 OK", &[], body)));
            let error = flagship(kind, quick(server.url()))
                .call(&keyless())
                .unwrap_err();
            let CallError::BadReply(bad) = &error else {
                panic!("{error:?}")
            };
            assert!(!bad.error.problems.is_empty());
            assert_eq!(server.count(), 1);
        }
        let marked = format!("\u{feff}{}", good::<ProcessUpload>());
        let odd = reply(
            "200 OK",
            &["Content-Type: text/html; charset=gbk"],
            marked.as_bytes(),
        );
        let server = Server::start(move |_, connection| connection.answer(&odd));
        flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap();
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn f9_a_page_of_somebody_between_is_unknown_or_bad_and_cut() {
    let page = format!("<html><body>{}</body></html>", "请登录 ".repeat(4000));
    both(|kind| {
        for status in ["502 Bad Gateway", "504 Gateway Timeout"] {
            let answer = reply(status, &["Content-Type: text/html"], page.as_bytes());
            let server = Server::start(move |_, connection| connection.answer(&answer));
            let error = flagship(kind, quick(server.url()))
                .call(&keyless())
                .unwrap_err();
            let CallError::Unknown(unknown) = &error else {
                panic!("{error:?}")
            };
            assert_eq!(unknown.cause, Cause::Status(status[..3].parse().unwrap()));
            assert_eq!(server.count(), 1);
        }
        let answer = reply("200 OK", &["Content-Type: text/html"], page.as_bytes());
        let server = Server::start(move |_, connection| connection.answer(&answer));
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        let CallError::BadReply(bad) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            (bad.status, bad.content_type.as_deref()),
            (200, Some("text/html"))
        );
        assert!(bad.error.excerpt.len() <= 8 * 1024 && bad.error.excerpt.starts_with("<html>"));
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn f10_a_compressed_reply_is_read_and_a_bomb_is_capped_by_what_it_unfolds_to() {
    both(|kind| {
        let small = reply(
            "200 OK",
            &["Content-Encoding: gzip"],
            &gzip(good::<ProcessUpload>().as_bytes()),
        );
        let server = Server::start(move |_, connection| connection.answer(&small));
        flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap();
        assert!(
            server.received()[0]
                .head
                .to_lowercase()
                .contains("accept-encoding: gzip")
        );

        let bomb = gzip(&vec![b' '; 8 * 1024 * 1024]);
        assert!(bomb.len() < 16 * 1024);
        let bomb = reply("200 OK", &["Content-Encoding: gzip"], &bomb);
        let server = Server::start(move |_, connection| connection.answer(&bomb));
        let mut settings = quick(server.url());
        settings.reply_cap = 64 * 1024;
        let error = flagship(kind, settings).call(&keyless()).unwrap_err();
        assert!(
            error.to_string().contains("larger than 65536 bytes"),
            "{error}"
        );
        assert_eq!(server.count(), 1);
    });
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn f11_an_endless_reply_is_capped() {
    both(|kind| {
        let written = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&written);
        let server = Server::start(move |_, connection| {
            connection.read();
            let _ = connection.write("HTTP/1.1 200 OK\r\n\r\n");
            while connection.write([b'x'; 4096]).is_ok() {
                count.fetch_add(4096, Ordering::SeqCst);
            }
        });
        let mut settings = quick(server.url());
        settings.reply_cap = 256 * 1024;
        let error = flagship(kind, settings).call(&keyless()).unwrap_err();
        let CallError::Unknown(unknown) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(
            unknown.cause,
            Cause::Lost("the reply is larger than 262144 bytes".into())
        );
        // The client hung up; what is above the cap are the buffers of both ends.
        assert!(written.load(Ordering::SeqCst) < 16 * 1024 * 1024);
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn f11_a_reply_exactly_as_large_as_allowed_is_read() {
    both(|kind| {
        let body = good::<ProcessUpload>();
        let server = Server::start(move |_, connection| connection.serve(body));
        let mut settings = quick(server.url());
        settings.reply_cap = body.len();
        flagship(kind, settings.clone()).call(&keyless()).unwrap();
        settings.reply_cap = body.len() - 1;
        let error = flagship(kind, settings).call(&keyless()).unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert_eq!(server.count(), 2);
    });
}

#[test]
fn f11_an_endless_head_is_capped() {
    both(|kind| {
        let server = Server::start(|_, connection| {
            connection.read();
            let _ = connection.write("HTTP/1.1 200 OK\r\n");
            while connection
                .write(format!("X-More: {}\r\n", "x".repeat(4000)))
                .is_ok()
            {}
        });
        let error = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap_err();
        assert!(matches!(error, CallError::Unknown(_)), "{error:?}");
        assert_eq!(server.count(), 1);
    });
}

#[test]
fn f12_a_redirect_is_not_followed() {
    both(|kind| {
        for status in [
            "301 Moved Permanently",
            "302 Found",
            "307 Temporary Redirect",
            "308 Permanent Redirect",
        ] {
            let other = Server::start(|_, connection| connection.serve(good::<ProcessUpload>()));
            let location = format!("Location: {}", other.url());
            let answer = reply(status, &[&location], b"<html>moved</html>");
            let server = Server::start(move |_, connection| connection.answer(&answer));
            let error = flagship(kind, quick(server.url()))
                .call(&keyless())
                .unwrap_err();
            let CallError::BadReply(bad) = &error else {
                panic!("{error:?}")
            };
            assert_eq!(bad.status.to_string(), status[..3]);
            assert_eq!((server.count(), other.connections()), (1, 0));
        }
    });
}

#[test]
fn a_large_reply_below_the_cap_is_read_whole() {
    both(|kind| {
        let body = format!(
            r#"{{"status":0,"data":{{"process_id":1,"process_no":"P","status":0,"message":"{}"}}}}"#,
            "x".repeat(3_000_000)
        );
        let answer = ok(&body);
        let server = Server::start(move |_, connection| connection.answer(&answer));
        let made = flagship(kind, quick(server.url()))
            .call(&keyless())
            .unwrap();
        assert_eq!(made.message.len(), 3_000_000);
        assert_eq!(server.count(), 1);
    });
}
