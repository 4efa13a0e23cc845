//! SARIF 2.1.0: findings as alerts of code scanning, each at its line.

use std::collections::BTreeMap;

use dockseal_codegen::review::{Finding, Flow, Review, Rule, Wire};
use serde_json::{Value, json};

use super::frame::{Frame, Place, Problem};
use super::words::{clean, told_whole};

/// Results that a run may have; GitHub refuses more.
const MOST: usize = 25_000;

/// The log, its members sorted by name.
pub(crate) fn render(review: &Review, frame: &Frame) -> String {
    let mut findings: Vec<&Finding> = review.findings.iter().collect();
    // Stable: within a severity the order is the review's.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let total = findings.len() + frame.problems.len();
    let problems = frame.problems.iter().map(problem);
    let results: Vec<Value> = problems
        .chain(findings.iter().map(|found| result(found, frame)))
        .take(MOST)
        .collect();
    let mut said: Vec<Value> = frame
        .skipped
        .iter()
        .map(|what| notice(&format!("skipped: {what}")))
        .collect();
    if total > MOST {
        said.push(notice(&format!(
            "{} more results are in the JSON report",
            total - MOST
        )));
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dockseal",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules(&findings, &frame.problems),
            } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": said }],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "%SRCROOT%": { "description": { "text": "The repository." } } },
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// What the results are instances of, by id.
fn rules(findings: &[&Finding], problems: &[Problem]) -> Vec<Value> {
    let mut rules: BTreeMap<&str, Value> = BTreeMap::new();
    for finding in findings {
        rules
            .entry(finding.rule.id)
            .or_insert_with(|| rule(finding.rule));
    }
    for problem in problems {
        rules.entry(&problem.id).or_insert_with(
            || json!({ "id": problem.id, "shortDescription": { "text": problem.id } }),
        );
    }
    rules.into_values().collect()
}

fn rule(rule: &Rule) -> Value {
    let worst = rule
        .wire(Flow::Sent, true)
        .max(rule.wire(Flow::Received, true));
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": format!("{} {}", rule.title, rule.title_zh) },
        "help": { "text": rule.why },
        "defaultConfiguration": { "level": level(worst) },
    })
}

fn result(finding: &Finding, frame: &Frame) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.id,
        "level": level(finding.severity),
        "message": { "text": told_whole(finding) },
        "locations": [location(&frame.place(finding))],
        "partialFingerprints": { "dockseal/v1": finding.fingerprint },
        "properties": {
            "wire": finding.wire.text(),
            "rust": finding.rust.text(),
            "bump": finding.bump.text(),
            "undecided": finding.undecided,
        },
    });
    if let (Some(approval), Some(result)) = (frame.approval(finding), result.as_object_mut()) {
        let accepted =
            json!([{ "kind": "external", "status": "accepted", "justification": approval }]);
        result.insert("suppressions".to_owned(), accepted);
    }
    result
}

fn problem(problem: &Problem) -> Value {
    let text = match problem.help.as_str() {
        "" => problem.message.clone(),
        help => format!("{}\n{help}", problem.message),
    };
    let mut result = json!({
        "ruleId": problem.id,
        "level": if problem.fails { "error" } else { "warning" },
        "message": { "text": clean_lines(&text) },
    });
    if let (Some(place), Some(result)) = (problem.place(), result.as_object_mut()) {
        result.insert("locations".to_owned(), json!([location(&place)]));
    }
    result
}

fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.path), "uriBaseId": "%SRCROOT%" },
        "region": { "startLine": place.line, "startColumn": place.column },
    } })
}

/// A path as a relative reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn notice(text: &str) -> Value {
    json!({ "level": "note", "message": { "text": clean(text) } })
}

fn level(severity: Wire) -> &'static str {
    match severity {
        Wire::Breaking => "error",
        Wire::Risky => "warning",
        Wire::Compatible | Wire::Docs => "note",
    }
}
