//! Cases of one push as parameters: the document that comes out, or the refusal.

use dockseal::receiver::Kind;

use super::super::cases::Malformed;
use super::super::datum::Datum;
use super::super::difference::{self, shown};
use super::oms::Oms;
use super::{form, normal};

/// Where the document or the refusal is another one.
pub(super) async fn difference(case: &Datum, kind: Kind) -> Result<Option<String>, Malformed> {
    let parameters = form::parameters(case.map("params")?)?;
    let oms = Oms::new(&[], case.get("config"))?;
    let expected = case.get("expect").unwrap_or(&Datum::Null);
    let understood = oms.understand(kind.method(), &parameters).await;

    Ok(
        match (expected.get("ok"), expected.get("error"), understood) {
            (Some(expected), _, Ok(receipt)) => {
                let got = normal::document(&receipt, oms.received_at)?;
                difference::first("", expected, &got).map(|found| found.to_string())
            }
            (Some(_), _, Err(refusal)) => Some(format!("expected a document, got {refusal}")),
            (None, Some(expected), Ok(_)) => Some(format!(
                "expected {}, got a document",
                shown(Some(expected))
            )),
            (None, Some(expected), Err(refusal)) => refused(expected, &refusal),
            (None, None, _) => {
                return Err(Malformed(
                    "\"expect\" has neither \"ok\" nor \"error\"".to_owned(),
                ));
            }
        },
    )
}

/// Where a refusal is another than the expected one. Its place is compared only where it is stated.
pub(super) fn refused(expected: &Datum, refusal: &dockseal::receiver::Refusal) -> Option<String> {
    let with_pointer = expected.get("pointer").is_some();
    let got = normal::error(refusal, with_pointer);
    difference::first("/error", expected, &got).map(|found| format!("{found}: {}", refusal.reason))
}
