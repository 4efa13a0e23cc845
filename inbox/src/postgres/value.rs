//! Values on their way to the server and back: texts of a sender, times, receipts.
//!
//! PostgreSQL's `text` has no U+0000, and a form parameter may: such texts are kept in the escape
//! format of `bytea`.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use dockseal::BeijingTime;
use dockseal::receiver::{Effect, Kind, Receipt};
use tokio_postgres::types::{ToSql, Type};

use super::fault::Fault;

/// A parameter with its type. That saves a round trip, leaves no statement behind in a pooler, and is
/// the one way in which the driver never logs values.
pub(super) type Typed<'a> = (&'a (dyn ToSql + Sync), Type);

/// In the escape format of `bytea`: a backslash twice, U+0000 as `\000`.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    if text.contains(['\\', '\0']) {
        Cow::Owned(text.replace('\\', r"\\").replace('\0', r"\000"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that was [`kept`].
pub(super) fn given(kept: &str) -> String {
    let mut text = String::with_capacity(kept.len());
    let mut rest = kept;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        text.push_str(plain);
        rest = if let Some(rest) = escaped.strip_prefix("000") {
            text.push('\0');
            rest
        } else {
            text.push('\\');
            escaped.strip_prefix('\\').unwrap_or(escaped)
        };
    }
    text.push_str(rest);
    text
}

/// A receipt as it is stored.
pub(super) fn read(kind: Kind, json: &str) -> Result<Receipt, Fault> {
    Receipt::from_json(kind, json).map_err(|_| Fault::Stored("a stored receipt cannot be read"))
}

/// A kind as it is stored.
pub(super) fn kind(name: &str) -> Result<Kind, Fault> {
    Kind::from_name(name).ok_or(Fault::Stored(NEWER))
}

/// An effect as it is stored.
pub(super) fn effect(name: &str) -> Result<Effect, Fault> {
    Effect::from_name(name).ok_or(Fault::Stored(NEWER))
}

const NEWER: &str = "a newer program wrote this row; use that one";

/// A time as the driver takes it.
pub(super) fn moment(time: BeijingTime) -> SystemTime {
    let seconds = time.unix();
    let distance = Duration::from_secs(seconds.unsigned_abs());
    if seconds < 0 {
        SystemTime::UNIX_EPOCH - distance
    } else {
        SystemTime::UNIX_EPOCH + distance
    }
}

/// A time as it is stored, to the second before.
pub(super) fn beijing(time: SystemTime) -> Result<BeijingTime, Fault> {
    let seconds = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()),
        Err(before) => i64::try_from(before.duration().as_secs()).map(|before| -before),
    };
    let time = seconds.ok().and_then(|of| BeijingTime::from_unix(of).ok());
    time.ok_or(Fault::Stored("a stored time is out of range"))
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back() {
        for text in [
            "",
            "入库单",
            r"\",
            r"\\000",
            "\0",
            "a\0\\000\0",
            r"\0",
            "000",
        ] {
            assert_eq!(given(&kept(text)), text);
            assert!(!kept(text).contains('\0'));
        }
        assert_eq!(kept("a\\b\0"), r"a\\b\000");
    }
}
