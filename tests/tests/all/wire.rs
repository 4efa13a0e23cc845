//! The wire in both directions, as golden files: what the documents' examples and their programs in
//! PHP, Java and C# send is read as the value that it means; a typed value becomes exactly these bytes
//! of an HTTP request, whose signature is computed here once more by the plain rule.

use std::fmt::Write;
use std::process::Command;

use dockseal::api::Request;
use dockseal::gateway::Marker;
use dockseal::send::{Options, prepare};
use dockseal::taobao_top::InventoryTypeCode;
use dockseal::{BeijingTime, Described};
use md5::{Digest, Md5};
use sha2::Sha256;

use crate::support::golden::{self, http_text};
use crate::support::{self, typed};

/// A golden form body as the request that it carries.
fn from_form<R: Request>(name: &str) -> R {
    golden::from_form(&golden::read(name))
}

#[test]
fn the_flagship_document_and_its_php_program_mean_these_values() {
    for (name, meant) in [
        (
            "wangdian-flagship/document.json",
            typed::flagship_document(),
        ),
        ("wangdian-flagship/php.json", typed::flagship_php()),
    ] {
        let read =
            dockseal::wangdian_flagship::ProcessUpload::from_wire(golden::read(name).as_bytes());
        let read = read.unwrap();
        assert_eq!(read, meant, "{name}");
        assert_eq!(read.total_fee, None);
        read.validate().unwrap();
    }
}

#[test]
fn the_enterprise_programs_in_php_java_and_csharp_mean_these_values() {
    for (name, meant) in [
        ("wangdian-enterprise/php.form", typed::enterprise_php()),
        ("wangdian-enterprise/java.form", typed::enterprise_java()),
        (
            "wangdian-enterprise/csharp.form",
            typed::enterprise_csharp(),
        ),
    ] {
        let read: dockseal::wangdian_enterprise::StockinRefundPush = from_form(name);
        assert_eq!(read, meant, "{name}");
        read.validate().unwrap();
    }
}

#[test]
fn the_top_program_in_java_is_read_with_its_placeholders_as_two_unknown_inventory_types() {
    let read: dockseal::taobao_top::ProtocolCallback = from_form("taobao-top/java.form");
    let unknown = |code: &str| InventoryTypeCode::Unknown(code.to_owned());
    assert_eq!(read, typed::top_java(unknown("1"), unknown("1231")));

    let found = read.validate().unwrap_err().0;
    let found: Vec<_> = found
        .iter()
        .map(|v| (v.pointer.as_str(), v.broken.keyword()))
        .collect();
    let sku = "/process_do/process_sku_d_o_s/0";
    assert_eq!(
        found,
        [
            (
                format!("{sku}/inventory_type_d_o_s/0/type_code").as_str(),
                "enum"
            ),
            (
                format!("{sku}/process_material_d_o_s/0/inventory_type_d_o_s/0/type_code").as_str(),
                "enum"
            ),
        ]
    );
}

#[test]
fn the_oms_documents_form_bodies_mean_these_values() {
    let stockin: dockseal::shopex_oms::StockinStatusUpdate =
        from_form("shopex-oms/wms.stockin.status_update.form");
    assert_eq!(stockin, typed::oms_stockin());
    stockin.validate().unwrap();
    let transfer: dockseal::shopex_oms::TransferorderUpdate =
        from_form("shopex-oms/wms.transferorder.update.form");
    assert_eq!(transfer, typed::oms_transferorder());
    transfer.validate().unwrap();
}

#[test]
fn every_vendors_way_of_writing_json_means_the_same() {
    let written = [
        // PHP escapes the slash and, unless told not to, everything outside ASCII.
        r#"[{"out_warehouse_no":"a\/b","in_warehouse_no":"\u4ed3","operator_name":"o","producer_no":"p","process_count":"1","remark":"<&>'","detail_list":[{"spec_no":"s","num":"2.50"}]}]"#,
        // fastjson writes a decimal as a number and leaves all characters as they are.
        r#"[{"detail_list":[{"num":2.50,"spec_no":"s"}],"in_warehouse_no":"仓","operator_name":"o","out_warehouse_no":"a/b","process_count":1,"producer_no":"p","remark":"<&>'"}]"#,
        // .NET escapes the characters of HTML.
        r#"[{"out_warehouse_no":"a/b","in_warehouse_no":"\u4ED3","operator_name":"o","producer_no":"p","process_count":1,"flag_name":null,"remark":"\u003C\u0026\u003E\u0027","detail_list":[{"spec_no":"s","num":2.50}]}]"#,
    ];
    let read: Vec<_> = written
        .iter()
        .map(|json| dockseal::wangdian_flagship::ProcessUpload::from_wire(json.as_bytes()).unwrap())
        .collect();
    assert_eq!(read[0], read[1]);
    assert_eq!(read[0], read[2]);
    assert_eq!(read[0].detail_list[0].num.to_string(), "2.50");
    assert_eq!(read[0].in_warehouse_no, "仓");
}

/// 2023-11-15 06:13:20 in Beijing.
const NOW: i64 = 1_700_000_000;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn md5(text: &str) -> String {
    hex(&Md5::digest(text.as_bytes()))
}

/// HMAC-SHA256 by its definition, for keys of at most one block.
fn hmac_sha256(key: &str, text: &str) -> String {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key.as_bytes());
    let pad = |with: u8| block.map(|byte| byte ^ with);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(text)
        .finalize();
    hex(&Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize())
}

/// Compares the request with its golden file, and its signature with the one expected.
fn check<R: Request>(
    request: &R,
    credentials: &<R::Gateway as Marker>::Credentials,
    secret: &str,
    sign: impl FnOnce(&str) -> String,
) {
    let now = BeijingTime::from_unix(NOW).unwrap();
    let signed = prepare(request, credentials, now, &Options::default()).unwrap();
    assert_eq!(signed.findings(), []);
    let text = http_text(&signed);
    let api = R::API;
    golden::check(&format!("{}/{}.http", api.gateway.name, api.method), &text);
    let body = std::str::from_utf8(signed.http().body()).unwrap();
    assert!(
        text.contains(&format!("sign={}", sign(body))),
        "{}",
        api.method
    );
    assert!(!text.contains(secret), "the secret of {}", api.method);
}

#[test]
fn the_flagship_request_is_its_golden_bytes_with_the_signature_of_the_plain_rule() {
    let keys = dockseal::wangdian_flagship::Credentials::new(
        "wdtapi3",
        "wdtapi3-test",
        "testsecret:testsalt",
    );
    let request = typed::flagship_document().with_remark("加急/a&b");
    check(&request, &keys.unwrap(), "testsecret", |body| {
        assert_eq!(
            body,
            r#"[{"out_warehouse_no":"wdtapi3-test","in_warehouse_no":"wdtapi3-test","operator_name":"admin","producer_no":"SC001","process_count":"1","remark":"加急/a&b","detail_list":[{"spec_no":"shujuceshixin1","num":"2"},{"spec_no":"GOODS_01","num":"1","is_product":true}]}]"#
        );
        md5(&format!(
            "testsecretbody{body}keywdtapi3-testmethodprocess.Process.uploadsalttestsaltsidwdtapi3timestamp374652800v1.0testsecret"
        ))
    });
}

#[test]
fn the_enterprise_request_is_its_golden_bytes_with_the_signature_of_the_plain_rule() {
    let keys = dockseal::wangdian_enterprise::Credentials::new("test2", "test2-xx", "12345secret");
    let mut request = typed::enterprise_php();
    request.stockin_refund_info = request.stockin_refund_info.with_remark("退货/😀");
    check(&request, &keys.unwrap(), "12345secret", |_| {
        let json = r#"{"refund_no":"TK1608030001","outer_no":"ghs","warehouse_no":"xy001","logistics_code":"yjwl04","remark":"\u9000\u8d27/\ud83d\ude00","detail_list":[{"spec_no":"33412","batch_no":"20160601","stockin_num":"2","stockin_price":"0.01"}]}"#;
        md5(&format!(
            "06-appkey:0008-test2-xx;03-sid:0005-test2;19-stockin_refund_info:{:04}-{json};09-timestamp:0010-1700000000{}",
            json.len(),
            "12345secret"
        ))
    });
}

#[test]
fn the_top_request_is_its_golden_bytes_with_the_signature_of_the_plain_rule() {
    let keys = dockseal::taobao_top::Credentials::new("12345678", "helloworld").unwrap();
    let keys = keys.with_session("6100test").unwrap();
    let request = typed::top_java(InventoryTypeCode::Sellable, InventoryTypeCode::Material);
    check(&request, &keys, "helloworld", |_| {
        let json = r#"{"process_sku_d_o_s":[{"processed_total_quantity":"1","ums_order_type":1,"processed_quantity":"1","finish":true,"gmt_finish":"2020-08-12 00:00:00","produce_order_no":"1231","inventory_type_d_o_s":[{"type_name":"1","type_quantity":"1","type_code":"SELLABLE"}],"gmt_start":"2020-08-12 00:00:00","ums_order_id":"1231","sku_code":"123131","bom_version":"1","process_material_d_o_s":[{"loss_quantity":"1","process_batch_d_o_s":[{"batch_code":"1","batch_quantity":"1"}],"used_total_quantity":"1","loss_total_quantity":"1","used_quantity":"1","sku_code":"12321","inventory_type_d_o_s":[{"type_name":"1","type_quantity":"1","type_code":"MATERIAL"}]}],"process_packing_no":"13131","process_task_no":"13231231","bom_type":0}],"source_type":"1231","out_bill_code":"11","warehouse_code":"1"}"#;
        hmac_sha256(
            "helloworld",
            &format!(
                "app_key12345678formatjsonmethodalibaba.wdk.protocol.callbackprocess_do{json}session6100testsign_methodhmac-sha256simplifytruetimestamp2023-11-15 06:13:20v2.0"
            ),
        )
        .to_uppercase()
    });
}

fn oms() -> dockseal::shopex_oms::Credentials {
    dockseal::shopex_oms::Credentials::new("2222222222", "1111111111", "1234567890", "d0f8a3token")
        .unwrap()
}

/// The OMS rule on an assembled text.
fn oms_sign(assembled: &str) -> String {
    md5(&format!("{}d0f8a3token", md5(assembled).to_uppercase())).to_uppercase()
}

#[test]
fn the_oms_stockin_push_is_its_golden_bytes_with_the_signature_of_the_plain_rule() {
    check(&typed::oms_stockin(), &oms(), "d0f8a3token", |_| {
        let json = r#"[{"product_bn":"SKU001","normal_num":10,"defective_num":0,"batch":[{"batchCode":"BATCH001","produceCode":"PROD001","productDate":"2024-01-01","expireDate":"2025-01-01","inventoryType":"ZP","actualQty":10}]}]"#;
        let sign = oms_sign(&format!(
            "app_idecos.omecerti_id1234567890flagerpapifrom_node_id1111111111item{json}methodwms.stockin.status_updatenode_id2222222222node_typeecos.omeoperate_time2025-01-01 10:00:00statusFINISHstockin_bnI20250101001timestamp1700000000typeCGRKwarehouseWH001"
        ));
        assert_eq!(sign, vector("stockin_doc"));
        sign
    });
}

#[test]
fn the_oms_transferorder_push_is_its_golden_bytes_with_the_signature_of_the_plain_rule() {
    check(&typed::oms_transferorder(), &oms(), "d0f8a3token", |_| {
        let json = r#"[{"product_bn":"SKU001","normal_num":10,"defective_num":0,"plan_count":10,"in_count":10}]"#;
        let sign = oms_sign(&format!(
            "app_idecos.omecerti_id1234567890create_time2025-01-01 10:00:00flagerpapifrom_node_id1111111111from_warehouse_codeWH001item{json}methodwms.transferorder.updatenode_id2222222222node_typeecos.omeorder_codeTRF20250101001order_statusFINISHtimestamp1700000000to_warehouse_codeWH002"
        ));
        assert_eq!(sign, vector("transferorder_doc"));
        sign
    });
}

/// The signature that the vendor's own program produced.
fn vector(name: &str) -> String {
    let file = support::schemas::root().join("tests/vectors/shopex-oms.jsonl");
    let file = std::fs::read_to_string(file).unwrap();
    let mut cases = file
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let case = cases.find(|case| case["name"] == name).unwrap();
    case["sign"].as_str().unwrap().to_owned()
}

#[test]
fn what_we_send_is_read_back_as_what_was_meant() {
    if golden::is_updating() {
        return;
    }
    let body = |name: &str| golden::read(name).split_once("\n\n").unwrap().1.to_owned();
    let flagship = body("wangdian-flagship/process.Process.upload.http");
    let flagship =
        dockseal::wangdian_flagship::ProcessUpload::from_wire(flagship.as_bytes()).unwrap();
    assert_eq!(flagship, typed::flagship_document().with_remark("加急/a&b"));

    let stockin = body("shopex-oms/wms.stockin.status_update.http");
    let stockin: dockseal::shopex_oms::StockinStatusUpdate = golden::from_form(&stockin);
    assert_eq!(stockin, typed::oms_stockin());

    let top = body("taobao-top/alibaba.wdk.protocol.callback.http");
    let top: dockseal::taobao_top::ProtocolCallback = golden::from_form(&top);
    let meant = typed::top_java(InventoryTypeCode::Sellable, InventoryTypeCode::Material);
    assert_eq!(top, meant);
}

#[test]
fn one_instant_gives_the_same_bytes_in_every_time_zone() {
    if golden::is_updating() {
        return;
    }
    let program = std::env::current_exe().unwrap();
    for zone in ["UTC", "Asia/Shanghai", "America/New_York", "XYZ-05:45"] {
        // The tests above, by the end of their names, in a process that lives in that zone.
        let run = Command::new(&program)
            .args(["golden_bytes", "--test-threads=1"])
            .env("TZ", zone)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{zone}: {said}");
        assert!(said.contains("5 passed"), "{zone}: {said}");
    }
}

#[test]
fn a_list_without_elements_is_not_sent_and_a_text_that_looks_like_one_is() {
    let push = dockseal::shopex_oms::StockinStatusUpdate::new()
        .with_stockin_bn("I1")
        .with_remark("[]")
        .with_item(Vec::new());
    let mut options = Options::default();
    options.validation = dockseal::send::Validation::Off;
    let now = BeijingTime::from_unix(NOW).unwrap();
    let signed = prepare(&push, &oms(), now, &options).unwrap();
    let body = std::str::from_utf8(signed.http().body()).unwrap();
    assert!(body.contains("remark=%5B%5D"), "{body}");
    assert!(!body.contains("item="), "{body}");
}
