//! Lines, counts and batches: what is taken, what is refused and where.

use super::*;

async fn items(item: &str) -> Result<Vec<StockinGoods>, Refusal> {
    let pairs = [("stockin_bn", "I1"), ("status", "FINISH"), ("item", item)];
    understood(STOCKIN, &pairs)
        .await
        .map(|receipt| stockin(receipt).items)
}

async fn place(item: &str) -> String {
    let refusal = items(item).await.unwrap_err();
    assert_eq!(refusal.message, "参数不符合规范", "{item}");
    refusal.pointer.unwrap()
}

fn counts(items: &[StockinGoods]) -> Vec<(&str, i64, i64)> {
    items
        .iter()
        .map(|goods| (&*goods.product_bn, goods.normal_num, goods.defective_num))
        .collect()
}

#[tokio::test]
async fn no_items_are_written_in_five_ways() {
    for item in ["", "null", "[]", " [ ] "] {
        assert!(items(item).await.unwrap().is_empty(), "{item:?}");
    }
    let receipt = understood(STOCKIN, &[("stockin_bn", "I1"), ("status", "FINISH")]).await;
    assert!(stockin(receipt.unwrap()).items.is_empty());
}

#[tokio::test]
async fn what_is_no_json_array_is_refused_as_a_whole() {
    let deep = format!("[{{\"a\":{}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let open = "[".repeat(100_000);
    for item in [
        " ",
        " null",
        "{}",
        "5",
        "\"x\"",
        "[",
        "[{}",
        "[{},]",
        "[{}]x",
        "[{'a':1}]",
        "[NaN]",
        "\u{FEFF}[]",
        // Malformed where nothing is read.
        r#"[{"product_bn":"A","x":[1,]}]"#,
        r#"[{"product_bn":"A","x":01}]"#,
        "[{\"product_bn\":\"A\",\"x\":\"\n\"}]",
        // Half a character, as a value or a name.
        r#"[{"product_bn":"A","x":"\uD83D"}]"#,
        r#"[{"product_bn":"A","x":"\uDE00\uD83D"}]"#,
        r#"[{"product_bn":"A","x":"\uD83Dx\uDE00"}]"#,
        r#"[{"product_bn":"A","\ud800":1}]"#,
        &deep,
        &open,
    ] {
        assert_eq!(
            place(item).await,
            "/item",
            "{}",
            &item[..item.len().min(40)]
        );
    }
}

#[tokio::test]
async fn whole_characters_and_a_hundred_levels_are_read() {
    let deep = format!("{}{}", "[".repeat(98), "]".repeat(98));
    let item = format!(r#"[{{"product_bn":"\uD83D\uDE00\\uD83D\"\\","x":{deep}}}]"#);
    assert_eq!(items(&item).await.unwrap()[0].product_bn, "😀\\uD83D\"\\");
}

#[tokio::test]
async fn the_shape_is_judged_before_any_line_and_lines_from_first_to_last() {
    assert_eq!(place("[{},5]").await, "/item/1");
    assert_eq!(
        place(r#"[{"product_bn":"A"},{}]"#).await,
        "/item/1/product_bn"
    );
    assert_eq!(
        place(r#"[{"product_bn":"A","batch":"x","defective_num":"x","normal_num":"x"}]"#).await,
        "/item/0/normal_num"
    );
    assert_eq!(
        place(r#"[{"product_bn":"A","batch":"x","defective_num":"x"}]"#).await,
        "/item/0/defective_num"
    );
    // A sum is looked at when every line is known to be right.
    let sum = r#"{"product_bn":"A","normal_num":9223372036854775807}"#;
    assert_eq!(
        place(&format!("[{sum},{sum},{{}}]")).await,
        "/item/2/product_bn"
    );
    assert_eq!(place(&format!("[{sum},{sum}]")).await, "/item/1/normal_num");
}

#[tokio::test]
async fn counts_are_exact_integers_or_refused() {
    for (written, count) in [
        ("9007199254740993", 9_007_199_254_740_993),
        ("9223372036854775807.0", i64::MAX),
        ("-9.223372036854775808E18", i64::MIN),
        ("\"-2.0\"", -2),
        ("\"\\u0037\"", 7),
        ("null", 0),
        ("\"\"", 0),
    ] {
        let item = format!(r#"[{{"product_bn":"A","normal_num":{written}}}]"#);
        assert_eq!(
            counts(&items(&item).await.unwrap()),
            [("A", count, 0)],
            "{written}"
        );
    }
    for written in [
        "9223372036854775808",
        "1e400",
        "1.5",
        "true",
        "[]",
        "{}",
        "\" 5\"",
        "\"+5\"",
        "\"1e2\"",
        "\"10.\"",
        "\"9223372036854775808\"",
    ] {
        let item = format!(r#"[{{"product_bn":"A","normal_num":{written}}}]"#);
        assert_eq!(place(&item).await, "/item/0/normal_num", "{written}");
    }
}

#[tokio::test]
async fn goods_merge_by_exact_text_in_order_of_first_appearance() {
    let item = r#"[{"product_bn":"B","normal_num":1},{"product_bn":1},{"product_bn":"b"},
        {"product_bn":"1","defective_num":"2"},{"product_bn":"B","normal_num":-3},{"product_bn":"B "}]"#;
    let items = items(item).await.unwrap();
    assert_eq!(
        counts(&items),
        [("B", -2, 0), ("1", 0, 2), ("b", 0, 0), ("B ", 0, 0)]
    );
    assert_eq!(items[0].lines.len(), 2);
    assert_eq!(
        items[0].lines[1].as_str(),
        r#"{"product_bn":"B","normal_num":-3}"#
    );
}

#[tokio::test]
async fn the_last_of_repeated_members_counts_and_escaped_names_are_names() {
    let item = r#"[{"product_bn":5.5,"product_bn":"A","normal_num":"x","\u006eormal_num":4}]"#;
    assert_eq!(counts(&items(item).await.unwrap()), [("A", 4, 0)]);
}

#[tokio::test]
async fn members_that_are_not_used_are_not_looked_at() {
    let item =
        r#"[{"product_bn":"A","plan_count":"x","in_count":1.5,"inventoryType":{},"weight":1e999}]"#;
    assert_eq!(counts(&items(item).await.unwrap()), [("A", 0, 0)]);
    let pairs = [
        ("order_code", "T1"),
        ("order_status", "x"),
        ("item", r#"[{"product_bn":"A","batch":"x"}]"#),
    ];
    assert_eq!(
        transfer(understood(TRANSFER, &pairs).await.unwrap())
            .items
            .len(),
        1
    );
}

#[tokio::test]
async fn batches_give_the_counts_only_where_the_line_has_none() {
    let batch = r#""batch":[{"actualQty":3},{"actualQty":"4","inventoryType":"CC"},{"actualQty":0},
        {"actualQty":5,"inventoryType":"cc"}]"#;
    for (line, normal, defective) in [
        ("", 8, 4),
        (r#""normal_num":"","defective_num":null,"#, 8, 4),
        (r#""normal_num":0,"#, 0, 0),
        (r#""defective_num":"1","#, 0, 1),
    ] {
        let item = format!(r#"[{{"product_bn":"A",{line}{batch}}}]"#);
        let items = items(&item).await.unwrap();
        assert_eq!(counts(&items), [("A", normal, defective)], "{line}");
        assert_eq!(items[0].batches.len(), 3);
    }
}

#[tokio::test]
async fn a_batch_says_what_is_wrong_with_it_and_where() {
    for (batch, expected) in [
        ("5", ""),
        (r#""[]""#, ""),
        ("[5]", "/0"),
        (r#"[{"actualQty":1},null]"#, "/1"),
        ("{}", "/actualQty"),
        (r#"[{"actualQty":""}]"#, "/0/actualQty"),
        (r#"[{"batchCode":1.5,"actualQty":0}]"#, "/0/batchCode"),
        (r#"[{"produceCode":true,"actualQty":0}]"#, "/0/produceCode"),
        (
            r#"[{"productDate":20240101,"actualQty":0}]"#,
            "/0/productDate",
        ),
        (
            r#"[{"expireDate":"2024-1-1","actualQty":0}]"#,
            "/0/expireDate",
        ),
    ] {
        let item = format!(r#"[{{"product_bn":"A","batch":{batch}}}]"#);
        assert_eq!(
            place(&item).await,
            format!("/item/0/batch{expected}"),
            "{batch}"
        );
    }
    let item = r#"[{"product_bn":"A","batch":{"batchCode":7,"produceCode":"","productDate":"0000-00-00",
        "expireDate":"2024-02-29 23:59:59","actualQty":1e0}}]"#;
    let batch = &items(item).await.unwrap()[0].batches[0];
    assert_eq!(batch.batch_code.as_deref(), Some("7"));
    assert_eq!(batch.produce_code.as_deref(), Some(""));
    assert_eq!(batch.product_date, None);
    assert_eq!(batch.expire_date.as_deref(), Some("2024-02-29 23:59:59"));
    assert_eq!((batch.condition, batch.quantity), (Condition::Normal, 1));
}

#[tokio::test]
async fn batches_too_many_to_be_summed_up_are_refused_only_where_the_sum_is_needed() {
    let batch = r#""batch":[{"actualQty":9223372036854775807},{"actualQty":0},{"actualQty":1}]"#;
    assert_eq!(
        place(&format!(r#"[{{"product_bn":"A",{batch}}}]"#)).await,
        "/item/0/batch/2/actualQty"
    );
    let counted = format!(r#"[{{"product_bn":"A","normal_num":1,{batch}}}]"#);
    assert_eq!(counts(&items(&counted).await.unwrap()), [("A", 1, 0)]);
    // The sum of the goods leaves the range although that of the batches does not.
    let line = r#"{"product_bn":"A","batch":{"actualQty":9223372036854775807}}"#;
    assert_eq!(
        place(&format!("[{line},{line}]")).await,
        "/item/1/normal_num"
    );
}

#[tokio::test]
async fn lines_are_kept_as_sent_but_for_extend_props_that_hold_json() {
    for (sent, kept) in [
        (r#""{\"a\": [1.0]}""#, r#"{"a": [1.0]}"#),
        (r#"" [] ""#, "[]"),
        (r#""5""#, r#""5""#),
        (r#""null""#, r#""null""#),
        (r#""{bad}""#, r#""{bad}""#),
        (r#""{\"a\":\"\\uD800\"}""#, r#""{\"a\":\"\\uD800\"}""#),
        (r#"{"b":1}"#, r#"{"b":1}"#),
    ] {
        let item = format!(r#"[{{"z":1e0,"extendProps":{sent},"product_bn":"A"}}]"#);
        let line = &items(&item).await.unwrap()[0].lines[0];
        assert_eq!(
            line.as_str(),
            format!(r#"{{"z":1e0,"extendProps":{kept},"product_bn":"A"}}"#)
        );
    }
}
