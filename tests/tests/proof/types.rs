//! What is written is read back as it was: every message of every API with arbitrary fields, in JSON,
//! in a form where its gateway has forms, in XML, and in each wrapping of a reply.

use dockseal::api::Api;
use dockseal::form::{Limits, decode, encode_pairs};
use dockseal::gateway::Business;
use dockseal::object::read::from_form;
use dockseal::object::write::{Escape, to_form, to_json};
use dockseal::object::xml::from_xml;
use dockseal::object::{Layout, Object};
use dockseal::reply::judge;
use proptest::prelude::*;

use crate::cases::{Dice, prove};
use crate::support::compare::{Side, blank, equal, messages};
use crate::support::fill::{Tape, Words, fill};
use crate::xml;

/// What forms and XML can say: where any JSON may stand, they have texts only. These are of ASCII,
/// since JSON is compared by its own text and some gateways write all else as `\\u`.
const TEXTS: Words = Words {
    admits: |_| true,
    json: &["\"text\"", "\"\"", "\"[1]\"", "\"null\""],
    unknown: "\"kept\"",
};

const XML: Words = Words {
    admits: xml::admits,
    ..TEXTS
};

/// Numbers for a tape; long ones fill nearly every field.
fn tapes() -> impl Strategy<Value = Vec<u64>> {
    prop_oneof![
        prop::collection::vec(any::<u64>(), 0..60),
        prop::collection::vec(any::<u64>(), 200..600),
    ]
}

/// A message as it travels.
pub fn wire(api: &Api, side: Side, value: &dyn Object) -> String {
    let json = to_json(value, Escape::Raw);
    let named = value.table().layout == Layout::Named;
    if side == Side::Request && api.positional && named {
        format!("[{json}]")
    } else {
        json
    }
}

#[test]
fn every_message_comes_back_from_json() {
    prove("types in JSON", 150, tapes(), |tape| {
        for (api, side, mut value) in messages() {
            fill(value.as_mut(), &mut Tape::new(&tape));
            let written = wire(api, side, value.as_ref());
            let mut read = blank(api, side);
            let outcome = side.read(api, read.as_mut(), &written);
            prop_assert!(outcome.is_ok(), "{:?} of {}", outcome, written);
            prop_assert!(equal(value.as_ref(), read.as_ref()), "{}", written);
            prop_assert_eq!(wire(api, side, read.as_ref()), written);
        }
        Ok(())
    });
}

#[test]
fn every_request_that_travels_as_a_form_comes_back_from_it() {
    prove("types in forms", 150, tapes(), |tape| {
        for (api, side, mut value) in messages() {
            let transport = &api.gateway.transport;
            if side == Side::Reply || transport.business != Business::Form {
                continue;
            }
            fill(value.as_mut(), &mut Tape::with_words(&tape, &TEXTS));
            for escape in [Escape::Raw, Escape::Ascii] {
                let mut body = String::new();
                encode_pairs(to_form(value.as_ref(), escape), &mut body);
                let parameters = decode(body.as_bytes(), &Limits::default()).unwrap();
                let mut read = blank(api, side);
                let outcome = from_form(read.as_mut(), &parameters);
                prop_assert!(outcome.is_ok(), "{:?} of {}", outcome, body);
                prop_assert!(equal(value.as_ref(), read.as_ref()), "{}", body);
            }
        }
        Ok(())
    });
}

#[test]
fn every_message_comes_back_from_xml() {
    prove(
        "types in XML",
        150,
        (tapes(), any::<u64>()),
        |(tape, dice)| {
            for (api, side, mut value) in messages() {
                if value.table().layout == Layout::Positional {
                    continue;
                }
                fill(value.as_mut(), &mut Tape::with_words(&tape, &XML));
                let written = xml::write(value.as_ref(), None, &mut Dice::new(dice));
                let mut read = blank(api, side);
                let outcome = from_xml(read.as_mut(), &written);
                prop_assert!(outcome.is_ok(), "{:?} of {}", outcome, written);
                prop_assert!(equal(value.as_ref(), read.as_ref()), "{}", written);
            }
            Ok(())
        },
    );
}

#[test]
fn a_reply_is_the_same_in_every_wrapping() {
    prove(
        "replies wrapped",
        150,
        (tapes(), any::<u64>()),
        |(tape, dice)| {
            for (api, side, mut value) in messages() {
                let envelope = &api.gateway.envelope;
                if side == Side::Request || envelope.root.is_none() {
                    continue;
                }
                fill(value.as_mut(), &mut Tape::with_words(&tape, &XML));
                let plain = wire(api, side, value.as_ref());
                let wrapped = format!("{{\"some_reply_response\":{plain}}}");
                let xml = xml::write(value.as_ref(), None, &mut Dice::new(dice));
                let written = [plain, wrapped, xml];
                let mut verdicts = Vec::new();
                for text in written {
                    let mut read = blank(api, side);
                    verdicts.push(format!("{:?}", judge(api, read.as_mut(), text.as_bytes())));
                    prop_assert!(equal(value.as_ref(), read.as_ref()), "{}", text);
                }
                verdicts.dedup();
                prop_assert_eq!(verdicts.len(), 1, "{:?}", verdicts);
            }
            Ok(())
        },
    );
}
