//! Which two trees are compared.

use crate::repository::{API, Scratch};

#[test]
fn the_work_tree_is_compared_with_the_default_branch() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository
        .diff(&[])
        .ends_with(0)
        .says("no change of meaning")
        .says("(main)");
    repository.add_api("another_push");
    let untracked = repository.diff(&["--verbose"]).ends_with(0);
    untracked.says("api-added").says("another_push.php");
    repository
        .diff(&["--head", "HEAD"])
        .ends_with(0)
        .says("no change of meaning");
    repository.commit("another");
    repository.git(&["tag", "kept"]);
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.remove(API);
    repository.diff(&[]).ends_with(1).says("api-removed");
    repository
        .diff(&["--fail-on", "none"])
        .ends_with(0)
        .says("api-removed");
    repository.commit("gone");
    repository
        .diff(&["--head", "topic"])
        .ends_with(1)
        .says("api-removed");
    repository
        .diff(&["--head", "kept", "--base", "topic"])
        .ends_with(0);
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_other() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.add_api("of_topic");
    repository.commit("of topic");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.add_api("of_main");
    repository.commit("of main");
    repository.git(&["checkout", "--quiet", "topic"]);
    let base = repository.git(&["merge-base", "main", "topic"]);
    let report = repository
        .diff(&["--base", "main", "--verbose"])
        .ends_with(0);
    let name = format!("base {}, the merge base of HEAD and main", &base[..12]);
    let report = report.says(&name).says("of_topic");
    assert!(!report.out.contains("of_main"), "{}", report.out);
    let exact = repository.diff(&["--base", "main", "--exact"]).ends_with(1);
    exact.says("of_main").says("api-removed");
}

#[test]
fn a_default_branch_of_another_name_is_found_through_the_remote() {
    let scratch = Scratch::new();
    let origin = scratch.repository("trunk");
    let clone = scratch.clone(&origin, &[]);
    clone.git(&["checkout", "--quiet", "-b", "topic"]);
    clone.remove(API);
    clone.diff(&[]).ends_with(1).says("(origin/trunk)");
}

#[test]
fn a_release_is_compared_with_the_release_before_it() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.git(&["tag", "v0.1.0"]);
    repository.add_api("another_push");
    repository.commit("another");
    repository.git(&["tag", "--annotate", "v0.2.0", "--message", "second"]);
    repository.git(&["tag", "vintage"]);
    let work = repository.diff(&["--since-release"]).ends_with(0);
    work.says("(v0.2.0), the last release").says("no change");
    let release = ["--since-release", "--head", "v0.2.0", "--verbose"];
    let release = repository.diff(&release).ends_with(0);
    release
        .says("(v0.1.0), the last release")
        .says("needs 0.1.1")
        .says("api-added");
    repository.remove(API);
    let work = repository.diff(&["--since-release"]).ends_with(1);
    work.says("needs 0.3.0");
    let first = repository.diff(&["--since-release", "--head", "v0.1.0"]);
    first
        .ends_with(2)
        .says("no release: no tag `v*` is on the way to");
}

#[test]
fn only_what_is_named_is_reported_and_strict_says_that_this_is_not_all() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.remove(API);
    let only = ["--only", "taobao-top/*"];
    repository
        .diff(&only)
        .ends_with(0)
        .says("no change")
        .says("skipped: everything but");
    let strict = ["--only", "taobao-top/*", "--strict"];
    repository.diff(&strict).ends_with(2).says("--strict");
    let wire = ["--axis", "wire", "--fail-on", "none", "--strict"];
    repository
        .diff(&wire)
        .ends_with(2)
        .says("--axis wire looks at traffic only");
    repository
        .diff(&["--only", "wangdian-enterprise/stockin*"])
        .ends_with(1);
}

#[test]
fn schemas_may_stand_elsewhere_and_the_task_run_anywhere_below() {
    let scratch = Scratch::new();
    let repository = scratch.repository("main");
    repository.git(&["mv", "schemas", "api"]);
    repository.commit("moved");
    repository.remove(&API.replace("schemas/", "api/"));
    repository.diff(&[]).ends_with(2).says("--schemas");
    let report = repository.diff(&["--schemas", "api/"]).ends_with(1);
    report.says("at          api/wangdian-enterprise/stockin_refund_push.json:1:1");
}
