//! `dockseal methods`: which methods have types, and what a caller should know of each.

use dockseal::api::{Api, Effect};
use dockseal::gateway::Direction;
use serde::Serialize;

use super::Context;
use crate::exit::Exit;
use crate::language::Language;
use crate::output::{Answer, table};

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Part of a gateway's name, a method or a title 网关、接口名或标题的一部分
    filter: Option<String>,
}

#[derive(Serialize)]
struct Row {
    gateway: &'static str,
    method: &'static str,
    title: &'static str,
    effect: &'static str,
    idempotency: Option<&'static str>,
    direction: &'static str,
    schema: &'static str,
}

impl Row {
    fn new(api: &'static Api) -> Row {
        Row {
            gateway: api.gateway.name,
            method: api.method,
            title: api.title,
            effect: effect(api, Language::En),
            idempotency: api.idempotency,
            direction: direction(api, Language::En),
            schema: api.schema,
        }
    }
}

/// What a method does on the other side.
pub(super) fn effect(api: &Api, language: Language) -> &'static str {
    match api.effect {
        Effect::Read => language.pick("read", "查询"),
        Effect::Create => language.pick("create", "新建"),
        Effect::Update => language.pick("update", "更新"),
    }
}

fn direction(api: &Api, language: Language) -> &'static str {
    match api.gateway.direction {
        Direction::Call => language.pick("call", "调用"),
        Direction::Push => language.pick("push", "推送"),
    }
}

/// Lists the methods.
pub(super) fn run(options: &Options, context: Context) -> Answer {
    let filter = options.filter.as_deref().unwrap_or_default().to_lowercase();
    let fits = |api: &Api| {
        [api.gateway.name, api.gateway.title, api.method, api.title]
            .iter()
            .any(|text| text.to_lowercase().contains(&filter))
    };
    let apis: Vec<_> = dockseal::APIS
        .iter()
        .map(|known| known.api())
        .filter(|api| fits(api))
        .collect();
    let json: Vec<_> = apis.iter().map(|api| Row::new(api)).collect();
    let language = context.language;
    if apis.is_empty() {
        let text = language.pick("no method fits", "没有匹配的接口");
        return Answer::new(Exit::Rejected, format!("{text}: {filter}\n"), &json);
    }
    let heading = language.pick(
        [
            "gateway",
            "method",
            "title",
            "effect",
            "idempotency",
            "direction",
            "schema",
        ],
        ["网关", "接口", "标题", "作用", "幂等字段", "方向", "schema"],
    );
    let rows: Vec<_> = apis
        .iter()
        .map(|api| {
            let cells = [
                api.gateway.name,
                api.method,
                api.title,
                effect(api, language),
                api.idempotency.unwrap_or(language.pick("none", "无")),
                direction(api, language),
                api.schema,
            ];
            cells.map(str::to_owned)
        })
        .collect();
    Answer::new(Exit::Ok, table(heading, &rows), &json)
}
