//! `dockseal schema METHOD`: the fields of a request and its reply, as a table for people or as
//! JSON Schema for programs.

use dockseal::Decimal;
use dockseal::api::Api;
use dockseal::object::schema::object_schema;
use dockseal::object::{Bound, Field, Kind, ObjectRule, Rule, Table, Value};
use dockseal::schemars::SchemaGenerator;
use serde_json::json;
use std::fmt::Write as _;

use super::{Context, find_api, methods};
use crate::exit::Exit;
use crate::language::Language;
use crate::output::{Answer, Complaint, LABEL, table};

/// Structs inside each other beyond this are not shown.
const DEEPEST: usize = 12;

/// The options of the verb.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The method 接口名
    method: String,
}

/// Shows the schema.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let found = find_api(&options.method)?;
    let (api, request, reply) = (found.api(), found.blank_request(), found.blank_reply());
    let (request, reply) = (request.table(), reply.table());
    let mut generator = SchemaGenerator::default();
    let json = json!({
        "gateway": api.gateway.name,
        "method": api.method,
        "positional": api.positional,
        "request": object_schema(request, &mut generator),
        "reply": object_schema(reply, &mut generator),
    });
    let language = context.language;
    let mut text = heading(api, language);
    for (word, shown) in [
        (language.pick("request", "请求"), request),
        (language.pick("reply", "应答"), reply),
    ] {
        let _ = write!(text, "\n{LABEL}{word}{LABEL:#} {}\n", shown.title);
        text.push_str(&fields(shown, language));
    }
    Ok(Answer::new(Exit::Ok, text, &json))
}

fn heading(api: &Api, language: Language) -> String {
    let effect = methods::effect(api, language);
    let idempotency = match api.idempotency {
        Some(pointer) => language.pick(
            format!("a repeat is harmless by {pointer}"),
            format!("按 {pointer} 幂等"),
        ),
        None => language
            .pick("a repeat is not harmless", "重复提交不幂等")
            .to_owned(),
    };
    let mut text = format!(
        "{LABEL}{}{LABEL:#} {}\n{} {}\n",
        api.method, api.title, api.gateway.name, api.gateway.title
    );
    let _ = write!(text, "{effect}; {idempotency}\n{}\n", api.description);
    if api.positional {
        text.push_str(language.pick("travels as an array of arguments\n", "以参数数组形式传输\n"));
    }
    text
}

fn fields(of: &'static Table, language: Language) -> String {
    let heading = language.pick(
        ["field", "term", "type", "required", "limits"],
        ["字段", "名称", "类型", "必填", "限制"],
    );
    let mut rows = Vec::new();
    collect(of, 0, language, &mut rows);
    let mut text = if rows.is_empty() {
        language.pick("(none)\n", "（无）\n").to_owned()
    } else {
        table(heading, &rows)
    };
    for rule in of.rules {
        text.push_str(&object_rule(rule, language));
        text.push('\n');
    }
    text
}

fn collect(table: &'static Table, depth: usize, language: Language, rows: &mut Vec<[String; 5]>) {
    if depth > DEEPEST {
        return;
    }
    for Field {
        name,
        title,
        required,
        value,
        ..
    } in table.fields
    {
        let needed = if *required {
            language.pick("yes", "是")
        } else {
            ""
        };
        rows.push([
            format!("{}{name}", "  ".repeat(depth)),
            (*title).to_owned(),
            kind(value, language),
            needed.to_owned(),
            limits(value, language),
        ]);
        if let Some(inner) = inner(value) {
            collect(inner, depth + 1, language, rows);
        }
    }
}

/// The struct that a value is, or is a list of.
fn inner(value: &Value) -> Option<&'static Table> {
    match value.kind {
        Kind::Object(table) => Some(table),
        Kind::List(element) => inner(element),
        _ => None,
    }
}

fn kind(value: &Value, language: Language) -> String {
    let name = match value.kind {
        Kind::Text => language.pick("text", "文本").to_owned(),
        Kind::Integer => language.pick("integer", "整数").to_owned(),
        Kind::Boolean => language.pick("boolean", "布尔").to_owned(),
        Kind::Decimal { precision, scale } => format!("decimal({precision},{scale})"),
        Kind::DateTime => language.pick("date and time", "日期时间").to_owned(),
        Kind::Date => language.pick("date", "日期").to_owned(),
        Kind::Enum(_) => language.pick("enum", "枚举").to_owned(),
        Kind::Object(_) => language.pick("object", "对象").to_owned(),
        Kind::List(element) => {
            let element = kind(element, language);
            language.pick(format!("list of {element}"), format!("{element}列表"))
        }
        Kind::Json => "JSON".to_owned(),
    };
    if value.json_text {
        language.pick(
            format!("{name} as JSON text"),
            format!("{name}（JSON 文本）"),
        )
    } else {
        name
    }
}

fn limits(value: &Value, language: Language) -> String {
    let mut said: Vec<String> = value
        .rules
        .iter()
        .filter_map(|rule| limit(rule, language))
        .collect();
    if let Kind::Enum(table) = value.kind {
        said.extend(
            table
                .variants
                .iter()
                .map(|row| format!("{}={}", row.code, language.pick(row.label, row.label_zh))),
        );
    }
    if let Kind::List(element) = value.kind {
        let element = limits(element, language);
        said.extend((!element.is_empty()).then_some(element));
    }
    said.join(", ")
}

fn limit(rule: &Rule, language: Language) -> Option<String> {
    Some(match rule {
        Rule::MinLength(limit) => {
            language.pick(format!("≥ {limit} characters"), format!("≥ {limit} 字符"))
        }
        Rule::MaxLength(limit) => {
            language.pick(format!("≤ {limit} characters"), format!("≤ {limit} 字符"))
        }
        Rule::MaxBytes(limit) => {
            language.pick(format!("≤ {limit} bytes"), format!("≤ {limit} 字节"))
        }
        Rule::Pattern(pattern) => format!("/{pattern}/"),
        Rule::Minimum(bound) => format!("≥ {}", number(*bound)),
        Rule::Maximum(bound) => format!("≤ {}", number(*bound)),
        Rule::ExclusiveMinimum(bound) => format!("> {}", number(*bound)),
        Rule::ExclusiveMaximum(bound) => format!("< {}", number(*bound)),
        Rule::Known => return None,
        Rule::Const(text) => format!("= {text}"),
        Rule::MinItems(limit) => language.pick(format!("≥ {limit} items"), format!("≥ {limit} 项")),
        Rule::MaxItems(limit) => language.pick(format!("≤ {limit} items"), format!("≤ {limit} 项")),
        Rule::UniqueItems => language.pick("no item twice", "不可重复").to_owned(),
    })
}

fn number(bound: Bound) -> String {
    Decimal::try_new(bound.units, bound.scale)
        .map_or_else(|_| "?".to_owned(), |limit| limit.normalize().to_string())
}

fn object_rule(rule: &ObjectRule, language: Language) -> String {
    match rule {
        ObjectRule::AnyOfRequired(groups) => {
            let groups: Vec<_> = groups.iter().map(|group| group.join(" + ")).collect();
            let groups = groups.join(language.pick(" or ", " 或 "));
            language.pick(
                format!("at least one of: {groups}"),
                format!("至少传一项：{groups}"),
            )
        }
        ObjectRule::DependentRequired(first, others) => {
            let others = others.join(", ");
            language.pick(
                format!("with {first} also: {others}"),
                format!("传 {first} 时必传：{others}"),
            )
        }
    }
}
