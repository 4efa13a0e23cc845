//! `dockseal sign` where something is wrong with what it is given, and what it must never show.

use crate::program::{post, run, sign};

const SECRET: &str = "testsecret:testsalt";
const QUERY: &str =
    "sid=testsid&key=testkey&salt=testsalt&method=process.Process.upload&timestamp=438393600&v=1.0";
const BODY: &str = r#"[{"out_warehouse_no":"WH1","remark":"加急"}]"#;

fn request(signature: &str) -> String {
    post(
        &format!("{QUERY}&sign={signature}"),
        "application/json",
        BODY,
    )
}

#[test]
fn no_secret_appears_in_any_output() {
    let leaky = request("00").replace("加急", "my testsecret and testsalt");
    let verbs = [&["--json"][..], &[], &["--lang", "zh"]];
    for verb in ["explain", "verify", "find"] {
        for more in verbs {
            let run = sign(verb, "wangdian-flagship", &leaky, SECRET, more);
            for hidden in ["testsecret", "testsalt"] {
                assert!(!run.seen().contains(hidden), "{verb}: {}", run.seen());
            }
        }
    }
    // Refused secrets are not shown either.
    for refused in [
        " testsecret:testsalt",
        "testsecret :testsalt",
        "testsecret:",
    ] {
        let run = sign("explain", "wangdian-flagship", &request("00"), refused, &[]);
        assert_eq!(run.code, 2, "{}", run.seen());
        assert!(!run.seen().contains("testsecret"), "{}", run.seen());
    }
}

#[test]
fn a_secret_on_the_command_line_is_warned_of_and_not_shown() {
    for arguments in [
        &[
            "sign",
            "verify",
            "wangdian-enterprise",
            "--param",
            "sid=a",
            "--got",
            "0",
            "--secret",
            "plain-secret",
        ][..],
        &[
            "sign",
            "verify",
            "wangdian-enterprise",
            "--secret",
            "plain-secret",
        ],
    ] {
        let run = run(arguments);
        assert!(
            run.err.contains("warning: a secret on the command line"),
            "{}",
            run.err
        );
        assert!(!run.seen().contains("plain-secret"), "{}", run.seen());
    }
}

#[test]
fn what_is_wrong_with_the_command_line_ends_with_code_2_and_a_next_step() {
    let cases: [(&[&str], &str, &str); 6] = [
        (
            &["wangdian-flagsip"],
            "neither a gateway nor a method",
            "did you mean wangdian-flagship",
        ),
        (
            &["wangdian-flagship"],
            "nothing to look at",
            "add --request FILE",
        ),
        (
            &["wangdian-flagship", "--param", "sid"],
            "--param wants NAME=VALUE",
            "",
        ),
        (
            &["wangdian-flagship", "--request", "/no/such/file"],
            "cannot be read",
            "",
        ),
        (
            &[
                "wangdian-flagship",
                "--param",
                "sid=a",
                "--secret",
                "env:NO_SUCH_VARIABLE",
            ],
            "NO_SUCH_VARIABLE is not set",
            "",
        ),
        (
            &["wangdian-flagship", "--data", "{}"],
            "--data needs a method",
            "",
        ),
    ];
    for (arguments, what, help) in cases {
        let run = run(&[&["sign", "explain"], arguments].concat());
        assert_eq!(run.code, 2, "{}", run.seen());
        assert!(
            run.err.contains(what) && run.err.contains(help),
            "{}",
            run.err
        );
    }
    let run = run(&[
        "sign",
        "verify",
        "wangdian-flagship",
        "--param",
        "sid=a",
        "--param",
        "sign=0",
    ]);
    assert!(run.err.contains("a secret is needed"), "{}", run.err);
}

#[test]
fn a_value_that_is_not_utf8_is_explained() {
    let run = sign(
        "find",
        "wangdian-enterprise",
        "sid=a&remark=%BC%D3&sign=0",
        "some-secret",
        &[],
    );
    assert_eq!(run.code, 2);
    assert!(run.err.contains("encodes as GBK"), "{}", run.err);
}

#[test]
fn a_json_body_to_a_form_gateway_is_warned_of() {
    let text = post("method=m&sign=0", "application/json", "{\"a\":1}");
    let run = sign("verify", "shopex-oms", &text, "oms-token", &[]);
    assert!(run.err.contains("reads forms only"), "{}", run.err);
}
