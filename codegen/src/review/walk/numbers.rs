//! Numbers: their bounds, and the steps between them.

use super::Walker;
use super::alternative::Alternative;
use super::limits::{self, End, Limit};
use super::notes::Notes;
use super::types::Types;
use super::view::Said;
use crate::keyword::{Rejected, Rule};
use crate::review::number::Number;
use crate::review::rules::value::{
    MAXIMUM_LOOSENED, MAXIMUM_TIGHTENED, MINIMUM_LOOSENED, MINIMUM_TIGHTENED, MULTIPLE_CHANGED,
    MULTIPLE_LOOSENED, MULTIPLE_TIGHTENED,
};

impl<'t> Walker<'_, 't> {
    pub(super) fn numbers(
        types: Types,
        old: &Alternative<'t>,
        new: &Alternative<'t>,
        notes: &mut Notes,
    ) {
        let whole = types & Types::NUMBER == Types::INTEGER;
        for keyword in [
            Rule::Minimum,
            Rule::Maximum,
            Rule::ExclusiveMinimum,
            Rule::ExclusiveMaximum,
        ] {
            limits::unreadable(old, new, keyword, notes);
        }
        limits::compare(
            End::Lower,
            bound(End::Lower, old, whole).as_ref(),
            bound(End::Lower, new, whole).as_ref(),
            &MINIMUM_TIGHTENED,
            &MINIMUM_LOOSENED,
            notes,
        );
        limits::compare(
            End::Upper,
            bound(End::Upper, old, whole).as_ref(),
            bound(End::Upper, new, whole).as_ref(),
            &MAXIMUM_TIGHTENED,
            &MAXIMUM_LOOSENED,
            notes,
        );
        steps(old, new, whole, notes);
    }
}

/// The bound at one end. Of whole numbers it is the first or last one.
pub(super) fn bound<'t>(end: End, alternative: &Alternative<'t>, whole: bool) -> Option<Limit<'t>> {
    let (loose, strict) = match end {
        End::Lower => (Rule::Minimum, Rule::ExclusiveMinimum),
        End::Upper => (Rule::Maximum, Rule::ExclusiveMaximum),
    };
    let mut all = limits::said(alternative, loose, false);
    all.extend(limits::said(alternative, strict, true));
    let all = all.into_iter().map(|limit| {
        if whole {
            first_whole(end, limit)
        } else {
            limit
        }
    });
    end.tightest(all)
}

fn first_whole(end: End, limit: Limit<'_>) -> Limit<'_> {
    let Some((below, above)) = limit.value.neighbours() else {
        return limit;
    };
    let beside = limit.strict && below == above;
    let first = match end {
        End::Lower => above + i128::from(beside),
        End::Upper => below - i128::from(beside),
    };
    Limit {
        value: Number::from(first),
        strict: false,
        ..limit
    }
}

fn steps(old: &Alternative<'_>, new: &Alternative<'_>, whole: bool, notes: &mut Notes) {
    let said = |side: &Alternative<'_>| -> Vec<String> {
        let all = side.all(Rejected::MultipleOf);
        let mut texts: Vec<String> = all.map(|said| said.spot().value).collect();
        texts.sort();
        texts
    };
    if said(old) == said(new) {
        return;
    }
    let (first, last) = (
        old.first(Rejected::MultipleOf),
        new.first(Rejected::MultipleOf),
    );
    let (narrows, widens) = (implied(old, new, whole), implied(new, old, whole));
    let rule = match (narrows, widens) {
        (Some(true), Some(true)) => return,
        (Some(false), Some(true)) => &MULTIPLE_TIGHTENED,
        (Some(true), Some(false)) => &MULTIPLE_LOOSENED,
        (Some(false), Some(false)) => &MULTIPLE_CHANGED,
        (None, _) | (_, None) => {
            let spot = |said: Option<Said<'_>>| said.map(|said| said.spot());
            notes.unclear(&MULTIPLE_CHANGED, spot(first), spot(last));
            return;
        }
    };
    notes.said(rule, first.as_ref(), last.as_ref());
}

/// Whether the steps of one side are steps of the other: all that it asks for divides them.
fn implied(side: &Alternative<'_>, asked: &Alternative<'_>, whole: bool) -> Option<bool> {
    let own = read(side)?;
    let asked = read(asked)?;
    let scale = own.iter().chain(&asked).map(Number::scale).max();
    let scale = scale.unwrap_or(0);
    let mut step: Option<i128> = if whole {
        Some(10_i128.checked_pow(u32::try_from(scale).ok()?)?)
    } else {
        None
    };
    for number in &own {
        let number = number.scaled(scale).filter(|number| *number > 0)?;
        step = Some(match step {
            Some(step) => least_common(step, number)?,
            None => number,
        });
    }
    let mut all = true;
    for number in &asked {
        let number = number.scaled(scale).filter(|number| *number > 0)?;
        all &= step.is_some_and(|step| step % number == 0);
    }
    Some(all)
}

fn read(side: &Alternative<'_>) -> Option<Vec<Number>> {
    let all = side.all(Rejected::MultipleOf);
    all.map(|said| Number::of(said.value.node)).collect()
}

fn least_common(one: i128, other: i128) -> Option<i128> {
    let (mut a, mut b) = (one, other);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (one / a).checked_mul(other)
}
