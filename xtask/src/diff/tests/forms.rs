//! JUnit, annotations, text, the rules explained.

use dockseal_codegen::review::RULES;

use super::sample::NASTY;
use super::{many, report, sample};
use crate::diff::explain::explain;
use crate::diff::frame::Frame;
use crate::diff::options::{FailOn, Kind};
use crate::diff::publish::render;
use crate::diff::{github, junit};

#[test]
fn a_command_of_github_is_one_line_whatever_a_schema_says() {
    let report = report(Kind::Github);
    for line in report.lines().filter(|line| line.starts_with("::")) {
        let (_, rest) = line.split_at(2);
        let (head, text) = rest.split_once("::").unwrap();
        assert!(head.contains("title="), "{line}");
        assert!(!text.contains('\u{1b}'), "{line}");
        let properties = head.split_once(' ').unwrap().1;
        for property in properties.split(',') {
            assert_eq!(property.matches('=').count(), 1, "{property} of {line}");
        }
    }
    assert!(!report.lines().any(|line| line.starts_with("::error::j")));
    let file = "file=schemas/wangdian-flagship/process.Process.upload.json,line=33,col=7,";
    assert!(
        report.contains(file),
        "what is gone is shown at the place around it"
    );
    let file = "file=schemas/wangdian-flagship/gateway.json,line=1,col=1,title=api-removed";
    assert!(
        report.contains(file),
        "an API that is gone is shown at its gateway"
    );
}

#[test]
fn a_path_is_escaped_in_a_property() {
    let mut review = many(1);
    review.findings[0].location.path = "a,b:c%.json".to_owned();
    let report = render(Kind::Github, &review, &sample::frame());
    assert!(
        report.contains("file=schemas/a%2Cb%3Ac%25.json,line=12"),
        "{report}"
    );
}

#[test]
fn ten_annotations_of_a_level_are_written_and_the_rest_is_counted() {
    let frame = Frame::default();
    let report = render(Kind::Github, &many(25), &frame);
    assert_eq!(report.matches("::error ").count(), 10);
    assert!(
        report.lines().last().unwrap().contains("15 more"),
        "{report}"
    );
}

#[test]
fn an_approved_finding_is_a_notice() {
    let report = report(Kind::Github);
    let approved = report
        .lines()
        .find(|line| line.contains("address-changed"))
        .unwrap();
    assert!(approved.starts_with("::notice "), "{approved}");
    assert!(approved.contains("approved: vendor-change"), "{approved}");
}

#[test]
fn every_message_of_an_api_that_was_looked_at_is_a_test_case() {
    let report = report(Kind::Junit);
    for name in [
        "process.Process.upload request",
        "process.Process.upload reply",
        "process.Process.query request",
        "process.Process.query settings",
        "settings",
        "changelog-missing",
        "step 1",
    ] {
        assert!(
            report.contains(&format!("name=\"{name}\"")),
            "{name}: {report}"
        );
    }
    assert!(
        report.contains("tests=\"8\" failures=\"3\" skipped=\"1\""),
        "{report}"
    );
}

#[test]
fn what_fails_is_what_was_asked_for() {
    let review = sample::review();
    let failures = |fail_on| {
        let frame = Frame {
            fail_on,
            problems: Vec::new(),
            ..sample::frame()
        };
        frame.failures(&review)
    };
    assert_eq!(
        [FailOn::None, FailOn::Breaking, FailOn::Risky].map(failures),
        [0, 2, 4]
    );
}

#[test]
fn xml_has_no_letters_that_it_may_not_have() {
    for report in [report(Kind::Junit), junit::unjudged(NASTY)] {
        assert!(
            !report.chars().any(|c| c.is_control() && c != '\n'),
            "{report}"
        );
        let text: String = report.split("<failure").skip(1).collect();
        assert!(!text.contains("<script"), "{text}");
        assert!(!text.contains("]]>"), "{text}");
    }
}

#[test]
fn text_from_a_schema_cannot_forge_lines_or_move_the_cursor() {
    let report = report(Kind::Text);
    let bare = anstream::adapter::strip_str(&report).to_string();
    assert!(!bare.chars().any(|c| c.is_control() && c != '\n'), "{bare}");
    assert!(!bare.contains('\u{202e}'));
    assert!(!bare.lines().any(|line| line.starts_with("::")));
    assert!(!report.contains("\u{1b}[31mk"));
}

#[test]
fn what_cannot_be_judged_is_said_where_people_read() {
    let github = github::unjudged("the base\n  help: git fetch");
    assert_eq!(
        github,
        "::error title=not judged::the base%0A  help: git fetch\n"
    );
    let junit = junit::unjudged("the base\n  help: git fetch");
    assert!(junit.contains("failures=\"1\""), "{junit}");
}

#[test]
fn every_rule_is_explained_and_a_near_name_is_suggested() {
    let all = explain("list").unwrap();
    for rule in RULES.iter().copied().flatten() {
        assert!(all.contains(&format!("{} ", rule.id)), "{}", rule.id);
        let one = explain(rule.id).unwrap();
        for part in [rule.title, rule.title_zh, rule.why, rule.opposite] {
            assert!(one.contains(part), "{}: {part}", rule.id);
        }
    }
    let error = explain("max-lenght-tightened").unwrap_err();
    assert!(
        error.contains("did you mean `max-length-tightened`?"),
        "{error}"
    );
    assert!(explain("zzz").unwrap_err().contains("--explain"));
}
