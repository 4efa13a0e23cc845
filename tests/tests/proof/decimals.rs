//! Decimals of 19 digits, 4 of them decimals: the text that comes in goes out, as a number and as a
//! string, in every place of every message that has one.

use dockseal::object::View;

use crate::cases::{each, prove};
use crate::places::{Kind, Place, places};
use crate::support::leaf::Kind as Leaf;
use crate::types::wire;

/// Stands in a message while what is written of it is cut.
const MARK: &str = "271828182845904.5235";

/// A place with the text that is written before and after its value.
struct Cut {
    place: Place,
    before: String,
    after: String,
}

fn cuts() -> Vec<Cut> {
    let decimals = places().into_iter();
    let decimals = decimals.filter(|place| matches!(place.kind, Kind::Single(Leaf::Decimal, _)));
    let cut = |place: Place| {
        let value = place.read(MARK).unwrap();
        let written = wire(place.any.api(), place.side, value.as_ref());
        let (before, after) = written.split_once(MARK).unwrap();
        let (before, after) = (before.to_owned(), after.to_owned());
        Cut {
            place,
            before,
            after,
        }
    };
    decimals.map(cut).collect()
}

fn passes(cut: &Cut, text: &str) {
    for json in [text.to_owned(), format!("\"{text}\"")] {
        let place = &cut.place;
        let value = place
            .read(&json)
            .unwrap_or_else(|error| panic!("{json} in {place}: {error}"));
        let View::Decimal(decimal) = place.look(value.as_ref()) else {
            panic!("{json} in {place} is no decimal");
        };
        assert_eq!(decimal.to_string(), text, "{place}");
        let written = wire(place.any.api(), place.side, value.as_ref());
        let inside = written
            .strip_prefix(&cut.before)
            .and_then(|rest| rest.strip_suffix(&cut.after));
        assert_eq!(inside, Some(text), "{place}");
    }
}

/// A zero has no sign in a decimal.
fn without_the_sign_of_zero(text: &str) -> &str {
    let is_zero = !text.contains(|c| ('1'..='9').contains(&c));
    text.strip_prefix('-').filter(|_| is_zero).unwrap_or(text)
}

#[test]
fn a_decimal_leaves_as_the_text_it_came_in() {
    let cuts = cuts();
    assert!(!cuts.is_empty());
    let text = "-?(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?";
    prove("decimals", 3_000, (text, 0..cuts.len()), |(text, cut)| {
        passes(&cuts[cut], without_the_sign_of_zero(&text));
        Ok(())
    });
}

#[test]
fn a_decimal_leaves_as_it_came_at_every_length() {
    let cuts = cuts();
    let lengths = (1..=15).flat_map(|whole| (0..=4).map(move |fraction| (whole, fraction)));
    let all: Vec<_> = lengths
        .flat_map(|length| cuts.iter().map(move |cut| (length, cut)))
        .collect();
    let mut turns = all.iter().cycle();
    each("decimals of every length", 3 * all.len(), |dice| {
        let ((whole, fraction), cut) = turns.next().unwrap();
        let first = dice.within(1, 9);
        let rest = dice.digits(whole - 1);
        let point = if *fraction == 0 { "" } else { "." };
        let fraction = dice.digits(*fraction);
        passes(cut, &format!("{first}{rest}{point}{fraction}"));
    });
}
