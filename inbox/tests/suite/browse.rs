//! Looking into an inbox.

use dockseal::receiver::{Effect, Kind, Settled};
use dockseal_inbox::{Browse, DocumentFilter, Page, PushFilter};

use super::{Place, Push, documents, goods, receiver, send, stockin, take, transfer};

/// Five pushes, of two senders to three documents; the first delivery is done.
async fn five(inbox: &(impl dockseal::receiver::Inbox + Browse + Clone)) -> Vec<Push> {
    let pushes = vec![
        stockin("IN-1", "PARTIN", 1).at(1),
        transfer("TR-1", "OUT").with("task", "T-1"),
        stockin("IN-1", "FINISH", 2)
            .at(2)
            .with("entry_order_id", "E-1"),
        stockin("IN-1", "PARTIN", 3).at(3),
        stockin("IN-1", "PARTIN", 4).with("node_id", "2000"),
    ];
    let receiver = receiver(inbox.clone());
    for (day, push) in (1..).zip(&pushes) {
        let now = format!("2025-11-{day:02} 08:00:00").parse().unwrap();
        let answer = receiver.receive(push.body().as_bytes(), now).await;
        assert!(answer.body.contains(r#""rsp":"succ""#), "{answer:?}");
    }
    let claims = inbox
        .claim(1, std::time::Duration::from_secs(3600))
        .await
        .unwrap();
    assert_eq!(claims[0].delivery.push, 1);
    inbox.settle(vec![Settled::done(&claims[0])]).await.unwrap();
    pushes
}

async fn pushes(inbox: &impl Browse, set: impl FnOnce(&mut PushFilter)) -> Vec<i64> {
    let mut filter = PushFilter::default();
    set(&mut filter);
    let rows = inbox
        .pushes(filter.clone(), Page::first(100))
        .await
        .unwrap();
    let whole = inbox.stored(filter, Page::first(100)).await.unwrap();
    assert!(rows.iter().eq(whole.iter().map(|push| &push.row)));
    rows.iter().map(|row| row.push).collect()
}

async fn found(inbox: &impl Browse, set: impl FnOnce(&mut DocumentFilter)) -> Vec<String> {
    let mut filter = DocumentFilter::default();
    set(&mut filter);
    let found = inbox.documents(filter, Page::first(100)).await.unwrap();
    let name = |document: &dockseal_inbox::StoredDocument| {
        let number = document.receipt.identifiers()[0].unwrap();
        format!("{}/{number}", document.node)
    };
    found.iter().map(name).collect()
}

pub(crate) async fn lists_are_read_page_by_page(place: &impl Place) {
    let inbox = place.open().await;
    five(&inbox).await;
    let mut page = Page::first(2);
    let mut read = Vec::new();
    loop {
        let rows = inbox.pushes(PushFilter::default(), page).await.unwrap();
        let Some(last) = rows.last() else { break };
        assert!(rows.len() <= 2);
        page = page.behind(last.push);
        read.extend(rows.iter().map(|row| row.push));
    }
    assert_eq!(read, [1, 2, 3, 4, 5]);

    let all = documents(&inbox).await;
    let mut page = Page::first(1);
    for document in &all {
        let next = inbox
            .documents(DocumentFilter::default(), page)
            .await
            .unwrap();
        assert_eq!(next, std::slice::from_ref(document));
        page = page.behind(document.document);
    }
    let end = inbox
        .documents(DocumentFilter::default(), page)
        .await
        .unwrap();
    assert_eq!(end, []);
}

pub(crate) async fn lists_are_filtered(place: &impl Place) {
    let inbox = place.open().await;
    five(&inbox).await;
    let all = documents(&inbox).await;
    let third_day = Some("2025-11-03 08:00:00".parse().unwrap());

    assert_eq!(pushes(&inbox, |_| ()).await, [1, 2, 3, 4, 5]);
    assert_eq!(pushes(&inbox, |f| f.push = Some(3)).await, [3]);
    let first = Some(all[0].document);
    assert_eq!(pushes(&inbox, |f| f.document = first).await, [1, 3, 4]);
    assert_eq!(pushes(&inbox, |f| f.node = Some("2000".into())).await, [5]);
    assert_eq!(pushes(&inbox, |f| f.kind = Some(Kind::Transfer)).await, [2]);
    assert_eq!(
        pushes(&inbox, |f| f.effect = Some(Effect::Ignored)).await,
        [4]
    );
    assert_eq!(
        pushes(&inbox, |f| f.number = Some("IN-1".into())).await,
        [1, 3, 4, 5]
    );
    assert_eq!(
        pushes(&inbox, |f| f.number = Some("E-1".into())).await,
        [1, 3, 4]
    );
    assert_eq!(pushes(&inbox, |f| f.since = third_day).await, [3, 4, 5]);
    assert_eq!(pushes(&inbox, |f| f.undelivered = true).await, [2, 3, 5]);
    let both = |f: &mut PushFilter| {
        f.kind = Some(Kind::Stockin);
        f.since = third_day;
        f.undelivered = true;
    };
    assert_eq!(pushes(&inbox, both).await, [3, 5]);

    assert_eq!(
        found(&inbox, |_| ()).await,
        ["1000/IN-1", "1000/TR-1", "2000/IN-1"]
    );
    assert_eq!(found(&inbox, |f| f.document = first).await, ["1000/IN-1"]);
    assert_eq!(
        found(&inbox, |f| f.node = Some("2000".into())).await,
        ["2000/IN-1"]
    );
    assert_eq!(
        found(&inbox, |f| f.kind = Some(Kind::Transfer)).await,
        ["1000/TR-1"]
    );
    assert_eq!(
        found(&inbox, |f| f.status = Some("PARTIN".into())).await,
        ["2000/IN-1"]
    );
    assert_eq!(
        found(&inbox, |f| f.number = Some("E-1".into())).await,
        ["1000/IN-1"]
    );
    assert_eq!(
        found(&inbox, |f| f.since = third_day).await,
        ["1000/IN-1", "2000/IN-1"]
    );
}

pub(crate) async fn everything_of_a_push_is_stored(place: &impl Place) {
    let inbox = place.open().await;
    let sent = five(&inbox).await;
    let stored = inbox
        .stored(PushFilter::default(), Page::first(100))
        .await
        .unwrap();
    for (push, sent) in stored.iter().zip(&sent) {
        assert_eq!(push.body, sent.body().as_bytes());
        assert!(sent.body().ends_with(&format!("sign={}", push.sign)));
        assert!(push.reply.contains(r#""rsp":"succ""#));
    }
    let second = &stored[1];
    assert_eq!(second.task.as_deref(), Some("T-1"));
    assert_eq!(second.row.method, "wms.transferorder.update");
    assert_eq!(second.row.identifiers, [Some("TR-1".to_owned()), None]);
    assert_eq!(second.row.received_at.to_string(), "2025-11-02 08:00:00");
    assert_eq!(goods(&second.receipt), [("A", 3, 0)]);
    assert_eq!(stored[0].row.waiting, None);
    let waiting = second.row.waiting.unwrap();
    assert!(waiting.attempts == 0 && waiting.due_at.is_some());
    let line: serde_json::Value = serde_json::from_str(&second.to_json()).unwrap();
    assert_eq!(line["push"], 2);
    assert_eq!(line["body"], sent[1].body());
    assert_eq!(line["receipt"]["order_code"], "TR-1");

    let document = &documents(&inbox).await[0];
    assert_eq!(document.created_at.to_string(), "2025-11-01 08:00:00");
    assert_eq!(document.updated_at.to_string(), "2025-11-03 08:00:00");
    let line: serde_json::Value = serde_json::from_str(&document.to_json()).unwrap();
    assert_eq!(line["status"], "FINISH");
    assert_eq!(line["receipt"]["items"][0]["normal_num"], 3);
}

pub(crate) async fn nothing_of_a_buyer_is_shown_for_debugging(place: &impl Place) {
    let inbox = place.open().await;
    let secret = stockin("IN-SECRET", "FINISH", 1).with("task", "T-SECRET");
    let answer = send(&receiver(inbox.clone()), &secret).await;
    assert!(answer.body.contains("succ"));
    let filter = PushFilter {
        number: Some("IN-SECRET".to_owned()),
        ..PushFilter::default()
    };
    let stored = inbox.stored(filter.clone(), Page::first(1)).await.unwrap();
    let shown = [
        format!("{inbox:?}"),
        format!("{filter:?}"),
        format!("{stored:?}"),
        format!("{:?}", stored[0].row),
        format!("{:?}", documents(&inbox).await),
    ];
    for text in shown {
        for secret in ["SECRET", "Buyer", "WH-1", stored[0].sign.as_str()] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}

pub(crate) async fn reopening_keeps_everything(place: &impl Place) {
    let inbox = place.open().await;
    let sent = five(&inbox).await;
    let all = PushFilter::default;
    let before = inbox.stored(all(), Page::first(100)).await.unwrap();
    let before_documents = documents(&inbox).await;
    drop(inbox);

    let inbox = place.open().await;
    assert!(inbox.stored(all(), Page::first(100)).await.unwrap() == before);
    assert_eq!(documents(&inbox).await, before_documents);
    let receiver = receiver(inbox.clone());
    for (push, sent) in before.iter().zip(&sent) {
        assert_eq!(send(&receiver, sent).await.body, push.reply);
    }
    let (next, _) = take(&receiver, &stockin("IN-9", "FINISH", 1)).await;
    assert!(next > 5);
}
