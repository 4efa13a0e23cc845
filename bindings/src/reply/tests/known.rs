//! Which of the known failures a failure is.

use super::*;

const ROWS: &[ErrorRow] = &[
    ErrorRow {
        code: Some("1"),
        text: Some("Too，often*"),
        class: Class::Throttled,
        wait: Some(300),
        ..ROW
    },
    ErrorRow {
        code: Some("1"),
        text: Some("验证失败"),
        class: Class::Signature,
        ..ROW
    },
    ErrorRow {
        code: Some("1"),
        ..ROW
    },
    ErrorRow {
        sub_code: Some("isp.*"),
        class: Class::Provider,
        ..ROW
    },
    ErrorRow {
        sub_code: Some("isv.clock"),
        class: Class::Clock,
        ..ROW
    },
    ErrorRow {
        text: Some("already there"),
        class: Class::Duplicate,
        ..ROW
    },
    ErrorRow {
        code: Some("E_DUPLICATE"),
        class: Class::Duplicate,
        ..ROW
    },
];

/// The place of the row that a failure is known by.
fn row(body: &str) -> Option<usize> {
    let known = failed(&knowing(ROWS), body).known?;
    Some(
        ROWS.iter()
            .position(|row| row == known)
            .expect("one of them"),
    )
}

#[test]
fn a_row_fits_when_all_that_it_names_does_and_the_first_counts() {
    for (body, place) in [
        (r#"{"status":"no","code":"1","msg":"Too often"}"#, Some(0)),
        (r#"{"status":"no","code":"2","msg":"Too often"}"#, None),
        (r#"{"status":"no","code":"1","msg":"验证失败"}"#, Some(1)),
        (r#"{"status":"no","code":"2","msg":"验证失败"}"#, None),
        (r#"{"status":"no","code":"1","msg":"else"}"#, Some(2)),
        (r#"{"status":"no","code":"1","sub_code":"isp.x"}"#, Some(2)),
        (r#"{"status":"no","code":"11","msg":"else"}"#, None),
        (r#"{"status":"no","msg":"else"}"#, None),
    ] {
        assert_eq!(row(body), place, "{body}");
    }
}

#[test]
fn a_sub_code_is_compared_whole_or_by_its_beginning() {
    for (sub_code, place) in [
        ("isp.timeout", Some(3)),
        ("isp.", Some(3)),
        ("isp", None),
        ("x.isp.timeout", None),
        ("isv.clock", Some(4)),
        ("isv.clock.skew", None),
        ("isv.", None),
    ] {
        let body = format!(r#"{{"status":"no","sub_code":"{sub_code}"}}"#);
        assert_eq!(row(&body), place, "{body}");
    }
}

#[test]
fn a_text_is_compared_without_spaces_punctuation_and_width() {
    for (text, place) in [
        // A beginning.
        ("Too often, wait", Some(0)),
        (" Ｔｏｏ ｏｆｔｅｎ！wait", Some(0)),
        ("much Too often", Some(2)),
        ("too often", Some(2)),
        ("Too ofte", Some(2)),
        // Anywhere.
        ("...验证，失败。", Some(1)),
        ("签名 验证失败 x", Some(1)),
        ("验证成功", Some(2)),
        ("!", Some(2)),
    ] {
        let body = format!(r#"{{"status":"no","code":"1","msg":"{text}"}}"#);
        assert_eq!(row(&body), place, "{body}");
    }
}

#[test]
fn the_edges_of_the_full_width_forms_are_narrowed_and_nothing_else() {
    const EDGES: &[ErrorRow] = &[ErrorRow {
        text: Some("0AZz９"),
        ..ROW
    }];
    let is_known = |text: &str| {
        let body = format!(r#"{{"status":"no","msg":"{text}"}}"#);
        failed(&knowing(EDGES), &body).known.is_some()
    };
    assert!(is_known("０ＡＺｚ9"));
    assert!(is_known("\u{FF01}0A\u{FF5E}Zz9"));
    // A half-width katakana is a letter of its own.
    assert!(!is_known("0AZz\u{FF66}9"));
    assert!(!is_known("0AZz"));
}

#[test]
fn already_done_is_told_under_the_sign_of_success_too() {
    let api = knowing(ROWS);
    for (body, meaning) in [
        (
            r#"{"status":"ok","msg":"Order already there!"}"#,
            "Duplicate: Order already there! — meaning; hint",
        ),
        (
            r#"{"status":"ok","msg":"fine","text":"already there"}"#,
            "Duplicate: already there — meaning; hint",
        ),
        (
            r#"{"status":"ok","code":"E_DUPLICATE","msg":"x"}"#,
            "Duplicate: E_DUPLICATE x — meaning; hint",
        ),
        // Without a text nothing is told, and no other failure hides in a success.
        (r#"{"status":"ok","code":"E_DUPLICATE"}"#, "success"),
        (r#"{"status":"ok","code":"1","msg":"验证失败"}"#, "success"),
        (r#"{"status":"ok","msg":"fine"}"#, "success"),
    ] {
        assert_eq!(told(&api, body), meaning, "{body}");
    }
}
