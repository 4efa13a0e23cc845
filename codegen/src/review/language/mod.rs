//! Patterns as sets of texts: which of two takes more, and texts that one takes and another does not.
//!
//! Each pattern becomes a deterministic automaton over bytes, and automata are walked side by side.
//! Every step of this is bounded, since a short pattern can make a huge automaton: what is too large
//! is not decided.

mod ecma;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};
use std::rc::Rc;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::nfa::thompson;
use regex_automata::util::primitives::StateID;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, MatchKind};

/// An automaton has at most this many bytes.
const MAX_AUTOMATON: usize = 1 << 20;
/// So many automata are kept by a thread: a schema has few patterns and is asked about each often.
const MAX_KEPT: usize = 100;
/// A walk sees at most this many states.
const MAX_STATES: usize = 100_000;
/// The longest text that is made up.
const MAX_TEXT: usize = 5_000;
/// Characters beyond ASCII that any text may have.
const BEYOND: [char; 4] = ['中', 'é', '\u{3000}', '😀'];

/// What a pattern takes, compared with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// The same texts.
    Equal,
    /// Some of the texts, and no others.
    Narrower,
    /// All of the texts, and others.
    Wider,
    /// It lacks some and has others.
    Differs,
    /// Not decided.
    Unclear,
}

/// Compares what the new pattern takes with what the old one takes.
pub(crate) fn compare(old: &str, new: &str) -> Inclusion {
    if old == new {
        return Inclusion::Equal;
    }
    match (Language::of(old), Language::of(new)) {
        (Some(old), Some(new)) => old.compare(&new),
        _ => Inclusion::Unclear,
    }
}

/// Whether a pattern takes a text, if that can be told.
pub(crate) fn takes(pattern: &str, text: &str) -> Option<bool> {
    let language = Language::of(pattern)?;
    let letters = text.chars();
    let state = letters.fold(language.start, |state, c| language.step(state, c));
    Some(language.takes(state))
}

/// A shortest text that every pattern of `matches` takes and none of `not`, with that many characters.
pub(crate) fn example(
    matches: &[&str],
    not: &[&str],
    min: usize,
    max: Option<usize>,
) -> Option<String> {
    if min > MAX_TEXT || max.is_some_and(|max| max < min) {
        return None;
    }
    let patterns = matches.iter().chain(not);
    let languages: Vec<Rc<Language>> = patterns
        .map(|pattern| Language::of(pattern))
        .collect::<Option<_>>()?;
    let wanted = (0..languages.len()).map(|n| n < matches.len()).collect();
    Search {
        alphabet: alphabet(&languages),
        languages,
        wanted,
        min,
        max,
    }
    .run()
}

/// The texts of one pattern.
struct Language {
    dfa: dense::DFA<Vec<u32>>,
    start: StateID,
    /// Characters beyond ASCII that it may tell from others.
    letters: BTreeSet<char>,
}

thread_local! {
    // To build an automaton costs most of every question about it: 60 patterns of names took 3.3 s
    // without these, and take 0.9.
    static KEPT: RefCell<BTreeMap<String, Option<Rc<Language>>>> = RefCell::default();
}

impl Language {
    /// The texts that a pattern takes, unless it is too large or too odd.
    fn of(pattern: &str) -> Option<Rc<Language>> {
        KEPT.with_borrow_mut(|kept| {
            if let Some(known) = kept.get(pattern) {
                return known.clone();
            }
            if kept.len() >= MAX_KEPT {
                kept.clear();
            }
            let language = Language::build(pattern).map(Rc::new);
            kept.insert(pattern.to_owned(), language.clone());
            language
        })
    }

    fn build(pattern: &str) -> Option<Language> {
        let ecma::Translation { regex, letters } = ecma::translate(pattern)?;
        // A schema's pattern may match anywhere in the text; the automaton reads all of it.
        let regex = format!("(?s:.*)(?:{regex})(?s:.*)");
        let dfa = dense::Builder::new()
            .configure(
                dense::Config::new()
                    .start_kind(StartKind::Anchored)
                    .match_kind(MatchKind::All)
                    .accelerate(false)
                    .dfa_size_limit(Some(MAX_AUTOMATON))
                    .determinize_size_limit(Some(MAX_AUTOMATON)),
            )
            .thompson(thompson::Config::new().nfa_size_limit(Some(MAX_AUTOMATON)))
            .syntax(syntax::Config::new().nest_limit(100))
            .build(&regex)
            .ok()?;
        let input = Input::new("").anchored(Anchored::Yes);
        let start = dfa.start_state_forward(&input).ok()?;
        Some(Language {
            dfa,
            start,
            letters,
        })
    }

    /// What another takes, compared with this one.
    fn compare(&self, new: &Language) -> Inclusion {
        match differences(self, new) {
            Some((false, false)) => Inclusion::Equal,
            Some((true, false)) => Inclusion::Narrower,
            Some((false, true)) => Inclusion::Wider,
            Some((true, true)) => Inclusion::Differs,
            None => Inclusion::Unclear,
        }
    }

    /// Whether it takes the text that led to a state.
    fn takes(&self, state: StateID) -> bool {
        self.dfa.is_match_state(self.dfa.next_eoi_state(state))
    }

    fn step(&self, state: StateID, c: char) -> StateID {
        let mut buffer = [0; 4];
        let bytes = c.encode_utf8(&mut buffer).bytes();
        bytes.fold(state, |state, byte| self.dfa.next_state(state, byte))
    }
}

/// Whether the old language has texts that the new one lacks, and the reverse.
fn differences(old: &Language, new: &Language) -> Option<(bool, bool)> {
    let mut classes = HashSet::new();
    let bytes: Vec<u8> = (0..=u8::MAX)
        .filter(|byte| {
            let class = |language: &Language| language.dfa.byte_classes().get(*byte);
            classes.insert((class(old), class(new)))
        })
        .collect();
    let start = (old.start, new.start);
    let mut seen = HashSet::from([start]);
    let mut next = VecDeque::from([start]);
    let mut found = (false, false);
    while let Some((a, b)) = next.pop_front() {
        let (before, now) = (old.takes(a), new.takes(b));
        found.0 |= before && !now;
        found.1 |= now && !before;
        if found == (true, true) {
            break;
        }
        for &byte in &bytes {
            let pair = (old.dfa.next_state(a, byte), new.dfa.next_state(b, byte));
            if seen.insert(pair) {
                next.push_back(pair);
            }
        }
        if seen.len() > MAX_STATES {
            return None;
        }
    }
    Some(found)
}

/// Enough characters to reach what the languages tell apart, those that read best first.
fn alphabet(languages: &[Rc<Language>]) -> Vec<char> {
    let plain = ('a'..='z')
        .chain('0'..='9')
        .chain('A'..='Z')
        .chain((' '..='~').filter(|c| !c.is_ascii_alphanumeric()));
    let beyond = languages.iter().flat_map(|l| l.letters.iter().copied());
    let control = ('\0'..' ').chain(['\u{7f}']);
    let mut classes = HashSet::new();
    let told_apart = |c: char| -> Vec<Kind> {
        match u8::try_from(c) {
            Ok(byte) if c.is_ascii() => languages
                .iter()
                .map(|l| Kind::Class(l.dfa.byte_classes().get(byte)))
                .collect(),
            _ => vec![Kind::Letter(c)],
        }
    };
    plain
        .chain(BEYOND)
        .chain(beyond)
        .chain(control)
        .filter(|c| classes.insert(told_apart(*c)))
        .collect()
}

#[derive(PartialEq, Eq, Hash)]
enum Kind {
    Class(u8),
    Letter(char),
}

/// A search for a text, by growing length.
struct Search {
    languages: Vec<Rc<Language>>,
    /// Which of them have to take the text; the others must not.
    wanted: Vec<bool>,
    alphabet: Vec<char>,
    min: usize,
    max: Option<usize>,
}

/// A text: one character more than another.
struct Step {
    states: Vec<StateID>,
    length: usize,
    before: Option<(usize, char)>,
}

impl Search {
    fn run(&self) -> Option<String> {
        let mut steps = vec![Step {
            states: self.languages.iter().map(|l| l.start).collect(),
            length: 0,
            before: None,
        }];
        // Two texts that lead to the same states are worth the same once both are long enough.
        let mut seen = HashSet::new();
        let mut at = 0;
        while let Some(step) = steps.get(at) {
            if step.length >= self.min && self.takes(&step.states) {
                return Some(text(&steps, at));
            }
            if self.max.is_none_or(|max| step.length < max) {
                let length = step.length + 1;
                let mut more = Vec::new();
                for &c in &self.alphabet {
                    let pairs = self.languages.iter().zip(&step.states);
                    let states: Vec<StateID> = pairs.map(|(l, s)| l.step(*s, c)).collect();
                    if seen.insert((states.clone(), length.min(self.min))) {
                        let before = Some((at, c));
                        more.push(Step {
                            states,
                            length,
                            before,
                        });
                    }
                }
                steps.append(&mut more);
            }
            if steps.len() > MAX_STATES {
                return None;
            }
            at += 1;
        }
        None
    }

    fn takes(&self, states: &[StateID]) -> bool {
        let mut sides = self.languages.iter().zip(states).zip(&self.wanted);
        sides.all(|((language, state), wanted)| language.takes(*state) == *wanted)
    }
}

fn text(steps: &[Step], mut at: usize) -> String {
    let mut text = Vec::new();
    while let Some((before, c)) = steps.get(at).and_then(|step| step.before) {
        text.push(c);
        at = before;
    }
    text.iter().rev().collect()
}
