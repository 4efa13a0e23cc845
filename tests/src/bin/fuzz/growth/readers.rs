//! The readers as functions of bytes, with limits that let everything in.

use std::hint::black_box;

use dockseal::api::Request as _;
use dockseal::form::{FormValue, Limits, decode};
use dockseal::object::{Blank as _, read, xml};
use dockseal::receiver::{NodeTokens, Receiver, Settings};
use dockseal::reply::judge;
use dockseal::shopex_oms::StockinStatusUpdate;
use dockseal::sign::{self, Options, Param, SecretString};
use dockseal::taobao_top::ProtocolCallback;
use dockseal::wangdian_flagship::ProcessUpload;
use dockseal::{BeijingTime, Described as _};
use dockseal_codegen::{SourceFile, citations, generate, lint};
use dockseal_inbox::Inbox;

const EVERYTHING: Limits = Limits {
    body: usize::MAX,
    pairs: usize::MAX,
    name: usize::MAX,
    depth: Limits::DEEPEST,
};

pub(super) fn form(body: &[u8]) {
    let _ = black_box(decode(body, &EVERYTHING));
}

pub(super) fn request(json: &[u8]) {
    let mut request = ProcessUpload::blank();
    let _ = black_box(read::request(true, &mut request, json));
}

pub(super) fn stockin(json: &[u8]) {
    let _ = black_box(StockinStatusUpdate::from_json(json));
}

pub(super) fn reply(json: &[u8]) {
    let mut reply = <ProtocolCallback as dockseal::api::Request>::Reply::blank();
    black_box(judge(ProtocolCallback::API, &mut reply, json));
}

pub(super) fn xml(text: &[u8]) {
    let mut push = StockinStatusUpdate::blank();
    let text = std::str::from_utf8(text).unwrap_or_default();
    let _ = black_box(xml::from_xml(&mut push, text));
}

pub(super) fn time(text: &[u8]) {
    let _ = black_box(
        std::str::from_utf8(text)
            .unwrap_or_default()
            .parse::<BeijingTime>(),
    );
}

/// The parameters of a stock-in whose lines are this text.
pub(super) fn lines(item: &[u8]) {
    let parameter = |name: &str, value: &str| (name.to_owned(), FormValue::Text(value.to_owned()));
    let parameters = [
        parameter("stockin_bn", "S1"),
        parameter("status", "FINISH"),
        parameter("item", std::str::from_utf8(item).unwrap_or_default()),
    ];
    let mut settings = Settings::default();
    settings.limits = EVERYTHING;
    let Ok(inbox) = Inbox::in_memory() else {
        return;
    };
    let receiver = Receiver::new(inbox, NodeTokens::by_node_id()).with_settings(settings);
    let now = BeijingTime::now();
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else {
        return;
    };
    let method = "wms.stockin.status_update";
    let _ = black_box(runtime.block_on(receiver.understand(method, &parameters, now)));
}

pub(super) fn signing(body: &[u8]) {
    let Ok(pairs) = decode(body, &EVERYTHING) else {
        return;
    };
    let mut params: Vec<_> = pairs
        .iter()
        .map(|(name, value)| Param::new(name, value))
        .collect();
    let secret = SecretString::from("secret");
    let scheme = &dockseal::shopex_oms::GATEWAY.scheme;
    let _ = black_box(sign::compute(
        scheme,
        &Options::default(),
        &mut params,
        &secret,
    ));
}

/// An API beside the gateway of the generator's own tests.
pub(super) fn schema(json: &[u8]) {
    let gateway: &[u8] = include_bytes!("../../../../../codegen/tests/fixtures/gateway.json");
    let files = [
        ("demo/demo.thing.json", json),
        ("demo/gateway.json", gateway),
    ]
    .map(|(path, bytes)| SourceFile {
        path: path.to_owned(),
        bytes: bytes.to_vec(),
    });
    let _ = black_box(generate(&files));
    black_box((lint(&files), citations(&files)));
}
