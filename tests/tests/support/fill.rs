//! Arbitrary values of any generated type, filled slot by slot through its table. What is arbitrary
//! comes from a tape of numbers, so that a property test can shrink it: an empty tape gives zeros and
//! the smallest value.

use dockseal::object::{Code, Elements, EnumTable, Kind, Object, Slot, Value};
use dockseal::{BeijingDate, BeijingTime, RawJson};
use rust_decimal::Decimal;

/// Numbers that decide.
pub struct Tape<'t> {
    numbers: std::slice::Iter<'t, u64>,
    words: &'static Words,
}

/// What texts and free JSON are made of.
pub struct Words {
    /// Whether a text may hold the character.
    pub admits: fn(char) -> bool,
    /// Values of fields that take any JSON.
    pub json: &'static [&'static str],
    /// The value of fields that no schema knows.
    pub unknown: &'static str,
}

/// All that JSON can say.
pub const ANY: Words = Words {
    admits: |_| true,
    json: &[
        "\"文\"",
        "\"\"",
        "[1, 2.50]",
        "{\"a\": null}",
        "[]",
        "7",
        "true",
    ],
    unknown: "{\"kept\": [1.50, null, \"仓😀\"]}",
};

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u64]) -> Tape<'t> {
        Tape::with_words(numbers, &ANY)
    }

    pub fn with_words(numbers: &'t [u64], words: &'static Words) -> Tape<'t> {
        Tape {
            numbers: numbers.iter(),
            words,
        }
    }

    fn next(&mut self) -> u64 {
        self.numbers.next().copied().unwrap_or(0)
    }

    /// Below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn text(&mut self) -> String {
        const PIECES: &[&str] = &[
            "", "a", "仓", "😀", "\"", "\\", "/", "\n", "\u{0}", "0", " ", "+", "&=%", "\u{2028}",
            "é", "null", "{}", "<", "\u{7f}", "1.0",
        ];
        let mut text = String::new();
        for _ in 0..self.below(5) {
            let piece = PIECES[usize::try_from(self.next()).unwrap() % PIECES.len()];
            // Sometimes any character there is.
            match char::from_u32(u32::try_from(self.next() % 0x44_0000).unwrap()) {
                Some(any) => text.push(any),
                None => text.push_str(piece),
            }
        }
        text.retain(self.words.admits);
        text
    }

    fn integer(&mut self) -> i64 {
        let number = i64::from_ne_bytes(self.next().to_ne_bytes());
        match self.below(4) {
            0 => number % 100,
            1 => number,
            2 => i64::MAX - (number % 2).abs(),
            _ => i64::MIN + (number % 2).abs(),
        }
    }

    fn decimal(&mut self) -> Decimal {
        let scale = u32::try_from(self.below(12)).unwrap();
        let mantissa = match self.below(3) {
            0 => i128::from(self.next() % 10_000),
            1 => i128::from(self.next()),
            _ => -(i128::from(self.next()) * 1_000_000_007),
        };
        Decimal::from_i128_with_scale(mantissa, scale)
    }

    fn date(&mut self) -> BeijingDate {
        let year = i16::try_from(1 + self.below(9999)).unwrap();
        let month = i8::try_from(1 + self.below(12)).unwrap();
        let day = i8::try_from(1 + self.below(28)).unwrap();
        BeijingDate::new(year, month, day).unwrap()
    }

    fn time(&mut self) -> BeijingTime {
        // The seconds of the years 1 to 9999.
        let seconds = i64::try_from(self.below(315_537_897_599 - 86_400)).unwrap();
        BeijingTime::from_unix(seconds - 62_135_510_400).unwrap()
    }
}

/// Fills a blank value.
pub fn fill(object: &mut (dyn Object + 'static), tape: &mut Tape<'_>) {
    let table = object.table();
    for (index, field) in table.fields.iter().enumerate() {
        if field.required || tape.below(2) == 1 {
            value(object.slot(index), &field.value, tape);
        }
    }
    for number in 0..tape.below(3) {
        let unknown = RawJson::parse(tape.words.unknown).unwrap();
        object
            .extra_mut()
            .insert(format!("unknown_{number}"), unknown);
    }
}

fn value(slot: Slot<'_>, row: &'static Value, tape: &mut Tape<'_>) {
    match (slot, row.kind) {
        (Slot::Text(place), _) => *place = tape.text(),
        (Slot::Integer(place), _) => *place = tape.integer(),
        (Slot::Boolean(place), _) => *place = tape.below(2) == 1,
        (Slot::Decimal(place), _) => *place = tape.decimal(),
        (Slot::DateTime(place), _) => *place = tape.time(),
        (Slot::Date(place), _) => *place = tape.date(),
        (Slot::Enum(place), Kind::Enum(table)) => {
            let known =
                &table.variants[usize::try_from(tape.below(100)).unwrap() % table.variants.len()];
            let code = if tape.below(3) == 0 {
                unknown(table, tape)
            } else {
                known.code
            };
            assert!(place.set(code));
        }
        (Slot::Object(inside), _) => fill(inside, tape),
        (Slot::List(list), Kind::List(element)) => elements(list, element, tape),
        (Slot::Json(place), _) => {
            let some = tape.words.json;
            let text = some[usize::try_from(tape.below(100)).unwrap() % some.len()];
            *place = RawJson::parse(text).unwrap();
        }
        _ => panic!("{row:?} does not fit its slot"),
    }
}

/// A code that the enum does not know. Blank text is none: it stands for absence.
fn unknown(table: &'static EnumTable, tape: &mut Tape<'_>) -> Code<'static> {
    match table.variants[0].code {
        Code::Integer(_) => Code::Integer(1000 + i64::try_from(tape.below(1000)).unwrap()),
        Code::Text(_) => {
            Code::Text(["未知", "x y", "0", "\"", "succ "][usize::try_from(tape.below(5)).unwrap()])
        }
    }
}

fn elements(list: &mut dyn Elements, row: &'static Value, tape: &mut Tape<'_>) {
    for _ in 0..tape.below(4) {
        value(list.push(), row, tape);
    }
}
