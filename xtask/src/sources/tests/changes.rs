//! The lock, the comparison and the command, on small invented pages.

use super::super::citations::Citations;
use super::super::compare::{Change, changes};
use super::*;

#[test]
fn hashes_depend_on_cells_only() {
    assert_eq!(row_hash(&row(&["a", "b"])), "f04cdced9736");
    let spaced = PIPES
        .replace("| 编号 |", "|   编号|")
        .replace("测试 |", "测试\u{3000}|");
    assert_eq!(lock_entry(PIPES).unwrap(), lock_entry(&spaced).unwrap());
    let other = PIPES.replace("order\\_no", "order\\_id");
    assert_ne!(
        lock_entry(PIPES).unwrap().sha256,
        lock_entry(&other).unwrap().sha256
    );
}

#[test]
fn an_entry_survives_the_lock() {
    let entry = lock_entry(PIPES).unwrap();
    assert_eq!(
        (entry.title.as_str(), entry.address.as_str(), entry.rows),
        ("推送订单", "https://example.com/doc", 7)
    );
    let mut lock = Lock::default();
    lock.documents.insert("a".to_owned(), entry);
    assert_eq!(Lock::parse(&lock.text()).unwrap(), lock);
    assert!(Lock::parse("{}").is_err());
}

#[test]
fn a_row_put_in_moves_the_others() {
    let old = [
        table("t", &[&["a"], &["b"], &["c"], &["d"]]),
        table("gone", &[&["x"]]),
    ];
    let new = [table("t", &[&["new"], &["a"], &["B"], &["c"]])];
    let entry = Entry {
        title: String::new(),
        address: String::new(),
        sha256: String::new(),
        rows: 5,
        tables: old
            .iter()
            .map(|table| {
                (
                    table.name.clone(),
                    table.rows.iter().map(|row| row_hash(row)).collect(),
                )
            })
            .collect(),
    };
    let t = || "t".to_owned();
    assert_eq!(
        changes(Some(&entry), &new),
        [
            Change::Added {
                table: t(),
                row: 1,
                cells: row(&["new"])
            },
            Change::Moved {
                table: t(),
                old: 1,
                row: 2
            },
            Change::Changed {
                table: t(),
                old: 2,
                row: 3,
                cells: row(&["B"])
            },
            Change::Moved {
                table: t(),
                old: 3,
                row: 4
            },
            Change::Removed { table: t(), old: 4 },
            Change::Removed {
                table: "gone".to_owned(),
                old: 1
            },
        ]
    );
    assert_eq!(changes(Some(&entry), &old), []);
}

#[test]
fn citations_name_the_property() {
    let mut citations = Citations::default();
    let schema = r#"{"x-source": {"document": "d", "rows": ["1/1"]}, "$defs": {"T": {"properties": {"a/b": {"x-row": ["t/1", "e#t/2"]}}}}}"#;
    citations.add("g/m.json", schema).unwrap();
    assert_eq!(citations.of("d", "1", 1), ["g/m.json#/x-source"]);
    assert_eq!(
        citations.of("d", "t", 1),
        ["g/m.json#/$defs/T/properties/a~1b"]
    );
    assert_eq!(
        citations.of("e", "t", 2),
        ["g/m.json#/$defs/T/properties/a~1b"]
    );
    assert!(citations.of("d", "t", 2).is_empty());
}

#[test]
fn the_command_writes_only_when_told() {
    let directory = std::env::temp_dir().join(format!("dockseal-sources-{}", std::process::id()));
    std::fs::create_dir_all(directory.join("gateway")).unwrap();
    let file = directory.join("page.md");
    std::fs::write(&file, BULLETS).unwrap();
    let schema =
        r#"{"x-source": {"document": "page"}, "properties": {"user": {"x-row": "request/1"}}}"#;
    std::fs::write(directory.join("gateway/api.json"), schema).unwrap();
    let mut options = Options {
        file: file.clone(),
        name: None,
        lock: directory.join("sources.lock"),
        write: false,
    };

    let outcome = command(&options).unwrap();
    assert!(!outcome.unchanged && !options.lock.exists());
    assert!(
        outcome.text.contains("added   request/1: user | String"),
        "{}",
        outcome.text
    );
    options.write = true;
    command(&options).unwrap();
    assert!(command(&options).unwrap().unchanged);

    std::fs::write(
        &file,
        BULLETS.replace("user String 必须 x", "user Number 必须 x"),
    )
    .unwrap();
    options.write = false;
    let outcome = command(&options).unwrap();
    assert!(
        outcome.text.contains("changed request/1"),
        "{}",
        outcome.text
    );
    assert!(
        outcome.text.contains("gateway/api.json#/properties/user"),
        "{}",
        outcome.text
    );
    std::fs::remove_dir_all(&directory).unwrap();
}
