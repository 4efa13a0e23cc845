//! How many cases a proof runs, and from which seed: see the paragraph above `main.rs`.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::OnceLock;

use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

/// How many cases to run where a quick run has so many.
pub fn count(quick: usize) -> usize {
    match std::env::var("DOCKSEAL_CASES") {
        Ok(number) => number.parse().expect("DOCKSEAL_CASES is no number"),
        Err(_) => quick,
    }
}

/// The seed of this run, the same for every proof.
pub fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| match std::env::var("DOCKSEAL_SEED") {
        Ok(number) => number.parse().expect("DOCKSEAL_SEED is no number"),
        // Fits a JSON number, and a person's patience.
        Err(_) => RandomState::new().build_hasher().finish() >> 32,
    })
}

/// Says what a proof ran.
pub fn ran(name: &str, count: usize, what: &str) {
    println!("proof {name}: {count} {what}, seed {}", seed());
}

/// Runs a property on arbitrary values; what breaks it is made small and shown.
pub fn prove<S: Strategy>(
    name: &str,
    quick: usize,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let cases = count(quick);
    let mut runner = TestRunner::new(ProptestConfig {
        cases: u32::try_from(cases).unwrap(),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(seed()),
        ..ProptestConfig::default()
    });
    if let Err(broken) = runner.run(&strategy, test) {
        panic!("{name}: {broken}\nwith DOCKSEAL_SEED={}", seed());
    }
    ran(name, cases, "cases");
}

/// Runs a test on so many throws of the dice; says which one was the last if it panics.
pub fn each(name: &str, quick: usize, mut test: impl FnMut(&mut Dice)) {
    let cases = count(quick);
    for case in 0..cases {
        let last = Last { name, case };
        test(&mut Dice::of_case(case));
        std::mem::forget(last);
    }
    ran(name, cases, "cases");
}

/// The case that is being tried, told if the test panics.
struct Last<'n> {
    name: &'n str,
    case: usize,
}

impl Drop for Last<'_> {
    fn drop(&mut self) {
        println!(
            "proof {}: case {} of DOCKSEAL_SEED={}",
            self.name,
            self.case,
            seed()
        );
    }
}

/// Arbitrary numbers, the same for the same seed and case.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn of_case(case: usize) -> Dice {
        let mut dice = Dice(seed());
        let first = dice.next();
        Dice(
            first
                ^ u64::try_from(case)
                    .unwrap()
                    .wrapping_mul(0xA076_1D64_78BD_642F),
        )
    }

    /// SplitMix64.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    /// From `least` to `most`, both included.
    pub fn within(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, some: &'a [T]) -> &'a T {
        &some[self.below(some.len())]
    }

    /// So many decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap()))
            .collect()
    }

    /// Any character, those of each plane and those that programs trip over often.
    pub fn character(&mut self) -> char {
        const ODD: &[char] = &[
            '\u{0}',
            '\t',
            '\n',
            '\r',
            ' ',
            '"',
            '\\',
            '/',
            '&',
            '=',
            '%',
            '+',
            ';',
            ':',
            '-',
            '<',
            '>',
            '\'',
            '@',
            '\u{7f}',
            '\u{85}',
            '\u{a0}',
            '\u{2028}',
            '\u{3000}',
            '\u{d7ff}',
            '\u{e000}',
            '\u{feff}',
            '\u{ffff}',
            '\u{10000}',
            '\u{10ffff}',
            '仓',
            '😀',
            '𠮷',
            'é',
        ];
        let any = |dice: &mut Dice, most: u64| {
            let code = u32::try_from(dice.next() % most).unwrap();
            char::from_u32(code).unwrap_or('\u{fffd}')
        };
        match self.below(8) {
            0..4 => char::from(b' ' + u8::try_from(self.below(95)).unwrap()),
            4 => any(self, 0x80),
            5 => any(self, 0x1_0000),
            6 => any(self, 0x11_0000),
            _ => *self.pick(ODD),
        }
    }

    /// At most so many characters; often none.
    pub fn text(&mut self, most: usize) -> String {
        let count = if self.one_in(6) {
            0
        } else {
            self.within(0, most)
        };
        (0..count).map(|_| self.character()).collect()
    }
}
