//! The runtime on hand-written types that have every kind of field.

use rust_decimal::Decimal;

use crate::object::read::DecodeError;
use crate::object::violation::Broken;
use crate::{BeijingDate, BeijingTime, Described, Extra, RawJson};

mod deep;
mod findings;
mod rules;
mod unique;

#[derive(Clone, PartialEq)]
struct Line {
    code: String,
    num: Decimal,
    extra: Extra,
}

crate::object! {
    Line = Table::new("Line", "行", "test#/$defs/Line");
    code: required("code", "编码", text(&[MinLength(1), MaxLength(4)]));
    num: required("num", "数量", decimal(19, 4, &[]).as_text());
}

#[derive(Clone, Debug, PartialEq)]
pub enum Mode {
    Slow,
    Quick,
    Unknown(i64),
}

crate::open_enum! {
    integer Mode, "方式", "test#/$defs/Mode";
    Slow = 0, "slow", "慢";
    Quick = 1, "quick", "快";
}

#[derive(Clone, PartialEq)]
struct Order {
    date: Option<BeijingDate>,
    r#type: Option<Mode>,
    at: Option<BeijingTime>,
    count: i64,
    fee: Option<Decimal>,
    price: Option<Decimal>,
    audited: Option<bool>,
    remark: Option<String>,
    lines: Vec<Line>,
    item: Option<Vec<Line>>,
    batch: Option<Vec<Line>>,
    tags: Option<Vec<String>>,
    props: Option<RawJson>,
    inner: Option<Line>,
    extra: Extra,
}

crate::object! {
    Order = Table::new("Order", "单", "test#/$defs/Order").beyond_bmp(BeyondBmp::Refused)
        .rules(&[AnyOfRequired(&[&["date"], &["at", "fee"]]), DependentRequired("fee", &["price"])]);
    date: optional("date", "日期", date(&[]));
    r#type: optional("type", "方式", enumeration(Mode::TABLE, &[Known]));
    at: optional("at", "时间", datetime(&[]));
    count: required("count", "次数", integer(&[Minimum(Bound::new(1, 0))]).as_text());
    fee: optional("fee", "费用", decimal(19, 4, &[]).as_text());
    price: optional("price", "单价", decimal(19, 4, &[ExclusiveMaximum(Bound::new(15, 1))]));
    audited: optional("audited", "审核", boolean(&[]));
    remark: optional("remark", "备注", text(&[]).sensitive());
    lines: required("lines", "行", list(&object(<Line as Described>::TABLE, &[]), &[MinItems(1), UniqueItems]));
    item: optional("item", "明细", list(&object(<Line as Described>::TABLE, &[]), &[]).json_text());
    batch: optional("batch", "批次", list(&object(<Line as Described>::TABLE, &[]), &[]).one_or_many());
    tags: optional("tags", "标签", list(&text(&[MaxLength(2)]), &[]));
    props: optional("props", "扩展", json(&[]).forms(Forms::STRING.or(Forms::OBJECT)));
    inner: optional("inner", "内", object(<Line as Described>::TABLE, &[]));
}

/// Its name stands in JSON text with an escape.
#[derive(Clone, PartialEq)]
struct Odd {
    odd: Option<String>,
    extra: Extra,
}

crate::object! {
    Odd = Table::new("Odd", "奇", "test#/$defs/Odd");
    odd: optional("a\\tb", "奇", text(&[]));
}

fn order(json: &str) -> Order {
    Order::from_json(json.as_bytes()).expect("readable")
}

fn problems(json: &str) -> Vec<String> {
    let error: DecodeError = Order::from_json(json.as_bytes()).expect_err("unreadable");
    error.problems.iter().map(ToString::to_string).collect()
}

const SMALL: &str = r#""count":1,"lines":[{"code":"A","num":1}]"#;

#[test]
fn lenient_forms_are_read_as_the_schema_means_them() {
    let order = order(
        r#"{"count":"12","lines":[{"code":7,"num":"2.50"}],"type":"1","date":"2025-01-31 00:00:00",
            "at":"0000-00-00 00:00:00","fee":"","price":1e0,"audited":"1","item":"[{\"code\":\"B\",\"num\":1e2}]",
            "batch":{"code":"C","num":0},"tags":["x"],"props":"{\"a\":1}","inner":[],"new":{"x":1.10}}"#,
    );
    assert_eq!(order.count, 12);
    assert_eq!(order.lines[0].code, "7");
    assert_eq!(order.lines[0].num.to_string(), "2.50");
    assert_eq!(order.r#type, Some(Mode::Quick));
    assert_eq!(order.date, Some("2025-01-31".parse().expect("a day")));
    assert_eq!((order.at, order.fee), (None, None));
    assert_eq!(order.price, Some(Decimal::ONE));
    assert_eq!(order.audited, Some(true));
    assert_eq!(
        order.item.as_ref().map(|item| item[0].num),
        Some(Decimal::ONE_HUNDRED)
    );
    assert_eq!(order.batch.as_ref().map(Vec::len), Some(1));
    assert_eq!(
        order.props.as_ref().and_then(RawJson::as_text).as_deref(),
        Some("{\"a\":1}")
    );
    assert_eq!(order.inner, None);
    assert_eq!(
        order.extra.get("new").map(RawJson::as_str),
        Some(r#"{"x":1.10}"#)
    );
}

#[test]
fn a_list_wrapped_in_an_object_of_one_member_is_that_list() {
    let wrapped =
        order(r#"{"count":1,"lines":{"line":[{"code":"A","num":1}]},"tags":{"string":["x"]}}"#);
    assert_eq!(wrapped.lines.len(), 1);
    assert_eq!(wrapped.tags, Some(vec!["x".to_owned()]));
    assert_eq!(
        problems(r#"{"count":1,"lines":{"line":[{"code":"A","num":1}],"more":1}}"#),
        ["/lines: expected a list, found an object"]
    );
    assert_eq!(
        problems(r#"{"count":1,"lines":{"a":{"b":[]}}}"#),
        ["/lines: expected a list, found an object"]
    );
}

#[test]
fn decimals_never_pass_through_a_float() {
    let text = "999999999999999.9999";
    for json in [
        format!("{{\"code\":\"A\",\"num\":{text}}}"),
        format!("{{\"code\":\"A\",\"num\":\"{text}\"}}"),
    ] {
        let line = Line::from_json(json.as_bytes()).expect("readable");
        assert_eq!(line.num.to_string(), text);
        assert_eq!(
            line.to_json(),
            format!("{{\"code\":\"A\",\"num\":\"{text}\"}}")
        );
        let again: Line = serde_json::from_reader(json.as_bytes()).expect("readable");
        assert_eq!(again, line);
    }
}

#[test]
fn every_problem_is_reported_with_its_place() {
    assert_eq!(
        problems(
            r#"{"count":1.5,"lines":[{"code":"A"},{"code":[],"num":"x"}, 5],"audited":"yes","at":"yesterday","item":"[{"}"#
        ),
        [
            "/count: expected an integer, found a number",
            "/lines/0/num: expected a decimal, found nothing",
            "/lines/1/code: expected text, found a list",
            "/lines/1/num: expected a decimal, found text",
            "/lines/2: expected an object, found a number",
            "/audited: expected true or false, found text",
            "/at: expected a time like 2025-01-31 10:00:00, found text",
            "/item: expected JSON (EOF while parsing an object at line 1 column 2), found a text that ends too early",
        ]
    );
    assert_eq!(
        problems("{}"),
        [
            "/count: expected an integer, found nothing",
            "/lines: expected a list, found nothing"
        ]
    );
}

#[test]
fn what_could_be_read_of_a_broken_message_is_kept() {
    let error = Order::from_json(br#"{"count":[],"known":true}"#).expect_err("unreadable");
    assert_eq!(
        error.readable.map(|raw| raw.as_str().to_owned()).as_deref(),
        Some(r#"{"count":[],"known":true}"#)
    );
    let error = Order::from_json(b"<html>").expect_err("unreadable");
    assert_eq!((error.readable, error.excerpt.as_str()), (None, "<html>"));
}

#[test]
fn all_violations_are_reported_with_pointer_rule_and_schema() {
    let order = order(
        r#"{"count":0,"lines":[{"code":"toolong","num":"1.23456"},{"code":"","num":1},{"code":"","num":"1.0"}],
            "type":9,"fee":1,"tags":["abc"],"props":5,"remark":"𠮷","inner":{"code":"a","num":12345678901234567}}"#,
    );
    let found = order.inspect();
    let shown: Vec<_> = found
        .iter()
        .map(|v| format!("{} {} {}", v.pointer, v.broken, v.schema))
        .collect();
    assert_eq!(
        shown,
        [
            "/type not one of 0, 1 test#/$defs/Order/properties/type",
            "/count must not be below 1 test#/$defs/Order/properties/count",
            "/remark has an emoji or another rare character that the vendor's database refuses test#/$defs/Order/properties/remark",
            "/lines element 2 is equal to element 1 test#/$defs/Order/properties/lines",
            "/lines/0/code 7 characters, at most 4 allowed test#/$defs/Line/properties/code",
            "/lines/0/num 5 decimals, at most 4 allowed; round it first test#/$defs/Line/properties/num",
            "/lines/1/code must not be empty test#/$defs/Line/properties/code",
            "/lines/2/code must not be empty test#/$defs/Line/properties/code",
            "/tags/0 3 characters, at most 2 allowed test#/$defs/Order/properties/tags",
            "/props must be text or an object test#/$defs/Order/properties/props",
            "/inner/num 17 digits before the point, at most 15 allowed test#/$defs/Line/properties/num",
            " needs date or at with fee test#/$defs/Order",
            " needs price, since fee is there test#/$defs/Order",
        ]
    );
    assert_eq!(
        order.validate().expect_err("broken").0.len(),
        found.len() - 1,
        "warnings do not stop a message"
    );
    assert!(found.iter().all(|violation| !violation.zh().is_empty()));
}

#[test]
fn limits_are_exact() {
    let with = |price: &str| {
        order(&format!(
            "{{{SMALL},\"date\":\"2025-01-01\",\"price\":{price}}}"
        ))
        .validate()
    };
    assert!(with("1.4999").is_ok());
    assert_eq!(
        with("1.5").expect_err("broken").0[0].broken,
        Broken::NotBelow {
            limit: "1.5".to_owned()
        }
    );
}

#[test]
fn values_are_written_as_the_wire_wants_them() {
    let order = order(
        r#"{"lines":[{"code":"A","num":1}],"count":3,"price":"1.10","item":"[{\"code\":\"仓\",\"num\":2}]",
            "batch":[{"code":"C","num":"0.10000"}],"at":"2025-01-31 10:00:00","new":1.0}"#,
    );
    assert_eq!(
        order.to_json(),
        r#"{"at":"2025-01-31 10:00:00","count":"3","price":1.10,"lines":[{"code":"A","num":"1"}],"item":"[{\"code\":\"仓\",\"num\":\"2\"}]","batch":[{"code":"C","num":"0.1"}],"new":1.0}"#
    );
    let form = super::write::to_form(&order, super::write::Escape::Ascii);
    let text: Vec<_> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(
        text,
        [
            "at=2025-01-31 10:00:00",
            "count=3",
            "price=1.10",
            r#"lines=[{"code":"A","num":"1"}]"#,
            r#"item=[{"code":"\u4ed3","num":"2"}]"#,
            r#"batch=[{"code":"C","num":"0.1"}]"#,
            "new=1.0",
        ]
    );
}

#[test]
fn debug_hides_sensitive_fields_and_unknown_values() {
    let order = order(&format!(
        "{{{SMALL},\"remark\":\"王小明\",\"type\":5,\"phone\":\"139\"}}"
    ));
    let shown = format!("{order:?}");
    assert!(
        !shown.contains("王小明") && !shown.contains("139"),
        "{shown}"
    );
    assert_eq!(
        shown,
        r#"Order { r#type: Unknown(5), count: 1, remark: [redacted], lines: [Line { code: "A", num: 1 }], extra: ["phone"] }"#
    );
}

#[test]
fn xml_is_read_by_the_same_table() {
    let mut order = <Order as super::Blank>::blank();
    let xml = r"<?xml version='1.0'?><r><count>2</count><lines><anything><code>A&amp;&#66;</code><num>1.5</num></anything>
        <other><code><![CDATA[C]]></code><num>2</num></other></lines><audited>true</audited><tags><string>x</string></tags>
        <unknown><deep>text</deep></unknown><fee/></r>";
    super::xml::from_xml(&mut order, xml).expect("readable");
    assert_eq!(
        order
            .lines
            .iter()
            .map(|line| line.code.as_str())
            .collect::<Vec<_>>(),
        ["A&B", "C"]
    );
    assert_eq!(
        (order.count, order.audited, order.fee),
        (2, Some(true), None)
    );
    assert_eq!(order.tags, Some(vec!["x".to_owned()]));
    assert_eq!(
        order
            .extra
            .get("unknown")
            .and_then(RawJson::as_text)
            .as_deref(),
        Some("text")
    );
    assert_eq!(super::xml::root(xml).as_deref(), Some("r"));

    let mut empty = <Order as super::Blank>::blank();
    let error = super::xml::from_xml(&mut empty, "<r><count>1</count><lines><l/></lines></r>")
        .expect_err("unreadable");
    assert_eq!(
        error.problems[0].to_string(),
        "/lines/0/code: expected text, found nothing"
    );

    let mut broken = <Order as super::Blank>::blank();
    let error = super::xml::from_xml(&mut broken, "<r><count>x</count>").expect_err("unreadable");
    assert_eq!(error.problems.len(), 2, "{error}");
}

#[test]
fn a_name_is_compared_as_it_is_meant_and_not_as_it_is_written() {
    let tab = Odd::from_json(br#"{"a\tb":"x"}"#).expect("readable");
    assert_eq!(tab.odd, None);
    assert!(tab.extra.get("a\tb").is_some());
    let odd = Odd::from_json(br#"{"a\\tb":"x"}"#).expect("readable");
    assert_eq!(odd.odd.as_deref(), Some("x"));
}

#[test]
fn an_element_without_anything_in_it_is_the_same_in_both_writings() {
    for (lines, inner) in [
        ("<lines/>", "<inner/>"),
        ("<lines></lines>", "<inner></inner>"),
    ] {
        let mut order = <Order as super::Blank>::blank();
        let xml = format!("<r><count>1</count>{lines}{inner}<tags/></r>");
        super::xml::from_xml(&mut order, &xml).expect("readable");
        assert_eq!(order.tags, Some(Vec::new()));
        assert!(order.inner.is_none(), "a struct that needs fields");
    }
}

#[test]
fn a_field_that_is_passed_over_is_not_missed() {
    let most = super::read::MOST_PROBLEMS;
    let lines = "<l><code>A</code><num>x</num></l>".repeat(most);
    let xml = format!("<r><lines>{lines}</lines><count>1</count></r>");
    let mut order = <Order as super::Blank>::blank();
    let error = super::xml::from_xml(&mut order, &xml).expect_err("unreadable");
    assert_eq!(error.problems.len(), most, "{:?}", error.problems.last());
}

#[test]
fn an_example_prints_as_the_rust_that_builds_it() {
    let order = order(&format!("{{{SMALL},\"type\":1,\"remark\":\"x\"}}"));
    assert_eq!(
        super::rust_source(&order),
        "Order::new(1, vec![Line::new(\"A\", dec!(1))])\n    .with_type(Mode::Quick)\n    .with_remark(\"x\")"
    );
}
