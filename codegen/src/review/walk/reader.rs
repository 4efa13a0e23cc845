//! Which part of the walker reads which keyword.
//!
//! Each group of the registry has a `match` without a wildcard arm: a keyword that is added there
//! does not compile until the walker knows it.

use crate::keyword::{Documentation, Keyword, Rejected, Rule as Rules, Shape, Structure};
use crate::review::rule::Rule;
use crate::review::rules::compose::RUST_NAME_CHANGED;
use crate::review::rules::value::CONTENT_FORM_CHANGED;
use crate::review::rules::words::{
    ACCESS_CHANGED, COMMENT_CHANGED, DEFAULT_CHANGED, DESCRIPTION_CHANGED, EXAMPLES_CHANGED,
    IDENTITY_CHANGED, NOTE_CHANGED, ROW_CHANGED, TITLE_CHANGED,
};

/// Who reads a keyword.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reader {
    /// Leads to another schema of the same value.
    Reference,
    /// Puts schemas of the same value together.
    Compose(Compose),
    /// Says which values are valid; read together with others of its kind.
    Assert(Family),
    /// Whatever changed in it, there is one rule that says so.
    Simple(&'static Rule),
    /// Says something of its own about the value; read by `meaning`.
    Meaning,
    /// Holds schemas that are read when something refers to them.
    Shelf,
    /// A setting of a whole file, which is compared elsewhere.
    Setting,
}

/// How schemas of one value are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compose {
    All,
    Any,
    One,
    Not,
    If,
    /// Read with `if`.
    Branch,
    /// Where a reference leads is decided by the way that led there.
    Dynamic,
}

/// Keywords that are read together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Types,
    Values,
    Text,
    Number,
    List,
    Object,
    /// Depends on everything beside it.
    Unevaluated,
}

impl Reader {
    pub(super) fn of(keyword: Keyword) -> Reader {
        match keyword {
            Keyword::Structure(keyword) => structure(keyword),
            Keyword::Shape(keyword) => shape(keyword),
            Keyword::Rule(keyword) => rule(keyword),
            Keyword::Documentation(keyword) => documentation(keyword),
            Keyword::Rejected(keyword) => rejected(keyword),
        }
    }
}

fn structure(keyword: Structure) -> Reader {
    match keyword {
        Structure::Schema | Structure::Id => Reader::Simple(&IDENTITY_CHANGED),
        Structure::Ref => Reader::Reference,
        Structure::Defs => Reader::Shelf,
        Structure::XApi | Structure::XSource | Structure::XGateway => Reader::Setting,
        Structure::XName => Reader::Simple(&RUST_NAME_CHANGED),
    }
}

fn shape(keyword: Shape) -> Reader {
    match keyword {
        Shape::Type => Reader::Assert(Family::Types),
        Shape::Properties => Reader::Assert(Family::Object),
        Shape::Items | Shape::PrefixItems => Reader::Assert(Family::List),
        Shape::AllOf => Reader::Compose(Compose::All),
        Shape::AnyOf => Reader::Compose(Compose::Any),
        Shape::ContentMediaType | Shape::ContentSchema => Reader::Assert(Family::Text),
        Shape::XDecimal | Shape::XTime | Shape::XEnum | Shape::XSensitive | Shape::XWire => {
            Reader::Meaning
        }
        Shape::XRustName => Reader::Simple(&RUST_NAME_CHANGED),
    }
}

fn rule(keyword: Rules) -> Reader {
    match keyword {
        Rules::MinLength | Rules::MaxLength | Rules::XLengthUnit | Rules::Pattern => {
            Reader::Assert(Family::Text)
        }
        Rules::Minimum | Rules::Maximum | Rules::ExclusiveMinimum | Rules::ExclusiveMaximum => {
            Reader::Assert(Family::Number)
        }
        Rules::Enum | Rules::Const => Reader::Assert(Family::Values),
        Rules::MinItems | Rules::MaxItems | Rules::UniqueItems => Reader::Assert(Family::List),
        Rules::Required | Rules::DependentRequired | Rules::AdditionalProperties => {
            Reader::Assert(Family::Object)
        }
    }
}

fn documentation(keyword: Documentation) -> Reader {
    match keyword {
        Documentation::Title => Reader::Simple(&TITLE_CHANGED),
        Documentation::Description => Reader::Simple(&DESCRIPTION_CHANGED),
        Documentation::Default => Reader::Simple(&DEFAULT_CHANGED),
        Documentation::Deprecated => Reader::Meaning,
        Documentation::Examples => Reader::Simple(&EXAMPLES_CHANGED),
        Documentation::Comment => Reader::Simple(&COMMENT_CHANGED),
        Documentation::XNote => Reader::Simple(&NOTE_CHANGED),
        Documentation::XRow => Reader::Simple(&ROW_CHANGED),
    }
}

fn rejected(keyword: Rejected) -> Reader {
    match keyword {
        Rejected::Anchor | Rejected::DynamicAnchor | Rejected::Vocabulary => {
            Reader::Simple(&IDENTITY_CHANGED)
        }
        Rejected::DynamicRef => Reader::Compose(Compose::Dynamic),
        Rejected::OneOf => Reader::Compose(Compose::One),
        Rejected::Not => Reader::Compose(Compose::Not),
        Rejected::If => Reader::Compose(Compose::If),
        Rejected::Then | Rejected::Else => Reader::Compose(Compose::Branch),
        Rejected::DependentSchemas
        | Rejected::PatternProperties
        | Rejected::PropertyNames
        | Rejected::MinProperties
        | Rejected::MaxProperties => Reader::Assert(Family::Object),
        Rejected::Contains | Rejected::MinContains | Rejected::MaxContains => {
            Reader::Assert(Family::List)
        }
        Rejected::UnevaluatedItems | Rejected::UnevaluatedProperties => {
            Reader::Assert(Family::Unevaluated)
        }
        Rejected::MultipleOf => Reader::Assert(Family::Number),
        Rejected::ReadOnly | Rejected::WriteOnly => Reader::Simple(&ACCESS_CHANGED),
        Rejected::Format => Reader::Assert(Family::Text),
        Rejected::ContentEncoding => Reader::Simple(&CONTENT_FORM_CHANGED),
    }
}
