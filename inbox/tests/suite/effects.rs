//! What pushes do to documents.

use dockseal::BeijingTime;
use dockseal::receiver::{Effect, Outcome, Receipt, Repeats, Settings};
use dockseal::shopex_oms::ErrorCode;
use dockseal_inbox::{Browse as _, Page, PushFilter, Replayed};

use super::{Place, documents, goods, receiver, receiver_that, send, stockin, take, transfer};

pub(crate) async fn a_first_push_makes_a_document(place: &impl Place) {
    let inbox = place.open().await;
    let answer = send(&receiver(inbox.clone()), &stockin("IN-1", "PARTIN", 5)).await;
    let Outcome::Taken { push, effect } = answer.outcome else {
        panic!("not taken: {answer:?}");
    };
    assert_eq!((push, effect), (1, Effect::Created));
    assert!(answer.body.contains(r#""rsp":"succ""#));

    let stored = documents(&inbox).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].node, "1000");
    assert_eq!(stored[0].receipt.identifiers(), [Some("IN-1"), None]);
    assert_eq!(stored[0].receipt.status(), "PARTIN");
    assert_eq!(goods(&stored[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn pushes_in_part_add_up_until_one_finishes(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let mut effects = Vec::new();
    for (second, status, normal) in [(1, "PARTIN", 5), (2, "PARTIN", 7), (3, "FINISH", 11)] {
        let push = stockin("IN-1", status, normal).at(second);
        effects.push(take(&receiver, &push).await);
    }
    let expected = [Effect::Created, Effect::Accumulated, Effect::Finished];
    assert_eq!(
        effects,
        [(1, expected[0]), (2, expected[1]), (3, expected[2])]
    );

    let stored = documents(&inbox).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].receipt.status(), "FINISH");
    assert_eq!(goods(&stored[0].receipt), [("A", 23, 3)]);
}

pub(crate) async fn a_push_after_the_end_is_ignored(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "FINISH", 5)).await;
    let before = documents(&inbox).await;
    for (second, status) in [(1, "PARTIN"), (2, "FINISH")] {
        let (_, effect) = take(&receiver, &stockin("IN-1", status, 9).at(second)).await;
        assert_eq!(effect, Effect::Ignored);
    }
    assert_eq!(documents(&inbox).await, before);
}

pub(crate) async fn a_transfer_order_takes_another_status_and_keeps_its_goods(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &transfer("TR-1", "OUT")).await;
    let more = transfer("TR-1", "FINISH").with("item", r#"[{"product_bn":"B","normal_num":1}]"#);
    assert_eq!(take(&receiver, &more).await, (2, Effect::StatusChanged));
    let (_, effect) = take(&receiver, &more.at(7)).await;
    assert_eq!(effect, Effect::Unchanged);

    let stored = documents(&inbox).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].receipt.status(), "FINISH");
    assert_eq!(goods(&stored[0].receipt), [("A", 3, 0)]);
}

pub(crate) async fn the_same_push_again_gets_the_stored_reply(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5);
    let first = send(&receiver, &push).await;
    let now = "2025-11-23 10:00:00".parse().unwrap();
    for body in [push.body(), push.body_in_other_words()] {
        let again = receiver.receive(body.as_bytes(), now).await;
        assert!(matches!(again.outcome, Outcome::Repeated { push: 1 }));
        assert_eq!(again.body, first.body);
    }
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn a_push_of_the_same_task_gets_the_stored_reply(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let first = send(&receiver, &stockin("IN-1", "PARTIN", 5).with("task", "T-1")).await;
    let other = stockin("IN-1", "PARTIN", 6).with("task", "T-1").at(9);
    let again = send(&receiver, &other).await;
    assert!(matches!(again.outcome, Outcome::Repeated { push: 1 }));
    assert_eq!(again.body, first.body);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn a_retransmission_gets_the_stored_reply_whatever_is_refused_today(
    place: &impl Place,
) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5).with("task", "T-1");
    let first = send(&receiver, &push).await;
    let mut settings = Settings::default();
    settings.window = Some(std::time::Duration::from_secs(60));
    let today = receiver.with_settings(settings);
    let broken = push.clone().with("item", "[{}]");
    for body in [push.body(), broken.body()] {
        let again = today.receive(body.as_bytes(), tomorrow()).await;
        assert!(matches!(again.outcome, Outcome::Repeated { push: 1 }));
        assert_eq!(again.body, first.body);
    }
    // What is no retransmission is refused as ever.
    for other in [push.clone().with("task", "T-2"), broken.with("task", "")] {
        let refused = today.receive(other.body().as_bytes(), tomorrow()).await;
        assert!(matches!(refused.outcome, Outcome::Refused(_)));
    }
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn a_signature_that_came_with_other_parameters_is_refused(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5).with("extendProps", "xy");
    take(&receiver, &push).await;
    // The same text is signed, and cut elsewhere.
    let cut = push
        .body()
        .replace("extendProps=xy", "extendProps%5Bx%5D=y");
    assert_ne!(cut, push.body());
    let answer = receiver.receive(cut.as_bytes(), tomorrow()).await;
    let Outcome::Refused(refusal) = answer.outcome else {
        panic!("not refused: {answer:?}");
    };
    assert_eq!(refusal.code, ErrorCode::Sign);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

fn tomorrow() -> BeijingTime {
    "2099-11-23 10:00:00".parse().unwrap()
}

pub(crate) async fn a_task_names_pushes_of_one_sender_and_one_method(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    let push = stockin("IN-1", "PARTIN", 5).with("task", "T-1");
    take(&receiver, &push).await;
    take(&receiver, &push.with("node_id", "2000")).await;
    take(&receiver, &transfer("TR-1", "OUT").with("task", "T-1")).await;
    // Nor does an empty name name anything.
    for second in [1, 2] {
        take(
            &receiver,
            &stockin("IN-2", "PARTIN", 5).with("task", "").at(second),
        )
        .await;
    }
    assert_eq!(documents(&inbox).await.len(), 4);
}

pub(crate) async fn documents_of_other_senders_and_kinds_are_never_found(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    // The same value under another name is another number, too.
    let by_entry = stockin("X", "PARTIN", 3)
        .without("stockin_bn")
        .with("entry_order_id", "X");
    for push in [
        stockin("X", "PARTIN", 1),
        stockin("X", "PARTIN", 2).with("node_id", "2000"),
        by_entry,
        transfer("X", "OUT"),
    ] {
        let (_, effect) = take(&receiver, &push).await;
        assert_eq!(effect, Effect::Created);
    }
    let stored = documents(&inbox).await;
    let senders: Vec<_> = stored
        .iter()
        .map(|document| document.node.as_str())
        .collect();
    assert_eq!(senders, ["1000", "2000", "1000", "1000"]);
}

pub(crate) async fn an_identifier_is_learned_from_a_later_push(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 1)).await;
    take(
        &receiver,
        &stockin("IN-1", "PARTIN", 2).with("entry_order_id", "E-1"),
    )
    .await;
    let by_entry = stockin("", "PARTIN", 4).with("entry_order_id", "E-1");
    let (_, effect) = take(&receiver, &by_entry).await;
    assert_eq!(effect, Effect::Accumulated);

    let stored = documents(&inbox).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0].receipt.identifiers(), [Some("IN-1"), Some("E-1")]);
    assert_eq!(goods(&stored[0].receipt), [("A", 7, 3)]);
}

pub(crate) async fn identifiers_of_two_documents_are_refused_and_nothing_is_written(
    place: &impl Place,
) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 1)).await;
    let other = stockin("", "PARTIN", 2).with("entry_order_id", "E-2");
    take(&receiver, &other).await;
    let before = documents(&inbox).await;

    let both = stockin("IN-1", "PARTIN", 4).with("entry_order_id", "E-2");
    let answer = send(&receiver, &both).await;
    let Outcome::Refused(refusal) = &answer.outcome else {
        panic!("not refused: {answer:?}");
    };
    assert_eq!(refusal.code, ErrorCode::State);
    assert_eq!(documents(&inbox).await, before);
    let pushes = inbox.pushes(PushFilter::default(), Page::first(10)).await;
    assert_eq!(pushes.unwrap().len(), 2);
}

pub(crate) async fn a_repeat_of_the_content_counts_unless_settings_say_otherwise(
    place: &impl Place,
) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 5).at(1)).await;
    let (_, effect) = take(&receiver, &stockin("IN-1", "PARTIN", 5).at(2)).await;
    assert_eq!(effect, Effect::Accumulated);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 10, 2)]);
}

pub(crate) async fn a_repeat_waits_in_quarantine_until_it_is_let_through(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver_that(Repeats::Quarantine, inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 5).at(1)).await;
    let (other, _) = take(&receiver, &stockin("IN-1", "PARTIN", 6).at(2)).await;
    let (repeat, effect) = take(&receiver, &stockin("IN-1", "PARTIN", 5).at(3)).await;
    assert_eq!((other, effect), (2, Effect::Quarantined));
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 11, 2)]);

    let replayed = inbox.replay(repeat).await.unwrap();
    assert_eq!(replayed, Replayed::LetThrough(Effect::Accumulated));
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 16, 3)]);
    let filter = PushFilter {
        push: Some(repeat),
        ..PushFilter::default()
    };
    let rows = inbox.pushes(filter, Page::first(1)).await.unwrap();
    assert_eq!(rows[0].effect, Effect::Accumulated);
    assert!(rows[0].waiting.is_some());
    // Once is enough.
    assert_eq!(inbox.replay(repeat).await.unwrap(), Replayed::Waiting);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 16, 3)]);
}

pub(crate) async fn a_repeat_stays_in_quarantine_when_its_document_was_finished(
    place: &impl Place,
) {
    let inbox = place.open().await;
    let receiver = receiver_that(Repeats::Quarantine, inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 5).at(1)).await;
    let (repeat, _) = take(&receiver, &stockin("IN-1", "PARTIN", 5).at(2)).await;
    take(&receiver, &stockin("IN-1", "FINISH", 7).at(3)).await;

    let replayed = inbox.replay(repeat).await.unwrap();
    assert_eq!(replayed, Replayed::NoEffect(Effect::Ignored));
    let filter = PushFilter {
        effect: Some(Effect::Quarantined),
        ..PushFilter::default()
    };
    let waiting = inbox.pushes(filter, Page::first(2)).await.unwrap();
    assert_eq!(waiting.len(), 1, "it still waits for a decision");
    let stored = documents(&inbox).await;
    assert!(matches!(&stored[0].receipt, Receipt::Stockin(of) if of.items[0].normal_num == 12));
}

pub(crate) async fn a_repeat_is_dropped(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver_that(Repeats::Drop, inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 5).at(1)).await;
    let (_, effect) = take(&receiver, &stockin("IN-1", "PARTIN", 5).at(2)).await;
    assert_eq!(effect, Effect::Dropped);
    // Another status makes another content.
    let (_, effect) = take(&receiver, &stockin("IN-1", "FINISH", 5).at(3)).await;
    assert_eq!(effect, Effect::Finished);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 10, 2)]);
}
