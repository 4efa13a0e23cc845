//! The step `changelog`, and what becomes of fragments.

use crate::repo::Repo;

#[test]
fn a_finding_needs_a_fragment_and_words_need_none() {
    let repo = Repo::new("fragment");
    repo.set_length(30);
    let run = repo.check(&[]);
    run.says(
        1,
        &[
            "error[changelog-missing]: stockin_refund_push.php: no fragment in schemas/changes names 1 finding",
            "cargo xtask diff --write-changelog",
        ],
    );
    repo.tell("transcription-fix");
    assert_eq!(repo.check(&[]).step("changelog"), "passed: 1 new fragment");

    let words = Repo::new("words");
    words.edit(
        crate::repo::ENTERPRISE,
        "Number of the return or exchange order in the ERP.",
        "Number of the return or exchange order.",
    );
    words.generate();
    words
        .check(&["--strict"])
        .says(0, &["changelog: passed: nothing to tell"]);
}

#[test]
fn a_fragment_has_to_fit_its_findings() {
    let repo = Repo::new("mismatch");
    repo.set_length(30);
    repo.tell("vendor-change");
    let path = repo.fragment();
    let drafted = repo.read(&path);
    for (from, to, parts) in [
        (
            "bump = \"major\"",
            "bump = \"minor\"",
            ["`bump` says minor", "write `bump = \"major\"`"],
        ),
        (
            "fingerprints = [\n",
            "fingerprints = [\n  \"0123456789ab\",\n",
            [
                "has the fingerprint 0123456789ab",
                "cargo xtask diff --write-changelog",
            ],
        ),
    ] {
        repo.write(&path, &drafted.replace(from, to));
        let run = repo.check(&[]);
        run.says(1, &["error[changelog-mismatch]", &path, parts[0], parts[1]]);
    }
}

#[test]
fn a_malformed_fragment_cannot_be_judged() {
    let whole =
        "bump = \"minor\"\ncause = \"vendor-change\"\nsummary = \"- more\"\nfingerprints = []\n";
    let repo = Repo::new("malformed-fragment");
    for (from, to, line, help) in [
        ("bump = ", "bump: ", 1, "not TOML"),
        ("minor", "small", 1, "choose of none, patch, minor, major"),
        ("vendor-change", "mood", 2, "choose of vendor-change"),
        (
            "cause",
            "reason",
            2,
            "the keys are bump, cause, summary, fingerprints",
        ),
        ("[]", "\"\"", 4, "`fingerprints` is no list"),
        ("[]", "[\"x\"]", 4, "12 digits"),
        (
            "summary = \"- more\"\n",
            "",
            1,
            "cargo xtask diff --write-changelog",
        ),
    ] {
        repo.write("schemas/changes/a.toml", &whole.replace(from, to));
        let run = repo.check(&[]);
        let place = format!("schemas/changes/a.toml:{line}\n");
        run.says(2, &["error[changelog-malformed]", &place, help]);
    }
    repo.write("schemas/changes/a.toml", whole);
    repo.check(&[]).says(0, &[]);
    repo.write("schemas/changes/a.tml", whole);
    repo.check(&[]).says(
        2,
        &[
            "schemas/changes/a.tml",
            "a fragment is schemas/changes/<name>.toml",
        ],
    );
}

#[test]
fn a_fragment_that_was_merged_speaks_of_what_was_merged() {
    let repo = Repo::new("merged-fragment");
    repo.set_length(30);
    repo.tell("vendor-change");
    repo.commit();
    repo.check(&[])
        .says(0, &["changelog: passed: nothing to tell"]);
}

#[test]
fn a_draft_is_the_same_each_time_and_marks_what_breaks() {
    let repo = Repo::new("draft");
    repo.set_length(30);
    let fingerprints = repo.fingerprints();
    repo.tell("doc-revision");
    let path = repo.fragment();
    assert_eq!(
        path,
        format!(
            "schemas/changes/stockin-refund-push-php-{}.toml",
            fingerprints[0]
        )
    );
    let draft = repo.read(&path);
    for part in [
        "bump = \"major\"\ncause = \"doc-revision\"\n",
        "- **Breaking:** stockin_refund_push.php, request, /stockin_refund_info/refund_no (退换单号): ",
    ] {
        assert!(draft.contains(part), "no {part} in\n{draft}");
    }
    let again = repo.run(&["diff", "--write-changelog"]);
    again.says(2, &["is there already and may have been edited"]);
    std::fs::remove_file(repo.directory.join(&path)).unwrap();
    repo.tell("doc-revision");
    assert_eq!(repo.read(&path), draft);
}

#[test]
fn release_notes_move_fragments_into_the_changelog() {
    let repo = Repo::new("notes");
    let none = repo.run(&["release-notes", "--write"]);
    assert_eq!(none.stdout, "there are no fragments in schemas/changes\n");
    for (name, bump, summary) in [
        ("a", "minor", "- one more field\\n- and another"),
        ("b", "major", "a field less"),
    ] {
        let text = format!(
            "bump = \"{bump}\"\ncause = \"vendor-change\"\nsummary = \"{summary}\"\nfingerprints = []\n"
        );
        repo.write(&format!("schemas/changes/{name}.toml"), &text);
    }
    let notes = "- a field less\n- one more field\n- and another\n";
    assert_eq!(repo.run(&["release-notes"]).stdout, notes);
    let run = repo.run(&["release-notes", "--write"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (0, "2 fragments moved to CHANGELOG.md\n")
    );
    assert_eq!(
        repo.read("CHANGELOG.md"),
        format!("# Changelog\n\n## [Unreleased]\n\n### Changed\n\n{notes}")
    );
    assert!(!repo.directory.join("schemas/changes/a.toml").exists());

    repo.write("CHANGELOG.md", "# Changelog\n");
    repo.write(
        "schemas/changes/c.toml",
        "bump = \"none\"\ncause = \"vendor-change\"\nsummary = \"x\"\nfingerprints = []\n",
    );
    repo.run(&["release-notes", "--write"])
        .says(2, &["has no line `## [Unreleased]`"]);
    assert!(repo.directory.join("schemas/changes/c.toml").exists());
}
