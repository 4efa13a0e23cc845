//! `dockseal inbox` as an operator meets it: on an inbox that a real receiver filled, and keeps open.

mod export;
mod oms;
mod postgres;

use std::fs;

use serde_json::{Value, json};

use crate::served::{self, NODE};
use oms::{Oms, filled, run};

#[test]
fn a_missing_inbox_is_told_and_not_made() {
    let file = served::scratch("inbox-missing").join("inbox.db");
    let out = file.with_extension("jsonl");
    for arguments in [
        &["ls"][..],
        &["show", "1"],
        &["replay", "1"],
        &["export", "--out", out.to_str().unwrap()],
    ] {
        let run = run(&file, arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains("inbox.db"), "{}", run.err);
        assert!(!file.exists() && !out.exists());
    }
    let run = run(&file, &["ls", "--json", "--lang", "zh"]);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    assert!(told["error"].as_str().unwrap().contains("收件箱"), "{told}");
}

#[test]
fn a_file_that_is_no_inbox_stays_as_it_is() {
    let file = served::scratch("inbox-foreign").join("notes.txt");
    fs::write(&file, "no database at all\n".repeat(100)).unwrap();
    let before = fs::read(&file).unwrap();
    for arguments in [&["ls"][..], &["replay", "1"], &["export"]] {
        let run = run(&file, arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

#[test]
fn pushes_and_documents_are_listed_by_what_is_asked_for() {
    let oms = filled("ls");
    assert_eq!(oms.numbers(&[]), [1, 2, 3, 4, 5, 6, 7]);
    for (arguments, expected) in [
        (&["--kind", "transfer"][..], &[6, 7][..]),
        (&["--number", "I-2"], &[5]),
        (&["--effect", "ignored"], &[4]),
        (&["--effect", "accumulated"], &[2]),
        (&["--of", "1"], &[1, 2, 3, 4]),
        (
            &["--node", NODE, "--kind", "stockin", "--after", "3"],
            &[4, 5],
        ),
        (&["--node", "another"], &[]),
        (&["--undelivered"], &[]),
        (&["--since", "2099-01-01"], &[]),
        (&["--since", "2020-01-01 00:00:00", "--limit", "2"], &[1, 2]),
        (&["--documents"], &[1, 5, 6]),
        (&["--documents", "--status", "PARTIN"], &[5]),
        (
            &["--documents", "--kind", "transfer", "--status", "IN"],
            &[6],
        ),
        (
            &["--documents", "--number", "T-1", "--since", "2020-01-01"],
            &[6],
        ),
    ] {
        assert_eq!(oms.numbers(arguments), expected, "{arguments:?}");
    }
    let rows = oms.json(&["ls", "--number", "T-1"]);
    assert_eq!(rows["pushes"][1]["effect"], "status-changed");
    assert_eq!(
        rows["pushes"][1]["identifiers"],
        json!({ "order_code": "T-1" })
    );
    assert_eq!(rows["pushes"][1]["waiting"], Value::Null);
    assert_eq!(rows["next"], Value::Null);
}

#[test]
fn a_list_is_a_table_with_the_way_to_its_next_page() {
    let oms = filled("table");
    let mut seen = Vec::new();
    let mut after = "0".to_owned();
    loop {
        let json = oms.json(&["ls", "--limit", "3", "--after", &after]);
        let rows = json["pushes"].as_array().unwrap();
        seen.extend(rows.iter().map(|row| row["push"].as_i64().unwrap()));
        match json["next"].as_i64() {
            Some(next) => after = next.to_string(),
            None => break,
        }
    }
    assert_eq!(seen, [1, 2, 3, 4, 5, 6, 7]);

    let text = oms.run(&["ls", "--limit", "2"]).out;
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("push  received"), "{text}");
    assert!(
        lines[1].starts_with("1 ") && lines[1].contains("I-1"),
        "{text}"
    );
    assert!(
        lines[1].contains("created") && lines[1].ends_with("done"),
        "{text}"
    );
    assert_eq!(lines[3], "more: --after 2");
    let zh = oms.run(&["ls", "--documents", "--lang", "zh"]).out;
    assert!(zh.starts_with("单据") && zh.contains("FINISH"), "{zh}");
    let none = oms.run(&["ls", "--number", "I-3"]);
    assert_eq!((none.code, none.out.as_str()), (1, "nothing fits\n"));
}

#[test]
fn what_cannot_be_asked_for_is_a_usage_error() {
    let file = served::scratch("inbox-usage").join("inbox.db");
    for arguments in [
        &["ls", "--effect", "nothing"][..],
        &["ls", "--kind", "other"],
        &["ls", "--since", "yesterday"],
        &["ls", "--status", "PARTIN"],
        &["ls", "--documents", "--undelivered"],
        &["ls", "--limit", "0"],
        &["show"],
        &["show", "1", "--document", "1"],
        &["replay"],
        &["replay", "one"],
    ] {
        assert_eq!(run(&file, arguments).code, 2, "{arguments:?}");
    }
}

#[test]
fn a_push_is_shown_without_its_signature_unless_the_body_is_asked_for() {
    let oms = filled("show");
    let (_, sign) = oms.bodies[2].split_once("sign=").unwrap();
    for arguments in [&["show", "3"][..], &["show", "3", "--json"]] {
        let run = oms.run(arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(
            !run.out.contains(sign) && run.out.contains(&sign[..6]),
            "{}",
            run.out
        );
        assert!(!run.out.contains("stockin_bn=I-1"), "{}", run.out);
        // As it was sent, never by way of a float.
        assert!(run.out.contains("\"normal_num\": 10.0"), "{}", run.out);
    }
    let json = oms.json(&["show", "3"]);
    assert_eq!(json["effect"], "finished");
    assert_eq!(json["document"], 1);
    assert_eq!(json["receipt"]["items"][0]["normal_num"], 10);
    assert!(
        json["reply"]
            .as_str()
            .unwrap()
            .contains("入库单状态更新成功")
    );
    assert!(json.get("body").is_none());

    let body = &oms.bodies[2];
    assert!(
        oms.run(&["show", "3", "--body"])
            .out
            .ends_with(&format!("{body}\n"))
    );
    assert_eq!(&oms.json(&["show", "3", "--body"])["body"], body);
}

#[test]
fn a_document_is_shown_as_its_pushes_make_it() {
    let oms = filled("document");
    let json = oms.json(&["show", "--document", "1"]);
    assert_eq!(json["status"], "FINISH");
    assert_eq!(json["receipt"]["items"][0]["normal_num"], 30);
    assert_eq!(json["pushes"], json!([1, 2, 3, 4]));
    let text = oms.run(&["show", "--document", "1"]).out;
    for part in [
        "I-1",
        "FINISH",
        "\"normal_num\": 30",
        "accumulated",
        "ignored",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    let odd = oms.run(&["show", "--document", "5"]).out;
    assert!(
        !odd.contains('\u{1B}') && odd.contains("\\u001b[31m"),
        "{odd}"
    );
}

#[test]
fn what_is_not_there_ends_with_one() {
    let oms = filled("none");
    for (arguments, part) in [
        (&["show", "99"][..], "there is no push 99"),
        (&["show", "--document", "2"], "there is no document 2"),
    ] {
        let run = oms.run(arguments);
        assert_eq!(run.code, 1);
        assert!(run.err.contains(part), "{}", run.err);
    }
}

#[test]
fn a_replayed_push_is_delivered_again_by_the_running_receiver() {
    let oms = filled("replay");
    let times = |push: i64| {
        let delivered = oms.receiver.delivered();
        delivered.iter().filter(|one| one["push"] == push).count()
    };
    assert_eq!((times(2), times(7)), (1, 1));
    let run = oms.run(&["replay", "2", "7"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("2  again") && run.out.contains("7  again"),
        "{}",
        run.out
    );
    oms.wait(|| times(2) == 2 && times(7) == 2);
    let keys = |push: i64| -> Vec<Value> {
        let delivered = oms.receiver.delivered().into_iter();
        let of_push = delivered.filter(|one| one["push"] == push);
        of_push.map(|one| one["key"].clone()).collect()
    };
    assert_eq!(keys(2)[0], keys(2)[1]);
    assert!(keys(2)[0].is_string() && keys(2)[0] != keys(7)[0]);
    oms.settled();
    assert_eq!(
        oms.json(&["show", "--document", "1"])["receipt"]["items"][0]["normal_num"],
        30
    );

    let run = oms.run(&["replay", "4", "99", "--json"]);
    assert_eq!(run.code, 1);
    let ends: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(ends[0]["outcome"], "no-effect");
    assert_eq!(ends[1]["outcome"], "unknown");
    assert_eq!(times(4), 0);
}

#[test]
fn a_push_in_quarantine_counts_once_it_is_replayed() {
    let mut oms = Oms::start("quarantine", &["--repeats", "quarantine"]);
    let five = r#"[{"product_bn":"A","normal_num":5}]"#;
    oms.stock_in("I-1", "PARTIN", five);
    oms.stock_in("I-1", "PARTIN", five);
    oms.settled();
    assert_eq!(oms.numbers(&["--effect", "quarantined"]), [2]);
    let sum =
        || oms.json(&["show", "--document", "1"])["receipt"]["items"][0]["normal_num"].clone();
    assert_eq!(sum(), 5);
    let ends = oms.json(&["replay", "2"]);
    assert_eq!(ends[0]["outcome"], "let-through", "{ends}");
    assert_eq!(sum(), 10);
    oms.wait(|| {
        let delivered = oms.receiver.delivered();
        delivered
            .iter()
            .any(|one| one["push"] == 2 && one["effect"] == "accumulated")
    });
}

#[test]
fn a_push_stays_in_quarantine_when_its_document_is_finished_meanwhile() {
    let mut oms = Oms::start("quarantine-late", &["--repeats", "quarantine"]);
    let five = r#"[{"product_bn":"A","normal_num":5}]"#;
    oms.stock_in("I-1", "PARTIN", five);
    oms.stock_in("I-1", "PARTIN", five);
    oms.stock_in("I-1", "FINISH", r#"[{"product_bn":"A","normal_num":1}]"#);
    oms.settled();
    let run = oms.run(&["replay", "2"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let told =
        "2  quarantined  it stays in quarantine: its document is finished; nothing was counted\n";
    assert_eq!(run.out, told);
    assert_eq!(oms.json(&["replay", "2"])[0]["outcome"], "quarantined");
    assert_eq!(oms.numbers(&["--effect", "quarantined"]), [2]);
    let document = oms.json(&["show", "--document", "1"]);
    assert_eq!(document["receipt"]["items"][0]["normal_num"], 6);
}

#[test]
fn what_was_replayed_before_the_inbox_failed_is_told() {
    let oms = filled("replay-failure");
    let store = rusqlite::Connection::open(&oms.file).unwrap();
    let newer = "UPDATE push SET effect = 'effect-of-a-newer-program' WHERE id = 2";
    assert_eq!(store.execute(newer, []).unwrap(), 1);
    let run = oms.run(&["replay", "1", "2", "3", "--json"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    let ends: Value = serde_json::from_str(&run.out).unwrap();
    let outcomes: Vec<_> = ends
        .as_array()
        .unwrap()
        .iter()
        .map(|end| &end["outcome"])
        .collect();
    assert_eq!(outcomes, ["again", "failed", "not-tried"]);
    let reason = ends[1]["reason"].as_str().unwrap();
    assert!(reason.contains("newer program"), "{reason}");
}

#[test]
fn a_line_break_of_a_sender_breaks_no_line() {
    let mut oms = Oms::start("breaks", &[]);
    let item = "[{\"product_bn\":\"A\",\"normal_num\":1,\"odd\":[1,\n2]}]";
    oms.stock_in("I-1\nreply  forged", "FINISH", item);
    oms.settled();
    for (arguments, lines) in [
        (&["export"][..], 1),
        (&["export", "--documents"], 1),
        (&["ls"], 2),
        (&["ls", "--documents"], 2),
    ] {
        let out = oms.run(arguments).out;
        assert_eq!(out.lines().count(), lines, "{arguments:?}: {out}");
    }
    let shown = oms.run(&["show", "1"]).out;
    assert!(shown.contains("I-1\\nreply  forged"), "{shown}");
}
