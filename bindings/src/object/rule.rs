//! Rules as the schemas state them: typed, with their limits, built as constants by generated rows.

use std::sync::OnceLock;

/// A rule on one value.
#[derive(Debug)]
pub enum Rule {
    /// At least this many characters (code points).
    MinLength(u32),
    /// At most this many characters (code points).
    MaxLength(u32),
    /// At most this many UTF-8 bytes.
    MaxBytes(u32),
    /// The text matches.
    Pattern(&'static Regex),
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

/// A regular expression that is compiled when it is first needed.
#[derive(Debug)]
pub struct Regex {
    text: &'static str,
    compiled: OnceLock<Option<regex_lite::Regex>>,
}

impl Regex {
    /// The generator has made sure that it compiles.
    #[must_use]
    pub const fn new(text: &'static str) -> Regex {
        Regex { text, compiled: OnceLock::new() }
    }

    /// Its source.
    #[must_use]
    pub fn text(&self) -> &'static str {
        self.text
    }

    /// Whether `value` contains a match. An expression that does not compile matches nothing.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        self.compiled
            .get_or_init(|| regex_lite::Regex::new(self.text).ok())
            .as_ref()
            .is_some_and(|regex| regex.is_match(value))
    }
}
