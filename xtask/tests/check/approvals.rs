//! The step `approvals`.

use crate::repo::{APPROVALS, Repo};

fn entry(fingerprint: &str, more: &str) -> String {
    format!(
        "[[approve]]\nfingerprint = \"{fingerprint}\"\nrule = \"max-length-tightened\"\napi = \"stockin_refund_push.php\"\nreason = \"vendor-change\"\nnote = \"announced\"\n{more}"
    )
}

/// A repository in which a text was shortened, and the fingerprint of that.
fn shortened(name: &str) -> (Repo, String) {
    let repo = Repo::new(name);
    repo.set_length(30);
    let fingerprints = repo.fingerprints();
    assert_eq!(fingerprints.len(), 1);
    (repo, fingerprints[0].clone())
}

#[test]
fn what_breaks_fails_until_it_is_approved() {
    let (repo, fingerprint) = shortened("approve");
    let command = format!(
        "cargo xtask diff --approve {fingerprint} --reason vendor-change --note \"why it is right\" --expires 2027-04-01"
    );
    let run = repo.check(&[]);
    run.says(1, &["error[max-length-tightened]", &command]);
    assert_eq!(run.step("diff"), "1 finding");

    repo.approve_all("transcription-fix");
    let run = repo.check(&[]);
    assert!(
        run.step("diff")
            .starts_with("passed: 1 breaking (1 approved)")
    );
    assert_eq!(run.step("approvals"), "passed: 1 in schemas/approvals.toml");
    let note = format!(
        "note: this change approves {fingerprint} (max-length-tightened, stockin_refund_push.php) as transcription-fix, until 2027-03-01: meant"
    );
    assert!(run.stderr.contains(&note), "{}", run.stderr);
}

#[test]
fn an_approval_lowers_no_bump() {
    let (repo, _) = shortened("bump");
    repo.git(&["tag", "v0.1.0"]);
    repo.approve_all("vendor-change");
    let run = repo.check(&["--release"]);
    run.says(1, &["error[bump-too-small]", "needs 0.2.0"]);
}

#[test]
fn an_approval_holds_through_its_last_day() {
    let (repo, fingerprint) = shortened("expired");
    repo.approve_all("vendor-change");
    let last = repo.run_on("2027-03-01", &["check"]);
    assert!(last.step("approvals").starts_with("passed"));
    assert!(last.step("diff").starts_with("passed"));
    let over = repo.run_on("2027-03-02", &["check"]);
    over.says(
        1,
        &[
            "error[approval-expired]",
            "schemas/approvals.toml:1",
            "today is 2027-03-02",
            &format!("cargo xtask diff --approve {fingerprint} --reason vendor-change --note \"meant\" --expires 2027-06-02"),
        ],
    );
    assert_eq!(over.step("diff"), "1 finding");
}

#[test]
fn a_diff_says_why_an_approval_does_not_count() {
    let (repo, fingerprint) = shortened("in-vain");
    let until = "expires = 2027-03-01\n";
    let whole = entry(&fingerprint, until);
    for (text, why) in [
        (entry(&fingerprint, ""), "`expires` is missing"),
        (
            whole.replace("max-length-tightened", "pattern-changed"),
            "`rule` says pattern-changed",
        ),
        (
            whole.replace("stockin_refund_push.php", "other.php"),
            "`api` says other.php",
        ),
        (
            whole.replace("2027-03-01", "2026-03-01"),
            "its last day is over",
        ),
    ] {
        repo.write(APPROVALS, &text);
        let run = repo.run(&["diff"]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        let note = format!(
            "note: the approval of {fingerprint} in schemas/approvals.toml:1 does not count: {why}"
        );
        assert!(run.stdout.contains(&note), "no {note} in\n{}", run.stdout);
    }
    repo.write(APPROVALS, &whole);
    let run = repo.run(&["diff"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("does not count"), "{}", run.stdout);
}

#[test]
fn an_approval_of_nothing_fails() {
    let repo = Repo::new("unused");
    repo.write(APPROVALS, &entry("0123456789ab", "expires = 2027-03-01\n"));
    let run = repo.check(&[]);
    run.says(
        1,
        &[
            "error[approval-unused]",
            "schemas/approvals.toml:1",
            "cargo xtask diff",
        ],
    );
}

#[test]
fn an_approval_that_was_merged_holds_until_the_next_release() {
    let (repo, _) = shortened("merged");
    repo.approve_all("vendor-change");
    repo.tell("vendor-change");
    repo.commit();
    // Later changes are not bothered by it,
    let run = repo.check(&[]);
    run.says(0, &[]);
    assert!(!run.stderr.contains("this change approves"));
    // but once it was released it is of no more use.
    repo.git(&["tag", "v0.2.0"]);
    repo.check(&[]).says(1, &["error[approval-unused]"]);
}

#[test]
fn an_approval_of_the_base_holds_although_the_change_deletes_it() {
    let repo = Repo::new("dropped");
    repo.set_length(30);
    repo.approve_all("vendor-change");
    let approvals = repo.read(APPROVALS);
    repo.git(&["checkout", "--quiet", "--", "."]);
    repo.write(APPROVALS, &approvals);
    repo.commit();
    repo.set_length(30);
    repo.write(APPROVALS, "");
    let run = repo.check(&[]);
    assert!(run.step("diff").contains("1 approved"), "{}", run.stderr);
}

#[test]
fn an_approval_has_to_fit_its_finding() {
    let (repo, fingerprint) = shortened("fit");
    let whole = entry(&fingerprint, "expires = 2027-03-01\n");
    for (from, to, help) in [
        ("expires = 2027-03-01\n", "", "write `expires = 2027-04-01`"),
        (
            "max-length-tightened",
            "max-length-loosened",
            "write `rule = \"max-length-tightened\"`",
        ),
        (
            "stockin_refund_push.php",
            "wangdian-enterprise",
            "write `api = \"stockin_refund_push.php\"`",
        ),
    ] {
        repo.write(APPROVALS, &whole.replace(from, to));
        let run = repo.check(&[]);
        run.says(1, &["error[approval-malformed]", help]);
        assert_eq!(run.step("diff"), "1 finding", "it approves nothing");
    }
}

#[test]
fn a_malformed_file_cannot_be_judged() {
    let whole = entry("0123456789ab", "expires = 2027-03-01\n");
    let twice = format!("{whole}{whole}");
    let cases: &[(&str, &str, &str, &str)] = &[
        ("[[approve]]", "[[approve]", ":1", "not TOML"),
        (
            "[[approve]]",
            "[approve]",
            ":1",
            "begin each entry with a line `[[approve]]`",
        ),
        ("[[approve]]", "[[allow]]", ":1", "the keys are approve"),
        (
            "note =",
            "notes =",
            ":6",
            "the keys are fingerprint, rule, api, reason, note, expires",
        ),
        ("note = \"announced\"\n", "", ":1", "`note` is missing"),
        ("\"announced\"", "\" \"", ":6", "`note` is empty"),
        ("\"announced\"", "1", ":6", "`note` is no text"),
        (
            "vendor-change",
            "because",
            ":5",
            "choose of vendor-change, doc-revision, transcription-fix, unused-upstream",
        ),
        (
            "0123456789ab",
            "0123456789AB",
            ":2",
            "12 digits of 0-9 and a-f",
        ),
        (
            "max-length-tightened",
            "max-lenght",
            ":3",
            "there is no rule `max-lenght`",
        ),
        ("2027-03-01", "\"2027-03-01\"", ":7", "without quotes"),
        (
            "2027-03-01",
            "2027-03-01T10:00:00Z",
            ":7",
            "write `expires = 2027-03-01`",
        ),
        (
            whole.as_str(),
            twice.as_str(),
            ":8",
            "approved twice, first on line 1",
        ),
    ];
    let repo = Repo::new("malformed");
    for (from, to, line, help) in cases {
        repo.write(APPROVALS, &whole.replacen(from, to, 1));
        let run = repo.check(&[]);
        let place = format!("schemas/approvals.toml{line}\n");
        run.says(2, &["error[approval-malformed]", &place, help]);
        assert_eq!(run.step("approvals"), "could not be judged");
        assert!(run.step("diff").starts_with("passed"), "the others run");
    }
    // So says `diff`: nobody could tell its findings from approved ones.
    repo.run(&["diff"]).says(2, &["approved twice"]);
    std::fs::write(repo.directory.join(APPROVALS), b"# \xC4\xE3\n").unwrap();
    repo.check(&[])
        .says(2, &["not UTF-8", "save the file as UTF-8"]);
}

#[test]
fn what_an_approval_lacks_is_told_with_the_whole_command() {
    let (repo, fingerprint) = shortened("lacks");
    let start = format!("cargo xtask diff --approve {fingerprint} --reason");
    for (given, missing, command) in [
        (
            &[][..],
            "the approval lacks --reason and --note and --expires",
            format!("{start} vendor-change --note \"why it is right\" --expires 2027-04-01"),
        ),
        (
            &["--reason", "doc-revision", "--note", "it \"says\" so"][..],
            "the approval lacks --expires",
            format!("{start} doc-revision --note \"it \\\"says\\\" so\" --expires 2027-04-01"),
        ),
        (
            &[
                "--reason",
                "doc-revision",
                "--note",
                "x",
                "--expires",
                "2026-12-31",
            ][..],
            "2026-12-31 is over already; today is 2027-01-01",
            "--expires 2027-04-01".to_owned(),
        ),
    ] {
        let run = repo.run(&[&["diff", "--approve", &fingerprint], given].concat());
        run.says(2, &[missing, &command]);
    }
    let unknown = repo.run(&["diff", "--approve", "0123456789ab"]);
    unknown.says(2, &["no finding has the fingerprint", "cargo xtask diff"]);
    assert_eq!(repo.read(APPROVALS), "");
}

#[test]
fn approving_keeps_the_file_and_refuses_what_it_has() {
    let (repo, fingerprint) = shortened("add");
    repo.write(APPROVALS, "# ours");
    repo.approve_all("vendor-change");
    let text = repo.read(APPROVALS);
    let expected = format!(
        "# ours\n\n{}",
        entry(&fingerprint, "expires = 2027-03-01\n").replace("announced", "meant")
    );
    assert_eq!(text, expected);
    let again = repo.run(&["diff", "--approve", &fingerprint]);
    again.says(2, &["is approved already", "schemas/approvals.toml:3"]);
    assert_eq!(repo.read(APPROVALS), text);
}
