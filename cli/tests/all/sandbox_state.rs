//! What the sandbox remembers of earlier requests, in memory and in a file.

use crate::support::{self, Draft, ENTERPRISE, FLAGSHIP, TOP, TRANSFER, example, prepared, send};
use dockseal::BeijingTime;
use dockseal_cli::sandbox::{ACCOUNTS, Outcome, Sandbox, SandboxError};

#[test]
fn a_second_push_of_an_outer_no_is_refused_as_the_vendor_does() {
    let sandbox = Sandbox::builder().start().unwrap();
    let first = send(&sandbox, &example(&sandbox, ENTERPRISE)).unwrap();
    let second = send(&sandbox, &example(&sandbox, ENTERPRISE)).unwrap();
    assert_eq!(first.json()["code"], 0);
    assert_eq!(
        second.text(),
        r#"{"code":"40","message":"外部单号已存在,不能重复推送"}"#
    );
    assert_eq!(sandbox.requests()[1].outcome, Outcome::Duplicate);
    let other = Draft::example(ENTERPRISE, BeijingTime::now()).replace("\"ghs\"", "\"ghs2\"");
    assert_eq!(other.send(&sandbox).json()["code"], 0);
}

#[test]
fn a_repeated_out_bill_code_gets_the_first_reply_again() {
    let sandbox = Sandbox::builder().start().unwrap();
    let first = send(&sandbox, &example(&sandbox, TOP)).unwrap();
    let second = send(&sandbox, &example(&sandbox, TOP)).unwrap();
    assert_eq!(first.body, second.body);
    let outcomes: Vec<_> = sandbox.requests().iter().map(|seen| seen.outcome).collect();
    assert_eq!(outcomes, [Outcome::Accepted, Outcome::Repeated]);
}

#[test]
fn every_flagship_push_makes_another_order() {
    let sandbox = Sandbox::builder().start().unwrap();
    let ids = [1, 2, 3].map(|_| {
        send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap().json()["data"]["process_id"].clone()
    });
    assert_eq!(ids, [1, 2, 3]);
}

#[test]
fn an_equal_push_gets_the_same_reply_and_an_equal_task_counts_once() {
    let sandbox = Sandbox::builder().start().unwrap();
    let draft = Draft::example(TRANSFER, BeijingTime::now());
    assert_eq!(draft.send(&sandbox).body, draft.send(&sandbox).body);

    let mut tasked = Draft::example(TRANSFER, BeijingTime::now());
    tasked.form.push(("task".to_owned(), "T1".to_owned()));
    let first = tasked.send(&sandbox).body;
    let again = tasked.replace("TRF20250101001", "TRF9").send(&sandbox).body;
    assert_eq!(first, again);
    assert_eq!(sandbox.requests().pop().unwrap().outcome, Outcome::Repeated);
}

#[test]
fn both_accounts_of_a_gateway_are_known_and_kept_apart() {
    let sandbox = Sandbox::builder().start().unwrap();
    for account in ACCOUNTS
        .iter()
        .filter(|account| account.gateway == "wangdian-enterprise")
    {
        let json = support::example_json(ENTERPRISE);
        let request = prepared(
            &sandbox,
            ENTERPRISE,
            json,
            &account.keys().unwrap(),
            BeijingTime::now(),
        );
        assert_eq!(send(&sandbox, &request).unwrap().json()["code"], 0);
    }
}

#[test]
fn the_state_file_survives_a_restart() {
    let directory = std::env::temp_dir().join(format!("dockseal-sandbox-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("state.json");
    let _ = std::fs::remove_file(&file);
    let start = || Sandbox::builder().state(&file).start().unwrap();
    {
        let sandbox = start();
        assert_eq!(
            send(&sandbox, &example(&sandbox, ENTERPRISE))
                .unwrap()
                .json()["code"],
            0
        );
        assert_eq!(
            send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap().json()["data"]["process_id"],
            1
        );
    }
    let sandbox = start();
    assert_eq!(
        send(&sandbox, &example(&sandbox, ENTERPRISE))
            .unwrap()
            .json()["code"],
        "40"
    );
    assert_eq!(
        send(&sandbox, &example(&sandbox, FLAGSHIP)).unwrap().json()["data"]["process_id"],
        2
    );
    sandbox.stop();

    std::fs::write(&file, "{\"version\": 1, \"made\": [{\"gat").unwrap();
    let error = Sandbox::builder().state(&file).start().unwrap_err();
    assert!(
        error.to_string().contains("state.json is no state file"),
        "{error}"
    );
    assert!(
        error.zh().contains("state.json 不是沙箱状态文件"),
        "{}",
        error.zh()
    );
    std::fs::write(&file, r#"{"version":9,"made":[],"known":[]}"#).unwrap();
    assert!(
        Sandbox::builder()
            .state(&file)
            .start()
            .unwrap_err()
            .to_string()
            .contains("version 9")
    );
    std::fs::remove_dir_all(&directory).unwrap();
    let error = Sandbox::builder().state(&file).start().unwrap_err();
    assert!(
        matches!(error, SandboxError::State(_)) && error.to_string().contains("state.json"),
        "{error}"
    );
}

#[test]
fn what_cannot_be_kept_is_not_called_a_success() {
    let directory =
        std::env::temp_dir().join(format!("dockseal-sandbox-gone-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let sandbox = Sandbox::builder()
        .state(directory.join("state.json"))
        .start()
        .unwrap();
    std::fs::remove_dir_all(&directory).unwrap();
    let answer = send(&sandbox, &example(&sandbox, ENTERPRISE)).unwrap();
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("state.json"));
    assert_eq!(sandbox.requests()[0].outcome, Outcome::NotKept);
}
