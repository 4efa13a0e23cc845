//! Where the fuzzers begin: small inputs made from the examples, cases and vectors of the repository,
//! and the dictionaries, as they stand in `tests/fuzz/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dockseal::form::encode_pairs;
use serde_json::Value;

use super::{TARGETS, Target};

/// The folder of the fuzzing package.
#[must_use]
pub fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// The files that should stand below [`home`], by their paths there.
///
/// # Errors
/// A file that they are made from cannot be read.
pub fn all() -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for target in TARGETS {
        for (seed, number) in made(target.name)?.into_iter().zip(1..) {
            files.insert(format!("seeds/{}/{number:02}", target.name), seed);
        }
        let words = dictionary(target);
        files.insert(
            format!("dictionaries/{}.dict", target.name),
            words.into_bytes(),
        );
    }
    Ok(files)
}

/// The inputs of a target that are kept in the repository: its seeds, and what once brought it down.
///
/// # Errors
/// They cannot be read.
pub fn kept(target: &Target) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut kept = Vec::new();
    for folder in ["seeds", "crashes"] {
        let folder = home().join(folder).join(target.name);
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            kept.push((path.display().to_string(), fs::read(path)?));
        }
    }
    kept.sort();
    Ok(kept)
}

/// Words in the form in which libFuzzer reads them.
fn dictionary(target: &Target) -> String {
    let mut text = String::new();
    for word in target.words {
        let escaped: String = word.bytes().map(escape).collect();
        let _ = writeln!(text, "\"{escaped}\"");
    }
    text
}

fn escape(byte: u8) -> String {
    match byte {
        b'"' | b'\\' => format!("\\{}", char::from(byte)),
        0x20..=0x7E => char::from(byte).to_string(),
        _ => format!("\\x{byte:02X}"),
    }
}

fn made(target: &str) -> io::Result<Vec<Vec<u8>>> {
    Ok(match target {
        "form" => {
            let mut seeds = texts(&FORMS);
            seeds.extend(bodies()?.into_iter().take(4));
            seeds
        }
        "json_reply" => examples(),
        "xml_reply" => texts(&XML),
        "time" => texts(&TIMES),
        "decimal" => texts(&NUMBERS),
        "schema" => schemas()?,
        "review" => pairs_of_schemas()?,
        "receiver" => pushes()?,
        "sign" => signed_pairs()?,
        _ => Vec::new(),
    })
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const FORMS: [&str; 6] = [
    "a=1&b=%E4%BD%A0%E5%A5%BD&c=x+y%2Bz",
    "item[0][product_bn]=A&item[0][batch][]=1&item[0][batch][]=2&more[x]=1&more[y][]=2",
    "a[=1&b]=2&[c]=3&d[e]f=4&%=5&%4=6&%zz=7",
    "a&&=&b=&c[]=&c[7]=&c[]=",
    "a%5Bb%5D=1&a%00b=2&%FF=3",
    "a=1&a=2",
];

const XML: [&str; 6] = [
    "<?xml version=\"1.0\" encoding=\"utf-8\" ?><alibaba_wdk_protocol_callback_response><result><success>true</success><model>true</model></result><request_id>r1</request_id></alibaba_wdk_protocol_callback_response><!--host-->",
    "<alibaba_wdk_protocol_callback_response>\n <result>\n <success>false</success><err_code>PARAM_ERROR</err_code><err_msg><![CDATA[参数<错误>]]></err_msg></result>\n</alibaba_wdk_protocol_callback_response>",
    "<error_response><code>50</code><msg>Remote service error</msg><sub_code>isv.invalid-parameter</sub_code><sub_msg>非法参数</sub_msg></error_response>",
    "<x_response><result><success>1</success><model/><a b=\"c\">&lt;&#65;&amp;</a></result></x_response>",
    "<r><data><process_id>1</process_id><process_no>P1</process_no><status>0</status></data><status>0</status></r>",
    "<r><!DOCTYPE a [<!ENTITY b \"c\">]>&b;</r>",
];

const TIMES: [&str; 8] = [
    "2025-01-31 10:00:00",
    "2024-02-29 23:59:59",
    "0001-01-01 00:00:00",
    "9999-12-31 23:59:59",
    "0000-00-00 00:00:00",
    "1900-02-29",
    "2000-02-29",
    "\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{1}",
];

const NUMBERS: [&str; 12] = [
    "0",
    "-0.0",
    "1.10",
    "-12.3456",
    "1e2",
    "125e-2",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "9223372036854775807.0",
    "-9223372036854775808",
    "1e999999999",
    "00012",
];

/// The examples of every API.
fn examples() -> Vec<Vec<u8>> {
    let examples = dockseal::APIS.iter().flat_map(|api| api.api().examples);
    let messages = examples.flat_map(|example| [example.request, example.reply]);
    messages
        .flatten()
        .map(|json| json.as_bytes().to_vec())
        .collect()
}

/// Whole form bodies, each another case.
fn bodies() -> io::Result<Vec<Vec<u8>>> {
    let cases = lines("receiver-cases/http.jsonl")?;
    let bodies = cases.iter().filter_map(|case| case.get("body")?.as_str());
    Ok(bodies
        .filter(|body| body.len() < 900)
        .step_by(4)
        .map(|body| body.as_bytes().to_vec())
        .collect())
}

fn pushes() -> io::Result<Vec<Vec<u8>>> {
    let mut seeds = bodies()?;
    for file in ["stockin", "transfer"] {
        for case in lines(&format!("receiver-cases/{file}.jsonl"))?
            .iter()
            .step_by(17)
        {
            let params = case.get("params").and_then(Value::as_object);
            seeds.extend(params.map(|params| body_of(params.iter())));
        }
    }
    for case in lines("receiver-cases/sequence.jsonl")?.iter().step_by(7) {
        let steps = case
            .get("steps")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let params = steps.filter_map(|step| step.get("params")?.as_object());
        let pushed: Vec<_> = params
            .take(4)
            .map(|params| body_of(params.iter()))
            .collect();
        seeds.push(pushed.join(&b'\n'));
    }
    seeds.push(b"stockin_bn=5ECRET-V4LUE&status=FINISH&remark=5ECRET-V4LUE&item=[{\"product_bn\":\"5ECRET-V4LUE\",\"normal_num\":\"5ECRET-V4LUE\"}]".to_vec());
    seeds.push(
        b"order_code=5ECRET-V4LUE&order_status=5ECRET-V4LUE&task=5ECRET-V4LUE&flag=5ECRET-V4LUE"
            .to_vec(),
    );
    seeds.retain(|seed| seed.len() < 2000);
    Ok(seeds)
}

fn signed_pairs() -> io::Result<Vec<Vec<u8>>> {
    let mut seeds = Vec::new();
    for gateway in dockseal::GATEWAYS {
        for vector in lines(&format!("vectors/{}.jsonl", gateway.name))?
            .iter()
            .step_by(11)
        {
            let pairs = vector
                .get("params")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            let pairs: Vec<_> = pairs
                .filter_map(|pair| Some((pair.get(0)?.as_str()?, pair.get(1)?)))
                .collect();
            seeds.push(body_of(pairs.into_iter()));
        }
    }
    seeds.push(b"a[b][]=1&a[b][]=2&a[c]=3&d=".to_vec());
    seeds.retain(|seed| seed.len() < 1000);
    Ok(seeds)
}

/// A form of the members that are texts.
fn body_of<N: AsRef<str>>(
    members: impl Iterator<Item = (N, impl std::borrow::Borrow<Value>)>,
) -> Vec<u8> {
    let members: Vec<_> = members
        .filter_map(|(name, value)| Some((name, value.borrow().as_str()?.to_owned())))
        .collect();
    let mut body = String::new();
    encode_pairs(members, &mut body);
    body.into_bytes()
}

fn schemas() -> io::Result<Vec<Vec<u8>>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/fixtures");
    let mut seeds = vec![
        fs::read(fixtures.join("api.json"))?,
        fs::read(fixtures.join("gateway.json"))?,
    ];
    for keyword in ["enum", "x-decimal", "oneOf", "prefixItems", "x-pages"] {
        let path = fixtures.join("good").join(format!("{keyword}.json"));
        if path.is_file() {
            seeds.push(fs::read(path)?);
        }
    }
    Ok(seeds)
}

fn pairs_of_schemas() -> io::Result<Vec<Vec<u8>>> {
    let cases = lines("diff-cases/undirected.jsonl")?;
    let pairs = cases.iter().filter_map(|case| {
        let [old, new] =
            ["old_2020", "new_2020"].map(|side| case.get(side).map(ToString::to_string));
        Some(format!("{}\n{}", old?, new?))
    });
    let mut seeds: Vec<String> = pairs.filter(|pair| pair.len() < 300).step_by(40).collect();
    seeds.truncate(20);
    Ok(texts(&seeds.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// The lines of a file of cases.
fn lines(file: &str) -> io::Result<Vec<Value>> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file))?;
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).map_err(io::Error::other))
        .collect()
}
