//! What makes two pushes the same push.

use sha2::{Digest as _, Sha256};

use super::system::is_system;
use crate::form::FormValue;

/// A digest of decoded parameters: equal for equal parameters, in whatever order and escaping they
/// were sent.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Of all parameters of a push, and of its business parameters alone.
    pub(crate) fn of_push(parameters: &[(String, FormValue)]) -> (Fingerprint, Fingerprint) {
        let (system, business): (Vec<_>, Vec<_>) =
            parameters.iter().partition(|(name, _)| is_system(name));
        let content = Fingerprint::of(business, &[]);
        // The business parameters are the larger part, and are digested only once.
        let all = Fingerprint::of(system, content.as_bytes());
        (all, content)
    }

    /// Names and values are told apart by their lengths, texts from maps by a letter, so that no two
    /// sets of parameters look alike.
    fn of(parameters: Vec<&(String, FormValue)>, tail: &[u8]) -> Fingerprint {
        let mut digest = Sha256::new();
        map(parameters, &mut digest);
        digest.update(tail);
        Fingerprint(digest.finalize().into())
    }

    /// What an inbox stored. Bytes that are no fingerprint are equal to none.
    pub(super) fn stored(bytes: &[u8]) -> Fingerprint {
        Fingerprint(bytes.try_into().unwrap_or_default())
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

fn map(mut pairs: Vec<&(String, FormValue)>, digest: &mut Sha256) {
    pairs.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    size(b'm', pairs.len(), digest);
    for (name, value) in pairs {
        text(name, digest);
        put(value, digest);
    }
}

fn put(value: &FormValue, digest: &mut Sha256) {
    match value {
        FormValue::Text(of) => text(of, digest),
        // A list is a map whose keys came in order; of the same pieces in another order it is one.
        FormValue::List(items) => {
            let mut items: Vec<_> = (0_usize..)
                .zip(items)
                .map(|(index, item)| (index.to_string(), item))
                .collect();
            items.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            size(b'm', items.len(), digest);
            for (key, item) in items {
                text(&key, digest);
                put(item, digest);
            }
        }
        FormValue::Map(pairs) => map(pairs.iter().collect(), digest),
    }
}

fn text(text: &str, digest: &mut Sha256) {
    size(b't', text.len(), digest);
    digest.update(text);
}

fn size(kind: u8, size: usize, digest: &mut Sha256) {
    digest.update([kind]);
    digest.update((size as u64).to_le_bytes());
}

/// In lower-case hexadecimal: the idempotency key of a delivery, as text.
impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint(..)")
    }
}
