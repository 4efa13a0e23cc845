//! `dockseal inbox show`: one push or one document in full.

use dockseal::receiver::{Kind, Receipt};
use dockseal_inbox::{
    Browse, DocumentFilter, Page, PushFilter, PushRow, StoredDocument, StoredPush,
};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::fmt::Write as _;

use super::indent::indent;
use super::list::{delivery, numbers, waiting_json};
use super::store::{Which, failed};
use crate::exit::Exit;
use crate::language::{Language, Said};
use crate::output::{self, Answer, Complaint, LABEL, labelled, table};
use crate::verb::Context;
use crate::verb::harmless::{harmless, harmless_line};
use crate::verb::receipt::{named, raw};

/// Pushes that are shown with a document.
const PUSHES: usize = 100;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    inbox: Which,
    /// Number of the push in the inbox 推送序号
    #[arg(
        value_name = "PUSH",
        required_unless_present = "document",
        conflicts_with = "document"
    )]
    push: Option<i64>,
    /// A document instead, by its number in the inbox 单据序号
    #[arg(long, value_name = "N")]
    document: Option<i64>,
    /// The form as it was received, with its signature 显示原始请求体
    #[arg(long, conflicts_with = "document")]
    body: bool,
}

/// Shows.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let Context { language, json } = context;
    let (text, line) = if let Some(number) = options.document {
        let (document, pushes) = options.inbox.with(|inbox| document(inbox, number))?;
        (
            document_text(&document, &pushes, language),
            line(&DocumentShown::new(&document, &pushes)),
        )
    } else {
        let number = options.push.unwrap_or_default();
        let push = options.inbox.with(|inbox| push(inbox, number))?;
        (
            push_text(&push, options.body, language),
            line(&PushShown::new(&push, options.body)),
        )
    };
    if json {
        // Numbers stay as they were sent, which a parsed value does not promise.
        output::line(&indent(&line));
        return Ok(Answer::silence());
    }
    Ok(Answer::new(Exit::Ok, text, &Value::Null))
}

async fn push(inbox: Box<dyn Browse>, number: i64) -> Result<StoredPush, Complaint> {
    let filter = PushFilter {
        push: Some(number),
        ..PushFilter::default()
    };
    let found = inbox.stored(filter, Page::first(1)).await;
    let found = found.map_err(|error| failed(&error))?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| none("push", "推送", number))
}

async fn document(
    inbox: Box<dyn Browse>,
    number: i64,
) -> Result<(StoredDocument, Vec<PushRow>), Complaint> {
    let filter = DocumentFilter {
        document: Some(number),
        ..DocumentFilter::default()
    };
    let found = inbox.documents(filter, Page::first(1)).await;
    let found = found.map_err(|error| failed(&error))?;
    let document = found.into_iter().next();
    let document = document.ok_or_else(|| none("document", "单据", number))?;
    let filter = PushFilter {
        document: Some(number),
        ..PushFilter::default()
    };
    let pushes = inbox.pushes(filter, Page::first(PUSHES)).await;
    Ok((document, pushes.map_err(|error| failed(&error))?))
}

fn none(en: &str, zh: &str, number: i64) -> Complaint {
    let what = Said::new(
        format!("there is no {en} {number} in this inbox"),
        format!("收件箱中没有序号为 {number} 的{zh}"),
    );
    Complaint {
        exit: Exit::Rejected,
        ..Complaint::usage(what)
    }
}

fn push_text(push: &StoredPush, with_body: bool, language: Language) -> String {
    let row = &push.row;
    let label = |en: &'static str, zh: &'static str| language.pick(en, zh);
    let mut rows = vec![
        (label("push", "推送"), row.push.to_string()),
        (label("received", "接收时间"), row.received_at.to_string()),
        (label("node", "节点"), row.node.clone()),
        (label("method", "接口"), row.method.clone()),
        (
            label("document", "单据"),
            format!("{} ({})", row.document, numbers(&row.identifiers)),
        ),
        (label("effect", "作用"), row.effect.name().to_owned()),
        (label("delivery", "投递"), delivery(row, language)),
    ];
    rows.extend(
        push.task
            .clone()
            .map(|task| (label("task", "推送标识"), task)),
    );
    rows.push((label("sign", "签名"), beginning(&push.sign)));
    rows.push((label("reply", "应答"), push.reply.clone()));
    let mut text = labelled(&harmless_rows(rows));
    receipt_text(&push.receipt, label("what it says", "推送内容"), &mut text);
    if with_body {
        let body = String::from_utf8_lossy(&push.body);
        let _ = write!(
            text,
            "\n{LABEL}{}{LABEL:#}\n{}\n",
            label("body", "请求体"),
            harmless(&body)
        );
    }
    text
}

fn document_text(document: &StoredDocument, pushes: &[PushRow], language: Language) -> String {
    let label = |en: &'static str, zh: &'static str| language.pick(en, zh);
    let receipt = &document.receipt;
    let rows = vec![
        (label("document", "单据"), document.document.to_string()),
        (label("kind", "类型"), receipt.kind().name().to_owned()),
        (label("node", "节点"), document.node.clone()),
        (label("numbers", "单号"), numbers(&receipt.identifiers())),
        (label("status", "状态"), receipt.status().to_owned()),
        (label("began", "创建"), document.created_at.to_string()),
        (label("changed", "更新"), document.updated_at.to_string()),
    ];
    let mut text = labelled(&harmless_rows(rows));
    receipt_text(
        receipt,
        label("what its pushes make it", "单据内容"),
        &mut text,
    );
    let rows: Vec<_> = pushes
        .iter()
        .map(|row| {
            [
                row.push.to_string(),
                row.received_at.to_string(),
                row.effect.name().to_owned(),
                delivery(row, language),
            ]
        })
        .collect();
    let heading = language.pick(
        ["push", "received", "effect", "delivery"],
        ["推送", "接收时间", "作用", "投递"],
    );
    let _ = write!(text, "\n{}", table(heading, &rows));
    if pushes.len() == PUSHES {
        let more = label("all of them", "全部");
        let _ = writeln!(text, "{more}: dockseal inbox ls --of {}", document.document);
    }
    text
}

fn harmless_rows(rows: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    rows.into_iter()
        .map(|(label, text)| (label, harmless_line(&text)))
        .collect()
}

fn receipt_text(receipt: &Receipt, heading: &str, text: &mut String) {
    let json = harmless(&indent(&receipt.to_json()));
    let _ = write!(text, "\n{LABEL}{heading}{LABEL:#}\n{json}\n");
}

/// The beginning of a signature: enough to tell two apart, not enough to push with.
fn beginning(sign: &str) -> String {
    let shown: String = sign.chars().take(6).collect();
    format!("{shown}…")
}

/// A push for programs.
#[derive(Serialize)]
struct PushShown<'a> {
    push: i64,
    received_at: String,
    node: &'a str,
    method: &'a str,
    kind: &'static str,
    document: i64,
    identifiers: Value,
    effect: &'static str,
    waiting: Option<Value>,
    task: Option<&'a str>,
    sign: String,
    receipt: Option<Box<RawValue>>,
    reply: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

impl<'a> PushShown<'a> {
    fn new(push: &'a StoredPush, with_body: bool) -> PushShown<'a> {
        let row = &push.row;
        PushShown {
            push: row.push,
            received_at: row.received_at.to_string(),
            node: &row.node,
            method: &row.method,
            kind: row.kind.name(),
            document: row.document,
            identifiers: named(row.kind.identifiers(), &row.identifiers),
            effect: row.effect.name(),
            waiting: row.waiting.map(waiting_json),
            task: push.task.as_deref(),
            sign: beginning(&push.sign),
            receipt: raw(&push.receipt),
            reply: &push.reply,
            body: with_body.then(|| String::from_utf8_lossy(&push.body).into_owned()),
        }
    }
}

/// A document for programs.
#[derive(Serialize)]
struct DocumentShown<'a> {
    document: i64,
    kind: &'static str,
    node: &'a str,
    status: &'a str,
    identifiers: Value,
    created_at: String,
    updated_at: String,
    receipt: Option<Box<RawValue>>,
    /// Numbers of its first pushes.
    pushes: Vec<i64>,
}

impl<'a> DocumentShown<'a> {
    fn new(document: &'a StoredDocument, pushes: &[PushRow]) -> DocumentShown<'a> {
        let receipt = &document.receipt;
        let kind: Kind = receipt.kind();
        DocumentShown {
            document: document.document,
            kind: kind.name(),
            node: &document.node,
            status: receipt.status(),
            identifiers: named(kind.identifiers(), &receipt.identifiers()),
            created_at: document.created_at.to_string(),
            updated_at: document.updated_at.to_string(),
            receipt: raw(receipt),
            pushes: pushes.iter().map(|row| row.push).collect(),
        }
    }
}

fn line(shown: &impl Serialize) -> String {
    // Texts, numbers, and JSON that was read before: writing cannot fail.
    serde_json::to_string(shown).unwrap_or_default()
}
