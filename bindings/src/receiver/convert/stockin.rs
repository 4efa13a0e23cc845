//! 入库单: the business parameters of `wms.stockin.status_update`.

use serde_json::value::RawValue;

use super::batch::{self, Batches};
use super::fields::Fields;
use super::line::{self, ITEM};
use super::merge::{self, Merge};
use super::{Draft, json};
use crate::object::path::Path;
use crate::receiver::arrival::Line;
use crate::receiver::{Kind, Receipt, Refusal, Settings, StockinGoods, StockinReceipt};
use crate::shopex_oms::{StockinStatus, StockinType};
use crate::{BeijingTime, RawJson};

/// The members of a line that are read, in the order in which they are checked.
const LINE: [&str; 5] = [
    "product_bn",
    "normal_num",
    "defective_num",
    "batch",
    "extendProps",
];

/// The nodes that send the arrival number as the remark.
const ARRIVAL_NUMBER_IN_REMARK: [&str; 2] = ["1483180733", "1236120430"];

/// Reads and checks everything; what only the look-ups can tell is left open.
pub(super) fn read(
    fields: Fields<'_>,
    settings: &Settings,
    now: BeijingTime,
) -> Result<Draft, Refusal> {
    let [stockin_bn, entry_order_id] = fields.identifiers(Kind::Stockin)?;
    let status = status(fields)?;
    let operate_time = fields.time("operate_time")?;
    let warehouse = fields.owned("warehouse")?;
    let sent_type = fields.text("type")?.unwrap_or_default();
    let remark = fields.owned("remark")?;
    let extend_props = fields.extend_props();
    let (items, lines) = items(fields)?;

    let type_by_rules = stockin_type(stockin_bn.as_deref(), sent_type, settings.warehouse_module);
    let receipt = StockinReceipt {
        stockin_bn,
        entry_order_id,
        status,
        stockin_type: type_by_rules.clone().unwrap_or(StockinType::Purchase),
        warehouse,
        operate_time: operate_time.unwrap_or(now),
        operate_time_is_default: operate_time.is_none(),
        arrival_no: sends_arrival_number(fields).then(|| remark.clone().unwrap_or_default()),
        remark,
        extend_props,
        items,
    };
    Ok(Draft {
        receipt: Receipt::Stockin(receipt),
        lines,
        is_type_open: type_by_rules.is_none(),
    })
}

fn status(fields: Fields<'_>) -> Result<StockinStatus, Refusal> {
    let (name, text) = fields.either("status", "io_status")?;
    match StockinStatus::from(text) {
        StockinStatus::Unknown(_) => Err(Refusal::malformed(
            format!("/{name}"),
            "this is no status of a stock-in; send FINISH or PARTIN",
        )),
        known => Ok(known),
    }
}

/// 入库类型 as far as the push tells it; none when the purchase orders and notices have to be asked.
fn stockin_type(number: Option<&str>, sent: &str, warehouse_module: bool) -> Option<StockinType> {
    let number = number.unwrap_or_default();
    if warehouse_module && number.starts_with("DC") {
        return Some(StockinType::Warehouse);
    }
    match (sent, number.chars().next()) {
        // Nothing can be asked without a number.
        ("CGRK", None) | ("", Some('I')) => Some(StockinType::Purchase),
        ("CGRK", Some(_)) => None,
        ("", Some('T')) => Some(StockinType::Allocate),
        ("", Some('D')) => Some(StockinType::Defective),
        _ => Some(StockinType::Other),
    }
}

fn sends_arrival_number(fields: Fields<'_>) -> bool {
    let node = fields.text("node_id").ok().flatten();
    node.is_some_and(|node| ARRIVAL_NUMBER_IN_REMARK.contains(&node))
}

/// The lines merged, and what each of them counts.
fn items(fields: Fields<'_>) -> Result<(Vec<StockinGoods>, Vec<Line>), Refusal> {
    let lines = line::lines(fields)?
        .into_iter()
        .enumerate()
        .map(|(index, line)| read_line(line, &Path::Index(&ITEM, index)))
        .collect::<Result<Vec<_>, _>>()?;
    // Sums only when every line is known to be right.
    let mut merge = Merge::over(Vec::new());
    let mut counts = Vec::with_capacity(lines.len());
    for (index, line) in lines.into_iter().enumerate() {
        if let Some(refusal) = line.batches.too_many {
            return Err(refusal);
        }
        let goods = add_counts(&mut merge, index, &line.counts)?;
        goods.batches.extend(line.batches.kept);
        goods.lines.push(line.raw);
        counts.push(line.counts);
    }
    Ok((merge.into_goods(), counts))
}

/// Adds what a line counts to its goods.
///
/// # Errors
/// A sum leaves the range of `i64`.
pub(crate) fn add_counts<'m>(
    merge: &'m mut Merge<StockinGoods>,
    index: usize,
    line: &Line,
) -> Result<&'m mut StockinGoods, Refusal> {
    let goods = merge.goods_of(&line.product_bn)?;
    let sums = [
        (&mut goods.normal_num, line.normal_num, "normal_num"),
        (
            &mut goods.defective_num,
            line.defective_num,
            "defective_num",
        ),
    ];
    for (sum, count, name) in sums {
        merge::add(sum, count, index, name)?;
    }
    Ok(goods)
}

/// One line of a push.
struct ReadLine {
    counts: Line,
    batches: Batches,
    raw: RawJson,
}

fn read_line(raw: &RawValue, place: &Path<'_>) -> Result<ReadLine, Refusal> {
    let [product_bn, normal_num, defective_num, batch, extend_props] =
        json::members(raw, &LINE).ok_or_else(|| line::not_an_object(place))?;
    let product_bn = line::product_bn(product_bn, place)?.into_owned();
    let normal_num = line::count(normal_num, place, "normal_num")?;
    let defective_num = line::count(defective_num, place, "defective_num")?;
    let mut batches = batch::read(batch, place)?;

    let [normal_num, defective_num] = match (normal_num, defective_num) {
        (None, None) => batches.sums,
        counts => {
            // What the batches come to is not asked for.
            batches.too_many = None;
            [counts.0, counts.1].map(Option::unwrap_or_default)
        }
    };
    Ok(ReadLine {
        counts: Line {
            product_bn,
            normal_num,
            defective_num,
        },
        batches,
        raw: line::kept(raw, extend_props),
    })
}
