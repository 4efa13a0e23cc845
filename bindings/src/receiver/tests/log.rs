//! What the log says, and that it says nothing that is secret and no line that was not meant.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::*;

/// Keeps every event as one text.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<Vec<String>>>);

struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Capture {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("dockseal")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(event.metadata().level().to_string());
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What is said while a body is received.
async fn said(body: &str) -> String {
    let capture = Capture::default();
    let said = Arc::clone(&capture.0);
    let guard = tracing::subscriber::set_default(capture);
    receiver().receive(body.as_bytes(), now()).await;
    drop(guard);
    let said = said.lock().unwrap();
    said.join("\n")
}

#[tokio::test]
async fn a_refusal_is_logged_with_its_place_and_without_its_values() {
    let item = r#"[{"product_bn":"SECRET-A","normal_num":"SECRET-B"}]"#;
    let pairs = [
        ("stockin_bn", "SECRET-C"),
        ("status", "FINISH"),
        ("remark", "SECRET-D"),
        ("item", item),
    ];
    let body = push(STOCKIN, &pairs);
    let said = said(&body).await;
    assert!(said.starts_with("WARN "), "{said}");
    for shown in [
        "node=\"N100\"",
        "method=\"wms.stockin.status_update\"",
        "code=E_PARAM",
        "/item/0/normal_num",
    ] {
        assert!(said.contains(shown), "{shown}: {said}");
    }
    let sign = body.rsplit('=').next().unwrap();
    for hidden in ["SECRET", sign, TOKEN] {
        assert!(!said.contains(hidden), "{hidden}: {said}");
    }
}

#[tokio::test]
async fn what_a_stranger_claims_is_quoted_and_cut() {
    let node = format!("a\n{}", "x".repeat(1000));
    let said = said(&signed(
        &[("node_id", &node), ("method", "m"), ("b\n[]", "1")],
        "?",
    ))
    .await;
    assert!(!said.contains('\n'), "{said}");
    assert!(said.contains("no sender is known"), "{said}");
    assert!(said.len() < 500, "{said}");
    let said = self::said("b%0A[]=1&b%0A=2").await;
    assert!(!said.contains('\n') && said.contains("/b\\n"), "{said}");
}

#[tokio::test]
async fn a_store_out_of_reach_is_logged_with_its_cause() {
    let said = said(&push(
        STOCKIN,
        &[("stockin_bn", "I1"), ("status", "FINISH")],
    ))
    .await;
    assert!(said.starts_with("ERROR "), "{said}");
    assert!(
        said.contains("the store is out of reach: connection refused"),
        "{said}"
    );
}

#[tokio::test]
async fn debug_shows_nothing_of_a_push_or_a_token() {
    let pairs = [
        ("stockin_bn", "HIDDEN"),
        ("status", "FINISH"),
        ("remark", "HIDDEN"),
        ("item", r#"[{"product_bn":"HIDDEN"}]"#),
    ];
    let arrival = arrive(&receiver(), &push(STOCKIN, &pairs)).await.unwrap();
    let change = arrival.apply(&[], false).unwrap();
    let tokens = NodeTokens::by_node_id().with(NODE, TOKEN);
    let shown = format!(
        "{arrival:?} {change:?} {:?} {tokens:?} {:?}",
        arrival.identity.fingerprint,
        receiver()
    );
    assert!(shown.contains(NODE));
    for hidden in ["HIDDEN", TOKEN, &arrival.identity.sign] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
