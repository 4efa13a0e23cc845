//! `dockseal inbox ls`: a page of pushes or documents.

use dockseal_inbox::{Browse, Page, PushRow, StoredDocument, Waiting};
use serde_json::{Value, json};

use super::filter::Filter;
use super::store::{Which, failed};
use crate::exit::Exit;
use crate::language::Language;
use crate::output::{Answer, Complaint, table};
use crate::verb::Context;
use crate::verb::harmless::harmless_line;
use crate::verb::receipt::named;

/// The options of the verb.
#[derive(clap::Args)]
pub struct Options {
    #[command(flatten)]
    inbox: Which,
    #[command(flatten)]
    filter: Filter,
    /// Only what has a greater number: the next page 从此序号之后
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: i64,
    /// At most so many 最多条数
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
}

/// Lists.
pub(super) fn run(options: &Options, context: Context) -> Result<Answer, Complaint> {
    let limit = usize::try_from(options.limit).unwrap_or(usize::MAX);
    let page = Page {
        after: options.after,
        limit,
    };
    let filter = &options.filter;
    if filter.documents {
        let found = options.inbox.with(|inbox| documents(inbox, filter, page))?;
        return Ok(found.answer("documents", context.language));
    }
    let found = options.inbox.with(|inbox| pushes(inbox, filter, page))?;
    Ok(found.answer("pushes", context.language))
}

/// A row of a list.
trait Row {
    /// Its number in the inbox.
    fn number(&self) -> i64;
    /// For programs.
    fn json(&self) -> Value;
    /// The table of these rows.
    fn table(rows: &[Self], language: Language) -> String
    where
        Self: Sized;
}

/// A page, and whether there is more behind it.
struct Found<R> {
    rows: Vec<R>,
    more: bool,
}

async fn pushes(
    inbox: Box<dyn Browse>,
    filter: &Filter,
    page: Page,
) -> Result<Found<PushRow>, Complaint> {
    let mut found = Found::new();
    while let Some(page) = found.missing(page) {
        let rows = inbox.pushes(filter.pushes(), page).await;
        if found.takes_no_more(rows.map_err(|error| failed(&error))?) {
            break;
        }
    }
    Ok(found.cut(page))
}

async fn documents(
    inbox: Box<dyn Browse>,
    filter: &Filter,
    page: Page,
) -> Result<Found<StoredDocument>, Complaint> {
    let mut found = Found::new();
    while let Some(page) = found.missing(page) {
        let rows = inbox.documents(filter.documents(), page).await;
        if found.takes_no_more(rows.map_err(|error| failed(&error))?) {
            break;
        }
    }
    Ok(found.cut(page))
}

impl<R: Row> Found<R> {
    fn new() -> Found<R> {
        Found {
            rows: Vec::new(),
            more: false,
        }
    }

    /// What is still to be read, one row beyond the page to know whether there is more; none when
    /// all of it is here. A store may give less than it was asked for.
    fn missing(&self, page: Page) -> Option<Page> {
        let limit = (page.limit + 1).saturating_sub(self.rows.len());
        let after = self.rows.last().map_or(page.after, Row::number);
        (limit > 0).then_some(Page { after, limit })
    }

    fn takes_no_more(&mut self, rows: Vec<R>) -> bool {
        let end = rows.is_empty();
        self.rows.extend(rows);
        end
    }

    fn cut(mut self, page: Page) -> Found<R> {
        self.more = self.rows.len() > page.limit;
        self.rows.truncate(page.limit);
        self
    }

    fn answer(&self, name: &str, language: Language) -> Answer {
        let next = self.rows.last().filter(|_| self.more).map(Row::number);
        let rows: Vec<_> = self.rows.iter().map(Row::json).collect();
        let json = json!({ name: rows, "next": next });
        if self.rows.is_empty() {
            let text = language.pick("nothing fits\n", "没有符合条件的记录\n");
            return Answer::new(Exit::Rejected, text, &json);
        }
        let mut text = R::table(&self.rows, language);
        if let Some(next) = next {
            let more = language.pick("more", "后续");
            text.push_str(&format!("{more}: --after {next}\n"));
        }
        Answer::new(Exit::Ok, text, &json)
    }
}

impl Row for PushRow {
    fn number(&self) -> i64 {
        self.push
    }

    fn json(&self) -> Value {
        json!({
            "push": self.push,
            "received_at": self.received_at.to_string(),
            "node": self.node,
            "method": self.method,
            "kind": self.kind.name(),
            "document": self.document,
            "identifiers": named(self.kind.identifiers(), &self.identifiers),
            "effect": self.effect.name(),
            "waiting": self.waiting.map(waiting_json),
        })
    }

    fn table(rows: &[PushRow], language: Language) -> String {
        let heading = language.pick(
            [
                "push", "received", "node", "kind", "document", "numbers", "effect", "delivery",
            ],
            [
                "推送",
                "接收时间",
                "节点",
                "类型",
                "单据",
                "单号",
                "作用",
                "投递",
            ],
        );
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                [
                    row.push.to_string(),
                    row.received_at.to_string(),
                    harmless_line(&row.node),
                    row.kind.name().to_owned(),
                    row.document.to_string(),
                    harmless_line(&numbers(&row.identifiers)),
                    row.effect.name().to_owned(),
                    delivery(row, language),
                ]
            })
            .collect();
        table(heading, &rows)
    }
}

impl Row for StoredDocument {
    fn number(&self) -> i64 {
        self.document
    }

    fn json(&self) -> Value {
        json!({
            "document": self.document,
            "kind": self.receipt.kind().name(),
            "node": self.node,
            "status": self.receipt.status(),
            "identifiers": named(self.receipt.kind().identifiers(), &self.receipt.identifiers()),
            "created_at": self.created_at.to_string(),
            "updated_at": self.updated_at.to_string(),
        })
    }

    fn table(rows: &[StoredDocument], language: Language) -> String {
        let heading = language.pick(
            [
                "document", "kind", "node", "numbers", "status", "began", "changed",
            ],
            ["单据", "类型", "节点", "单号", "状态", "创建", "更新"],
        );
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                [
                    row.document.to_string(),
                    row.receipt.kind().name().to_owned(),
                    harmless_line(&row.node),
                    harmless_line(&numbers(&row.receipt.identifiers())),
                    harmless_line(row.receipt.status()),
                    row.created_at.to_string(),
                    row.updated_at.to_string(),
                ]
            })
            .collect();
        table(heading, &rows)
    }
}

/// The identifiers that are there, for people.
pub(super) fn numbers(values: &[Option<impl AsRef<str>>; 2]) -> String {
    let there: Vec<_> = values
        .iter()
        .filter_map(|value| value.as_ref().map(AsRef::as_ref))
        .collect();
    there.join(" / ")
}

/// How far a push is from the handler.
pub(super) fn delivery(row: &PushRow, language: Language) -> String {
    let Some(waiting) = row.waiting else {
        return if row.effect.is_delivered() {
            language.pick("done", "完成").to_owned()
        } else {
            "-".to_owned()
        };
    };
    let waits = language.pick("waits", "待投递");
    let tried = match waiting.attempts {
        0 => String::new(),
        1 => language.pick(", tried once", "，已尝试 1 次").to_owned(),
        often => language.pick(
            format!(", tried {often} times"),
            format!("，已尝试 {often} 次"),
        ),
    };
    let due = waiting
        .due_at
        .map(|due| language.pick(format!(", next at {due}"), format!("，下次 {due}")));
    format!("{waits}{tried}{}", due.unwrap_or_default())
}

/// The same for programs.
pub(super) fn waiting_json(waiting: Waiting) -> Value {
    json!({
        "attempts": waiting.attempts,
        "due_at": waiting.due_at.map(|due| due.to_string()),
    })
}
