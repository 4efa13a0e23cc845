//! Many pushes at once.

use std::collections::HashSet;

use dockseal::receiver::{Outcome, Receiver};
use tokio::task::JoinSet;

use super::{Place, Push, documents, goods, receiver, send, stockin};

/// Sends each push from a task of its own, in turn through these receivers, and returns the outcomes
/// and the distinct replies.
async fn at_once(receivers: &[Receiver], pushes: Vec<Push>) -> (Vec<Outcome>, HashSet<String>) {
    let mut tasks = JoinSet::new();
    for (push, receiver) in pushes.into_iter().zip(receivers.iter().cycle().cloned()) {
        tasks.spawn(async move { send(&receiver, &push).await });
    }
    let answers = tasks.join_all().await;
    let replies = answers.iter().map(|answer| answer.body.clone()).collect();
    let outcomes = answers.into_iter().map(|answer| answer.outcome).collect();
    (outcomes, replies)
}

fn taken(outcomes: &[Outcome]) -> usize {
    let taken = |outcome: &&Outcome| matches!(outcome, Outcome::Taken { .. });
    outcomes.iter().filter(taken).count()
}

pub(crate) async fn the_same_push_at_once_has_one_effect(place: &impl Place) {
    let inbox = place.open().await;
    let same = vec![stockin("IN-1", "PARTIN", 5); 64];
    let (outcomes, replies) = at_once(&[receiver(inbox.clone())], same).await;
    assert_eq!(taken(&outcomes), 1, "{outcomes:?}");
    let refused = |outcome: &Outcome| matches!(outcome, Outcome::Refused(_));
    assert!(!outcomes.iter().any(refused), "{outcomes:?}");
    assert_eq!(replies.len(), 1);
    assert_eq!(goods(&documents(&inbox).await[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn the_same_push_through_two_handles_has_one_effect(place: &impl Place) {
    let (one, other) = (place.open().await, place.open().await);
    let same = vec![stockin("IN-1", "PARTIN", 5); 64];
    let receivers = [receiver(one.clone()), receiver(other.clone())];
    let (outcomes, replies) = at_once(&receivers, same).await;
    assert_eq!(taken(&outcomes), 1, "{outcomes:?}");
    assert_eq!(replies.len(), 1);
    assert_eq!(documents(&one).await, documents(&other).await);
    assert_eq!(goods(&documents(&one).await[0].receipt), [("A", 5, 1)]);
}

pub(crate) async fn pushes_to_one_document_at_once_add_up(place: &impl Place) {
    let (one, other) = (place.open().await, place.open().await);
    let pushes = (0..64).map(|n| stockin("IN-1", "PARTIN", i64::from(n)).at(n));
    let receivers = [receiver(one.clone()), receiver(other)];
    let (outcomes, _) = at_once(&receivers, pushes.collect()).await;
    assert_eq!(taken(&outcomes), 64, "{outcomes:?}");
    let stored = documents(&one).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(goods(&stored[0].receipt), [("A", (0..64).sum(), 64)]);
}
