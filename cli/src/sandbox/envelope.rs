//! Replies as they travel: the envelope of a gateway around a reply or a refusal, as JSON or XML.

use dockseal::gateway::{Envelope, Gateway};
use serde_json::{Map, Value};

use super::parameters::Parameters;
use super::vendor::{Refusal, Vendor};

/// How the caller wants the reply written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// JSON as the document shows it; TOP calls it simplified.
    Plain,
    /// JSON under a root, lists inside objects.
    Wrapped,
    /// XML.
    Xml,
}

impl Style {
    /// What the request asks for. Only a gateway that puts replies under a root leaves a choice.
    pub(super) fn of(gateway: &Gateway, parameters: Option<&Parameters>) -> Style {
        let asked = |name| parameters.and_then(|parameters| parameters.text(name));
        match (gateway.envelope.root, asked("format"), asked("simplify")) {
            (None, ..) | (_, Some("json"), Some("true")) => Style::Plain,
            (_, Some("json"), _) => Style::Wrapped,
            _ => Style::Xml,
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Style::Plain | Style::Wrapped => "application/json;charset=UTF-8",
            Style::Xml => "text/xml;charset=UTF-8",
        }
    }
}

/// A refusal as the vendor writes it, without its root.
pub(super) fn refusal(gateway: &Gateway, refusal: &Refusal, request_id: &str) -> Value {
    let vendor = Vendor::of(gateway);
    let envelope = &gateway.envelope;
    let mut members = Map::new();
    let mut put = |name: Option<&str>, value: Value| {
        if let (Some(name), false) = (name, value.as_str().is_some_and(str::is_empty)) {
            members.insert(name.to_owned(), value);
        }
    };
    put(envelope.status, vendor.failed.into());
    let number = if vendor.numeric {
        refusal.code.parse::<i64>().ok()
    } else {
        None
    };
    put(
        envelope.code.first().copied(),
        number.map_or_else(|| refusal.code.clone().into(), Value::from),
    );
    put(
        envelope.message.first().copied(),
        refusal.message.clone().into(),
    );
    put(envelope.sub_code, refusal.sub_code.clone().into());
    put(vendor.detail, refusal.detail.clone().into());
    put(envelope.request_id, request_id.into());
    for (name, value) in vendor.besides {
        members.insert((*name).to_owned(), (*value).into());
    }
    Value::Object(members)
}

/// A reply or a refusal as bytes.
pub(super) fn write(
    gateway: &Gateway,
    method: &str,
    style: Style,
    failed: bool,
    reply: &Value,
) -> Vec<u8> {
    let root = root(&gateway.envelope, method, failed);
    match (style, root) {
        (Style::Xml, Some(root)) => {
            let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\" ?>");
            element(&root, reply, &mut out);
            out.into_bytes()
        }
        (Style::Wrapped, Some(root)) => object([(root, wrapped(reply))]).to_string().into_bytes(),
        (Style::Plain, Some(root)) if failed => {
            object([(root, reply.clone())]).to_string().into_bytes()
        }
        _ => reply.to_string().into_bytes(),
    }
}

fn root(envelope: &Envelope, method: &str, failed: bool) -> Option<String> {
    if failed {
        return envelope.failure_root.map(str::to_owned);
    }
    let method = method
        .strip_prefix("taobao.")
        .unwrap_or(method)
        .replace('.', "_");
    envelope.root.map(|root| root.replace("{method}", &method))
}

fn object<const N: usize>(members: [(String, Value); N]) -> Value {
    Value::Object(members.into_iter().collect())
}

/// The name of a list's elements where the vendor's is not known; readers take any.
const ITEM: &str = "item";

/// The same with each list inside an object of one member.
fn wrapped(value: &Value) -> Value {
    match value {
        Value::Array(items) => object([(ITEM.to_owned(), items.iter().map(wrapped).collect())]),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), wrapped(value)))
                .collect(),
        ),
        simple => simple.clone(),
    }
}

fn element(name: &str, value: &Value, out: &mut String) {
    out.extend(["<", name, ">"]);
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| element(name, value, out)),
        Value::Array(items) => items.iter().for_each(|item| element(ITEM, item, out)),
        Value::Null => {}
        Value::String(text) => escape(text, out),
        simple => out.push_str(&simple.to_string()),
    }
    out.extend(["</", name, ">"]);
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may stop")]
mod tests {
    use serde_json::json;

    use super::{Style, write};
    use crate::sandbox::parameters::gateway_at;

    #[test]
    fn one_reply_is_written_in_three_styles() {
        let (top, _) = gateway_at("/router/rest").expect("a gateway");
        let reply = json!({ "list": [{ "a": "<&>" }], "ok": true });
        let text = |style, failed| {
            String::from_utf8(write(top, "taobao.a.b", style, failed, &reply)).expect("UTF-8")
        };
        assert_eq!(
            text(Style::Plain, false),
            r#"{"list":[{"a":"<&>"}],"ok":true}"#
        );
        assert_eq!(
            text(Style::Wrapped, false),
            r#"{"a_b_response":{"list":{"item":[{"a":"<&>"}]},"ok":true}}"#
        );
        let xml = text(Style::Xml, false);
        assert!(
            xml.ends_with("<a_b_response><list><item><a>&lt;&amp;&gt;</a></item></list><ok>true</ok></a_b_response>"),
            "{xml}"
        );
        assert!(text(Style::Plain, true).starts_with(r#"{"error_response":{"#));
        assert!(text(Style::Xml, true).contains("<error_response>"));
    }
}
