//! Signatures of every gateway under each of its digests: the order of parameters says nothing, the
//! public verifier takes them, and no byte can change.

use dockseal::sign::{self, Param, SecretString, VerifyError};
use proptest::prelude::*;

use crate::cases::{Dice, prove};
use crate::messages::{Datum, Message, messages};

/// A message with dice for what is done to it.
fn messages_and_dice() -> impl Strategy<Value = (Message, u64)> {
    (messages(), any::<u64>())
}

fn signed(message: &Message) -> String {
    let (scheme, options) = (message.scheme(), message.options());
    sign::compute(scheme, &options, &mut message.params(), &message.secret())
        .unwrap()
        .to_string()
}

fn verified(message: &Message, given: &str) -> Result<(), VerifyError> {
    let (scheme, options) = (message.scheme(), message.options());
    sign::verify(
        scheme,
        &options,
        &mut message.params(),
        &message.secret(),
        given,
    )
}

#[test]
fn the_order_of_parameters_says_nothing() {
    prove(
        "order of parameters",
        1_000,
        messages_and_dice(),
        |(message, dice)| {
            let mut dice = Dice::new(dice);
            let signature = signed(&message);
            for _ in 0..3 {
                let mut other = message.clone();
                shuffle(&mut other.params, &mut dice);
                prop_assert_eq!(&signed(&other), &signature);
                prop_assert_eq!(verified(&other, &signature), Ok(()));
            }
            Ok(())
        },
    );
}

fn shuffle(pairs: &mut [(String, Datum)], dice: &mut Dice) {
    for last in (1..pairs.len()).rev() {
        pairs.swap(last, dice.below(last + 1));
    }
    for (_, value) in pairs {
        shuffle_inside(value, dice);
    }
}

fn shuffle_inside(value: &mut Datum, dice: &mut Dice) {
    match value {
        Datum::Map(pairs) => shuffle(pairs, dice),
        Datum::List(items) => items.iter_mut().for_each(|item| shuffle_inside(item, dice)),
        _ => {}
    }
}

#[test]
fn one_of_several_secrets_verifies_and_others_do_not() {
    prove(
        "several secrets",
        500,
        messages_and_dice(),
        |(message, dice)| {
            let mut dice = Dice::new(dice);
            let signature = signed(&message);
            let other = |number: usize| SecretString::from(format!("{}{number}", message.secret));
            let mut secrets: Vec<_> = (0..dice.below(4)).map(other).collect();
            let verify = |secrets: &[SecretString]| {
                let (scheme, options) = (message.scheme(), message.options());
                sign::verify_any(scheme, &options, &mut message.params(), secrets, &signature)
            };
            prop_assert_eq!(verify(&secrets), Err(VerifyError::Mismatch));
            secrets.insert(dice.below(secrets.len() + 1), message.secret());
            prop_assert_eq!(verify(&secrets), Ok(()));
            Ok(())
        },
    );
}

#[test]
fn no_byte_of_a_name_or_value_can_change() {
    prove(
        "changed parameters",
        2_000,
        messages_and_dice(),
        |(message, dice)| {
            let mut dice = Dice::new(dice);
            let signature = signed(&message);
            let mut changed = message.clone();
            let scheme = message.scheme();
            let mut places = Vec::new();
            for (name, value) in &mut changed.params {
                let blank = matches!(value, Datum::Text(text) if sign::is_blank(text));
                // What is neither signed nor sent can change.
                if !(scheme.omit.contains(&name.as_str()) || scheme.skip_blank && blank) {
                    note(name, value, &mut places);
                }
            }
            if let Some(tail) = &mut changed.tail {
                places.push(Place::Text(tail));
            }
            if places.is_empty() {
                return Ok(());
            }
            let chosen = dice.below(places.len());
            places.swap_remove(chosen).change(&mut dice);
            prop_assert!(verified(&changed, &signature).is_err(), "{:?}", changed);
            Ok(())
        },
    );
}

/// Something in a message that can change by one byte.
enum Place<'m> {
    Text(&'m mut String),
    Bool(&'m mut bool),
    Integer(&'m mut i64),
}

fn note<'m>(name: &'m mut String, value: &'m mut Datum, places: &mut Vec<Place<'m>>) {
    // Left out, name and all.
    if *value != Datum::Null {
        places.push(Place::Text(name));
        note_value(value, places);
    }
}

fn note_value<'m>(value: &'m mut Datum, places: &mut Vec<Place<'m>>) {
    match value {
        Datum::Null => {}
        Datum::Text(text) => places.push(Place::Text(text)),
        Datum::Bool(truth) => places.push(Place::Bool(truth)),
        Datum::Integer(number) => places.push(Place::Integer(number)),
        Datum::List(items) => items.iter_mut().for_each(|item| note_value(item, places)),
        Datum::Map(pairs) => {
            for (name, item) in pairs {
                note(name, item, places);
            }
        }
    }
}

impl Place<'_> {
    fn change(self, dice: &mut Dice) {
        match self {
            Place::Text(text) => *text = changed(text, dice),
            Place::Bool(truth) => *truth = !*truth,
            // The last digit.
            Place::Integer(number) => *number ^= 1,
        }
    }
}

/// The text with one byte replaced, put in or taken out, and still a text.
fn changed(text: &str, dice: &mut Dice) -> String {
    loop {
        let mut bytes = text.as_bytes().to_vec();
        let at = dice.below(bytes.len() + 1);
        let byte = u8::try_from(dice.below(256)).unwrap();
        match dice.below(3) {
            0 => bytes.insert(at, byte),
            _ if at == bytes.len() => continue,
            1 => bytes[at] = byte,
            _ => drop(bytes.remove(at)),
        }
        match String::from_utf8(bytes) {
            Ok(changed) if changed != text => return changed,
            _ => {}
        }
    }
}

#[test]
fn no_byte_of_the_secret_can_change() {
    prove(
        "changed secrets",
        1_000,
        messages_and_dice(),
        |(message, dice)| {
            let secret = changed(&message.secret, &mut Dice::new(dice));
            let end = |secret: &str| secret.trim_end_matches('\0').to_owned();
            // An HMAC fills a key of up to 64 bytes with zeros, which say nothing at its end.
            let short = secret.len().max(message.secret.len()) <= 64;
            let same =
                short && message.digest.starts_with("hmac") && end(&secret) == end(&message.secret);
            let other = Message {
                secret,
                ..message.clone()
            };
            let expected = if same {
                Ok(())
            } else {
                Err(VerifyError::Mismatch)
            };
            prop_assert_eq!(verified(&other, &signed(&message)), expected);
            Ok(())
        },
    );
}

#[test]
fn no_byte_of_the_signature_can_change() {
    prove(
        "changed signatures",
        1_000,
        messages_and_dice(),
        |(message, dice)| {
            let signature = signed(&message);
            let other_case = if signature.bytes().any(|byte| byte.is_ascii_lowercase()) {
                signature.to_ascii_uppercase()
            } else {
                signature.to_ascii_lowercase()
            };
            for given in [changed(&signature, &mut Dice::new(dice)), other_case] {
                let digits_only = given == signature;
                prop_assert!(
                    digits_only || verified(&message, &given) == Err(VerifyError::Mismatch)
                );
            }
            Ok(())
        },
    );
}

#[test]
fn names_that_are_not_sent_are_not_signed() {
    prove("names left out", 500, messages(), |message| {
        let signature = signed(&message);
        let (scheme, options) = (message.scheme(), message.options());
        let mut params = message.params();
        params.retain(|param| !scheme.omit.contains(&param.name));
        let name = scheme.omit.first().copied().unwrap_or(scheme.parameter);
        params.push(Param::new(name, "anything"));
        let verify = sign::verify(scheme, &options, &mut params, &message.secret(), &signature);
        prop_assert_eq!(verify, Ok(()));
        Ok(())
    });
}
