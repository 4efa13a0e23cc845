//! The comment on a pull request.

use dockseal_codegen::review::Review;

use super::sample::NASTY;
use super::{many, report, sample};
use crate::diff::frame::Frame;
use crate::diff::markdown::{MARK, QUIET, unjudged};
use crate::diff::options::Kind;
use crate::diff::publish::render;

/// Letters that a comment may have.
const MOST: usize = 60_000;

/// Tags that are opened, and not closed in order.
fn open(text: &str) -> Vec<&str> {
    let mut open = Vec::new();
    for part in text.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{part}");
        } else if !["br", "!--"].contains(&name) {
            open.push(name);
        }
    }
    open
}

#[test]
fn the_verdict_is_the_first_line_that_is_seen() {
    let report = report(Kind::Markdown);
    let mut lines = report.lines();
    assert_eq!(lines.next(), Some(MARK));
    let verdict = lines.next().unwrap();
    assert!(
        verdict.starts_with("**3 breaking (1 approved), 2 risky, 1 compatible, 1 docs; needs 0.2.0; changelog: missing;"),
        "{verdict}"
    );
}

#[test]
fn only_a_page_that_says_nothing_is_marked_as_quiet() {
    let second = |frame: &Frame| {
        let page = render(Kind::Markdown, &Review::default(), frame);
        page.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(second(&Frame::default()), QUIET);
    let mut failing = sample::frame();
    failing.skipped.clear();
    assert!(!failing.problems.is_empty());
    let skipping = Frame {
        skipped: vec!["version: a shallow clone".to_owned()],
        ..Frame::default()
    };
    let blind = Frame {
        unreviewed: true,
        ..Frame::default()
    };
    for frame in [failing, skipping, blind] {
        assert!(second(&frame).starts_with("**"), "{}", second(&frame));
    }
    let workflow = include_str!("../../../../.github/workflows/schema-review-comment.yml");
    for mark in [MARK, QUIET] {
        assert!(workflow.contains(&format!("\"{mark}\"\n")), "{mark}");
    }
}

#[test]
fn nothing_from_a_schema_is_markup() {
    let report = report(Kind::Markdown);
    assert_eq!(open(&report), [""; 0]);
    for part in [
        "<script",
        "](",
        "@f",
        "https://e",
        "www.",
        "*g*",
        "\u{1b}",
        "\u{202e}",
        "\r",
    ] {
        assert!(!report.contains(part), "{part}");
    }
    let is_row = |line: &&str| line.starts_with("| ←");
    let row = report.lines().find(is_row).unwrap();
    assert_eq!(row.matches('|').count(), 8, "{row}");
    assert!(!row.contains('`'), "{row}");
}

#[test]
fn a_long_comment_is_cut_between_rows_with_all_tags_closed() {
    for count in [20, 100, 150, 5_000] {
        let report = render(Kind::Markdown, &many(count), &sample::frame());
        let letters = report.chars().count();
        assert!(letters <= MOST, "{count}: {letters}");
        assert_eq!(open(&report), [""; 0], "{count}");
        let rows = report
            .lines()
            .filter(|line| line.starts_with("| →"))
            .count();
        for line in report.lines().filter(|line| line.starts_with('|')) {
            assert!(line.ends_with('|'), "{line}");
        }
        let last = report.lines().last().unwrap();
        if rows < count {
            let missing = last.split(' ').next().unwrap().trim_start_matches("**");
            // The interface's one item is left out too.
            assert_eq!(missing, (count - rows + 2).to_string(), "{last}");
            assert!(last.contains("JSON"), "{last}");
            assert!(letters > MOST - 2_000, "{count}: {letters}");
        }
    }
}

#[test]
fn a_row_links_to_its_document_over_https_only() {
    let mut frame = sample::frame();
    let link =
        "<a href=\"https&#58;//doc.example.com/?a=&#34;b&#34;&#38;c=d\"><code>param/11</code></a>";
    assert!(report(Kind::Markdown).contains(link));
    let address = "javascript:alert(1)".to_owned();
    frame
        .documents
        .insert("wangdian-flagship.process".to_owned(), address);
    assert!(!render(Kind::Markdown, &sample::review(), &frame).contains("<a "));
}

#[test]
fn what_cannot_be_judged_takes_the_place_of_the_comment() {
    let page = unjudged(NASTY);
    assert!(page.starts_with(MARK), "{page}");
    assert_eq!(open(&page), [""; 0]);
    let long = unjudged(&"x\n".repeat(MOST));
    assert!(long.chars().count() <= MOST);
}
