//! What a push does to a document: adding up, closing, learning numbers, repeats.

use super::*;

async fn arrival(method: &str, pairs: &[(&str, &str)]) -> Arrival {
    arrive(&receiver(), &push(method, pairs)).await.unwrap()
}

/// The document that a push makes where there is none.
async fn made(method: &str, pairs: &[(&str, &str)]) -> Receipt {
    let change = arrival(method, pairs).await.apply(&[], false).unwrap();
    assert_eq!(change.effect, Effect::Created);
    change.document.unwrap()
}

const PART: &[(&str, &str)] = &[
    ("stockin_bn", "I1"),
    ("status", "PARTIN"),
    ("remark", "first"),
    (
        "item",
        r#"[{"product_bn":"A","normal_num":1,"batch":{"actualQty":1}}]"#,
    ),
];

#[tokio::test]
async fn parts_add_up_until_one_closes_the_document_and_the_header_stays() {
    let first = made(STOCKIN, PART).await;
    let second = arrival(
        STOCKIN,
        &[
            ("stockin_bn", "I1"),
            ("status", "PARTIN"),
            ("remark", "second"),
            ("warehouse", "W2"),
            (
                "item",
                r#"[{"product_bn":"B"},{"product_bn":"A","normal_num":2,"batch":{"actualQty":2}}]"#,
            ),
        ],
    )
    .await
    .apply(&[first], false)
    .unwrap();
    assert_eq!(second.effect, Effect::Accumulated);

    let last = arrival(
        STOCKIN,
        &[
            ("stockin_bn", "I1"),
            ("status", "FINISH"),
            ("item", r#"[{"product_bn":"B","defective_num":4}]"#),
        ],
    )
    .await
    .apply(&[second.document.unwrap()], false)
    .unwrap();
    assert_eq!(last.effect, Effect::Finished);
    let document = stockin(last.document.clone().unwrap());
    assert_eq!(document.remark.as_deref(), Some("first"));
    assert_eq!(document.warehouse, None);
    let goods: Vec<_> = document
        .items
        .iter()
        .map(|goods| {
            let (batches, lines) = (goods.batches.len(), goods.lines.len());
            (
                &*goods.product_bn,
                goods.normal_num,
                goods.defective_num,
                batches,
                lines,
            )
        })
        .collect();
    assert_eq!(goods, [("A", 3, 0, 2, 2), ("B", 0, 4, 0, 2)]);

    for status in ["PARTIN", "FINISH"] {
        let late = arrival(
            STOCKIN,
            &[
                ("stockin_bn", "I1"),
                ("entry_order_id", "E1"),
                ("status", status),
            ],
        )
        .await;
        let finished = last.document.clone().unwrap();
        let change = late.apply(std::slice::from_ref(&finished), false).unwrap();
        assert_eq!(change.effect, Effect::Ignored);
        let mut learned = stockin(finished);
        learned.entry_order_id = Some("E1".to_owned());
        let learned = Receipt::Stockin(learned);
        assert!(change.document == Some(learned.clone()));
        let again = late.apply(&[learned], false).unwrap();
        assert_eq!((again.effect, again.document), (Effect::Ignored, None));
    }
}

#[tokio::test]
async fn a_number_that_a_document_lacks_is_learned_and_one_that_it_has_stays() {
    let stored = made(STOCKIN, PART).await;
    let both = [
        ("stockin_bn", "I1"),
        ("entry_order_id", "E1"),
        ("status", "PARTIN"),
    ];
    let learned = arrival(STOCKIN, &both)
        .await
        .apply(&[stored], false)
        .unwrap();
    let learned = learned.document.unwrap();
    assert_eq!(learned.identifiers(), [Some("I1"), Some("E1")]);

    let other = [
        ("stockin_bn", "I1"),
        ("entry_order_id", "E2"),
        ("status", "PARTIN"),
    ];
    let kept = arrival(STOCKIN, &other)
        .await
        .apply(&[learned], false)
        .unwrap();
    assert_eq!((kept.effect, kept.document), (Effect::Accumulated, None));
}

#[tokio::test]
async fn a_transfer_order_changes_its_status_and_learns_its_other_number_and_nothing_else() {
    let item = ("item", r#"[{"product_bn":"A","normal_num":1}]"#);
    let stored = made(
        TRANSFER,
        &[("order_code", "T1"), ("order_status", "OUT"), item],
    )
    .await;
    for (pairs, effect, status, second) in [
        (
            &[("order_code", "T1"), ("order_status", "OUT"), item][..],
            Effect::Unchanged,
            "OUT",
            None,
        ),
        (
            &[("order_code", "T1"), ("order_status", "out"), item],
            Effect::StatusChanged,
            "out",
            None,
        ),
        (
            &[
                ("order_code", "T1"),
                ("order_status", "IN"),
                ("owner_code", "X"),
            ],
            Effect::StatusChanged,
            "IN",
            None,
        ),
        (
            &[
                ("order_code", "T1"),
                ("erp_order_code", "P1"),
                ("order_status", "OUT"),
            ],
            Effect::Unchanged,
            "OUT",
            Some("P1"),
        ),
    ] {
        let change = arrival(TRANSFER, pairs)
            .await
            .apply(std::slice::from_ref(&stored), false)
            .unwrap();
        assert_eq!(change.effect, effect);
        let is_changed = (status, second) != ("OUT", None);
        assert_eq!(change.document.is_some(), is_changed);
        let document = transfer(change.document.unwrap_or_else(|| stored.clone()));
        assert_eq!(
            (&*document.status, document.erp_order_code.as_deref()),
            (status, second)
        );
        assert_eq!(document.owner_code, None);
        assert_eq!(document.items[0].normal_num, 1);
        assert_eq!(document.items[0].lines.len(), 1);
    }
}

#[tokio::test]
async fn numbers_of_two_documents_are_refused() {
    let [one, two] = [
        made(STOCKIN, PART).await,
        made(STOCKIN, &[("entry_order_id", "E1"), ("status", "FINISH")]).await,
    ];
    let both = arrival(
        STOCKIN,
        &[
            ("stockin_bn", "I1"),
            ("entry_order_id", "E1"),
            ("status", "PARTIN"),
        ],
    )
    .await;
    let refusal = both.apply(&[one, two], false).unwrap_err();
    assert_eq!(refusal.code.to_string(), "E_STATE");
    assert_eq!(refusal.message, "单号与已有单据冲突");
}

#[tokio::test]
async fn a_sum_with_what_is_stored_is_refused_at_the_line_that_leaves_the_range() {
    let stored = made(STOCKIN, &[
        ("stockin_bn", "I1"),
        ("status", "PARTIN"),
        ("item", r#"[{"product_bn":"A","normal_num":9223372036854775800,"defective_num":-9223372036854775808}]"#),
    ])
    .await;
    for (item, place) in [
        (
            r#"[{"product_bn":"A","normal_num":7},{"product_bn":"A","normal_num":1}]"#,
            "/item/1/normal_num",
        ),
        (
            r#"[{"product_bn":"B"},{"product_bn":"A","defective_num":-1}]"#,
            "/item/1/defective_num",
        ),
        (
            r#"[{"product_bn":"A","batch":{"actualQty":8}}]"#,
            "/item/0/normal_num",
        ),
    ] {
        let push = arrival(
            STOCKIN,
            &[("stockin_bn", "I1"), ("status", "FINISH"), ("item", item)],
        )
        .await;
        let refusal = push
            .apply(std::slice::from_ref(&stored), false)
            .unwrap_err();
        assert_eq!(refusal.code.to_string(), "E_PARAM");
        assert_eq!(refusal.pointer.as_deref(), Some(place));
    }
    // What comes first may make room for what follows.
    let item = r#"[{"product_bn":"A","normal_num":-10},{"product_bn":"A","normal_num":10}]"#;
    let push = arrival(
        STOCKIN,
        &[("stockin_bn", "I1"), ("status", "FINISH"), ("item", item)],
    )
    .await;
    assert_eq!(
        push.apply(&[stored], false).unwrap().effect,
        Effect::Finished
    );
}

#[tokio::test]
async fn a_policy_holds_back_only_what_was_counted_before() {
    let stored = [made(STOCKIN, PART).await];
    for (repeats, held_back) in [
        (Repeats::Accumulate, Effect::Accumulated),
        (Repeats::Quarantine, Effect::Quarantined),
        (Repeats::Drop, Effect::Dropped),
    ] {
        let receiver = with(|settings| settings.repeats = repeats);
        let push = arrive(&receiver, &push(STOCKIN, PART)).await.unwrap();
        assert_eq!(push.repeats, repeats);
        assert_eq!(
            push.apply(&stored, false).unwrap().effect,
            Effect::Accumulated
        );
        let change = push.apply(&stored, true).unwrap();
        assert_eq!(change.effect, held_back);
        assert_eq!(change.document.is_some(), repeats == Repeats::Accumulate);
        assert_eq!(push.apply(&[], true).unwrap().effect, Effect::Created);
    }
}

#[tokio::test]
async fn a_push_that_was_held_back_can_be_let_through_as_it_was() {
    let receiver = with(|settings| settings.repeats = Repeats::Quarantine);
    let pairs = [PART, &[("task", "t1")]].concat();
    let push = arrive(&receiver, &push(STOCKIN, &pairs)).await.unwrap();
    let mut looked_up = stockin(push.receipt.clone());
    looked_up.stockin_type = crate::shopex_oms::StockinType::Other;
    let receipt = Receipt::Stockin(looked_up);

    let again = Arrival::recall(
        &push.identity.node,
        push.received_at,
        push.body.clone(),
        receipt.clone(),
    );
    let again = again.unwrap();
    assert!(again.receipt == receipt);
    assert!(
        again.identity.fingerprint == push.identity.fingerprint
            && again.identity.content == push.identity.content
    );
    assert_eq!(
        (
            &again.identity.sign,
            &again.identity.task,
            &again.reply,
            again.identity.method
        ),
        (
            &push.identity.sign,
            &push.identity.task,
            &push.reply,
            push.identity.method
        )
    );
    let change = again.apply(&[made(STOCKIN, PART).await], true).unwrap();
    assert_eq!(change.effect, Effect::Accumulated);
    assert_eq!(stockin(change.document.unwrap()).items[0].normal_num, 2);
}
