//! Patterns: what texts they take.
//!
//! The patterns that carry numbers and times are compared by what they say: digits, sign, blank.
//! Of all others the automata tell.

use super::alternative::Alternative;
use super::meaning::decimals;
use super::notes::Notes;
use super::view::Said;
use crate::keyword::{Rule, Shape};
use crate::lower::lexical::{Facts, facts};
use crate::review::change::Change;
use crate::review::language::{self, Inclusion};
use crate::review::rule::{Rule as Kind, Sense};
use crate::review::rules::value::{
    BLANK_ADDED, BLANK_REMOVED, PATTERN_CHANGED, PATTERN_LOOSENED, PATTERN_TIGHTENED,
};

/// Whether one side asks for something that the other does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Nothing,
    Something,
    /// Nobody can tell.
    Perhaps,
}

pub(super) fn compare(old: &Alternative<'_>, new: &Alternative<'_>, notes: &mut Notes) {
    let (before, after) = (all(old), all(new));
    let (gone, come) = (only(&before, &after), only(&after, &before));
    if let ([(_, one)], [(_, other)]) = (gone.as_slice(), come.as_slice())
        && let (Some(was), Some(is)) = (facts(one), facts(other))
        && let Some(facts) = Compared::of(was, is)
    {
        facts.tell((old, &gone), (new, &come), notes);
        return;
    }
    let (narrows, widens) = (asks(&come, &before), asks(&gone, &after));
    let rule = match (narrows, widens) {
        (Asks::Nothing, Asks::Nothing) => return,
        (_, Asks::Nothing) => &PATTERN_TIGHTENED,
        (Asks::Nothing, _) => &PATTERN_LOOSENED,
        _ => &PATTERN_CHANGED,
    };
    // What was added alone cannot admit more, and what was taken away alone cannot refuse more.
    let unclear = !gone.is_empty()
        && !come.is_empty()
        && (narrows == Asks::Perhaps || widens == Asks::Perhaps);
    notes.push(Change {
        unclear,
        ..change(rule, &gone, &come)
    });
}

/// A pattern, where it stands and as text.
type Pattern<'t> = (Said<'t>, &'t str);

fn all<'t>(side: &Alternative<'t>) -> Vec<Pattern<'t>> {
    let all = side.all(Rule::Pattern);
    all.filter_map(|said| Some((said, said.value.node.text()?)))
        .collect()
}

fn only<'t>(some: &[Pattern<'t>], others: &[Pattern<'_>]) -> Vec<Pattern<'t>> {
    let lacks = |one: &&Pattern<'t>| !others.iter().any(|other| other.1 == one.1);
    some.iter().filter(lacks).copied().collect()
}

fn change(rule: &'static Kind, gone: &[Pattern<'_>], come: &[Pattern<'_>]) -> Change {
    let spot = |all: &[Pattern<'_>]| all.first().map(|(said, _)| said.spot());
    Change::new(rule, spot(gone), spot(come))
}

/// Whether any of these patterns refuses texts that all of the others take.
fn asks(patterns: &[Pattern<'_>], others: &[Pattern<'_>]) -> Asks {
    let mut all = Asks::Nothing;
    for (_, pattern) in patterns {
        let mut found = if others.len() > 1 {
            // Together they may refuse what each takes.
            Asks::Perhaps
        } else {
            Asks::Something
        };
        for other in others.iter().map(|other| other.1).chain([""]) {
            match language::compare(other, pattern) {
                Inclusion::Equal | Inclusion::Wider => found = Asks::Nothing,
                Inclusion::Unclear if found != Asks::Nothing => found = Asks::Perhaps,
                _ => {}
            }
        }
        all = match (all, found) {
            (Asks::Something, _) | (_, Asks::Something) => Asks::Something,
            (Asks::Perhaps, _) | (_, Asks::Perhaps) => Asks::Perhaps,
            _ => Asks::Nothing,
        };
    }
    all
}

/// Two patterns of numbers, or of times, by what they say.
struct Compared {
    blank: (bool, bool),
    narrows: bool,
    widens: bool,
}

impl Compared {
    /// None when one is of numbers and the other of times.
    fn of(old: Facts, new: Facts) -> Option<Compared> {
        match (old, new) {
            (Facts::Number(old), Facts::Number(new)) => Some(Compared {
                blank: (old.blank, new.blank),
                narrows: new.whole < old.whole
                    || new.scale < old.scale
                    || (new.unsigned && !old.unsigned),
                widens: new.whole > old.whole
                    || new.scale > old.scale
                    || (old.unsigned && !new.unsigned),
            }),
            (
                Facts::Time { time, blank },
                Facts::Time {
                    time: other,
                    blank: blanks,
                },
            ) if time == other => Some(Compared {
                blank: (blank, blanks),
                narrows: false,
                widens: false,
            }),
            _ => None,
        }
    }

    fn tell<'t>(
        &self,
        old: (&Alternative<'t>, &[Pattern<'t>]),
        new: (&Alternative<'t>, &[Pattern<'t>]),
        notes: &mut Notes,
    ) {
        let change = |rule| change(rule, old.1, new.1);
        match self.blank {
            (true, false) => notes.push(change(&BLANK_REMOVED)),
            (false, true) => notes.push(change(&BLANK_ADDED)),
            _ => {}
        }
        let rule = match (self.narrows, self.widens) {
            (false, false) => return,
            (true, false) => &PATTERN_TIGHTENED,
            (false, true) => &PATTERN_LOOSENED,
            (true, true) => &PATTERN_CHANGED,
        };
        // The digits of a decimal are told by its own rules, if they say the same.
        let decimal = |side: &Alternative<'t>| side.first(Shape::XDecimal);
        let told = decimal(old.0)
            .zip(decimal(new.0))
            .and_then(|(was, is)| decimals(was.value, is.value));
        let told = told.filter(|told| match told.sense {
            Sense::Narrows => self.narrows && !self.widens,
            Sense::Widens => self.widens && !self.narrows,
            _ => true,
        });
        match told.and_then(|told| notes.changes.iter_mut().find(|c| c.rule == told)) {
            Some(told) => {
                told.seen = true;
                for (said, _) in old.1.iter().chain(new.1) {
                    notes.tell(Some(said));
                }
            }
            None => notes.push(change(rule)),
        }
    }
}
