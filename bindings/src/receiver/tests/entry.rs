//! Who is let in: system parameters, tokens, signatures, the window.

use std::collections::HashSet;

use super::*;

const FINISHED: [(&str, &str); 2] = [("stockin_bn", "I1"), ("status", "FINISH")];

async fn is_let_in(receiver: &Receiver, body: &str) -> bool {
    match arrive(receiver, body).await {
        Ok(_) => true,
        Err(refusal) => {
            assert_eq!(refusal.message, "签名错误");
            assert_eq!(refusal.code.to_string(), "E_SIGN");
            false
        }
    }
}

#[tokio::test]
async fn a_signed_push_arrives_with_everything_an_inbox_needs() {
    let body = push(
        STOCKIN,
        &[("stockin_bn", "I1"), ("status", "FINISH"), ("task", "t1")],
    );
    let arrival = arrive(&receiver(), &body).await.unwrap();
    assert_eq!(arrival.identity.node, NODE);
    assert_eq!(arrival.identity.method, STOCKIN);
    assert_eq!(arrival.body, body.as_bytes());
    assert!(body.ends_with(&arrival.identity.sign));
    assert_eq!(arrival.identity.task.as_deref(), Some("t1"));
    assert_eq!(
        arrival.reply,
        r#"{"rsp":"succ","msg":"入库单状态更新成功","data":{"stockin_bn":"I1"}}"#
    );
}

#[tokio::test]
async fn system_checks_come_in_order_and_name_their_parameter() {
    let push = |without: &str, pairs: &[(&str, &str)]| {
        let mut all = vec![("node_id", NODE), ("method", STOCKIN)];
        all.retain(|(name, _)| *name != without);
        all.extend_from_slice(pairs);
        signed(&all, TOKEN)
    };
    let receiver = receiver();
    for (body, expected) in [
        (
            "node_id=a&node_id=b".to_owned(),
            "E_PARAM 参数不符合规范 /node_id",
        ),
        (String::new(), "E_PARAM 参数不符合规范 /node_id"),
        ("node_id=N100".to_owned(), "E_PARAM 参数不符合规范 /method"),
        (
            "node_id=N100&method=m".to_owned(),
            "E_PARAM 参数不符合规范 /sign",
        ),
        (
            "node_id=N100&method=m&sign=".to_owned(),
            "E_PARAM 参数不符合规范 /sign",
        ),
        (
            "node_id=N100&method=m&sign[]=x".to_owned(),
            "E_PARAM 参数不符合规范 /sign",
        ),
        (
            "node_id=N9&method=m&sign=x&flag=".to_owned(),
            "E_PARAM 参数不符合规范 /flag",
        ),
        (
            "node_id=N9&method=m&sign=x&flag[]=erpapi".to_owned(),
            "E_PARAM 参数不符合规范 /flag",
        ),
        (
            "node_id=N9&method=m&sign=x".to_owned(),
            "E_PARAM 节点不存在 /node_id",
        ),
        (
            "node_id=N100&method=m&sign=x".to_owned(),
            "E_SIGN 签名错误 /sign",
        ),
        (
            push("method", &[("method", "wms.other")]),
            "E_PARAM 接口不存在 /method",
        ),
        (
            push("", &[("flag", "erpapi")]),
            "E_PARAM 入库单号必填 /stockin_bn",
        ),
    ] {
        assert_eq!(refused(&receiver, &body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn only_the_exact_signature_of_this_very_push_counts() {
    let receiver = receiver();
    let good = push(STOCKIN, &FINISHED);
    assert!(is_let_in(&receiver, &good).await);
    let (rest, sign) = good.rsplit_once('=').unwrap();
    for other in [
        format!("{rest}={}", sign.to_lowercase()),
        format!("{rest}={sign}+"),
        format!("{rest}={}", &sign[..31]),
        format!("{rest}=true"),
        good.replace("stockin_bn=I1", "stockin_bn=I2"),
        format!("{good}&remark=x"),
    ] {
        assert!(!is_let_in(&receiver, &other).await, "{other}");
    }
    // The order of the pairs and how they are escaped are no part of the push.
    let (sign_last, escaped) = (good.rsplit_once('&').unwrap(), good.replace("=I1", "=%491"));
    assert!(is_let_in(&receiver, &format!("{}&{}", sign_last.1, sign_last.0)).await);
    assert!(is_let_in(&receiver, &escaped).await);
}

#[tokio::test]
async fn both_tokens_count_while_one_replaces_the_other() {
    let tokens = NodeTokens::by_node_id()
        .with(NODE, "old")
        .with(NODE, "new")
        .with("N200", "another");
    let receiver = Receiver::new(OutOfReach, tokens);
    let pairs = [
        ("node_id", NODE),
        ("method", STOCKIN),
        FINISHED[0],
        FINISHED[1],
    ];
    for (token, is_good) in [
        ("old", true),
        ("new", true),
        ("another", false),
        ("", false),
    ] {
        assert_eq!(
            is_let_in(&receiver, &signed(&pairs, token)).await,
            is_good,
            "{token}"
        );
    }
}

#[tokio::test]
async fn an_empty_token_lets_nobody_in() {
    let tokens = NodeTokens::by_node_id().with(NODE, "");
    let receiver = Receiver::new(OutOfReach, tokens);
    let body = signed(&[("node_id", NODE), ("method", STOCKIN)], "");
    assert_eq!(
        refused(&receiver, &body).await,
        "E_PARAM 节点不存在 /node_id"
    );
}

#[tokio::test]
async fn a_sender_can_be_told_by_from_node_id_and_its_documents_belong_to_that() {
    let tokens = NodeTokens::by_from_node_id().with("F1", "token of F1");
    let receiver = Receiver::new(OutOfReach, tokens);
    let pairs = [
        ("node_id", NODE),
        ("method", STOCKIN),
        FINISHED[0],
        FINISHED[1],
    ];
    let from = |node| {
        signed(
            &[&pairs[..], &[("from_node_id", node)]].concat(),
            "token of F1",
        )
    };

    let arrival = arrive(&receiver, &from("F1")).await.unwrap();
    assert_eq!(arrival.identity.node, "F1");
    assert_eq!(
        refused(&receiver, &from("F2")).await,
        "E_PARAM 节点不存在 /from_node_id"
    );
    assert_eq!(
        refused(&receiver, &signed(&pairs, "token of F1")).await,
        "E_PARAM 参数不符合规范 /from_node_id"
    );
}

#[tokio::test]
async fn what_a_queue_puts_in_is_neither_signed_nor_part_of_the_push() {
    let body = push(STOCKIN, &FINISHED);
    let queued = format!("_FROM_MQ_QUEUE=q&rpc_id=1&task_type=x&taskmgr_sign=y&{body}");
    let (plain, queued) = (
        arrive(&receiver(), &body).await.unwrap(),
        arrive(&receiver(), &queued).await.unwrap(),
    );
    assert!(plain.identity.fingerprint == queued.identity.fingerprint);
    assert!(plain.identity.content == queued.identity.content);
}

#[tokio::test]
async fn fingerprints_tell_pushes_apart_by_meaning_and_not_by_writing() {
    let body = push(STOCKIN, &FINISHED);
    let (rest, sign) = body.rsplit_once('&').unwrap();
    let reordered = format!("{sign}&{}", rest.replace("FINISH", "FINIS%48"));
    let later = push(
        STOCKIN,
        &[FINISHED[0], FINISHED[1], ("timestamp", "1738288801")],
    );
    let other = push(STOCKIN, &[FINISHED[0], FINISHED[1], ("remark", "")]);
    let list = push(STOCKIN, &[FINISHED[0], FINISHED[1], ("extendProps[]", "a")]);
    let map = push(
        STOCKIN,
        &[FINISHED[0], FINISHED[1], ("extendProps[x]", "a")],
    );

    let mut seen = Vec::new();
    for body in [&body, &reordered, &later, &other, &list, &map] {
        let arrival = arrive(&receiver(), body).await.unwrap();
        seen.push((arrival.identity.fingerprint, arrival.identity.content));
    }
    assert!(seen[0] == seen[1]);
    assert!(seen[0].1 == seen[2].1, "the time stamp is no content");
    let all: HashSet<_> = seen.iter().map(|(all, _)| all).collect();
    let contents: HashSet<_> = seen.iter().map(|(_, content)| content).collect();
    assert_eq!((all.len(), contents.len()), (5, 4));
}

#[tokio::test]
async fn a_system_parameter_with_brackets_is_refused_although_the_signature_holds() {
    let body = push(STOCKIN, &[FINISHED[0], FINISHED[1], ("task", "T1")]);
    let cut = body.replace("task=T1", "task%5BT1%5D=");
    assert_ne!(cut, body);
    let refusal = arrive(&receiver(), &cut).await.unwrap_err();
    assert_eq!(refusal.pointer.as_deref(), Some("/task"));
}

#[tokio::test]
async fn a_strict_receiver_wants_all_nine_system_parameters() {
    let strict = with(|settings| settings.strict = true);
    let mut pairs = vec![
        ("node_id", NODE),
        ("method", STOCKIN),
        FINISHED[0],
        FINISHED[1],
    ];
    for name in [
        "flag",
        "app_id",
        "certi_id",
        "from_node_id",
        "node_type",
        "timestamp",
    ] {
        assert_eq!(
            refused(&strict, &signed(&pairs, TOKEN)).await,
            format!("E_PARAM 参数不符合规范 /{name}")
        );
        pairs.push((name, if name == "flag" { "erpapi" } else { "1" }));
    }
    assert!(is_let_in(&strict, &signed(&pairs, TOKEN)).await);
}

#[tokio::test]
async fn a_window_holds_both_ways_and_only_where_one_is_set() {
    let at = |stamp| push(STOCKIN, &[FINISHED[0], FINISHED[1], ("timestamp", stamp)]);
    let minute = with(|settings| settings.window = Some(Duration::from_secs(60)));
    for (stamp, is_near) in [
        ("1738288800", true),
        ("1738288740", true),
        ("1738288860", true),
        ("1738288739", false),
        ("1738288861", false),
        ("", false),
        ("+1738288800", false),
        ("1738288800.0", false),
        ("99999999999999999999", false),
    ] {
        let body = at(stamp);
        assert!(arrive(&receiver(), &body).await.is_ok(), "{stamp}");
        match arrive(&minute, &body).await {
            Ok(_) => assert!(is_near, "{stamp}"),
            Err(refusal) => {
                assert!(!is_near, "{stamp}");
                assert_eq!(refusal.pointer.as_deref(), Some("/timestamp"));
            }
        }
    }
}

#[tokio::test]
async fn a_form_that_is_none_or_too_large_is_refused_in_the_envelope() {
    let receiver = with(|settings| settings.limits.body = 1 << 10);
    for (body, pointer) in [
        (&b"a=%FF"[..], Some("/a")),
        (b"%FF=a", None),
        (b"extendProps[a]=1&extendProps[a]=2", Some("/extendProps/a")),
        (b"a=1&a[b]=2", Some("/a")),
        (&[b'a'; 2 << 10], None),
        (&b"a&".repeat(500), Some("/a")),
    ] {
        let answer = receiver.receive(body, now()).await;
        assert_eq!(
            answer.body,
            r#"{"rsp":"fail","msg":"参数不符合规范","msg_code":"E_PARAM"}"#
        );
        let Outcome::Refused(refusal) = answer.outcome else {
            panic!("taken")
        };
        assert_eq!(refusal.pointer.as_deref(), pointer);
    }
}

#[tokio::test]
async fn only_who_is_told_to_explains() {
    let body = push(
        STOCKIN,
        &[
            ("stockin_bn", "I1"),
            ("status", "FINISH"),
            ("item", "[{\"\\\":1}]"),
        ],
    );
    let plain = receiver().receive(body.as_bytes(), now()).await;
    assert_eq!(
        plain.body,
        r#"{"rsp":"fail","msg":"参数不符合规范","msg_code":"E_PARAM"}"#
    );
    let explaining = with(|settings| settings.explain = true);
    let explained = explaining.receive(body.as_bytes(), now()).await;
    assert_eq!(
        explained.body,
        r#"{"rsp":"fail","msg":"参数不符合规范 /item: this is no list; send one JSON array of objects as text","msg_code":"E_PARAM"}"#
    );
}

#[tokio::test]
async fn a_store_out_of_reach_is_never_a_success() {
    let body = push(STOCKIN, &FINISHED);
    let answer = receiver().receive(body.as_bytes(), now()).await;
    assert_eq!(
        answer.body,
        r#"{"rsp":"fail","msg":"内部处理异常","msg_code":"E_INTERNAL"}"#
    );
}
