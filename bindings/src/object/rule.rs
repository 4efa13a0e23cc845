//! Rules as the schemas state them: typed, with their limits, built as constants by generated rows.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// A rule on one value.
#[derive(Debug)]
pub enum Rule {
    /// At least this many characters (code points).
    MinLength(u32),
    /// At most this many characters (code points).
    MaxLength(u32),
    /// At most this many UTF-8 bytes.
    MaxBytes(u32),
    /// The text has a match of this regular expression.
    Pattern(&'static str),
    /// Not below.
    Minimum(Bound),
    /// Not above.
    Maximum(Bound),
    /// Above.
    ExclusiveMinimum(Bound),
    /// Below.
    ExclusiveMaximum(Bound),
    /// One of the enum's known values.
    Known,
    /// Exactly this text.
    Const(&'static str),
    /// At least this many elements.
    MinItems(u32),
    /// At most this many elements.
    MaxItems(u32),
    /// No element twice.
    UniqueItems,
}

/// A rule over several fields of one object. Names are wire names.
#[derive(Debug)]
pub enum ObjectRule {
    /// At least one group is wholly present.
    AnyOfRequired(&'static [&'static [&'static str]]),
    /// With the first, the others are present.
    DependentRequired(&'static str, &'static [&'static str]),
}

/// An exact bound: `units` times ten to the minus `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The digits.
    pub units: i64,
    /// How many of them are decimals.
    pub scale: u32,
}

impl Bound {
    /// `units` times ten to the minus `scale`.
    #[must_use]
    pub const fn new(units: i64, scale: u32) -> Bound {
        Bound { units, scale }
    }

    /// The bound as a decimal; none if the scale is beyond a decimal's reach.
    pub(crate) fn decimal(self) -> Option<rust_decimal::Decimal> {
        rust_decimal::Decimal::try_new(self.units, self.scale).ok()
    }
}

/// Whether `text` has a match of a schema's regular expression, which is compiled once.
///
/// The generator has made sure that it compiles; one that does not matches nothing.
pub(crate) fn matches(pattern: &'static str, text: &str) -> bool {
    type Compiled = BTreeMap<&'static str, Option<regex_lite::Regex>>;
    static COMPILED: RwLock<Compiled> = RwLock::new(BTreeMap::new());

    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.get(pattern) {
        return regex.as_ref().is_some_and(|regex| regex.is_match(text));
    }
    drop(known);
    let regex = regex_lite::Regex::new(pattern).ok();
    let matches = regex.as_ref().is_some_and(|regex| regex.is_match(text));
    COMPILED
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(pattern, regex);
    matches
}
