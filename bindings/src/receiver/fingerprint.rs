//! What makes two pushes the same push.

use sha2::{Digest as _, Sha256};

use super::system::{System, is_system};
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
        let timestamp = System::new(parameters).get("timestamp");
        // The business parameters are the larger part, and are digested only once.
        let all = Fingerprint::of(system, content.as_bytes());
        (all.behind(timestamp.unwrap_or_default()), content)
    }

    /// Names and values are told apart by their lengths, texts from maps by a letter, so that no two
    /// sets of parameters look alike.
    fn of(parameters: Vec<&(String, FormValue)>, tail: &[u8]) -> Fingerprint {
        let mut digest = Sha256::new();
        map(parameters, &mut digest);
        digest.update(tail);
        Fingerprint(digest.finalize().into())
    }

    /// With the seconds of the time stamp in front, in place of as many bytes: an index over the
    /// pushes of a day then grows at its end, and writes one page where it would write many.
    fn behind(mut self, timestamp: &str) -> Fingerprint {
        let seconds = timestamp.parse::<u32>().unwrap_or_default();
        let (front, _) = self.0.split_at_mut(4);
        front.copy_from_slice(&seconds.to_be_bytes());
        self
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

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint(..)")
    }
}
