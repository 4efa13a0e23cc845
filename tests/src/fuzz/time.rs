//! Dates and times against a calendar that is written here once more.

use dockseal::{BeijingDate, BeijingTime};

pub(super) const WORDS: &[&str] = &[
    "2025-01-31",
    "2024-02-29",
    "2023-02-29",
    "1900-02-29",
    "2000-02-29",
    "9999-12-31",
    "0001-01-01",
    "0000-00-00",
    " 00:00:00",
    " 23:59:59",
    " 24:00:00",
    " 23:59:60",
    "-",
    ":",
    " ",
    "T",
    "Z",
    "+",
    "１",
];

pub(super) fn body(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        of_text(text);
    }
    if let Some(seconds) = data.first_chunk::<8>() {
        of_seconds(i64::from_le_bytes(*seconds));
        // Nearly all numbers lie outside of all years.
        of_seconds(i64::from_le_bytes(*seconds) >> 24);
    }
}

fn of_text(text: &str) {
    let day = day(text);
    match text.parse::<BeijingDate>() {
        Ok(read) => assert_eq!((day.is_some(), read.to_string()), (true, text.to_owned())),
        Err(_) => assert_eq!(day, None, "{text} is a day"),
    }
    let seconds = seconds(text);
    match text.parse::<BeijingTime>() {
        Ok(read) => {
            assert_eq!(read.to_string(), text);
            assert_eq!(Some(read.unix()), seconds, "{text}");
            assert_eq!(
                BeijingTime::from_unix(read.unix()).ok(),
                Some(read),
                "{text}"
            );
            assert_eq!(Some(read.date().to_string().as_str()), text.get(..10));
        }
        Err(_) => assert_eq!(seconds, None, "{text} is a time"),
    }
}

fn of_seconds(seconds: i64) {
    // The first and the last second of the years 1 to 9999, in +08:00.
    let exists = (-62_135_596_800 - 28_800..=253_402_300_799 - 28_800).contains(&seconds);
    match BeijingTime::from_unix(seconds) {
        Ok(time) => {
            assert!(exists, "{seconds}");
            assert_eq!(self::seconds(&time.to_string()), Some(seconds), "{time}");
        }
        Err(_) => assert!(!exists, "{seconds}"),
    }
}

/// Days since 1970-01-01.
fn day(text: &str) -> Option<i64> {
    let [year, month, day] = numbers(text, &[(0, 4), (5, 2), (8, 2)], &[(4, '-'), (7, '-')], 10)?;
    let leaps = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [
        31,
        if leaps { 29 } else { 28 },
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    ];
    let month = usize::try_from(month).ok()?.checked_sub(1)?;
    if year == 0 || !(1..=*lengths.get(month)?).contains(&day) {
        return None;
    }
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    let months: i64 = lengths.iter().take(month).sum();
    Some(years + months + day - 1 - 719_162)
}

/// Seconds since 1970-01-01 00:00:00 UTC of a time in +08:00.
fn seconds(text: &str) -> Option<i64> {
    let day = day(text.get(..10)?)?;
    let clock = text.get(10..)?.strip_prefix(' ')?;
    let [hour, minute, second] =
        numbers(clock, &[(0, 2), (3, 2), (6, 2)], &[(2, ':'), (5, ':')], 8)?;
    let exists = hour < 24 && minute < 60 && second < 60;
    exists.then_some(day * 86_400 + hour * 3600 + minute * 60 + second - 28_800)
}

/// Three numbers at these places and lengths of a text of that length, with these characters between.
fn numbers(
    text: &str,
    places: &[(usize, usize); 3],
    between: &[(usize, char); 2],
    length: usize,
) -> Option<[i64; 3]> {
    if text.len() != length
        || between
            .iter()
            .any(|(at, c)| !text.get(*at..).is_some_and(|rest| rest.starts_with(*c)))
    {
        return None;
    }
    let mut found = [0; 3];
    for (number, (at, length)) in found.iter_mut().zip(places) {
        let digits = text.get(*at..at + length)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = digits.parse().ok()?;
    }
    Some(found)
}
