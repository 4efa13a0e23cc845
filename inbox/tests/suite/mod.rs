//! What every inbox does, whichever database it is: each behaviour is a function here, and
//! `behaviours!` makes tests of them for one database.
//!
//! Pushes come in as from the network: signed bodies go through a [`Receiver`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop"
)]

mod browse;
mod concurrent;
mod delivery;
mod effects;
mod push;

use std::fmt::Debug;

use dockseal::receiver::{Answer, Effect, Inbox, Outcome, Receipt, Receiver, Repeats, Settings};
use dockseal_inbox::{Browse, DocumentFilter, Page, StoredDocument};

pub(crate) use browse::*;
pub(crate) use concurrent::*;
pub(crate) use delivery::*;
pub(crate) use effects::*;
pub(crate) use push::{Push, stockin, transfer};

/// Somewhere an inbox is kept: what it remembers stays while handles come and go.
pub(crate) trait Place: Sized {
    /// A handle of the inbox.
    type Inbox: Inbox + Browse + Clone + Debug;

    /// A new place with nothing in it. None when there is no such database here; the reason was
    /// printed.
    async fn new() -> Option<Self>;

    /// A handle, as a process opens it when it starts.
    async fn open(&self) -> Self::Inbox;
}

/// Makes a test of every behaviour, for a [`Place`].
macro_rules! behaviours {
    ($place:ty) => {
        $crate::suite::behaviours! { $place:
            a_first_push_makes_a_document
            pushes_in_part_add_up_until_one_finishes
            a_push_after_the_end_is_ignored
            a_transfer_order_takes_another_status_and_keeps_its_goods
            the_same_push_again_gets_the_stored_reply
            a_push_of_the_same_task_gets_the_stored_reply
            a_retransmission_gets_the_stored_reply_whatever_is_refused_today
            a_signature_that_came_with_other_parameters_is_refused
            a_task_names_pushes_of_one_sender_and_one_method
            documents_of_other_senders_and_kinds_are_never_found
            an_identifier_is_learned_from_a_later_push
            identifiers_of_two_documents_are_refused_and_nothing_is_written
            a_repeat_of_the_content_counts_unless_settings_say_otherwise
            a_repeat_waits_in_quarantine_until_it_is_let_through
            a_repeat_stays_in_quarantine_when_its_document_was_finished
            a_repeat_is_dropped
            the_same_push_at_once_has_one_effect
            the_same_push_through_two_handles_has_one_effect
            pushes_to_one_document_at_once_add_up
            deliveries_of_a_document_come_in_order_and_one_at_a_time
            documents_do_not_wait_for_each_other
            a_delivery_is_leased_to_one_claim_only
            a_delivery_comes_again_when_its_lease_ends
            the_end_of_an_older_attempt_is_passed_over
            a_failed_delivery_comes_again_but_not_before_its_time
            what_changes_nothing_is_not_delivered
            a_push_wakes_who_waits_for_deliveries
            a_wait_for_deliveries_ends_without_any
            a_replayed_delivery_comes_again_in_its_turn
            a_replay_says_why_there_is_nothing_to_hand_out
            lists_are_read_page_by_page
            lists_are_filtered
            everything_of_a_push_is_stored
            nothing_of_a_buyer_is_shown_for_debugging
            reopening_keeps_everything
        }
    };
    ($place:ty: $($behaviour:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $behaviour() {
                if let Some(place) = <$place as $crate::suite::Place>::new().await {
                    $crate::suite::$behaviour(&place).await;
                }
            }
        )*
    };
}
pub(crate) use behaviours;

/// All senders of the tests.
pub(crate) const NODES: [(&str, &str); 2] = [("1000", "token of 1000"), ("2000", "token of 2000")];

/// A receiver that remembers in this inbox.
pub(crate) fn receiver(inbox: impl Inbox) -> Receiver {
    let tokens = NODES.into_iter().fold(
        dockseal::receiver::NodeTokens::by_node_id(),
        |tokens, (node, token)| tokens.with(node, token.to_owned()),
    );
    Receiver::new(inbox, tokens)
}

/// A receiver with this policy for repeats.
pub(crate) fn receiver_that(repeats: Repeats, inbox: impl Inbox) -> Receiver {
    let mut settings = Settings::default();
    settings.repeats = repeats;
    receiver(inbox).with_settings(settings)
}

/// Sends a push and returns the answer.
pub(crate) async fn send(receiver: &Receiver, push: &Push) -> Answer {
    let now = "2025-11-22 10:00:00".parse().unwrap();
    receiver.receive(push.body().as_bytes(), now).await
}

/// Sends a push that has to be taken, and returns its number and effect.
pub(crate) async fn take(receiver: &Receiver, push: &Push) -> (i64, Effect) {
    let answer = send(receiver, push).await;
    match answer.outcome {
        Outcome::Taken { push, effect } => (push, effect),
        other => panic!("not taken: {other:?}"),
    }
}

/// All documents, oldest first.
pub(crate) async fn documents(inbox: &impl Browse) -> Vec<StoredDocument> {
    let all = inbox.documents(DocumentFilter::default(), Page::first(1000));
    all.await.unwrap()
}

/// Goods of a document: number, good pieces, defective pieces.
pub(crate) fn goods(receipt: &Receipt) -> Vec<(&str, i64, i64)> {
    match receipt {
        Receipt::Stockin(of) => of
            .items
            .iter()
            .map(|goods| {
                (
                    goods.product_bn.as_str(),
                    goods.normal_num,
                    goods.defective_num,
                )
            })
            .collect(),
        Receipt::Transfer(of) => of
            .items
            .iter()
            .map(|goods| {
                (
                    goods.product_bn.as_str(),
                    goods.normal_num,
                    goods.defective_num,
                )
            })
            .collect(),
    }
}
