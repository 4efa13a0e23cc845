//! What is written, and where.

use std::fs;

use crate::repository::{API, Scratch};

const BOTH: [&str; 10] = [
    "--format",
    "markdown=out/r.md",
    "--format",
    "json=out/r.json",
    "--format",
    "sarif=out/r.sarif",
    "--format",
    "junit=out/r.xml",
    "--format",
    "github=out/r.github",
];

#[test]
fn several_reports_come_from_one_review_and_are_the_same_bytes_each_time() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.remove(API);
    let read = || -> Vec<String> {
        let names = ["r.md", "r.json", "r.sarif", "r.xml", "r.github"];
        names
            .iter()
            .map(|name| repository.read(&format!("out/{name}")))
            .collect()
    };
    let formats = [&BOTH[..], &["--format", "text"]].concat();
    let first = repository.diff(&formats).ends_with(1).says("api-removed");
    let written = read();
    for report in &written {
        assert!(report.contains("api-removed"), "{report}");
    }
    fs::remove_dir_all(repository.root.join("out")).unwrap();
    let second = repository.diff(&formats).ends_with(1);
    assert_eq!(first.out, second.out);
    assert_eq!(written, read());
}

#[test]
fn a_change_of_a_field_is_shown_in_every_form_at_its_line() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    let text = repository.read(API);
    let line = 1 + text
        .split("\"maxLength\"")
        .next()
        .unwrap()
        .matches('\n')
        .count();
    repository.edit(API, "\"maxLength\": 40", "\"maxLength\": 30");
    let report = repository
        .diff(&[&BOTH[..], &["--format", "text"]].concat())
        .ends_with(1);
    report
        .says("→ request, which we send")
        .says("/stockin_refund_info/refund_no 退换单号: a text may not be as long as before 最大长度变小")
        .says("40 -> 30")
        .says("lost        texts of 31 to 40 characters")
        .says("was valid and no longer is")
        .says("row         stockin_refund_info/1 of wangdian-enterprise.stockin_refund_push")
        .says(&format!("at          {API}:{line}:11"));
    let command = format!("::error file={API},line={line},col=11,title=max-length-tightened::");
    for (name, part) in [
        ("out/r.github", command.as_str()),
        ("out/r.md", "<code>40</code> → <code>30</code>"),
        ("out/r.xml", "<failure type=\"max-length-tightened\""),
        ("out/r.sarif", &format!("\"startLine\": {line}")),
        (
            "out/r.json",
            "\"pointer\": \"/$defs/StockinRefundInfo/properties/refund_no/maxLength\"",
        ),
    ] {
        let written = repository.read(name);
        assert!(written.contains(part), "{name} lacks {part}:\n{written}");
    }
    // The reverse is no break of what is sent.
    repository.commit("tightened");
    repository.edit(API, "\"maxLength\": 30", "\"maxLength\": 40");
    let reverse = repository.diff(&["--verbose"]).ends_with(0);
    reverse
        .says("0 breaking, 1 compatible")
        .says("max-length-loosened");
}

#[test]
fn a_field_that_is_gone_is_shown_at_the_object_that_had_it() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    let text = repository.read(API);
    let start = text.find("        \"logistics_no\": {").unwrap();
    let end = start + text[start..].find("\n        },\n").unwrap() + "\n        },\n".len();
    repository.write(API, &format!("{}{}", &text[..start], &text[end..]));
    let report = repository.diff(&["--format", "github"]).ends_with(1);
    let object = text.find("\"StockinRefundInfo\"").unwrap();
    let line = 1 + text[..object].matches('\n').count();
    report
        .says(&format!("::error file={API},line={line},"))
        .says("title=field-removed-optional::")
        .says("/stockin_refund_info/logistics_no");
}

#[test]
fn an_approval_is_written_holds_and_lets_the_change_pass() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.remove(API);
    let report = repository.diff(&[]).ends_with(1);
    let (_, fingerprint) = report.out.split_once("fingerprint ").unwrap();
    let fingerprint = fingerprint.lines().next().unwrap();
    let approve = ["--approve", fingerprint, "--reason", "unused-upstream"];
    repository
        .diff(&approve)
        .ends_with(2)
        .says("--note")
        .says("--expires");
    let rest = ["--note", "never shipped", "--expires", "9999-12-31"];
    repository
        .diff(&[approve, rest].concat())
        .ends_with(0)
        .says("schemas/approvals.toml");
    let report = repository.diff(&[]).ends_with(0);
    report
        .says("1 breaking (1 approved); needs a major bump")
        .says("unused-upstream until 9999-12-31: never shipped")
        .says("what judges the schemas changes too");
    repository
        .diff(&["--approve", "000000000000"])
        .ends_with(2)
        .says("no finding");
}

#[test]
fn a_fragment_of_the_changelog_is_drafted_once() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository
        .diff(&["--write-changelog"])
        .ends_with(0)
        .says("nothing for the changelog");
    repository.remove(API);
    repository
        .diff(&["--write-changelog", "--cause", "doc-revision"])
        .ends_with(0)
        .says("schemas/changes/");
    let files: Vec<_> = fs::read_dir(repository.root.join("schemas/changes"))
        .unwrap()
        .collect();
    assert_eq!(files.len(), 1);
    let text = fs::read_to_string(files.first().unwrap().as_ref().unwrap().path()).unwrap();
    assert!(text.contains("cause = \"doc-revision\""), "{text}");
    repository
        .diff(&["--write-changelog"])
        .ends_with(2)
        .says("there already");
}

#[test]
fn git_shows_a_schema_in_words_and_what_cannot_be_judged_in_lines() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.write(".gitattributes", "schemas/**/*.json diff=dockseal\n");
    repository.commit("attributes");
    let command = format!("{} diff --git-driver", env!("CARGO_BIN_EXE_xtask"));
    repository.git(&["config", "diff.dockseal.command", &command]);
    repository.add_api("another_push");
    repository.git(&["add", "--all"]);
    let shown = repository.git(&["diff", "--cached"]);
    assert!(
        shown.contains("schema schemas/wangdian-enterprise/another_push.json"),
        "{shown}"
    );
    assert!(shown.contains("api-added"), "{shown}");
    repository.commit("another");
    let shown = repository.git(&["log", "-p", "--ext-diff", "-1"]);
    assert!(shown.contains("api-added"), "{shown}");
    repository.edit(API, "{", "{,");
    let shown = repository.git(&["diff"]);
    assert!(shown.contains("not judged"), "{shown}");
    assert!(shown.contains("+{,"), "{shown}");
}

#[test]
fn two_files_are_compared_where_they_belong() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.write("new.json", &repository.read(API));
    let files = ["--files", "/dev/null", "new.json"];
    let path = ["--path", API];
    repository
        .diff(&[&files[..], &path].concat())
        .ends_with(0)
        .says("api-added");
    repository.diff(&files).ends_with(2).says("--path");
    let elsewhere = ["--path", "new.json"];
    repository
        .diff(&[&files[..], &elsewhere].concat())
        .ends_with(2)
        .says("--path schemas/");
}
