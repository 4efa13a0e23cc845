//! Every way in which nothing can be judged: exit code 2, a sentence, and a command that helps.

use std::process::Command;

use crate::repository::{API, GATEWAY, Scratch, bare, said};

#[test]
fn a_shallow_clone_is_told_how_to_get_its_history() {
    let scratch = Scratch::new();
    let origin = scratch.repository("main");
    origin.git(&["checkout", "--quiet", "-b", "topic"]);
    origin.remove(API);
    origin.commit("gone");
    origin.git(&["checkout", "--quiet", "main"]);
    let clone = scratch.clone(&origin, &["--depth", "1", "--branch", "topic"]);

    let nothing = clone.diff(&[]).ends_with(2);
    let nothing = nothing
        .says("there is none of origin/HEAD, origin/main")
        .says("--unshallow");
    let unknown = clone.diff(&["--base", "main"]).ends_with(2);
    unknown
        .says("git knows no commit `main`")
        .says("help: git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main")
        .says("help: then name it origin/main");
    let release = clone.diff(&["--since-release"]).ends_with(2);
    release.says("help: git fetch --unshallow --tags origin");

    clone.git(&[
        "fetch",
        "--quiet",
        "--depth=1",
        "origin",
        "+refs/heads/main:refs/remotes/origin/main",
    ]);
    let parted = clone.diff(&["--base", "origin/main"]).ends_with(2);
    let parted = parted
        .says("part before the history of this shallow clone begins")
        .says("help: git fetch --unshallow origin");
    clone.follow(&parted);
    clone
        .diff(&["--base", "origin/main"])
        .ends_with(1)
        .says("api-removed");

    let again = Scratch::new();
    let clone = again.clone(&origin, &["--depth", "1", "--branch", "topic"]);
    clone.follow(&nothing);
    clone.diff(&[]).ends_with(1).says("(origin/main)");
}

#[test]
fn an_unknown_commit_is_told_with_names_like_it() {
    let scratch = Scratch::new();
    let origin = scratch.repository("main");
    origin.git(&["branch", "release"]);
    let clone = scratch.clone(&origin, &["--single-branch"]);
    let unknown = clone.diff(&["--base", "origin/mian"]).ends_with(2);
    unknown.says("git knows no commit `origin/mian`; there is `origin/main`");
    let misspelt = clone.diff(&["--base", "orgin/main"]).ends_with(2);
    let misspelt = misspelt.says("help: if it is meant, name origin/main");
    assert!(
        !misspelt.error.contains("heads/orgin"),
        "{}",
        misspelt.error
    );
    let range = clone.diff(&["--base", "main..topic"]).ends_with(2);
    let range = range
        .says("`main..topic` is a range, and one commit is wanted")
        .says("help: cargo xtask diff --base main --head topic");
    assert!(!range.error.contains("git fetch"), "{}", range.error);
    let step = clone.diff(&["--base", "main~9"]).ends_with(2);
    assert!(!step.error.contains("refs/heads"), "{}", step.error);
    let unfetched = clone.diff(&["--base", "origin/release"]).ends_with(2);
    clone.follow(&unfetched);
    clone.diff(&["--base", "origin/release"]).ends_with(0);
    clone
        .diff(&["--base", "v1.0"])
        .ends_with(2)
        .says("git fetch origin tag v1.0");
    clone
        .diff(&["--base", "0123456789"])
        .ends_with(2)
        .says("git fetch origin 0123456789");
    clone
        .diff(&["--base=--all"])
        .ends_with(2)
        .says("git knows no commit `--all`");
    clone
        .diff(&["--head", "nothing"])
        .ends_with(2)
        .says("git knows no commit `nothing`");
}

#[test]
fn histories_with_nothing_in_common_can_be_compared_as_they_are() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.git(&["checkout", "--quiet", "--orphan", "other"]);
    repository.remove(API);
    repository.commit("other");
    let apart = repository.diff(&["--base", "main"]).ends_with(2);
    apart
        .says("no commit in common")
        .says("--base main --exact");
    repository
        .diff(&["--base", "main", "--exact"])
        .ends_with(1)
        .says("api-removed");
}

#[test]
fn a_partial_clone_is_told_how_to_get_its_objects() {
    let scratch = Scratch::new();
    let origin = scratch.repository("main");
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.remove(API);
    origin.commit("gone");
    let clone = scratch.clone(&origin, &["--filter=blob:none"]);
    let missing = clone.diff(&["--base", "HEAD^"]).ends_with(2);
    let missing = missing.says("git fetch --refetch --no-filter origin");
    clone.follow(&missing);
    clone
        .diff(&["--base", "HEAD^"])
        .ends_with(1)
        .says("api-removed");
}

#[test]
fn a_directory_without_a_repository_or_schemas_says_so() {
    let scratch = Scratch::new();
    let run = |program: &mut Command| said(program.arg("diff"));
    let task = env!("CARGO_BIN_EXE_xtask");
    run(&mut bare(task, &scratch.path))
        .ends_with(2)
        .says("no git repository")
        .says("git init");
    let repository = scratch.repository("main");
    let blind = run(bare(task, &repository.root).env("PATH", "/nowhere"));
    blind
        .ends_with(2)
        .says("git was not found")
        .says("install it");
    repository.git(&["checkout", "--quiet", "--orphan", "unborn"]);
    repository.git(&["branch", "-D", "main"]);
    repository.diff(&[]).ends_with(2).says("has no commit yet");
}

#[test]
fn schemas_that_are_in_no_readable_repository_are_not_those_of_another_one() {
    let scratch = Scratch::new();
    let other = scratch.repository("main");
    let solo = scratch.path.join("solo/schemas");
    std::fs::create_dir_all(&solo).unwrap();
    let task = |directory: &std::path::Path| {
        let mut task = bare(env!("CARGO_BIN_EXE_xtask"), directory);
        task.arg("diff")
            .env("CARGO_MANIFEST_DIR", other.root.join("xtask"));
        task
    };
    said(&mut task(&solo))
        .ends_with(2)
        .says("solo: fatal: not a git repository")
        .says("help: git init && git add -A && git commit");
    said(task(&solo).env("GIT_DIR", "/nowhere"))
        .ends_with(2)
        .says("solo: fatal: not a git repository: '/nowhere'")
        .says("help: unset GIT_DIR");
    // As git treats a repository of another user.
    said(task(&other.root).env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1"))
        .ends_with(2)
        .says("fatal: detected dubious ownership in repository")
        .says("help: git config --global --add safe.directory");
    let inside = other.root.join("copy/schemas");
    std::fs::create_dir_all(&inside).unwrap();
    said(&mut task(&inside))
        .ends_with(2)
        .says("it is a part of")
        .says("help: change to");
    let elsewhere = scratch.path.join("elsewhere");
    std::fs::create_dir_all(&elsewhere).unwrap();
    said(&mut task(&elsewhere)).ends_with(0).says(
        "note: there is no directory `schemas` around this one; this is about the repository",
    );
}

#[test]
fn a_schema_that_cannot_be_read_is_named_with_its_side() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    let api = repository.read(API);
    repository.write(API, "{ \"a\": 1,, }");
    let head = repository.diff(&[]).ends_with(2);
    head.says("the schemas of the head cannot be judged")
        .says(API)
        .says("cargo xtask check");
    repository.commit("broken");
    repository.write(API, &api);
    let base = repository.diff(&[]).ends_with(2);
    base.says("the schemas of the base cannot be judged")
        .says("git worktree add");
    // JSON that the generator refuses, and traffic does not care.
    repository.edit(API, "\"rust\": \"", "\"rust\": \"1");
    repository.commit("of another generator");
    repository.write(API, &api);
    let base = repository
        .diff(&[])
        .ends_with(2)
        .says("of the base")
        .says("--axis wire");
    assert!(!base.error.contains("worktree add"), "{}", base.error);
    repository
        .diff(&["--axis", "wire"])
        .says("looks at traffic only");
}

#[test]
fn a_malformed_approvals_file_is_no_approval_of_everything() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.write("schemas/approvals.toml", "[[approve]]\nfingerprint = \n");
    repository.remove(API);
    let wrong = repository.diff(&[]).ends_with(2);
    wrong.says("schemas/approvals.toml:2").says("help:");
}

#[test]
fn a_report_that_cannot_be_written_is_no_pass() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.write("file", "");
    repository
        .diff(&["--format", "json=file/report.json"])
        .ends_with(2)
        .says("cannot write");
    repository
        .diff(&["--format", "yaml"])
        .ends_with(2)
        .says("markdown");
    repository
        .diff(&["--format", "text", "--format", "json"])
        .ends_with(2)
        .says("standard output");
}

#[test]
fn readers_of_a_report_are_told_that_nothing_was_judged() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.edit(GATEWAY, "{", "{,");
    let formats = [
        "--format",
        "github",
        "--format",
        "markdown=r.md",
        "--format",
        "json=r.json",
    ];
    repository
        .diff(&formats)
        .ends_with(2)
        .says("::error title=not judged::the schemas of the head");
    let page = repository.read("r.md");
    assert!(
        page.starts_with("<!-- dockseal-schema-review -->"),
        "{page}"
    );
    assert!(page.contains("could not be judged"), "{page}");
    assert!(!repository.root.join("r.json").exists());
}
