//! `dockseal sign explain` and `sign verify`: what they show, in which forms they take a request,
//! and that no secret gets out.

use crate::program::{command, finish, form, post, run, sign};

const SECRET: &str = "testsecret:testsalt";
const QUERY: &str =
    "sid=testsid&key=testkey&salt=testsalt&method=process.Process.upload&timestamp=438393600&v=1.0";
const BODY: &str = r#"[{"out_warehouse_no":"WH1","remark":"加急"}]"#;
/// Over the request above, computed by another program.
const RIGHT: &str = "34a75d601f6e8f64803114270208800e";

fn request(signature: &str) -> String {
    post(
        &format!("{QUERY}&sign={signature}"),
        "application/json",
        BODY,
    )
}

#[test]
fn every_step_of_a_flagship_signature_is_shown() {
    let run = sign("explain", "wangdian-flagship", &request(RIGHT), SECRET, &[]);
    assert_eq!(run.code, 0, "{}", run.seen());
    for part in [
        "lowerhex(md5(secret + text + secret))",
        "438393600 = unix 1763740800 = 2025-11-22 00:00:00 Beijing time; window ±120 s",
        " 4  salt  →  salt‹salt›",
        "left out    sign: carries the signature",
        "‹secret›body[{\"out_warehouse_no\":\"WH1\",\"remark\":\"加急\"}]keytestkey",
        "132 bytes of UTF-8, 128 characters",
        RIGHT,
        "✓ the request carries this signature",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn the_same_is_shown_in_chinese() {
    let run = sign(
        "explain",
        "wangdian-flagship",
        &request("0"),
        SECRET,
        &["--lang", "zh"],
    );
    assert_eq!(run.code, 5);
    for part in [
        "北京时间 2025-11-22 00:00:00；允许误差 ±120 秒",
        "参与签名",
        "即签名本身",
        "请求中的签名与此不同",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn json_has_every_step_as_a_member() {
    let json = sign(
        "explain",
        "wangdian-flagship",
        &request(RIGHT),
        SECRET,
        &["--json"],
    )
    .json();
    assert_eq!(json["sign"], RIGHT);
    assert_eq!(json["timestamp"]["unix"], 1_763_740_800);
    assert_eq!(json["signed"][3]["piece"], "salt‹salt›");
    assert_eq!(json["left_out"][0]["name"], "sign");
    assert_eq!(json["sent_sign_matches"], true);
}

#[test]
fn a_nested_message_shows_its_inner_digest_and_what_is_never_signed() {
    let parameters = [
        "--param",
        "item[0]=x",
        "--param",
        "item[1]=y",
        "--param",
        "method=m",
        "--param",
        "rpc_id=3",
    ];
    let mut command = command(
        &[
            &["sign", "explain", "shopex-oms", "--secret", "env:SECRET"],
            &parameters[..],
        ]
        .concat(),
    );
    command.env("SECRET", "oms-token");
    let run = finish(command, b"");
    assert!(
        run.out
            .contains("UPPERHEX(md5(text)) = FF970745E0EBA2A551D5B48CB2900D44"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("rpc_id: this gateway never signs it"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("UPPERHEX(MD5(item0x1ymethodm))‹secret›"),
        "{}",
        run.out
    );
}

#[test]
fn blank_values_are_left_out_where_the_gateway_does() {
    let pairs = form(&[
        ("method", "m"),
        ("note", " "),
        ("session", "6100session"),
        ("sign_method", "md5"),
    ]);
    let run = sign("explain", "taobao-top", &pairs, "top-secret", &[]);
    assert!(
        run.out.contains("note: empty or white space"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("session‹session›") && !run.seen().contains("6100"),
        "{}",
        run.out
    );
}

#[test]
fn doubtful_time_stamps_are_pointed_at() {
    let cases = [
        (
            "wangdian-flagship",
            "timestamp=1763740800",
            "1325347200 has to be subtracted",
        ),
        (
            "wangdian-flagship",
            "timestamp=1763740800000",
            "these are milliseconds",
        ),
        (
            "wangdian-enterprise",
            "timestamp=438393600",
            "seems to have been subtracted",
        ),
        (
            "wangdian-enterprise",
            "timestamp=2025-11-22",
            "this is no time stamp",
        ),
        (
            "taobao-top",
            "timestamp=1763740800",
            "should be written as 2025-01-31 10:00:00",
        ),
    ];
    for (gateway, stamp, doubt) in cases {
        let run = sign("explain", gateway, stamp, "some:secret", &[]);
        assert!(run.out.contains(doubt), "{gateway} {stamp}: {}", run.seen());
    }
}

#[test]
fn without_a_secret_everything_but_the_signature_is_shown() {
    let run = run(&["sign", "explain", "wangdian-enterprise", "--param", "sid=a"]);
    assert_eq!(run.code, 0, "{}", run.seen());
    assert!(
        run.out.contains("03-sid:0001-a‹secret›") && run.out.contains("add --secret"),
        "{}",
        run.out
    );
}

#[test]
fn a_method_with_data_is_signed_as_the_library_would() {
    let data = r#"{"out_warehouse_no":"A","in_warehouse_no":"B","operator_name":"x","producer_no":"P","process_count":1,"detail_list":[]}"#;
    let arguments = [
        "sign",
        "explain",
        "process.Process.upload",
        "--data",
        data,
        "--secret",
        "-",
        "--account",
        "sid=s",
        "--account",
        "key=k",
        "--at",
        "2025-11-22 00:00:00",
        "--json",
    ];
    let run = finish(command(&arguments), b"testsecret:testsalt\n");
    let json = run.json();
    assert_eq!(json["timestamp"]["sent"], "438393600");
    assert_eq!(json["sent_sign_matches"], true);
    assert!(
        json["signed"][0]["piece"]
            .as_str()
            .unwrap()
            .starts_with("body[{\"out_warehouse_no\":\"A\"")
    );
    let lacking = finish(command(&arguments[..7]), b"testsecret:testsalt\n");
    assert_eq!(lacking.code, 2);
    assert!(
        lacking.err.contains("add --account sid=…"),
        "{}",
        lacking.err
    );
}

#[test]
fn a_request_is_taken_as_http_text_curl_command_har_entry_and_piece_by_piece() {
    let url = format!("http://h/openapi?{QUERY}&sign={RIGHT}");
    let curl = format!(
        "curl -X POST '{url}' \\\n  -H 'Content-Type: application/json' \\\n  --data-raw '{BODY}'"
    );
    let har = serde_json::json!({ "request": { "method": "POST", "url": url, "postData": { "text": BODY } } });
    let verbose = format!(
        "*   Trying\n> POST /openapi?{QUERY}&sign={RIGHT} HTTP/1.1\n> Host: h\n>\n{BODY}\n< HTTP/1.1 200 OK\n"
    );
    for text in [request(RIGHT), curl, har.to_string(), verbose] {
        let run = sign("verify", "wangdian-flagship", &text, SECRET, &[]);
        assert_eq!(run.code, 0, "{text}: {}", run.seen());
    }
    let mut arguments = vec![
        "sign",
        "verify",
        "wangdian-flagship",
        "--secret",
        "env:SECRET",
        "--body",
        BODY,
        "--got",
        RIGHT,
    ];
    arguments.extend(QUERY.split('&').flat_map(|pair| ["--param", pair]));
    let mut command = command(&arguments);
    command.env("SECRET", SECRET);
    assert_eq!(finish(command, b"").code, 0);
}

#[test]
fn verify_hides_the_right_signature_until_it_is_asked_for() {
    let hidden = sign("verify", "wangdian-flagship", &request("00"), SECRET, &[]);
    assert_eq!(hidden.code, 5);
    assert!(!hidden.seen().contains(RIGHT), "{}", hidden.seen());
    assert!(
        hidden.out.contains("dockseal sign find wangdian-flagship"),
        "{}",
        hidden.out
    );
    let shown = sign(
        "verify",
        "wangdian-flagship",
        &request("00"),
        SECRET,
        &["--show", "--json"],
    );
    assert_eq!(
        (shown.code, shown.json()["expected"].as_str()),
        (5, Some(RIGHT))
    );
    let zh = sign(
        "verify",
        "wangdian-flagship",
        &request("00"),
        SECRET,
        &["--lang", "zh"],
    );
    assert!(zh.out.contains("签名不符"), "{}", zh.out);
}
