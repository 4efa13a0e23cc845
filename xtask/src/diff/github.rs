//! Annotations of GitHub Actions, at the line of the schema.
//!
//! GitHub shows ten of each level for a step: the worst come first, and a last line says how many
//! there are beside.

use dockseal_codegen::review::{Finding, Review, Wire};

use super::frame::{Frame, Place, Problem};
use super::words::told_whole;

/// Annotations of one level that GitHub shows.
const SHOWN: usize = 10;

/// One command a line.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let mut lines: Vec<(Level, String)> = frame.problems.iter().map(problem).collect();
    for finding in &review.findings {
        if let Some(level) = level(finding, frame) {
            lines.push((level, annotation(finding, frame, level)));
        }
    }
    let mut out = String::new();
    let mut hidden = 0;
    for wanted in [Level::Error, Level::Warning, Level::Notice] {
        let of_level: Vec<_> = lines.iter().filter(|(level, _)| *level == wanted).collect();
        hidden += of_level.len().saturating_sub(SHOWN);
        out.extend(of_level.iter().take(SHOWN).map(|(_, line)| line.as_str()));
    }
    let mut last = frame.verdict(review);
    if hidden > 0 {
        last.push_str(&format!(
            "; {hidden} more in the summary and in the JSON report"
        ));
    }
    out.push_str(&data(&last));
    out.push('\n');
    out
}

/// What is said when nothing could be judged.
pub(crate) fn unjudged(error: &str) -> String {
    let error = anstream::adapter::strip_str(error).to_string();
    command(Level::Error, None, "not judged", &error)
}

/// What GitHub calls a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Error,
    Warning,
    Notice,
}

/// An approved finding is no error, and words need no annotation.
fn level(finding: &Finding, frame: &Frame) -> Option<Level> {
    match finding.severity {
        Wire::Docs => None,
        _ if frame.approval(finding).is_some() => Some(Level::Notice),
        Wire::Compatible => Some(Level::Notice),
        Wire::Risky => Some(Level::Warning),
        Wire::Breaking => Some(Level::Error),
    }
}

fn annotation(finding: &Finding, frame: &Frame, level: Level) -> String {
    let mut text = told_whole(finding);
    if let Some(approval) = frame.approval(finding) {
        text.push_str(&format!("\napproved: {approval}"));
    }
    command(level, Some(&frame.place(finding)), finding.rule.id, &text)
}

fn problem(problem: &Problem) -> (Level, String) {
    let level = if problem.fails {
        Level::Error
    } else {
        Level::Warning
    };
    let text = format!("{}\n{}", problem.message, problem.help);
    (
        level,
        command(
            level,
            problem.place().as_ref(),
            &problem.id,
            text.trim_end(),
        ),
    )
}

/// `::error file=a.json,line=1,col=2,title=rule::text`
fn command(level: Level, place: Option<&Place>, title: &str, text: &str) -> String {
    let place = place.map_or_else(String::new, |place| {
        format!(
            "file={},line={},col={},",
            property(&place.path),
            place.line,
            place.column
        )
    });
    let level = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    format!(
        "::{level} {place}title={}::{}\n",
        property(title),
        data(text)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
