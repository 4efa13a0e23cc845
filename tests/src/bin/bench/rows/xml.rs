//! XML against JSON: TOP's replies as a caller reads them, and a processing order, which alone of
//! TOP's types has lists.

use std::error::Error;

use dockseal::Described;
use dockseal::api::Request;
use dockseal::object::read::DecodeError;
use dockseal::object::{Blank, xml};
use dockseal::reply::{Verdict, judge};
use dockseal::taobao_top::{ProcessDo, ProtocolCallback, ProtocolCallbackReply};
use serde_json::{Value, json};

use crate::contest::Contest;
use crate::payloads::SIZES;
use crate::table::Table;

pub(super) fn measure(contest: &Contest, table: &mut Table) -> Result<(), Box<dyn Error>> {
    let subjects = [
        "reply of success",
        "reply of inner failure",
        "failure reply",
    ];
    for (example, subject) in ProtocolCallback::API.examples.iter().zip(subjects) {
        let mut reply: Value = serde_json::from_str(example.reply.ok_or("no reply")?)?;
        if reply.get("error_response").is_none() {
            reply = json!({ "alibaba_wdk_protocol_callback_response": reply });
        }
        let (json, xml) = (reply.to_string(), element("", &reply));
        let (from_xml, from_json) = (|| judged(xml.as_bytes()), || judged(json.as_bytes()));
        if from_xml().0 != from_json().0 {
            return Err(format!("a {subject} does not say the same in XML").into());
        }
        let outcome = contest.hold(from_xml, from_json)?;
        table.row("xml", subject, outcome);
    }
    for size in SIZES {
        let order = processed(size)?;
        let (json, xml) = (order.to_string(), element("order", &order));
        let from_xml = || -> Result<ProcessDo, DecodeError> {
            let mut order = ProcessDo::blank();
            xml::from_xml(&mut order, &xml)?;
            Ok(order)
        };
        let from_json = || ProcessDo::from_json(json.as_bytes());
        if from_xml()?.to_json() != from_json()?.to_json() {
            return Err("a processing order does not say the same in XML".into());
        }
        let outcome = contest.hold(from_xml, from_json)?;
        table.row(format!("xml/{size}"), "processing order", outcome);
    }
    Ok(())
}

fn judged(body: &[u8]) -> (Verdict, ProtocolCallbackReply) {
    let mut reply = ProtocolCallbackReply::blank();
    let verdict = judge(ProtocolCallback::API, &mut reply, body);
    (verdict, reply)
}

/// The document's own example with as many lines.
fn processed(lines: usize) -> Result<Value, Box<dyn Error>> {
    let example = ProtocolCallback::API.examples.first();
    let request = example.and_then(|example| example.request);
    let request: Value = serde_json::from_str(request.ok_or("no example")?)?;
    let order = request.get("process_do").and_then(Value::as_str);
    let mut order: Value = serde_json::from_str(order.ok_or("no order")?)?;
    if let Some(Value::Array(skus)) = order.get_mut("process_sku_d_o_s") {
        let one = skus.first().cloned().ok_or("no line")?;
        skus.resize(lines, one);
    }
    Ok(order)
}

/// The value as XML, in an element of that name, if it has one.
fn element(name: &str, value: &Value) -> String {
    let inside = match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| element(name, value))
            .collect(),
        Value::Array(items) => items.iter().map(|item| element("item", item)).collect(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if name.is_empty() {
        inside
    } else {
        format!("<{name}>{inside}</{name}>")
    }
}
