//! What an OMS stores of its documents: checked, merged, with every default filled in.
//!
//! As JSON (`to_json`, `from_json`) every member is there, absent values as `null`, so that a stored
//! receipt reads the same whichever version wrote it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Kind;
use crate::shopex_oms::{StockinStatus, StockinType};
use crate::{BeijingTime, RawJson};

/// A document as pushed, or as all its pushes together make it.
#[derive(Clone, PartialEq)]
pub enum Receipt {
    /// 入库单.
    Stockin(StockinReceipt),
    /// 转储单.
    Transfer(TransferReceipt),
}

/// 入库单: what came in for one stock-in document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StockinReceipt {
    /// 入库单号; not empty.
    pub stockin_bn: Option<String>,
    /// WMS入库单ID; not empty.
    pub entry_order_id: Option<String>,
    /// 状态: `FINISH` or `PARTIN`.
    #[serde(with = "code")]
    pub status: StockinStatus,
    /// 入库类型, by number, `type` and look-ups.
    #[serde(with = "code")]
    pub stockin_type: StockinType,
    /// 仓库编码.
    pub warehouse: Option<String>,
    /// 操作时间; the time of receiving when the push had none.
    #[serde(with = "text")]
    pub operate_time: BeijingTime,
    /// The push had no `operate_time`.
    pub operate_time_is_default: bool,
    /// 备注.
    pub remark: Option<String>,
    /// 到货单号: the remark, for the nodes that send it there.
    pub arrival_no: Option<String>,
    /// 扩展属性: an object, an array or a text.
    pub extend_props: Option<RawJson>,
    /// 入库明细, merged by 商品货号 in order of first appearance.
    pub items: Vec<StockinGoods>,
}

/// 转储单: what moved between two warehouses.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransferReceipt {
    /// 转储单号; not empty.
    pub order_code: Option<String>,
    /// ERP转储单号; not empty.
    pub erp_order_code: Option<String>,
    /// 转储单状态; any text, not empty.
    pub status: String,
    /// 源仓库编码.
    pub from_warehouse_code: Option<String>,
    /// 目标仓库编码.
    pub to_warehouse_code: Option<String>,
    /// 出库单号.
    pub out_order_code: Option<String>,
    /// 入库单号.
    pub in_order_code: Option<String>,
    /// 货主编码.
    pub owner_code: Option<String>,
    /// 出库确认时间.
    #[serde(with = "optional_text")]
    pub out_confirm_time: Option<BeijingTime>,
    /// 入库确认时间.
    #[serde(with = "optional_text")]
    pub in_confirm_time: Option<BeijingTime>,
    /// 创建时间; the time of receiving when the push had none.
    #[serde(with = "text")]
    pub create_time: BeijingTime,
    /// The push had no `create_time`.
    pub create_time_is_default: bool,
    /// 扩展属性: an object, an array or a text.
    pub extend_props: Option<RawJson>,
    /// 转储明细, merged by 商品货号 in order of first appearance.
    pub items: Vec<TransferGoods>,
}

/// Goods of one 商品货号 in a stock-in document.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StockinGoods {
    /// 商品货号; not empty.
    pub product_bn: String,
    /// 良品数量, in pieces.
    pub normal_num: i64,
    /// 残次品数量, in pieces.
    pub defective_num: i64,
    /// 批次信息; batches of quantity 0 are left out.
    pub batches: Vec<Batch>,
    /// The lines as they were sent, with members that no document names.
    pub lines: Vec<RawJson>,
}

/// Goods of one batch.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Batch {
    /// 批次号.
    pub batch_code: Option<String>,
    /// 生产批次号.
    pub produce_code: Option<String>,
    /// 生产日期 as sent: `Y-m-d` or `Y-m-d H:i:s`.
    pub product_date: Option<String>,
    /// 过期日期 as sent: `Y-m-d` or `Y-m-d H:i:s`.
    pub expire_date: Option<String>,
    /// 库存类型.
    pub condition: Condition,
    /// 实际数量, in pieces.
    pub quantity: i64,
}

/// 库存类型 of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Condition {
    /// 良品: every 库存类型 but `CC`.
    Normal,
    /// 残次品: `CC`.
    Defective,
}

/// Goods of one 商品货号 in a transfer order.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TransferGoods {
    /// 商品货号; not empty.
    pub product_bn: String,
    /// 计划数量, in pieces.
    pub plan_count: i64,
    /// 入库数量, in pieces.
    pub in_count: i64,
    /// 良品数量, in pieces.
    pub normal_num: i64,
    /// 残次品数量, in pieces.
    pub defective_num: i64,
    /// The lines as they were sent, with members that no document names.
    pub lines: Vec<RawJson>,
}

/// What separates lines.
const LINE_BREAKS: [char; 2] = ['\n', '\r'];

impl Receipt {
    /// Which of the two documents it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Receipt::Stockin(_) => Kind::Stockin,
            Receipt::Transfer(_) => Kind::Transfer,
        }
    }

    /// The values of [`Kind::identifiers`]; at least one is given, none is empty.
    #[must_use]
    pub fn identifiers(&self) -> [Option<&str>; 2] {
        match self {
            Receipt::Stockin(of) => [of.stockin_bn.as_deref(), of.entry_order_id.as_deref()],
            Receipt::Transfer(of) => [of.order_code.as_deref(), of.erp_order_code.as_deref()],
        }
    }

    /// The identifiers that are given, each with its name, in the document's order.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let names = self.kind().identifiers().into_iter();
        names
            .zip(self.identifiers())
            .filter_map(|(name, value)| Some((name, value?)))
    }

    /// `FINISH` or `PARTIN` of a stock-in, any text of a transfer order.
    #[must_use]
    pub fn status(&self) -> &str {
        match self {
            Receipt::Stockin(of) => code::text(&of.status),
            Receipt::Transfer(of) => &of.status,
        }
    }

    /// As JSON text on one line, for storing.
    #[must_use]
    pub fn to_json(&self) -> String {
        let text = match self {
            Receipt::Stockin(of) => serde_json::to_string(of),
            Receipt::Transfer(of) => serde_json::to_string(of),
        };
        // Every member is text, a number, or JSON that was read before: writing cannot fail.
        let text = text.unwrap_or_default();
        // A sender may put line breaks between values, where they mean nothing; in texts they are
        // escaped.
        if text.contains(LINE_BREAKS) {
            text.replace(LINE_BREAKS, " ")
        } else {
            text
        }
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// The text is something else. The error shows no value.
    pub fn from_json(kind: Kind, text: &str) -> Result<Receipt, crate::RawError> {
        let raw = RawJson::parse(text)?;
        match kind {
            Kind::Stockin => raw.read().map(Receipt::Stockin),
            Kind::Transfer => raw.read().map(Receipt::Transfer),
        }
    }
}

/// As the document that it holds.
impl fmt::Debug for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Receipt::Stockin(of) => of.fmt(f),
            Receipt::Transfer(of) => of.fmt(f),
        }
    }
}

/// A `Debug` of some fields only.
macro_rules! show {
    ($($name:ident: $($field:ident)*;)*) => {$(
        /// Shows how far and how much, never texts: they can be buyer data.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name))
                    $(.field(stringify!($field), &self.$field))*
                    .finish_non_exhaustive()
            }
        }
    )*};
}

show! {
    StockinReceipt: status stockin_type operate_time items;
    TransferReceipt: create_time items;
    StockinGoods: normal_num defective_num batches;
    TransferGoods: plan_count in_count normal_num defective_num;
    Batch: condition quantity;
}

/// An open enum as its text.
mod code {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::object::{Code, OpenEnum};

    pub(super) fn text(value: &impl OpenEnum) -> &str {
        match value.code() {
            Code::Text(text) => text,
            // The enums of receipts are texts.
            Code::Integer(_) => "",
        }
    }

    pub(super) fn serialize<S: Serializer>(
        value: &impl OpenEnum,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(text(value))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        String::deserialize(deserializer).map(|text| T::from(text.as_str()))
    }
}

/// A time as its text.
mod text {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::BeijingTime;

    pub(super) fn serialize<S: Serializer>(
        time: &BeijingTime,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(time)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BeijingTime, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

/// A time as its text, or `null`.
mod optional_text {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::BeijingTime;

    #[expect(clippy::ref_option, reason = "the signature that serde calls")]
    pub(super) fn serialize<S: Serializer>(
        time: &Option<BeijingTime>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.serialize_some(&time.to_string()),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<BeijingTime>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| text.parse().map_err(de::Error::custom))
            .transpose()
    }
}
