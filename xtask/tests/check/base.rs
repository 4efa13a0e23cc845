//! What is compared with, and what happens where that cannot be told.

use crate::repo::{ENTERPRISE, Repo};

/// What is skipped along with `diff`.
const GATES: &[&str] = &["changelog", "provenance", "version"];

#[test]
fn without_git_the_gates_are_skipped_with_the_reason() {
    let repo = Repo::without_git("no-git");
    let run = repo.check(&[]);
    run.says(0, &[]);
    let said = run.step("diff");
    assert!(said.starts_with("skipped: no git repository"), "{said}");
    for gate in GATES {
        assert_eq!(run.step(gate), "skipped: there is no base, as diff says");
    }
    assert!(run.step("drift").starts_with("passed"));
    let markdown = repo.check(&["--format", "markdown"]).stdout;
    assert!(markdown.contains("not compared with a base"), "{markdown}");
    repo.check(&["--base", "main"])
        .says(2, &["no git repository", "help: "]);
    let strict = repo.check(&["--strict"]);
    strict.says(2, &["not everything was looked at, which --strict demands"]);
}

#[test]
fn without_a_base_approvals_are_still_read() {
    let repo = Repo::without_git("no-git-approvals");
    repo.write(crate::repo::APPROVALS, "approve = 1\n");
    repo.check(&[]).says(2, &["error[approval-malformed]"]);
}

#[test]
fn a_fresh_clone_passes() {
    let origin = Repo::new("origin");
    let clone = Repo::cloned(&origin, "fresh", &[]);
    clone.check(&["--strict"]).says(0, &[]);
}

#[test]
fn a_shallow_clone_passes_and_says_what_was_skipped() {
    let origin = Repo::new("deep");
    origin.set_length(30);
    origin.commit();
    let clone = Repo::cloned(&origin, "shallow", &["--depth=1"]);
    let run = clone.check(&[]);
    run.says(0, &["git fetch --unshallow"]);
    assert!(
        run.step("version").starts_with("skipped: "),
        "{}",
        run.stderr
    );
    clone.check(&["--strict"]).says(2, &[]);
}

#[test]
fn a_shallow_clone_of_a_branch_names_the_command_that_mends_it() {
    let origin = Repo::new("branches");
    origin.git(&["checkout", "--quiet", "-b", "change"]);
    origin.write("notes.txt", "of the branch");
    origin.commit();
    origin.git(&["checkout", "--quiet", "main"]);
    origin.write("notes.txt", "of the main line");
    origin.commit();
    let options = ["--depth=1", "--no-single-branch", "--branch=change"];
    let clone = Repo::cloned(&origin, "shallow-branch", &options);
    let run = clone.check(&[]);
    run.says(0, &[]);
    let said = run.step("diff");
    assert!(said.starts_with("skipped: "), "{said}");
    assert!(said.contains("git fetch --unshallow origin"), "{said}");
    for gate in GATES {
        assert_eq!(run.step(gate), "skipped: there is no base, as diff says");
    }
    // A base that was asked for has to be there.
    let run = clone.check(&["--base", "origin/main"]);
    run.says(2, &["help: git fetch --unshallow origin"]);
    assert_eq!(run.step("diff"), "could not be judged");
}

#[test]
fn a_base_that_does_not_exist_cannot_be_judged() {
    let repo = Repo::new("no-base");
    let run = repo.check(&["--base", "mian"]);
    run.says(
        2,
        &[
            "git knows no commit `mian`; there is `main`",
            "git fetch origin",
        ],
    );
    assert_eq!(run.step("drift"), "passed: the bindings are up to date");
}

#[test]
fn a_base_whose_schemas_cannot_be_read_cannot_be_judged() {
    let repo = Repo::new("broken-base");
    let whole = repo.read(ENTERPRISE);
    repo.write(ENTERPRISE, "{");
    repo.commit();
    repo.write(ENTERPRISE, &whole);
    let run = repo.check(&[]);
    run.says(
        2,
        &[
            "the schemas of the base cannot be judged",
            "error[D005]",
            "help: ",
        ],
    );
    assert!(run.step("schemas").starts_with("passed"));
}

#[test]
fn a_branch_is_held_against_where_it_parted() {
    let repo = Repo::new("branch");
    repo.git(&["checkout", "--quiet", "-b", "change"]);
    repo.set_length(30);
    repo.commit();
    repo.check(&[]).says(1, &["error[max-length-tightened]"]);
    repo.check(&["--base", "change"]).says(0, &[]);
}

#[test]
fn a_directory_of_schemas_alone_skips_what_needs_a_repository() {
    let repo = Repo::new("alone");
    let run = repo.check(&["--schemas", "schemas"]);
    run.says(0, &[]);
    for step in [
        "drift",
        "diff",
        "approvals",
        "changelog",
        "provenance",
        "version",
    ] {
        assert_eq!(
            run.step(step),
            "skipped: --schemas names a directory of its own"
        );
    }
}
