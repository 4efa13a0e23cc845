//! The order of what is signed, and the rules for names that the order rests on.

use super::{Param, SignError, Value};

/// Nested values deeper than this are refused, so that no message can exhaust the stack.
const DEEPEST: usize = 128;

/// The names that we are willing to send: ASCII, not empty, each one once.
///
/// The vendors' own programs sort other names differently (by UTF-16 units, by bytes, by culture),
/// so no order of them would be right everywhere.
///
/// # Errors
/// Names the first parameter that breaks a rule, never its value.
pub fn check_names(params: &mut [Param<'_>]) -> Result<(), SignError> {
    refuse_odd_names(params)?;
    sort_names(params)
}

pub(super) fn refuse_odd_names(params: &[Param<'_>]) -> Result<(), SignError> {
    for param in params {
        if param.name.is_empty() {
            return Err(SignError::EmptyName);
        }
        if !param.name.is_ascii() {
            return Err(SignError::NotAscii {
                name: param.name.to_owned(),
            });
        }
    }
    Ok(())
}

/// Puts parameters, and the maps inside their values, into byte order.
///
/// Two equal names have no order, so that they are refused here whoever calls.
pub(super) fn sort(params: &mut [Param<'_>]) -> Result<(), SignError> {
    sort_names(params)?;
    for param in params {
        if let Value::List(_) | Value::Map(_) = param.value {
            sort_value(&mut param.value, param.name, DEEPEST)?;
        }
    }
    Ok(())
}

fn sort_names(params: &mut [Param<'_>]) -> Result<(), SignError> {
    if params.is_sorted_by(|one, next| one.name < next.name) {
        return Ok(());
    }
    params.sort_unstable_by_key(|param| param.name);
    refuse_repeats(params.iter().map(|param| param.name))
}

fn sort_value(value: &mut Value<'_>, name: &str, levels: usize) -> Result<(), SignError> {
    if !matches!(value, Value::List(_) | Value::Map(_)) {
        return Ok(());
    }
    let Some(levels) = levels.checked_sub(1) else {
        return Err(SignError::TooDeep {
            name: name.to_owned(),
            limit: DEEPEST,
        });
    };
    match value {
        Value::List(items) => {
            for item in items {
                sort_value(item, name, levels)?;
            }
        }
        Value::Map(pairs) => {
            pairs.sort_unstable_by_key(|(key, _)| *key);
            refuse_repeats(pairs.iter().map(|(key, _)| *key))?;
            for (_, item) in pairs {
                sort_value(item, name, levels)?;
            }
        }
        Value::Text(_) | Value::Null | Value::Bool(_) | Value::Integer(_) => {}
    }
    Ok(())
}

fn refuse_repeats<'n>(sorted: impl Iterator<Item = &'n str>) -> Result<(), SignError> {
    let mut before = None;
    for name in sorted {
        if before == Some(name) {
            return Err(SignError::Repeated {
                name: name.to_owned(),
            });
        }
        before = Some(name);
    }
    Ok(())
}

/// The positions `0..len` in the order of their decimal texts: 0, 1, 10, 11, 2, ...
///
/// Walks the tree of decimal prefixes, so that no text is built and nothing is sorted.
pub(super) struct TextOrder {
    next: Option<usize>,
    len: usize,
}

impl TextOrder {
    pub(super) fn new(len: usize) -> Self {
        Self {
            next: (len > 0).then_some(0),
            len,
        }
    }

    fn successor(&self, position: usize) -> Option<usize> {
        if position == 0 {
            return self.existing(1);
        }
        // A longer text with this prefix comes next, if it is there ...
        if let Some(child) = position
            .checked_mul(10)
            .and_then(|child| self.existing(child))
        {
            return Some(child);
        }
        // ... else the next text at this level, or at the nearest level above that has one.
        let mut position = position;
        loop {
            if position % 10 != 9
                && let Some(sibling) = self.existing(position + 1)
            {
                return Some(sibling);
            }
            position /= 10;
            if position == 0 {
                return None;
            }
        }
    }

    fn existing(&self, position: usize) -> Option<usize> {
        (position < self.len).then_some(position)
    }
}

impl Iterator for TextOrder {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let position = self.next?;
        self.next = self.successor(position);
        Some(position)
    }
}

#[cfg(test)]
mod tests {
    use super::TextOrder;

    #[test]
    fn positions_come_in_the_order_of_their_decimal_texts() {
        for len in [
            0, 1, 2, 9, 10, 11, 12, 99, 100, 101, 110, 999, 1000, 1001, 2345,
        ] {
            let mut sorted: Vec<String> = (0..len).map(|n: usize| n.to_string()).collect();
            sorted.sort();
            // One more than there are: a walk that does not end must not be followed.
            let walk = TextOrder::new(len).take(len + 1);
            let walked: Vec<String> = walk.map(|n| n.to_string()).collect();
            assert_eq!(walked, sorted, "length {len}");
        }
    }
}
