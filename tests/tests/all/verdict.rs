//! Two verdicts on the same instances: the independent `jsonschema` crate on the schema files, and
//! our reading and checking. Instances are made from the schemas: valid ones that use every admitted
//! form, and one mutant at least for every constraint. What we read although a schema does not admit
//! it is listed in `scalar.rs`, marked in the mutants, and shown here row by row.

use std::collections::{BTreeMap, BTreeSet};

use dockseal::Described;
use dockseal::api::Request;
use dockseal::shopex_oms::{StockinStatusUpdate, StockinStatusUpdateReply};
use dockseal::taobao_top::{ProtocolCallback, ProtocolCallbackReply};
use dockseal::wangdian_flagship::{ProcessUpload, ProcessUploadReply};
use serde_json::{Value, json};

use crate::support::compare::{Side, blank, messages, violations};
use crate::support::judge::Judge;
use crate::support::mutants::{constraints, mutants};
use crate::support::samples::samples;
use crate::support::schemas::Schemas;

/// Our verdict on a message, and what it was that we found.
fn ours(api: &dockseal::api::Api, side: Side, message: &Value) -> Result<(), Vec<String>> {
    let mut value = blank(api, side);
    if let Err(error) = side.read(api, value.as_mut(), &message.to_string()) {
        assert!(!error.problems.is_empty());
        return Err(vec!["unreadable".to_owned()]);
    }
    let found = violations(value.as_ref());
    if found.is_empty() {
        Ok(())
    } else {
        Err(found
            .iter()
            .map(|violation| violation.broken.keyword().to_owned())
            .collect())
    }
}

#[test]
fn every_valid_instance_of_every_message_passes_both_verdicts() {
    let schemas = Schemas::load();
    let mut count = 0;
    for (api, side, _) in messages() {
        let judge = Judge::new(&schemas, api.schema, side.pointer());
        for instance in samples(&judge.schema) {
            let place = format!("{} {side:?} {instance}", api.method);
            assert!(
                judge.accepts(&instance),
                "jsonschema: {:?}\n{place}",
                judge.blames(&instance)
            );
            assert_eq!(ours(api, side, &instance), Ok(()), "{place}");
            count += 1;
        }
    }
    assert!(count > 250, "{count}");
}

#[test]
fn every_mutant_of_every_constraint_fails_both_verdicts() {
    let schemas = Schemas::load();
    let mut counts = BTreeMap::<&str, usize>::new();
    for (api, side, _) in messages() {
        let judge = Judge::new(&schemas, api.schema, side.pointer());
        let mut unbroken = constraints(&judge.schema);
        for mutant in mutants(&judge.schema) {
            let place = format!(
                "{} {side:?} {} {}\n{}",
                api.method, mutant.at, mutant.keyword, mutant.value
            );
            assert!(!judge.accepts(&mutant.value), "jsonschema accepts {place}");
            let blamed = judge.blames(&mutant.value);
            // Validators pass over some keywords, see `judge`, and blame the whole of a choice.
            let standard = !["x-decimal", "x-time", "contentMediaType"].contains(&mutant.keyword);
            let in_choice = mutant.at.contains("/anyOf/");
            let blame = if in_choice { "anyOf" } else { mutant.keyword };
            assert!(
                !standard || blamed.iter().any(|keyword| keyword == blame),
                "jsonschema blames {blamed:?} at {place}"
            );
            if mutant.lenient.is_some() {
                continue;
            }
            let Err(found) = ours(api, side, &mutant.value) else {
                panic!("we accept {place}");
            };
            let blamed = [mutant.keyword, "unreadable", "x-decimal"];
            // Of another type can also be what is read as another value or as nothing.
            let of_type = mutant.keyword == "type";
            assert!(
                of_type
                    || found
                        .iter()
                        .all(|keyword| blamed.contains(&keyword.as_str())),
                "we find {found:?} at {place}"
            );
            *counts.entry(mutant.keyword).or_default() += 1;
            unbroken.remove(&(mutant.at, mutant.keyword.to_owned()));
        }
        assert_eq!(
            unbroken,
            BTreeSet::new(),
            "{} {side:?}: no mutant",
            api.method
        );
    }
    for keyword in [
        "type",
        "required",
        "minLength",
        "maxLength",
        "pattern",
        "enum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "minItems",
        "items",
        "anyOf",
        "x-decimal",
        "x-time",
        "contentMediaType",
    ] {
        assert!(
            counts.get(keyword).is_some_and(|count| *count > 0),
            "{keyword}: {counts:?}"
        );
    }
}

#[test]
fn every_leniency_reads_what_the_schema_does_not_admit() {
    let schemas = Schemas::load();
    let mut counts = BTreeMap::<&str, usize>::new();
    for (api, side, _) in messages() {
        let judge = Judge::new(&schemas, api.schema, side.pointer());
        for mutant in mutants(&judge.schema) {
            let Some(row) = mutant.lenient else { continue };
            let place = format!("{} {side:?} {} {}", api.method, mutant.at, mutant.value);
            assert_eq!(ours(api, side, &mutant.value), Ok(()), "{row}: {place}");
            *counts.entry(row).or_default() += 1;
        }
    }
    let rows: Vec<_> = counts.keys().copied().collect();
    assert_eq!(
        rows,
        [
            "JSON text",
            "boolean",
            "decimal",
            "enum",
            "integer",
            "list",
            "null",
            "object",
            "text",
            "time"
        ]
    );
}

/// A flagship request with other members set.
fn flagship(members: &Value) -> ProcessUpload {
    let mut request = json!({
        "out_warehouse_no": "A", "in_warehouse_no": "B", "operator_name": "C", "producer_no": "D",
        "process_count": 1, "detail_list": [{ "spec_no": "S", "num": "1" }],
    });
    for (name, value) in members.as_object().unwrap() {
        request[name] = value.clone();
    }
    let request = ProcessUpload::from_wire(json!([request]).to_string().as_bytes()).unwrap();
    request.validate().unwrap();
    request
}

/// A stock-in push with other members set.
fn stockin(members: &Value) -> StockinStatusUpdate {
    let mut request = json!({ "stockin_bn": "I1", "status": "FINISH" });
    for (name, value) in members.as_object().unwrap() {
        request[name] = value.clone();
    }
    let request = StockinStatusUpdate::from_wire(request.to_string().as_bytes()).unwrap();
    request.validate().unwrap();
    request
}

#[test]
fn text_is_also_read_from_numbers_and_booleans_as_their_own_text() {
    assert_eq!(
        flagship(&json!({ "remark": 17 })).remark.as_deref(),
        Some("17")
    );
    assert_eq!(
        flagship(&json!({ "remark": true })).remark.as_deref(),
        Some("true")
    );
}

#[test]
fn an_integer_is_also_read_from_text_and_with_a_fraction_of_zeros() {
    for text in [json!("12"), json!("12.0"), json!("12.000"), json!(12)] {
        assert_eq!(
            flagship(&json!({ "process_count": text })).process_count,
            12
        );
    }
    let most = json!("9223372036854775807");
    assert_eq!(
        flagship(&json!({ "process_count": most })).process_count,
        i64::MAX
    );
    let item = json!("[{\"product_bn\":\"P\",\"normal_num\":\"\",\"defective_num\":1e2}]");
    let item = &stockin(&json!({ "item": item })).item.unwrap()[0];
    assert_eq!((item.normal_num, item.defective_num), (None, Some(100)));
}

#[test]
fn a_boolean_is_also_read_from_ones_zeros_and_their_texts() {
    for (written, meant) in [
        (json!(1), Some(true)),
        (json!(0), Some(false)),
        (json!("1"), Some(true)),
        (json!("0"), Some(false)),
        (json!("true"), Some(true)),
        (json!("false"), Some(false)),
        (json!(""), None),
    ] {
        assert_eq!(flagship(&json!({ "is_check": written })).is_check, meant);
    }
}

#[test]
fn a_decimal_is_also_read_with_zeros_that_say_nothing_and_as_the_other_of_number_and_text() {
    for text in [
        json!("2.500000"),
        json!("0000000000000000000002.5"),
        json!(2.5),
    ] {
        let request = flagship(&json!({ "total_fee": text }));
        assert_eq!(
            request
                .total_fee
                .unwrap()
                .to_string()
                .trim_end_matches('0')
                .trim_start_matches('0'),
            "2.5"
        );
    }
    assert_eq!(flagship(&json!({ "total_fee": "" })).total_fee, None);
    let quantity = json!({ "batch_code": "B", "batch_quantity": 2.5 });
    let batch =
        dockseal::taobao_top::ProcessBatch::from_json(quantity.to_string().as_bytes()).unwrap();
    assert_eq!(batch.batch_quantity.to_string(), "2.5");
}

#[test]
fn a_time_of_zeros_or_nothing_is_read_as_absent() {
    for text in ["", "0000-00-00", "0000-00-00 00:00:00"] {
        assert_eq!(stockin(&json!({ "operate_time": text })).operate_time, None);
        let batch = json!({ "actualQty": 1, "productDate": text }).to_string();
        let batch = dockseal::shopex_oms::StockinBatch::from_json(batch.as_bytes()).unwrap();
        assert_eq!(batch.product_date, None);
    }
    let batch = json!({ "actualQty": 1, "productDate": "2025-01-01 00:00:00" }).to_string();
    let batch = dockseal::shopex_oms::StockinBatch::from_json(batch.as_bytes()).unwrap();
    assert_eq!(batch.product_date.unwrap().to_string(), "2025-01-01");
}

#[test]
fn an_enum_is_also_read_from_the_other_of_number_and_text() {
    let reply = br#"{"data":{"process_id":1,"process_no":"P","status":"20","message":""}}"#;
    let reply = ProcessUploadReply::from_json(reply).unwrap();
    assert_eq!(reply.data.unwrap().status, 20.into());
    let reply = StockinStatusUpdateReply::from_json(br#"{"rsp":"fail","msg_code":4007}"#).unwrap();
    assert_eq!(reply.msg_code, Some("4007".into()));
    let request = stockin(&json!({ "io_status": "" }));
    assert_eq!(request.io_status, None);
}

#[test]
fn an_object_or_a_list_that_is_empty_text_and_an_object_that_is_an_empty_list_are_absent() {
    for reply in [r#"{"data":""}"#, r#"{"data":[]}"#, r#"{"data":null}"#] {
        assert_eq!(
            ProcessUploadReply::from_json(reply.as_bytes())
                .unwrap()
                .data,
            None
        );
    }
    assert_eq!(
        ProtocolCallbackReply::from_json(br#"{"result":[]}"#)
            .unwrap()
            .result,
        None
    );
    let item = json!("[{\"product_bn\":\"P\",\"sn_list\":\"\",\"batch\":\"\"}]");
    let item = &stockin(&json!({ "item": item })).item.unwrap()[0];
    assert_eq!((&item.sn_list, &item.batch), (&None, &None));
}

#[test]
fn null_is_absent_everywhere() {
    let request = flagship(&json!({ "remark": null, "total_fee": null, "type": null }));
    assert_eq!(
        (request.remark, request.total_fee, request.r#type),
        (None, None, None)
    );
    assert_eq!(stockin(&json!({ "item": null })).item, None);
    assert_eq!(stockin(&json!({ "item": "null" })).item, None);
}

#[test]
fn json_text_is_also_read_as_the_value_itself_and_empty_text_is_absent() {
    let item = stockin(&json!({ "item": [{ "product_bn": "P" }] }))
        .item
        .unwrap();
    assert_eq!(item[0].product_bn, "P");
    assert_eq!(stockin(&json!({ "item": "" })).item, None);
    let error = ProtocolCallback::from_wire(br#"{"process_do":""}"#).unwrap_err();
    assert_eq!(error.problems[0].pointer, "/process_do");
}
