//! What a business request that breaks its schema is told, field by field.

use crate::support::{Draft, ENTERPRISE, FLAGSHIP, STOCKIN, TOP, TRANSFER, now, told};
use dockseal_cli::sandbox::Sandbox;
use serde_json::json;

#[test]
fn fields_that_are_missing_or_wrong_are_named_by_their_pointer() {
    let sandbox = Sandbox::builder().start().unwrap();
    for (method, from, to, code, kind, pointer) in [
        (
            FLAGSHIP,
            r#","producer_no":"SC001""#,
            "",
            json!(100),
            "missing-field",
            "/0/producer_no",
        ),
        (
            FLAGSHIP,
            r#""spec_no":"GOODS_01""#,
            r#""spec_no":"""#,
            json!(100),
            "invalid",
            "/detail_list/1/spec_no",
        ),
        (
            FLAGSHIP,
            r#""process_count":"1""#,
            r#""process_count":"one""#,
            json!(1),
            "unreadable",
            "/0/process_count",
        ),
        (
            ENTERPRISE,
            r#""outer_no":"ghs","#,
            "",
            json!("40"),
            "missing-field",
            "/stockin_refund_info/outer_no",
        ),
        (
            ENTERPRISE,
            r#""stockin_num":2"#,
            r#""stockin_num":2.00001"#,
            json!("40"),
            "invalid",
            "/stockin_refund_info/detail_list/0/stockin_num",
        ),
        (
            TOP,
            r#""out_bill_code":"11","#,
            "",
            json!(40),
            "missing-field",
            "/process_do/out_bill_code",
        ),
        (
            TOP,
            r#""finish":true"#,
            r#""finish":"maybe""#,
            json!(41),
            "unreadable",
            "/process_do/process_sku_d_o_s/0/finish",
        ),
        (
            STOCKIN,
            "FINISH",
            "DONE",
            json!("E_PARAM"),
            "invalid",
            "/status",
        ),
        (
            STOCKIN,
            r#""actualQty":10"#,
            r#""actualQty":"many""#,
            json!("E_PARAM"),
            "unreadable",
            "/item/0/batch/0/actualQty",
        ),
    ] {
        let draft = Draft::example(method, now()).replace(from, to);
        let field = pointer.rsplit('/').next().unwrap();
        told(&sandbox, &draft, &code, field, kind, Some(pointer));
    }
    let sub_code = Draft::example(TOP, now())
        .replace(r#""out_bill_code":"11","#, "")
        .send(&sandbox)
        .json();
    assert_eq!(
        sub_code["error_response"]["sub_code"],
        "isv.missing-parameter:process_do.out_bill_code"
    );
}

#[test]
fn an_oms_says_what_is_missing_in_the_words_of_its_document() {
    let sandbox = Sandbox::builder().start().unwrap();
    let without = |method, name: &str| {
        let mut draft = Draft::example(method, now());
        draft.form.retain(|(known, _)| known != name);
        draft.send(&sandbox).json()
    };
    for (method, name, message) in [
        (STOCKIN, "stockin_bn", "入库单号必填"),
        (STOCKIN, "status", "参数不符合规范"),
        (TRANSFER, "order_code", "转储单号必填"),
        (TRANSFER, "order_status", "参数不符合规范"),
    ] {
        let reply = without(method, name);
        assert_eq!(
            (&reply["rsp"], &reply["msg"], &reply["msg_code"]),
            (&"fail".into(), &message.into(), &"E_PARAM".into())
        );
    }
    let mut empty = Draft::example(STOCKIN, now());
    empty
        .form
        .iter_mut()
        .filter(|(name, _)| name == "stockin_bn")
        .for_each(|(_, value)| value.clear());
    assert_eq!(empty.send(&sandbox).json()["msg"], "入库单号必填");
}

#[test]
fn broken_json_is_named_with_its_place() {
    let sandbox = Sandbox::builder().start().unwrap();
    for (method, from, code, pointer) in [
        (FLAGSHIP, "SC001\"}]", json!(1), ""),
        (ENTERPRISE, "0.01\"}]}", json!("40"), "/stockin_refund_info"),
        (TOP, "\"warehouse_code\":\"1\"}", json!(41), "/process_do"),
        (STOCKIN, "\"actualQty\":10}]}]", json!("E_PARAM"), "/item"),
    ] {
        let draft =
            Draft::example(method, now()).replace(from, from.get(..from.len() - 1).unwrap());
        told(&sandbox, &draft, &code, "JSON", "unreadable", Some(pointer));
    }
}

#[test]
fn a_form_that_says_something_twice_is_refused() {
    let sandbox = Sandbox::builder().start().unwrap();
    let mut draft = Draft::example(STOCKIN, now());
    draft.form.push(("status".to_owned(), "PARTIN".to_owned()));
    told(
        &sandbox,
        &draft,
        &json!("E_PARAM"),
        "/status",
        "malformed",
        Some("/status"),
    );
}
