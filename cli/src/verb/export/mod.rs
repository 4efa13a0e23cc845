//! `dockseal export`: what the schemas say, in the formats of other tools.

mod document;
mod example;
mod form;
mod message;
mod ordered;
mod words;

use std::path::PathBuf;

use dockseal::api::{AnyApi, Api};
use dockseal::gateway::Direction;
use serde_json::json;

use super::trouble::unwritable;
use super::{Context, push};
use crate::exit::Exit;
use crate::language::Said;
use crate::output::{Answer, Complaint};

/// A format.
#[derive(clap::Subcommand)]
pub enum Verb {
    /// The pushes that an OMS receives, as OpenAPI 3.1 导出 OMS 推送接口的 OpenAPI 3.1 描述
    #[command(
        after_help = "Examples:\n  dockseal export openapi --server https://oms.example.com --out openapi.json\n  dockseal export openapi wms.stockin.status_update > stockin.json\n\nAll methods share one address, and a tool takes one POST an address: together they are told apart by a fragment that is never sent, as in /index.php/api#wms.transferorder.update. Postman takes it; choose Example for its generation of parameters. For a tool that does not (Apifox), export one method at a time: its path is plain.\n一个文件含多个接口时以 # 后缀区分（不会发送）；Apifox 请按接口分别导出，并以 operationId 作为接口唯一标识\n\nExit codes: 0 written, 2 no such method, a wrong address, or the file cannot be written"
    )]
    Openapi(Options),
}

/// The options of `openapi`.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The methods; all that are pushed when not given 接口名，默认全部推送接口
    methods: Vec<String>,
    /// Where the OMS is reached; its usual path is added if there is none OMS 地址
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Write to this file rather than to standard output 输出文件
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Verb {
    /// Exports.
    pub(super) fn run(&self, context: Context) -> Result<Answer, Complaint> {
        match self {
            Verb::Openapi(options) => openapi(options, context),
        }
    }
}

fn openapi(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let chosen = options.chosen()?;
    let server = options.server.as_deref().map(Address::parse).transpose()?;
    let document = document::document(&chosen, server.as_ref())?;
    let text = format!("{}\n", document.pretty());
    let Some(path) = &options.out else {
        // Read again, so that `--json` has the same document in its own layout.
        let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        return Ok(Answer::new(Exit::Ok, text, &json));
    };
    std::fs::write(path, &text).map_err(|error| unwritable(path.display(), &error))?;
    let methods: Vec<_> = chosen.iter().map(|any| any.api().method).collect();
    let said = context.language.pick(
        format!("{}: {}\n", path.display(), methods.join(", ")),
        format!("{}：{}\n", path.display(), methods.join("、")),
    );
    let json = json!({ "file": path.display().to_string(), "methods": methods });
    Ok(Answer::new(Exit::Ok, said, &json))
}

impl Options {
    /// The APIs to describe, in the order of the bindings, each once.
    fn chosen(&self) -> Result<Vec<&'static dyn AnyApi>, Complaint> {
        for method in &self.methods {
            push::find_push(method)?;
        }
        let named = |api: &Api| {
            self.methods.is_empty() || self.methods.iter().any(|name| name == api.method)
        };
        let apis = dockseal::APIS.iter().copied();
        Ok(apis
            .filter(|any| any.api().gateway.direction == Direction::Push && named(any.api()))
            .collect())
    }
}

/// An address in its two parts.
struct Address {
    /// Scheme, host and port.
    base: String,
    /// Begins with a slash; empty where the gateway's own is meant.
    path: String,
}

impl Address {
    fn parse(text: &str) -> Result<Address, Complaint> {
        let wrong = || {
            Complaint::usage(Said::new(
                format!("--server wants an address such as https://oms.example.com, not {text:?}"),
                format!("--server 应为 https://oms.example.com 形式的地址，而非 {text:?}"),
            ))
        };
        let uri: http::Uri = text.parse().map_err(|_| wrong())?;
        let scheme = uri.scheme_str().filter(|name| name.starts_with("http"));
        let (Some(scheme), Some(authority), None) = (scheme, uri.authority(), uri.query()) else {
            return Err(wrong());
        };
        let path = if uri.path() == "/" { "" } else { uri.path() };
        Ok(Address {
            base: format!("{scheme}://{authority}"),
            path: path.to_owned(),
        })
    }
}
