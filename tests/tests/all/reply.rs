//! Replies in both directions: every reply that the documents and the vendors' own servers give ends
//! as what it means, and is written back as it came.

use std::fmt::Write;
use std::time::Duration;

use dockseal::api::Request;
use dockseal::http::StatusCode;
use dockseal::object::write::{Escape, to_json};
use dockseal::reply::{CallError, Cause, Verdict, judge};
use dockseal::shopex_oms::{
    ErrorCode, ResponseStatus, StockinStatusUpdate, StockinStatusUpdateReply,
};
use dockseal::taobao_top::{ApiResult, ProtocolCallback, ProtocolCallbackReply};
use dockseal::wangdian_enterprise::{StockinRefundPush, StockinRefundPushReply};
use dockseal::wangdian_flagship::{
    ProcessUpload, ProcessUploadData, ProcessUploadReply, ProcessUploadStatus,
};
use dockseal::{Described, RawJson};

use crate::support::compare::{Side, blank};
use crate::support::golden;
use crate::support::schemas::Schemas;

/// Reads a reply that came with HTTP status 200 under a wrong label, as the gateways send them.
pub(crate) fn read_reply<R: Request>(body: &[u8]) -> Result<R::Output, CallError<R::Reply>>
where
    R::Reply: std::fmt::Debug,
{
    dockseal::reply::read_reply::<R>(StatusCode::OK, Some("text/html"), body)
}

/// The same, whole.
pub(crate) fn read_whole<R: Request>(body: &[u8]) -> Result<R::Reply, CallError<R::Reply>>
where
    R::Reply: std::fmt::Debug,
{
    dockseal::reply::read_whole::<R>(StatusCode::OK, Some("text/html"), body)
}

/// Replies beyond the documents' examples, by gateway.
const SEEN: &[(&str, &[&str])] = &[
    (
        "wangdian-flagship",
        &[
            r#"{"status":"0","data":{"process_id":"317","process_no":"P","message":"","status":0}}"#,
            r#"{"data":{"process_id":1,"process_no":"P","message":"","status":0}}"#,
            r#"{"message":"验证失败"}"#,
            r#"{"status":100,"message":"超过每分钟最大调用频率限制，请稍后重试"}"#,
            r#"{"status":100,"message":"超过每分钟最大并发次数限制,请稍后重试"}"#,
            r#"{"status":7,"message":"timestamp"}"#,
            r#"{"status":4,"message":"db error"}"#,
            r#"{"status":0,"data":{"process_id":2,"process_no":"P","message":"","status":30,"new":[1.50]},"total":1}"#,
            r#"{"status":0}"#,
            r#"{"status":0,"data":[]}"#,
            "{}",
        ],
    ),
    (
        "wangdian-enterprise",
        &[
            r#"{"code":"0","message":""}"#,
            r#"{"code":0,"trades":[{"trade_no":"1"}],"total_count":1}"#,
            r#"{"code":1,"message":"外部单号重复"}"#,
            r#"{"code":"100","message":"调用频率超限"}"#,
            r#"{"code":2000,"message":"仓库不存在"}"#,
            r#"{"message":"系统错误"}"#,
            "{}",
        ],
    ),
    (
        "taobao-top",
        &[
            r#"{"alibaba_wdk_protocol_callback_response":{"result":{"success":true,"model":true},"request_id":"r1"}}"#,
            r#"{"result":{"success":"true","model":"false"},"request_id":"r1"}"#,
            "<?xml version=\"1.0\" encoding=\"utf-8\" ?><alibaba_wdk_protocol_callback_response><result><success>true</success><model>true</model></result><request_id>r1</request_id></alibaba_wdk_protocol_callback_response><!--host-->",
            "<alibaba_wdk_protocol_callback_response>\n    <result>\n        <success>false</success>\n        <err_code>PARAM_ERROR</err_code>\n        <err_msg><![CDATA[参数<错误>]]></err_msg>\n        <model>true</model>\n    </result>\n</alibaba_wdk_protocol_callback_response>",
            "<error_response>\n    <code>50</code>\n    <msg>Remote service error</msg>\n    <sub_code>isv.invalid-parameter</sub_code>\n    <sub_msg>非法参数</sub_msg>\n</error_response>",
            r#"{"error_response":{"code":"50","msg":"Remote service error","sub_code":"isv.invalid-parameter","sub_msg":"非法参数"}}"#,
            r#"{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isp.top-remote-connection-timeout","request_id":"r2"}}"#,
            r#"{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-api-access-count","sub_msg":"This ban will last for 25 more seconds"}}"#,
            r#"{"error_response":{"code":31,"msg":"Invalid timestamp"}}"#,
            r#"{"error_response":{"code":25,"msg":"Invalid signature"},"request_id":"r3"}"#,
        ],
    ),
    (
        "shopex-oms",
        &[
            r#"{"rsp":"success","data":{"stockin_bn":"I1"},"res":""}"#,
            r#"{"rsp":"succ","data":[],"res":""}"#,
            r#"{"rsp":"succ","data":null,"res":"该请求已经处理，不能在处理了！"}"#,
            r#"{"rsp":"fail","res":"4003","data":[],"msg":"sign error"}"#,
            r#"{"rsp":"fail","res":"4001","data":{},"msg":"error method"}"#,
            r#"{"rsp":"fail","res":"Fatal error: out of memory","data":null}"#,
            r#"{"rsp":"fail","msg":"订单正在处理，请稍后请求!","msg_code":"4007"}"#,
            r#"{"rsp":"fail","msg":"提交过","msg_code":"E_DUPLICATE"}"#,
            r#"{"rsp":"fail","msg":"签名错误","msg_code":"E_SIGN"}"#,
            r#"{"rsp":"fail","msg":"内部错误","msg_code":"E_INTERNAL"}"#,
            r#"{"rsp":"fail","msg":"\u8f6c\u50a8\u5355\u53f7\u5fc5\u586b","msg_code":4007}"#,
        ],
    ),
];

#[test]
fn every_reply_means_what_its_golden_file_says_and_is_written_back() {
    let schemas = Schemas::load();
    for any in dockseal::APIS {
        let api = any.api();
        let examples = schemas.examples(api.schema).into_iter();
        let examples = examples.filter_map(|example| Some(example.get("reply")?.to_string()));
        let seen = SEEN
            .iter()
            .find(|(gateway, _)| *gateway == api.gateway.name);
        let seen = seen.unwrap().1.iter().map(|body| (*body).to_owned());
        let mut text = String::new();
        for body in examples.chain(seen) {
            let mut reply = any.blank_reply();
            let verdict = judge(api, reply.as_mut(), body.as_bytes());
            let said = match &verdict {
                Verdict::Success => "success".to_owned(),
                Verdict::Partial(failure) => format!("partial: {failure}"),
                Verdict::Failed(failure) => {
                    format!(
                        "{}: {failure}",
                        format!("{:?}", failure.class()).to_lowercase()
                    )
                }
                Verdict::Pending(failure) => format!("pending: {failure}"),
                Verdict::Unreadable(error) => format!("unreadable: {error}"),
            };
            let written = to_json(reply.as_ref(), Escape::Raw);
            writeln!(text, "{body}\n= {said}").unwrap();
            if !matches!(verdict, Verdict::Unreadable(_)) {
                writeln!(text, "> {written}").unwrap();
                let mut again = blank(api, Side::Reply);
                // A failure may lack what its type requires; nothing of it is lost all the same.
                let _ = Side::Reply.read(api, again.as_mut(), &written);
                assert_eq!(to_json(again.as_ref(), Escape::Raw), written, "{body}");
            }
            text += "\n";
        }
        golden::check(
            &format!("{}/{}.replies", api.gateway.name, api.method),
            &text,
        );
    }
}

#[test]
fn replies_that_we_send_are_these_bytes_and_are_read_back() {
    let success = ProcessUploadReply::new()
        .with_status(0)
        .with_data(ProcessUploadData::new(
            317,
            "PS2021113010",
            ProcessUploadStatus::Done,
            "",
        ));
    assert_eq!(
        success.to_json(),
        r#"{"status":0,"data":{"process_id":317,"process_no":"PS2021113010","status":0,"message":""}}"#
    );
    assert_eq!(
        read_whole::<ProcessUpload>(success.to_json().as_bytes()),
        Ok(success)
    );

    let success = StockinRefundPushReply::new()
        .with_code(0)
        .with_message("succeed");
    assert_eq!(success.to_json(), r#"{"code":0,"message":"succeed"}"#);
    assert_eq!(
        read_reply::<StockinRefundPush>(success.to_json().as_bytes()),
        Ok(success)
    );

    let success = ProtocolCallbackReply::new()
        .with_result(ApiResult::new().with_success(true).with_model(true))
        .with_request_id("r");
    assert_eq!(
        success.to_json(),
        r#"{"result":{"success":true,"model":true},"request_id":"r"}"#
    );
    assert_eq!(
        read_reply::<ProtocolCallback>(success.to_json().as_bytes()),
        Ok(success)
    );

    let failure = StockinStatusUpdateReply::new(ResponseStatus::Failure)
        .with_msg("入库单号必填")
        .with_msg_code(ErrorCode::Param);
    assert_eq!(
        failure.to_json(),
        r#"{"rsp":"fail","msg":"入库单号必填","msg_code":"E_PARAM"}"#
    );
    let Err(CallError::Rejected(failure)) =
        read_reply::<StockinStatusUpdate>(failure.to_json().as_bytes())
    else {
        panic!("not rejected");
    };
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("E_PARAM", "入库单号必填")
    );
}

#[test]
fn flagship_throttling_is_told_by_its_text_with_either_comma_and_waits_five_minutes() {
    for comma in [",", "，", " ， ", ""] {
        let body = format!(
            "{{\"status\":100,\"message\":\"超过每分钟最大调用频率限制{comma}请稍后重试\"}}"
        );
        let Err(CallError::Throttled { failure, wait }) =
            read_reply::<ProcessUpload>(body.as_bytes())
        else {
            panic!("{body}");
        };
        assert_eq!(
            (failure.code.as_str(), wait),
            ("100", Some(Duration::from_secs(300)))
        );
    }
    let other =
        read_reply::<ProcessUpload>(r#"{"status":1,"message":"超过每分钟最大"}"#.as_bytes());
    assert!(matches!(other, Err(CallError::Rejected(_))));
}

#[test]
fn an_audit_that_failed_is_partial_with_the_whole_reply() {
    let body = r#"{"status":0,"data":{"process_id":0,"process_no":"PS1","message":"审核失败","status":20}}"#;
    let Err(CallError::Partial { failure, reply }) = read_reply::<ProcessUpload>(body.as_bytes())
    else {
        panic!("not partial");
    };
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("20", "审核失败")
    );
    assert_eq!(reply.data.unwrap().status, ProcessUploadStatus::AuditFailed);
}

#[test]
fn a_top_failure_beside_other_members_is_a_failure() {
    let body = br#"{"error_response":{"code":25,"msg":"Invalid signature"},"request_id":"r3"}"#;
    let Err(CallError::Rejected(failure)) = read_reply::<ProtocolCallback>(body) else {
        panic!("not rejected");
    };
    assert_eq!(failure.code, "25");
}

#[test]
fn all_writings_of_one_top_reply_are_one_value() {
    let meant = ProtocolCallbackReply::new()
        .with_result(ApiResult::new().with_success(true).with_model(false))
        .with_request_id("r1");
    for body in [
        r#"{"alibaba_wdk_protocol_callback_response":{"result":{"success":true,"model":false},"request_id":"r1"}}"#,
        r#"{"result":{"success":true,"model":false},"request_id":"r1"}"#,
        "<alibaba_wdk_protocol_callback_response><result><success>true</success><model>false</model></result><request_id>r1</request_id></alibaba_wdk_protocol_callback_response>",
    ] {
        assert_eq!(
            read_reply::<ProtocolCallback>(body.as_bytes()).as_ref(),
            Ok(&meant),
            "{body}"
        );
    }
}

#[test]
fn all_writings_of_one_top_failure_are_one_failure() {
    let mut seen = Vec::new();
    for body in [
        r#"{"error_response":{"code":50,"msg":"Remote service error","sub_code":"isv.invalid-parameter","sub_msg":"非法参数"}}"#,
        r#"{"error_response":{"code":"50","msg":"Remote service error","sub_code":"isv.invalid-parameter","sub_msg":"非法参数"}}"#,
        "<error_response><code>50</code><msg>Remote service error</msg><sub_code>isv.invalid-parameter</sub_code><sub_msg>非法参数</sub_msg></error_response>",
    ] {
        let Err(CallError::Rejected(failure)) = read_reply::<ProtocolCallback>(body.as_bytes())
        else {
            panic!("{body}");
        };
        seen.push(failure);
    }
    assert_eq!(seen[0].sub_message.as_deref(), Some("非法参数"));
    assert_eq!((&seen[0], &seen[0]), (&seen[1], &seen[2]));
}

#[test]
fn a_text_of_the_oms_in_the_place_of_a_code_is_a_message() {
    let body = r#"{"rsp":"fail","res":"Fatal error: out of memory","data":null}"#;
    let Err(CallError::Rejected(failure)) = read_reply::<StockinStatusUpdate>(body.as_bytes())
    else {
        panic!("not rejected");
    };
    assert_eq!(
        (failure.code.as_str(), failure.message.as_str()),
        ("", "Fatal error: out of memory")
    );
    for repeat in ["不能重复", "该请求已经处理，不能在处理了！"] {
        let body = format!("{{\"rsp\":\"succ\",\"data\":null,\"res\":\"{repeat}\"}}");
        let Err(CallError::Duplicate(failure)) = read_reply::<StockinStatusUpdate>(body.as_bytes())
        else {
            panic!("{body}");
        };
        assert_eq!(
            (failure.code.as_str(), failure.message.as_str()),
            ("", repeat)
        );
    }
}

#[test]
fn unknown_fields_are_kept_in_order_and_written_back_as_they_came() {
    let body = r#"{"status":0,"total":1.50,"data":{"process_id":1,"process_no":"P","status":0,"message":"","z":{"b": 1,"a":"仓"}},"a":null}"#;
    let reply = read_whole::<ProcessUpload>(body.as_bytes()).unwrap();
    assert_eq!(
        reply.extra.get("total"),
        Some(&RawJson::parse("1.50").unwrap())
    );
    assert_eq!(
        reply.to_json(),
        r#"{"status":0,"data":{"process_id":1,"process_no":"P","status":0,"message":"","z":{"b": 1,"a":"仓"}},"total":1.50,"a":null}"#
    );
}

#[test]
fn a_failure_of_the_vendors_side_leaves_the_outcome_open_and_says_what_makes_a_repeat_safe() {
    let body = br#"{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isp.x"}}"#;
    let Err(CallError::Unknown(unknown)) = read_reply::<ProtocolCallback>(body) else {
        panic!("not unknown");
    };
    assert!(matches!(&unknown.cause, Cause::Vendor(failure) if failure.code == "15"));
    assert_eq!(unknown.advice.key, Some("/process_do/out_bill_code"));
    let body = br#"{"status":4,"message":"db"}"#;
    let Err(CallError::Unknown(unknown)) = read_reply::<ProcessUpload>(body) else {
        panic!("not unknown");
    };
    assert!(!unknown.advice.repeat_is_harmless);
}
