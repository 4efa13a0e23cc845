//! Whole requests as they are sent: arbitrary values of every API are signed over what travels, all
//! of it and nothing else, and are read back from there.

use dockseal::form::{FormValue, Limits, decode};
use dockseal::gateway::{Business, Credential, Gateway, Need};
use dockseal::object::read::{from_form, request};
use dockseal::object::{Object, View};
use dockseal::send::{Validation, prepare_any};
use dockseal::sign::{self, Param};
use dockseal::{BeijingTime, Keys, Options};
use proptest::prelude::*;

use crate::cases::{Dice, prove};
use crate::messages::UNITS;
use crate::support::compare::equal;
use crate::support::fill::{Tape, Words, fill};

/// What every way of travelling keeps: no value that is blank, no other JSON than texts of ASCII.
const KEPT: Words = Words {
    admits: |c| !c.is_whitespace() && !c.is_control(),
    json: &["\"text\"", "\"x\""],
    unknown: "\"kept\"",
};

/// An account of arbitrary texts.
fn account(gateway: &'static Gateway, dice: &mut Dice) -> Keys {
    let mut keys = Keys::new(gateway);
    for row in gateway.credentials {
        if row.need == Need::Required || dice.one_in(2) {
            keys.set(row.name, credential(row, dice)).unwrap();
        }
    }
    keys
}

fn credential(row: &Credential, dice: &mut Dice) -> String {
    let word = |dice: &mut Dice| format!("{}x{}", dice.below(1000), dice.below(1000));
    match (row.allowed, row.split) {
        ([], Some((separator, _))) => format!("{}{separator}{}", word(dice), word(dice)),
        ([], None) => word(dice),
        (allowed, _) => (*dice.pick(allowed)).to_owned(),
    }
}

#[test]
fn what_is_sent_is_what_is_signed_and_what_was_meant() {
    let tapes = prop::collection::vec(any::<u64>(), 0..200);
    prove(
        "requests as sent",
        150,
        (tapes, any::<u64>()),
        |(tape, seed)| {
            for any in dockseal::APIS {
                let (api, mut dice) = (any.api(), Dice::new(seed));
                let keys = account(api.gateway, &mut dice);
                let mut meant = any.blank_request();
                fill(meant.as_mut(), &mut Tape::with_words(&tape, &KEPT));
                let unit = *dice.pick(UNITS);
                let options = Options::default()
                    .with_validation(Validation::Off)
                    .with_unit(unit);
                let now = BeijingTime::from_unix(
                    1_735_696_800 + i64::try_from(seed % 1_000_000_000).unwrap(),
                )
                .unwrap();
                let sent = prepare_any(api, meant.as_ref(), &keys, now, &options).unwrap();

                let limits = Limits::default();
                let query = sent.http().uri().query().unwrap_or_default();
                let mut texts = decode(query.as_bytes(), &limits).unwrap();
                let body = sent.http().body();
                let form = api.gateway.transport.business == Business::Form;
                if form {
                    texts.extend(decode(body, &limits).unwrap());
                }

                // Signed over this and nothing else.
                let scheme = &api.gateway.scheme;
                let mut texts: Vec<(String, String)> = texts.into_iter().map(plain).collect();
                if let (Some(name), false) = (scheme.body, form) {
                    let body = std::str::from_utf8(body).unwrap();
                    texts.push((name.to_owned(), body.to_owned()));
                }
                let value = |wanted: &str| {
                    let found = texts.iter().find(|(name, _)| name == wanted);
                    found.map(|(_, value)| value.clone())
                };
                let given = value(scheme.parameter).unwrap();
                let digest = scheme.digest_parameter.and_then(value);
                let verified = |texts: &[(String, String)]| {
                    let params = texts.iter().map(|(name, value)| Param::new(name, value));
                    let options = sign::Options {
                        digest: digest.as_deref(),
                        unit,
                        tail: None,
                    };
                    let mut params: Vec<_> = params.collect();
                    sign::verify(
                        scheme,
                        &options,
                        &mut params,
                        keys.secret().unwrap(),
                        &given,
                    )
                };
                prop_assert_eq!(verified(&texts), Ok(()));
                let mut changed = texts.clone();
                let at = dice.below(changed.len());
                if !scheme.omit.contains(&changed[at].0.as_str()) {
                    changed[at].1.push('0');
                    prop_assert!(verified(&changed).is_err(), "{:?}", changed[at].0);
                }

                // It means what was meant.
                let mut read = any.blank_request();
                let outcome = if form {
                    let system = api.gateway.parameters;
                    let mut business = decode(body, &limits).unwrap();
                    business.retain(|(name, _)| system.iter().all(|known| known.name != name));
                    from_form(read.as_mut(), &business)
                } else {
                    request(api.positional, read.as_mut(), body)
                };
                prop_assert_eq!(outcome.map_err(|error| error.to_string()), Ok(()));
                if has_what_is_not_sent(api.gateway, meant.as_ref()) {
                    continue;
                }
                prop_assert!(
                    equal(meant.as_ref(), read.as_ref()),
                    "{:?}",
                    std::str::from_utf8(body)
                );
            }
            Ok(())
        },
    );
}

/// Whether it has an empty list or text that its gateway leaves out.
fn has_what_is_not_sent(gateway: &Gateway, request: &dyn Object) -> bool {
    (0..request.table().fields.len()).any(|index| match request.get(index) {
        View::List(list) => gateway.transport.omit_empty_lists && list.count() == 0,
        View::Text(text) => gateway.scheme.skip_blank && text.is_empty(),
        _ => false,
    })
}

fn plain((name, value): (String, FormValue)) -> (String, String) {
    let text = value.as_text().unwrap().to_owned();
    (name, text)
}
