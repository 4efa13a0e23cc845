//! The OpenAPI description of pushes: one POST for each method, all to the address of the OMS.
//!
//! # Why a path has a fragment
//!
//! The vendor gives all methods one address and tells them apart by a form parameter, while OpenAPI
//! has one POST for each path. What was weighed:
//!
//! - One path with `oneOf` and a discriminator: Postman's converter makes one request of it, with the
//!   first method's form; the others are lost.
//! - The address cut at different slashes, into a server of the operation's own and a shorter path:
//!   valid, but the second request no longer follows the collection's base address, there are only
//!   as many methods as slashes, and a tool that ignores `servers` of an operation pushes to a path
//!   that does not exist.
//! - The address with a query: linters refuse it, and the query is sent.
//! - The address with the method as fragment, as the published descriptions of AWS's query APIs have
//!   it: each method has its form, the base address is shared, and nothing of it is sent. Postman
//!   takes it; Apifox does not like `#` in a path.
//!
//! So the last, and only where methods share a path: a document of one method has the plain one.

use dockseal::api::{AnyApi, Api};
use dockseal::gateway::Gateway;
use serde_json::{Map, Value as Json};

use super::ordered::{Members, Node};
use super::{Address, example, form, message, words};
use crate::output::Complaint;

/// The whole document.
pub(super) fn document(
    apis: &[&'static dyn AnyApi],
    server: Option<&Address>,
) -> Result<Node, Complaint> {
    let Some(gateway) = apis.first().map(|any| any.api().gateway) else {
        return Ok(Node::object([]));
    };
    let mut paths = Members::new();
    let mut schemas = Members::new();
    for any in apis {
        let forms = example::forms(*any)?;
        let api = any.api();
        let path = path(api, apis, server);
        let mut operation = operation(*any, &forms);
        if base(api.gateway, server) != base(gateway, server)
            && let Node::Object(members) = &mut operation
        {
            members.push(("servers".into(), servers(api.gateway, server)));
        }
        paths.push((path.into(), Node::object([("post", operation)])));
        let first = forms.into_iter().next().unwrap_or_default();
        let (request, reply) = (any.blank_request().table(), any.blank_reply().table());
        schemas.push((request.name.into(), form::schema(*any, &first)));
        schemas.push((reply.name.into(), message::schema(reply)));
    }
    Ok(Node::object([
        ("openapi", "3.1.0".into()),
        (
            "info",
            Node::object([
                (
                    "title",
                    format!("{}：WMS 推送接口 (pushes of a WMS)", gateway.title).into(),
                ),
                ("version", env!("CARGO_PKG_VERSION").into()),
                ("description", words::description(gateway).into()),
            ]),
        ),
        ("servers", servers(gateway, server)),
        // Nothing that OpenAPI has a scheme for: the signature is a parameter like the others.
        ("security", Node::List(Vec::new())),
        ("paths", Node::Object(paths)),
        (
            "components",
            Node::object([("schemas", Node::Object(schemas))]),
        ),
    ]))
}

fn servers(gateway: &Gateway, server: Option<&Address>) -> Node {
    let url = base(gateway, server).to_owned();
    let words = "The OMS 接收方 OMS";
    Node::List(vec![Node::object([
        ("url", url.into()),
        ("description", words.into()),
    ])])
}

fn base<'a>(gateway: &'a Gateway, server: Option<&'a Address>) -> &'a str {
    let usual = gateway.endpoints.first().map(|endpoint| endpoint.url);
    server
        .map(|server| server.base.as_str())
        .or(usual)
        .unwrap_or("/")
}

/// The key of a method: its path, told apart where others have the same.
fn path(api: &Api, apis: &[&'static dyn AnyApi], server: Option<&Address>) -> String {
    let plain = |api: &Api| match server {
        Some(server) if !server.path.is_empty() => server.path.clone(),
        _ => api.gateway.transport.path.replace("{method}", api.method),
    };
    let path = plain(api);
    let same = apis.iter().filter(|other| plain(other.api()) == path);
    if same.count() > 1 {
        format!("{path}#{}", api.method)
    } else {
        path
    }
}

fn operation(any: &'static dyn AnyApi, forms: &[Map<String, Json>]) -> Node {
    let api = any.api();
    let forms = forms.iter().cloned().map(Json::Object);
    Node::object([
        ("operationId", api.method.into()),
        ("summary", format!("{} {}", api.title, api.method).into()),
        ("description", api.description.into()),
        ("tags", vec![api.gateway.title].into()),
        (
            "requestBody",
            Node::object([
                ("required", true.into()),
                (
                    "content",
                    Node::object([(
                        api.gateway.transport.content_type,
                        Node::object([
                            ("schema", reference(any.blank_request().table().name)),
                            ("examples", examples("push", forms)),
                        ]),
                    )]),
                ),
            ]),
        ),
        ("responses", responses(any)),
    ])
}

fn responses(any: &'static dyn AnyApi) -> Node {
    let schema = || reference(any.blank_reply().table().name);
    let replies = any
        .api()
        .examples
        .iter()
        .filter_map(|example| example.reply);
    let replies = replies.filter_map(|text| serde_json::from_str(text).ok());
    let business = Node::object([
        (
            "description",
            "Taken or refused, as the reply says. 业务应答，成功与失败以应答内容区分。".into(),
        ),
        (
            "content",
            Node::object([(
                "application/json",
                Node::object([
                    ("schema", schema()),
                    ("examples", examples("reply", replies)),
                ]),
            )]),
        ),
    ]);
    let envelope = |words: &'static str| {
        let content = Node::object([("schema", schema())]);
        Node::object([
            ("description", words.into()),
            ("content", Node::object([("application/json", content)])),
        ])
    };
    Node::object([
        ("200", business),
        (
            "4XX",
            envelope(
                "The push was not read: wrong path (404), HTTP method (405) or content type (415), too slow (408), too large (413). 请求未被读取。",
            ),
        ),
        (
            "503",
            envelope("Too busy to read it; push again. 繁忙，请重推。"),
        ),
    ])
}

fn examples(word: &str, values: impl Iterator<Item = Json>) -> Node {
    let named = values.enumerate().map(|(index, value)| {
        let example = Node::object([("value", value.into())]);
        (format!("{word}-{}", index + 1).into(), example)
    });
    Node::Object(named.collect())
}

fn reference(name: &str) -> Node {
    Node::object([("$ref", format!("#/components/schemas/{name}").into())])
}
