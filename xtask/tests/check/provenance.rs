//! The step `provenance`: schemas and documents change together.

use serde_json::Value;

use crate::repo::{ENTERPRISE, LOCK, Repo};

const DOCUMENT: &str = "wangdian-enterprise.stockin_refund_push";

/// Another hash of a row, as if the vendor had changed it.
fn revise_row(repo: &Repo, table: &str, row: usize) {
    let lock: Value = serde_json::from_str(&repo.read(LOCK)).unwrap();
    let hash = lock["documents"][DOCUMENT]["tables"][table][row - 1]
        .as_str()
        .unwrap();
    repo.edit(LOCK, hash, "000000000000");
}

/// Another hash of the document, in the lock and in the schema.
fn revise_document(repo: &Repo) {
    for path in [LOCK, ENTERPRISE] {
        repo.edit(path, "39af53bd0ec2", "000000000000");
    }
}

#[test]
fn a_change_without_its_document_fails() {
    let repo = Repo::new("without-source");
    repo.set_length(30);
    let run = repo.check(&[]);
    run.says(
        1,
        &[
            "error[changed-without-source]: request of stockin_refund_push.php, /stockin_refund_info/refund_no (退换单号) changed, and wangdian-enterprise.stockin_refund_push#stockin_refund_info/1, which it cites, did not",
            "wangdian-enterprise/stockin_refund_push.json:5",
            "cargo xtask sources PAGE --name wangdian-enterprise.stockin_refund_push --write",
            "transcription-fix",
        ],
    );
}

#[test]
fn a_change_with_its_document_passes() {
    for revise in [
        |repo: &Repo| revise_row(repo, "stockin_refund_info", 1),
        revise_document,
    ] {
        let repo = Repo::new("with-source");
        repo.set_length(30);
        revise(&repo);
        repo.generate();
        let run = repo.check(&[]);
        assert_eq!(run.step("provenance"), "passed: 1 of 1 rows cited");
        assert_eq!(run.step("rows"), "passed");
    }
}

#[test]
fn a_mended_transcription_needs_no_document() {
    let repo = Repo::new("transcription");
    repo.set_length(30);
    repo.tell("vendor-change");
    let run = repo.check(&[]);
    assert_eq!(run.step("provenance"), "1 finding", "{}", run.stderr);
    repo.edit(&repo.fragment(), "vendor-change", "transcription-fix");
    let run = repo.check(&[]);
    assert_eq!(run.step("provenance"), "passed: 1 of 1 rows cited");

    std::fs::remove_file(repo.directory.join(repo.fragment())).unwrap();
    repo.approve_all("transcription-fix");
    let run = repo.check(&[]);
    assert_eq!(run.step("provenance"), "passed: 1 of 1 rows cited");
}

#[test]
fn a_row_that_changed_takes_its_schema_along() {
    let repo = Repo::new("schema-not");
    revise_row(&repo, "stockin_refund_info", 2);
    let run = repo.check(&[]);
    run.says(
        1,
        &[
            "error[source-changed-schema-not]: wangdian-enterprise.stockin_refund_push#stockin_refund_info/2 changed",
            "schemas/wangdian-enterprise/stockin_refund_push.json:62",
            "/properties/outer_no/x-row",
            "`x-note`",
        ],
    );
    // A change of another row is none of this one.
    repo.set_length(30);
    let run = repo.check(&[]);
    assert!(run.stderr.contains("stockin_refund_info/2 changed"));
    // A note is enough where the row means nothing for the schema.
    repo.edit(
        ENTERPRISE,
        "\"x-row\": \"stockin_refund_info/2\"",
        "\"x-note\": [\"The example changed.\"], \"x-row\": \"stockin_refund_info/2\"",
    );
    let run = repo.check(&[]);
    assert!(
        !run.stderr.contains("source-changed-schema-not"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_row_that_speaks_of_the_whole_takes_the_file_along() {
    let repo = Repo::new("whole");
    revise_row(&repo, "3.1", 1);
    let run = repo.check(&[]);
    run.says(1, &["stockin_refund_push#3.1/1 changed"]);
}

#[test]
fn a_row_that_moved_and_changed_is_found() {
    let repo = Repo::new("moved-changed");
    put_in_a_row(&repo);
    revise_row(&repo, "detail_list", 2);
    let run = repo.check(&[]);
    run.says(
        1,
        &["#detail_list/2 changed, and the schema that cites it did not"],
    );
    assert_eq!(run.step("provenance"), "1 finding");
}

#[test]
fn rows_that_only_moved_are_no_change() {
    let repo = Repo::new("moved");
    put_in_a_row(&repo);
    let run = repo.check(&[]);
    assert_eq!(
        run.step("provenance"),
        "passed: 1 of 1 rows cited",
        "{}",
        run.stderr
    );
}

/// A row at the top of a table, and a field that cites it; the others keep what they say.
fn put_in_a_row(repo: &Repo) {
    let lock: Value = serde_json::from_str(&repo.read(LOCK)).unwrap();
    let table = &lock["documents"][DOCUMENT]["tables"]["detail_list"];
    let first = table[0].as_str().unwrap();
    repo.edit(
        LOCK,
        &format!("\"{first}\""),
        &format!("\"111111111111\", \"{first}\""),
    );
    let rows = table.as_array().unwrap().len();
    for row in (1..=rows).rev() {
        let (from, to) = (
            format!("\"detail_list/{row}\""),
            format!("\"detail_list/{}\"", row + 1),
        );
        repo.edit(ENTERPRISE, &from, &to);
    }
    let field = "\"spec_no\": {";
    let added = "\"batch_hint\": { \"title\": \"批次提示\", \"description\": \"A hint.\", \"type\": \"string\", \"maxLength\": 40, \"x-row\": \"detail_list/1\" }, ";
    repo.edit(ENTERPRISE, field, &format!("{added}{field}"));
    repo.generate();
}
