//! A change to a schema changes exactly the lines of generated code that a reviewer expects.
//!
//! Each row below edits one place of the repository's own schemas; the difference of the generated
//! trees is kept in `golden/changes`. `UPDATE=1` writes these files anew: read them before trusting
//! them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::spawn;
use dockseal_codegen::SourceFile;
use similar::{ChangeTag, TextDiff};

const FLAGSHIP: &str = "wangdian-flagship/process.Process.upload.json";
const FLAGSHIP_GATEWAY: &str = "wangdian-flagship/gateway.json";
const ENTERPRISE: &str = "wangdian-enterprise/stockin_refund_push.json";
const TOP: &str = "taobao-top/alibaba.wdk.protocol.callback.json";
const TOP_GATEWAY: &str = "taobao-top/gateway.json";

/// Name, file, a text before the place, what stands there, what is put there.
type Change = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const CHANGES: &[Change] = &[
    (
        "length-changed",
        ENTERPRISE,
        r#""outer_no": {"#,
        r#""maxLength": 40"#,
        r#""maxLength": 64"#,
    ),
    (
        "length-removed",
        FLAGSHIP,
        r#""spec_no": {"#,
        r#" "minLength": 1,"#,
        "",
    ),
    (
        "length-added",
        FLAGSHIP,
        r#""flag_name": {"#,
        r#""type": "string","#,
        r#""type": "string", "maxLength": 10,"#,
    ),
    (
        "pattern-added",
        FLAGSHIP,
        r#""bom_name": {"#,
        r#""type": "string","#,
        r#""type": "string", "pattern": "^[A-Z]+$","#,
    ),
    (
        "required-removed",
        FLAGSHIP,
        r#""required": ["out"#,
        r#", "producer_no""#,
        "",
    ),
    (
        "required-added",
        FLAGSHIP,
        r#""required": ["spec_no""#,
        r#", "num"]"#,
        r#", "num", "is_product"]"#,
    ),
    (
        "text-to-integer",
        FLAGSHIP,
        r#""position_no": {"#,
        r#""type": "string""#,
        r#""type": "integer""#,
    ),
    (
        "sensitive-added",
        FLAGSHIP,
        r#""flag_name": {"#,
        r#""type": "string","#,
        r#""type": "string", "x-sensitive": true,"#,
    ),
    (
        "deprecated-added",
        FLAGSHIP,
        r#""flag_name": {"#,
        r#""type": "string","#,
        r#""type": "string", "deprecated": true,"#,
    ),
    (
        "enum-value-added",
        FLAGSHIP,
        r#""rust": "AuditFailed""#,
        r#""label_zh": "审核失败" }"#,
        r#""label_zh": "审核失败" },
            { "value": 30, "rust": "Closed", "label": "closed", "label_zh": "已关闭" }"#,
    ),
    (
        "title-changed",
        FLAGSHIP,
        r#""batch_no": {"#,
        "批次号",
        "批号",
    ),
    (
        "description-changed",
        FLAGSHIP,
        r#""batch_no": {"#,
        "Batch number.",
        "Number of the batch.",
    ),
    (
        "default-changed",
        FLAGSHIP,
        r#""is_product": {"#,
        r#""default": false"#,
        r#""default": true"#,
    ),
    (
        "field-added-in-the-middle",
        FLAGSHIP,
        r#""is_product": {"#,
        r#""x-row": "detail_list/3" },"#,
        r#""x-row": "detail_list/3" },
        "weight": { "title": "重量", "description": "Weight in kilograms.", "$ref": "gateway.json#/$defs/optional_decimal_19_4" },"#,
    ),
    (
        "field-removed",
        FLAGSHIP,
        r#""is_product": {"#,
        r#"        "position_no": { "title": "货位编号", "description": "Number of the storage position.", "type": "string", "x-row": "detail_list/4" },
"#,
        "",
    ),
    (
        "dependency-added",
        TOP,
        r#""required": ["process_sku_d_o_s""#,
        r#""warehouse_code"]"#,
        r#""warehouse_code"], "dependentRequired": { "source_type": ["out_bill_code"] }"#,
    ),
    (
        "decimal-scale-changed",
        TOP_GATEWAY,
        r#""quantity": {"#,
        r#"{1,13}(\\.[0-9]{1,6})?$",
      "x-decimal": { "precision": 19, "scale": 6 }"#,
        r#"{1,15}(\\.[0-9]{1,4})?$",
      "x-decimal": { "precision": 19, "scale": 4 }"#,
    ),
    (
        "method-effect-changed",
        TOP,
        r#""x-api""#,
        r#""effect": "create""#,
        r#""effect": "update""#,
    ),
    (
        "clock-window-changed",
        FLAGSHIP_GATEWAY,
        r#""timestamp": {"#,
        r#""window": 120"#,
        r#""window": 300"#,
    ),
];

/// The repository's schemas, in memory.
fn schemas() -> BTreeMap<String, String> {
    spawn::read_tree(&spawn::repository().join("schemas"))
}

fn generated(schemas: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let files: Vec<_> = schemas
        .iter()
        .filter(|(path, _)| {
            Path::new(path)
                .extension()
                .is_some_and(|ending| ending == "json")
        })
        .map(|(path, text)| SourceFile {
            path: path.clone(),
            bytes: text.clone().into_bytes(),
        })
        .collect();
    let files = dockseal_codegen::generate(&files).unwrap_or_else(|error| panic!("{error}"));
    files
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect()
}

/// Replaces `from`, at its first place behind `anchor`.
fn edit(text: &mut String, anchor: &str, from: &str, to: &str) {
    let behind = text.find(anchor).unwrap_or_else(|| panic!("no {anchor}"));
    let at = behind
        + text[behind..]
            .find(from)
            .unwrap_or_else(|| panic!("no {from} behind {anchor}"));
    text.replace_range(at..at + from.len(), to);
}

/// The lines that went and came, file by file.
fn difference(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    assert!(before.keys().eq(after.keys()), "a file came or went");
    for (path, old) in before {
        let new = &after[path];
        if old == new {
            continue;
        }
        writeln!(out, "# {path}").unwrap();
        for change in TextDiff::from_lines(old.as_str(), new.as_str()).iter_all_changes() {
            let sign = match change.tag() {
                ChangeTag::Equal => continue,
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            writeln!(out, "{sign}{}", change.to_string().trim_end_matches('\n')).unwrap();
        }
    }
    out
}

#[test]
fn each_change_of_a_schema_changes_exactly_the_lines_that_a_reviewer_expects() {
    let schemas = schemas();
    let before = generated(&schemas);
    let directory = spawn::repository().join("tests/golden/changes");
    let mut failures = String::new();
    for (name, file, anchor, from, to) in CHANGES {
        let mut schemas = schemas.clone();
        edit(schemas.get_mut(*file).unwrap(), anchor, from, to);
        let actual = difference(&before, &generated(&schemas));
        let golden = directory.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            spawn::write(&golden, &actual);
        }
        let expected = fs::read_to_string(&golden)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        if actual != expected || actual.is_empty() {
            write!(failures, "{name} changes:\n{actual}\n").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_kept_difference_belongs_to_a_change() {
    let kept = spawn::read_tree(&spawn::repository().join("tests/golden/changes"));
    let mut expected: Vec<_> = CHANGES
        .iter()
        .map(|change| format!("{}.txt", change.0))
        .collect();
    expected.sort_unstable();
    assert!(kept.keys().eq(&expected), "{:?}", kept.keys());
}

#[test]
fn a_changed_schema_fails_the_check_until_the_bindings_are_generated_again() {
    let (directory, schemas) = spawn::scratch_with_schemas("drift");
    let out = directory.join("generated");
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
    assert_eq!(spawn::generate(&schemas, &out, &["--check"]).code, Some(0));

    for (name, file, anchor, from, to) in CHANGES {
        let path = schemas.join(file);
        let original = fs::read_to_string(&path).unwrap();
        let mut text = original.clone();
        edit(&mut text, anchor, from, to);
        fs::write(&path, text).unwrap();
        let before = spawn::read_tree(&out);
        let checked = spawn::generate(&schemas, &out, &["--check"]);
        assert_eq!(checked.code, Some(1), "{name}");
        assert!(
            checked.stderr.contains("different: "),
            "{name}: {}",
            checked.stderr
        );
        assert_eq!(spawn::read_tree(&out), before, "the check wrote something");
        fs::write(&path, original).unwrap();
    }
    let (_, file, anchor, from, to) = CHANGES[0];
    let mut text = fs::read_to_string(schemas.join(file)).unwrap();
    edit(&mut text, anchor, from, to);
    fs::write(schemas.join(file), text).unwrap();
    let checked = spawn::generate(&schemas, &out, &["--check"]);
    let mend = format!(
        "cargo xtask generate --schemas {} --out {}",
        schemas.display(),
        out.display()
    );
    assert!(checked.stderr.contains(&mend), "{}", checked.stderr);
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
    assert_eq!(spawn::generate(&schemas, &out, &["--check"]).code, Some(0));
}

#[test]
fn the_check_finds_a_missing_a_different_and_a_stale_file_and_generate_mends_them() {
    let (directory, schemas) = spawn::scratch_with_schemas("missing-and-stale");
    let out = directory.join("generated");
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
    let fresh = spawn::read_tree(&out);
    fs::remove_file(out.join("taobao_top/mod.rs")).unwrap();
    let mark = "// Generated by `cargo xtask generate`, and changed by hand.\n";
    spawn::write(&out.join("shopex_oms/mod.rs"), mark);
    spawn::write(&out.join("old_gateway/old_api.rs"), mark);

    let checked = spawn::generate(&schemas, &out, &["--check"]);
    assert_eq!(checked.code, Some(1));
    for line in [
        "missing: taobao_top/mod.rs",
        "different: shopex_oms/mod.rs",
        "stale: old_gateway/old_api.rs",
    ] {
        assert!(checked.stderr.contains(line), "{}", checked.stderr);
    }
    let mended = spawn::generate(&schemas, &out, &[]);
    assert!(
        mended.stdout.contains(": 2 written, 1 removed, "),
        "{}",
        mended.stdout
    );
    assert_eq!(spawn::read_tree(&out), fresh);
    assert!(!out.join("old_gateway").exists());
}

#[test]
fn a_file_that_was_not_generated_is_neither_removed_nor_overwritten() {
    let (directory, schemas) = spawn::scratch_with_schemas("not-generated");
    let out = directory.join("src");
    for name in ["mine.rs", "mod.rs"] {
        spawn::write(&out.join(name), "fn mine() {}\n");
        let refused = spawn::generate(&schemas, &out, &[]);
        assert_eq!(refused.code, Some(1), "{}", refused.stderr);
        assert!(
            refused
                .stderr
                .contains(&format!("{name} was not generated")),
            "{}",
            refused.stderr
        );
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
        fs::remove_file(out.join(name)).unwrap();
    }
}

#[test]
fn unchanged_schemas_write_no_file() {
    let (directory, schemas) = spawn::scratch_with_schemas("unchanged");
    let out = directory.join("generated");
    assert_eq!(spawn::generate(&schemas, &out, &[]).code, Some(0));
    let long_ago =
        std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let names: Vec<_> = spawn::read_tree(&out).into_keys().collect();
    for name in &names {
        fs::File::options()
            .write(true)
            .open(out.join(name))
            .unwrap()
            .set_modified(long_ago)
            .unwrap();
    }
    let again = spawn::generate(&schemas, &out, &[]);
    assert!(
        again.stdout.contains(": 0 written, 0 removed, "),
        "{}",
        again.stdout
    );
    for name in &names {
        assert_eq!(
            fs::metadata(out.join(name)).unwrap().modified().unwrap(),
            long_ago,
            "{name}"
        );
    }
}
