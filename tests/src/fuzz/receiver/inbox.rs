//! An inbox in memory that does what the trait says and no more: fast, and forgotten afterwards.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use dockseal::receiver::{
    Accepted, Arrival, Claim, Earlier, Identity, Inbox, InboxError, Pending, Receipt, Settled,
};

/// Shared between its clones.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Rows>>);

#[derive(Default)]
struct Rows {
    pushes: Vec<(Identity, String)>,
    documents: Vec<(String, Receipt)>,
}

impl Memory {
    /// All documents as text.
    pub(super) fn documents(&self) -> Vec<String> {
        self.rows()
            .documents
            .iter()
            .map(|(_, document)| document.to_json())
            .collect()
    }

    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.0.lock().expect("nothing stops while it is held")
    }
}

impl Rows {
    fn earlier(&self, identity: &Identity) -> Option<Earlier> {
        let same_sender = |known: &&(Identity, String)| known.0.node == identity.node;
        let of = |known: &(Identity, String)| {
            let place = self
                .pushes
                .iter()
                .position(|(push, _)| push == &known.0)
                .unwrap_or_default();
            let (push, reply) = known;
            Earlier::new(
                i64::try_from(place + 1).unwrap_or_default(),
                reply.clone(),
                push.fingerprint.as_bytes(),
                push.content.as_bytes(),
                push.task.clone(),
            )
        };
        let mut pushes = self.pushes.iter().filter(same_sender);
        let signed = pushes.clone().find(|(push, _)| push.sign == identity.sign);
        let named = || {
            pushes.find(|(push, _)| {
                push.task.is_some() && push.task == identity.task && push.method == identity.method
            })
        };
        signed.or_else(named).map(of)
    }

    fn accept(&mut self, arrival: Arrival) -> Accepted {
        if let Some(earlier) = self.earlier(&arrival.identity) {
            return Accepted::Repeated(earlier);
        }
        let node = &arrival.identity.node;
        let found: Vec<usize> = (0..self.documents.len())
            .filter(|place| {
                self.documents.get(*place).is_some_and(|(of, known)| {
                    of == node && known.kind() == arrival.kind() && share(known, &arrival.receipt)
                })
            })
            .collect();
        let receipts: Vec<Receipt> = found
            .iter()
            .filter_map(|place| self.documents.get(*place).map(|(_, known)| known.clone()))
            .collect();
        let change = match arrival.apply(&receipts, false) {
            Ok(change) => change,
            Err(refusal) => return Accepted::Refused(refusal),
        };
        if let Some(document) = change.document {
            // What is stored is read again as it was written.
            let stored = Receipt::from_json(arrival.kind(), &document.to_json());
            assert!(
                stored.is_ok_and(|stored| stored == document),
                "a document is not stored as it is"
            );
            match found
                .first()
                .and_then(|place| self.documents.get_mut(*place))
            {
                Some((_, known)) => *known = document,
                None => self.documents.push((node.clone(), document)),
            }
        }
        self.pushes.push((arrival.identity, arrival.reply));
        Accepted::Taken {
            push: i64::try_from(self.pushes.len()).unwrap_or_default(),
            effect: change.effect,
        }
    }
}

fn share(one: &Receipt, other: &Receipt) -> bool {
    one.numbers()
        .any(|number| other.numbers().any(|known| known == number))
}

impl Inbox for Memory {
    fn accept(&self, arrival: Arrival) -> Pending<'_, Result<Accepted, InboxError>> {
        Box::pin(ready(Ok(self.rows().accept(arrival))))
    }

    fn earlier(&self, identity: Identity) -> Pending<'_, Result<Option<Earlier>, InboxError>> {
        Box::pin(ready(Ok(self.rows().earlier(&identity))))
    }

    fn claim(&self, _: usize, _: Duration) -> Pending<'_, Result<Vec<Claim>, InboxError>> {
        Box::pin(ready(Ok(Vec::new())))
    }

    fn settle(&self, _: Vec<Settled>) -> Pending<'_, Result<(), InboxError>> {
        Box::pin(ready(Ok(())))
    }

    fn due(&self, _: Duration) -> Pending<'_, ()> {
        Box::pin(ready(()))
    }
}
