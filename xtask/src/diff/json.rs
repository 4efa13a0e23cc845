//! For programs: everything, under `review.schema.json`.

use dockseal_codegen::review::{Answer, Because, Finding, Item, Review, Wire};
use serde_json::{Value, json};

use super::frame::{Frame, Problem};

/// The report, its members sorted by name.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let findings = review.findings.iter();
    let count = |severity| review.count(severity);
    let facts = &frame.facts;
    let report = json!({
        "version": 1,
        "base": frame.base,
        "head": frame.head,
        "axis": axis(review),
        "verdict": {
            "text": frame.verdict(review),
            "breaking": count(Wire::Breaking),
            "risky": count(Wire::Risky),
            "compatible": count(Wire::Compatible),
            "docs": count(Wire::Docs),
            "approved": findings.clone().filter(|f| frame.approval(f).is_some()).count(),
            "failures": frame.failures(review),
            "bump": review.bump().text(),
            "needs": facts.needs,
            "changelog": facts.changelog,
            "generated": facts.generated,
            "provenance": facts.provenance,
        },
        "judged": review.judged.iter().map(|judged| json!({
            "gateway": judged.gateway,
            "api": judged.api,
            "because": because(judged.because),
        })).collect::<Vec<_>>(),
        "findings": findings.map(|found| finding(found, frame)).collect::<Vec<_>>(),
        "generated": review.generated,
        "problems": frame.problems.iter().map(problem).collect::<Vec<_>>(),
        "skipped": frame.skipped,
        "notes": frame.notes,
    });
    format!("{report:#}\n")
}

fn finding(finding: &Finding, frame: &Frame) -> Value {
    let rule = finding.rule;
    let location = &finding.location;
    let place = frame.place(finding);
    json!({
        "fingerprint": finding.fingerprint,
        "rule": rule.id,
        "title": rule.title,
        "title_zh": rule.title_zh,
        "why": rule.why,
        "gateway": finding.gateway,
        "api": finding.api,
        "direction": finding.direction.text(),
        "flow": finding.flow.map(|flow| match flow {
            dockseal_codegen::review::Flow::Sent => "sent",
            dockseal_codegen::review::Flow::Received => "received",
        }),
        "path": finding.path,
        "term": finding.term,
        "location": {
            "path": format!("{}/{}", frame.schemas, location.path),
            "pointer": location.pointer,
            "line": location.line,
            "column": location.column,
            "side": if location.base { "base" } else { "head" },
        },
        "shown_at": { "path": place.path, "line": place.line, "column": place.column },
        "old": finding.old,
        "new": finding.new,
        "severity": finding.severity.text(),
        "wire": finding.wire.text(),
        "rust": finding.rust.text(),
        "bump": finding.bump.text(),
        "items": finding.items.iter().map(item).collect::<Vec<_>>(),
        "algebra": finding.algebra.map(answer),
        "undecided": finding.undecided,
        "lost": finding.lost,
        "example": finding.example.as_ref().map(|example| json!({
            "value": example.value,
            "was_valid": example.was_valid,
        })),
        "source": finding.source.as_ref().map(|source| json!({
            "document": source.document,
            "row": source.row,
            "sha256": source.sha256,
            "url": frame.documents.get(&source.document),
        })),
        "affects": finding.affects,
        "approved": frame.approval(finding),
        "fails": frame.fails(finding),
    })
}

fn item(item: &Item) -> Value {
    json!({ "name": item.name, "old": item.old, "new": item.new })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "id": problem.id,
        "message": problem.message,
        "help": problem.help,
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "fails": problem.fails,
    })
}

fn axis(review: &Review) -> &'static str {
    use dockseal_codegen::review::Axis;
    match review.axis {
        Axis::Wire => "wire",
        Axis::Rust => "rust",
        Axis::Both => "both",
    }
}

fn because(because: Because) -> &'static str {
    match because {
        Because::Added => "added",
        Because::Removed => "removed",
        Because::Changed => "changed",
        Because::Gateway => "gateway",
    }
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unknown => "unknown",
    }
}
