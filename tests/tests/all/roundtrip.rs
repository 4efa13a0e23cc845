//! What we write we read back as it was: every generated type with arbitrary fields, and decimals
//! character by character.

use dockseal::Described;
use dockseal::form::{Limits, decode, encode_pairs};
use dockseal::object::read::from_form;
use dockseal::object::write::{Escape, serialize, to_form, to_json};
use dockseal::object::{Field, Kind, Object};
use dockseal::shopex_oms::{StockinStatusUpdateReplyData, TransferorderUpdateReplyData};
use dockseal::wangdian_enterprise::StockinRefundDetail;
use dockseal::wangdian_flagship::ProcessUploadDetail;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::compare::{Side, blank, equal, messages};
use crate::support::fill::{Tape, fill};

/// A message as it travels.
fn wire(api: &dockseal::api::Api, side: Side, value: &dyn Object, escape: Escape) -> String {
    let json = to_json(value, escape);
    let wrapped = side == Side::Request
        && api.positional
        && value.table().layout == dockseal::object::Layout::Named;
    if wrapped { format!("[{json}]") } else { json }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_message_is_read_back_as_it_was_written(tape in prop::collection::vec(any::<u64>(), 0..200)) {
        for (api, side, mut value) in messages() {
            fill(value.as_mut(), &mut Tape::new(&tape));
            let written = wire(api, side, value.as_ref(), Escape::Raw);
            let mut read = blank(api, side);
            let outcome = side.read(api, read.as_mut(), &written);
            prop_assert!(outcome.is_ok(), "{:?} of {}", outcome, written);
            prop_assert!(equal(value.as_ref(), read.as_ref()), "{}", written);
            prop_assert_eq!(wire(api, side, read.as_ref(), Escape::Raw), written);
        }
    }

    #[test]
    fn any_serializer_writes_the_same_json(tape in prop::collection::vec(any::<u64>(), 0..200)) {
        for (_, _, mut value) in messages() {
            fill(value.as_mut(), &mut Tape::new(&tape));
            let mut written = Vec::new();
            serialize(value.as_ref(), &mut serde_json::Serializer::new(&mut written)).unwrap();
            prop_assert_eq!(String::from_utf8(written).unwrap(), to_json(value.as_ref(), Escape::Raw));
        }
    }

    #[test]
    fn what_is_written_in_ascii_is_ascii_and_means_the_same(tape in prop::collection::vec(any::<u64>(), 0..200)) {
        let meaning = |json: &str| serde_json::from_str::<Value>(json).unwrap();
        for (api, side, mut value) in messages() {
            fill(value.as_mut(), &mut Tape::new(&tape));
            let raw = wire(api, side, value.as_ref(), Escape::Raw);
            let ascii = wire(api, side, value.as_ref(), Escape::Ascii);
            prop_assert!(ascii.is_ascii(), "{}", ascii);
            prop_assert_eq!(meaning(&ascii), meaning(&raw));
            let table = value.table();
            for (name, text) in to_form(value.as_ref(), Escape::Ascii) {
                let structured = table.fields.iter().any(|field| {
                    field.name == name && matches!(field.value.kind, Kind::List(_) | Kind::Object(_))
                });
                prop_assert!(!structured || text.is_ascii(), "{}: {}", name, text);
            }
        }
    }

    #[test]
    fn every_request_is_read_back_from_form_parameters(tape in prop::collection::vec(any::<u64>(), 0..200)) {
        for (api, side, mut value) in messages() {
            if side == Side::Reply {
                continue;
            }
            fill(value.as_mut(), &mut Tape::new(&tape));
            // Through the encoded body, as it travels.
            let mut body = String::new();
            encode_pairs(to_form(value.as_ref(), Escape::Raw), &mut body);
            let parameters = decode(body.as_bytes(), &Limits::default()).unwrap();
            let mut read = blank(api, side);
            // Fields that no text holds may be refused, which does not stop the others.
            let _ = from_form(read.as_mut(), &parameters);
            for (index, field) in value.table().fields.iter().enumerate().filter(|(_, field)| as_text(field)) {
                let (written, read) = (form_text(value.as_ref(), index), form_text(read.as_ref(), index));
                prop_assert_eq!(written, read, "{}", field.name);
            }
        }
    }

    #[test]
    fn types_that_no_message_holds_are_read_back_as_they_were_written(tape in prop::collection::vec(any::<u64>(), 0..60)) {
        let mut stockin = StockinStatusUpdateReplyData::new();
        fill(&mut stockin, &mut Tape::new(&tape));
        prop_assert_eq!(&StockinStatusUpdateReplyData::from_json(stockin.to_json().as_bytes()).unwrap(), &stockin);
        let mut transfer = TransferorderUpdateReplyData::new();
        fill(&mut transfer, &mut Tape::new(&tape));
        prop_assert_eq!(&TransferorderUpdateReplyData::from_json(transfer.to_json().as_bytes()).unwrap(), &transfer);
    }
}

/// Whether a form holds the field without loss: it does not tell any JSON from text.
fn as_text(field: &Field) -> bool {
    field.value.json_text
        || !matches!(
            field.value.kind,
            Kind::Json | Kind::List(_) | Kind::Object(_)
        )
}

/// One field as form text.
fn form_text(object: &dyn Object, index: usize) -> Option<String> {
    let name = object.table().fields[index].name;
    let mut form = to_form(object, Escape::Raw).into_iter();
    form.find(|(known, _)| *known == name)
        .map(|(_, text)| text.into_owned())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_decimal_leaves_as_the_text_it_came_in(text in "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?") {
        // A zero has no sign in a decimal.
        let zero = !text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        prop_assume!(!(zero && text.starts_with('-')));
        for written in [format!("\"{text}\""), text.clone()] {
            let line = format!("{{\"spec_no\":\"A\",\"num\":{written}}}");
            let line = ProcessUploadDetail::from_json(line.as_bytes()).unwrap();
            prop_assert_eq!(line.num.to_string(), text.as_str());
            line.validate().unwrap();
            let again = line.to_json();
            let expected = format!("{{\"spec_no\":\"A\",\"num\":\"{text}\"}}");
            prop_assert_eq!(again, expected);
        }
    }

    #[test]
    fn a_decimal_beyond_its_digits_is_kept_exactly_and_is_a_violation(text in "[1-9][0-9]{14}\\.[0-9]{4}[1-9]") {
        let line = format!("{{\"spec_no\":\"A\",\"stockin_num\":{text}}}");
        let line = StockinRefundDetail::from_json(line.as_bytes()).unwrap();
        prop_assert_eq!(line.stockin_num.to_string(), text);
        prop_assert_eq!(line.validate().unwrap_err().0[0].broken.keyword(), "x-decimal");
    }
}

#[test]
fn the_longest_decimal_passes_where_a_float_would_round() {
    for text in [
        "999999999999999.9999",
        "-999999999999999.9999",
        "0.0001",
        "100000000000000.0001",
    ] {
        let line = format!("{{\"spec_no\":\"A\",\"num\":{text}}}");
        let line = ProcessUploadDetail::from_json(line.as_bytes()).unwrap();
        assert_eq!(
            line.to_json(),
            format!("{{\"spec_no\":\"A\",\"num\":\"{text}\"}}")
        );
        line.validate().unwrap();
    }
}
