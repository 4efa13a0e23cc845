//! What goes wrong between the inbox and its server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use deadpool_postgres::{Manager, Pool, Runtime, Timeouts};
use dockseal::receiver::{
    Accepted, Arrival, Claim, Earlier, Effect, Identity, Inbox as _, InboxError, Outcome, Pending,
    Settled,
};
use dockseal::shopex_oms::ErrorCode;
use dockseal_inbox::postgres::Inbox;
use tokio_postgres::NoTls;

use crate::place::{self, Schema};
use crate::proxy::{Cut, Proxy};
use crate::suite::{Place as _, documents, goods, receiver, send, stockin, take};

/// An inbox behind a way that is cut at the next commits.
async fn behind(schema: &Schema, cut: Cut, times: u32) -> (Inbox, Proxy) {
    // The tables are there before the first cut.
    schema.open().await;
    let proxy = Proxy::start(schema.config(), cut, times).await;
    let pool = place::pool(proxy.config(&schema.config()), 4);
    (Inbox::with_pool(pool).await.unwrap(), proxy)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_went_through_unheard_is_found_and_not_done_twice() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let (inbox, proxy) = behind(&schema, Cut::Behind, 1).await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5);
    let (number, effect) = take(&receiver, &push).await;
    assert!(proxy.is_spent());
    assert_eq!(
        effect,
        Effect::Created,
        "what it did, not that it was there"
    );
    let again = send(&receiver, &push).await;
    assert_eq!(again.outcome, Outcome::Repeated { push: number });
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_was_lost_on_its_way_is_done_again() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let (inbox, proxy) = behind(&schema, Cut::Before, 3).await;
    let receiver = receiver(inbox.clone());
    let (_, effect) = take(&receiver, &stockin("IN-1", "PARTIN", 5)).await;
    assert!(proxy.is_spent());
    assert_eq!(effect, Effect::Created);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_can_never_be_committed_is_refused_and_may_come_again() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let (inbox, _proxy) = behind(&schema, Cut::Before, 8).await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5);
    refused(&send(&receiver, &push).await.outcome);
    assert!(documents(&inbox).await.is_empty());
    let (_, effect) = take(&receiver, &push).await;
    assert_eq!(effect, Effect::Created);
}

#[tokio::test(flavor = "multi_thread")]
async fn deliveries_survive_lost_connections() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    take(
        &receiver(schema.open().await),
        &stockin("IN-1", "FINISH", 1),
    )
    .await;
    for cut in [Cut::Before, Cut::Behind] {
        let (inbox, proxy) = behind(&schema, cut, 1).await;
        // A lease whose commit was not heard counts as an attempt, and ends.
        let mut claims = Vec::new();
        while claims.is_empty() {
            claims = inbox.claim(1, Duration::from_millis(50)).await.unwrap();
        }
        assert!(proxy.is_spent());
        let again = Settled::failed(&claims[0], Duration::ZERO);
        inbox.settle(vec![again]).await.unwrap();
    }
    let (inbox, proxy) = behind(&schema, Cut::Before, 0).await;
    let claims = inbox.claim(1, Duration::from_secs(3600)).await.unwrap();
    assert!(proxy.is_spent());
    let (inbox, proxy) = behind(&schema, Cut::Behind, 1).await;
    inbox.settle(vec![Settled::done(&claims[0])]).await.unwrap();
    assert!(proxy.is_spent());
    assert_eq!(
        schema
            .number("SELECT count(*) FROM dockseal_delivery")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_the_server_ended_are_replaced() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    let receiver = receiver(inbox.clone());
    for second in 1..=5 {
        take(&receiver, &stockin("IN-1", "PARTIN", 1).at(second)).await;
        let end = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{}'",
            schema.name
        );
        schema.run(&end).await;
    }
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 5)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_that_waits_too_long_is_refused_and_may_come_again() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5);
    let mut other = schema.client().await;
    let holds = other.transaction().await.unwrap();
    holds
        .batch_execute("LOCK TABLE dockseal_document")
        .await
        .unwrap();
    refused(&send(&receiver, &push).await.outcome);
    holds.rollback().await.unwrap();
    let (_, effect) = take(&receiver, &push).await;
    assert_eq!(effect, Effect::Created);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_without_a_free_connection_is_said_so() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let pool = Pool::builder(Manager::new(schema.config(), NoTls))
        .max_size(1)
        .timeouts(Timeouts::wait_millis(50))
        .runtime(Runtime::Tokio1)
        .build()
        .unwrap();
    let inbox = Inbox::with_pool(pool.clone()).await.unwrap();
    let taken = pool.get().await.unwrap();
    let error = inbox.claim(1, Duration::ZERO).await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("no connection was free"), "{cause}");
    refused(
        &send(&receiver(inbox.clone()), &stockin("IN-1", "PARTIN", 1))
            .await
            .outcome,
    );
    drop(taken);
    take(&receiver(inbox), &stockin("IN-1", "PARTIN", 1)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_whose_sender_went_away_leaves_nothing_half_done() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = Inbox::with_pool(schema.pool(1)).await.unwrap();
    let receiver = receiver(inbox.clone());
    for second in 0..200 {
        let push = stockin("IN-1", "PARTIN", 1).at(second);
        // Dropped somewhere on its way, each time a little later.
        let time = Duration::from_micros(u64::from(second) * 30);
        let _ = tokio::time::timeout(time, send(&receiver, &push)).await;
    }
    for second in 0..200 {
        let answer = send(&receiver, &stockin("IN-1", "PARTIN", 1).at(second)).await;
        assert!(answer.body.contains("succ"), "{answer:?}");
    }
    assert_eq!(
        goods(&documents(&inbox).await[0].receipt),
        [("A", 200, 200)]
    );
}

/// An inbox that writes down how its errors look.
struct Watched {
    inbox: Inbox,
    shown: Arc<Mutex<Vec<String>>>,
}

impl dockseal::receiver::Inbox for Watched {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        Box::pin(async {
            let accepted = self.inbox.accept(arrival).await;
            if let Err(error) = &accepted {
                let cause = std::error::Error::source(error).unwrap();
                let shown = format!("{error} {error:?} {cause} {cause:?}");
                self.shown.lock().unwrap().push(shown);
            }
            accepted
        })
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        self.inbox.earlier(identity)
    }

    fn claim(&self, most: usize, lease: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        self.inbox.claim(most, lease)
    }

    fn settle(&self, settled: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        self.inbox.settle(settled)
    }

    fn due(&self, most: Duration) -> Pending<'_, ()> {
        self.inbox.due(most)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_says_what_failed_and_shows_nothing_of_the_push() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    // The server's own word on this quotes the whole row.
    schema
        .run("ALTER TABLE dockseal_push ADD CONSTRAINT never CHECK (length(sign) < 1)")
        .await;
    let shown = Arc::default();
    let watched = Watched {
        inbox,
        shown: Arc::clone(&shown),
    };
    let push = stockin("IN-SECRET", "PARTIN", 5);
    refused(&send(&receiver(watched), &push).await.outcome);
    let shown = shown.lock().unwrap().join(" ");
    assert!(
        shown.contains("SQLSTATE 23514") && shown.contains("never"),
        "{shown}"
    );
    let body = push.body();
    let (_, sign) = body.rsplit_once('=').unwrap();
    for secret in ["SECRET", "Buyer", "WH-1", sign] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn an_address_that_is_wrong_is_not_repeated() {
    for address in [
        "postgres://me:SECRET@host:port/db",
        "host=h password=SECRET SECRET",
    ] {
        let error = Inbox::connect(address).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("postgres://") && !shown.contains("SECRET"),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_so() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port();
    let address = format!("postgres://me:SECRET@127.0.0.1:{port}/db");
    let error = Inbox::connect(&address).await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("error connecting to server"), "{cause}");
    assert!(!format!("{error:?}").contains("SECRET"));
}

/// Not taken for a reason on this side.
fn refused(outcome: &Outcome) {
    let Outcome::Refused(refusal) = outcome else {
        panic!("not refused: {outcome:?}");
    };
    assert_eq!(refusal.code, ErrorCode::Internal);
}
