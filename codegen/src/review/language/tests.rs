#![allow(clippy::unwrap_used, reason = "tests panic to fail")]

use super::Inclusion::{Differs, Equal, Narrower, Unclear, Wider};
use super::{compare, example};

#[test]
fn what_a_pattern_takes_is_compared_with_what_another_takes() {
    for (old, new, expected) in [
        ("^[0-9]{1,16}$", "^[0-9]{1,19}$", Wider),
        ("^[0-9]{1,19}$", "^[0-9]{1,16}$", Narrower),
        (r"^\d+$", "^[0-9]+$", Equal),
        (r"^\d+$", "^[0-9]*[0-9]$", Equal),
        ("^a", "a", Wider),
        ("a$", "^a$", Narrower),
        ("", ".*", Equal),
        ("", r"[\s\S]", Narrower),
        ("^a", "^b", Differs),
        (r"^\w$", "^[A-Za-z0-9_]$", Equal),
        (r"^\s$", r"^[ \t\n\r\u00a0]$", Narrower),
        ("^.$", r"^[^]$", Wider),
        ("[]", "^a$", Wider),
        ("^(a|b)*$", "^[ab]*$", Equal),
        ("^(?:ab)+$", "^(?<pair>ab)+?$", Equal),
        (r"^\u4e2d$", "^中$", Equal),
        (r"^\ud83d\ude00$", r"^\u{1F600}$", Equal),
        (r"\bcat\b", "cat", Wider),
        (r"^[\d.-]+$", r"^[-.0-9]+$", Equal),
        (r"^[^\d]$", r"^\D$", Equal),
        ("^.{1,255}$", "^.{1,300}$", Wider),
        ("^[a[b]+$", r"^[\[ab]+$", Equal),
        ("^a&&b$", r"^a\x26{2}b$", Equal),
        (
            r"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$",
            r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,4})?$",
            Narrower,
        ),
    ] {
        assert_eq!(compare(old, new), expected, "{old} -> {new}");
    }
}

#[test]
fn what_the_automata_cannot_do_is_not_decided() {
    for odd in [
        "(?=a)", "(?!a)b", "(?<=a)b", r"(a)\1", r"\p{L}", "a{", "a{,2}", "a{+1}", r"\ud83d", r"\B",
        r"\y", "(?i:a)", "[b-a]", r"[\d-z]", "(", "[a", "a\\",
    ] {
        assert_eq!(compare(odd, "^a$"), Unclear, "{odd}");
        assert_eq!(example(&[odd], &[], 0, None), None, "{odd}");
    }
    // The same text is the same set, whatever it means.
    assert_eq!(compare("(?=a)", "(?=a)"), Equal);
}

#[test]
fn a_short_pattern_of_a_huge_automaton_is_given_up_soon() {
    assert_eq!(compare("(a|b)*a(a|b){40}", "a"), Unclear);
    assert_eq!(compare(".{100000}", ".{99999}"), Unclear);
    assert_eq!(compare("((((a{90}){90}){90}){90})", "a"), Unclear);
    assert_eq!(example(&["(a|b)*a(a|b){40}"], &[], 0, None), None);
    assert_eq!(example(&[], &[], usize::MAX, None), None);
}

#[test]
fn an_example_is_a_shortest_text_and_reads_well() {
    for (matches, not, min, max, expected) in [
        (
            &["^[0-9]{1,19}$"][..],
            &["^[0-9]{1,16}$"][..],
            0,
            None,
            Some("00000000000000000"),
        ),
        (&["^[A-Z]+$"], &[], 3, Some(3), Some("AAA")),
        (&[], &["^[a-z]*$"], 0, None, Some("0")),
        (&["a"], &["^a"], 0, None, Some("ba")),
        (&[], &[], 0, None, Some("")),
        (&["^[0-9]+$", "7"], &[], 2, None, Some("07")),
        (&["^[0-9]{5}$"], &[], 0, Some(4), None),
        (&[], &[r"^[\x20-\x7e]*$"], 0, None, Some("中")),
        (
            &[r"^[\u4e00-\u4e10]$"],
            &[r"^[\u4e01-\u4e10]$"],
            0,
            None,
            Some("一"),
        ),
        (&["^.{2}$"], &[], 0, None, Some("aa")),
        (&["^😀$"], &[], 0, Some(1), Some("😀")),
        (&["[]"], &[], 0, None, None),
    ] {
        let found = example(matches, not, min, max);
        assert_eq!(found.as_deref(), expected, "{matches:?} without {not:?}");
    }
}
