//! A WMS that shares no code with dockseal pushes to a real receiver, and gets the documents' answers.
//! Skipped, with the reason printed, where there is no Python.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::served::{self, NODE, Served, TOKEN};

/// The inbox as `dockseal inbox` shows it.
fn inbox(file: &Path, arguments: &[&str]) -> String {
    let shown = Command::new(served::program())
        .arg("inbox")
        .args(arguments)
        .arg("--inbox")
        .arg(file)
        .output()
        .unwrap();
    assert_eq!(shown.status.code(), Some(0), "{shown:?}");
    String::from_utf8(shown.stdout).unwrap()
}

/// The document with that number.
fn document(file: &Path, number: &str) -> Value {
    let line = inbox(file, &["export", "--documents", "--number", number]);
    let json: Value = serde_json::from_str(&line).unwrap();
    json["receipt"].clone()
}

/// Goods with the counts of these names.
fn goods(document: &Value, counts: [&str; 2]) -> Vec<(String, [i64; 2])> {
    let items = document["items"].as_array().unwrap().iter();
    let row = |item: &Value| {
        let count = |name| item[name].as_i64().unwrap();
        let number = item["product_bn"].as_str().unwrap().to_owned();
        (number, counts.map(count))
    };
    items.map(row).collect()
}

#[test]
fn a_wms_written_in_python_gets_the_answers_of_the_documents() {
    let file = served::scratch("wms-client").join("inbox.db");
    let receiver = Served::start(&file, &[]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("wms/client.py");
    let run = Command::new("python3")
        .arg(script)
        .args([&receiver.address, NODE, TOKEN])
        .env("PYTHONUTF8", "1")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    let output = match run {
        Ok(output) => output,
        Err(error) => {
            println!("skipped: python3 cannot be started ({error})");
            return;
        }
    };
    let printed = String::from_utf8(output.stdout).unwrap();
    let wrong: Vec<_> = printed
        .lines()
        .filter(|line| !line.starts_with("ok "))
        .collect();
    assert!(
        output.status.success() && wrong.is_empty(),
        "{wrong:#?}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(printed.lines().count() >= 45, "{printed}");

    // What the pushes made together, each counted once.
    let part = document(&file, "I-PART");
    assert_eq!(part["status"], "FINISH");
    assert_eq!(part["entry_order_id"], "W-PART");
    let counts = ["normal_num", "defective_num"];
    assert_eq!(
        goods(&part, counts),
        [
            ("A".to_owned(), [10, 0]),
            ("B".to_owned(), [6, 2]),
            ("C".to_owned(), [7, 0])
        ]
    );
    let named = document(&file, "I-TASK");
    assert_eq!(goods(&named, counts), [("T".to_owned(), [10, 0])]);
    let example = document(&file, "I20250101001");
    assert_eq!(goods(&example, counts), [("SKU001".to_owned(), [10, 0])]);
    assert_eq!(example["stockin_type"], "PURCHASE");

    let odd = document(&file, "入库 😀&=+%/1");
    assert_eq!(odd["remark"], "第一行\n第二行 ~*'()\u{A0}é");
    assert_eq!(
        odd["extend_props"],
        json!({ "b": { "10": "x", "9": "y" }, "a": ["一", "二"], "A": "", "键": "值 +" })
    );
    assert_eq!(goods(&odd, counts), [("货号😀".to_owned(), [3, 0])]);

    let transfer = document(&file, "ERP-1");
    assert_eq!(transfer["status"], "FINISH");
    assert_eq!(transfer["order_code"], "TRF20250101001");
    assert_eq!(
        goods(&transfer, ["plan_count", "in_count"]),
        [("SKU001".to_owned(), [10, 10])]
    );

    // Nothing that was refused is there.
    let all = inbox(&file, &["export"]);
    assert!(!all.contains("NEVER"), "{all}");
}
