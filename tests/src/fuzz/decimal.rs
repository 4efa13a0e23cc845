//! Numbers in every place where one is read: exactly what the text says, or nothing.

use dockseal::form::FormValue;
use dockseal::receiver::Receipt;
use dockseal::wangdian_flagship::ProcessUploadDetail;
use dockseal::{Decimal, Described as _};

use super::number::{Grammar, Number, has_room};
use super::receiver::understood;

pub(super) const WORDS: &[&str] = &[
    "-",
    ".",
    "e",
    "E",
    "+",
    "0",
    "00",
    "0.0",
    "1e",
    "e-28",
    "e28",
    "e999999999",
    "e-2147483649",
    "79228162514264337593543950335",
    "79228162514264337593543950336",
    "9223372036854775807",
    "-9223372036854775808",
    "0.0000000000000000000000000001",
    "1.10",
    "e99999999999999999999",
];

pub(super) fn body(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let text = text.trim_matches([' ', '\n', '\r', '\t']);
    decimal_of_a_number(text);
    decimal_of_a_text(text);
    integer_of_a_line(text);
}

/// `{"num": 1.5}`.
fn decimal_of_a_number(text: &str) {
    let expected = Number::parse(text, Grammar::Json);
    // Members could stand behind a text that is no number.
    if text.contains([',', '"', '{', '[', ':', '}', ']'])
        || matches!(text, "null" | "true" | "false")
    {
        return;
    }
    let read =
        ProcessUploadDetail::from_json(format!(r#"{{"spec_no":"A","num":{text}}}"#).as_bytes());
    match (read, expected) {
        (Ok(line), Some(expected)) => exact(line.num, &expected, text),
        (Ok(_), None) => panic!("{text:?} is no number, and was read"),
        (Err(_), Some(_)) => assert!(
            text.contains(['e', 'E']) || !has_room(text),
            "{text} has room"
        ),
        (Err(_), None) => {}
    }
}

/// `{"num": "1.5"}`.
fn decimal_of_a_text(text: &str) {
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    let read =
        ProcessUploadDetail::from_json(format!(r#"{{"spec_no":"A","num":{quoted}}}"#).as_bytes());
    match (read, Number::parse(text, Grammar::Plain)) {
        (Ok(line), Some(expected)) => exact(line.num, &expected, text),
        (Ok(_), None) => panic!("{text:?} is no decimal, and was read"),
        (Err(_), Some(_)) => assert!(!has_room(text), "{text} has room"),
        (Err(_), None) => {}
    }
}

fn exact(read: Decimal, expected: &Number, text: &str) {
    let written = read.to_string();
    assert_eq!(
        Number::parse(&written, Grammar::Plain).as_ref(),
        Some(expected),
        "{text}"
    );
    let line = ProcessUploadDetail::new("A", read);
    let again = ProcessUploadDetail::from_json(line.to_json().as_bytes())
        .expect("what was written is read");
    assert_eq!(again.num, read, "a decimal is kept");
    // Zeros behind more decimals than the schema has are not written.
    if read.scale() <= 4 {
        assert_eq!(again.num.to_string(), written, "and so are its zeros");
    }
}

/// The count of a pushed line, as a number and as a text.
fn integer_of_a_line(text: &str) {
    if text.contains([',', '"', '{', '[', ':', '}', ']']) || matches!(text, "" | "null") {
        return;
    }
    let is_text = Number::parse(text, Grammar::Plain);
    let quoted = serde_json::to_string(text).expect("a text is JSON");
    for (member, expected) in [
        (text, Number::parse(text, Grammar::Json)),
        (&quoted, is_text),
    ] {
        let item = format!(r#"[{{"product_bn":"A","normal_num":{member}}}]"#);
        let parameters = [("stockin_bn", "S1"), ("status", "FINISH"), ("item", &item)]
            .map(|(name, value)| (name.to_owned(), FormValue::Text(value.to_owned())));
        let read = understood("wms.stockin.status_update", &parameters);
        let expected = expected.and_then(|number| number.as_i64());
        match (read, expected) {
            (Ok(Receipt::Stockin(read)), expected) => {
                assert_eq!(
                    read.items.first().map(|goods| goods.normal_num),
                    expected,
                    "{member}"
                );
            }
            (Ok(Receipt::Transfer(_)), _) => panic!("a stock-in is no transfer"),
            (Err(refusal), Some(_)) => panic!("{member}: {refusal}"),
            (Err(refusal), None) => {
                let place = refusal.pointer.unwrap_or_default();
                assert!(place.starts_with("/item"), "{member}: {place}");
            }
        }
    }
}
