//! What the receiver has made, in the form in which the cases state it.

use dockseal::BeijingTime;
use dockseal::receiver::{Kind, Receipt, Refusal};

use super::super::cases::Malformed;
use super::super::datum::Datum;

/// A document: every member, with `"default"` where the time of receiving stands in.
pub(super) fn document(receipt: &Receipt, received_at: BeijingTime) -> Result<Datum, Malformed> {
    let json = receipt.to_json();
    let Datum::Map(mut members) = Datum::parse(json.as_bytes())? else {
        return Err(Malformed("the document is no JSON object".to_owned()));
    };
    let (time, mark) = match receipt.kind() {
        Kind::Stockin => ("operate_time", "operate_time_is_default"),
        Kind::Transfer => ("create_time", "create_time_is_default"),
    };
    let mut is_default = false;
    members.retain(|(name, value)| {
        is_default |= name == mark && *value == Datum::Bool(true);
        name != mark
    });
    // Another time than that of receiving is no default: it stays, and differs.
    let received_at = Datum::Text(received_at.to_string());
    for (name, value) in &mut members {
        if name == time && is_default && *value == received_at {
            *value = text("default");
        }
    }
    Ok(Datum::Map(members))
}

/// A refusal: its code, its text, and where its place is asked for, that too.
pub(super) fn error(refusal: &Refusal, with_pointer: bool) -> Datum {
    let mut members = vec![
        ("code".to_owned(), text(&refusal.code.to_string())),
        ("msg".to_owned(), text(refusal.message)),
    ];
    if let (true, Some(pointer)) = (with_pointer, &refusal.pointer) {
        members.push(("pointer".to_owned(), text(pointer)));
    }
    Datum::Map(members)
}

pub(super) fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}
