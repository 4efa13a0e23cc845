//! The reader of our own behind `from_json` against serde_json behind `Deserialize`: the same text is
//! read as the same value by both, or by neither. Texts are the examples with bytes changed, and
//! every small thing that is easily read wrongly.

use std::sync::LazyLock;

use dockseal::Described;
use dockseal::api::Request;
use dockseal::shopex_oms::{StockinItem, StockinStatusUpdate};
use dockseal::taobao_top::{ProcessDo, ProtocolCallback, ProtocolCallbackReply};
use dockseal::wangdian_enterprise::{StockinRefundDetail, StockinRefundInfo, StockinRefundPush};
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadDetail, ProcessUploadReply};
use proptest::prelude::*;
use serde::de::DeserializeOwned;

/// Whether it was read.
fn same<T: Described + DeserializeOwned + PartialEq>(text: &[u8]) -> bool {
    let ours = T::from_json(text);
    let theirs = serde_json::from_slice::<T>(text);
    let shown = String::from_utf8_lossy(text);
    match (&ours, &theirs) {
        (Ok(ours), Ok(theirs)) => assert!(ours == theirs, "{shown}"),
        (Err(ours), Err(_)) => assert!(!ours.problems.is_empty()),
        (ours, theirs) => panic!("{shown}\n{:?}\n{:?}", ours.is_ok(), theirs.as_ref().err()),
    }
    ours.is_ok()
}

fn all_the_same(text: &[u8]) -> bool {
    let read = [
        same::<ProcessUpload>(text),
        same::<ProcessUploadReply>(text),
        same::<StockinStatusUpdate>(text),
        same::<StockinItem>(text),
        same::<StockinRefundPush>(text),
        same::<StockinRefundInfo>(text),
        same::<ProcessDo>(text),
        same::<ProtocolCallbackReply>(text),
    ];
    read.contains(&true)
}

/// Messages of all shapes, some of them inside of others as JSON text.
static MESSAGES: LazyLock<Vec<String>> = LazyLock::new(messages);

fn messages() -> Vec<String> {
    let apis = [
        ProcessUpload::API,
        StockinStatusUpdate::API,
        StockinRefundPush::API,
        ProtocolCallback::API,
    ];
    let mut texts = Vec::new();
    for example in apis.iter().flat_map(|api| api.examples) {
        for text in [example.request, example.reply].into_iter().flatten() {
            texts.push(text.to_owned());
            let whole: serde_json::Value = serde_json::from_str(text).unwrap();
            let parts = match &whole {
                serde_json::Value::Array(parts) => parts.iter().collect(),
                serde_json::Value::Object(members) => members.values().collect(),
                _ => Vec::new(),
            };
            texts.extend(parts.into_iter().map(|part| {
                part.as_str()
                    .map_or_else(|| part.to_string(), str::to_owned)
            }));
        }
    }
    texts
}

#[test]
fn examples_are_read_the_same() {
    let read = MESSAGES
        .iter()
        .filter(|text| all_the_same(text.as_bytes()))
        .count();
    assert!(read > 10, "{read}");
}

#[test]
fn what_is_easily_read_wrongly_is_read_the_same() {
    let values = r#"
        0 -0 00 -00 01 1 -1 1. .5 1.5 -1.5 1e2 1E+2 1e-2 1e 1e+ - + +1 1.0 12.0 1.50 0.10 -0.0 0.0
        9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551616
        123456789012345678 1234567890123456789 0.123456789012345678 12345678901234567.8
        79228162514264337593543950335 79228162514264337593543950336 1e28 1e29 1e400 1e-400
        0.1234567890123456789012345678 0.12345678901234567890123456789 1_000 1,000 0x10 NaN Infinity
        "1" "-1" "1.5" "-0" "0" "1." ".5" "+1" "1e2" "1_000" "٣" "01" "-" "" "null" "true"
        "a\nb" "a\u0041" "\ud83d\ude00" "\ud83d" "\x" "\u12" "\"" "\\" "\/" "中文" "😀" " 1"
        true false null tru nul falsee TRUE [] {} [1] [[]] {"a":1} {"a":{}} ["a","b"] [null] [1,] [,1]
        {"a":1,} {,} {"a"} {a:1} {"a":1"b":2} [1 2] 'a' "a
        "2025-01-31" "2025-01-31 10:00:00" "2025-02-29" "0000-00-00" "0000-00-00 00:00:00" "2025-1-1"
        "2025-01-31 00:00:00" "2025-01-31T10:00:00" "{\"a\":1}" "[]" "[{}]" "{" "[{\"product_bn\":1}]"
        "[{\"product_bn\":\"\\u0041\",\"normal_num\":1.0}]" "[{\"product_bn\":\"a\\"#;
    let mut values: Vec<String> = values.split_whitespace().map(str::to_owned).collect();
    values.extend(
        [
            "\"a b\"",
            "\"a\tb\"",
            "\"a\u{0}b\"",
            "1 2",
            "\u{a0}1",
            "1\u{feff}",
        ]
        .map(String::from),
    );
    // Longer than the words of eight bytes in which strings are read.
    values.extend((0..20).flat_map(|length| {
        let text = "x".repeat(length);
        [
            "\"", "\\\"\"", "\\", "\u{1f}\"", "é\"", "\u{7f}\"", "\u{80}\"",
        ]
        .map(|end| format!("\"{text}{end}"))
    }));
    let fields = [
        "num",
        "is_product",
        "process_count",
        "type",
        "detail_list",
        "normal_num",
        "extendProps",
        "sn_list",
        "batch",
        "operate_time",
        "item",
        "stockin_price",
        "unknown",
    ];
    let mut read = 0;
    for value in &values {
        for field in fields {
            for text in [
                format!(r#"{{"{field}":{value}}}"#),
                format!(
                    "{{ \"{field}\" :\r\n{value}\t, \"spec_no\":\"a\" , \"stockin_num\" : 1}} "
                ),
                format!(r#"{{"product_bn":"A","{field}":{value},"{field}":{value}}}"#),
                format!(r#"{{"spec_no":"A","stockin_num":1,"\u0061{field}":{value}}}x"#),
                // The only member's name is passed over, and is none.
                format!(r#"{{"product_bn":"A","{field}":{{"\ud83d":[{value}]}}}}"#),
            ] {
                for same in [
                    same::<ProcessUpload>,
                    same::<ProcessUploadDetail>,
                    same::<StockinStatusUpdate>,
                    same::<StockinItem>,
                    same::<StockinRefundDetail>,
                ] {
                    read += usize::from(same(text.as_bytes()));
                }
            }
        }
        all_the_same(value.as_bytes());
    }
    assert!(read > 1_000, "{read}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn messages_with_bytes_changed_are_read_the_same(
        pick in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (any::<prop::sample::Index>(), 0..4_u8, any::<prop::sample::Index>()), 1..4),
    ) {
        const BYTES: &[u8] = b"\"\\{}[]:,.-+eE0123456789 \n\tntfu/x\x00\x1f\x7f\xc3\xa9\xf0\xff";
        let mut text = MESSAGES[pick.index(MESSAGES.len())].clone().into_bytes();
        for (place, change, byte) in changes {
            if text.is_empty() {
                break;
            }
            let (place, byte) = (place.index(text.len()), BYTES[byte.index(BYTES.len())]);
            match change {
                0 => { text.remove(place); }
                1 => text.insert(place, byte),
                2 => text.truncate(place),
                _ => text[place] = byte,
            }
        }
        all_the_same(&text);
    }
}
