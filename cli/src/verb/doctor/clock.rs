//! This machine's clock against a server's.

use std::time::Duration;

use bytes::Bytes;
use dockseal::BeijingTime;

use super::{Finding, Level};
use crate::language::Said;
use crate::verb::wire;

const CLOCK: [&str; 2] = ["clock", "时钟"];
/// Time for the one request.
const LIMIT: Duration = Duration::from_secs(10);
/// How far a clock is off that takes Beijing time for UTC, or the other way round.
const BEIJING: u64 = 8 * 3600;
/// A clock that is off by less than this is right: a Date has whole seconds.
const EXACT: u64 = 5;

/// This machine's clock against the server's, from the Date of one answer.
pub(super) fn compare(base: &str, window: Option<u32>) -> Finding {
    let Ok(request) = http::Request::head(base).body(Bytes::new()) else {
        return Finding::new(CLOCK, Level::Warn, Said::new("not compared", "未比较"));
    };
    let before = BeijingTime::now().unix();
    let answer = match wire::send(request, LIMIT) {
        Ok(answer) => answer,
        Err(trouble) => {
            let text = trouble.text;
            return Finding::new(
                CLOCK,
                Level::Bad,
                Said::new(
                    format!("not compared, no answer: {text}"),
                    format!("未比较，没有应答：{text}"),
                ),
            );
        }
    };
    let here = i64::midpoint(before, BeijingTime::now().unix());
    let date = answer
        .headers
        .get(http::header::DATE)
        .and_then(|date| date.to_str().ok());
    let parser = jiff::fmt::rfc2822::DateTimeParser::new();
    match date.and_then(|date| parser.parse_timestamp(date).ok()) {
        Some(there) => skewed(there.as_second() - here, window),
        None => Finding::new(
            CLOCK,
            Level::Warn,
            Said::new(
                format!(
                    "not compared: HTTP {} without a Date",
                    answer.status.as_u16()
                ),
                format!("未比较：HTTP {} 没有 Date", answer.status.as_u16()),
            ),
        ),
    }
}

/// What a clock means that the server's is so many seconds ahead of.
fn skewed(seconds: i64, window: Option<u32>) -> Finding {
    let off = seconds.unsigned_abs();
    let level = match window.map(u64::from) {
        _ if off <= EXACT => Level::Ok,
        Some(window) if off > window => Level::Bad,
        Some(window) if off > window / 2 => Level::Warn,
        None if off > 60 => Level::Warn,
        _ => Level::Ok,
    };
    let (en, zh) = if off.abs_diff(BEIJING) <= 300 {
        (
            "; that is 8 hours: local time was taken for UTC or the other way round, set the clock and leave the time zone alone",
            "；正好 8 小时：本地时间与 UTC 弄混，请校准时钟，不必改时区",
        )
    } else if level == Level::Ok {
        ("", "")
    } else {
        (
            "; set the clock of this machine, by NTP",
            "；请用 NTP 校准本机时钟",
        )
    };
    let (allowed, allowed_zh) = match window {
        Some(window) => (
            format!(", {window} s allowed"),
            format!("，允许 {window} 秒"),
        ),
        None => (String::new(), String::new()),
    };
    Finding::new(
        CLOCK,
        level,
        Said::new(
            format!("the server is {seconds:+} s from this machine{allowed}{en}"),
            format!("服务器与本机相差 {seconds:+} 秒{allowed_zh}{zh}"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{Level, skewed};

    #[test]
    fn a_clock_is_judged_by_what_the_gateway_allows() {
        for (seconds, window, level) in [
            (0, Some(120), Level::Ok),
            (-70, Some(120), Level::Warn),
            (121, Some(120), Level::Bad),
            (90, None, Level::Warn),
            (28_800, Some(600), Level::Bad),
        ] {
            assert_eq!(skewed(seconds, window).level, level, "{seconds}");
        }
        assert!(skewed(-28_790, None).said.en.contains("8 hours"));
    }
}
