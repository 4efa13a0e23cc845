//! `dockseal call` against a sandbox: each end of a call with its exit code, and what is shown of a
//! call that is not made.

use std::process::Command;

use crate::program::{Run, command, finish, run};
use dockseal_cli::sandbox::{Fault, Running, Sandbox};

const FLAGSHIP: &str = "process.Process.upload";
const ENTERPRISE: &str = "stockin_refund_push.php";
const TOP: &str = "alibaba.wdk.protocol.callback";
const TRANSFER: &str = "wms.transferorder.update";

fn start() -> Running {
    Sandbox::builder().start().unwrap()
}

/// Calls with the document's example and the test account.
fn example(sandbox: &Running, method: &str, more: &[&str]) -> Run {
    let url = sandbox.base_url("");
    run(&[&["call", method, "--example", "--sandbox", &url], more].concat())
}

fn example_json(method: &str) -> &'static str {
    let api = dockseal::APIS
        .iter()
        .find(|known| known.api().method == method)
        .unwrap()
        .api();
    api.examples
        .iter()
        .find_map(|example| example.request)
        .unwrap()
}

#[track_caller]
fn ended(run: &Run, outcome: &str, code: i32) {
    assert_eq!(run.code, code, "{}", run.seen());
    assert_eq!(run.json()["outcome"], outcome, "{}", run.seen());
}

#[test]
fn every_example_is_accepted() {
    let sandbox = start();
    for known in dockseal::APIS {
        ended(&example(&sandbox, known.api().method, &["--json"]), "ok", 0);
    }
    assert_eq!(sandbox.count(), dockseal::APIS.len() as u64);
}

#[test]
fn a_duplicate_and_a_partial_are_refusals_with_a_next_step() {
    let sandbox = start();
    example(&sandbox, ENTERPRISE, &[]);
    ended(&example(&sandbox, ENTERPRISE, &["--json"]), "duplicate", 1);

    let order = example_json(FLAGSHIP).replace(
        r#""operator_name""#,
        r#""remark":"AUDIT-FAIL","operator_name""#,
    );
    let url = sandbox.base_url("");
    let arguments = ["call", FLAGSHIP, "--data", "-", "--sandbox", &url, "--json"];
    let partial = finish(command(&arguments), order.as_bytes());
    ended(&partial, "partial", 1);
    assert_eq!(partial.json()["code"], "20");
    assert!(partial.json()["reply"]["data"]["process_no"].is_string());
    assert!(partial.json()["next"].is_string());
}

#[test]
fn throttled_is_four_and_says_how_long_to_wait() {
    let sandbox = start();
    sandbox.plan([Some(Fault::Throttled)]);
    let run = example(&sandbox, FLAGSHIP, &[]);
    assert_eq!(run.code, 4, "{}", run.seen());
    assert!(run.out.contains("wait"), "{}", run.out);
    assert_eq!(sandbox.count(), 1);
}

#[test]
fn an_unknown_outcome_is_three_and_was_sent_once() {
    let sandbox = start();
    for (fault, outcome) in [
        (Fault::ResetAfter, "unknown"),
        (Fault::LoginPage, "bad-reply"),
    ] {
        let before = sandbox.count();
        sandbox.plan([Some(fault)]);
        ended(&example(&sandbox, FLAGSHIP, &["--json"]), outcome, 3);
        assert_eq!(sandbox.count(), before + 1, "{fault}");
    }
    sandbox.plan([Some(Fault::ResetAfter)]);
    let zh = example(&sandbox, FLAGSHIP, &["--lang", "zh"]);
    assert!(zh.out.contains("切勿直接重发"), "{}", zh.out);
}

#[test]
fn what_may_be_repeated_is_repeated_and_ends_well() {
    let sandbox = start();
    sandbox.plan([Some(Fault::ResetAfter)]);
    ended(&example(&sandbox, TOP, &["--json"]), "ok", 0);
    assert_eq!(sandbox.count(), 2);
}

#[test]
fn a_wrong_secret_is_five_and_is_not_shown() {
    let sandbox = start();
    let url = sandbox.base_url("shopex-oms");
    let mut command = command(&[
        "call",
        TRANSFER,
        "--example",
        "--base-url",
        &url,
        "--credential",
        "node_id=1000000001",
        "--credential",
        "from_node_id=2000000001",
        "--credential",
        "certi_id=3000000001",
        "--credential",
        "token=env:TOKEN",
    ]);
    command.env("TOKEN", "not-the-token");
    let run = finish(command, b"");
    assert_eq!(run.code, 5, "{}", run.seen());
    assert!(run.out.contains("dockseal sign find"), "{}", run.out);
    assert!(!run.seen().contains("not-the-token"), "{}", run.seen());
}

#[test]
fn nothing_reached_is_one_and_says_that_nothing_was_done() {
    let sandbox = start();
    let url = sandbox.base_url("");
    sandbox.stop();
    ended(
        &run(&["call", FLAGSHIP, "--example", "--sandbox", &url, "--json"]),
        "not-sent",
        1,
    );
}

#[test]
fn a_request_that_breaks_its_schema_is_not_sent() {
    let sandbox = start();
    let order = example_json(FLAGSHIP).replace(r#""SC001""#, r#""""#);
    let url = sandbox.base_url("");
    for (more, code) in [(&[][..], 1), (&["--dry-run"], 1)] {
        let arguments = [
            &["call", FLAGSHIP, "--data", &order, "--sandbox", &url],
            more,
        ]
        .concat();
        let run = run(&arguments);
        assert_eq!(run.code, code, "{}", run.seen());
        assert!(run.seen().contains("producer_no"), "{}", run.seen());
    }
    assert_eq!(sandbox.count(), 0);
}

#[test]
fn a_dry_run_sends_nothing_and_shows_no_secret() {
    let sandbox = start();
    for known in dockseal::APIS {
        let run = example(&sandbox, known.api().method, &["--dry-run"]);
        assert_eq!(run.code, 0, "{}", run.seen());
        assert!(
            run.out.contains("POST ") && run.out.contains("‹"),
            "{}",
            run.out
        );
        for secret in [
            "sandbox-secret",
            "sandbox-salt",
            "sandbox-token",
            "sandbox-session",
        ] {
            assert!(!run.seen().contains(secret), "{secret}: {}", run.out);
        }
    }
    assert_eq!(sandbox.count(), 0);
}

#[test]
fn a_curl_command_masks_secret_parameters_until_asked() {
    let sandbox = start();
    for (method, secret) in [(FLAGSHIP, "sandbox-salt"), (TOP, "sandbox-session")] {
        let masked = example(&sandbox, method, &["--curl"]);
        assert!(!masked.seen().contains(secret), "{}", masked.seen());
        assert!(
            masked.err.contains("signature") && masked.err.contains("--show"),
            "{}",
            masked.err
        );
        let shown = example(&sandbox, method, &["--curl", "--show"]);
        assert!(shown.out.contains(secret), "{}", shown.out);
        assert!(!shown.err.contains("--show"), "{}", shown.err);
    }
    assert_eq!(sandbox.count(), 0);
}

#[test]
#[cfg(unix)]
fn the_curl_command_is_accepted_when_it_is_run() {
    if Command::new("curl").arg("--version").output().is_err() {
        return println!("skipped: there is no curl on this machine");
    }
    let sandbox = start();
    for known in dockseal::APIS {
        let curl = example(&sandbox, known.api().method, &["--curl", "--show"]).out;
        let output = Command::new("sh").args(["-c", &curl]).output().unwrap();
        assert!(output.status.success(), "{curl}");
        let seen = sandbox.requests().pop().unwrap();
        assert_eq!(seen.outcome.name(), "accepted", "{seen:?}");
    }
}

#[test]
fn any_method_can_be_called_raw() {
    let sandbox = start();
    let url = sandbox.base_url("");
    let raw = |method: &str, data: &str| {
        run(&[
            "call",
            method,
            "--raw",
            "wangdian-flagship",
            "--data",
            data,
            "--sandbox",
            &url,
            "--json",
        ])
    };
    ended(&raw(FLAGSHIP, example_json(FLAGSHIP)), "ok", 0);
    ended(&raw("goods.Goods.query", "[{}]"), "rejected", 1);
    assert_eq!(raw(FLAGSHIP, "no json").code, 2);
    let run = run(&[
        "call",
        "goods.Goods.query",
        "--data",
        "[]",
        "--sandbox",
        &url,
    ]);
    assert_eq!(run.code, 2, "{}", run.seen());
}

#[test]
fn a_profile_says_account_and_address() {
    let sandbox = start();
    let directory = std::env::temp_dir().join(format!("dockseal-call-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("config.toml");
    let profile = format!(
        "[profiles.main]\ngateway = \"wangdian-flagship\"\nsid = \"sandbox\"\nkey = \"sandbox-key\"\nappsecret = \"env:SECRET\"\nbase_url = \"{}\"\n",
        sandbox.base_url("wangdian-flagship")
    );
    std::fs::write(&file, profile).unwrap();
    let mut command = command(&["call", FLAGSHIP, "--example", "--profile", "main", "--json"]);
    command
        .env("DOCKSEAL_CONFIG", &file)
        .env("SECRET", "sandbox-secret:sandbox-salt");
    let run = finish(command, b"");
    std::fs::remove_dir_all(&directory).unwrap();
    ended(&run, "ok", 0);
    assert!(!run.seen().contains("sandbox-secret"), "{}", run.seen());
}

#[test]
fn a_misspelt_field_is_sent_with_a_warning_that_names_it() {
    let sandbox = Sandbox::builder().start().unwrap();
    let to = sandbox.base_url("");
    let data = r#"{"out_warehouse_no":"A","in_warehouse_no":"B","operator_name":"o","producer_no":"p",
        "process_count":1,"detail_list":[{"spec_no":"S","num":1,"is_prodct":true}],"is_chek":false}"#;
    let run = run(&[
        "call",
        "process.Process.upload",
        "--data",
        data,
        "--sandbox",
        &to,
    ]);
    assert_eq!(run.code, 0, "{}", run.seen());
    for name in ["/is_chek", "/detail_list/0/is_prodct"] {
        assert!(run.seen().contains(name), "{}", run.seen());
    }
}
