//! What a finding says to people, in English and in Chinese, and which keyword it is of.

use crate::object::violation::{Broken, Severity, Violation, Violations};

#[test]
#[allow(clippy::too_many_lines, reason = "a row for each finding")]
fn every_finding_names_its_keyword_and_its_limit_in_both_languages() {
    let limit = || "1.5".to_owned();
    let groups: &[&[&str]] = &[&["a"], &["b", "c"]];
    for (broken, keyword, english, chinese) in [
        (
            Broken::TooShort {
                limit: 1,
                actual: 0,
            },
            "minLength",
            "must not be empty",
            "不能为空",
        ),
        (
            Broken::TooShort {
                limit: 2,
                actual: 1,
            },
            "minLength",
            "1 characters, at least 2 needed",
            "1 个字符，至少需要 2 个",
        ),
        (
            Broken::TooLong {
                limit: 2,
                actual: 3,
            },
            "maxLength",
            "3 characters, at most 2 allowed",
            "3 个字符，最多 2 个",
        ),
        (
            Broken::TooManyBytes {
                limit: 2,
                actual: 3,
            },
            "maxLength",
            "3 bytes, at most 2 allowed",
            "3 个字节，最多 2 个",
        ),
        (
            Broken::Mismatch { pattern: "^a$" },
            "pattern",
            "does not match ^a$",
            "不符合格式 ^a$",
        ),
        (
            Broken::BelowMinimum { limit: limit() },
            "minimum",
            "must not be below 1.5",
            "不能小于 1.5",
        ),
        (
            Broken::AboveMaximum { limit: limit() },
            "maximum",
            "must not be above 1.5",
            "不能大于 1.5",
        ),
        (
            Broken::NotAbove { limit: limit() },
            "exclusiveMinimum",
            "must be above 1.5",
            "必须大于 1.5",
        ),
        (
            Broken::NotBelow { limit: limit() },
            "exclusiveMaximum",
            "must be below 1.5",
            "必须小于 1.5",
        ),
        (
            Broken::TooManyDigits {
                limit: 2,
                actual: 3,
            },
            "x-decimal",
            "3 digits before the point, at most 2 allowed",
            "整数部分 3 位，最多 2 位",
        ),
        (
            Broken::TooManyDecimals {
                limit: 2,
                actual: 3,
            },
            "x-decimal",
            "3 decimals, at most 2 allowed; round it first",
            "小数部分 3 位，最多 2 位，请先舍入",
        ),
        (
            Broken::NotNamed {
                allowed: vec!["a".to_owned(), "b".to_owned()],
            },
            "enum",
            "not one of a, b",
            "不是以下取值之一：a、b",
        ),
        (
            Broken::NotConst { expected: "x" },
            "const",
            "must be x",
            "必须为 x",
        ),
        (
            Broken::TooFewItems {
                limit: 2,
                actual: 1,
            },
            "minItems",
            "1 elements, at least 2 needed",
            "1 项，至少需要 2 项",
        ),
        (
            Broken::TooManyItems {
                limit: 2,
                actual: 3,
            },
            "maxItems",
            "3 elements, at most 2 allowed",
            "3 项，最多 2 项",
        ),
        (
            Broken::Repeated {
                first: 0,
                second: 2,
            },
            "uniqueItems",
            "element 2 is equal to element 0",
            "第 2 项与第 0 项重复（从 0 数起）",
        ),
        (
            Broken::NoneOf { groups },
            "anyOf",
            "needs a or b with c",
            "缺少 a 或 b 与 c",
        ),
        (
            Broken::MissingWith {
                present: "a",
                missing: "b",
            },
            "dependentRequired",
            "needs b, since a is there",
            "有 a 时必须有 b",
        ),
        (
            Broken::UnknownField,
            "additionalProperties",
            "is not a field of this message",
            "不是该消息的字段",
        ),
        (
            Broken::WrongForm { expected: "a list" },
            "type",
            "must be a list",
            "类型必须为 a list",
        ),
        (
            Broken::BeyondBmp,
            "beyond_bmp",
            "has an emoji or another rare character that the vendor's database refuses",
            "含有表情符号等特殊字符，对方数据库无法写入",
        ),
        (
            Broken::Miscounted,
            "beyond_bmp",
            "has an emoji or another rare character, whose length vendors' programs count differently when signing",
            "含有表情符号等特殊字符，各家程序签名时计算的长度不一致",
        ),
    ] {
        assert_eq!(
            (broken.keyword(), broken.to_string().as_str(), &*broken.zh()),
            (keyword, english, chinese)
        );
    }
}

fn violation(pointer: &str, title: &'static str) -> Violation {
    Violation {
        pointer: pointer.to_owned(),
        title,
        broken: Broken::UnknownField,
        severity: Severity::Error,
        schema: String::new(),
    }
}

#[test]
fn a_finding_says_where_it_is_and_what_the_document_calls_that() {
    for (pointer, title, english, chinese) in [
        (
            "/a",
            "甲",
            "/a 甲: is not a field of this message",
            "/a 甲：不是该消息的字段",
        ),
        (
            "/a",
            "",
            "/a: is not a field of this message",
            "/a：不是该消息的字段",
        ),
        (
            "",
            "单",
            "(message) 单: is not a field of this message",
            "(消息) 单：不是该消息的字段",
        ),
        (
            "",
            "",
            "(message): is not a field of this message",
            "(消息)：不是该消息的字段",
        ),
    ] {
        let violation = violation(pointer, title);
        assert_eq!(
            (violation.to_string().as_str(), &*violation.zh()),
            (english, chinese)
        );
    }
}

#[test]
fn the_findings_of_a_message_are_told_one_after_another() {
    let three = Violations(["/a", "/b", "/c"].map(|at| violation(at, "")).to_vec());
    assert_eq!(
        three.to_string(),
        "/a: is not a field of this message; /b: is not a field of this message; /c: is not a field of this message"
    );
}
