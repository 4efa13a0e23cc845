//! What the sandbox tests share: a client that sees the wire, and a [`Draft`] of a request that can
//! be made wrong before it is signed and sent.

mod wire;

use dockseal::api::AnyApi;
use dockseal::gateway::{Business, Gateway, Place, Source};
use dockseal::object::read;
use dockseal::send::{self, Options};
use dockseal::sign::{self, Param};
use dockseal::{BeijingTime, Keys, form};
use dockseal_cli::sandbox::{Entry, Outcome, Running, Sandbox, account};
use serde_json::Value;

pub use wire::*;

/// A sandbox whose log can be read.
pub fn logged(sandbox: Sandbox) -> (Running, std::sync::mpsc::Receiver<Entry>) {
    let (told, entries) = std::sync::mpsc::channel();
    let sandbox = sandbox
        .log(move |entry| told.send(entry.clone()).unwrap())
        .start()
        .unwrap();
    (sandbox, entries)
}

/// The usual account of a gateway.
pub fn keys(gateway: &str) -> Keys {
    account(gateway).unwrap().keys().unwrap()
}

pub fn api(method: &str) -> &'static dyn AnyApi {
    *dockseal::APIS
        .iter()
        .find(|api| api.api().method == method)
        .unwrap()
}

/// A request of this JSON text, prepared by dockseal with an account of the sandbox.
pub fn prepared(
    sandbox: &Running,
    method: &str,
    json: &str,
    keys: &Keys,
    now: BeijingTime,
) -> http::Request<bytes::Bytes> {
    let any = api(method);
    let mut request = any.blank_request();
    read::request(any.api().positional, &mut *request, json.as_bytes()).unwrap();
    let mut options = Options::default();
    options.base = Some(sandbox.base_url(any.api().gateway.name));
    send::prepare_any(any.api(), &*request, keys, now, &options)
        .unwrap()
        .into_http()
}

/// The document's example of a method, sent now.
pub fn example(sandbox: &Running, method: &str) -> http::Request<bytes::Bytes> {
    let json = example_json(method);
    prepared(
        sandbox,
        method,
        json,
        &keys(api(method).api().gateway.name),
        BeijingTime::now(),
    )
}

pub fn example_json(method: &str) -> &'static str {
    api(method)
        .api()
        .examples
        .iter()
        .find_map(|example| example.request)
        .unwrap()
}

/// A request in parts, that can be changed before and after it is signed.
pub struct Draft {
    pub gateway: &'static Gateway,
    pub method: String,
    pub system: Vec<(String, String)>,
    pub form: Vec<(String, String)>,
    pub body: String,
    pub content_type: String,
    pub verb: &'static str,
    /// In place of the right signature.
    pub sign: Option<String>,
    keys: Keys,
}

impl Draft {
    /// The document's example.
    pub fn example(method: &str, now: BeijingTime) -> Draft {
        let api = api(method).api();
        Draft::new(
            api.gateway,
            method,
            example_json(method),
            keys(api.gateway.name),
            now,
        )
    }

    /// JSON text: the body, or one form parameter for each member.
    pub fn new(
        gateway: &'static Gateway,
        method: &str,
        json: &str,
        keys: Keys,
        now: BeijingTime,
    ) -> Draft {
        let mut draft = Draft {
            gateway,
            method: method.to_owned(),
            system: Vec::new(),
            form: Vec::new(),
            body: String::new(),
            content_type: gateway.transport.content_type.to_owned(),
            verb: "POST",
            sign: None,
            keys,
        };
        for parameter in gateway.parameters {
            let value = match parameter.source {
                Source::Sign => continue,
                Source::Method => method.to_owned(),
                Source::Constant(text) => text.to_owned(),
                Source::Timestamp => gateway.stamp.write(now),
                Source::Credential(name) => match draft.keys.get(name) {
                    Some(value) => value.to_owned(),
                    None => continue,
                },
            };
            draft.system.push((parameter.name.to_owned(), value));
        }
        match gateway.transport.business {
            Business::Json => json.clone_into(&mut draft.body),
            Business::Form => {
                let members: serde_json::Map<String, Value> = serde_json::from_str(json).unwrap();
                draft.form = members
                    .into_iter()
                    .map(|(name, value)| (name, value.as_str().unwrap().to_owned()))
                    .collect();
            }
        }
        draft
    }

    /// Sets a system parameter, or leaves it out.
    pub fn system(mut self, name: &str, value: Option<&str>) -> Draft {
        self.system.retain(|(known, _)| known != name);
        self.system
            .extend(value.map(|value| (name.to_owned(), value.to_owned())));
        self
    }

    /// Replaces text in the business part.
    pub fn replace(mut self, from: &str, to: &str) -> Draft {
        let whole = format!("{}{:?}", self.body, self.form);
        assert!(
            self.body.contains(from) || self.form.iter().any(|(_, value)| value.contains(from)),
            "{from} in {whole}"
        );
        self.body = self.body.replace(from, to);
        for (_, value) in &mut self.form {
            *value = value.replace(from, to);
        }
        self
    }

    /// Signs it and makes it a request.
    pub fn request(&self, sandbox: &Running) -> http::Request<bytes::Bytes> {
        let scheme = &self.gateway.scheme;
        let pairs = self.system.iter().chain(&self.form);
        let mut params: Vec<Param<'_>> =
            pairs.map(|(name, value)| Param::new(name, value)).collect();
        params.extend(scheme.body.map(|name| Param::new(name, &self.body)));
        let digest = scheme
            .digest_parameter
            .and_then(|name| self.system.iter().find(|(known, _)| known == name));
        let options = sign::Options {
            digest: digest.map(|(_, value)| value.as_str()),
            ..sign::Options::default()
        };
        let sign = sign::sign(scheme, &options, &mut params, self.keys.secret().unwrap());
        let sign = self
            .sign
            .clone()
            .unwrap_or_else(|| sign.map_or_else(|_| "none".to_owned(), |sign| sign.to_string()));

        let mut system = self.system.clone();
        if !sign.is_empty() {
            system.push((scheme.parameter.to_owned(), sign));
        }
        let mut url = sandbox.base_url(self.gateway.name);
        url.push_str(
            &self
                .gateway
                .transport
                .path
                .replace("{method}", &self.method),
        );
        let mut body = self.body.clone();
        match self.gateway.transport.system {
            Place::Query => {
                url.push('?');
                form::encode_pairs(system, &mut url);
                form::encode_pairs(self.form.clone(), &mut body);
            }
            Place::Form => {
                form::encode_pairs(system.into_iter().chain(self.form.clone()), &mut body);
            }
        }
        http::Request::builder()
            .method(self.verb)
            .uri(url)
            .header("content-type", &self.content_type)
            .body(body.into())
            .unwrap()
    }

    pub fn send(&self, sandbox: &Running) -> Answer {
        send(sandbox, &self.request(sandbox)).unwrap()
    }
}

pub const FLAGSHIP: &str = "process.Process.upload";
pub const ENTERPRISE: &str = "stockin_refund_push.php";
pub const TOP: &str = "alibaba.wdk.protocol.callback";
pub const STOCKIN: &str = "wms.stockin.status_update";
pub const TRANSFER: &str = "wms.transferorder.update";

/// The code, the finer code and the message of a refusal, wherever the vendor puts them.
pub fn refusal(reply: &Value) -> (Value, Value, String) {
    let inside = reply.get("error_response").unwrap_or(reply);
    let first = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| inside.get(*name))
            .cloned()
            .unwrap_or_default()
    };
    let message = [first(&["message", "msg"]), first(&["sub_msg", "res"])];
    let message = message
        .iter()
        .filter_map(Value::as_str)
        .collect::<Vec<_>>()
        .join(" | ");
    (
        first(&["code", "msg_code", "status"]),
        first(&["sub_code"]),
        message,
    )
}

/// Sends a wrong draft to each gateway and compares the code, a part of the message, and what the
/// log says of kind, pointer and reason.
#[track_caller]
pub fn told(
    sandbox: &Running,
    draft: &Draft,
    code: &Value,
    says: &str,
    kind: &'static str,
    pointer: Option<&str>,
) {
    let answer = draft.send(sandbox);
    assert_eq!(answer.status, 200);
    let (found, _, message) = refusal(&answer.json());
    assert_eq!(&found, code, "{}: {message}", draft.method);
    assert!(message.contains(says), "{}: {message}", draft.method);
    let seen = sandbox.requests().pop().unwrap();
    assert_eq!(seen.outcome, Outcome::Refused(kind), "{}", draft.method);
    assert_eq!(seen.pointer.as_deref(), pointer, "{}", draft.method);
    let reason = seen.reason.expect("a reason");
    assert!(!reason.en.is_empty() && !reason.zh.is_empty());
}

pub fn now() -> BeijingTime {
    BeijingTime::now()
}
