//! The runtime over tables against serde's derive: the same types written both ways read and write
//! the same JSON, byte for byte, and refuse the same broken inputs.
//!
//! The derived types stand here as a user would write them by hand. Decimals and times are text in
//! them, since that is how they travel. Inputs avoid what the runtime alone reads; see `verdict`.
#![allow(clippy::struct_field_names, reason = "names of the wire")]

use dockseal::object::Object;
use dockseal::shopex_oms::StockinItem;
use dockseal::wangdian_flagship::ProcessUpload;
use dockseal::{Described, RawJson};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The flagship request by derive.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Upload {
    out_warehouse_no: String,
    in_warehouse_no: String,
    operator_name: String,
    producer_no: String,
    process_count: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flag_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bom_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    total_fee: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_check: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r#type: Option<i64>,
    detail_list: Vec<UploadDetail>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct UploadDetail {
    spec_no: String,
    num: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_product: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    position_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    production_date: Option<String>,
}

/// A line of the OMS stock-in push by derive.
#[derive(Debug, Serialize, Deserialize)]
struct Item {
    product_bn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    normal_num: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    defective_num: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    oid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item_id: Option<String>,
    #[serde(
        default,
        rename = "orderLineNo",
        skip_serializing_if = "Option::is_none"
    )]
    order_line_no: Option<String>,
    #[serde(
        default,
        rename = "extendProps",
        skip_serializing_if = "Option::is_none"
    )]
    extend_props: Option<Box<serde_json::value::RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sn_list: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch: Option<Vec<Batch>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Batch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    produce_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    product_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expire_date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    inventory_type: Option<Condition>,
    actual_qty: i64,
}

#[derive(Debug, Serialize, Deserialize)]
enum Condition {
    #[serde(rename = "ZP")]
    Normal,
    #[serde(rename = "CC")]
    Defective,
    #[serde(untagged)]
    Unknown(String),
}

/// Both ways read the text and write the same bytes.
fn same<D: Serialize + DeserializeOwned, T: Described>(json: &str) {
    let derived: D = serde_json::from_str(json).unwrap();
    let derived = serde_json::to_string(&derived).unwrap();
    let table = T::from_json(json.as_bytes()).unwrap();
    assert_eq!(table.to_json(), derived);
}

/// Both ways refuse the text.
fn neither<D: DeserializeOwned, T: Described + std::fmt::Debug>(json: &str) {
    assert!(serde_json::from_str::<D>(json).is_err(), "derive: {json}");
    assert!(T::from_json(json.as_bytes()).is_err(), "tables: {json}");
}

const FULL_ITEM: &str = r#"{"product_bn":"P\"仓😀","normal_num":10,"defective_num":-1,"tid":"","oid":"/","item_id":"\u0001","orderLineNo":"1","extendProps":{"b": [1.50, null],"a":""},"sn_list":["1","2"],"batch":[{"batchCode":"B","produceCode":"C","productDate":"2024-01-01","expireDate":"2025-01-01","inventoryType":"ZP","actualQty":10},{"inventoryType":"CC","actualQty":0},{"inventoryType":"新","actualQty":9223372036854775807}]}"#;

#[test]
fn documents_examples_are_read_and_written_alike() {
    let request = dockseal::wangdian_flagship::ProcessUpload::new("A", "B", "C", "D", 3, vec![])
        .with_is_check(false)
        .with_type(1.into());
    same::<Upload, ProcessUpload>(&request.to_json());
    let example = <ProcessUpload as dockseal::api::Request>::API.examples[0];
    let only: Vec<Box<serde_json::value::RawValue>> =
        serde_json::from_str(example.request.unwrap()).unwrap();
    same::<Upload, ProcessUpload>(only[0].get());
    same::<Item, StockinItem>(FULL_ITEM);
}

#[test]
fn spaces_orders_escapes_and_nulls_are_read_alike() {
    same::<Item, StockinItem>(
        " {\n\t\"normal_num\" : 5 , \"product_bn\":\"\\u4ed3\\ud83d\\ude00\\/\" } ",
    );
    same::<Item, StockinItem>(
        r#"{"product_bn":"P","normal_num":null,"sn_list":null,"batch":null,"tid":null}"#,
    );
    same::<Item, StockinItem>(r#"{"product_bn":"P","sn_list":[],"batch":[]}"#);
}

#[test]
fn every_prefix_of_a_message_is_refused_alike() {
    for (end, _) in FULL_ITEM.char_indices() {
        neither::<Item, StockinItem>(&FULL_ITEM[..end]);
    }
}

#[test]
fn broken_inputs_are_refused_alike() {
    for json in [
        "",
        "null",
        "7",
        "\"text\"",
        "[1]",
        "{}",
        r#"{"product_bn":null}"#,
        r#"{"product_bn":"P"}}"#,
        r#"{"product_bn":"P",}"#,
        r#"{"product_bn":["P"]}"#,
        r#"{"product_bn":"P","normal_num":1.5}"#,
        r#"{"product_bn":"P","normal_num":true}"#,
        r#"{"product_bn":"P","normal_num":9223372036854775808}"#,
        r#"{"product_bn":"P","sn_list":{}}"#,
        r#"{"product_bn":"P","sn_list":[[]]}"#,
        r#"{"product_bn":"P","sn_list":[null]}"#,
        r#"{"product_bn":"P","batch":[{}]}"#,
        r#"{"product_bn":"P","batch":[7]}"#,
        r#"{"product_bn":"P","batch":[{"actualQty":{}}]}"#,
        r#"{"product_bn":"P","batch":[{"actualQty":1,"inventoryType":[]}]}"#,
        "{\"product_bn\":\"\u{1}\"}",
        r#"{"product_bn":"\ud83d"}"#,
        r#"{"product_bn":"\x"}"#,
    ] {
        neither::<Item, StockinItem>(json);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_values_are_written_and_read_alike(tape in prop::collection::vec(any::<u64>(), 0..120)) {
        use crate::support::fill::{Tape, fill};

        let mut upload = ProcessUpload::new("", "", "", "", 0, vec![]);
        fill(&mut upload, &mut Tape::new(&tape));
        for detail in &mut upload.detail_list {
            *detail.extra_mut() = dockseal::Extra::default();
        }
        upload.extra = dockseal::Extra::default();
        same::<Upload, ProcessUpload>(&upload.to_json());

        let mut item = StockinItem::new("");
        fill(&mut item, &mut Tape::new(&tape));
        item.extra = dockseal::Extra::default();
        for batch in item.batch.iter_mut().flatten() {
            batch.extra = dockseal::Extra::default();
        }
        same::<Item, StockinItem>(&item.to_json());
    }

    #[test]
    fn any_text_survives_alike(text in any::<String>()) {
        let quoted = RawJson::string(&text);
        let json = format!("{{\"product_bn\":{}}}", quoted.as_str());
        same::<Item, StockinItem>(&json);
        prop_assert_eq!(StockinItem::from_json(json.as_bytes()).unwrap().product_bn, text);
    }
}
