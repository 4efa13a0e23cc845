//! What is handed out to the handler, when, and how often.

use std::time::Duration;

use dockseal::receiver::{Claim, Effect, Inbox, Settled};
use dockseal_inbox::{Browse as _, Replayed};

use super::{Place, goods, receiver, stockin, take, transfer};

/// Longer than any test runs.
const LONG: Duration = Duration::from_secs(3600);

async fn claim(inbox: &impl Inbox) -> Vec<Claim> {
    inbox.claim(100, LONG).await.unwrap()
}

async fn done(inbox: &impl Inbox, claim: &Claim) {
    inbox.settle(vec![Settled::done(claim)]).await.unwrap();
}

fn numbers(claims: &[Claim]) -> Vec<i64> {
    let mut numbers: Vec<_> = claims.iter().map(|claim| claim.delivery.push).collect();
    numbers.sort_unstable();
    numbers
}

pub(crate) async fn deliveries_of_a_document_come_in_order_and_one_at_a_time(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    for (second, status) in [(1, "PARTIN"), (2, "PARTIN"), (3, "FINISH")] {
        take(&receiver, &stockin("IN-1", status, 10).at(second)).await;
    }
    let effects = [Effect::Created, Effect::Accumulated, Effect::Finished];
    for (push, effect) in (1..).zip(effects) {
        let claims = claim(&inbox).await;
        assert_eq!(numbers(&claims), [push]);
        assert!(claim(&inbox).await.is_empty(), "one is under way");
        let delivery = &claims[0].delivery;
        assert_eq!((delivery.effect, claims[0].attempt), (effect, 1));
        assert_eq!(delivery.node, "1000");
        assert_eq!(delivery.received_at.to_string(), "2025-11-22 10:00:00");
        assert_eq!(goods(&delivery.receipt), [("A", 10, 1)]);
        assert_eq!(goods(&delivery.document), [("A", 30, 3)], "as it is now");
        done(&inbox, &claims[0]).await;
    }
    assert!(claim(&inbox).await.is_empty());
}

pub(crate) async fn documents_do_not_wait_for_each_other(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    for number in ["IN-1", "IN-2", "IN-3"] {
        for second in [1, 2] {
            take(&receiver, &stockin(number, "PARTIN", 1).at(second)).await;
        }
    }
    assert_eq!(numbers(&claim(&inbox).await), [1, 3, 5]);
}

pub(crate) async fn a_delivery_is_leased_to_one_claim_only(place: &impl Place) {
    let (one, other) = (place.open().await, place.open().await);
    let receiver = receiver(one.clone());
    for n in 0..40 {
        take(&receiver, &stockin(&format!("IN-{n}"), "FINISH", 1)).await;
    }
    let mut all = Vec::new();
    while all.len() < 40 {
        let (a, b) = tokio::join!(one.claim(3, LONG), other.claim(3, LONG));
        let (a, b) = (a.unwrap(), b.unwrap());
        assert!(!(a.is_empty() && b.is_empty()), "some are left");
        assert!(a.len() <= 3 && b.len() <= 3);
        all.extend(numbers(&a));
        all.extend(numbers(&b));
    }
    all.sort_unstable();
    assert!(all.into_iter().eq(1..=40));
}

pub(crate) async fn a_delivery_comes_again_when_its_lease_ends(place: &impl Place) {
    let inbox = place.open().await;
    take(&receiver(inbox.clone()), &stockin("IN-1", "FINISH", 1)).await;
    for attempt in 1..=3 {
        let claims = inbox.claim(1, Duration::ZERO).await.unwrap();
        assert_eq!((numbers(&claims), claims[0].attempt), (vec![1], attempt));
    }
    assert_eq!(claim(&inbox).await[0].attempt, 4);
    assert!(claim(&inbox).await.is_empty());
}

pub(crate) async fn the_end_of_an_older_attempt_is_passed_over(place: &impl Place) {
    let inbox = place.open().await;
    take(&receiver(inbox.clone()), &stockin("IN-1", "FINISH", 1)).await;
    let first = inbox.claim(1, Duration::ZERO).await.unwrap();
    let second = claim(&inbox).await;
    let late = Settled::failed(&first[0], Duration::ZERO);
    inbox
        .settle(vec![late, Settled::done(&first[0])])
        .await
        .unwrap();
    assert!(claim(&inbox).await.is_empty(), "the second is under way");
    let again = Settled::failed(&second[0], Duration::ZERO);
    inbox.settle(vec![again]).await.unwrap();
    assert_eq!(claim(&inbox).await[0].attempt, 3);
}

pub(crate) async fn a_failed_delivery_comes_again_but_not_before_its_time(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 1).at(1)).await;
    take(&receiver, &stockin("IN-1", "FINISH", 1).at(2)).await;
    let claims = claim(&inbox).await;
    inbox
        .settle(vec![Settled::failed(&claims[0], Duration::ZERO)])
        .await
        .unwrap();
    let claims = claim(&inbox).await;
    assert_eq!((numbers(&claims), claims[0].attempt), (vec![1], 2));
    inbox
        .settle(vec![Settled::failed(&claims[0], LONG)])
        .await
        .unwrap();
    assert!(
        claim(&inbox).await.is_empty(),
        "nor does the next overtake it"
    );
}

pub(crate) async fn what_changes_nothing_is_not_delivered(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "FINISH", 1).at(1)).await;
    take(&receiver, &stockin("IN-1", "FINISH", 1).at(2)).await;
    take(&receiver, &transfer("TR-1", "OUT").at(1)).await;
    take(&receiver, &transfer("TR-1", "OUT").at(2)).await;
    let claims = claim(&inbox).await;
    assert_eq!(numbers(&claims), [1, 3]);
    for one in &claims {
        done(&inbox, one).await;
    }
    assert!(claim(&inbox).await.is_empty());
}

pub(crate) async fn a_push_wakes_who_waits_for_deliveries(place: &impl Place) {
    let inbox = place.open().await;
    assert!(claim(&inbox).await.is_empty());
    let mut due = inbox.due(LONG);
    // Long enough for it to begin. It may return for no reason.
    let begin = Duration::from_millis(200);
    if tokio::time::timeout(begin, &mut due).await.is_ok() {
        due = inbox.due(LONG);
    }
    take(&receiver(inbox.clone()), &stockin("IN-1", "FINISH", 1)).await;
    // Far less than the wait that was asked for, and far more than it takes.
    tokio::time::timeout(Duration::from_secs(60), due)
        .await
        .unwrap();
    assert_eq!(numbers(&claim(&inbox).await), [1]);
}

pub(crate) async fn a_wait_for_deliveries_ends_without_any(place: &impl Place) {
    let inbox = place.open().await;
    let wait = async {
        inbox.due(Duration::from_millis(20)).await;
        // A lease that ends soon ends a long wait as well.
        take(&receiver(inbox.clone()), &stockin("IN-1", "FINISH", 1)).await;
        let lease = Duration::from_millis(20);
        while inbox
            .claim(1, lease)
            .await
            .unwrap()
            .iter()
            .all(|claim| claim.attempt < 2)
        {
            inbox.due(LONG).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait)
        .await
        .unwrap();
}

pub(crate) async fn a_replayed_delivery_comes_again_in_its_turn(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "PARTIN", 1).at(1)).await;
    let first = claim(&inbox).await;
    done(&inbox, &first[0]).await;
    take(&receiver, &stockin("IN-1", "PARTIN", 1).at(2)).await;
    let second = claim(&inbox).await;
    assert_eq!(numbers(&second), [2]);

    assert_eq!(inbox.replay(1).await.unwrap(), Replayed::Again);
    assert!(claim(&inbox).await.is_empty(), "one is under way");
    done(&inbox, &second[0]).await;
    assert_eq!(numbers(&claim(&inbox).await), [1]);
}

pub(crate) async fn a_replay_says_why_there_is_nothing_to_hand_out(place: &impl Place) {
    let inbox = place.open().await;
    let receiver = receiver(inbox.clone());
    take(&receiver, &stockin("IN-1", "FINISH", 1).at(1)).await;
    take(&receiver, &stockin("IN-1", "FINISH", 1).at(2)).await;
    assert_eq!(inbox.replay(1).await.unwrap(), Replayed::Waiting);
    let ignored = Replayed::NoEffect(Effect::Ignored);
    assert_eq!(inbox.replay(2).await.unwrap(), ignored);
    assert_eq!(inbox.replay(3).await.unwrap(), Replayed::Unknown);
}
