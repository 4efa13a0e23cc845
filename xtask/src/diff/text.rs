//! For a terminal: the verdict first, then what matters, API by API.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use dockseal_codegen::review::{Finding, Review, Wire};

use super::frame::Frame;
use super::words::{
    arrow, clean, count, doubt, field, lost, message, shortened, subject, told, value,
};

const LABEL: Style = Style::new().bold();
const FAINT: Style = Style::new().dimmed();

/// The report, with escapes for colour.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let mut out = String::new();
    let worst = review.findings.iter().map(|finding| finding.severity).max();
    let style = colour(worst.unwrap_or(Wire::Docs));
    line(
        &mut out,
        &format!("{style}{}{style:#}", frame.verdict(review)),
    );
    for (name, side) in [("base", &frame.base), ("head", &frame.head)] {
        if !side.is_empty() {
            line(&mut out, &format!("  {name} {}", clean(side)));
        }
    }
    for skipped in &frame.skipped {
        line(&mut out, &format!("  skipped: {skipped}"));
    }
    for note in &frame.notes {
        line(&mut out, &format!("  note: {}", clean(note)));
    }
    problems(&mut out, frame);
    let is_shown = |finding: &&Finding| frame.verbose || finding.severity >= Wire::Risky;
    let mut subject_before = String::new();
    let mut message_before = String::new();
    for finding in review.findings.iter().filter(is_shown) {
        let about = subject(finding);
        if about != subject_before {
            line(&mut out, &format!("\n{LABEL}{about}{LABEL:#}"));
            subject_before = about;
            message_before.clear();
        }
        let half = message(finding.direction, finding.flow);
        if half != message_before {
            line(&mut out, &format!("  {} {half}", arrow(finding.flow)));
            message_before = half;
        }
        block(&mut out, finding, frame);
    }
    let folded = review
        .findings
        .iter()
        .filter(|finding| !is_shown(finding))
        .count();
    if folded > 0 {
        line(
            &mut out,
            &format!(
                "\n{} compatible, {} only words: see them with --verbose",
                review.count(Wire::Compatible),
                review.count(Wire::Docs)
            ),
        );
    }
    if !review.generated.is_empty() {
        let files = count(review.generated.len(), "generated file");
        let verb = if review.generated.len() == 1 {
            "differs"
        } else {
            "differ"
        };
        line(&mut out, &format!("\n{files} {verb}"));
        for file in review.generated.iter().filter(|_| frame.verbose) {
            line(&mut out, &format!("  {}", clean(file)));
        }
    }
    out
}

fn problems(out: &mut String, frame: &Frame) {
    for problem in &frame.problems {
        let style = colour(if problem.fails {
            Wire::Breaking
        } else {
            Wire::Risky
        });
        line(
            out,
            &format!(
                "\n{style}{}{style:#}: {}",
                problem.id,
                clean(&problem.message)
            ),
        );
        if let Some(place) = problem.place() {
            let path = clean(&place.path);
            line(out, &format!(" --> {path}:{}:{}", place.line, place.column));
        }
        if !problem.help.is_empty() {
            line(out, &format!("  help: {}", clean(&problem.help)));
        }
    }
}

fn block(out: &mut String, finding: &Finding, frame: &Frame) {
    let style = colour(finding.severity);
    let term = finding
        .term
        .as_ref()
        .map_or_else(String::new, |term| format!(" {}", clean(term)));
    line(
        out,
        &format!(
            "    {style}{}{style:#} {LABEL}{}{LABEL:#}{term}: {} {}",
            finding.severity.text(),
            field(finding),
            finding.rule.title,
            finding.rule.title_zh
        ),
    );
    let (old, new) = (value(finding.old.as_ref()), value(finding.new.as_ref()));
    line(out, &format!("      {old} -> {new}"));
    let mut say = |name: &str, what: &str| {
        line(out, &format!("      {FAINT}{name:<12}{FAINT:#}{what}"));
    };
    let verdicts = format!(
        "wire {}, Rust {}, bump {}",
        finding.wire.text(),
        finding.rust.text(),
        finding.bump.text()
    );
    say("verdict", &verdicts);
    if let Some(doubt) = doubt(finding) {
        say("doubt", doubt);
    }
    if let Some((name, lost)) = lost(finding) {
        say(name, &lost);
    }
    if let Some(example) = &finding.example {
        say(
            "example",
            &format!("{} {}", shortened(&example.value), told(example)),
        );
    }
    for item in &finding.items {
        say("bindings", &clean(&item.name));
        for (sign, declared) in [('-', &item.old), ('+', &item.new)] {
            if let Some(declared) = declared {
                say("", &format!("{sign} {}", clean(declared)));
            }
        }
    }
    if !finding.affects.is_empty() {
        say("affects", &clean(&finding.affects.join(", ")));
    }
    if let Some(source) = &finding.source {
        let hash = source.sha256.as_ref().map_or_else(
            || ", which the lock lacks".to_owned(),
            |hash| format!(", sha256 {hash}"),
        );
        say(
            "row",
            &clean(&format!("{} of {}{hash}", source.row, source.document)),
        );
    }
    let location = &finding.location;
    let side = if location.base { ", in the base" } else { "" };
    let at = format!(
        "{}/{}:{}:{}{side}",
        frame.schemas, location.path, location.line, location.column
    );
    say("at", &clean(&at));
    if let Some(approval) = frame.approval(finding) {
        say("approved", &clean(approval));
    }
    say(
        "rule",
        &format!("{}, fingerprint {}", finding.rule.id, finding.fingerprint),
    );
}

fn colour(severity: Wire) -> Style {
    match severity {
        Wire::Breaking => AnsiColor::Red.on_default().bold(),
        Wire::Risky => AnsiColor::Yellow.on_default().bold(),
        Wire::Compatible | Wire::Docs => AnsiColor::Green.on_default().bold(),
    }
}

fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{text}");
}
