//! Times and days: seconds and texts agree by a calendar written here, at the edges of days, months,
//! leap years and years, and every text that a message brings leaves as it came.

use dockseal::gateway::Stamp;
use dockseal::object::View;
use dockseal::{BeijingDate, BeijingTime};

use crate::cases::{count, each, ran};
use crate::places::{Kind, Place, places};
use crate::support::leaf::Kind as Leaf;
use crate::types::wire;

const DAY: i64 = 86_400;
/// 0001-01-01 00:00:00 in Beijing.
pub const FIRST: i64 = -62_135_625_600;
/// 9999-12-31 23:59:59 in Beijing.
pub const LAST: i64 = 253_402_271_999;

/// The days of a month.
fn length(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Walks through all days that there are, one by one from the first.
struct Calendar {
    year: i64,
    month: i64,
    day: i64,
    /// Of its midnight.
    seconds: i64,
}

impl Calendar {
    fn new() -> Calendar {
        Calendar {
            year: 1,
            month: 1,
            day: 1,
            seconds: FIRST,
        }
    }

    fn next(&mut self) {
        self.seconds += DAY;
        self.day += 1;
        if self.day > length(self.year, self.month) {
            (self.day, self.month) = (1, self.month + 1);
        }
        if self.month > 12 {
            (self.month, self.year) = (1, self.year + 1);
        }
    }

    fn date(&self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    fn is_edge(&self) -> bool {
        self.day == 1 || self.day == length(self.year, self.month)
    }
}

/// Text and seconds of one instant agree in every way that there is.
fn agree(seconds: i64, date: &str, clock: [i64; 3]) {
    let [hour, minute, second] = clock;
    let text = format!("{date} {hour:02}:{minute:02}:{second:02}");
    let time = BeijingTime::from_unix(seconds).unwrap();
    assert_eq!(time.to_string(), text, "{seconds}");
    assert_eq!(text.parse(), Ok(time));
    assert_eq!(time.unix(), seconds, "{text}");
    assert_eq!(time.date().to_string(), date);
    assert_eq!(date.parse(), Ok(time.date()));
    assert_eq!(Stamp::DateTime.write(time), text);
}

#[test]
fn seconds_and_texts_agree_at_the_edges_of_days_months_and_years() {
    // Every day in a long run; else the first and the last days of every month.
    let every_day = count(0) >= 1_000_000;
    let (mut day, mut compared) = (Calendar::new(), 0);
    while day.year <= 9999 {
        if every_day || day.is_edge() {
            let date = day.date();
            agree(day.seconds, &date, [0, 0, 0]);
            agree(day.seconds + DAY - 1, &date, [23, 59, 59]);
            compared += 2;
        }
        day.next();
    }
    assert_eq!(day.seconds, LAST + 1);
    assert!(BeijingTime::from_unix(FIRST - 1).is_err());
    assert!(BeijingTime::from_unix(LAST + 1).is_err());
    ran("edges of days", compared, "seconds");
}

#[test]
fn seconds_and_texts_agree_in_every_second_of_a_leap_day_and_its_neighbours() {
    let (mut day, mut compared) = (Calendar::new(), 0);
    while day.year < 2025 {
        if day.year == 2024 && [(2, 28), (2, 29), (3, 1)].contains(&(day.month, day.day)) {
            for second in 0..DAY {
                let clock = [second / 3600, second / 60 % 60, second % 60];
                agree(day.seconds + second, &day.date(), clock);
                compared += 1;
            }
        }
        day.next();
    }
    assert_eq!(compared, 3 * DAY);
    ran(
        "seconds of days",
        usize::try_from(compared).unwrap(),
        "seconds",
    );
}

#[test]
fn days_that_do_not_exist_are_refused() {
    let mut refused = 0;
    for year in 0..=9999 {
        for month in 0..=13 {
            let length = if year > 0 && (1..=12).contains(&month) {
                length(year, month)
            } else {
                0
            };
            for day in [0, 1, 28, 29, 30, 31, 32] {
                let text = format!("{year:04}-{month:02}-{day:02}");
                let exists = (1..=length).contains(&day);
                assert_eq!(text.parse::<BeijingDate>().is_ok(), exists, "{text}");
                refused += usize::from(!exists);
            }
        }
    }
    ran("days", refused, "days that do not exist");
}

#[test]
fn a_time_leaves_a_message_as_the_text_it_came_in() {
    let is = |leaf: Leaf| move |place: &Place| matches!(place.kind, Kind::Single(found, _) if found == leaf);
    let times: Vec<_> = places().into_iter().filter(is(Leaf::DateTime)).collect();
    let days: Vec<_> = places().into_iter().filter(is(Leaf::Date)).collect();
    assert!(!times.is_empty() && !days.is_empty());
    each("times in messages", 2_000, |dice| {
        let (year, month) = (dice.within(1, 9999), dice.within(1, 12));
        let last = length(i64::try_from(year).unwrap(), i64::try_from(month).unwrap());
        let any = dice.within(1, 28);
        let day = *dice.pick(&[1, usize::try_from(last).unwrap(), any]);
        let date = format!("{year:04}-{month:02}-{day:02}");
        let clock = match dice.below(3) {
            0 => "00:00:00".to_owned(),
            1 => "23:59:59".to_owned(),
            _ => format!(
                "{:02}:{:02}:{:02}",
                dice.below(24),
                dice.below(60),
                dice.below(60)
            ),
        };
        passes(dice.pick(&times), &format!("{date} {clock}"));
        passes(dice.pick(&days), &date);
    });
}

fn passes(place: &Place, text: &str) {
    let value = place.read(&format!("\"{text}\"")).unwrap();
    let found = match place.look(value.as_ref()) {
        View::DateTime(time) => time.to_string(),
        View::Date(day) => day.to_string(),
        _ => String::new(),
    };
    assert_eq!(found, text, "{place}");
    let written = wire(place.any.api(), place.side, value.as_ref());
    assert!(written.contains(text), "{text} of {place} in {written}");
}
