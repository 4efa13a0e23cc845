//! What a case checks, told by its members.

use dockseal::receiver::Kind;

use super::super::cases::Malformed;
use super::super::datum::Datum;

/// What a case checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseKind {
    /// The text that is signed, and the signature.
    Assemble,
    /// Several pushes into one empty inbox.
    Sequence,
    /// A raw form body.
    Http,
    /// One push as parameters.
    Push(Kind),
}

/// The kind of a case.
pub(super) fn of(case: &Datum) -> Result<CaseKind, Malformed> {
    let has = |member| case.get(member).is_some();
    if has("assembled") {
        Ok(CaseKind::Assemble)
    } else if has("steps") {
        Ok(CaseKind::Sequence)
    } else if has("body") {
        Ok(CaseKind::Http)
    } else if has("params") {
        pushed(case).map(CaseKind::Push).ok_or_else(|| {
            Malformed("neither a stock-in nor a transfer: begin its name with one".to_owned())
        })
    } else {
        Err(Malformed(
            "none of the members \"assembled\", \"steps\", \"body\", \"params\"".to_owned(),
        ))
    }
}

/// Which document a push is about: by the first part of the case's name, by its method, by the
/// document that is expected, by what only one of the two interfaces has.
fn pushed(case: &Datum) -> Option<Kind> {
    let first_part = case.get("name")?.as_text()?.split('/').next()?;
    let params = case.get("params")?;
    let expected = case.get("expect").and_then(|expect| expect.get("ok"));
    let message = case
        .get("expect")
        .and_then(|expect| expect.get("error")?.get("msg")?.as_text());
    Kind::from_name(first_part)
        .or_else(|| Kind::from_method(params.get("method")?.as_text()?))
        .or_else(|| by_identifiers(expected?))
        .or_else(|| by_identifiers(params))
        .or_else(|| by_message(message?))
}

fn by_identifiers(members: &Datum) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| {
        let mut names = kind.identifiers().into_iter();
        names.any(|name| members.get(name).is_some())
    })
}

/// What a push without identifiers is answered names its document.
fn by_message(message: &str) -> Option<Kind> {
    [("入库单", Kind::Stockin), ("转储单", Kind::Transfer)]
        .into_iter()
        .find_map(|(start, kind)| message.starts_with(start).then_some(kind))
}
