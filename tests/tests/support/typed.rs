//! The documents' own examples as typed values, built as a user builds them.

use dockseal::Decimal;
use dockseal::shopex_oms::{
    InventoryType, StockinBatch, StockinItem, StockinOrderType, StockinStatus, StockinStatusUpdate,
    TransferorderItem, TransferorderStatus, TransferorderUpdate,
};
use dockseal::taobao_top::{
    InventoryType as Stock, InventoryTypeCode, ProcessBatch, ProcessDo, ProcessMaterial,
    ProcessSku, ProtocolCallback,
};
use dockseal::wangdian_enterprise::{
    StockinRefundDetail, StockinRefundInfo, StockinRefundPush, YesNo,
};
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadDetail};

/// The request of the flagship document.
pub fn flagship_document() -> ProcessUpload {
    let lines = vec![
        ProcessUploadDetail::new("shujuceshixin1", 2),
        ProcessUploadDetail::new("GOODS_01", 1).with_is_product(true),
    ];
    ProcessUpload::new("wdtapi3-test", "wdtapi3-test", "admin", "SC001", 1, lines)
}

/// Its PHP program. Empty texts are texts; an empty amount is none.
pub fn flagship_php() -> ProcessUpload {
    let line = |spec_no: &str, num: i64, is_product| {
        ProcessUploadDetail::new(spec_no, num)
            .with_is_product(is_product)
            .with_batch_no("")
            .with_production_date("")
            .with_position_no("")
    };
    let lines = vec![line("aaa", 2, false), line("xiaowanzi01", 1, true)];
    ProcessUpload::new("wdtapi3-test", "wdtapi3-test", "admin", "aaa", 1, lines)
        .with_flag_name("")
        .with_remark("1")
}

/// The PHP program of the enterprise document.
pub fn enterprise_php() -> StockinRefundPush {
    let line = StockinRefundDetail::new("33412", 2)
        .with_batch_no("20160601")
        .with_stockin_price(Decimal::new(1, 2));
    StockinRefundPush::new(
        StockinRefundInfo::new("TK1608030001", "ghs", "xy001", vec![line])
            .with_logistics_code("yjwl04"),
    )
}

/// Its Java program.
pub fn enterprise_java() -> StockinRefundPush {
    let line =
        StockinRefundDetail::new("ghs201812070212123", 2).with_stockin_price(Decimal::new(1, 2));
    StockinRefundPush::new(
        StockinRefundInfo::new("TK1812110002", "gjs1121", "ghs2test", vec![line])
            .with_logistics_code("1213")
            .with_is_created_batch(YesNo::Yes),
    )
}

/// Its C# program.
pub fn enterprise_csharp() -> StockinRefundPush {
    let line = StockinRefundDetail::new("6521478635", 1).with_stockin_price(Decimal::new(1111, 2));
    StockinRefundPush::new(
        StockinRefundInfo::new("TK1901090001", "234567898765432", "api_test", vec![line])
            .with_logistics_code("SMWL001")
            .with_logistics_no("6787654321234"),
    )
}

/// The program of the TOP document, with these two inventory types.
pub fn top_java(made: InventoryTypeCode, used: InventoryTypeCode) -> ProtocolCallback {
    let at: dockseal::BeijingTime = "2020-08-12 00:00:00".parse().unwrap();
    let material =
        ProcessMaterial::new(1, 1, "12321", vec![Stock::new(1, used).with_type_name("1")])
            .with_loss_quantity(1)
            .with_process_batch_d_o_s(vec![ProcessBatch::new("1", 1)])
            .with_loss_total_quantity(1);
    let made = vec![Stock::new(1, made).with_type_name("1")];
    let sku = ProcessSku::new(
        1,
        1,
        true,
        at,
        "1231",
        made,
        at,
        "1231",
        "123131",
        "1",
        vec![material],
    )
    .with_ums_order_type(1)
    .with_process_packing_no("13131")
    .with_process_task_no("13231231")
    .with_bom_type(0);
    ProtocolCallback::new(ProcessDo::new(vec![sku], "1231", "11", "1"))
}

/// The example of the OMS stock-in document.
pub fn oms_stockin() -> StockinStatusUpdate {
    let batch = StockinBatch::new(10)
        .with_batch_code("BATCH001")
        .with_produce_code("PROD001")
        .with_product_date("2024-01-01".parse().unwrap())
        .with_expire_date("2025-01-01".parse().unwrap())
        .with_inventory_type(InventoryType::Normal);
    let item = StockinItem::new("SKU001")
        .with_normal_num(10)
        .with_defective_num(0)
        .with_batch(vec![batch]);
    StockinStatusUpdate::new()
        .with_stockin_bn("I20250101001")
        .with_status(StockinStatus::Finish)
        .with_warehouse("WH001")
        .with_type(StockinOrderType::Purchase)
        .with_operate_time("2025-01-01 10:00:00".parse().unwrap())
        .with_item(vec![item])
}

/// The example of the OMS transfer order document.
pub fn oms_transferorder() -> TransferorderUpdate {
    let item = TransferorderItem::new("SKU001")
        .with_normal_num(10)
        .with_defective_num(0)
        .with_plan_count(10)
        .with_in_count(10);
    TransferorderUpdate::new()
        .with_order_code("TRF20250101001")
        .with_order_status(TransferorderStatus::Finish)
        .with_from_warehouse_code("WH001")
        .with_to_warehouse_code("WH002")
        .with_create_time("2025-01-01 10:00:00".parse().unwrap())
        .with_item(vec![item])
}
