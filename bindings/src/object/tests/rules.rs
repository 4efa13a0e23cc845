//! Every rule of the schemas at its limit, on either side of it, and on values that it does not
//! concern.

use crate::object::Blank as _;
use crate::object::violation::Severity;
use crate::{Described, Extra, RawJson};
use rust_decimal::Decimal;

#[derive(Clone, Debug, PartialEq)]
pub enum Letter {
    A,
    Long,
    Unknown(String),
}

crate::open_enum! {
    text Letter, "字母", "test#/$defs/Letter";
    A = "a", "a", "甲";
    Long = "long", "long", "长";
}

#[derive(Clone, PartialEq)]
struct Ruled {
    min_length: Option<String>,
    max_length: Option<String>,
    max_bytes: Option<String>,
    pattern: Option<String>,
    fixed: Option<String>,
    minimum: Option<i64>,
    maximum: Option<i64>,
    least: Option<Decimal>,
    most: Option<Decimal>,
    above: Option<Decimal>,
    below: Option<Decimal>,
    digits: Option<Decimal>,
    known: Option<Letter>,
    letter: Option<Letter>,
    only: Option<Letter>,
    some: Option<Vec<String>>,
    few: Option<Vec<String>>,
    extra: Extra,
}

crate::object! {
    Ruled = Table::new("Ruled", "规则", "test#/$defs/Ruled");
    min_length: optional("min_length", "", text(&[MinLength(2)]));
    max_length: optional("max_length", "", text(&[MaxLength(2)]));
    max_bytes: optional("max_bytes", "", text(&[MaxBytes(4)]));
    pattern: optional("pattern", "", text(&[Pattern("^[a-c]+$")]));
    fixed: optional("fixed", "", text(&[Const("x")]));
    minimum: optional("minimum", "", integer(&[Minimum(Bound::new(-5, 0))]));
    maximum: optional("maximum", "", integer(&[Maximum(Bound::new(5, 0))]));
    least: optional("least", "", decimal(19, 4, &[Minimum(Bound::new(15, 1))]));
    most: optional("most", "", decimal(19, 4, &[Maximum(Bound::new(15, 1))]));
    above: optional("above", "", decimal(19, 4, &[ExclusiveMinimum(Bound::new(15, 1))]));
    below: optional("below", "", decimal(19, 4, &[ExclusiveMaximum(Bound::new(15, 1))]));
    digits: optional("digits", "", decimal(5, 2, &[]));
    known: optional("known", "", enumeration(Letter::TABLE, &[Known]));
    letter: optional("letter", "", enumeration(Letter::TABLE, &[MaxLength(2), Pattern("^[a-c]+$")]));
    only: optional("only", "", enumeration(Letter::TABLE, &[Const("a")]));
    some: optional("some", "", list(&text(&[]), &[MinItems(2)]));
    few: optional("few", "", list(&text(&[]), &[MaxItems(2)]));
}

/// What a message breaks, each as pointer and rule.
fn broken<T: Described>(json: &str) -> Vec<String> {
    let value = T::from_json(json.as_bytes()).expect("readable");
    let found = value.inspect();
    // What stops a message is the same, looked for alone.
    let errors = found.iter().filter(|v| v.severity == Severity::Error);
    let stopping = value.validate().err().map_or_else(Vec::new, |all| all.0);
    assert!(errors.eq(&stopping), "{json}");
    found
        .iter()
        .map(|violation| format!("{} {}", violation.pointer, violation.broken))
        .collect()
}

#[test]
fn every_rule_holds_at_its_limit_and_breaks_just_beyond() {
    for (member, finding) in [
        (r#""min_length":"中国""#, None),
        (
            r#""min_length":"中""#,
            Some("1 characters, at least 2 needed"),
        ),
        (r#""max_length":"中国""#, None),
        (
            r#""max_length":"中国a""#,
            Some("3 characters, at most 2 allowed"),
        ),
        (
            r#""max_length":"abc""#,
            Some("3 characters, at most 2 allowed"),
        ),
        (r#""max_bytes":"中a""#, None),
        (r#""max_bytes":"中国""#, Some("6 bytes, at most 4 allowed")),
        (r#""pattern":"abc""#, None),
        (r#""pattern":"abcd""#, Some("does not match ^[a-c]+$")),
        (r#""fixed":"x""#, None),
        (r#""fixed":"xx""#, Some("must be x")),
        (r#""minimum":-5"#, None),
        (r#""minimum":-6"#, Some("must not be below -5")),
        (r#""maximum":5"#, None),
        (r#""maximum":6"#, Some("must not be above 5")),
        (r#""least":1.5"#, None),
        (r#""least":1.4999"#, Some("must not be below 1.5")),
        (r#""most":1.5000"#, None),
        (r#""most":1.5001"#, Some("must not be above 1.5")),
        (r#""above":1.5001"#, None),
        (r#""above":1.50"#, Some("must be above 1.5")),
        (r#""below":1.4999"#, None),
        (r#""below":1.50"#, Some("must be below 1.5")),
        (r#""known":"a""#, None),
        (r#""known":"b""#, Some("not one of a, long")),
        (r#""letter":"a""#, None),
        (r#""letter":"z""#, Some("does not match ^[a-c]+$")),
        (r#""letter":"abc""#, Some("3 characters, at most 2 allowed")),
        (r#""only":"a""#, None),
        (r#""only":"long""#, Some("must be a")),
        (r#""some":["a","b"]"#, None),
        (r#""some":["a"]"#, Some("1 elements, at least 2 needed")),
        (r#""few":["a","b"]"#, None),
        (
            r#""few":["a","b","c"]"#,
            Some("3 elements, at most 2 allowed"),
        ),
    ] {
        let name = member.split('"').nth(1).unwrap_or_default();
        let expected: Vec<_> = finding
            .map(|text| format!("/{name} {text}"))
            .into_iter()
            .collect();
        assert_eq!(
            broken::<Ruled>(&format!("{{{member}}}")),
            expected,
            "{member}"
        );
    }
}

#[test]
fn digits_are_counted_on_both_sides_of_the_point_and_zeros_at_the_end_are_none() {
    for (number, finding) in [
        ("999.99", None),
        ("-999.99", None),
        ("0.01", None),
        ("0", None),
        ("100", None),
        ("1.50000", None),
        ("999.9900", None),
        (
            "1.501",
            Some("3 decimals, at most 2 allowed; round it first"),
        ),
        (
            "1.5010",
            Some("3 decimals, at most 2 allowed; round it first"),
        ),
        ("1000", Some("4 digits before the point, at most 3 allowed")),
        (
            "-1000.00",
            Some("4 digits before the point, at most 3 allowed"),
        ),
        (
            "1000.000",
            Some("4 digits before the point, at most 3 allowed"),
        ),
        (
            "123456",
            Some("6 digits before the point, at most 3 allowed"),
        ),
        (
            "1000.001",
            Some("3 decimals, at most 2 allowed; round it first"),
        ),
    ] {
        let expected: Vec<_> = finding
            .map(|text| format!("/digits {text}"))
            .into_iter()
            .collect();
        assert_eq!(
            broken::<Ruled>(&format!("{{\"digits\":{number}}}")),
            expected,
            "{number}"
        );
    }
}

#[derive(Clone, PartialEq)]
struct Fits {
    text: Option<String>,
    number: Option<i64>,
    code: Option<super::Mode>,
    flag: Option<bool>,
    list: Option<Vec<i64>>,
    extra: Extra,
}

crate::object! {
    Fits = Table::new("Fits", "错位", "test#/$defs/Fits");
    text: optional("text", "", text(&[Minimum(Bound::new(5, 0)), MinItems(9), UniqueItems, Known]));
    number: optional("number", "", integer(&[MinLength(9), Pattern("^$"), Const("x"), MaxItems(0), Known]));
    code: optional("code", "", enumeration(super::Mode::TABLE, &[MinLength(9), MaxBytes(0), Const("x")]));
    flag: optional("flag", "", boolean(&[MinLength(9), Minimum(Bound::new(5, 0)), Maximum(Bound::new(5, 99))]));
    list: optional("list", "", list(&integer(&[]), &[MinLength(9), MaxBytes(0), Minimum(Bound::new(5, 0))]));
}

#[test]
fn a_rule_on_a_value_of_another_kind_is_kept() {
    let found = broken::<Fits>(r#"{"text":"a","number":1,"code":1,"flag":true,"list":[1,1]}"#);
    assert_eq!(found, Vec::<String>::new());
}

macro_rules! guarded {
    ($name:ident, $policy:ident) => {
        #[derive(Clone, PartialEq)]
        struct $name {
            text: Option<String>,
            extra: Extra,
        }

        crate::object! {
            $name = Table::new("Guarded", "", "test#/$defs/Guarded").beyond_bmp(BeyondBmp::$policy);
            text: optional("text", "", text(&[]));
        }
    };
}

guarded!(Allowed, Allow);
guarded!(Refused, Refused);
guarded!(Miscounted, Miscounted);

#[test]
fn the_first_character_beyond_the_plane_is_warned_of_and_the_last_within_is_not() {
    let refused = "/text has an emoji or another rare character that the vendor's database refuses";
    let miscounted = "/text has an emoji or another rare character, whose length vendors' programs count differently when signing";
    let (within, beyond) = ("{\"text\":\"a\u{FFFF}\"}", "{\"text\":\"a\u{10000}\"}");
    for json in [within, beyond] {
        assert_eq!(broken::<Allowed>(json), Vec::<String>::new());
    }
    assert_eq!(broken::<Refused>(within), Vec::<String>::new());
    assert_eq!(broken::<Refused>(beyond), [refused]);
    assert_eq!(broken::<Miscounted>(within), Vec::<String>::new());
    assert_eq!(broken::<Miscounted>(beyond), [miscounted]);
    // A warning stops nothing.
    let value = Refused::from_json(beyond.as_bytes()).expect("readable");
    assert!(value.validate().is_ok());
}

#[derive(Clone, PartialEq)]
struct Grouped {
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    extra: Extra,
}

crate::object! {
    Grouped = Table::new("Grouped", "组", "test#/$defs/Grouped").closed().rules(&[
        AnyOfRequired(&[&["a"], &["b", "c"], &["nowhere"]]),
        DependentRequired("a", &["b", "c"]),
    ]);
    a: optional("a", "", text(&[]));
    b: optional("b", "", text(&[]));
    c: optional("c", "", text(&[]));
}

#[test]
fn rules_over_several_fields_look_at_all_of_them() {
    let none = " needs a or b with c or nowhere";
    let (b, c) = (" needs b, since a is there", " needs c, since a is there");
    for (json, findings) in [
        ("{}", &[none][..]),
        (r#"{"b":"x"}"#, &[none]),
        (r#"{"c":"x"}"#, &[none]),
        (r#"{"b":"x","c":"x"}"#, &[]),
        (r#"{"a":"x"}"#, &[b, c]),
        (r#"{"a":"x","b":"x"}"#, &[c]),
        (r#"{"a":"x","c":"x"}"#, &[b]),
        (r#"{"a":"x","b":"x","c":"x"}"#, &[]),
    ] {
        assert_eq!(broken::<Grouped>(json), findings, "{json}");
    }
}

#[test]
fn a_closed_message_has_no_field_that_its_schema_does_not_know() {
    let json = r#"{"b":"x","c":"x","x/y":1,"new":{}}"#;
    let value = Grouped::from_json(json.as_bytes()).expect("readable");
    let found = value.inspect();
    let shown: Vec<_> = found
        .iter()
        .map(|v| {
            (
                v.pointer.as_str(),
                v.broken.keyword(),
                v.schema.as_str(),
                v.title,
            )
        })
        .collect();
    let at = |pointer| (pointer, "additionalProperties", "test#/$defs/Grouped", "组");
    assert_eq!(shown, [at("/x~1y"), at("/new")]);
    assert!(broken::<Ruled>(r#"{"new":1}"#).is_empty());
}

#[derive(Clone, PartialEq)]
struct Placed {
    first: String,
    second: String,
    extra: Extra,
}

crate::object! {
    Placed = Table::new("Placed", "位", "test#/$defs/Placed").positional();
    first: required("first", "一", text(&[]));
    second: required("second", "二", text(&[MinLength(1)]));
}

#[test]
fn a_positional_field_is_named_by_its_place() {
    let found = Placed::from_json(br#"["",""]"#)
        .expect("readable")
        .inspect();
    let shown: Vec<_> = found
        .iter()
        .map(|v| (v.pointer.as_str(), v.schema.as_str(), v.title))
        .collect();
    assert_eq!(shown, [("/1", "test#/$defs/Placed/prefixItems/1", "二")]);
}

macro_rules! formed {
    ($name:ident, $forms:expr) => {
        #[derive(Clone, PartialEq)]
        struct $name {
            any: RawJson,
            extra: Extra,
        }

        crate::object! {
            $name = Table::new("Formed", "", "test#/$defs/Formed");
            any: required("any", "", json(&[]).forms($forms));
        }

        impl Form for $name {
            fn of(any: &str) -> Option<String> {
                let any = RawJson::parse(any).expect("JSON");
                let value = $name {
                    any,
                    ..$name::blank()
                };
                value
                    .inspect()
                    .first()
                    .map(|found| found.broken.to_string())
            }
        }
    };
}

/// What is said of any JSON in a place that admits only some.
trait Form {
    fn of(any: &str) -> Option<String>;
}

formed!(Usual, Forms::USUAL);
formed!(
    TextListObject,
    Forms::STRING.or(Forms::ARRAY).or(Forms::OBJECT)
);
formed!(TextList, Forms::STRING.or(Forms::ARRAY));
formed!(TextObject, Forms::STRING.or(Forms::OBJECT));
formed!(ListObject, Forms::ARRAY.or(Forms::OBJECT));
formed!(List, Forms::ARRAY);
formed!(Object, Forms::OBJECT);
formed!(Text, Forms::STRING);
formed!(Number, Forms::NUMBER);

#[test]
fn any_json_is_of_one_of_the_types_that_its_schema_admits() {
    type Said = fn(&str) -> Option<String>;
    const TEXT: u8 = 1;
    const LIST: u8 = 2;
    const OBJECT: u8 = 4;
    const NUMBER: u8 = 8;
    const BOOLEAN: u8 = 16;
    let values = [
        (r#""a""#, TEXT),
        ("[]", LIST),
        ("{}", OBJECT),
        ("-1.5", NUMBER),
        ("0", NUMBER),
        ("true", BOOLEAN),
        ("false", BOOLEAN),
        // Absence is another rule's.
        ("null", u8::MAX),
    ];
    let places: [(Said, u8, &str); 9] = [
        (Usual::of, u8::MAX, ""),
        (
            TextListObject::of,
            TEXT | LIST | OBJECT,
            "must be text, a list or an object",
        ),
        (TextList::of, TEXT | LIST, "must be text or a list"),
        (TextObject::of, TEXT | OBJECT, "must be text or an object"),
        (ListObject::of, LIST | OBJECT, "must be a list or an object"),
        (List::of, LIST, "must be a list"),
        (Object::of, OBJECT, "must be an object"),
        (Text::of, TEXT, "must be of another type"),
        (Number::of, NUMBER, "must be of another type"),
    ];
    for (of, admitted, otherwise) in places {
        for (value, form) in values {
            let expected = (admitted & form == 0).then(|| otherwise.to_owned());
            assert_eq!(of(value), expected, "{value}: {otherwise}");
        }
    }
}
