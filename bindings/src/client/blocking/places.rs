//! Room for so many attempts at the same time, for threads.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

pub(super) struct Places {
    free: Mutex<usize>,
    freed: Condvar,
}

/// One place, given back when dropped.
pub(super) struct Place<'a>(&'a Places);

impl Places {
    pub(super) fn new(free: usize) -> Places {
        Places {
            free: Mutex::new(free),
            freed: Condvar::new(),
        }
    }

    /// A place; none if there was none for so long.
    pub(super) fn acquire(&self, limit: Duration) -> Option<Place<'_>> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .freed
            .wait_timeout_while(free, limit, |free| *free == 0);
        let (mut free, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(Place(self))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_waited_for_and_given_back() {
        let places = Places::new(1);
        let first = places.acquire(Duration::ZERO).unwrap();
        assert!(places.acquire(Duration::from_millis(20)).is_none());
        std::thread::scope(|scope| {
            let second = scope.spawn(|| places.acquire(Duration::from_secs(5)).is_some());
            drop(first);
            assert!(second.join().unwrap());
        });
        assert!(places.acquire(Duration::ZERO).is_some());
    }
}
