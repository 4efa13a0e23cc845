//! What is left when a schema must not hold: values of other types, and those beyond its bounds.

use super::alternative::Alternative;
use super::reader::{Compose, Family, Reader};
use super::types::Types;
use super::view::{Bound, Said, View};
use crate::keyword::{Keyword, Rejected, Rule};
use crate::review::number::Number;

/// The ways not to be valid under an alternative: to be of another type, or beyond one of its
/// bounds. None when it says more than bounds.
pub(super) fn refused<'t>(alternative: &Alternative<'t>, said: Said<'t>) -> Option<Vec<View<'t>>> {
    let of_types = |types| {
        let mut view = View::everything(alternative.tree);
        view.types = types;
        view
    };
    let mut branches = vec![of_types(!alternative.types)];
    if !alternative.clauses.is_empty() || !alternative.choices.is_empty() {
        return None;
    }
    for one in &alternative.said {
        match one.keyword.map(Reader::of) {
            Some(Reader::Assert(family)) if family != Family::Types => {}
            // What it puts together was put together already, except for alternatives.
            Some(Reader::Compose(compose)) if compose != Compose::All => return None,
            _ => continue,
        }
        let value = Number::of(one.value.node)?;
        let (keyword, value, types) = beyond(one.keyword?, value)?;
        if !(alternative.types & !types).is_empty() {
            // Values of other types would not be refused by this keyword.
            return None;
        }
        let mut view = of_types(alternative.types);
        view.never = value < Number::from(0) && !types.meet(Types::NUMBER);
        view.bounds.push(Bound {
            keyword,
            value,
            said,
        });
        branches.push(view);
    }
    Some(branches)
}

/// The bound that begins where another one ends, and the types of which both speak.
fn beyond(keyword: Keyword, value: Number) -> Option<(Keyword, Number, Types)> {
    let step = |by: i128| {
        let (value, _) = value.neighbours().filter(|(below, above)| below == above)?;
        Some(Number::from(value + by))
    };
    let rule = Keyword::Rule;
    let rejected = Keyword::Rejected;
    Some(match keyword {
        Keyword::Rule(Rule::Minimum) => (rule(Rule::ExclusiveMaximum), value, Types::NUMBER),
        Keyword::Rule(Rule::ExclusiveMinimum) => (rule(Rule::Maximum), value, Types::NUMBER),
        Keyword::Rule(Rule::Maximum) => (rule(Rule::ExclusiveMinimum), value, Types::NUMBER),
        Keyword::Rule(Rule::ExclusiveMaximum) => (rule(Rule::Minimum), value, Types::NUMBER),
        Keyword::Rule(Rule::MinLength) => (rule(Rule::MaxLength), step(-1)?, Types::STRING),
        Keyword::Rule(Rule::MaxLength) => (rule(Rule::MinLength), step(1)?, Types::STRING),
        Keyword::Rule(Rule::MinItems) => (rule(Rule::MaxItems), step(-1)?, Types::ARRAY),
        Keyword::Rule(Rule::MaxItems) => (rule(Rule::MinItems), step(1)?, Types::ARRAY),
        Keyword::Rejected(Rejected::MinProperties) => {
            (rejected(Rejected::MaxProperties), step(-1)?, Types::OBJECT)
        }
        Keyword::Rejected(Rejected::MaxProperties) => {
            (rejected(Rejected::MinProperties), step(1)?, Types::OBJECT)
        }
        _ => return None,
    })
}
