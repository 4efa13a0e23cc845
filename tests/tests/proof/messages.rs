//! Arbitrary parameter sets of every gateway, to be signed.

use std::collections::BTreeMap;

use dockseal::gateway::Gateway;
use dockseal::sign::{Layout, LengthUnit, Options, Param, Scheme, SecretString, Value};
use proptest::prelude::*;

/// A parameter set with all that a signature of it depends on.
#[derive(Clone, Debug)]
pub struct Message {
    pub gateway: &'static Gateway,
    pub digest: &'static str,
    pub unit: LengthUnit,
    pub secret: String,
    pub params: Vec<(String, Datum)>,
    /// A body without a name, where the layout has room for it.
    pub tail: Option<String>,
}

/// A value, owned.
#[derive(Clone, Debug, PartialEq)]
pub enum Datum {
    Text(String),
    Null,
    Bool(bool),
    Integer(i64),
    List(Vec<Datum>),
    Map(Vec<(String, Datum)>),
}

impl Message {
    pub fn scheme(&self) -> &'static Scheme {
        &self.gateway.scheme
    }

    pub fn options(&self) -> Options<'_> {
        Options {
            digest: Some(self.digest),
            unit: self.unit,
            tail: self.tail.as_deref(),
        }
    }

    pub fn secret(&self) -> SecretString {
        SecretString::from(self.secret.as_str())
    }

    pub fn params(&self) -> Vec<Param<'_>> {
        let params = self.params.iter();
        params
            .map(|(name, value)| Param::new(name, value.value()))
            .collect()
    }
}

impl Datum {
    pub fn value(&self) -> Value<'_> {
        match self {
            Datum::Text(text) => Value::Text(text),
            Datum::Null => Value::Null,
            Datum::Bool(truth) => Value::Bool(*truth),
            Datum::Integer(number) => Value::Integer(*number),
            Datum::List(items) => Value::List(items.iter().map(Datum::value).collect()),
            Datum::Map(pairs) => {
                let pairs = pairs.iter();
                Value::Map(
                    pairs
                        .map(|(name, item)| (name.as_str(), item.value()))
                        .collect(),
                )
            }
        }
    }
}

/// What lengths count.
pub const UNITS: &[LengthUnit] = &[
    LengthUnit::CodePoints,
    LengthUnit::Utf16,
    LengthUnit::Utf8Bytes,
];

/// Messages of any gateway that the crate lists, under any of its digests and any unit.
pub fn messages() -> impl Strategy<Value = Message> {
    let ways = dockseal::GATEWAYS.iter().flat_map(|gateway| {
        let digests = gateway.scheme.digests.iter();
        digests.map(|digest| (*gateway, digest.name))
    });
    let way = prop::sample::select(ways.collect::<Vec<_>>());
    way.prop_flat_map(|(gateway, digest)| {
        let scheme = &gateway.scheme;
        let tail = match (scheme.layout, scheme.body) {
            (Layout::NameValue, None) => prop::option::weighted(0.2, text()).boxed(),
            _ => Just(None).boxed(),
        };
        let (params, unit) = (params(scheme), prop::sample::select(UNITS));
        (params, unit, text(), tail).prop_map(move |(params, unit, secret, tail)| Message {
            gateway,
            digest,
            unit,
            secret,
            params,
            tail,
        })
    })
}

fn params(scheme: &'static Scheme) -> BoxedStrategy<Vec<(String, Datum)>> {
    let names = prop_oneof![
        8 => "[a-z_]{1,12}",
        2 => "[ -~]{1,4}",
        1 => "[a-z]{95,105}",
        1 => prop::sample::select(scheme.omit).prop_map(str::to_owned),
        1 => Just(scheme.body.unwrap_or("body").to_owned()),
    ];
    let value = match scheme.layout {
        Layout::Nested => nested().boxed(),
        Layout::NameValue | Layout::LengthPrefixed => text().prop_map(Datum::Text).boxed(),
    };
    let pairs = prop::collection::btree_map(names, value, 0..9);
    pairs.prop_map(in_any_order).boxed()
}

/// What a receiver can meet: names are any text, and values stand in each other.
fn nested() -> impl Strategy<Value = Datum> {
    let single = prop_oneof![
        6 => text().prop_map(Datum::Text),
        1 => Just(Datum::Null),
        1 => any::<bool>().prop_map(Datum::Bool),
        1 => any::<i64>().prop_map(Datum::Integer),
    ];
    single.prop_recursive(3, 24, 14, |inner| {
        let names = prop_oneof![3 => "[a-zA-Z0-9_]{0,3}", 1 => text()];
        let pairs = prop::collection::btree_map(names, inner.clone(), 0..5);
        prop_oneof![
            prop::collection::vec(inner, 0..14).prop_map(Datum::List),
            pairs.prop_map(in_any_order).prop_map(Datum::Map),
        ]
    })
}

/// Names in an order that is not theirs.
fn in_any_order(pairs: BTreeMap<String, Datum>) -> Vec<(String, Datum)> {
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(name, _)| (name.len(), std::cmp::Reverse(name.clone())));
    pairs
}

/// Texts of all planes, blank ones of each kind, and long ones.
pub fn text() -> impl Strategy<Value = String> {
    let odd =
        prop::sample::select(&['😀', '𠮷', '仓', 'é', '\u{ffff}', '\u{e000}', ';', ':', '-'][..]);
    let character =
        prop_oneof![4 => "[ -~]".prop_map(|text| first(&text)), 2 => any::<char>(), 1 => odd];
    let blank = prop::sample::select(
        &[
            ' ', '\t', '\n', '\u{b}', '\r', '\u{1c}', '\u{1f}', '\u{85}', '\u{a0}', '\u{1680}',
            '\u{180e}', '\u{2003}', '\u{2007}', '\u{200b}', '\u{2028}', '\u{202f}', '\u{205f}',
            '\u{3000}', '\u{feff}',
        ][..],
    );
    prop_oneof![
        12 => prop::collection::vec(character, 0..12).prop_map(String::from_iter),
        2 => Just(String::new()),
        2 => prop::collection::vec(blank, 1..3).prop_map(String::from_iter),
        1 => (0..3_usize, any::<char>()).prop_map(|(beyond, c)| String::from(c).repeat(9_998 + beyond)),
    ]
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}
