//! Each fault, as it arrives on the wire, and what the sandbox keeps of a request that met one.

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use crate::support::{
    self, ENTERPRISE, FLAGSHIP, STOCKIN, TOP, bytes_of, connect, example, exchange, parse, send,
    send_with,
};
use dockseal::BeijingTime;
use dockseal_cli::sandbox::{Fault, Outcome, Running, Sandbox};

fn with(fault: Fault) -> Running {
    Sandbox::builder()
        .fault(fault)
        .drip(Duration::from_millis(1))
        .start()
        .unwrap()
}

/// How many flagship orders were made, asked without a fault.
fn made(sandbox: &Running) -> u64 {
    sandbox.inject([]);
    let reply = send(sandbox, &example(sandbox, FLAGSHIP)).unwrap().json();
    reply["data"]["process_id"].as_u64().unwrap() - 1
}

#[test]
fn resets_are_resets_and_only_the_last_one_has_an_effect() {
    for (fault, orders, outcome) in [
        (Fault::ResetBefore, 0, Outcome::NotRead),
        (Fault::ResetDuring, 0, Outcome::NotRead),
        (Fault::ResetAfter, 1, Outcome::Accepted),
    ] {
        let sandbox = with(fault);
        let error = exchange(&sandbox, &bytes_of(&example(&sandbox, FLAGSHIP), "")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "{fault}");
        let seen = sandbox.requests();
        assert_eq!(
            (seen.len(), seen[0].outcome, seen[0].fault),
            (1, outcome, Some(fault))
        );
        assert_eq!(made(&sandbox), orders, "{fault}");
    }
}

#[test]
fn a_reset_strikes_a_later_request_of_a_connection_too() {
    let sandbox = Sandbox::builder().start().unwrap();
    sandbox.plan([None, Some(Fault::ResetBefore)]);
    let bytes = String::from_utf8(bytes_of(&example(&sandbox, FLAGSHIP), ""))
        .unwrap()
        .replace("connection: close\r\n", "");
    let mut stream = connect(&sandbox);
    let mut answer = [0; 4096];
    stream.write_all(bytes.as_bytes()).unwrap();
    let length = stream.read(&mut answer).unwrap();
    assert_eq!(parse(&answer[..length]).status, 200);
    stream.write_all(bytes.as_bytes()).unwrap();
    assert_eq!(
        stream.read(&mut answer).unwrap_err().kind(),
        ErrorKind::ConnectionReset
    );
    assert_eq!(made(&sandbox), 1);
}

#[test]
fn a_truncated_answer_has_less_than_it_announces() {
    let sandbox = with(Fault::Truncated);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    let announced: usize = answer.header("content-length").unwrap().parse().unwrap();
    assert!(
        answer.body.len() < announced,
        "{} of {announced}",
        answer.body.len()
    );
    assert!(!answer.body.is_empty());
    assert_eq!(made(&sandbox), 1);
}

#[test]
fn a_slow_answer_comes_in_drops() {
    let sandbox = Sandbox::builder()
        .fault(Fault::Slow)
        .drip(Duration::from_millis(5))
        .start()
        .unwrap();
    let mut stream = connect(&sandbox);
    stream
        .write_all(&bytes_of(&example(&sandbox, ENTERPRISE), ""))
        .unwrap();
    let (mut bytes, mut reads) = (Vec::new(), 0);
    let mut drop = [0; 4096];
    while let Ok(length @ 1..) = stream.read(&mut drop) {
        bytes.extend(&drop[..length]);
        reads += 1;
    }
    assert_eq!(parse(&bytes).json()["code"], 0);
    assert!(reads > 10, "{reads} reads");
}

#[test]
fn a_stalled_answer_never_comes_and_does_not_keep_the_sandbox() {
    let sandbox = with(Fault::Stall);
    let mut stream = connect(&sandbox);
    stream
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    stream
        .write_all(&bytes_of(&example(&sandbox, FLAGSHIP), ""))
        .unwrap();
    let error = stream.read(&mut [0; 16]).unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{error}"
    );
    assert_eq!(made(&sandbox), 1);
    sandbox.stop();
    assert!(
        !matches!(stream.read(&mut [0; 16]), Ok(1..)),
        "closed without an answer"
    );
}

#[test]
fn pages_of_html_stand_in_for_the_gateway() {
    let sandbox = with(Fault::Html502);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (502, Some("text/html"))
    );
    assert!(answer.text().contains("502 Bad Gateway"));
    assert_eq!(made(&sandbox), 1);

    let sandbox = with(Fault::LoginPage);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("text/html"))
    );
    assert!(answer.text().contains("password"));
    assert_eq!(sandbox.requests()[0].outcome, Outcome::NotProcessed);
    assert_eq!(made(&sandbox), 0);
}

#[test]
fn a_right_answer_can_have_the_wrong_label() {
    let sandbox = with(Fault::WrongContentType);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    assert_eq!(answer.header("content-type"), Some("text/html"));
    assert_eq!(answer.json()["status"], 0);
}

#[test]
fn a_duplicate_is_told_where_the_vendor_has_words_for_it() {
    let sandbox = with(Fault::DuplicateAnswer);
    let reply = |method| send(&sandbox, &example(&sandbox, method)).unwrap().json();
    assert_eq!(reply(ENTERPRISE)["message"], "外部单号已存在,不能重复推送");
    assert_eq!(
        (
            reply(STOCKIN)["rsp"].as_str(),
            reply(STOCKIN)["data"].as_str()
        ),
        (Some("succ"), Some("不能重复"))
    );
    assert_eq!(reply(support::TRANSFER)["data"], "不能重复");
    assert_eq!(
        (&reply(FLAGSHIP)["status"], &reply(TOP)["result"]["success"]),
        (&0.into(), &true.into())
    );
}

#[test]
fn throttling_is_told_in_the_vendors_words_with_both_commas() {
    let sandbox = with(Fault::Throttled);
    let reply = |method| send(&sandbox, &example(&sandbox, method)).unwrap().json();
    let told: Vec<String> = (0..3)
        .map(|_| reply(FLAGSHIP)["message"].as_str().unwrap().to_owned())
        .collect();
    assert!(
        told.iter().all(|text| text.starts_with("超过每分钟最大")),
        "{told:?}"
    );
    for comma in [",请", "，请"] {
        assert!(told.iter().any(|text| text.contains(comma)), "{told:?}");
    }
    assert_eq!(reply(FLAGSHIP)["status"], 100);
    assert!(
        reply(ENTERPRISE)["message"]
            .as_str()
            .unwrap()
            .contains("频率")
    );
    let top = reply(TOP);
    assert_eq!(
        (
            &top["error_response"]["code"],
            &top["error_response"]["sub_msg"]
        ),
        (&7.into(), &"This ban will last for 1 more seconds".into())
    );
    assert!(
        reply(STOCKIN)["msg"]
            .as_str()
            .unwrap()
            .contains("订单正在处理")
    );
    assert!(
        sandbox
            .requests()
            .iter()
            .all(|seen| seen.outcome == Outcome::Throttled)
    );
    assert_eq!(made(&sandbox), 0);
}

#[test]
fn a_clock_that_is_off_refuses_and_dates_by_its_own_time() {
    let fixed = BeijingTime::new(2025, 1, 31, 10, 0, 0).unwrap();
    let sandbox = Sandbox::builder()
        .clock(dockseal_cli::sandbox::Clock::fixed(fixed))
        .fault(Fault::ClockOff)
        .start()
        .unwrap();
    let answer = support::Draft::example(FLAGSHIP, fixed).send(&sandbox);
    assert_eq!(answer.json()["status"], 7);
    assert!(
        answer.json()["message"]
            .as_str()
            .unwrap()
            .contains("8 小时")
    );
    assert_eq!(answer.header("date"), Some("Fri, 31 Jan 2025 10:00:00 GMT"));
}

#[test]
fn answers_are_compressed_only_if_asked() {
    let sandbox = with(Fault::Gzip);
    let plain = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    assert_eq!(
        (plain.header("content-encoding"), &plain.json()["status"]),
        (None, &0.into())
    );
    let packed = send_with(
        &sandbox,
        &example(&sandbox, FLAGSHIP),
        "accept-encoding: gzip, br\r\n",
    )
    .unwrap();
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.body[..3], [0x1F, 0x8B, 8]);
    // One stored block: the JSON stands in it as it is.
    assert!(String::from_utf8_lossy(&packed.body[15..]).starts_with(r#"{"data""#));
}

#[test]
fn a_bomb_is_small_on_the_wire() {
    let sandbox = with(Fault::GzipBomb);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    assert_eq!(answer.header("content-encoding"), Some("gzip"));
    assert!(
        (800_000..900_000).contains(&answer.body.len()),
        "{}",
        answer.body.len()
    );
    // The length that the stream says of itself.
    let tail = answer.body.last_chunk::<4>().unwrap();
    assert_eq!(u32::from_le_bytes(*tail), 134_213_665);
}

#[test]
fn an_endless_answer_does_not_end() {
    let sandbox = with(Fault::Endless);
    let mut stream = connect(&sandbox);
    stream
        .write_all(&bytes_of(&example(&sandbox, FLAGSHIP), ""))
        .unwrap();
    let mut bytes = vec![0; 40 << 20];
    stream.read_exact(&mut bytes).unwrap();
}

#[test]
fn a_redirection_leads_to_another_host_where_followers_are_seen() {
    let sandbox = with(Fault::Redirect);
    let answer = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap();
    let to = answer.header("location").unwrap();
    assert_eq!(
        (answer.status, to),
        (
            302,
            &*format!("http://localhost:{}/_elsewhere", sandbox.address().port())
        )
    );
    support::get(&sandbox, "/_elsewhere");
    assert_eq!(sandbox.requests().pop().unwrap().outcome, Outcome::Strayed);
    assert_eq!(made(&sandbox), 0);
}

#[test]
fn answers_can_have_fields_and_values_that_no_document_names() {
    let sandbox = with(Fault::NewField);
    let reply = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap().json();
    assert!(
        reply["sandbox_new_field"].is_object() && reply["data"]["sandbox_new_field"].is_object()
    );
    assert_eq!(reply["data"]["process_id"], 1);

    let sandbox = with(Fault::NewEnum);
    let reply = send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap().json();
    assert_eq!(
        (
            &reply["status"],
            &reply["data"]["status"],
            &reply["data"]["process_id"]
        ),
        (&"0".into(), &99.into(), &"1".into())
    );
    assert_eq!(
        send(&sandbox, &example(&sandbox, ENTERPRISE))
            .unwrap()
            .json()["code"],
        "0"
    );
    assert_eq!(
        send(&sandbox, &example(&sandbox, STOCKIN)).unwrap().json()["rsp"],
        "succ"
    );
}

#[test]
fn one_seed_strikes_the_same_requests_again() {
    let struck = |seed| {
        let sandbox = Sandbox::builder()
            .fault(Fault::Html502.at(30))
            .seed(seed)
            .start()
            .unwrap();
        let hits: Vec<bool> = (0..30)
            .map(|_| send(&sandbox, &example(&sandbox, STOCKIN)).unwrap().status == 502)
            .collect();
        // Looking at the sandbox throws no dice.
        support::get(&sandbox, "/_sandbox/");
        hits
    };
    let first = struck(11);
    assert_eq!(first, struck(11));
    assert!(first.iter().any(|hit| *hit) && first.iter().any(|hit| !hit));
}

#[test]
fn every_fault_leaves_the_sandbox_alive() {
    let sandbox = Sandbox::builder()
        .drip(Duration::from_millis(1))
        .start()
        .unwrap();
    for fault in Fault::ALL {
        if matches!(fault, Fault::Stall | Fault::Endless) {
            continue;
        }
        sandbox.plan([Some(fault)]);
        let _ = send(&sandbox, &example(&sandbox, FLAGSHIP));
        assert_eq!(sandbox.requests().pop().unwrap().fault, Some(fault));
        assert_eq!(
            send(&sandbox, &example(&sandbox, STOCKIN)).unwrap().json()["rsp"],
            "succ",
            "after {fault}"
        );
    }
}
