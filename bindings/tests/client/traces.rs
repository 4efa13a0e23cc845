//! What spans and events say of a call, and that they say nothing that is secret.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use dockseal::wangdian_flagship::{ProcessUpload, WangdianFlagship};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::clients::{
    Client, Kind, both, enterprise, flagship, flagship_account, good, keyed, keyless, quick, top,
};
use crate::support::server::{Server, reply};

/// Keeps everything that is said.
#[derive(Clone, Default)]
struct Capture {
    next: Arc<AtomicU64>,
    spans: Arc<Mutex<BTreeMap<u64, Fields>>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

#[derive(Clone, Debug, Default)]
struct Fields {
    name: &'static str,
    target: String,
    values: BTreeMap<&'static str, String>,
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.values.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.values.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields {
            name: span.metadata().name(),
            target: span.metadata().target().into(),
            ..Fields::default()
        };
        span.record(&mut fields);
        let id = self.next.fetch_add(1, Ordering::SeqCst) + 1;
        self.spans.lock().unwrap().insert(id, fields);
        Id::from_u64(id)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        values.record(
            self.spans
                .lock()
                .unwrap()
                .get_mut(&span.into_u64())
                .unwrap(),
        );
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields {
            name: event.metadata().name(),
            target: event.metadata().target().into(),
            ..Fields::default()
        };
        event.record(&mut fields);
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Capture {
    /// Runs with everything captured, on this thread and on the runtime's.
    fn of(act: impl FnOnce()) -> Capture {
        let capture = Capture::default();
        tracing::subscriber::with_default(capture.clone(), act);
        capture
    }

    fn calls(&self) -> Vec<Fields> {
        let spans = self.spans.lock().unwrap();
        spans
            .values()
            .filter(|span| span.name == "dockseal.call")
            .cloned()
            .collect()
    }

    fn all(&self) -> String {
        format!(
            "{:?}{:?}",
            self.spans.lock().unwrap(),
            self.events.lock().unwrap()
        )
    }
}

#[test]
fn a_span_names_the_call_and_how_it_ended() {
    both(|kind| {
        let server = Server::start(|number, connection| {
            match number {
            0 => connection.serve(good::<ProcessUpload>()),
            1 => _ = connection.read(),
            _ => connection.serve(r#"{"error_response":{"code":50,"msg":"Remote service error","sub_code":"isv.invalid-parameter","sub_msg":"x","request_id":"r-1"}}"#),
        }
        });
        let mut settings = quick(server.url());
        settings.alias = Some("shop-1".to_owned());
        let capture = Capture::of(|| {
            flagship(kind, settings.clone()).call(&keyless()).unwrap();
            top(kind, settings)
                .call(&crate::support::clients::callback())
                .unwrap_err();
        });
        let [good, bad] = &capture.calls()[..] else {
            panic!("{:?}", capture.calls())
        };
        let host = server.address();
        let expected = [
            ("dockseal.account", "shop-1"),
            ("http.request.method", "POST"),
            ("http.request.resend_count", "0"),
            ("http.response.status_code", "200"),
            ("otel.kind", "client"),
            ("rpc.method", "process.Process.upload"),
            ("rpc.system", "wangdian-flagship"),
            ("server.address", "127.0.0.1"),
            ("server.port", &host.port().to_string()),
            ("url.path", "/openapi"),
        ];
        let values: Vec<_> = good
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        assert_eq!(values, expected);
        for (name, value) in [
            ("error.type", "rejected"),
            ("http.request.resend_count", "1"),
            ("vendor.code", "50"),
            ("vendor.sub_code", "isv.invalid-parameter"),
            ("vendor.request_id", "r-1"),
        ] {
            assert_eq!(
                bad.values.get(name).map(String::as_str),
                Some(value),
                "{name}"
            );
        }
        assert_eq!(server.count(), 3);
    });
}

#[test]
fn no_secret_and_no_business_data_is_in_any_span_or_event() {
    both(|kind| {
        let server = Server::start(|number, connection| match number % 4 {
            0 => _ = connection.read(),
            1 => connection.answer(reply("502 Bad Gateway", &[], b"<html>hidden-page</html>")),
            2 => connection.answer(reply(
                "200 OK",
                &["Date: Sun, 06 Nov 1994 08:49:37 GMT"],
                b"hidden-page",
            )),
            _ => connection.answer("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhidden-page"),
        });
        let capture = Capture::of(|| {
            let settings = quick(server.url());
            let mut said = String::new();
            for _ in 0..2 {
                said.push_str(&format!(
                    "{:?}",
                    flagship(kind, settings.clone()).call(&keyless())
                ));
                said.push_str(&format!(
                    "{:?}",
                    enterprise(kind, settings.clone()).call(&keyed())
                ));
                said.push_str(&format!(
                    "{:?}",
                    top(kind, settings.clone()).call(&crate::support::clients::callback())
                ));
                said.push_str(&format!(
                    "{:?}",
                    top(kind, settings.clone()).call_raw("m", r#"{"a":"hidden-value"}"#)
                ));
            }
            let mut settings = settings;
            settings.base_url = Some("http://127.0.0.1:1".to_owned());
            said.push_str(&format!("{:?}", flagship(kind, settings).call(&keyless())));
            check(&said, &server);
        });
        check(&capture.all(), &server);
        assert_eq!(capture.calls().len(), 9);
    });
}

/// Neither credentials, nor signatures, nor what the requests and replies said.
fn check(said: &str, server: &Server) {
    assert!(!said.is_empty());
    for word in [
        "hidden",
        "sid-of",
        "key-of",
        "wdtapi3-test",
        "SC001",
        "TK1608030001",
    ] {
        assert!(!said.contains(word), "{word} in {said}");
    }
    for one in server.received() {
        assert!(!said.contains(&one.parameter("sign")));
        let query = one.line.split_once('?').map_or("", |(_, query)| query);
        assert!(query.is_empty() || !said.contains(query.split('&').next().unwrap()));
    }
}

#[test]
fn an_unencrypted_address_is_warned_of_once_for_each_client() {
    both(|kind| {
        for (url, warnings) in [
            ("http://wdt.example/openapi", 1),
            ("https://wdt.example/openapi", 0),
            ("http://127.0.0.1:8080", 0),
            ("http://localhost", 0),
            ("http://[::1]:80", 0),
        ] {
            let capture = Capture::of(|| {
                let built = Client::<WangdianFlagship>::build(
                    kind,
                    flagship_account(),
                    quick(url.to_owned()),
                );
                let _ = built.unwrap().with_credentials(flagship_account());
            });
            let events = capture.events.lock().unwrap().clone();
            let ours = events
                .iter()
                .filter(|event| event.target.starts_with("dockseal"))
                .count();
            assert_eq!(ours, warnings, "{url}: {events:?}");
        }
    });
}

#[test]
fn a_clock_that_is_far_off_is_warned_of_once() {
    both(|kind: Kind| {
        let server = Server::start(|_, connection| {
            for _ in 0..2 {
                let date = ["Date: Sun, 06 Nov 1994 08:49:37 GMT"];
                connection.answer(reply("200 OK", &date, good::<ProcessUpload>().as_bytes()));
            }
        });
        let capture = Capture::of(|| {
            let client = flagship(kind, quick(server.url()));
            client.call(&keyless()).unwrap();
            client.call(&keyless()).unwrap();
        });
        let events = capture.events.lock().unwrap().clone();
        let told = events
            .iter()
            .filter(|event| event.values.contains_key("seconds"))
            .count();
        assert_eq!((told, server.count()), (1, 2));
    });
}
