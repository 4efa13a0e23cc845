//! 转储单: the business parameters of `wms.transferorder.update`.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::fields::Fields;
use super::line::{self, ITEM};
use super::merge::{self, Merge};
use super::{Draft, json};
use crate::object::path::Path;
use crate::receiver::{Kind, Receipt, Refusal, TransferGoods, TransferReceipt};
use crate::{BeijingTime, RawJson};

/// The members of a line that are read, in the order in which they are checked.
const LINE: [&str; 6] = [
    "product_bn",
    "plan_count",
    "in_count",
    "normal_num",
    "defective_num",
    "extendProps",
];

/// One line of a push.
struct Line<'j> {
    product_bn: Cow<'j, str>,
    plan_count: i64,
    in_count: i64,
    normal_num: i64,
    defective_num: i64,
    raw: RawJson,
}

/// Reads and checks everything.
pub(super) fn read(fields: Fields<'_>, now: BeijingTime) -> Result<Draft, Refusal> {
    let [order_code, erp_order_code] = fields.identifiers(Kind::Transfer)?;
    let status = status(fields)?;
    let create_time = fields.time("create_time")?;
    let out_confirm_time = fields.time("out_confirm_time")?;
    let in_confirm_time = fields.time("in_confirm_time")?;
    let receipt = TransferReceipt {
        order_code,
        erp_order_code,
        status,
        from_warehouse_code: fields.owned("from_warehouse_code")?,
        to_warehouse_code: fields.owned("to_warehouse_code")?,
        out_order_code: fields.owned("out_order_code")?,
        in_order_code: fields.owned("in_order_code")?,
        owner_code: fields.owned("owner_code")?,
        out_confirm_time,
        in_confirm_time,
        create_time: create_time.unwrap_or(now),
        create_time_is_default: create_time.is_none(),
        extend_props: fields.extend_props(),
        items: items(fields)?,
    };
    Ok(Draft {
        receipt: Receipt::Transfer(receipt),
        lines: Vec::new(),
        is_type_open: false,
    })
}

fn status(fields: Fields<'_>) -> Result<String, Refusal> {
    match fields.either("order_status", "io_status")? {
        (name, "") => Err(Refusal::malformed(
            format!("/{name}"),
            "the transfer order has no status; send one",
        )),
        (_, status) => Ok(status.to_owned()),
    }
}

/// The lines, merged.
fn items(fields: Fields<'_>) -> Result<Vec<TransferGoods>, Refusal> {
    let lines = line::lines(fields)?
        .into_iter()
        .enumerate()
        .map(|(index, line)| read_line(line, &Path::Index(&ITEM, index)))
        .collect::<Result<Vec<_>, _>>()?;
    // Sums only when every line is known to be right.
    let mut merge = Merge::over(Vec::new());
    for (index, line) in lines.into_iter().enumerate() {
        let goods: &mut TransferGoods = merge.goods_of(&line.product_bn)?;
        for (sum, count, name) in [
            (&mut goods.plan_count, line.plan_count, "plan_count"),
            (&mut goods.in_count, line.in_count, "in_count"),
            (&mut goods.normal_num, line.normal_num, "normal_num"),
            (
                &mut goods.defective_num,
                line.defective_num,
                "defective_num",
            ),
        ] {
            merge::add(sum, count, index, name)?;
        }
        goods.lines.push(line.raw);
    }
    Ok(merge.into_goods())
}

fn read_line<'j>(raw: &'j RawValue, place: &Path<'_>) -> Result<Line<'j>, Refusal> {
    let [
        product_bn,
        plan_count,
        in_count,
        normal_num,
        defective_num,
        extend_props,
    ] = json::members(raw, &LINE).ok_or_else(|| line::not_an_object(place))?;
    let count = |value, name| line::count(value, place, name).map(Option::unwrap_or_default);
    Ok(Line {
        product_bn: line::product_bn(product_bn, place)?,
        plan_count: count(plan_count, "plan_count")?,
        in_count: count(in_count, "in_count")?,
        normal_num: count(normal_num, "normal_num")?,
        defective_num: count(defective_num, "defective_num")?,
        raw: line::kept(raw, extend_props),
    })
}
