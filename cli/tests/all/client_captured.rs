//! What both clients really put on the wire verifies under a program that shares no code with
//! dockseal: `python/verify.py`, after the vendors' pages. Skipped, with the reason printed, where
//! there is no Python.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::clients::{BOTH, Kind, any_client, quick};
use crate::support::{ENTERPRISE, FLAGSHIP, STOCKIN, TOP, TRANSFER, api, example_json, keys};
use dockseal::Keys;
use dockseal::object::read;
use dockseal::send::Validation;
use serde_json::{Value, json};

/// The example of each API, and the texts in it that others take the place of.
const PLACES: [(&str, &[&str]); 5] = [
    (FLAGSHIP, &["admin", "GOODS_01", "SC001"]),
    (ENTERPRISE, &["xy001", "33412"]),
    (TOP, &["1231"]),
    (STOCKIN, &["WH001", "SKU001"]),
    (TRANSFER, &["WH002", "SKU001"]),
];

const TEXTS: [&str; 8] = [
    "加急，退货单",
    "𠮷野家 😀 👨‍👩‍👧",
    "",
    "  ",
    "　",
    "a b+c%20&d=e;f:g-h/i<j>~*'",
    "é\u{301}\u{2028}\u{FEFF}ß",
    "@文件",
];

/// Takes one request a connection, answers that it cannot say, and hands on what came.
fn capture(calls: impl FnOnce(&str)) -> Vec<Value> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let taker = thread::spawn(move || {
        let mut taken = Vec::new();
        for stream in listener.incoming() {
            match take(stream.unwrap()) {
                Some(request) => taken.push(request),
                None => return taken,
            }
        }
        taken
    });
    calls(&address);
    // A connection without a request ends it.
    drop(TcpStream::connect(&address).unwrap());
    taker.join().unwrap()
}

fn take(stream: TcpStream) -> Option<Value> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let url = line.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = vec![0; headers["content-length"].parse().unwrap()];
    reader.read_exact(&mut body).unwrap();
    let mut stream = reader.into_inner();
    stream
        .write_all(
            b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
        )
        .unwrap();
    let body = String::from_utf8(body).unwrap();
    Some(json!({"url": url, "headers": headers, "body": body}))
}

/// Sends a request to an address as it is, without looking at its schema.
fn send(kind: Kind, address: &str, keys: Keys, method: &str, json: &str, raw: bool) {
    let mut settings = quick(format!("http://{address}/base"));
    settings.validation = Validation::Off;
    settings.policy.attempts = 1;
    let client = any_client(kind, keys, settings);
    if raw {
        client.call_raw(method, json).unwrap_err();
        return;
    }
    let api = api(method);
    let mut request = api.blank_request();
    read::request(api.api().positional, &mut *request, json.as_bytes()).unwrap();
    client.call_any(api, &*request).unwrap_err();
}

/// The captured requests of one method, complete for the verifier.
fn captured(method: &str, keys: &Keys, jsons: &[String], raw: bool) -> Vec<Value> {
    let gateway = keys.gateway();
    let mut secret = keys.get(gateway.secret).unwrap().to_owned();
    if gateway.name == "wangdian-flagship" {
        secret = format!("{secret}:{}", keys.get("salt").unwrap());
    }
    let mut requests = capture(|address| {
        for json in jsons {
            for kind in BOTH {
                send(kind, address, keys.clone(), method, json, raw);
            }
        }
    });
    assert_eq!(requests.len(), jsons.len() * BOTH.len(), "{method}");
    for request in &mut requests {
        request["gateway"] = gateway.name.into();
        request["secret"] = secret.clone().into();
    }
    requests
}

/// The example itself, and with every text in every place.
fn variants(method: &str, places: &[&str]) -> Vec<String> {
    let example = example_json(method);
    let changed = places.iter().flat_map(|place| {
        assert!(example.contains(place), "{place} in {example}");
        TEXTS.map(|text| example.replace(place, text))
    });
    [example.to_owned()].into_iter().chain(changed).collect()
}

/// What the verifier says of each request; none without Python.
fn verify(requests: &[Value]) -> Option<Vec<String>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python/verify.py");
    let run = Command::new("python3")
        .arg(script)
        .env("PYTHONUTF8", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut python = match run {
        Ok(python) => python,
        Err(error) => {
            println!("skipped: python3 cannot be started ({error})");
            return None;
        }
    };
    let lines: String = requests.iter().map(|line| format!("{line}\n")).collect();
    let mut input = python.stdin.take().unwrap();
    let writer = thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let said: Vec<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(said.len(), requests.len());
    Some(said)
}

#[track_caller]
fn assert_verified(requests: &[Value]) {
    let Some(said) = verify(requests) else { return };
    for (said, request) in said.iter().zip(requests) {
        assert_eq!(said, "ok", "{request}");
    }
}

#[test]
fn every_request_that_leaves_verifies_whatever_its_texts() {
    for (method, places) in PLACES {
        let keys = keys(api(method).api().gateway.name);
        assert_verified(&captured(method, &keys, &variants(method, places), false));
    }
}

#[test]
fn every_digest_and_every_answer_format_of_top_verifies() {
    for (name, value) in [
        ("sign_method", "md5"),
        ("sign_method", "hmac"),
        ("format", "xml"),
        ("partner_id", "某公司 1.0"),
    ] {
        let keys = keys("taobao-top").with(name, value).unwrap();
        assert_verified(&captured(
            TOP,
            &keys,
            &[example_json(TOP).to_owned()],
            false,
        ));
    }
}

#[test]
fn raw_calls_verify_too() {
    let object = r#"{"empty":"","text":"中文 😀/","deep":{"list":[1,"二",{"x":null}],"no":[]},"yes":true,"price":1.50}"#;
    for gateway in dockseal::GATEWAYS {
        let json = format!("[{object},[],null,7]");
        let json = if gateway.name == "wangdian-flagship" {
            &json
        } else {
            object
        };
        let requests = captured("some.method", &keys(gateway.name), &[json.to_owned()], true);
        assert_verified(&requests);
    }
}

#[test]
fn no_request_verifies_with_one_character_changed() {
    for (method, _) in PLACES {
        let keys = keys(api(method).api().gateway.name);
        let request = &captured(method, &keys, &[example_json(method).to_owned()], false)[0];
        let mut changed = Vec::new();
        for part in ["url", "body"] {
            let text = request[part].as_str().unwrap();
            let signed = match part {
                "url" => text.find('?').unwrap_or(text.len()),
                _ => 0,
            };
            for at in (signed..text.len()).filter(|at| text.as_bytes()[*at].is_ascii_alphanumeric())
            {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] ^= 1;
                let mut copy = request.clone();
                copy[part] = String::from_utf8(bytes).unwrap().into();
                changed.push(copy);
            }
        }
        let Some(said) = verify(&changed) else { return };
        assert!(said.len() > 100, "{}", said.len());
        for (said, request) in said.iter().zip(&changed) {
            assert!(said.starts_with("bad"), "{said}: {request}");
        }
    }
}
