//! The form of a push: system parameters and business parameters side by side, each a text.

use dockseal::api::AnyApi;
use dockseal::gateway::{Gateway, Need, Parameter, Source, Stamp};
use dockseal::object::{Kind, Table};
use dockseal::sign::{Algorithm, Case};
use serde_json::{Map, Value as Json, json};

use super::message::{derived, value};
use super::ordered::{Members, Node};

/// The sender's own name for a push. No document has it; `dockseal::receiver` takes it from every
/// sender.
const TASK: &str = "task";

/// The schema of the form of a method, with a value for each parameter that `example` has.
pub(super) fn schema(any: &dyn AnyApi, example: &Map<String, Json>) -> Node {
    let api = any.api();
    let gateway = api.gateway;
    let table = any.blank_request().table();
    let mut properties = Members::new();
    for parameter in gateway.parameters {
        properties.push((
            parameter.name.into(),
            system(gateway, parameter, api.method),
        ));
    }
    properties.push((TASK.into(), task()));
    let mut business = derived(table);
    properties.extend(parameters(table, &mut business));
    for (name, node) in &mut properties {
        if let (Node::Object(members), Some(text)) = (node, example.get(&**name)) {
            // Of the two keywords for it, importers of forms look at the older one.
            members.push(("example".into(), text.clone().into()));
        }
    }
    let mut required: Vec<Json> = gateway
        .parameters
        .iter()
        .filter(|parameter| is_required(gateway, parameter))
        .map(|parameter| parameter.name.into())
        .collect();
    if let Some(Json::Array(names)) = business.remove("required") {
        required.extend(names);
    }
    let mut members: Members = vec![
        ("title".into(), api.title.into()),
        ("type".into(), "object".into()),
        ("properties".into(), Node::Object(properties)),
        ("required".into(), Json::Array(required).into()),
    ];
    let rules = business
        .into_iter()
        .filter(|(keyword, _)| !matches!(keyword.as_str(), "title" | "type"));
    members.extend(rules.map(|(keyword, rule)| (keyword.into(), rule.into())));
    Node::Object(members)
}

/// The business parameters in the document's order.
fn parameters(table: &'static Table, schema: &mut Map<String, Json>) -> Members {
    let Some(Json::Object(mut named)) = schema.remove("properties") else {
        return Members::new();
    };
    let fields = table.fields.iter();
    fields
        .filter_map(|field| {
            let mut property = named.remove(field.name)?;
            as_text(&mut property);
            let mut node = value(&field.value, property);
            if let (Kind::Json, Node::Object(members)) = (field.value.kind, &mut node) {
                let words = "Text, or the JSON text of an object or a list. 文本，或对象、数组的 JSON 文本。";
                members.push(("description".into(), words.into()));
            }
            Some((field.name.into(), node))
        })
        .collect()
}

/// In a form everything is text: of several types only that one is left, which importers need.
fn as_text(property: &mut Json) {
    if let Some(types) = property.get_mut("type")
        && types
            .as_array()
            .is_some_and(|types| types.contains(&json!("string")))
    {
        *types = json!("string");
    }
}

fn is_required(gateway: &Gateway, parameter: &Parameter) -> bool {
    match parameter.source {
        Source::Credential(name) => need(gateway, name) != Some(Need::Optional),
        _ => true,
    }
}

fn need(gateway: &Gateway, credential: &str) -> Option<Need> {
    let known = gateway
        .credentials
        .iter()
        .find(|known| known.name == credential);
    known.map(|known| known.need)
}

fn system(gateway: &Gateway, parameter: &Parameter, method: &str) -> Node {
    let mut rule = Map::new();
    let words = match parameter.source {
        Source::Constant(text) => {
            rule.insert("enum".to_owned(), json!([text]));
            format!("Always `{text}`. 固定为 `{text}`。")
        }
        Source::Method => {
            rule.insert("enum".to_owned(), json!([method]));
            "Which of the methods is meant. 区分接口。".to_owned()
        }
        Source::Timestamp => stamp(gateway.stamp, &mut rule),
        Source::Sign => {
            rule.insert("pattern".to_owned(), signature(gateway).into());
            "Signature over all other parameters: see the description of this document. 对其余全部参数的签名，算法见文档说明。".to_owned()
        }
        Source::Credential(name) => {
            rule.insert("minLength".to_owned(), json!(1));
            match need(gateway, name) {
                Some(Need::Default(usual)) => {
                    rule.insert("default".to_owned(), usual.into());
                    format!("Of the account, usually `{usual}`. 账号参数，通常为 `{usual}`。")
                }
                _ => "Of the account, handed out by the operator of the OMS. 账号参数，由 OMS 方提供。"
                    .to_owned(),
            }
        }
    };
    let mut members: Members = vec![
        ("title".into(), parameter.title.into()),
        ("description".into(), words.into()),
        ("type".into(), "string".into()),
    ];
    members.extend(
        rule.into_iter()
            .map(|(keyword, rule)| (keyword.into(), rule.into())),
    );
    Node::Object(members)
}

fn stamp(stamp: Stamp, rule: &mut Map<String, Json>) -> String {
    match stamp {
        Stamp::Seconds { since } => {
            rule.insert("pattern".to_owned(), "^[0-9]+$".into());
            let year_zero = if since == 0 {
                String::new()
            } else {
                format!(" minus 减 {since}")
            };
            format!("Unix time of sending in seconds{year_zero}. 发送时的 Unix 秒级时间戳。")
        }
        Stamp::DateTime => {
            let pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$";
            rule.insert("pattern".to_owned(), pattern.into());
            "Time of sending in Beijing, `Y-m-d H:i:s`. 发送时的北京时间。".to_owned()
        }
    }
}

/// What a signature of the gateway looks like.
fn signature(gateway: &Gateway) -> String {
    let letters = match gateway.scheme.case {
        Case::Lower => "a-f",
        Case::Upper => "A-F",
    };
    let digests = gateway.scheme.digests.iter();
    let lengths = digests.map(|digest| match digest.algorithm {
        Algorithm::Md5 | Algorithm::HmacMd5 => 32,
        Algorithm::HmacSha256 => 64,
    });
    let mut forms: Vec<_> = lengths
        .map(|length| format!("[0-9{letters}]{{{length}}}"))
        .collect();
    forms.dedup();
    format!("^({})$", forms.join("|"))
}

fn task() -> Node {
    Node::object([
        ("title", "推送标识".into()),
        (
            "description",
            "Optional, signed like the others: a name of the sender's own for this push, unique among its pushes of the method and the same in every retry. A second push with it has no effect and gets the first answer again. 可选，参与签名：推送方自定的推送标识，同一接口内唯一，重试时保持不变；重复时不再生效，返回首次应答。".into(),
        ),
        ("type", "string".into()),
    ])
}
