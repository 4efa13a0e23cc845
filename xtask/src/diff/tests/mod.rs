//! Reports of a review that is made by hand: each form against what is expected, byte by byte, and
//! against what its readers demand.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should stop there"
)]

mod forms;
mod markdown;
mod programs;
mod sample;

use std::path::PathBuf;

use clap::ValueEnum as _;
use dockseal_codegen::review::{Flow, RULES, Review, Wire};

use super::frame::Frame;
use super::options::{Format, Kind, Output};
use super::publish::render;

/// What `--format` makes of the sample.
fn report(kind: Kind) -> String {
    render(kind, &sample::review(), &sample::frame())
}

/// A review with as many findings as are asked for, all breaking.
fn many(count: usize) -> Review {
    let mut review = sample::review();
    let first = review.findings[2].clone();
    review.findings = (0..count)
        .map(|number| {
            let mut finding = first.clone();
            finding.fingerprint = format!("{number:012x}");
            finding
        })
        .collect();
    review
}

/// A file that holds what is expected; `UPDATE=1` writes it.
fn expect(name: &str, text: &str) {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = manifest.join("src/diff/tests/expected").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        text.replace("\r\n", "\n"),
        expected.replace("\r\n", "\n"),
        "{name}: UPDATE=1 writes it anew"
    );
}

#[test]
fn every_form_says_what_is_expected_of_it() {
    for (kind, name) in [
        (Kind::Text, "review.txt"),
        (Kind::Markdown, "review.md"),
        (Kind::Json, "review.json"),
        (Kind::Sarif, "review.sarif"),
        (Kind::Junit, "review.xml"),
        (Kind::Github, "review.github"),
    ] {
        // Releases do not change what is expected.
        let ours = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let report = report(kind).replace(&ours, "\"version\": \"OURS\"");
        expect(name, &anstream::adapter::strip_str(&report).to_string());
    }
}

#[test]
fn every_form_is_the_same_bytes_each_time() {
    for kind in [
        Kind::Text,
        Kind::Markdown,
        Kind::Json,
        Kind::Sarif,
        Kind::Junit,
        Kind::Github,
    ] {
        assert_eq!(report(kind), report(kind));
    }
}

#[test]
fn every_rule_is_shown_in_every_form_and_direction() {
    let frame = Frame {
        verbose: true,
        fail_on: super::options::FailOn::Risky,
        ..Frame::default()
    };
    for flow in [Flow::Sent, Flow::Received] {
        for rule in RULES.iter().copied().flatten() {
            let review = sample::of(rule, flow);
            let severity = review.findings[0].severity;
            for kind in Kind::value_variants() {
                let report = render(*kind, &review, &frame);
                let is_shown = match kind {
                    Kind::Junit => severity >= Wire::Risky,
                    Kind::Github => severity >= Wire::Compatible,
                    _ => true,
                };
                for part in [rule.id, rule.title_zh, "abcdefabcdef"] {
                    let place = format!("{kind:?} {flow:?} {}", rule.id);
                    assert_eq!(report.contains(part), is_shown, "{place}: {part}");
                }
            }
        }
    }
}

#[test]
fn a_review_without_findings_passes_in_every_form() {
    let (review, frame) = (Review::default(), Frame::default());
    assert_eq!(frame.verdict(&review), "no change of meaning");
    assert_eq!(frame.failures(&review), 0);
    assert!(render(Kind::Text, &review, &frame).starts_with('\u{1b}'));
    for (kind, part) in [
        (Kind::Markdown, "**no change of meaning**"),
        (Kind::Json, "\"failures\": 0"),
        (Kind::Sarif, "\"results\": []"),
        (Kind::Junit, "tests=\"0\" failures=\"0\""),
        (Kind::Github, "no change of meaning\n"),
    ] {
        assert!(render(kind, &review, &frame).contains(part), "{kind:?}");
    }
}

#[test]
fn an_approval_lets_a_finding_pass_and_leaves_the_bump() {
    let review = sample::review();
    let mut frame = sample::frame();
    let before = frame.failures(&review);
    for finding in &review.findings {
        let told = "doc-revision: it was never so".to_owned();
        frame.approved.insert(finding.fingerprint.clone(), told);
    }
    assert!(before > 0);
    assert_eq!(
        frame.failures(&review),
        1,
        "the problem that fails is no finding"
    );
    let needs = "needs 0.2.0";
    assert!(frame.verdict(&review).contains(needs));
}

#[test]
fn two_reports_cannot_go_to_one_place() {
    let output = |formats: &[&str]| Output {
        formats: formats.iter().map(|text| text.parse().unwrap()).collect(),
        fail_on: super::options::FailOn::Breaking,
        strict: false,
        verbose: false,
    };
    for formats in [["text", "json"], ["text=a", "json=a"]] {
        let error = output(&formats).formats().unwrap_err();
        assert!(error.contains("help:"), "{error}");
    }
    assert_eq!(output(&["text", "json=a"]).formats().unwrap().len(), 2);
    assert_eq!(output(&[]).formats().unwrap()[0].kind, Kind::Text);
    for wrong in ["yaml", "json=", ""] {
        assert!(wrong.parse::<Format>().is_err(), "{wrong}");
    }
}
