//! Patterns as JSON Schema writes them (ECMA-262, with text as code points), in the syntax of the
//! crate that makes automata of them.
//!
//! What the automata cannot do, or what the two syntaxes might mean differently, has no translation.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

/// `\s`: white space and the ends of lines.
const SPACE: &str =
    r"\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}";
/// What `.` does not match.
const LINE_ENDS: &str = r"\n\r\x{2028}\x{2029}";

/// A pattern in the other syntax.
pub(super) struct Translation {
    pub(super) regex: String,
    /// The characters beyond ASCII that it names, and those beside them.
    pub(super) letters: BTreeSet<char>,
}

/// Translates a pattern, if it can be.
pub(super) fn translate(pattern: &str) -> Option<Translation> {
    let mut reader = Reader {
        rest: pattern.chars().peekable(),
        out: String::new(),
        letters: BTreeSet::new(),
    };
    reader.pattern()?;
    Some(Translation {
        regex: reader.out,
        letters: reader.letters,
    })
}

/// What an escape stands for.
enum Atom {
    Letter(char),
    /// The inside of a class, and whether it is negated.
    Class(&'static str, bool),
    /// A word boundary.
    Boundary,
}

struct Reader<'p> {
    rest: Peekable<Chars<'p>>,
    out: String,
    letters: BTreeSet<char>,
}

impl Reader<'_> {
    fn pattern(&mut self) -> Option<()> {
        while let Some(c) = self.rest.next() {
            match c {
                '^' | '$' | '|' | ')' | '*' | '+' | '?' => self.out.push(c),
                '.' => self.class(LINE_ENDS, true),
                '(' => self.group()?,
                '[' => self.brackets()?,
                '{' => self.repetition()?,
                '\\' => match self.escape()? {
                    Atom::Letter(c) => self.letter(c),
                    Atom::Class(inside, negated) => self.class(inside, negated),
                    Atom::Boundary => self.out.push_str(r"(?-u:\b)"),
                },
                c => self.letter(c),
            }
        }
        Some(())
    }

    /// Behind `(`: groups are alike, with a name, a number or neither; what looks around is refused.
    fn group(&mut self) -> Option<()> {
        self.out.push_str("(?:");
        if self.rest.next_if_eq(&'?').is_none() {
            return Some(());
        }
        match self.rest.next()? {
            ':' => Some(()),
            '<' => {
                let name: String = self.rest.by_ref().take_while(|c| *c != '>').collect();
                let first = name.chars().next()?;
                (first.is_alphabetic() || matches!(first, '_' | '$')).then_some(())
            }
            _ => None,
        }
    }

    /// Behind `{`: `n}`, `n,}` or `n,m}`. Elsewhere a brace is an error to some and itself to others.
    fn repetition(&mut self) -> Option<()> {
        let mut inside = String::new();
        loop {
            match self.rest.next()? {
                '}' => break,
                c => inside.push(c),
            }
        }
        let (min, max) = inside.split_once(',').unwrap_or((&inside, ""));
        let number = |text: &str| text.parse::<u32>().is_ok() && !text.starts_with('+');
        (number(min) && (max.is_empty() || number(max))).then_some(())?;
        self.out.push_str(&format!("{{{inside}}}"));
        Some(())
    }

    /// Behind `[`.
    fn brackets(&mut self) -> Option<()> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        let mut inside = String::new();
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                c => self.member(c)?,
            };
            if !self.range_follows() {
                match first {
                    Atom::Letter(c) => {
                        self.see(c);
                        inside.push_str(&code(c));
                    }
                    Atom::Class(of, not) => inside.push_str(&class(of, not)),
                    Atom::Boundary => return None,
                }
                continue;
            }
            self.rest.next();
            let last = self.rest.next()?;
            let (Atom::Letter(first), Atom::Letter(last)) = (first, self.member(last)?) else {
                return None;
            };
            self.see(first);
            self.see(last);
            inside.push_str(&format!("{}-{}", code(first), code(last)));
        }
        match (inside.is_empty(), negated) {
            // Nothing at all, and anything at all.
            (true, negated) => self.class(r"\x{0}-\x{10FFFF}", !negated),
            (false, negated) => self.class(&inside, negated),
        }
        Some(())
    }

    /// A hyphen is next, and it is not the last of its class.
    fn range_follows(&self) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next() == Some('-') && ahead.next().is_some_and(|c| c != ']')
    }

    fn member(&mut self, c: char) -> Option<Atom> {
        match c {
            '\\' if self.rest.next_if_eq(&'b').is_some() => Some(Atom::Letter('\u{8}')),
            '\\' => self.escape(),
            c => Some(Atom::Letter(c)),
        }
    }

    /// Behind a backslash.
    fn escape(&mut self) -> Option<Atom> {
        Some(match self.rest.next()? {
            'd' => Atom::Class("0-9", false),
            'D' => Atom::Class("0-9", true),
            'w' => Atom::Class("0-9A-Za-z_", false),
            'W' => Atom::Class("0-9A-Za-z_", true),
            's' => Atom::Class(SPACE, false),
            'S' => Atom::Class(SPACE, true),
            'b' => Atom::Boundary,
            't' => Atom::Letter('\t'),
            'n' => Atom::Letter('\n'),
            'v' => Atom::Letter('\u{b}'),
            'f' => Atom::Letter('\u{c}'),
            'r' => Atom::Letter('\r'),
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => Atom::Letter('\0'),
            'x' => Atom::Letter(char::from_u32(self.hex(2)?)?),
            'u' => Atom::Letter(self.unicode()?),
            c if c.is_ascii_alphanumeric() => return None,
            c => Atom::Letter(c),
        })
    }

    /// Behind `\u`: four digits, two times four for a pair, or any number in braces.
    fn unicode(&mut self) -> Option<char> {
        if self.rest.next_if_eq(&'{').is_some() {
            let digits: String = self.rest.by_ref().take_while(|c| *c != '}').collect();
            return char::from_u32(u32::from_str_radix(&digits, 16).ok()?);
        }
        let high = self.hex(4)?;
        if !(0xD800..0xDC00).contains(&high) {
            return char::from_u32(high);
        }
        self.rest.next_if_eq(&'\\')?;
        self.rest.next_if_eq(&'u')?;
        let low = self.hex(4)?;
        (0xDC00..0xE000).contains(&low).then_some(())?;
        char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |value, _| {
            Some(value * 16 + self.rest.next()?.to_digit(16)?)
        })
    }

    fn letter(&mut self, c: char) {
        self.see(c);
        self.out.push_str(&code(c));
    }

    fn class(&mut self, inside: &str, negated: bool) {
        self.out.push_str(&class(inside, negated));
    }

    fn see(&mut self, c: char) {
        let beside = [
            u32::from(c).checked_sub(1),
            Some(u32::from(c)),
            Some(u32::from(c) + 1),
        ];
        let letters = beside.into_iter().flatten().filter_map(char::from_u32);
        self.letters.extend(letters.filter(|c| !c.is_ascii()));
    }
}

fn class(inside: &str, negated: bool) -> String {
    format!("[{}{inside}]", if negated { "^" } else { "" })
}

fn code(c: char) -> String {
    format!(r"\x{{{:X}}}", u32::from(c))
}
