//! `bindings/docs/limits.md` is true: each figure is the code's, and an input just within is read while
//! one just beyond is not. Rows that another test shows name it; here their figures are compared.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use dockseal::form::{FormError, FormValue, Limits, decode};
use dockseal::object::read::{EXCERPT, MOST_PROBLEMS};
use dockseal::object::{Blank as _, xml};
use dockseal::receiver::{Endpoint, NodeTokens, Outcome, Receiver, ServeSettings, Settings};
use dockseal::shopex_oms::{GATEWAY, StockinStatusUpdate};
use dockseal::sign::{self, Param, SecretString, SignError, Value};
use dockseal::wangdian_flagship::ProcessUploadDetail;
use dockseal::{BeijingDate, BeijingTime, Decimal, Described as _};
use dockseal_codegen::review::{Answer, Flow, Reading, compare};
use dockseal_codegen::{SourceFile, lower};
use dockseal_inbox::Inbox;

/// A row of the table.
struct Row {
    limit: String,
    figure: i128,
    constant: String,
    test: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rows() -> Vec<Row> {
    let text = fs::read_to_string(root().join("bindings/docs/limits.md")).unwrap();
    let cells = text.lines().filter_map(|line| line.strip_prefix("| "));
    let rows: Vec<_> = cells
        .skip(1)
        .map(|line| {
            let cells: Vec<_> = line
                .split(" | ")
                .map(|cell| cell.trim_end_matches(" |"))
                .collect();
            assert_eq!(cells.len(), 6, "{line}");
            Row {
                limit: cells[0].to_owned(),
                figure: cells[2].parse().unwrap_or_else(|_| panic!("{line}")),
                constant: cells[3].to_owned(),
                test: cells[5].trim_matches('`').to_owned(),
            }
        })
        .collect();
    assert!(rows.len() > 20, "the table was not found");
    rows
}

#[test]
fn every_row_is_the_code_s() {
    for row in rows() {
        let size = usize::try_from(row.figure).unwrap_or(usize::MAX);
        assert!(
            root().join(&row.test).is_file(),
            "{}: no {}",
            row.limit,
            row.test
        );
        prove(&row, size);
    }
}

#[allow(clippy::too_many_lines, reason = "one arm for each row")]
fn prove(row: &Row, size: usize) {
    let push = Settings::default().limits;
    let serve = ServeSettings::default();
    let endpoint = || format!("{:?}", Endpoint::new(receiver()));
    match row.limit.as_str() {
        "form-body" => {
            assert_eq!(Limits::DEFAULT.body, size);
            form(&"&".repeat(size), &"&".repeat(size + 1), &Limits::DEFAULT);
        }
        "form-pairs" => {
            assert_eq!(Limits::DEFAULT.pairs, size);
            form(&pairs(size), &pairs(size + 1), &Limits::DEFAULT);
        }
        "form-name" => {
            assert_eq!(Limits::DEFAULT.name, size);
            form(&"a".repeat(size), &"a".repeat(size + 1), &Limits::DEFAULT);
        }
        "form-depth" => {
            assert_eq!(Limits::DEFAULT.depth, size);
            form(&brackets(size), &brackets(size + 1), &Limits::DEFAULT);
        }
        "form-deepest" => {
            assert_eq!(Limits::DEEPEST, size);
            let none = Limits {
                body: usize::MAX,
                pairs: usize::MAX,
                name: usize::MAX,
                depth: usize::MAX,
            };
            form(&brackets(size), &brackets(size + 1), &none);
        }
        "json-problems" => {
            assert_eq!(MOST_PROBLEMS, size);
            assert_eq!(problems(size - 1), size - 1);
            assert_eq!(problems(20 * size), size);
        }
        "json-excerpt" => {
            assert_eq!(EXCERPT, size);
            assert_eq!(excerpt(size), size);
            assert_eq!(excerpt(size + 1), size);
        }
        "integer" => {
            assert_eq!(i128::from(i64::MAX), row.figure);
            assert!(is_count(&row.figure.to_string()));
            assert!(!is_count(&(row.figure + 1).to_string()));
            assert!(!is_count("1e999999999") && !is_count(&"9".repeat(100_000)));
        }
        "decimal-digits" => {
            assert_eq!(Decimal::MAX.mantissa(), row.figure);
            assert!(is_decimal(&row.figure.to_string()));
            assert!(!is_decimal(&(row.figure + 1).to_string()));
            assert!(!is_decimal("1e999999999") && !is_decimal(&"1".repeat(1_000_000)));
        }
        "decimal-scale" => {
            assert_eq!(usize::try_from(Decimal::MAX_SCALE).unwrap(), size);
            assert!(is_decimal(&format!("0.{}1", "0".repeat(size - 1))));
            assert!(!is_decimal(&format!("0.{}1", "0".repeat(size))));
        }
        "year" => {
            let of =
                |year: i128| BeijingTime::new(i16::try_from(year).unwrap(), 12, 31, 23, 59, 59);
            assert!(of(row.figure).is_ok() && of(row.figure + 1).is_err());
            let day = format!("{}-12-31", row.figure);
            assert!(
                day.parse::<BeijingDate>().is_ok()
                    && format!("1{day}").parse::<BeijingDate>().is_err()
            );
        }
        "xml-depth" => {
            assert_eq!(xml::DEPTH, size);
            assert!(is_xml(size) && !is_xml(size + 1) && !is_xml(100_000));
        }
        "reply-body" => assert_eq!(dockseal::client::Settings::default().reply_cap, size),
        "pages" => stands(row, "bindings/src/pages.rs", "const MOST: u32 = 10_000;"),
        "push-body" => {
            assert_eq!(push.body, size);
            pushed(&"&".repeat(size), "/node_id");
            pushed(&"&".repeat(size + 1), "");
        }
        "push-pairs" => {
            assert_eq!(push.pairs, size);
            pushed(&pairs(size), "/node_id");
            pushed(&pairs(size + 1), "");
        }
        "push-name" => {
            assert_eq!(push.name, size);
            pushed(&"a".repeat(size), "/node_id");
            pushed(&"a".repeat(size + 1), "");
        }
        "push-depth" => {
            assert_eq!(push.depth, size);
            pushed(&brackets(size), "/node_id");
            pushed(&brackets(size + 1), "");
        }
        "push-json-depth" => {
            // The lines are a list of objects.
            let line = |depth: usize| {
                format!(
                    r#"[{{"product_bn":"A","x":{}{}}}]"#,
                    "[".repeat(depth - 2),
                    "]".repeat(depth - 2)
                )
            };
            assert_eq!(place_of(&line(size)), None);
            assert_eq!(place_of(&line(size + 1)).as_deref(), Some("/item"));
            assert_eq!(place_of(&"[".repeat(100_000)).as_deref(), Some("/item"));
        }
        "push-bodies" => assert!(endpoint().contains(&format!("bodies: {size}"))),
        "push-headers" => assert_eq!(serve.headers, size),
        "push-connections" => assert_eq!(serve.connections, size),
        "push-headers-time" => assert_eq!(serve.headers_time, seconds(size)),
        "push-body-time" => assert!(endpoint().contains(&format!("body_time: {size}s"))),
        "push-reply-time" => assert_eq!(serve.reply_time, seconds(size)),
        "sign-depth" => {
            assert!(signs(size).is_ok());
            let error = signs(size + 1).unwrap_err();
            assert!(
                matches!(error, SignError::TooDeep { limit, .. } if limit == size),
                "{error}"
            );
        }
        "schema-file" => {
            assert_eq!(codes(&" ".repeat(size)), ["D005"]);
            assert_eq!(codes(&" ".repeat(size + 1)), ["D002"]);
        }
        "schema-depth" => {
            let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
            assert!(!codes(&nested(size)).contains(&"D008".to_owned()));
            assert_eq!(codes(&nested(size + 1)), ["D008"]);
        }
        "schema-flaws" => {
            let flaws = |count| codes(&format!("[{}]", vec!["x"; count].join(","))).len();
            assert_eq!(
                (flaws(size), flaws(size + 1), flaws(100 * size)),
                (size, size, size)
            );
        }
        "review-effort" => {
            // Each branch of one side is held against each of the other.
            let most = (size + 1).isqrt();
            assert_eq!(opinion(most), Answer::Yes);
            assert_eq!(opinion(most + 1), Answer::Unknown);
        }
        other => panic!("no proof of {other} ({})", row.constant),
    }
}

/// What the algebra says of a choice whose branches all admit less than before.
fn opinion(branches: usize) -> Answer {
    let choice = |limit: u8| {
        let branch = |n| {
            format!(
                r#"{{"type":"object","required":["k"],"properties":{{"k":{{"const":{n}}},"x":{{"maxLength":{limit}}}}}}}"#
            )
        };
        let all: Vec<_> = (0..branches).map(branch).collect();
        format!(r#"{{"anyOf":[{}]}}"#, all.join(","))
    };
    let said = compare(&choice(9), &choice(8), Reading::Plain, Flow::Received);
    said.unwrap().algebra
}

/// A private constant, as it is written.
fn stands(row: &Row, file: &str, line: &str) {
    let text = fs::read_to_string(root().join(file)).unwrap();
    assert!(text.contains(line), "{}: {file} has no {line}", row.limit);
    assert!(
        line.replace('_', "").contains(&row.figure.to_string()),
        "{}",
        row.limit
    );
}

fn seconds(size: usize) -> Duration {
    Duration::from_secs(u64::try_from(size).unwrap())
}

fn form(within: &str, beyond: &str, limits: &Limits) {
    assert!(decode(within.as_bytes(), limits).is_ok());
    let refused = decode(beyond.as_bytes(), limits);
    assert!(
        matches!(refused, Err(FormError::TooLarge { .. })),
        "{refused:?}"
    );
}

fn pairs(count: usize) -> String {
    (0..count).map(|number| format!("a{number}=&")).collect()
}

fn brackets(depth: usize) -> String {
    format!("a{}=1", "[b]".repeat(depth))
}

/// How many problems are named where so many elements are wrong.
fn problems(wrong: usize) -> usize {
    let json = format!(r#"{{"item":[{}]}}"#, vec!["1"; wrong].join(","));
    let in_json = StockinStatusUpdate::from_json(json.as_bytes()).unwrap_err();
    assert!(in_json.readable.is_some(), "what could be read is not lost");
    let members = format!("{{{}}}", vec![r#""item":1"#; wrong].join(","));
    let in_members = StockinStatusUpdate::from_json(members.as_bytes()).unwrap_err();
    let xml = format!("<r>{}</r>", "<operate_time>x</operate_time>".repeat(wrong));
    let in_xml = xml::from_xml(&mut StockinStatusUpdate::blank(), &xml).unwrap_err();
    let found = in_json.problems.len();
    assert_eq!(
        (in_members.problems.len(), in_xml.problems.len()),
        (found, found)
    );
    found
}

fn excerpt(length: usize) -> usize {
    let broken = "x".repeat(length);
    StockinStatusUpdate::from_json(broken.as_bytes())
        .unwrap_err()
        .excerpt
        .len()
}

fn is_count(number: &str) -> bool {
    let read = |number: &str| {
        let json = format!(r#"{{"item":[{{"product_bn":"A","normal_num":{number}}}]}}"#);
        StockinStatusUpdate::from_json(json.as_bytes()).is_ok()
    };
    let (as_number, as_text) = (read(number), read(&format!("\"{number}\"")));
    assert_eq!(as_number, as_text);
    as_number
}

fn is_decimal(number: &str) -> bool {
    let read = |number: &str| {
        let json = format!(r#"{{"spec_no":"A","num":{number}}}"#);
        ProcessUploadDetail::from_json(json.as_bytes()).is_ok()
    };
    let (as_number, as_text) = (read(number), read(&format!("\"{number}\"")));
    assert_eq!(as_number, as_text);
    as_number
}

/// Whether elements nested so deep are read.
fn is_xml(depth: usize) -> bool {
    let text = format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    xml::from_xml(&mut StockinStatusUpdate::blank(), &text).is_ok()
}

fn receiver() -> Receiver {
    Receiver::new(Inbox::in_memory().unwrap(), NodeTokens::by_node_id())
}

/// A push is refused at this place; one that is not read at all, at none.
fn pushed(body: &str, place: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let answer = runtime.block_on(receiver().receive(body.as_bytes(), BeijingTime::now()));
    let Outcome::Refused(refusal) = answer.outcome else {
        panic!("{:?}", answer.outcome);
    };
    assert_eq!(
        refusal.pointer.as_deref().unwrap_or_default(),
        place,
        "{}",
        refusal.reason
    );
}

/// Where lines are refused; none if they are read.
fn place_of(item: &str) -> Option<String> {
    let text = |name: &str, value: &str| (name.to_owned(), FormValue::Text(value.to_owned()));
    let parameters = [
        text("stockin_bn", "S1"),
        text("status", "FINISH"),
        text("item", item),
    ];
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let receiver = receiver();
    let method = "wms.stockin.status_update";
    let read = runtime.block_on(receiver.understand(method, &parameters, BeijingTime::now()));
    read.err()
        .map(|refusal| refusal.pointer.unwrap_or_default())
}

fn signs(depth: usize) -> Result<(), SignError> {
    let mut value = Value::Text("1");
    for _ in 0..depth {
        value = Value::List(vec![value]);
    }
    let mut params = [Param::new("a", value)];
    let secret = SecretString::from("secret");
    sign::compute(
        &GATEWAY.scheme,
        &sign::Options::default(),
        &mut params,
        &secret,
    )
    .map(|_| ())
}

/// The codes of what is wrong with a schema file beside a good gateway.
fn codes(json: &str) -> Vec<String> {
    let gateway = root().join("codegen/tests/fixtures/gateway.json");
    let files = [
        ("demo/demo.thing.json", json.as_bytes().to_vec()),
        ("demo/gateway.json", fs::read(gateway).unwrap()),
    ]
    .map(|(path, bytes)| SourceFile {
        path: path.to_owned(),
        bytes,
    });
    let diagnostics = lower(&files).unwrap_err();
    let of_file = diagnostics
        .iter()
        .filter(|found| found.path == "demo/demo.thing.json");
    of_file
        .map(|found| found.code.as_str().to_owned())
        .collect()
}
