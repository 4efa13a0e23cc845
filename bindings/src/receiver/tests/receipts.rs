//! Documents without their lines: numbers, status, types, times, texts.

use std::collections::HashSet;

use super::*;

/// An OMS that knows some numbers.
struct Known {
    purchases: HashSet<&'static str>,
    notices: HashSet<&'static str>,
}

impl Orders for Known {
    fn is_purchase_order<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Ok(self.purchases.contains(number))))
    }

    fn is_asn<'a>(&'a self, number: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Ok(self.notices.contains(number))))
    }
}

/// An OMS whose database is away.
struct Away;

impl Orders for Away {
    fn is_purchase_order<'a>(&'a self, _: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Err(LookupError::new("away"))))
    }

    fn is_asn<'a>(&'a self, _: &'a str) -> Pending<'a, Result<bool, LookupError>> {
        Box::pin(std::future::ready(Err(LookupError::new("away"))))
    }
}

fn parameters(pairs: &[(&str, &str)]) -> Vec<(String, FormValue)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), FormValue::Text((*value).to_owned())))
        .collect()
}

async fn stockin_type(receiver: &Receiver, number: &str, words: &str) -> String {
    let pairs = [
        ("stockin_bn", number),
        ("entry_order_id", "E"),
        ("status", "FINISH"),
        ("type", words),
    ];
    let receipt = receiver
        .understand(STOCKIN, &parameters(&pairs), now())
        .await;
    stockin(receipt.unwrap()).stockin_type.to_string()
}

#[tokio::test]
async fn the_type_follows_the_module_then_the_words_then_the_number() {
    let known = || Known {
        purchases: HashSet::from(["PO", "BOTH"]),
        notices: HashSet::from(["ASN", "BOTH", "DC-ASN"]),
    };
    let plain = receiver().with_orders(known());
    let module = with(|settings| settings.warehouse_module = true).with_orders(known());
    for (number, words, without, with_module) in [
        ("DC1", "", "DEFECTIVE", "WAREHOUSE"),
        ("DC1", "CGRK", "PURCHASE", "WAREHOUSE"),
        ("DC-ASN", "CGRK", "OTHER", "WAREHOUSE"),
        ("DC1", "X", "OTHER", "WAREHOUSE"),
        ("dc1", "", "OTHER", "OTHER"),
        ("PO", "CGRK", "PURCHASE", "PURCHASE"),
        ("BOTH", "CGRK", "PURCHASE", "PURCHASE"),
        ("ASN", "CGRK", "OTHER", "OTHER"),
        ("ASN", "cgrk", "OTHER", "OTHER"),
        ("", "CGRK", "PURCHASE", "PURCHASE"),
        ("", "", "OTHER", "OTHER"),
        ("I", "", "PURCHASE", "PURCHASE"),
        ("T1", "", "ALLCOATE", "ALLCOATE"),
        ("D1", "", "DEFECTIVE", "DEFECTIVE"),
        ("I1", "X", "OTHER", "OTHER"),
    ] {
        assert_eq!(
            stockin_type(&plain, number, words).await,
            without,
            "{number} {words}"
        );
        assert_eq!(
            stockin_type(&module, number, words).await,
            with_module,
            "{number} {words}"
        );
    }
}

#[tokio::test]
async fn look_ups_are_asked_only_where_they_matter_and_after_every_check() {
    let away = receiver().with_orders(Away);
    assert_eq!(stockin_type(&away, "I1", "").await, "PURCHASE");
    assert_eq!(stockin_type(&away, "", "CGRK").await, "PURCHASE");

    let pairs = [
        ("stockin_bn", "I1"),
        ("status", "FINISH"),
        ("type", "CGRK"),
        ("item", "x"),
    ];
    let refusal = away
        .understand(STOCKIN, &parameters(&pairs), now())
        .await
        .unwrap_err();
    assert_eq!(refusal.pointer.as_deref(), Some("/item"));
    let refusal = away
        .understand(STOCKIN, &parameters(&pairs[..3]), now())
        .await
        .unwrap_err();
    assert_eq!(refusal.code.to_string(), "E_INTERNAL");
}

#[tokio::test]
async fn checks_come_number_status_times_texts_lines() {
    let mut pairs = vec![
        ("item", "x"),
        ("remark[]", "x"),
        ("operate_time", "x"),
        ("io_status", "x"),
    ];
    let steps: [(&str, (&str, &str)); 4] = [
        ("入库单号必填 /stockin_bn", ("entry_order_id", "E1")),
        ("参数不符合规范 /io_status", ("status", "PARTIN")),
        (
            "参数不符合规范 /operate_time",
            ("operate_time", "0000-00-00 00:00:00"),
        ),
        ("参数不符合规范 /remark", ("remark", "x")),
    ];
    for (expected, mended) in steps {
        let refusal = understood(STOCKIN, &pairs).await.unwrap_err();
        let said = format!("{} {}", refusal.message, refusal.pointer.unwrap());
        assert_eq!(said, expected);
        pairs.retain(|(name, _)| name.trim_end_matches("[]") != mended.0);
        pairs.push(mended);
    }
    let refusal = understood(STOCKIN, &pairs).await.unwrap_err();
    assert_eq!(refusal.pointer.as_deref(), Some("/item"));
}

#[tokio::test]
async fn nested_values_are_no_texts() {
    let names = [
        ("stockin_bn", STOCKIN),
        ("status", STOCKIN),
        ("io_status", STOCKIN),
        ("operate_time", STOCKIN),
        ("warehouse", STOCKIN),
        ("type", STOCKIN),
        ("remark", STOCKIN),
        ("item", STOCKIN),
        ("erp_order_code", TRANSFER),
        ("order_status", TRANSFER),
        ("in_confirm_time", TRANSFER),
        ("owner_code", TRANSFER),
    ];
    for (name, method) in names {
        let nested = format!("{name}[]");
        let mut pairs = vec![
            ("entry_order_id", "E1"),
            ("order_code", "T1"),
            ("status", "FINISH"),
            ("order_status", "x"),
        ];
        pairs.retain(|pair| pair.0 != name);
        pairs.push((&nested, "x"));
        let refusal = understood(method, &pairs).await.unwrap_err();
        assert_eq!(refusal.pointer, Some(format!("/{name}")));
        assert_eq!(refusal.message, "参数不符合规范");
    }
}

#[tokio::test]
async fn two_nodes_send_the_arrival_number_as_the_remark() {
    for (node, remark, arrival_no) in [
        ("1483180733", Some("A1"), Some("A1")),
        ("1236120430", None, Some("")),
        ("01483180733", Some("A1"), None),
        ("N100", Some("A1"), None),
    ] {
        let mut pairs = vec![
            ("node_id", node),
            ("stockin_bn", "I1"),
            ("status", "FINISH"),
        ];
        pairs.extend(remark.map(|remark| ("remark", remark)));
        let receipt = stockin(understood(STOCKIN, &pairs).await.unwrap());
        assert_eq!(receipt.arrival_no.as_deref(), arrival_no, "{node}");
        assert_eq!(receipt.remark.as_deref(), remark);
    }
}

#[tokio::test]
async fn a_time_that_was_not_sent_is_the_time_of_receiving_where_one_is_needed() {
    let receipt = understood(STOCKIN, &[("stockin_bn", "I1"), ("status", "FINISH")]).await;
    let receipt = stockin(receipt.unwrap());
    assert_eq!(receipt.operate_time, now());
    assert!(receipt.operate_time_is_default);

    let pairs = [
        ("order_code", "T1"),
        ("io_status", "0"),
        ("create_time", ""),
        ("out_confirm_time", "2024-02-29 00:00:00"),
    ];
    let receipt = transfer(understood(TRANSFER, &pairs).await.unwrap());
    assert_eq!(
        (receipt.create_time, receipt.create_time_is_default),
        (now(), true)
    );
    assert_eq!(
        receipt.out_confirm_time.unwrap().to_string(),
        "2024-02-29 00:00:00"
    );
    assert_eq!(receipt.in_confirm_time, None);
    assert_eq!(receipt.status, "0");
}

#[tokio::test]
async fn extend_props_are_json_where_they_hold_an_object_or_an_array() {
    for (name, value, expected) in [
        ("extendProps", "", None),
        ("extendProps", " {\"a\":1.0} ", Some(r#"{"a":1.0}"#)),
        ("extendProps", "[1,]", Some(r#""[1,]""#)),
        ("extendProps", "null", Some(r#""null""#)),
        ("extendProps", "5", Some(r#""5""#)),
        ("extendProps[]", "", Some(r#"[""]"#)),
        ("extendProps[a][]", "{}", Some(r#"{"a":["{}"]}"#)),
    ] {
        let pairs = [("stockin_bn", "I1"), ("status", "FINISH"), (name, value)];
        let receipt = stockin(understood(STOCKIN, &pairs).await.unwrap());
        let props = receipt.extend_props;
        assert_eq!(
            props.as_ref().map(crate::RawJson::as_str),
            expected,
            "{value}"
        );
    }
}

#[tokio::test]
async fn a_stored_receipt_reads_as_the_same_receipt() {
    let item = r#"[{"product_bn":"A","x":1.0,"batch":{"actualQty":5,"inventoryType":"CC"}}]"#;
    let of = [
        ("stockin_bn", "I1"),
        ("status", "PARTIN"),
        ("item", item),
        ("extendProps[a]", "b"),
    ];
    let receipt = understood(STOCKIN, &of).await.unwrap();
    assert!(Receipt::from_json(Kind::Stockin, &receipt.to_json()).unwrap() == receipt);
    let of = [
        ("order_code", "T1"),
        ("order_status", "待\"出库"),
        ("item", item),
    ];
    let receipt = understood(TRANSFER, &of).await.unwrap();
    assert!(Receipt::from_json(Kind::Transfer, &receipt.to_json()).unwrap() == receipt);
}
