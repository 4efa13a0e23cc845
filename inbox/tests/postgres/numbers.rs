//! Numbers that are hard to keep, and pushes whose numbers cross.

use dockseal::receiver::{Effect, Outcome};
use dockseal::shopex_oms::ErrorCode;
use dockseal_inbox::{Browse as _, DocumentFilter, Page, PushFilter};
use tokio::task::JoinSet;

use crate::place::Schema;
use crate::suite::{Place as _, Push, documents, goods, receiver, send, stockin, take, transfer};

/// Sends all at once, half of them by another handle, and returns how they ended.
async fn at_once(schema: &Schema, pushes: Vec<Push>) -> Vec<Outcome> {
    let receivers = [receiver(schema.open().await), receiver(schema.open().await)];
    let mut tasks = JoinSet::new();
    for (push, receiver) in pushes.into_iter().zip(receivers.iter().cycle().cloned()) {
        tasks.spawn(async move { send(&receiver, &push).await.outcome });
    }
    tasks.join_all().await
}

fn by_entry(number: &str, normal: i64) -> Push {
    stockin("", "PARTIN", normal).with("entry_order_id", number)
}

fn by_both(number: &str, entry: &str, normal: i64) -> Push {
    stockin(number, "PARTIN", normal).with("entry_order_id", entry)
}

#[tokio::test(flavor = "multi_thread")]
async fn pushes_by_either_number_and_by_both_add_up_without_a_deadlock() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    take(&receiver(inbox.clone()), &by_both("B", "E", 1)).await;
    let pushes = (1..=60).map(|second| match second % 3 {
        0 => stockin("B", "PARTIN", 1).at(second),
        1 => by_entry("E", 1).at(second),
        _ => by_both("B", "E", 1).at(second),
    });
    for outcome in at_once(&schema, pushes.collect()).await {
        let Outcome::Taken { effect, .. } = outcome else {
            panic!("not taken: {outcome:?}");
        };
        assert_eq!(effect, Effect::Accumulated);
    }
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 61, 61)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pushes_that_cross_two_documents_are_refused_without_a_deadlock() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &by_both("B1", "E1", 1)).await;
    take(&receiver, &by_both("B2", "E2", 1)).await;
    let before = documents(&inbox).await;
    let pushes = (1..=60).map(|second| match second % 2 {
        0 => by_both("B1", "E2", 1).at(second),
        _ => by_both("B2", "E1", 1).at(second),
    });
    for outcome in at_once(&schema, pushes.collect()).await {
        let Outcome::Refused(refusal) = outcome else {
            panic!("not refused: {outcome:?}");
        };
        assert_eq!(refusal.code, ErrorCode::State);
    }
    assert_eq!(documents(&inbox).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn first_pushes_at_once_never_make_two_documents_of_one_number() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    for round in 0..20 {
        let (number, entry) = (format!("B{round}"), format!("E{round}"));
        let pushes = (0..12).map(|second| match second % 3 {
            0 => stockin(&number, "PARTIN", 1).at(second),
            1 => by_entry(&entry, 1).at(second),
            _ => by_both(&number, &entry, 1).at(second),
        });
        let mut taken = 0;
        for outcome in at_once(&schema, pushes.collect()).await {
            match outcome {
                Outcome::Taken { .. } => taken += 1,
                // Both numbers had a document of their own before the first push that has both.
                Outcome::Refused(refusal) => assert_eq!(refusal.code, ErrorCode::State),
                other => panic!("all are different: {other:?}"),
            }
        }
        let mut counted = 0;
        for name in [&number, &entry] {
            let filter = DocumentFilter {
                number: Some(name.clone()),
                ..DocumentFilter::default()
            };
            let found = inbox.documents(filter, Page::first(10)).await.unwrap();
            assert_eq!(found.len(), 1);
            let both = found[0].receipt.identifiers().iter().all(Option::is_some);
            counted += goods(&found[0].receipt)[0].1 * if both { 1 } else { 2 };
        }
        assert_eq!(counted, 2 * taken, "what was taken was counted, once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_text_cannot_hold_are_kept_and_found() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    let receiver = receiver(inbox.clone());
    // Longer than an entry of an index may be, compressed or not.
    let long: String = (0..5000).map(|number| number.to_string()).collect();
    for number in ["a\\0b", "a\0b", "a\\000b", "\\", "入库\u{10ffff}", &long] {
        let (push, effect) = take(&receiver, &stockin(number, "PARTIN", 1).at(1)).await;
        assert_eq!(effect, Effect::Created);
        let named = stockin(number, "PARTIN", 1).at(2).with("task", number);
        let (_, effect) = take(&receiver, &named).await;
        assert_eq!(effect, Effect::Accumulated);
        let again = send(&receiver, &named.at(3)).await.outcome;
        assert!(matches!(again, Outcome::Repeated { .. }), "{again:?}");
        let (_, effect) = take(&receiver, &transfer(number, number)).await;
        assert_eq!(effect, Effect::Created);

        let filter = PushFilter {
            number: Some(number.to_owned()),
            ..PushFilter::default()
        };
        let found = inbox.stored(filter, Page::first(10)).await.unwrap();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].row.push, push);
        assert_eq!(found[0].row.identifiers[0].as_deref(), Some(number));
        assert_eq!(found[1].task.as_deref(), Some(number));
        let filter = DocumentFilter {
            status: Some(number.to_owned()),
            ..DocumentFilter::default()
        };
        let found = inbox.documents(filter, Page::first(10)).await.unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].receipt.status(), number);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_large_pushes_is_short_and_nothing_is_left_out() {
    let Some(schema) = Schema::new().await else {
        return;
    };
    let inbox = schema.open().await;
    let receiver = receiver(inbox.clone());
    for number in 0..8 {
        let large =
            stockin(&format!("IN-{number}"), "FINISH", 1).with("remark", "x".repeat(300_000));
        take(&receiver, &large).await;
    }
    let mut page = Page::first(100);
    let mut pages = Vec::new();
    loop {
        let rows = inbox.stored(PushFilter::default(), page).await.unwrap();
        let Some(last) = rows.last() else { break };
        page = page.behind(last.row.push);
        pages.push(rows.len());
    }
    assert_eq!(pages.iter().sum::<usize>(), 8);
    assert!(pages.iter().all(|rows| *rows <= 3), "{pages:?}");
}
