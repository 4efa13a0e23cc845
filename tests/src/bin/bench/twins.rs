//! The same types as their user would write them by hand with serde's derive, and the same JSON.

#![allow(
    clippy::struct_field_names,
    clippy::ref_option,
    reason = "names of the wire, and serde's signatures"
)]

use dockseal::{BeijingDate, Decimal};
use serde::{Deserialize, Serialize};

/// `process.Process.upload`.
#[derive(Serialize, Deserialize)]
pub(super) struct Upload {
    pub(super) out_warehouse_no: String,
    pub(super) in_warehouse_no: String,
    pub(super) operator_name: String,
    pub(super) producer_no: String,
    #[serde(with = "text")]
    pub(super) process_count: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) flag_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bom_name: Option<String>,
    #[serde(
        default,
        with = "rust_decimal::serde::str_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) total_fee: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) remark: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is_check: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) r#type: Option<i64>,
    pub(super) detail_list: Vec<UploadDetail>,
}

/// A line of it.
#[derive(Serialize, Deserialize)]
pub(super) struct UploadDetail {
    pub(super) spec_no: String,
    #[serde(with = "rust_decimal::serde::str")]
    pub(super) num: Decimal,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is_product: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) position_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) batch_no: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) production_date: Option<String>,
}

/// A line of `wms.stockin.status_update`.
#[derive(Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) product_bn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) normal_num: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) defective_num: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) oid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) item_id: Option<String>,
    #[serde(
        default,
        rename = "orderLineNo",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) order_line_no: Option<String>,
    #[serde(
        default,
        rename = "extendProps",
        skip_serializing_if = "Option::is_none"
    )]
    pub(super) extend_props: Option<Box<serde_json::value::RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sn_list: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) batch: Option<Vec<Batch>>,
}

/// A quantity of one batch.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Batch {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) batch_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) produce_code: Option<String>,
    #[serde(default, with = "text_option", skip_serializing_if = "Option::is_none")]
    pub(super) product_date: Option<BeijingDate>,
    #[serde(default, with = "text_option", skip_serializing_if = "Option::is_none")]
    pub(super) expire_date: Option<BeijingDate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) inventory_type: Option<Condition>,
    pub(super) actual_qty: i64,
}

/// Condition of the goods.
#[derive(Serialize, Deserialize)]
pub(super) enum Condition {
    #[serde(rename = "ZP")]
    Normal,
    #[serde(rename = "CC")]
    Defective,
    #[serde(untagged)]
    Unknown(String),
}

/// What travels as its text.
mod text {
    use std::borrow::Cow;
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<T: Display, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        let text = Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// The same where it may be missing.
mod text_option {
    use std::fmt::Display;
    use std::str::FromStr;

    use serde::de::Deserializer;
    use serde::ser::Serializer;

    pub(super) fn serialize<T: Display, S: Serializer>(
        value: &Option<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => super::text::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        T: FromStr<Err: Display>,
        D: Deserializer<'de>,
    {
        super::text::deserialize(deserializer).map(Some)
    }
}
