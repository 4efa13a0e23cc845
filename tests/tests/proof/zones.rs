//! Whatever zone a process runs in, it writes the same bytes: the same program runs in many zones and
//! prints texts of seconds at the edges of days, years and summer times, and whole signed requests.

use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use dockseal::gateway::Need;
use dockseal::object::read::request;
use dockseal::send::{Validation, prepare_any};
use dockseal::{BeijingTime, Keys, Options};

use crate::cases::ran;
use crate::times::{FIRST, LAST};

/// By name, and as rules for where there is no list of zones.
const ZONES: &[&str] = &[
    "UTC",
    "Asia/Shanghai",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "CST-8",
    "EST5EDT,M3.2.0,M11.1.0",
    "AAA+12",
    "BBB-14",
];

/// Edges of the years, of midnight in other zones and of summer times, Shanghai's of 1986 among them.
const EDGES: &[i64] = &[
    FIRST,
    -1,
    0,
    515_520_000,
    527_616_000,
    951_753_600,
    1_325_347_200,
    1_582_992_000,
    1_710_054_000,
    1_730_613_600,
    1_735_660_800,
    1_735_689_600,
    4_107_542_400,
    LAST,
];

#[test]
fn every_zone_writes_the_same_bytes() {
    let program = std::env::current_exe().unwrap();
    let in_zone = |zone: &str| {
        let output = Command::new(&program)
            .args([
                "--ignored",
                "--exact",
                "zones::what_a_zone_writes",
                "--nocapture",
            ])
            .env("TZ", zone)
            .output()
            .unwrap();
        assert!(output.status.success(), "{zone}: {output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines()
            .filter(|line| line.contains(LINE))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let here = written();
    for zone in ZONES {
        assert_eq!(in_zone(zone), here, "{zone}");
    }
    ran(
        "zones",
        ZONES.len() * here.lines().count(),
        "lines in zones",
    );
}

/// Tells a line from those of the test program.
const LINE: &str = "zone: ";

#[test]
#[ignore = "a part of the test above, which runs it in each zone"]
fn what_a_zone_writes() {
    println!("\n{}", written());
}

fn written() -> String {
    let around = EDGES.iter().flat_map(|edge| [edge - 1, *edge, edge + 1]);
    let times: Vec<_> = around
        .filter_map(|second| BeijingTime::from_unix(second).ok())
        .collect();
    let mut lines = Vec::new();
    for time in times {
        lines.push(format!("{LINE}{} {time} {}", time.unix(), time.date()));
        let system = SystemTime::from(time);
        let since = system.duration_since(UNIX_EPOCH);
        lines.push(format!(
            "{LINE}{:?}",
            since.map_err(|before| before.duration())
        ));
        for any in dockseal::APIS {
            let api = any.api();
            let mut keys = Keys::new(api.gateway);
            for row in api
                .gateway
                .credentials
                .iter()
                .filter(|row| row.need == Need::Required)
            {
                let made_up = if row.split.is_some() { "a:b" } else { "a" };
                keys.set(row.name, *row.allowed.first().unwrap_or(&made_up))
                    .unwrap();
            }
            let mut value = any.blank_request();
            let example = api.examples.iter().find_map(|example| example.request);
            if let Some(example) = example {
                request(api.positional, value.as_mut(), example.as_bytes()).unwrap();
            }
            let options = Options::default().with_validation(Validation::Off);
            let sent = prepare_any(api, value.as_ref(), &keys, time, &options).unwrap();
            let (uri, body) = (sent.http().uri(), sent.http().body());
            lines.push(format!("{LINE}{uri} {}", String::from_utf8_lossy(body)));
        }
    }
    lines.join("\n")
}

#[test]
fn now_is_the_second_of_the_clock() {
    let clock = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        i64::try_from(since.as_secs()).unwrap()
    };
    let before = clock();
    let now = BeijingTime::now();
    assert!((before..=clock()).contains(&now.unix()));
}
