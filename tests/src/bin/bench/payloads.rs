//! What is measured: production orders that we send, and stock-in pushes that an OMS receives.

use std::error::Error;

use dockseal::form::FormValue;
use dockseal::object::Blank;
use dockseal::object::read::{DecodeError, from_form};
use dockseal::shopex_oms::{
    InventoryType, StockinBatch, StockinItem, StockinStatus, StockinStatusUpdate,
};
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadDetail};
use dockseal::{BeijingDate, BeijingTime, Decimal, Described};
use serde_json::Value;

/// Lines of a payload.
pub(super) const SIZES: [usize; 4] = [1, 10, 1_000, 10_000];

/// When all requests are made.
pub(super) fn now() -> Result<BeijingTime, Box<dyn Error>> {
    Ok(BeijingTime::from_unix(1_760_000_000)?)
}

/// A production order.
pub(super) fn order(lines: usize) -> ProcessUpload {
    let lines = (0_u32..).take(lines).map(|number| {
        ProcessUploadDetail::new(
            format!("RAW-{number:05}"),
            Decimal::new(i64::from(number) * 17 + 12_345, 4),
        )
        .with_is_product(number % 10 == 0)
        .with_position_no("A-01-02")
        .with_batch_no(format!("批次{number:06}"))
        .with_production_date("2025-01-31")
    });
    ProcessUpload::new("WH-OUT", "WH-IN", "admin", "SC001", 3, lines.collect())
        .with_total_fee(Decimal::new(1_234_500, 4))
        .with_remark("加急 \"今天\"")
        .with_is_check(true)
}

/// A stock-in push.
pub(super) fn push(lines: usize) -> Result<StockinStatusUpdate, Box<dyn Error>> {
    let (made, spoils) = (BeijingDate::new(2024, 1, 1)?, BeijingDate::new(2025, 1, 1)?);
    let lines = (0_u32..).take(lines).map(|number| {
        let batch = StockinBatch::new(10)
            .with_batch_code(format!("BATCH{number:05}"))
            .with_produce_code("PROD001")
            .with_product_date(made)
            .with_expire_date(spoils)
            .with_inventory_type(InventoryType::from("ZP"));
        StockinItem::new(format!("SKU{number:05}"))
            .with_normal_num(10)
            .with_defective_num(0)
            .with_batch(vec![batch])
    });
    Ok(StockinStatusUpdate::new()
        .with_stockin_bn("I202601290001")
        .with_status(StockinStatus::from("FINISH"))
        .with_warehouse("WH-01")
        .with_operate_time(now()?)
        .with_remark("入库完成")
        .with_item(lines.collect()))
}

/// A push as the parameters of the form in which it arrives; its lines are JSON text.
pub(super) fn form(push: &StockinStatusUpdate) -> Result<Vec<(String, FormValue)>, Box<dyn Error>> {
    let parameters: Vec<(String, Value)> = match serde_json::from_str(&push.to_json())? {
        Value::Object(members) => members.into_iter().collect(),
        _ => return Err("a push is an object".into()),
    };
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Ok((name, FormValue::Text(text))),
        _ => Err(format!("the parameter {name} is no text").into()),
    };
    parameters.into_iter().map(text).collect()
}

/// The push of a form.
pub(super) fn received(form: &[(String, FormValue)]) -> Result<StockinStatusUpdate, DecodeError> {
    let mut push = StockinStatusUpdate::blank();
    from_form(&mut push, form).map(|()| push)
}
