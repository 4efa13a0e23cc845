//! The step `version`.

use crate::repo::Repo;

/// The version of the workspace.
fn set_version(repo: &Repo, version: &str) {
    let text =
        format!("[workspace]\nmembers = []\n\n[workspace.package]\nversion = \"{version}\"\n");
    repo.write("Cargo.toml", &text);
}

#[test]
fn a_version_that_grew_too_little_fails_where_a_release_is_made() {
    let repo = Repo::new("version");
    repo.git(&["tag", "v0.1.0"]);
    repo.set_length(30);
    repo.approve_all("transcription-fix");
    repo.tell("transcription-fix");
    for (version, warns) in [
        ("0.1.0", true),
        ("0.1.7", true),
        ("0.2.0-rc.1", false),
        ("0.2.0", false),
        ("1.0.0", false),
    ] {
        set_version(&repo, version);
        let run = repo.check(&[]);
        run.says(0, &[]);
        assert_eq!(
            run.stderr.contains("warning[bump-too-small]"),
            warns,
            "{version}"
        );
        let release = repo.check(&["--release"]);
        release.says(i32::from(warns), &[]);
        if warns {
            release.says(
                1,
                &[
                    "error[bump-too-small]",
                    "what changed since v0.1.0 needs 0.2.0 (major)",
                    "Cargo.toml:5",
                    "write `version = \"0.2.0\"`; why: cargo xtask diff --since-release",
                ],
            );
        }
    }
}

#[test]
fn the_least_version_follows_from_the_last_tag_and_the_change() {
    for (tag, length, needed) in [
        ("v0.1.0", 50, "0.1.1"),
        ("v0.1.0", 30, "0.2.0"),
        ("v1.2.3", 50, "1.2.4"),
        ("v1.2.3", 30, "2.0.0"),
    ] {
        let repo = Repo::new(&format!("least-{tag}-{length}"));
        repo.git(&["tag", tag]);
        repo.set_length(length);
        set_version(&repo, &tag[1..]);
        let run = repo.check(&["--release"]);
        let told = format!("needs {needed} (");
        run.says(1, &["error[bump-too-small]", &told]);
        set_version(&repo, needed);
        let run = repo.check(&["--release"]);
        assert!(run.step("version").starts_with("passed"), "{}", run.stderr);
    }
}

#[test]
fn a_commit_that_has_its_tag_is_held_against_the_one_before() {
    let repo = Repo::new("tagged");
    repo.git(&["tag", "v0.1.0"]);
    repo.set_length(30);
    repo.approve_all("transcription-fix");
    repo.commit();
    repo.git(&["tag", "v0.1.1"]);
    set_version(&repo, "0.1.1");
    repo.check(&["--release"])
        .says(1, &["since v0.1.0 needs 0.2.0"]);
}

#[test]
fn before_the_first_release_any_version_will_do() {
    let repo = Repo::new("unreleased");
    repo.set_length(30);
    let run = repo.check(&["--release"]);
    assert_eq!(
        run.step("version"),
        "passed: nothing was released yet: there is no tag `v*`"
    );
}

#[test]
fn a_workspace_without_a_version_is_skipped() {
    let repo = Repo::new("no-version");
    repo.git(&["tag", "v0.1.0"]);
    repo.write("Cargo.toml", "[workspace]\n");
    let run = repo.check(&[]);
    run.says(0, &[]);
    assert!(
        run.step("version")
            .starts_with("skipped: Cargo.toml states no version")
    );
    repo.check(&["--strict"]).says(2, &["--strict demands"]);
}
